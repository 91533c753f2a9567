"""The record of each origin: how often what it alone had said was later confirmed, told by others, or contradicted.

It is computed to be shown and changes no grade: a source that was right before may be wrong now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from warledger.core import Claim, Event, Origin, View


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """How the lone claims of one origin fared. `alone` counts the events that it alone was the first to tell of; of these
    `confirmed` by the side that they harm, `corroborated` by another origin, `contradicted`, `retracted` by the publisher, and
    `open` where nobody else has spoken since. A denial of what happened is contradicted, unless it was made before the day.
    `events` counts all that rest on it.
    """

    name: str
    kind: str
    interested: bool
    events: int
    alone: int
    confirmed: int
    corroborated: int
    contradicted: int
    retracted: int
    open: int


def source_records(view: View) -> tuple[SourceRecord, ...]:
    """The record of every origin of the view, those with most lone claims first."""
    told: Counter[str] = Counter()
    fared: dict[str, Counter[str]] = defaultdict(Counter)
    who: dict[str, Origin] = {}
    for event in view.events:
        for origin in event.origins:
            told[origin.name] += 1
            who[origin.name] = max(who.get(origin.name, origin), origin, key=lambda o: (o.interested, o.kind))
        first = _alone(event, view)
        if first is not None and event.status in ("happened", "denied", "failed"):
            fared[first.name][_fate(event, first, view)] += 1
    records = [
        SourceRecord(
            name, who[name].kind, who[name].interested, told[name], fared[name].total(), fared[name]["confirmed"],
            fared[name]["corroborated"], fared[name]["contradicted"], fared[name]["retracted"], fared[name]["open"],
        )
        for name in told
    ]  # fmt: skip
    return tuple(sorted(records, key=lambda r: (-r.alone, -r.events, r.name)))


def _alone(event: Event, view: View) -> Origin | None:
    """The origin that told of an event before any other did; None where several did on the first day."""
    claims = [view.claims[i] for i in event.claims if i in view.claims]
    days = {claim.id: _day(claim, view) for claim in claims}
    first = min(days.values(), default="")
    early = {claim for claim, day in days.items() if day == first}
    found = [origin for origin in event.origins if early & set(origin.claims)]
    return found[0] if len(found) == 1 else None


def _day(claim: Claim, view: View) -> str:
    document = view.documents.get(claim.document)
    return document.published.isoformat() if document is not None and document.published is not None else "~"


def _fate(event: Event, first: Origin, view: View) -> str:
    others = {claim for origin in event.origins if origin.name != first.name for claim in origin.claims}
    if event.grade.name == "retracted":
        return "retracted"
    if _denied(event, first, view):
        made = min((_day(c, view) for i in first.claims if (c := view.claims.get(i)) is not None), default="")
        before = event.when is not None and event.when.first is not None and made < event.when.first.isoformat()
        return "open" if before else "contradicted"
    if not others:
        return "open"
    if event.grade.name in ("contested", "denied"):
        return "contradicted"
    return "confirmed" if event.grade.name == "confirmed" and others & set(event.grade.claims) else "corroborated"


def _denied(event: Event, first: Origin, view: View) -> bool:
    """Whether the first word of an origin was that it did not happen, where it did."""
    told = [view.claims[i] for i in first.claims if i in view.claims]
    early = min((_day(claim, view) for claim in told), default="")
    return event.status == "happened" and all(c.status == "denied" for c in told if _day(c, view) == early)
