"""Which tellings are compared at all: those that share a type group, a stretch of time and a place, and never all pairs.

Whether two tellings are compared depends on the two alone, so that a document that is added touches nothing but what it is
compared with. A telling that names a town is filed under the town's name, its consonants and its map cell; one that names only
a province, a country or nothing is compared with those of its time that share rare words, or the type and a named actor, or the
type, an area and a day.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Final

from warledger.core import fold
from warledger.ontology import crowd_of, same_event_reason
from warledger.reconcile.places import bare_name, is_area, skeleton
from warledger.reconcile.telling import Telling
from warledger.reconcile.words import Rarity

BUCKET_DAYS: Final = 7
SLACK_DAYS: Final = 3
"""Outlets date one event up to three days apart."""
LONG_WINDOW_DAYS: Final = 21
"""A longer time is filed by its beginning, its end and its publication only."""
CELL_DEGREES: Final = 0.25
"""About 28 km of latitude: with its neighbours a cell holds all that is near."""
RARE_WORDS: Final = 12
"""So many of a telling's words, the rarest first, are what a telling without a town is found by."""
RARE: Final = 4.6
"""A word weighs so much from about the 5,000th of English on."""
RARE_SHARED_WORDS: Final = 2
CALLED_BY_DAY: Final = frozenset({"offensive"})
"""Types that later reports refer to without a place: the offensive that began on that day."""
UNDATED: Final = (0, 0)
"""The stretch of time of what nothing dates: it is compared with its like."""


@dataclass(frozen=True, slots=True)
class Filing:
    """A telling as it is filed, without its words. `stretches` are days (proleptic ordinals) from and to, before any slack."""

    telling: str
    document: str
    claims: tuple[str, ...]
    types: tuple[str, ...]
    stretches: tuple[tuple[int, int], ...]
    spots: frozenset[str]
    wide: bool
    rare: frozenset[str]
    named: frozenset[str]
    crowd: str
    read: bool


def filing(telling: Telling) -> Filing:
    """How a telling is filed."""
    spots, wide = _spots(telling)
    return Filing(
        telling=telling.id,
        document=telling.document,
        claims=tuple(c.id for c in telling.claims),
        types=telling.types,
        stretches=_stretches(telling),
        spots=spots,
        wide=wide,
        rare=_rare_words(telling),
        named=_named(telling),
        crowd=_crowd(telling),
        read=telling.read,
    )


def _stretches(telling: Telling) -> tuple[tuple[int, int], ...]:
    out: set[tuple[date, date]] = set()
    window = telling.window
    if window is not None:
        first, last = window
        out |= {window} if last - first <= timedelta(days=LONG_WINDOW_DAYS) else {(first, first), (last, last)}
    if telling.published is not None and "news" in telling.frames:
        out.add((telling.published, telling.published))
    return tuple(sorted((first.toordinal(), last.toordinal()) for first, last in out)) or (UNDATED,)


def _spots(telling: Telling) -> tuple[frozenset[str], bool]:
    """The place keys of a telling, and whether it is wide."""
    spots: set[str] = set()
    wide = not telling.places
    for place in telling.places:
        if is_area(place):
            wide = True
            continue
        spots.update({f"n:{bare_name(place.name)}", f"s:{skeleton(place.name)}"})
        if place.lat is not None and place.lon is not None:
            row, column = math.floor(place.lat / CELL_DEGREES), math.floor(place.lon / CELL_DEGREES)
            spots.update(f"c:{row + i}:{column + j}" for i in (0, 1) for j in (0, 1))
    return frozenset(spots), wide


def _rare_words(telling: Telling) -> frozenset[str]:
    ranked = sorted(telling.words, key=lambda w: (-telling.words[w], w))
    names = {w for a in (*telling.initiators, *telling.targets) for w in fold(a.name).split()}
    weight = Rarity().weight
    return frozenset([w for w in ranked if w not in names and weight(w) >= RARE][:RARE_WORDS])


def _named(telling: Telling) -> frozenset[str]:
    """Each type of a telling with each actor that it names, a crowd's name aside; where it gives one day, with it and each
    area that it names. What is called by its beginning (`CALLED_BY_DAY`) is filed with its day alone.
    """
    names = {fold(a.name) for a in (*telling.initiators, *telling.targets) if not crowd_of(a.name)}
    window = telling.window
    if window is not None and window[0] == window[1]:
        day = window[0].isoformat()
        names |= {f"{bare_name(p.name)} {day}" for p in telling.places if is_area(p) and p.kind != "country"}
        names |= {day for kind in telling.types if kind in CALLED_BY_DAY}
    return frozenset(f"{kind} {name}" for kind, name in product(telling.types, names))


