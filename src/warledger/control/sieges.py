"""From one place's assertions to its sieges."""

from __future__ import annotations

from collections.abc import Sequence

from warledger.control.assertions import Assertion, Party
from warledger.control.drafts import Draft, first_of, in_time
from warledger.control.weighing import day_of
from warledger.core import EventPlace, Spell, When


class SiegeTimeline:
    """Writes the sieges of one place: a layer over control."""

    def __init__(self, place: EventPlace, assertions: Sequence[Assertion]) -> None:
        self.place = place
        self.assertions = in_time(assertions)
        self.spells: list[Draft] = []

    def write(self) -> list[Spell]:
        """All the sieges, in the order of time; one ends when the besieger takes or leaves it, or another besieges."""
        for assertion in self.assertions:
            now = self.spells[-1] if self.spells and self.spells[-1].until is None else None
            if assertion.act == "surrounds" and assertion.who is not None:
                self._surround(assertion, assertion.who, now)
            elif now is not None and assertion.who is not None and assertion.act in {"gains", "loses"}:
                ends = now.party.is_with(assertion.who)
                if ends and now.since is not None and day_of(assertion.when) >= first_of(now.since):
                    over = When.of(max(first_of(assertion.when), first_of(now.since)), day_of(assertion.when))
                    now.end(assertion, over, supports=True)
        return [s.close() for s in self.spells]

    def _surround(self, assertion: Assertion, besieger: Party, now: Draft | None) -> None:
        when = assertion.when
        if now is not None and now.party.is_with(besieger):
            now.add(assertion)
            now.known_on(day_of(when))
            return
        if now is not None:
            floor = first_of(now.since) if now.since is not None else first_of(when)
            when = When.of(max(floor, first_of(when)), max(floor, day_of(when)))
            now.end(assertion, when)
        elif self.spells and self.spells[-1].until is not None:
            floor = first_of(self.spells[-1].until)
            when = When.of(max(floor, first_of(when)), max(floor, day_of(when)))
        spell = Draft(self.place, besieger, "besieged", when, None, assertion.grade, extent=assertion.extent)
        spell.begin(assertion)
        spell.known_on(day_of(when))
        self.spells.append(spell)
