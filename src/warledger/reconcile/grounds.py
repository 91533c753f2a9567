"""What two readings must have in common, besides type, time and area, to be taken for one event.

"Clashes in the countryside of Hama" is said every day. What an extractor read without a town in common, or what one outlet
tells on another day, tells of another event unless figures, words or a voice say that it is the same. A person's claims are
not second-guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from warledger.core import Place
from warledger.reconcile.compare import VAGUE_PLACE, Level, is_local
from warledger.reconcile.places import stand
from warledger.reconcile.telling import Telling, told_again

ALIKE: Final = 0.6
"""Sentences so alike (by the cosine of their words) are one told again, if they say enough:"""
ENOUGH_WORDS: Final = 6
"""so many telling words in common. "Air strikes on the countryside of Hama" has four, and is told of every day."""
WORD_FOR_WORD: Final = 0.85
"""What one outlet tells on two days is one event only if its sentence is hardly changed."""
_ONE_DAY: Final = frozenset({"time: same day", "time: same beginning"})
_ONE_COUNT: Final = frozenset({"figures: same number", "figures: same lower bound"})
_TWO_PLACES: Final = frozenset({"place: apart", "place: other name", "place: other country"})


def are_unfounded(left: Telling, right: Telling, levels: Iterable[Level]) -> bool:
    """Whether two tellings with these findings share nothing that tells their event from the next of its kind."""
    if not (left.read or right.read):
        return False
    found = frozenset(level.name for level in levels)
    again = left.source != "" and left.source == right.source and left.published != right.published
    one_day, one_count = bool(found & _ONE_DAY), bool(found & _ONE_COUNT) and not found & _TWO_PLACES
    if one_count or told_again(left, right, likeness=WORD_FOR_WORD if again else ALIKE, words=ENOUGH_WORDS):
        return False
    if _is_vague(left, right, found) and not (one_day and "voice: same" in found):
        return True
    return again and not one_day


def _is_vague(left: Telling, right: Telling, found: frozenset[str]) -> bool:
    """Whether what happens at one spot is told without a town in common, or with towns on both sides that the other lacks.

    "Near Hama" is many spots, and a town's neighbour is another town.
    """
    if VAGUE_PLACE.name in found:
        return True
    if not found & {"place: same", "place: near"} or not is_local(left, right):
        return False
    return not (_are_told(left.spots, right.spots) or _are_told(right.spots, left.spots))


def _are_told(places: Collection[Place], others: Collection[Place]) -> bool:
    """Whether there are `places`, and each is one of the others or lies in one of them."""
    return bool(places) and all(any(stand(a, b) in {"same", "inside", "same_area"} for b in others) for a in places)
