"""A spell while it is being written, and the order in which a place's assertions are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from warledger.control.assertions import Assertion, Party
from warledger.control.weighing import day_of
from warledger.core import EventPlace, Spell, When, content_id

CONTESTED: Final = "contested"
_ACT_ORDER: Final = ("holds", "fights", "surrounds", "loses", "yields", "gains")
_STRENGTH: Final = (CONTESTED, "claimed", "reported", "corroborated", "confirmed")


@dataclass(slots=True)
class Draft:
    """A spell while it is being written. `inside` are the enemies in a contested place, who came last first; `entered` says
    that its holder was only said to have come in.
    """

    place: EventPlace
    party: Party
    layer: str
    since: When | None
    until: When | None
    grade: str
    last_known: date | None = None
    extent: str = ""
    inside: tuple[Party, ...] = ()
    entered: bool = False
    events: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    begun_by: set[str] = field(default_factory=set)
    ended_by: set[str] = field(default_factory=set)
    firm: bool = False

    def add(self, assertion: Assertion, *, supports: bool = True) -> None:
        """Keep the evidence; what supports the spell beyond doubt makes it firm."""
        self.events.add(assertion.event)
        self.claims.update(assertion.claims)
        self.firm = self.firm or (supports and not assertion.doubtful)

    def begin(self, assertion: Assertion) -> None:
        """Keep the evidence for its beginning."""
        self.add(assertion)
        self.begun_by.update(assertion.claims)

    def end(self, assertion: Assertion, when: When, *, supports: bool = False) -> None:
        """End it at a time, and keep the evidence for that."""
        self.until = when
        self.add(assertion, supports=supports)
        self.ended_by.update(assertion.claims)

    def known_on(self, day: date | None) -> None:
        """There is a word for it on this day."""
        if day is not None and (self.last_known is None or day > self.last_known):
            self.last_known = day

    def since_overlaps(self, when: When) -> bool:
        """Whether it may have begun at that time."""
        return self.since is not None and self.since.overlaps(when)

    def has_inside(self, party: Party) -> bool:
        """Whether it is contested, and `party` one of those who are in the place."""
        return any(one.is_with(party) for one in self.inside)

    def close(self) -> Spell:
        """The spell."""
        since = self.since.edtf if self.since else ""
        last = self.last_known
        return Spell(
            id=content_id("s", self.place.key, self.layer, self.party.name, since),
            place=self.place,
            holder=self.party.name,
            side=self.party.side,
            layer=self.layer,
            since=self.since,
            until=self.until,
            last_known=When.of(last, last) if last else None,
            grade=self.grade,
            events=tuple(sorted(self.events)),
            claims=tuple(sorted(self.claims)),
            begun_by=tuple(sorted(self.begun_by)),
            ended_by=tuple(sorted(self.ended_by)),
            extent=self.extent,
            between=tuple(party.name for party in self.inside),
        )


def first_of(when: When) -> date:
    """The first day on which it can have become true."""
    return when.first or when.last or date.min


def in_time(assertions: Sequence[Assertion]) -> list[Assertion]:
    """By the last day on which each can have become true; of one day, states before losses before gains."""
    return sorted(
        assertions,
        key=lambda a: (day_of(a.when), _ACT_ORDER.index(a.act), first_of(a.when), _strength(a), a.event),
    )


def _strength(assertion: Assertion) -> tuple[int, int]:
    """Better supported assertions sort last, so that they have the last word of a day."""
    return _STRENGTH.index(assertion.grade) if assertion.grade in _STRENGTH else 0, assertion.origins
