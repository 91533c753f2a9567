"""`warledger claims`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import filter_options, global_options, globals_of
from warledger.cli.session import open_ledger
from warledger.core import EventFilter


@click.command()
@filter_options
@global_options
@click.pass_context
def command(ctx: click.Context, wanted: EventFilter, as_of: date | None, recorded: date | datetime | None) -> None:
    """List claims, in the order of their documents.

    \b
    Example: warledger claims --type toll --voice "Syrian Observatory"
    """
    from warledger.cli.output import write_rows
    from warledger.cli.rows import CLAIM_COLUMNS, claim_rows

    with open_ledger(ctx) as ledger:
        found = ledger.claims(wanted, as_of=as_of, recorded=recorded)
        write_rows(
            claim_rows(found, ledger.view(as_of=as_of, recorded=recorded)),
            globals_of(ctx).format,
            CLAIM_COLUMNS,
            empty="No claim is like that.",
        )
