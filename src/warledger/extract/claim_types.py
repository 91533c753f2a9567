"""Types that the guide's definitions decide once it is known who does it and where: a place that is handed over moves nobody,
who redeploys after leaving leaves, a state that breaks ties suspends relations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from warledger.core import Claim, claim_id
from warledger.extract.reading import Reading
from warledger.extract.tagged import Trigger

_HANDING: Final = re.compile(r"(?:return|restor|giv|gave|hand)\w*(?: back| over)?", re.IGNORECASE)
_OBJECT: Final = re.compile(r"\s+(?:the\s+)?(?:(?:city|town|village|province|base|district)\s+(?:of\s+)?)?")
_TO: Final = re.compile(r"(?:\s+(?:city|town|village|province|base|district))?(?:\s+back)?\s+to\b")
_REDEPLOYING: Final = re.compile(r"re-?(?:deploy|position)\w*", re.IGNORECASE)
_TIES: Final = re.compile(r"(?:broke|severed|cut)\b", re.IGNORECASE)
_STATES: Final = frozenset({"government", "igo"})


def settled(reading: Reading, claims: Sequence[Claim]) -> list[Claim]:
    """`claims`, one for each trigger and in their order, each of the type that the guide defines."""
    types = [_type(reading, number, claims) for number in range(len(claims))]
    return [
        claim if claim.type == kind else replace(claim, type=kind, id=claim_id(claim.document, kind, claim.span))
        for claim, kind in zip(claims, types, strict=True)
    ]


def _type(reading: Reading, number: int, claims: Sequence[Claim]) -> str:
    claim, trigger = claims[number], reading.tagged.triggers[number]
    words = trigger.span.of(reading.document.text)
    if claim.type in ("displace", "evacuate") and _HANDING.fullmatch(words) and _hands_over(reading, trigger):
        return "seize" if any(c.type == "seize" and _taken_by_no_enemy(reading, c, claim) for c in claims) else "withdraw"
    if claim.type == "deploy" and _REDEPLOYING.fullmatch(words) and not _says_where(reading, trigger):
        return "withdraw" if any(c.type == "withdraw" and _by_the_same(c, claim) for c in claims) else claim.type
    if claim.type == "found" and _TIES.match(words):
        kinds = {actor.kind for actor in reading.actors.actors if actor.id in claim.initiator}
        return "sanction" if kinds & _STATES else claim.type
    return claim.type


def _hands_over(reading: Reading, trigger: Trigger) -> bool:
    """Whether what is returned or handed over is a place: "returning Exampleville to its people"."""
    text = reading.document.text
    return any(
        place.sentence == trigger.sentence
        and _OBJECT.fullmatch(text, trigger.span.end, place.span.start)
        and _TO.match(text, place.span.end)
        for place in reading.tagged.mentions["place"]
        if place.first > trigger.last
    )


def _taken_by_no_enemy(reading: Reading, seized: Claim, handed: Claim) -> bool:
    """Whether a place that is handed over was taken by a side that does not fight the one that hands it over."""
    index = {actor.id: number for number, actor in enumerate(reading.actors.actors)}
    return seized.place == handed.place and not any(
        reading.enemies(index[one], index[other]) for one in seized.initiator for other in handed.initiator
    )


def _says_where(reading: Reading, trigger: Trigger) -> bool:
    """Whether the sentence goes on to a place: "redeployed to Exampleville"."""
    return any(t.sentence == trigger.sentence and t.first > trigger.last for t in reading.tagged.mentions["place"])


def _by_the_same(left: Claim, redeployed: Claim) -> bool:
    return left.place == redeployed.place and not set(left.initiator).isdisjoint(redeployed.initiator)
