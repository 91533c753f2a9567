"""`warledger diff`."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import click

from warledger.cli.options import day_option, format_option, globals_of, ledger_options, recorded_option
from warledger.cli.session import open_ledger


@click.command()
@day_option("--from", "since", "What could be known on this day …", required=True)
@day_option("--to", "until", "… against what could be known on this one; else now.")
@recorded_option
@partial(format_option, more=("txt",), words=" txt: sentences.")
@ledger_options
@click.pass_context
def command(ctx: click.Context, since: date, until: date | None, recorded: date | datetime | None) -> None:
    """Say what changed between two days: events, grades, tolls and towns, each with its cause.

    \b
    Example: warledger diff --from 2024-12-05 --to 2024-12-06
    """
    from warledger.brief import KINDS, render_difference
    from warledger.cli.ids import short_length
    from warledger.cli.output import plain, write_rows

    form = globals_of(ctx).format
    with open_ledger(ctx) as ledger:
        found = ledger.diff(since, until, recorded=recorded)
        if form == "txt":
            click.echo(render_difference(found), nl=False)
            return
        length = short_length(ledger.view(as_of=until, recorded=recorded).events_by_id)
        rows = (
            {**whole, "_kind": KINDS[one.kind].lower(), "_id": one.event[:length]}
            for one in found.changes
            if isinstance(whole := plain(one), dict)
        )
        columns = ("change=_kind", "what", "before", "after", "because=cause", "event=_id|nowrap")
        write_rows(rows, form, columns, empty="Nothing changed.")
    if not globals_of(ctx).quiet:
        click.echo(f"{len(found.documents):,} documents more, {len(found.changes):,} changes.", err=True)
