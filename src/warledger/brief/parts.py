"""What is known of an event or a claim, ready to be put into a clause, and the marks by which a form is chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from warledger.brief.counts import Count, counts_of_claim, counts_of_event
from warledger.brief.extent import extent_of, is_near
from warledger.brief.table import KILLING, NOUNS, OBJECT_MEASURES, PARTICIPLES, VERBS
from warledger.core import Claim, Event, EventPlace, Place, View, When
from warledger.ontology import crowd_of

STRIKES: Final = frozenset({"airstrike", "shelling"})
TAKEN: Final = frozenset({"seize", "withdraw", "control", "besiege"})
"""Types that have a place for object, all of it or a part."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is known of an event or claim, ready to be put into a clause.

    `claim` is the one whose words may be quoted; `extent` says how much of the place is meant, empty for the whole of it, and
    `near` that it was only near it; `also` are further places told with it; `over` says that a plan was carried out, or came to
    nothing, `counted` that accounts of how many were hit follow.
    """

    type: str
    trigger: str
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    place: EventPlace | Place | None
    when: When | None
    counts: tuple[Count, ...]
    status: str
    claim: Claim
    extent: str = ""
    near: bool = False
    over: bool = False
    also: tuple[EventPlace | Place, ...] = ()
    counted: bool = False


def parts_of_claim(claim: Claim, view: View) -> Parts:
    """The parts that one claim gives."""
    record = view.record_of(claim)
    return Parts(
        claim.type,
        claim.trigger.quote,
        view.actor_names(claim, claim.initiator),
        view.actor_names(claim, claim.target),
        record.place(claim.place),
        claim.when,
        tuple(counts_of_claim(claim.figures, claim.id)),
        claim.status,
        claim,
        extent_of([claim], claim.type, view) if claim.type in TAKEN else "",
        claim.type not in TAKEN and is_near([claim], view),
        also=tuple(p for i in claim.also_places if (p := record.place(i)) is not None),
    )


def parts_of_event(event: Event, view: View, lead: Claim) -> Parts:
    """The parts that an event gives; `lead` is the claim whose trigger words it best."""
    told = [c for i in event.claims if (c := view.claims.get(i)) is not None and c.status == event.status]
    return Parts(
        event.type,
        lead.trigger.quote if lead.type == event.type else "",
        event.initiator,
        event.target,
        event.place,
        event.when,
        tuple(counts_of_event(event.figures, view)),
        event.status,
        lead,
        extent_of(told, event.type, view) if event.type in TAKEN else "",
        event.type not in TAKEN and is_near(told, view),
        any(kind in ("denied_by", "fulfilled_by") for kind, _ in event.related),
    )


def marks_of(parts: Parts) -> set[str]:
    """The marks of `table.FORMS` that hold for these parts, those that need names put into words aside."""
    trigger, verb = parts.trigger.lower(), verb_of(parts)
    hidden = verb == "enter" or (parts.type in STRIKES and _tells_whom(parts))
    found = {
        "I": bool(parts.initiator),
        "2": len(parts.initiator) > 1,
        "T": bool(parts.target) and not hidden,
        "P": parts.place is not None,
        "F": object_of(parts) is not None,
        "R": returned(parts) is not None or (parts.type == "displace" and "return" in trigger and bool(parts.target)),
        "C": parts.type == "declare" and "responsib" in trigger,
        "B": re.search(r"suicide|bomber|attacker", " ".join(parts.initiator)) is not None,
        "L": parts.type == "displace" and verb == "leave",
        "E": parts.type == "displace" and verb == "flee",
        "H": parts.type == "displace" and re.search(r"\b(?:asylum|refuge|exile)\b", trigger) is not None,
        "M": parts.type == "negotiate" and "mediat" in trigger and len(parts.target) > 1,
        "U": parts.type == "arrest" and trigger.startswith("surrender"),
        "K": killed_of(parts) is not None,
        "D": "designat" in trigger,
        "S": parts.type == "found" and re.search(r"\b(?:form|found|creat|establish)", trigger) is not None,
    }
    return {mark for mark, holds in found.items() if holds}


def _tells_whom(parts: Parts) -> bool:
    """Whether a strike on a place hit only the unarmed, of whom a count is told as well."""
    hit = parts.place is not None and (parts.counted or any(c.measure in PARTICIPLES for c in parts.counts))
    return hit and all(crowd_of(name) == "unarmed" for name in parts.target)


def object_of(parts: Parts) -> Count | None:
    """The count that the type's verb can have for its object."""
    measures = OBJECT_MEASURES.get(parts.type, ())
    return next((c for measure in measures for c in parts.counts if c.measure == measure), None)


def apart(parts: Parts) -> Parts:
    """Parts whose sides do not repeat each other: in a fight or a deal, either side may be told as the initiator."""
    target = tuple(name for name in parts.target if name not in parts.initiator)
    initiator = parts.initiator
    if parts.type in ("clash", "agree", "negotiate") and target != parts.target:
        initiator = tuple(name for name in parts.initiator if name not in parts.target) or parts.initiator
        target = parts.target if initiator != parts.initiator else target
    return replace(parts, initiator=initiator, target=target)


def killed_of(parts: Parts) -> Count | None:
    """The count that a verb of killing has for its object."""
    if parts.type != "attack" or verb_of(parts) not in KILLING:
        return None
    return next((c for c in parts.counts if c.measure == "killed" and c.basis == "incident"), None)


def returned(parts: Parts) -> Count | None:
    """The count of those who came back."""
    return next((c for c in parts.counts if c.measure == "returned"), None)


def noun_of(parts: Parts) -> str:
    """The noun of the type that the trigger asks for."""
    plain, by_word = NOUNS.get(parts.type, ("", {}))
    trigger = parts.trigger.lower()
    return next((noun for word, noun in by_word.items() if word in trigger), plain)


def verb_of(parts: Parts) -> str:
    """The verb of the type that the trigger asks for."""
    plain, by_trigger = VERBS.get(parts.type, ("", {}))
    return by_trigger.get(parts.trigger.lower(), plain)
