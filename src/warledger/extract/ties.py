"""Standing ties between actors that the words between or in their mentions say outright: titles, "-backed", "spokesman for".

Each pattern is one way of saying one relation; what is said in other ways is left to the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from warledger.core import Actor, Mention, Span
from warledger.extract.tagged import Tag

PEOPLE: Final = frozenset({"leader", "spokesperson", "political", "other"})
_HEADS = (
    "leader|head|chief|president|director|chairman|chairwoman|commander|founder|prime minister|king|emir|secretary[- ]general"
)
_SPEAKS = "spokes(?:man|woman|person)|spokespeople|spokesperson"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation of type `type` from one actor mention to another (by number)."""

    source: int
    target: int
    type: str


_IS = r"(?:which is |who are |that is |is |are )?"
_ANY = r"(?:\w+[ -]){0,2}"
_MEMBER = "member|minister|official|envoy|ambassador|adviser|commander"
_AFTER: Final[tuple[tuple[re.Pattern[str], str, bool], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, flipped)
    for pattern, kind, flipped in (
        # "X, the leader of Y", "X, who heads Y"
        (rf"^\s*,?\s*(?:the |a |its )?{_ANY}(?:{_HEADS}) (?:of|in|at) (?:the )?$", "leads", False),
        (r"^\s*,?\s*who (?:leads|heads|runs|commands|chairs) (?:the )?$", "leads", False),
        (rf"^\s*,?\s*(?:a |the |its )?{_ANY}(?:{_SPEAKS}) (?:for|of) (?:the )?$", "speaks_for", False),
        (rf"^\s*,?\s*(?:an? |the )?{_ANY}(?:{_MEMBER}) (?:of|in|for|from|to) (?:the )?$", "member_of", False),
        # "Y leader X", "Y's foreign minister, X"
        (rf"^(?:['’]s)?\s+{_ANY}(?:{_HEADS}),?\s+$", "leads", True),
        (rf"^(?:['’]s)?\s+{_ANY}(?:{_SPEAKS}),?\s+$", "speaks_for", True),
        (rf"^(?:['’]s)?\s+{_ANY}(?:foreign|defen[cs]e|interior|information) minister,?\s+$", "member_of", True),
        # "X backed by Y", "X's ally Y"
        (rf"^\s*,?\s*{_IS}(?:backed|supported|armed|funded) by (?:the )?$", "backed_by", False),
        (rf"^\s*,?\s*{_IS}(?:allied|aligned) (?:with|to) (?:the )?$", "allied_with", False),
        (r"^(?:['’]s?)?,?\s+(?:\w+ ){0,2}(?:ally|allies|backers?),?\s+$", "allied_with", True),
        # "X linked to Y", "Y's Syrian affiliate X"
        (rf"^\s*,?\s*{_IS}(?:linked|affiliated|loyal) (?:to|with) (?:the )?$", "affiliated_with", False),
        (
            r"^(?:['’]s)?\s+(?:\w+ ){0,2}(?:affiliate|offshoot|branch|franchise)(?: in \w+)?,?\s+(?:the )?$",
            "affiliated_with",
            True,
        ),
        (rf"^\s*,?\s*{_IS}(?:part|a member|the armed wing|the military wing) of (?:the )?$", "part_of", False),
        (r"^\s*,?\s*(?:formerly known as|also known as|formerly) (?:the )?$", "same_as", False),
    )
)
"""(words between two mentions, relation, whether the second mention is the relation's source)."""
_BACKED = re.compile(r"^(?:the |a )?([\w.]+)[- ](?:backed|supported|sponsored|armed)\b", re.IGNORECASE)


def between(text: str, tags: tuple[Tag, ...], actors: Mapping[int, Actor]) -> Iterator[Tie]:
    """Ties said by the words between two neighbouring mentions of one sentence; `actors` are by mention number."""
    for left, (one, two) in enumerate(pairwise(tags)):
        if one.sentence != two.sentence or two.span.start - one.span.end > 60:
            continue
        words = text[one.span.end : two.span.start] or " "
        for pattern, kind, flipped in _AFTER:
            if pattern.search(words):
                source, target = (left + 1, left) if flipped else (left, left + 1)
                person = actors[source].kind in PEOPLE
                if (kind in ("leads", "speaks_for", "member_of")) == person or kind == "same_as":
                    yield Tie(source, target, kind)
                break


def backers(text: str, tags: tuple[Tag, ...]) -> Iterator[tuple[int, Mention]]:
    """Mentions (by number) that begin "US-backed", and the words that name the backer."""
    for number, tag in enumerate(tags):
        found = _BACKED.match(text[tag.span.start : tag.span.end])
        if found:
            start = tag.span.start + found.start(1)
            span = Span(start, start + len(found[1]))
            yield number, Mention(span, span.of(text))