def _crowd(telling: Telling) -> str:
    """What a telling shares with many others by chance: its type, first place and week."""
    window = telling.window
    week = window[0].toordinal() // BUCKET_DAYS if window else 0
    return f"{telling.type} {bare_name(telling.places[0].name) if telling.places else ''} {week}"


def comparable(left: Filing, right: Filing) -> bool:
    """Whether two tellings are compared: of two documents, and of places, types and times that can be one event's."""
    return (
        left.document != right.document
        and _places_meet(left, right)
        and _types_meet(left.types, right.types)
        and _times_meet(left, right)
    )


def _places_meet(left: Filing, right: Filing) -> bool:
    """Whether two tellings have a spot in common, or else words or names where one of them is wide."""
    if not left.spots.isdisjoint(right.spots):
        return True
    if not (left.wide or right.wide):
        return False
    return len(left.rare & right.rare) >= RARE_SHARED_WORDS or not left.named.isdisjoint(right.named)


@cache
def _types_meet(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return any(same_event_reason(a, b) for a, b in product(left, right))


def _times_meet(left: Filing, right: Filing) -> bool:
    for first, last in left.stretches:
        for begins, ends in right.stretches:
            if first <= ends + 2 * SLACK_DAYS and begins <= last + 2 * SLACK_DAYS:
                return True
    return False


def entered(one: Filing) -> set[str]:
    """The words under which others find a filing: its spots and words by week."""
    words = [f"{kind} {word}" for kind in ("w*" if one.wide else "w") for word in (*one.rare, *one.named)]
    return {f"{week} {word}" for week in _buckets(one) for word in (*one.spots, *words)}


def sought(one: Filing) -> set[str]:
    """The words of which one is among those that any filing is `entered` under that is compared with this one."""
    kind = "w" if one.wide else "*"
    words = [f"{kind} {word}" for word in (*one.rare, *one.named)]
    return {f"{week} {word}" for week in _buckets(one) for word in (*one.spots, *words)}


def candidate_pairs(filings: Sequence[Filing], new: Container[str] | None = None) -> list[tuple[int, int]]:
    """Index pairs (left < right) of all that are compared, sorted; far fewer are looked at than there are pairs.

    Where documents are `new`, only the pairs that have one of them: the weeks in which they have nothing are passed over.
    """
    entering = [i for i, one in enumerate(filings) if new is None or one.document in new]
    looking = [] if new is None else [i for i, one in enumerate(filings) if one.document not in new]
    tables = _Tables()
    pairs: set[tuple[int, int]] = set()
    for index in entering:
        pairs.update((other, index) for other in tables.found(filings[index]))
        tables.enter(index, filings[index])
    for index in looking:
        pairs.update((min(other, index), max(other, index)) for other in tables.found(filings[index]))
    return sorted(p for p in pairs if comparable(filings[p[0]], filings[p[1]]))


class _Tables:
    """Who is filed under a spot or a word of a week. A word finds the wide ones, and a wide one finds all that have it."""

    def __init__(self) -> None:
        self._weeks: set[int] = set()
        self._at_spot: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._with_word: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._wide_with_word: dict[tuple[int, str], list[int]] = defaultdict(list)

    def found(self, one: Filing) -> set[int]:
        """Those that have been entered and have something in common with `one`."""
        words = self._with_word if one.wide else self._wide_with_word
        out: set[int] = set()
        for bucket in self._weeks.intersection(_buckets(one)):
            for spot in one.spots:
                out.update(self._at_spot.get((bucket, spot), ()))
            for word in (*one.rare, *one.named):
                out.update(words.get((bucket, word), ()))
        return out

    def enter(self, index: int, one: Filing) -> None:
        """File `one` under its number."""
        for bucket in _buckets(one):
            self._weeks.add(bucket)
            for spot in one.spots:
                self._at_spot[bucket, spot].append(index)
            for word in (*one.rare, *one.named):
                self._with_word[bucket, word].append(index)
                if one.wide:
                    self._wide_with_word[bucket, word].append(index)


def _buckets(one: Filing) -> Iterator[int]:
    """The numbers of the weeks that a filing is looked for in."""
    found: set[int] = set()
    for first, last in one.stretches:
        found.update(range((first - SLACK_DAYS) // BUCKET_DAYS, (last + SLACK_DAYS) // BUCKET_DAYS + 1))
    yield from sorted(found)
