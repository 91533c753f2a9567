"""Tolls: the counts of many events as series, each of one measure, group, side and scope. Nothing is ever added up.

A scope is what a count covers: one event (`incident`), or a place since a day (`cumulative`). Counts of different scopes never
meet in one series, so that no rule can add or compare them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from warledger.core import Event, EventFigure, View, When, content_id, fold
from warledger.core import vocabulary as v
from warledger.core.filter import sentence_of
from warledger.reconcile.tallies import group_holds, top

MEASURES: Final = ("killed", "injured", "casualties", "missing")
"""What a toll counts where nothing else is asked for."""
UNUSED_GRADES: Final = frozenset({"denied", "retracted"})
"""Events whose counts are in no series: nobody stands by them."""
ATTACKS: Final = frozenset(v.FAMILIES["violence"]) - {"clash", "offensive", "toll"}
"""Types whose running totals are of the victims of one kind of attack."""
ABOUT_SHARE: Final = 0.1
"""A count that is said to be about so many agrees with any within a tenth of it."""
_REVISES: Final = re.compile(
    r"\b(?:ris(?:es?|en|ing)|rose|climb\w*|increas\w*|grew|grown|mounts|mounted|jump(?:s|ed)|up from|revis\w+|updat\w+|"
    r"correct(?:s|ed)|lower(?:s|ed)|down from)\b",
    re.IGNORECASE,
)
"""Words by which a sentence says that its count takes the place of an earlier one."""

Move = Literal["first", "again", "rises", "falls", "reworded"]


@dataclass(frozen=True, slots=True)
class Count:
    """One count of a series: its bounds (None where that side is open), whose word it is, and the words.

    `move` compares it with the count that it replaces: rises, falls, says the same again, or has other bounds under the same
    top. `replaced_by` is the index in its series of the count that took its place, None while it stands. `part_of` has the
    bounds of the count, told in the same breath, that contains it.
    """

    low: int | None
    high: int | None
    about: bool
    said_by: str
    published: str
    claim: str
    event: str
    words: str
    move: Move = "first"
    replaced_by: int | None = None
    part_of: tuple[int | None, int | None] | None = None

    @property
    def top(self) -> int:
        """The largest count that it states: its upper bound, else its lower."""
        return self.high if self.high is not None else self.low or 0

    @property
    def reach(self) -> tuple[float, float]:
        """The least and the greatest number that it agrees with; without an upper bound the greatest is infinite."""
        slack = ABOUT_SHARE if self.about else 0.0
        return (self.low or 0) * (1 - slack), self.high * (1 + slack) if self.high is not None else float("inf")

    def excludes(self, other: Count) -> bool:
        """Whether no number agrees with both."""
        return self.reach[0] > other.reach[1] or other.reach[0] > self.reach[1]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the counts of a series cover. `event` is the id of the one event of an incident count, empty for a cumulative one
    whose beginning is known; `since` is the beginning of a cumulative count, None where nobody says it. `cause` is the type of
    what is counted where a cumulative count is of one kind of attack ("airstrike"), empty where it is of all.
    """

    measure: str
    group: str
    side: str
    basis: str
    place: str
    place_key: str
    event: str
    since: When | None
    cause: str = ""

    @property
    def id(self) -> str:
        """An id made from all that sets it apart."""
        since = self.since.edtf if self.since is not None else ""
        told = self.measure, self.group, self.side, self.basis, self.place_key, self.event, since
        return content_id("t", *told, *((self.cause,) if self.cause else ()))

    @property
    def ground(self) -> tuple[str, str, str, When | None]:
        """What scopes must have in common to be part of one another."""
        return self.basis, self.place_key, self.event, self.since


@dataclass(frozen=True, slots=True)
class Series:
    """The counts of one scope in the order of publication. `within` is the id of the series that contains them; `covers`
    are the ids of events that a cumulative count includes; `when` is the time of the one event of an incident count.
    """

    scope: Scope
    counts: tuple[Count, ...]
    when: When | None = None
    within: str = ""
    covers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its scope."""
        return self.scope.id

    @property
    def standing(self) -> tuple[Count, ...]:
        """The counts that no later one has replaced."""
        return tuple(count for count in self.counts if count.replaced_by is None)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and last day that it covers, as far as is known; of an event without a time the days of publication."""
        said = sorted(date.fromisoformat(count.published) for count in self.counts if count.published)
        if self.scope.basis == "cumulative":
            since = self.scope.since
            return (since.first or since.last if since is not None else None), said[-1] if said else None
        if self.when is not None:
            return self.when.first, self.when.last
        return (said[0], said[-1]) if said else (None, None)


def toll_series(view: View, events: Iterable[Event] | None = None, *, measures: Sequence[str] = MEASURES) -> tuple[Series, ...]:
    """The series of all that is counted in `events` (by default the view's), running totals first, wholes before parts.

    Events that are only planned or possible, that are denied, or whose reports were withdrawn count nothing.
    """
    rows: dict[Scope, list[Count]] = defaultdict(list)
    whens: dict[Scope, When | None] = {}
    covers: dict[Scope, set[str]] = defaultdict(set)
    for event in sorted(view.events if events is None else events, key=lambda e: e.id):
        if event.status != "happened" or event.grade.name in UNUSED_GRADES:
            continue
        for figure in event.figures:
            if figure.measure not in measures:
                continue
            scope = scope_of(event, figure)
            rows[scope].append(_count(event, figure, view))
            whens[scope] = event.when
            if figure.basis == "cumulative":
                covers[scope].update(other for kind, other in event.related if kind == "covers")
    series = [
        Series(scope, _revised(sorted(found, key=_order), view), whens[scope], "", tuple(sorted(covers[scope])))
        for scope, found in rows.items()
    ]
    return tuple(sorted(_nested(series), key=_rank))


