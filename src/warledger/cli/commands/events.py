"""`warledger events`."""

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
    """List events, newest first.

    \b
    Example: warledger events --place Hama --since 2024-12-01 --grade confirmed
    """
    from warledger.cli.output import write_rows
    from warledger.cli.rows import EVENT_COLUMNS, event_rows

    with open_ledger(ctx) as ledger:
        found = ledger.events(wanted, as_of=as_of, recorded=recorded)
        write_rows(
            event_rows(found, ledger.view(as_of=as_of, recorded=recorded)),
            globals_of(ctx).format,
            EVENT_COLUMNS,
            empty="No event is like that.",
        )
