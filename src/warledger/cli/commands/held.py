"""`warledger held`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import day_option, global_options, globals_of, moment_options
from warledger.cli.session import open_ledger


@click.command()
@click.argument("place")
@day_option("--on", "on", "On this day; else as far as is known.")
@moment_options
@global_options
@click.pass_context
def command(ctx: click.Context, place: str, on: date | None, as_of: date | None, recorded: date | datetime | None) -> None:
    """Say who holds a place: since when, by whose word, in which words.

    PLACE is a name; several places of that name are each answered for. Of a place for which no document names a holder that is
    said, with what is said of its province, which is never taken for the place itself.

    \b
    Example: warledger held Hama --on 2024-12-04
    """
    from warledger.cli.output import json_line, wants_table
    from warledger.cli.spells import holding_row, holding_sheet

    with open_ledger(ctx) as ledger:
        found = ledger.held(place, on=on, as_of=as_of, recorded=recorded)
        view = ledger.view(as_of=as_of, recorded=recorded)
        for one in found:
            if wants_table(globals_of(ctx).format):
                holding_sheet(one, view).show()
            else:
                click.echo(json_line(holding_row(one, view)))
