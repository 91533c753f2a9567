"""Which tellings are compared at all: those that share a type group, a stretch of time and a place, and never all pairs.

A telling that names a town is filed under the town's name, its consonants and its map cell; one that names only a province, a
country or nothing is filed with the wide ones of its time, and compared with those of that time that share rare words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Final

from warledger.core import fold
from warledger.ontology import BLOCK_GROUPS
from warledger.reconcile.places import bare_name, is_area, skeleton
from warledger.reconcile.telling import Telling, window_days

BUCKET_DAYS: Final = 7
SLACK_DAYS: Final = 3
"""Outlets date one event up to three days apart."""
LONG_WINDOW_DAYS: Final = 21
"""A longer time is filed by its beginning, its end and its publication only."""
CELL_DEGREES: Final = 0.25
"""About 28 km of latitude: with its neighbours a cell holds all that is near."""
WIDE_BLOCK: Final = 150
"""A wide block of more tellings than this is narrowed by rare words."""
RARE_SHARED_WORDS: Final = 2

_Key = tuple[str, int, str]


def _buckets(telling: Telling) -> set[int]:
    out: set[int] = set()
    window = telling.window
    if window is not None:
        first, last = window
        if last - first <= timedelta(days=LONG_WINDOW_DAYS):
            out.update(window_days(first, last, BUCKET_DAYS, SLACK_DAYS))
        else:
            for day in (first, last):
                out.update(window_days(day, day, BUCKET_DAYS, SLACK_DAYS))
    if telling.published is not None and "news" in telling.frames:
        out.update(window_days(telling.published, telling.published, BUCKET_DAYS, SLACK_DAYS))
    return out or {0}


def _spots(telling: Telling) -> tuple[set[str], bool]:
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
    return spots, wide


def candidate_pairs(tellings: Sequence[Telling]) -> list[tuple[int, int]]:
    """Index pairs (left < right) of tellings of different documents that are worth comparing, sorted."""
    narrow: dict[_Key, list[int]] = defaultdict(list)
    wide: dict[tuple[str, int], list[int]] = defaultdict(list)
    everyone: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        spots, is_wide = _spots(telling)
        groups = sorted({g for t in telling.types for g in BLOCK_GROUPS[t]})
        for bucket in sorted(_buckets(telling)):
            for group in groups:
                everyone[group, bucket].append(index)
                if is_wide:
                    wide[group, bucket].append(index)
                for spot in spots:
                    narrow[group, bucket, spot].append(index)
    pairs: set[tuple[int, int]] = set()
    for members in narrow.values():
        pairs.update(combinations(members, 2))
    for key, members in wide.items():
        pairs.update(_wide_pairs(tellings, members, everyone[key]))
    return sorted(p for p in pairs if tellings[p[0]].document != tellings[p[1]].document and _types_meet(tellings, p))


def _types_meet(tellings: Sequence[Telling], pair: tuple[int, int]) -> bool:
    left, right = tellings[pair[0]], tellings[pair[1]]
    return any(set(BLOCK_GROUPS[a]) & set(BLOCK_GROUPS[b]) and _tell(a, b) for a in left.types for b in right.types)


def _tell(left: str, right: str) -> bool:
    from warledger.ontology import same_event_reason

    return bool(same_event_reason(left, right))


def _wide_pairs(tellings: Sequence[Telling], members: list[int], everyone: list[int]) -> Iterator[tuple[int, int]]:
    if len(everyone) <= WIDE_BLOCK:
        for one in members:
            yield from ((min(one, two), max(one, two)) for two in everyone if one != two)
        return
    holders: dict[str, list[int]] = defaultdict(list)
    for index in everyone:
        for word in _rare_words(tellings[index]):
            holders[word].append(index)
    for one in members:
        shared: Counter[int] = Counter()
        for word in _rare_words(tellings[one]):
            if len(holders[word]) <= WIDE_BLOCK:
                shared.update(holders[word])
        yield from ((min(one, two), max(one, two)) for two, n in shared.items() if two != one and n >= RARE_SHARED_WORDS)


def _rare_words(telling: Telling) -> list[str]:
    ranked = sorted(telling.words, key=lambda w: (-telling.words[w], w))
    names = {w for a in (*telling.initiators, *telling.targets) for w in fold(a.name).split()}
    return [w for w in ranked if w not in names][:12]
