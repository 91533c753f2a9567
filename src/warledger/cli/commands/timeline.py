"""`warledger timeline`."""

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
    """List dated events, oldest first, one line each.

    \b
    Example: warledger timeline --place Aleppo --frame news
    """
    from warledger.cli.ids import short_length
    from warledger.cli.output import plain, write_rows

    with open_ledger(ctx) as ledger:
        length = short_length(ledger.view(as_of=as_of, recorded=recorded).events_by_id)
        rows = (
            {**whole, "_id": entry.event[:length]}
            for entry in ledger.timeline(wanted, as_of=as_of, recorded=recorded)
            if isinstance(whole := plain(entry), dict)
        )
        columns = ("when=edtf|nowrap", "what=text", "grade", "docs=references|right", "id=_id|nowrap")
        write_rows(rows, globals_of(ctx).format, columns, empty="No dated event is like that.")
