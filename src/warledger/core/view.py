"""The ledger as it stood at one moment: what answers, briefings and exports are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from warledger.core.claim import Claim, Record
from warledger.core.document import Document, DocumentLink, Source
from warledger.core.event import Event, Spell
from warledger.core.ids import fold

_PROVINCE_WORDS = frozenset({"province", "governorate"})


@dataclass(frozen=True)
class View:
    """Documents and records by document id, in the order of ids, links in order, and all that was derived from them. Nothing in
    it changes.
    """

    documents: Mapping[str, Document]
    records: Mapping[str, Record]
    links: Sequence[DocumentLink] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    events: Sequence[Event] = ()
    spells: Sequence[Spell] = ()
    as_of: date | None = None

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim by its id."""
        return {claim.id: claim for record in self.records.values() for claim in record.claims}

    @cached_property
    def event_of(self) -> dict[str, Event]:
        """The event that a claim (by id) belongs to."""
        return {claim: event for event in self.events for claim in event.claims}

    @cached_property
    def events_by_id(self) -> Mapping[str, Event]:
        """Every event by its id."""
        return {event.id: event for event in self.events}

    @cached_property
    def areas(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Country (ISO2) and code of a first-level division, by the area's folded name; a whole country has an empty code.

        Only areas that records name are known. A province is found as "Idlib province" or "Idlib governorate", and by its bare
        name where no town has it.
        """
        found: dict[str, set[tuple[str, str]]] = {}
        towns: set[str] = set()
        for place in (p for record in self.records.values() for p in record.places):
            name = fold(place.name)
            if place.kind == "country" and place.country:
                found.setdefault(name, set()).add((place.country, ""))
            elif place.kind == "province" and place.country and place.admin1:
                bare = " ".join(w for w in name.split() if w not in _PROVINCE_WORDS) or name
                for form in (bare, *(f"{bare} {word}" for word in sorted(_PROVINCE_WORDS))):
                    found.setdefault(form, set()).add((place.country, place.admin1))
            else:
                towns.add(name)
        return {name: frozenset(codes) for name, codes in sorted(found.items()) if name not in towns}

    def record_of(self, claim: Claim) -> Record:
        """The record that holds this claim; its actors and places are the ones that the claim's local ids mean."""
        return self.records[claim.document]

    def actor_names(self, claim: Claim, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The names behind local actor ids of a claim (its initiator, target or a voice)."""
        record = self.record_of(claim)
        return tuple(record.actor(i).name for i in ids)
