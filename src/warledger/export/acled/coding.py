"""From an event to ACLED's event and sub-event type: the crosswalk applied to each of its types, the highest code wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from warledger.core import Event
from warledger.ontology.crosswalk import SubEvent, acled_order, coding

VIOLENT: Final = frozenset(
    {"airstrike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "clash", "seize", "sexual_violence", "abduct"}
)
GENERAL: Final = frozenset({"attack", "destroy", "toll", "offensive"})
"""Types that say less than a violent one beside them; a report may call an air raid an attack."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What ACLED would code: the sub-event, the claim type that it came from, whether each day is a row, and the reason."""

    sub_event: SubEvent
    claim_type: str
    each_day: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why ACLED would code nothing."""

    rule: str
    reason: str


def code_event(event: Event, facts: frozenset[str]) -> Coded | Refused:
    """The highest sub-event that the event's types and facts allow."""
    special = not VIOLENT.isdisjoint(event.types)
    types = [t for t in event.types if not (special and t in GENERAL)]
    found, reasons = [], []
    for claim_type in types:
        row = coding("acled", claim_type, facts)
        if row["sub_event_type"]:
            sub_event = acled_order()[row["sub_event_type"]]
            found.append(Coded(sub_event, claim_type, row["days"] == "each", row.reason))
        else:
            reasons.append(row.reason.removeprefix("no equivalent: "))
    if not found:
        rule = "told-by-takeover" if "told-by-takeover" in facts and "withdraw" in types else "no-equivalent"
        return Refused(rule, f"{', '.join(types)}: {'; '.join(dict.fromkeys(reasons))}")
    riots = [one for one in found if one.sub_event.event_type == "Riots"]
    return riots[0] if riots else min(found, key=lambda one: one.sub_event.rank)
