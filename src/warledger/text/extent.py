"""How much of a place the words about it mean: the whole, a part ("most of", "districts of"), or only what lies near it.

The place of a claim is the smallest one that its sentence names, so that "seized hills near Hama" has the place Hama.
"""

from __future__ import annotations

import re
from typing import Final

from warledger.core import Claim, Document, Place, Span

NEAR: Final = "near"
"""What is told lies outside the place."""
PARTS: Final = "parts of"
_REACH: Final = 60
"""Characters before a mention in which words for a part of it can stand."""

_TOWN: Final = r"(?:\s+the)?(?:\s+(?:[\w-]+\s+)?(?:city|town|village|province|governorate|region|area) of)?\s*$"
_SHARE: Final = re.compile(
    r"\b((?:(?:nearly|almost) all|most|much|half|(?:large |small )?parts?|(?:large|vast|wide) (?:areas|swathes|parts)) of)"
    + _TOWN,
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\b(?:districts|neighbou?rhoods|quarters|suburbs|sections|sectors|streets|portions|cent(?:re|er)|side|half)"
    r"\s+(?:of|in|inside)" + _TOWN,
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(r"\b(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central)\s*$", re.IGNORECASE)
_PART_AFTER: Final = re.compile(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,2}(?:districts|neighbou?rhoods|quarters|suburbs|cent(?:re|er)|streets)\b", re.IGNORECASE
)
_NEAR: Final = re.compile(
    r"\b(?:near|around|outside|overlooking|surrounding|close to|(?:kilomet(?:re|er)s?|km|miles?) (?:from|of)|"
    r"(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? of|(?:outskirts|edges?|gates|countryside|vicinity) of)" + _TOWN,
    re.IGNORECASE,
)
_NEAR_AFTER: Final = re.compile(r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,2}(?:outskirts|countryside|surroundings)\b", re.IGNORECASE)
_OF_IT: Final = re.compile(r"(?:\s+(?:city|town|village))?,?\s+(?:which|that|an?|the|its)\b")
"""After a mention: what follows is said of the place itself ("near Marwa, the group's stronghold")."""


def sentence_span(claim: Claim, document: Document | None) -> Span:
    """Where the sentence of a claim's trigger stands in its document; the trigger alone where no sentence is known."""
    for start, end in document.sentences if document is not None else ():
        if start <= claim.span.start < end:
            return Span(start, max(end, claim.span.end))
    if document is not None and not document.sentences:
        return _line_span(document.text, claim.span)
    return claim.span


def _line_span(text: str, span: Span) -> Span:
    before = max(text.rfind(mark, 0, span.start) + len(mark) if mark in text[: span.start] else 0 for mark in (". ", "\n"))
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, span.end)) >= 0]
    end = min(ends, default=len(text))
    return Span(before, min(max(end + 1, span.end), len(text)))


def extent(claim: Claim, place: Place, document: Document) -> str:
    """How much a claim means of one of its places: empty for the whole, words for a part ("most of"), or NEAR.

    The words stand where its sentence names the place; a part is meant if one mention has such words, nearness if all have.
    """
    sentence = sentence_span(claim, document)
    here = [_of(document.text, sentence, m.span, claim.span) for m in place.mentions if m.span.overlaps(sentence)]
    parts = [words for words in here if words not in {"", NEAR}]
    if parts:
        return min(parts, key=lambda words: (words == PARTS, words))
    return NEAR if here and all(words == NEAR for words in here) else ""


def _of(text: str, sentence: Span, mention: Span, trigger: Span) -> str:
    start = max(sentence.start, mention.start - _REACH)
    before, after = text[start : mention.start], text[mention.end : min(sentence.end, mention.end + _REACH)]
    named = text[mention.start : mention.end][:1].isupper()
    if mention.end <= trigger.start and _OF_IT.match(after):
        return ""

    def told(pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The words before the mention, unless the trigger comes after them: "east of the rebel-held town of Marwa"."""
        found = pattern.search(before)
        return found if found is not None and not start + found.start() < trigger.start < mention.end else None

    if (share := told(_SHARE)) is not None:
        return share[1].lower()
    if told(_PART) or (named and told(_QUARTER)) or _PART_AFTER.match(after):
        return PARTS
    return NEAR if told(_NEAR) or _NEAR_AFTER.match(after) else ""