def scope_of(event: Event, figure: EventFigure) -> Scope:
    """What a figure of an event covers. A cumulative figure without a beginning of its own has that of its event."""
    place, key = (event.place.name, event.place.key) if event.place is not None else ("", "")
    if figure.basis != "cumulative":
        return Scope(figure.measure, figure.group, figure.side, figure.basis, place, key, event.id, None)
    since = beginning(figure.since or event.when)
    cause = event.type if event.type in ATTACKS else ""
    return Scope(figure.measure, figure.group, figure.side, figure.basis, place, key, "" if since else event.id, since, cause)


def beginning(when: When | None) -> When | None:
    """From when a count runs, as exactly as it is given, with an open end: `2024-11-27/..`, `2011/..`."""
    if when is None or when.first is None:
        return None
    return When.parse(f"{when.edtf.partition('/')[0]}/..")


def _count(event: Event, figure: EventFigure, view: View) -> Count:
    whole = event.figures[figure.nested_in] if figure.nested_in is not None else None
    return Count(
        low=figure.low,
        high=figure.high,
        about=figure.about,
        said_by=figure.said_by,
        published=figure.published,
        claim=figure.claim,
        event=event.id,
        words=_words(figure, view),
        part_of=(whole.low, whole.high) if whole is not None else None,
    )


def _words(figure: EventFigure, view: View) -> str:
    claim = view.claims.get(figure.claim)
    for one in claim.figures if claim is not None else ():
        if (one.measure, one.group, one.low, one.high, one.basis) == (
            figure.measure, figure.group, figure.low, figure.high, figure.basis,
        ):  # fmt: skip
            return one.words.quote
    return ""


def _order(count: Count) -> tuple[str, str, str, int, int, str]:
    return count.published, count.event, count.claim, count.low or -1, count.high or -1, count.said_by


def _revised(counts: Sequence[Count], view: View) -> tuple[Count, ...]:
    """The counts with what each replaces. A voice's count replaces its own of an earlier day, and of the same day if it says
    the same or its sentence says that it was revised; it then also replaces lower counts of other voices of no later day.
    """
    out: list[Count] = []
    for index, count in enumerate(counts):
        claim = view.claims.get(count.claim)
        revises = claim is not None and _REVISES.search(sentence_of(claim, view)) is not None
        moved: Move = "first"
        for at, earlier in enumerate(out):
            if earlier.replaced_by is not None or earlier.claim == count.claim:
                continue
            own, move = fold(earlier.said_by) == fold(count.said_by), _move(earlier, count)
            later = earlier.published < count.published or revises or move == "again"
            if later if own else revises and earlier.top < count.top:
                moved = move
                out[at] = replace(earlier, replaced_by=index)
        out.append(replace(count, move=moved))
    return tuple(out)


def _move(earlier: Count, later: Count) -> Move:
    if (earlier.low, earlier.high, earlier.about) == (later.low, later.high, later.about):
        return "again"
    if later.top == earlier.top:
        return "reworded"
    return "rises" if later.top > earlier.top else "falls"


def _nested(series: Sequence[Series]) -> list[Series]:
    """The series, each with the nearest other that contains its group."""
    grounds: dict[object, list[Series]] = defaultdict(list)
    for one in series:
        grounds[one.scope.ground].append(one)
    out = []
    for one in series:
        wholes = [other for other in grounds[one.scope.ground] if other is not one and contains(other.scope, one.scope)]
        nearest = min(wholes, key=lambda w: (sum(contains(w.scope, o.scope) for o in wholes), w.id), default=None)
        out.append(replace(one, within=nearest.id) if nearest is not None else one)
    return out


def contains(whole: Scope, part: Scope) -> bool:
    """Whether what `part` counts is counted in `whole` too: a smaller group, those of one side or of one kind of attack, or the
    killed among the casualties.
    """
    if whole.side not in {"", part.side} or whole.cause not in {"", part.cause}:
        return False
    narrower = (whole.side, whole.cause) != (part.side, part.cause)
    alike = whole.group == part.group or group_holds(whole.group, part.group)
    if whole.measure == part.measure:
        return alike if narrower else group_holds(whole.group, part.group)
    return whole.measure == "casualties" and part.measure in {"killed", "injured"} and alike


def _rank(one: Series) -> tuple[bool, int, str, str, int, bool, str, str, str, str]:
    first, last = one.days
    latest = first if one.scope.basis == "cumulative" else last or first
    measure = MEASURES.index(one.scope.measure) if one.scope.measure in MEASURES else len(MEASURES)
    return (
        one.scope.basis != "cumulative", -(latest or date.min).toordinal(), one.scope.place, one.scope.event, measure,
        bool(one.within), one.scope.side, one.scope.cause, one.scope.group, one.id,
    )  # fmt: skip


__all__ = ["ATTACKS", "MEASURES", "Count", "Scope", "Series", "beginning", "contains", "scope_of", "toll_series", "top"]
