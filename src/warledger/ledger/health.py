"""The health of sources: how many documents each gives a day, when the last one came, and who has fallen silent."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from warledger.core import View

RECENT_DAYS: Final = 7
PAST_DAYS: Final = 56
"""A source is measured against its own eight weeks before the last one."""
LEAST_PAST_DAYS: Final = 14
UNLIKELY: Final = 0.01
"""So few documents would come by chance (Poisson) in one week of a hundred."""
LEAST_DAYS: Final = 5
LONG_GAPS: Final = 3.0
"""One that writes seldom has fallen silent after three times its longest pause, known from five days with documents."""

Warning_ = Literal["", "silent", "fewer"]


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A publisher in the ledger. `known` says whether anything is known of it; the days are days of publication.

    `per_day` and `usual_per_day` are documents a day, in the last week and in the eight weeks before; `warning` is "silent",
    "fewer" or empty.
    """

    name: str
    known: bool
    documents: int
    first: date | None
    last: date | None
    per_day: float
    usual_per_day: float
    warning: Warning_


def source_health(view: View, on: date | None = None) -> tuple[SourceHealth, ...]:
    """Every publisher of the view as of the day `on` (by default the day of the latest document), most documents first.

    Documents after that day, and those without a day, do not count. Copies do: a source that only copies still speaks.
    """
    days: dict[str, list[date]] = defaultdict(list)
    undated: dict[str, int] = defaultdict(int)
    for document in view.documents.values():
        if document.published is None:
            undated[document.source] += 1
        else:
            days[document.source].append(document.published)
    latest = max((day for each in days.values() for day in each), default=None)
    end = on or latest
    rows = []
    for name in sorted({*days, *undated}):
        source = view.sources.get(name)
        known = source is not None and source.is_known
        found = sorted(day for day in days.get(name, ()) if end is None or day <= end)
        rows.append(_health(name, known, found, undated.get(name, 0), end))
    return tuple(sorted(rows, key=lambda row: (-row.documents, row.name)))


def _health(name: str, known: bool, days: list[date], undated: int, end: date | None) -> SourceHealth:
    if not days or end is None:
        return SourceHealth(name, known, undated, None, None, 0.0, 0.0, "")
    week = end - timedelta(days=RECENT_DAYS - 1)
    start = max(days[0], week - timedelta(days=PAST_DAYS))
    past_days = max((week - start).days, 0)
    recent = len(days) - bisect_left(days, week)
    past = bisect_left(days, week) - bisect_left(days, start)
    usual = past / past_days if past_days else 0.0
    warning: Warning_ = ""
    if past_days >= LEAST_PAST_DAYS and _at_most(recent, usual * RECENT_DAYS) < UNLIKELY:
        warning = "fewer" if recent else "silent"
    elif _paused(days, end):
        warning = "silent"
    return SourceHealth(
        name, known, len(days) + undated, days[0], days[-1], round(recent / RECENT_DAYS, 2), round(usual, 2), warning
    )


def _at_most(count: int, expected: float) -> float:
    """The chance of `count` or fewer where `expected` are usual (Poisson), 0 to 1."""
    if expected <= 0:
        return 1.0
    return math.fsum(math.exp(n * math.log(expected) - expected - math.lgamma(n + 1)) for n in range(count + 1))


def _paused(days: list[date], end: date) -> bool:
    """Whether the pause since the last document is far longer than any before."""
    distinct = sorted(set(days[: bisect_right(days, end)]))
    if len(distinct) < LEAST_DAYS:
        return False
    longest = max((later - earlier).days for earlier, later in pairwise(distinct))
    return (end - distinct[-1]).days > LONG_GAPS * longest
