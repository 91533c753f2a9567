"""What two readings must have in common, besides type, time and area, to be taken for one event.

"Clashes in the countryside of Hama" is said every day. What an extractor read without a town in common, or what one outlet
tells on another day, tells of another event unless figures, words or a voice say that it is the same. A person's claims are
not second-guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from warledger.reconcile.compare import VAGUE_PLACE, Level
from warledger.reconcile.telling import Telling

ALIKE: Final = 0.6
"""Sentences so alike (by the cosine of their words) are one told again."""
_ONE_DAY: Final = frozenset({"time: same day", "time: same beginning"})
_ONE_COUNT: Final = frozenset({"figures: same number", "figures: same lower bound"})
_SENTENCE: Final = "words: best sentence"


def are_unfounded(left: Telling, right: Telling, levels: Iterable[Level]) -> bool:
    """Whether two tellings with these findings share nothing that tells their event from the next of its kind."""
    if not (left.read or right.read):
        return False
    found = {level.name: level.value for level in levels}
    if found.keys() & _ONE_COUNT or found.get(_SENTENCE, 0.0) >= ALIKE:
        return False
    one_day = bool(found.keys() & _ONE_DAY)
    if VAGUE_PLACE.name in found and not (one_day and "voice: same" in found):
        return True
    again = left.source != "" and left.source == right.source and left.published != right.published
    return again and not one_day
