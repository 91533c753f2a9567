"""`warledger compare`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import click

from warledger.cli.options import filter_options, global_options, globals_of
from warledger.cli.output import Row
from warledger.cli.session import open_ledger
from warledger.core import EventFilter

if TYPE_CHECKING:
    from warledger.export.comparison import Comparison, ReferenceEvent

COLUMNS: Final = (
    "in=where|nowrap", "date|nowrap", "place", "here|nowrap", "there|nowrap", "km|right", "days|right",
    "deaths here=deaths_here", "deaths there=deaths_there", "agree=_agree",
)  # fmt: skip


@click.command()
@click.argument("reference", metavar="REFERENCE", type=click.Path(exists=True, dir_okay=False))
@filter_options
@global_options
@click.pass_context
def command(
    ctx: click.Context, reference: str, wanted: EventFilter, as_of: date | None, recorded: date | datetime | None
) -> None:
    """Compare the ledger's events with other people's: what is in both, only here, only there.

    REFERENCE is a table of ACLED or UCDP GED as CSV, or GDELT 2 events; it is not added to the ledger. Events are paired by
    place, time, type and sides, and each pair says how far apart they are and whether place, date and toll agree. Limit both
    sides with the filters --since and --until, and the ledger's with any.

    \b
    Example: warledger compare acled.csv --since 2024-11-27
    """
    from warledger.cli.output import write_rows
    from warledger.export.comparison import compare, read_reference

    kind, events, faulty = read_reference(reference)
    events = [e for e in events if _within(e, wanted)]
    with open_ledger(ctx) as ledger:
        found = compare(ledger.view(as_of=as_of, recorded=recorded), kind, events, wanted)
    write_rows(_rows(found), globals_of(ctx).format, COLUMNS, empty="")
    if faulty:
        click.echo(f"{len(faulty):,} lines of {reference} are no event, the first is line {faulty[0]}.", err=True)
    if not globals_of(ctx).quiet:
        click.echo(_summary(found, kind), err=True)


def _within(event: ReferenceEvent, wanted: EventFilter) -> bool:
    since, until = wanted.since or date.min, wanted.until or date.max
    return event.first <= until and event.last >= since


def _deaths(event: ReferenceEvent) -> str | None:
    if event.low is None:
        return None
    return str(event.low) if event.low == event.high else f"{event.low}-{event.high}"


def _days(event: ReferenceEvent) -> str:
    return str(event.first) if event.first == event.last else f"{event.first}/{event.last}"


def _rows(found: Comparison) -> Iterator[Row]:
    for pair in found.both:
        agree = {"place": pair.place, "date": pair.date, "toll": pair.toll}
        yield {
            "where": "both",
            "date": _days(pair.here),
            "place": pair.here.place,
            "here": pair.here.id,
            "there": pair.there.id,
            "line": pair.there.line,
            "score": pair.score,
            "km": round(pair.km, 1),
            "days": pair.days,
            "deaths_here": _deaths(pair.here),
            "deaths_there": _deaths(pair.there),
            "agree": agree,
            "_agree": ", ".join(name for name, holds in agree.items() if holds) or "nothing",
        }
    for where, events in (("only here", found.only_here), ("only there", found.only_there)):
        side = where.removeprefix("only ")
        for event in events:
            row = {"where": where, "date": _days(event), "place": event.place, side: event.id, f"deaths_{side}": _deaths(event)}
            yield row | ({"line": event.line} if side == "there" else {})


def _summary(found: Comparison, kind: str) -> str:
    both = found.both
    tolls = [pair.toll for pair in both if pair.toll is not None]
    return (
        f"{kind}: {len(both):,} in both, {len(found.only_here):,} only here, {len(found.only_there):,} only there. "
        f"Of those in both, {sum(p.place for p in both):,} agree on the place, {sum(p.date for p in both):,} on the date, "
        f"{sum(tolls):,} of {len(tolls):,} on the toll. {len({s.id for s in found.left_out}):,} events of the ledger have no "
        f"equivalent in this form."
    )
