"""Ids for people: as short as they can be while they stay apart, and accepted so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from warledger.errors import NotFoundError, UsageError

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


def full_id(given: str, ids: Sequence[str], what: str) -> str:
    """The one of `ids` (sorted) that is or begins with `given`. Raises NotFoundError if none does, UsageError if several do."""
    at = bisect_left(ids, given)
    if at < len(ids) and ids[at] == given:
        return ids[at]
    found = ids[at : bisect_right(ids, given + "\U0010ffff")] if given else []
    if not found:
        raise NotFoundError(f"the ledger has no {what} {given!r}")
    if len(found) > 1:
        raise UsageError(
            f"{given!r} is the beginning of {len(found)} ids: {', '.join(found[:4])}{' …' if len(found) > 4 else ''}"
        )
    return found[0]
