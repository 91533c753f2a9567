"""What two readings must have in common, besides type, time and area, to be taken for one event.

"Clashes in the countryside of Hama" is said every day. What an extractor read without a town in common, or what one outlet
tells on another day, tells of another event unless figures, words or a voice say that it is the same; and what one outlet tells
twice of violence in a town is one event only if a figure, who was hit or the words are shared. The same words are two outlets'
one report; an outlet's own are its form for what happens again and again, unless the whole text comes again. A sentence that
names several places does not say which deed was where. A person's claims are not second-guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from warledger.core import Place
from warledger.reconcile.compare import Level, is_local
from warledger.reconcile.places import stand
from warledger.reconcile.telling import Telling, sentence_likeness, told_again
from warledger.reconcile.words import cosine

ALIKE: Final = 0.6
"""Sentences so alike (by the cosine of their words) are one told again, if they say enough:"""
ENOUGH_WORDS: Final = 6
"""so many telling words in common. "Air strikes on the countryside of Hama" has four, and is told of every day."""
WORD_FOR_WORD: Final = 0.85
"""What one outlet tells on two days is one event only if its sentence is hardly changed."""
HALF_ALIKE: Final = 0.5
"""What one outlet says twice of violence in a town may be of one event, whoever did it, if the sentences share so much."""
TEXT_WORDS: Final = 40
"""Two documents are one text, told again by its outlet, if so many telling words are in both (a headline has a dozen), and"""
ONE_TEXT: Final = 0.7
"""they are so alike."""
_ONE_DAY: Final = frozenset({"time: same day", "time: same beginning"})
_ONE_COUNT: Final = frozenset({"figures: same number", "figures: same lower bound"})
_ONE_TOWN: Final = frozenset({"place: same", "place: near"})
_ONE_PLACE: Final = _ONE_TOWN | {"place: same area"}
_TWO_PLACES: Final = frozenset({"place: apart", "place: other name", "place: other country"})
_NO_PLACE: Final = frozenset({"place: neither given", "place: one not given"})
_TELLING: Final = _ONE_COUNT | {"target: same", "target: tied", "voice: same"}
"""What tells one deed of violence in a town from the next; one side may do the like every day."""


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
    repeated = again and not (one_outlet and not _are_one_text(left, right))
    if not is_local(left, right):
        return not repeated and _is_loose_talk(left, right, found, one_outlet=one_outlet)
    violence = "kind: violence" in found
    if violence and (left.scattered or right.scattered):
        return not (repeated and told_again(left, right, likeness=WORD_FOR_WORD, words=ENOUGH_WORDS))
    if found & _ONE_TOWN and (_are_told(left.spots, right.spots) or _are_told(right.spots, left.spots)):
        told_daily = one_outlet and violence and not found & _TELLING
        return told_daily and sentence_likeness(left, right) < HALF_ALIKE
    if found & _ONE_DAY and "voice: same" in found:
        return False
    counted = bool(found & _ONE_COUNT) and not (later or _is_everywhere(left) or _is_everywhere(right))
    return found.isdisjoint(_ONE_PLACE) or not (repeated or counted)


def _are_one_text(left: Telling, right: Telling) -> bool:
    """Whether the documents of two tellings are one long text, changed at most here and there."""
    return len(left.story.keys() & right.story.keys()) >= TEXT_WORDS and cosine(left.story, right.story) >= ONE_TEXT


def _is_everywhere(telling: Telling) -> bool:
    """Whether a telling gives no place smaller than a country."""
    return all(place.kind == "country" for place in telling.places)


def _is_loose_talk(left: Telling, right: Telling, found: Collection[str], *, one_outlet: bool) -> bool:
    """Whether what happens at no one spot, told in other words, has too little of a place and a day in common.

    Headlines of many towns name one truce in passing, and it is not said that they mean the same.
    """
    if "kind: accord" in found and _ONE_PLACE.isdisjoint(found):
        return True
    if one_outlet and not _NO_PLACE.isdisjoint(found) and _ONE_DAY.isdisjoint(found):
        return True
    return _is_elsewhere(found) and sentence_likeness(left, right) < ALIKE


def _is_elsewhere(found: Collection[str]) -> bool:
    """Whether talk has neither place nor time to be compared by, or what goes on at a place goes on at two."""
    if not _NO_PLACE.isdisjoint(found):
        return "time: neither given" in found
    return "kind: state" in found and not _TWO_PLACES.isdisjoint(found)


def _are_told(places: Collection[Place], others: Collection[Place]) -> bool:
    """Whether there are `places`, and each is one of the others or lies in one of them."""
    return bool(places) and all(any(stand(a, b) in {"same", "inside", "same_area"} for b in others) for a in places)
