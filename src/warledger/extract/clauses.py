"""Who does what where a clause says it plainly: a subject right before its verb, a relative clause, "by" after a passive.

The network's links decide in general; these few patterns of English are surer than it is.
"""

from __future__ import annotations

import re
from typing import Final

from warledger.extract.tagged import Tag, Tagged, Trigger

_ADVERB = r"(?:also|again|then|later|now|already|earlier|quickly|reportedly|repeatedly|meanwhile|since|still|fully|\w+ly)"
_ACTIVE: Final = re.compile(rf"\s+(?:(?:has|have|had|will|would|{_ADVERB})\s+){{0,3}}", re.IGNORECASE)
_RELATIVE: Final = re.compile(
    rf"\s*,?\s*(?:which|who|that)\s+(?:(?:has|have|had|will|would|{_ADVERB})\s+){{0,3}}", re.IGNORECASE
)
_OBJECT_RELATIVE: Final = re.compile(r"\s*,?\s*(?:which|that)\s+(?:the\s+|its\s+)?", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"\s+(?:(?:in|into|on|at|of|from|near|outside|across)\s+)?(?:the\s+)?(?:[a-z-]+\s+){0,3}?"
    r"(?:(?:cities|towns|city|town|village|province|district) of\s+)?"
)
_BY: Final = re.compile(r"\s+by\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_RESUMED: Final = re.compile(r",\s+(?:which|who)\b[^.;]*,\s+(?:(?:has|have|had|also)\s+){0,2}", re.IGNORECASE)
_AND: Final = re.compile(r"\b(?:and|but)\s+(?:(?:has|have|had|also|then|later)\s+){0,2}$", re.IGNORECASE)
_VERB: Final = re.compile(
    r"(?:\w+ed|took|taken|seized|fell|struck|hit|shot|fought|fled|won|withdrew|began|sent|held|met|said)\b", re.IGNORECASE
)


def subject(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The actor mention (number) that the clause makes the doer of the trigger; None where it does not say so plainly."""
    words = trigger.span.of(text)
    near = [(n, t) for n, t in enumerate(tagged.mentions["actor"]) if t.sentence == trigger.sentence]
    for number, tag in near:
        if tag.first > trigger.last and _BY.fullmatch(text, trigger.span.end, tag.span.start) and _VERB.match(words):
            return number
    if not _VERB.match(words) or _BY.match(text, trigger.span.end):
        return None
    for number, tag in reversed(near):
        if tag.last < trigger.first:
            between = (text, tag.span.end, trigger.span.start)
            if _ACTIVE.fullmatch(*between) or _RELATIVE.fullmatch(*between):
                return number
            break
    resumed = _resumed(text, near, trigger)
    return _shared(text, tagged, trigger) if resumed is None else resumed


def _resumed(text: str, near: list[tuple[int, Tag]], trigger: Trigger) -> int | None:
    """ "X, which …, has urged": the subject of a main verb that comes after a relative clause in commas."""
    for number, tag in near:
        if tag.last < trigger.first and _RESUMED.fullmatch(text, tag.span.end, trigger.span.start):
            return number
    return None


def _shared(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """ "X vowed … and accused": the second of two verbs that "and" joins has the subject of the first."""
    joined = _AND.search(text, max(0, trigger.span.start - 24), trigger.span.start)
    earlier = [t for t in tagged.triggers if t.sentence == trigger.sentence and t.last < trigger.first]
    if joined is None or not earlier:
        return None
    return subject(text, tagged, earlier[-1])


def place_of(text: str, tagged: Tagged, trigger: Trigger) -> int | None:
    """The place mention (number) right behind the trigger ("captured the main northern city of Exampleville"), or that a
    relative clause is about ("Exampleville, which the rebels captured"); None where neither is there.
    """
    for number, tag in enumerate(tagged.mentions["place"]):
        follows = tag.sentence == trigger.sentence and tag.first > trigger.last
        if follows and _OBJECT.fullmatch(text, trigger.span.end, tag.span.start):
            return number
    before = [
        (n, t) for n, t in enumerate(tagged.mentions["place"]) if t.sentence == trigger.sentence and t.last < trigger.first
    ]
    actors = [t for t in tagged.mentions["actor"] if t.sentence == trigger.sentence and t.last < trigger.first]
    if not before or not actors:
        return None
    number, place = before[-1]
    doer = actors[-1]
    if doer.first > place.last and _OBJECT_RELATIVE.fullmatch(text, place.span.end, doer.span.start):
        return number if _ACTIVE.fullmatch(text, doer.span.end, trigger.span.start) else None
    return None
