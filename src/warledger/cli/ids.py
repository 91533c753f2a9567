"""Ids for people: as short as they can be while they stay apart. The ledger takes the beginning of an id for the whole."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

SHORTEST: Final = 7
"""Characters of an id that are shown at least: the letter of its kind and six hex digits."""


def short_length(ids: Iterable[str]) -> int:
    """The least number of characters, from SHORTEST on, in which no two of `ids` agree."""
    ordered = sorted(set(ids))
    shared = (_shared(left, right) for left, right in pairwise(ordered))
    return max(SHORTEST, 1 + max(shared, default=0))


def _shared(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length
