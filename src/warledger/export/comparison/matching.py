"""Pairs the events of a ledger with those of a table by place, time, type and sides, each with one at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from warledger.core import EventFilter, View
from warledger.export.acled import acled_rows
from warledger.export.comparison.reference import KINDS, ReferenceEvent, words_of
from warledger.export.form import chosen
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.ucdp import ucdp_rows
from warledger.export.whereabouts import acled_precision
from warledger.geo import distance_km

REACH_KM: Final = 25.0
"""Points of one event lie no further apart than this, and what each may be off by (UCDP's "within 25 km")."""
REACH_DAYS: Final = 2
"""Days of one event lie no further apart than this: reports of a night's event give either day."""
LONGEST_DAYS: Final = 62
"""Days of a long event that are looked at; it is found by any of them."""
SAME_PLACE_KM: Final = 5.0
"""Two gazetteers put one town's centre up to this far apart."""
LEAST_SCORE: Final = 0.55
WEIGHTS: Final = {"place": 0.35, "time": 0.25, "type": 0.2, "sides": 0.2}


@dataclass(frozen=True, slots=True)
class Pairing:
    """One event of each: how far apart in km and days, the score (0 to 1), and where they agree; `toll` is None where one
    of them has no count.
    """

    here: ReferenceEvent
    there: ReferenceEvent
    score: float
    km: float
    days: int
    toll: bool | None

    @property
    def place(self) -> bool:
        """Whether they are at the same place."""
        return self.km <= SAME_PLACE_KM

    @property
    def date(self) -> bool:
        """Whether they share a day."""
        return self.days == 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is in both, only in the ledger, only in the table; each in order of date. `left_out` are events of the ledger that
    the table's form cannot take.
    """

    both: tuple[Pairing, ...]
    only_here: tuple[ReferenceEvent, ...]
    only_there: tuple[ReferenceEvent, ...]
    left_out: tuple[Skipped, ...]


def compare(view: View, kind: str, reference: Sequence[ReferenceEvent], filters: EventFilter | None = None) -> Comparison:
    """Compare the events that a filter admits with a table's of a kind ("acled", "ucdp", "gdelt").

    The ledger's events are first put in the table's own form, so that only what both could hold is compared. Pairs are made
    best first; ties go by id, so that the order of the table has no say.
    """
    skipped = LeftOut()
    here = list(_ours(view, kind, filters or EventFilter(), skipped))
    by_day: dict[int, list[ReferenceEvent]] = defaultdict(list)
    for event in here:
        for day in _days(event):
            by_day[day].append(event)
    scored = []
    for there in reference:
        near = {id(e): e for day in _days(there, REACH_DAYS) for e in by_day.get(day, ())}
        scored += [pairing for event in near.values() if (pairing := _pairing(event, there)) is not None]
    scored.sort(key=lambda p: (-p.score, p.there.id, p.here.id))
    taken_here: set[str] = set()
    taken_there: set[tuple[str, int]] = set()
    both = []
    for pairing in scored:
        key = (pairing.there.id, pairing.there.line)
        if pairing.here.id not in taken_here and key not in taken_there:
            taken_here.add(pairing.here.id)
            taken_there.add(key)
            both.append(pairing)
    return Comparison(
        tuple(sorted(both, key=lambda p: (p.here.first, p.here.id))),
        tuple(sorted((e for e in here if e.id not in taken_here), key=_order)),
        tuple(sorted((e for e in reference if (e.id, e.line) not in taken_there), key=_order)),
        tuple(skipped),
    )


def _order(event: ReferenceEvent) -> tuple[object, ...]:
    return event.first, event.last, event.id, event.line


def _days(event: ReferenceEvent, margin: int = 0) -> range:
    first = event.first.toordinal()
    return range(first - margin, min(event.last.toordinal(), first + LONGEST_DAYS) + margin + 1)


def _ours(view: View, kind: str, filters: EventFilter, skipped: LeftOut) -> Iterator[ReferenceEvent]:
    """The ledger's events as rows of the table's kind; for GDELT, those that have a point and a time."""
    if kind in KINDS:
        rows = acled_rows if kind == "acled" else ucdp_rows
        for number, row in enumerate(rows(view, filters, skipped), 1):
            yield KINDS[kind](row, number)
        return
    for number, event in enumerate(chosen(view, filters), 1):
        place, when = event.place, event.when
        if event.status != "happened" or place is None or place.lat is None or place.lon is None:
            skipped.append(Skipped(event.id, "no-place", f"{event.type}: it did not happen, or has no point"))
        elif when is None or when.first is None or when.last is None:
            skipped.append(Skipped(event.id, "no-date", f"{event.type}: it has no time, or an open one"))
        else:
            reach = {1: 0.0, 2: 15.0, 3: 75.0}.get(acled_precision(place), 500.0)
            sides = words_of(*event.initiator, *event.target)
            yield ReferenceEvent(
                event.id, number, when.first, when.last, place.name, place.lat, place.lon, reach, "",
                frozenset(event.types), sides, None, None,
            )  # fmt: skip


def _pairing(here: ReferenceEvent, there: ReferenceEvent) -> Pairing | None:
    days = max((there.first - here.last).days, (here.first - there.last).days, 0)
    if timedelta(days=days) > timedelta(days=REACH_DAYS):
        return None
    km = distance_km(here.lat, here.lon, there.lat, there.lon)
    reach = REACH_KM + here.reach_km + there.reach_km
    if km > reach:
        return None
    same_kind = bool(here.kind) and here.kind == there.kind
    if not same_kind and here.types.isdisjoint(there.types):
        return None
    fits = 1.0 if same_kind and here.types == there.types else 0.7 if not here.types.isdisjoint(there.types) else 0.5
    score = (
        WEIGHTS["place"] * (1 - km / reach)
        + WEIGHTS["time"] * (1 - days / (REACH_DAYS + 1))
        + WEIGHTS["type"] * fits
        + WEIGHTS["sides"] * _shared(here.sides, there.sides)
    )
    return Pairing(here, there, round(score, 4), km, days, _toll(here, there)) if score >= LEAST_SCORE else None


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter list of words that both have; a half where one of them names nobody."""
    if not one or not other:
        return 1.0 if one == other else 0.5
    return len(one & other) / min(len(one), len(other))


def _toll(here: ReferenceEvent, there: ReferenceEvent) -> bool | None:
    """Whether the ranges of deaths meet."""
    if here.low is None or there.low is None:
        return None
    return max(here.low, there.low) <= min(here.high or here.low, there.high or there.low)
