"""`warledger review`."""

from __future__ import annotations

import re
from datetime import date, datetime

import click

from warledger.cli.options import global_options, globals_of, moment_options
from warledger.cli.session import open_ledger

ID = re.compile(r"\b[ce][0-9a-f]{16}\b")


@click.command()
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many to list.")
@moment_options
@global_options
@click.pass_context
def command(ctx: click.Context, limit: int, as_of: date | None, recorded: date | datetime | None) -> None:
    """List what is worth a person's time, and the command to decide it.

    Ranked by doubt (contested, of low confidence, joined by a narrow score, a place that was not found, counts that exclude
    each other) and consequence (territory, tolls). What a judgement has settled is left out.

    \b
    Example: warledger review --limit 5
    """
    from warledger.cli.ids import short_length
    from warledger.cli.output import plain, write_rows

    with open_ledger(ctx) as ledger:
        found = ledger.review(as_of=as_of, recorded=recorded)
        view = ledger.view(as_of=as_of, recorded=recorded)
        length = max(short_length(view.claims), short_length(view.events_by_id))
        rows = (
            {**whole, "weight": one.weight, "_judge": ID.sub(lambda match: match[0][:length], one.judge)}
            for one in found[:limit]
            if isinstance(whole := plain(one), dict)
        )
        columns = ("weight|right", "doubt=kind", "what", "why=reason", "to decide=_judge")
        write_rows(rows, globals_of(ctx).format, columns, empty="Nothing is in doubt.")
    if len(found) > limit and not globals_of(ctx).quiet:
        click.echo(f"{len(found) - limit:,} more; --limit {len(found)} lists all.", err=True)
