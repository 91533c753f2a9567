"""Deaths of an event from the figures that its claims give: the lowest (ACLED), and low, best and high by side (UCDP).

A *telling* is what one claim says. Its total is its count of people; where it has none, its combatants and civilians
together. A count within another (civilians among the people) is a part of it and never added to it. A claim that gives
only a part, such as the children, is used only where no claim gives a whole. Cumulative figures are of many events and are
not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from warledger.core import Event, EventFigure, View

CIVILIAN_GROUPS: Final = frozenset(
    {"civilians", "children", "women", "elderly", "medics", "aid_workers", "journalists", "refugees", "families"}
)
ACLED_WORDS: Final = (
    (re.compile(r"\bhundreds\b", re.IGNORECASE), 100),
    (re.compile(r"\b(?:dozens|scores)\b", re.IGNORECASE), 12),
    (re.compile(r"\btens\b", re.IGNORECASE), 10),
    (re.compile(r"\b(?:several|many|few|some|numerous)\b", re.IGNORECASE), 3),
)
"""Counts in words and what ACLED takes them for. Of 3 and 10 for "several" and "many" the lower is taken here, always."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What one claim says of the dead. `whole` is set where it counts everybody; `high` is None where it is open;
    `combatants` are counts by side ("" where none is named). `vague` is ACLED's number for a count in words, else None.
    """

    claim: str
    said_by: str
    published: str
    interested: bool
    whole: bool
    low: int
    high: int | None
    civilians: int
    combatants: tuple[tuple[str, int], ...]
    vague: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """UCDP's estimate: `low` ≤ `best` ≤ `high`, and `best` = `side_a` + `side_b` + `civilians` + `unknown`."""

    best: int
    low: int
    high: int
    side_a: int
    side_b: int
    civilians: int
    unknown: int


def tolls(event: Event, view: View) -> list[Toll]:
    """What each claim says of the dead, whole counts only if there are any; in the order of the event's figures."""
    interested = {claim for origin in event.origins if origin.interested for claim in origin.claims}
    by_claim: dict[str, list[EventFigure]] = {}
    for figure in event.figures:
        if figure.measure == "killed" and figure.basis == "incident":
            by_claim.setdefault(figure.claim, []).append(figure)
    found = [_toll(claim, told, claim in interested, view) for claim, told in by_claim.items()]
    return [toll for toll in found if toll.whole] or found


def _toll(claim: str, told: list[EventFigure], interested: bool, view: View) -> Toll:
    outer = [f for f in told if f.nested_in is None]
    people = [f for f in outer if f.group == "people"]
    armed = [f for f in told if f.group == "combatants"]
    civil = [f for f in told if f.group == "civilians"] or [f for f in told if f.group in CIVILIAN_GROUPS]
    whole = bool(people) or bool(outer and armed and civil)
    counted = _each_side(people) or (_each_side(armed) + _largest(civil)) or _largest(told)
    highs = [f.high for f in counted]
    return Toll(
        claim,
        told[0].said_by,
        told[0].published,
        interested,
        whole,
        sum(_low(f) for f in counted),
        None if None in highs else sum(h for h in highs if h is not None),
        sum(_low(f) for f in _largest(civil)),
        tuple((f.side, _low(f)) for f in _each_side(armed)) + tuple((f.side, _low(f)) for f in _each_side(people) if f.side),
        _vague(counted, view),
    )


def _low(figure: EventFigure) -> int:
    return figure.low or 0


def _each_side(figures: Iterable[EventFigure]) -> list[EventFigure]:
    """One figure for each side, the lowest."""
    kept: dict[str, EventFigure] = {}
    for figure in figures:
        if figure.side not in kept or _low(figure) < _low(kept[figure.side]):
            kept[figure.side] = figure
    return list(kept.values())


def _largest(figures: Iterable[EventFigure]) -> list[EventFigure]:
    largest = max(figures, key=_low, default=None)
    return [largest] if largest is not None else []


def _vague(counted: list[EventFigure], view: View) -> int | None:
    """ACLED's number where the only count is in words without digits."""
    if len(counted) != 1:
        return None
    figure = counted[0]
    claim = view.claims.get(figure.claim)
    for told in claim.figures if claim is not None else ():
        if (told.measure, told.group, told.low, told.high) == (figure.measure, figure.group, figure.low, figure.high):
            words = told.words.quote
            if not re.search(r"\d", words):
                return next((number for pattern, number in ACLED_WORDS if pattern.search(words)), None)
    return None


def lowest(found: list[Toll]) -> int:
    """ACLED's fatalities: the lowest count that anybody gives; 0 where there is none."""
    return min((toll.low if toll.vague is None else toll.vague for toll in found), default=0)


def estimate(found: list[Toll], side_a: Iterable[str], side_b: Iterable[str], *, victims_civilian: bool) -> Estimate | None:
    """UCDP's numbers; None where nobody gives a count.

    `low` is the lowest count and `high` the highest upper bound that anybody gives. `best` is that of one telling: of a witness
    without an interest before that of a party, then the latest, then the lowest. Its parts are those that the same telling
    gives; the rest are unknown, or civilians where the violence was against civilians alone.
    """
    if not found:
        return None
    ordered = sorted(found, key=lambda t: (t.low, t.claim))
    ordered.sort(key=lambda t: t.published, reverse=True)
    ordered.sort(key=lambda t: t.interested)
    best = ordered[0]
    ours, theirs = frozenset(side_a), frozenset(side_b)
    a = sum(count for side, count in best.combatants if side and side in ours)
    b = sum(count for side, count in best.combatants if side and side in theirs and side not in ours)
    civilians = best.civilians
    total = max(best.low, a + b + civilians)
    rest = total - a - b - civilians
    if victims_civilian:
        civilians, rest = civilians + rest, 0
    highs = [toll.low if toll.high is None else toll.high for toll in found]
    return Estimate(total, min(total, *(toll.low for toll in found)), max(total, *highs), a, b, civilians, rest)
