"""What events assert about who holds a place: somebody gains, loses, holds or surrounds it.

Only what is said to have happened counts, under a grade that stands. A claim about a province or a country says nothing of its
towns, and a claim about the surroundings of a town nothing of the town.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

from warledger.core import Actor, Claim, Document, Event, EventPlace, Record, When, fold
from warledger.ontology import crowd_of, role_of, side_by_kind

Act = Literal["gains", "loses", "holds", "surrounds", "fights", "yields"]
_YIELD_STEMS: Final = ("surrender", "hand", "cede", "capitulat")
_NO_GRADES: Final = frozenset({"retracted", "denied"})
_UNHELD_KINDS: Final = frozenset({"country"})


class KnownName(Protocol):
    """An actor on the public record, by its usual name."""

    @property
    def name(self) -> str:
        """The usual English name."""


class SideKnowledge(Protocol):
    """The part of the actor lexicon that control needs."""

    def match(self, name: str, *, country: str = "", on: date | None = None) -> KnownName | None:
        """The actor that `name` means, or None."""

    def side_of(self, name: str, *, country: str = "", on: date | None = None) -> str:
        """The side of the conflict in `country` that `name` belongs to; empty where unknown."""


@dataclass(frozen=True, slots=True)
class Party:
    """One who holds, takes or leaves: the name shown, and the side; a crowd's name ("rebels (Syria)") is generic."""

    name: str
    side: str

    @property
    def generic(self) -> bool:
        """Whether the name is a crowd's."""
        return _is_crowd(self.name)

    def is_with(self, other: Party) -> bool:
        """Whether the two are on one side; without known sides, whether they have one name."""
        if self.side and other.side:
            return self.side == other.side
        return fold(self.name) == fold(other.name)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One event's word on one place. `weak` is a standing fact that a report mentions without a time of its own: it confirms or
    fills a gap, and never overrules what is dated.
    """

    act: Act
    place: EventPlace
    who: Party | None
    other: Party | None
    when: When
    weak: bool
    grade: str
    origins: int
    event: str
    claims: tuple[str, ...]


class AssertionReader:
    """Reads the assertions of events through the records that their claims stand in."""

    def __init__(
        self, records: Mapping[str, Record], documents: Mapping[str, Document], lexicon: SideKnowledge | None = None
    ) -> None:
        self.records, self.documents, self.lexicon = records, documents, lexicon
        self.claims = {c.id: c for r in records.values() for c in r.claims}

    def read(self, events: Iterable[Event]) -> list[Assertion]:
        """The assertions of all `events`, in the order of event ids."""
        return [a for event in sorted(events, key=lambda e: e.id) for a in self._of(event)]

    def _of(self, event: Event) -> list[Assertion]:
        place = event.place
        if event.status != "happened" or event.grade.name in _NO_GRADES or place is None:
            return []
        if place.kind in _UNHELD_KINDS or place.precision in {"near", "country"}:
            return []
        by_act: dict[Act, list[Claim]] = {}
        for claim in (self.claims[c] for c in event.claims if c in self.claims):
            act = self._act(claim)
            if act is not None and claim.status == "happened":
                by_act.setdefault(act, []).append(claim)
        made = (self._assertion(event, place, act, by_act[act]) for act in sorted(by_act))
        return [a for a in made if a is not None]

    def _act(self, claim: Claim) -> Act | None:
        territory = role_of(claim.type).territory
        if territory:
            return territory
        if claim.type == "clash":
            return "fights"
        quote = fold(claim.trigger.quote)
        return "yields" if claim.type == "agree" and any(stem in quote for stem in _YIELD_STEMS) else None

    def _assertion(self, event: Event, place: EventPlace, act: Act, claims: list[Claim]) -> Assertion | None:
        country = place.country
        who = self._party(
            [i for c in claims for i in self._cast(c, c.initiator)], event.initiator, country, self._on(event, claims)
        )
        other = self._party(
            [i for c in claims for i in self._cast(c, c.target)], event.target, country, self._on(event, claims)
        )
        when, dated = self._when(event, act, claims)
        if when is None or (who is None and act != "loses") or (who is None and other is None):
            return None
        return Assertion(
            act=act,
            place=place,
            who=who,
            other=other,
            when=when,
            weak=not dated and (act == "holds" or all(c.frame == "background" for c in claims)),
            grade=event.grade.name,
            origins=len(event.origins),
            event=event.id,
            claims=tuple(sorted(c.id for c in claims)),
        )

    def _cast(self, claim: Claim, ids: tuple[str, ...]) -> list[tuple[str, Actor]]:
        record = self.records[claim.document]
        return [(claim.document, record.actor(i)) for i in ids]

    def _when(self, event: Event, act: Act, claims: list[Claim]) -> tuple[When | None, bool]:
        """The event's time, and whether it was given; a state without one is known on the day it was published."""
        own = Counter(c.when for c in claims if c.when is not None)
        if event.when is not None and own:
            return event.when, True
        if own:
            return min(own, key=lambda w: (-own[w], w.sort_key())), True
        days = sorted(d for c in claims if (d := self.documents[c.document].published) is not None)
        if not days:
            return None, False
        if act in {"holds", "surrounds", "fights"}:
            return When.of(days[-1], days[-1]), False
        return When.of(None, days[0]), False

    def _on(self, event: Event, claims: list[Claim]) -> date | None:
        """The day by which names and sides are told: the event's, else the first on which it was reported."""
        if event.when is not None:
            return event.when.first or event.when.last
        days = (self.documents[c.document].published for c in claims)
        return min((d for d in days if d is not None), default=None)

    def _party(
        self, actors: list[tuple[str, Actor]], preferred: tuple[str, ...], country: str, on: date | None
    ) -> Party | None:
        """The side that most claims put in the role, by its best name: named groups before crowds, the event's own names
        before others, then the name that most claims give.
        """
        votes: Counter[str] = Counter()
        sides: dict[str, str] = {}
        for _, actor in actors:
            known = self.lexicon.match(actor.name, country=country, on=on) if self.lexicon is not None else None
            name = known.name if known is not None else actor.name
            if crowd_of(name) == "unarmed" or actor.kind in {"civilians", "leader", "spokesperson"}:
                continue
            votes[name] += 1
            side = self.lexicon.side_of(name, country=country, on=on) if self.lexicon is not None else ""
            sides[name] = side or side_by_kind(name, actor.kind)
        if not votes:
            return None
        by_side: Counter[str] = Counter()
        for name, count in votes.items():
            by_side[sides[name] or fold(name)] += count
        side = min(by_side, key=lambda s: (-by_side[s], s))
        rank = {name: i for i, name in enumerate(preferred)}
        members = [n for n in votes if (sides[n] or fold(n)) == side]
        name = min(members, key=lambda n: (_is_crowd(n), rank.get(n, len(rank)), -votes[n], n))
        return Party(name, sides[name])


def _is_crowd(name: str) -> bool:
    return bool(crowd_of(name)) or name[:1].islower()
