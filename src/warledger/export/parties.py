"""Who is on either side of an event, as codebooks ask: what kind of actor, of which country, armed or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from warledger.core import Event, View, fold
from warledger.ontology import crowd_of

ARMED_KINDS: Final = frozenset({"state_forces", "government", "rebel_group", "militia", "jihadist_group", "external_forces"})
UNARMED_KINDS: Final = frozenset({"civilians", "media", "monitor", "ngo"})
_PROTESTERS: Final = frozenset({"protesters", "demonstrators", "protestors"})


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of an event: its name, kind (annotation guide) and country (ISO 3166 two letters; empty where unknown)."""

    name: str
    kind: str
    country: str = ""

    @property
    def armed(self) -> bool:
        """Whether it is an armed side: a state, its forces, or an armed group."""
        return self.kind in ARMED_KINDS and crowd_of(self.name) != "unarmed"

    @property
    def unarmed(self) -> bool:
        """Whether it is known to bear no arms."""
        return self.kind in UNARMED_KINDS or crowd_of(self.name) == "unarmed"

    @property
    def protesting(self) -> bool:
        """Whether it is a crowd that demonstrates."""
        return _demonstrates(self.name)

    def is_state_in(self, country: str) -> bool:
        """Whether it is the state of `country`, or its forces."""
        return self.kind in ("state_forces", "government") and self.country in ("", country)

    def is_foreign_in(self, country: str) -> bool:
        """Whether it is a state, or a state's forces, outside its own country."""
        return self.kind == "external_forces" or (
            self.kind in ("state_forces", "government") and self.country not in ("", country)
        )


@lru_cache(maxsize=4096)
def _demonstrates(name: str) -> bool:
    return not _PROTESTERS.isdisjoint(fold(name).split())


@dataclass(frozen=True, slots=True)
class Parties:
    """Both sides of an event, in the event's order."""

    initiators: tuple[Party, ...]
    targets: tuple[Party, ...]

    @property
    def armed_initiators(self) -> tuple[Party, ...]:
        """The initiators that are armed sides."""
        return tuple(p for p in self.initiators if p.armed)

    @property
    def armed_targets(self) -> tuple[Party, ...]:
        """The targets that are armed sides."""
        return tuple(p for p in self.targets if p.armed)


def parties_of(event: Event, view: View) -> Parties:
    """The two sides of an event. What an actor is comes from the records of the event's claims, then from the lexicon."""
    told: dict[str, tuple[str, str]] = {}
    for claim_id in event.claims:
        claim = view.claims.get(claim_id)
        if claim is None:
            continue
        record = view.record_of(claim)
        for local in (*claim.initiator, *claim.target):
            actor = record.actor(local)
            told.setdefault(actor.name, (actor.kind, actor.country))
    day = (event.when.first or event.when.last) if event.when is not None else None
    return Parties(_parties(event.initiator, told, day), _parties(event.target, told, day))


def with_opponent(sides: Parties, event: Event, view: View) -> Parties:
    """The sides of a taking whose loser no claim of it names, with those who left the place by the event that answers it."""
    if sides.armed_targets:
        return sides
    for kind, other in event.related:
        answer = view.events_by_id.get(other) if kind == "answered_by" else None
        if answer is not None and answer.type == "withdraw":
            ours = {party.name for party in sides.initiators}
            left = tuple(p for p in parties_of(answer, view).armed_initiators if p.name not in ours)
            if left:
                return Parties(sides.initiators, (*sides.targets, *left))
    return sides


def _parties(names: Iterable[str], told: dict[str, tuple[str, str]], day: date | None) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for name in names:
        known = _known(name)
        kind, country = known or told.get(name) or ("other", "")
        if known and not country:
            country = told.get(name, ("", ""))[1]
        led = _led(name, day) if kind in ("leader", "spokesperson") else None
        party = led or Party(name, kind, country)
        found.setdefault(party.name, party)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def _known(name: str) -> tuple[str, str] | None:
    """Kind and country of an actor of the lexicon."""
    from warledger.lexicon.actors import ActorLexicon

    actor = ActorLexicon.load().get(name)
    return (actor.kind, actor.country) if actor is not None else None


@lru_cache(maxsize=4096)
def _led(name: str, day: date | None) -> Party | None:
    """The armed side that a person leads or speaks for on a day: an act of its head is an act of the side."""
    from warledger.lexicon.actors import ActorLexicon

    lexicon = ActorLexicon.load()
    actor = lexicon.get(name)
    for body in actor.ties_on(day) if actor is not None else ():
        found = lexicon.get(body)
        if found is not None and found.kind in ARMED_KINDS:
            return Party(found.name, found.kind, found.country)
    return None


@lru_cache(maxsize=16384)
def enemies(one: str, other: str, country: str, day: date | None) -> bool:
    """Whether two actors are known to fight each other in a country on a day."""
    from warledger.lexicon.actors import ActorLexicon

    return ActorLexicon.load().enemies(one, other, country=country, on=day) is True


@lru_cache(maxsize=16384)
def principal(name: str, country: str, day: date | None) -> str:
    """Whose side an actor is on in the war of a country on a day; empty where unknown."""
    from warledger.lexicon.actors import ActorLexicon

    return ActorLexicon.load().side_of(name, country=country, on=day)
