"""Capitals that speak: "Exampletown said" at the beginning of a clause is a government's word, whatever the network says.

Of 20 such names in training reports 15 are mentions of an actor, and none is one of a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from warledger.core import Span

_CLASSES = ("report", "assert", "claim", "accuse", "demand", "threaten", "denial", "refusal")


@cache
def _speaking() -> re.Pattern[str]:
    from warledger.lexicon import cues, nations

    names = sorted({m for nation in nations.nations().values() for m in nation.metonyms}, key=lambda m: (-len(m), m))
    verbs = "|".join(cues.pattern(kind).pattern for kind in _CLASSES)
    return re.compile(
        rf"(?:(?<=[.!?,]\s)|(?<=[.!?][\"”]\s)|(?<=\n)|\A|(?<=but\s)|(?<=while\s))"
        rf"(?P<name>{'|'.join(map(re.escape, names))})"
        rf"\s+(?:(?:also|later|then|has|had|have|(?i:[a-z]+ly))\s+){{0,2}}(?i:{verbs})"
    )


def speaking(text: str) -> Iterator[Span]:
    """Where the name of a capital, or of what else stands for a government, is the subject of a reporting verb."""
    for found in _speaking().finditer(text):
        yield Span(*found.span("name"))
