"""How much of a place is meant: the town itself, most of it, or only ground in or near it.

A claim's place is the smallest one that the sentence names, so "seized a crossing near Hama" has the place Hama; the
briefing must not say that Hama was seized.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from warledger.brief.quoting import sentence_span
from warledger.core import Claim, Mention, Span, View
from warledger.text.extent import NEAR, extent

GROUND: Final = "ground in"
"""Something in or at the place, not the place."""

_HEADS: Final = frozenset(
    (
        "city town village province governorate region district neighbourhood neighborhood suburb control area enclave capital "
        "island port base stronghold bastion hub hold camp airport cities towns villages provinces regions districts whole all"
    ).split()
)
"""Words that "of" may follow where the place is meant as a whole ("the city of Hama")."""
_APART: Final = frozenset(
    (
        "in near on from around outside overlooking at to by with for into towards toward inside within along between after "
        "before over against across through and but while which who where when as than"
    ).split()
)
"""Words between a trigger and a place that make it no object of the trigger."""
_MAX_GAP: Final = 60
"""Characters between a trigger and its object; more is another clause."""


def extent_of(claims: Sequence[Claim], claim_type: str, view: View) -> str:
    """Empty where a claim of this type has the whole place for object, else "most of" and the like, GROUND or NEAR."""
    found = [_extent(claim, view) for claim in claims if claim.type == claim_type and claim.place]
    if not found or "" in found:
        return ""
    return min((words for words in found if words not in (GROUND, NEAR)), default=min(found))


def is_near(claims: Sequence[Claim], view: View) -> bool:
    """Whether all of these claims that name a place tell of what is near it."""
    found = []
    for claim in claims:
        place, document = view.record_of(claim).place(claim.place), view.documents.get(claim.document)
        sentence = sentence_span(claim, view)
        if place is not None and document is not None and any(m.span.overlaps(sentence) for m in place.mentions):
            found.append(extent(claim, place, document) == NEAR)
    return bool(found) and all(found)


def _extent(claim: Claim, view: View) -> str:
    document = view.documents.get(claim.document)
    place = view.record_of(claim).place(claim.place)
    if document is None or place is None:
        return ""
    sentence = sentence_span(claim, view)
    here = [m for m in place.mentions if m.span.overlaps(sentence)]
    after = document.text[claim.span.end : sentence.end]
    if re.match(r"\s+(?:(?:from|into|out of|of) )?(?:it|them|there)\b", after) or not place.mentions:
        return ""
    if not here:
        return GROUND
    words = extent(claim, place, document)
    if words:
        return words
    return "" if any(_is_object(m, claim.span, document.text) for m in here) else GROUND


def _is_object(mention: Mention, trigger: Span, text: str) -> bool:
    if mention.span.overlaps(trigger):
        return True
    first, last = sorted((mention.span, trigger))
    gap = text[first.end : last.start]
    if len(gap) > _MAX_GAP or re.search(r"[.;:()“”\"]", gap):
        return False
    words = re.findall(r"[\w’'-]+", gap.lower())
    for index, word in enumerate(words):
        if word in _APART and not (word in ("in", "to") and index == 0 and words[:3] == ["in", "control", "of"]):
            return _leaves(word, index, trigger, mention)
        if word == "of" and index and words[index - 1] not in _HEADS:
            return False
    return True


def _leaves(word: str, index: int, trigger: Span, mention: Mention) -> bool:
    """Whether the preposition belongs to the verb, as in "withdrew from Hama", "entered into Hama"."""
    return index == 0 and word in ("from", "into", "over", "outside") and trigger < mention.span
