"""What two readings must have in common, besides type, time and area, to be taken for one event.

"Clashes in the countryside of Hama" is said every day. What an extractor read without a town in common, or what one outlet
tells on another day, tells of another event unless figures, words or a voice say that it is the same; and what one outlet tells
twice of violence in a town is one event only if a figure, an actor or the words are shared. A person's claims are not
second-guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from warledger.core import Place
from warledger.reconcile.compare import Level, is_local
from warledger.reconcile.places import stand
from warledger.reconcile.telling import Telling, sentence_likeness, told_again

ALIKE: Final = 0.6
"""Sentences so alike (by the cosine of their words) are one told again, if they say enough:"""
ENOUGH_WORDS: Final = 6
"""so many telling words in common. "Air strikes on the countryside of Hama" has four, and is told of every day."""
WORD_FOR_WORD: Final = 0.85
"""What one outlet tells on two days is one event only if its sentence is hardly changed."""
HALF_ALIKE: Final = 0.5
"""What one outlet says twice of violence in a town may be of one event, whoever did it, if the sentences share so much."""
_ONE_DAY: Final = frozenset({"time: same day", "time: same beginning"})
_ONE_COUNT: Final = frozenset({"figures: same number", "figures: same lower bound"})
_ONE_TOWN: Final = frozenset({"place: same", "place: near"})
_TWO_PLACES: Final = frozenset({"place: apart", "place: other name", "place: other country"})
_NO_PLACE: Final = frozenset({"place: neither given", "place: one not given"})
_TELLING: Final = _ONE_COUNT | {"initiator: same", "initiator: tied", "target: same", "target: tied", "voice: same"}
"""What tells one deed of violence in a town from the next."""


def are_unfounded(left: Telling, right: Telling, levels: Sequence[Level]) -> bool:
    """Whether two tellings with these findings share nothing that tells their event from the next of its kind."""
    if not (left.read or right.read):
        return False
    found = frozenset(level.name for level in levels)
    one_outlet = left.source != "" and left.source == right.source
    later = one_outlet and left.published != right.published
    again = told_again(left, right, likeness=WORD_FOR_WORD if later else ALIKE, words=ENOUGH_WORDS)
    if later and not (found & _ONE_DAY or again or (found & _ONE_COUNT and not found & _TWO_PLACES)):
        return True
    if not is_local(left, right):
        return _is_elsewhere(found) and sentence_likeness(left, right) < ALIKE
    if found & _ONE_TOWN and (_are_told(left.spots, right.spots) or _are_told(right.spots, left.spots)):
        told_daily = one_outlet and "kind: violence" in found and not found & _TELLING
        return told_daily and sentence_likeness(left, right) < HALF_ALIKE
    if found & _ONE_DAY and "voice: same" in found:
        return False
    in_one_area = bool(found & _ONE_TOWN) or "place: same area" in found
    return not in_one_area or not (again or found & _ONE_COUNT)


def _is_elsewhere(found: Collection[str]) -> bool:
    """Whether talk has neither place nor time to be compared by, or what goes on at a place goes on at two."""
    if not _NO_PLACE.isdisjoint(found):
        return "time: neither given" in found
    return "kind: state" in found and not _TWO_PLACES.isdisjoint(found)


def _are_told(places: Collection[Place], others: Collection[Place]) -> bool:
    """Whether there are `places`, and each is one of the others or lies in one of them."""
    return bool(places) and all(any(stand(a, b) in {"same", "inside", "same_area"} for b in others) for a in places)
