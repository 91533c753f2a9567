"""From one place's assertions to its spells: a timeline that never has two holders at once.

Rules, in the order of time: who gains a place begins a spell and ends the one before; who leaves ends their own; who is said to
hold it keeps a spell alive, or begins one at the day it is known from. The holder before the first known change is the one that
lost it then. Between the last word for one holder and the first for the next, the change is given as that interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from warledger.control.assertions import SURE, Assertion, Party
from warledger.control.weighing import day_of as _day
from warledger.control.weighing import weighed
from warledger.core import EventPlace, Spell, When, content_id
from warledger.core import vocabulary as v

CONTESTED: Final = "contested"
INSIDE_DAYS: Final = 1
"""Fighting within a day of two enemies' claims to hold a place means that both are inside."""
LEFT_DAYS: Final = 3
"""A departure told with a day so near to that of the taking is the other half of it."""
ANEW_DAYS: Final = 90
"""Who takes a place again so long after it was last known to hold it had lost it in between."""
RETOLD_DAYS: Final = 30
"""So long after a place was taken a word without a time of its own tells of that taking once more."""
_ACT_ORDER: Final = ("holds", "fights", "surrounds", "loses", "yields", "gains")


@dataclass(slots=True)
class _Open:
    """A spell while it is being written."""

    place: EventPlace
    party: Party
    layer: str
    since: When | None
    until: When | None
    last_known: date | None
    grade: str
    events: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    firm: bool = False

    def add(self, assertion: Assertion, *, supports: bool = True) -> None:
        """Keep the evidence; what supports the spell beyond doubt makes it firm."""
        self.events.add(assertion.event)
        self.claims.update(assertion.claims)
        self.firm = self.firm or (supports and not assertion.doubtful)

    def known_on(self, day: date | None) -> None:
        if day is not None and (self.last_known is None or day > self.last_known):
            self.last_known = day

    def close(self) -> Spell:
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
        )


def _first(when: When) -> date:
    return when.first or when.last or date.min


def in_time(assertions: Sequence[Assertion]) -> list[Assertion]:
    """By the last day on which each can have become true; of one day, states before losses before gains."""
    return sorted(
        assertions,
        key=lambda a: (_day(a.when), _ACT_ORDER.index(a.act), _first(a.when), _strength(a), a.event),
    )


def _strength(assertion: Assertion) -> tuple[int, int]:
    """Better supported assertions sort last, so that they have the last word of a day."""
    order = ("contested", "claimed", "reported", "corroborated", "confirmed")
    return order.index(assertion.grade) if assertion.grade in order else 0, assertion.origins


class ControlTimeline:
    """Writes the control spells of one place."""

    def __init__(self, place: EventPlace, assertions: Sequence[Assertion]) -> None:
        self.place = place
        self.assertions = in_time(weighed(assertions))
        self.spells: list[_Open] = []
        self.fights = [_day(a.when) for a in self.assertions if a.act == "fights"]

    @property
    def current(self) -> _Open | None:
        """The spell that has no end yet."""
        return self.spells[-1] if self.spells and self.spells[-1].until is None else None

    def write(self) -> list[Spell]:
        """All the spells, in the order of time."""
        strong = [a for a in self.assertions if not a.weak]
        for assertion in strong:
            match assertion.act:
                case "gains":
                    self._gain(assertion, assertion.who, assertion.other)
                case "loses":
                    self._lose(assertion)
                case "holds":
                    self._hold(assertion)
                case "yields":
                    self._yield(assertion)
                case _:
                    pass
        for assertion in self.assertions:
            if assertion.weak:
                self._confirm(assertion)
        return [s.close() for s in self.spells]

    def _begin(self, assertion: Assertion, party: Party, since: When | None, *, until: When | None = None) -> _Open:
        spell = _Open(self.place, party, "control", since, until, None, assertion.grade)
        spell.add(assertion)
        self.spells.append(spell)
        return spell

    def _not_before(self, when: When) -> When:
        """`when`, cut so that it does not begin before the last spell did or ended.

        A time without a beginning ("some time before the report") begins at the last word for the holder there was.
        """
        if not self.spells:
            return when
        last = self.spells[-1]
        edge = last.until or last.since
        floor = _first(edge) if edge is not None else None
        if when.first is None and last.last_known is not None:
            floor = max(floor or last.last_known, min(last.last_known, _day(when)))
        if floor is None or (when.first is not None and when.first >= floor):
            return when
        return When.of(floor, max(floor, _day(when)))

    def _gain(self, assertion: Assertion, taker: Party | None, loser: Party | None) -> None:
        if taker is None:
            return
        when = self._not_before(assertion.when)
        now = self.current
        if now is not None and now.party.is_with(taker):
            if not assertion.doubtful and self._was_lost_between(now, when):
                now.until = When.of(now.last_known, _first(when))
                self._begin(assertion, taker, when).known_on(_day(when))
                return
            self._again(now, assertion, taker, when)
            return
        if (told := self._retold(assertion, taker)) is not None:
            told.add(assertion)
            return
        if now is not None and now.firm and not assertion.explicit and assertion.sure < SURE:
            return
        if now is None and loser is not None and not loser.is_with(taker) and not self.spells:
            before = self._begin(assertion, loser, None, until=when)
            before.known_on(_first(when))
        elif now is not None:
            if not assertion.doubtful and self._both_inside(now, when):
                self._contest(now, assertion, when)
                return
            now.until = when
            now.add(assertion, supports=False)
        self._begin(assertion, taker, when).known_on(_day(when))

    def _was_lost_between(self, now: _Open, when: When) -> bool:
        """Whether the holder takes the place anew so long after the last word for it that it was lost unreported meanwhile."""
        return now.last_known is not None and now.since is not None and (_first(when) - now.last_known).days > ANEW_DAYS

    def _retold(self, assertion: Assertion, taker: Party) -> _Open | None:
        """The ended spell of the taker that a word without a time of its own tells of once more; None where it is news."""
        if assertion.explicit:
            return None
        for spell in reversed(self.spells):
            if spell.party.is_with(taker) and spell.since is not None and spell.until is not None:
                return spell if (_day(assertion.when) - _day(spell.since)).days <= RETOLD_DAYS else None
        return None

    def _again(self, now: _Open, assertion: Assertion, taker: Party, when: When) -> None:
        """The same side is said to take what it has: the same change told again, perhaps more exactly."""
        now.add(assertion)
        now.known_on(_day(when))
        if now.party.generic and not taker.generic:
            now.party = taker
        if v.GRADES.index(assertion.grade) < v.GRADES.index(now.grade) and assertion.grade != CONTESTED:
            now.grade = assertion.grade
        exact = not assertion.doubtful or not now.firm
        if exact and now.since is not None and now.since != when and now.since.overlaps(when):
            firsts = [w.first for w in (now.since, when) if w.first]
            lasts = [w.last for w in (now.since, when) if w.last]
            narrow = When.of(max(firsts, default=None), min(lasts, default=None))
            if len(self.spells) > 1 and self.spells[-2].until == now.since:
                self.spells[-2].until = narrow
            now.since = narrow

    def _both_inside(self, now: _Open, when: When) -> bool:
        """Whether the holder was said to be there on the very day, and there is fighting in the place."""
        same_day = now.last_known is not None and now.since is not None and now.since.overlaps(when)
        return same_day and now.firm and any(abs((day - _day(when)).days) <= INSIDE_DAYS for day in self.fights)

    def _contest(self, now: _Open, assertion: Assertion, when: When) -> None:
        now.party = Party(CONTESTED, "")
        now.grade = CONTESTED
        now.add(assertion)
        now.known_on(_day(when))

    def _lose(self, assertion: Assertion) -> None:
        when = self._not_before(assertion.when)
        now, leaver = self.current, assertion.who
        if leaver is not None:
            if now is not None and now.party.is_with(leaver):
                now.until = when
                now.known_on(_first(when))
                now.add(assertion)
            elif now is None and not self.spells:
                self._begin(assertion, leaver, None, until=when).known_on(_first(when))
            elif now is not None:
                now.add(assertion)
                self._held_before(now, assertion, leaver)
                return
        if assertion.other is not None and leaver is not None and not assertion.other.is_with(leaver):
            self._gain(assertion, assertion.other, leaver)

    def _held_before(self, now: _Open, assertion: Assertion, leaver: Party) -> None:
        """Who is said to have left about when the first known holder took the place held it until then."""
        if self.spells[0] is not now or now.since is None or assertion.when.gap_days(now.since) > LEFT_DAYS:
            return
        before = _Open(self.place, leaver, "control", None, now.since, None, assertion.grade)
        before.add(assertion)
        before.known_on(_first(now.since))
        self.spells.insert(0, before)

    def _hold(self, assertion: Assertion) -> None:
        holder, now = assertion.who, self.current
        if holder is None:
            return
        if now is not None and now.party.is_with(holder):
            now.add(assertion)
            now.known_on(_day(assertion.when))
            if now.party.generic and not holder.generic:
                now.party = holder
            return
        if now is None:
            self._begin(assertion, holder, self._since_of_state(assertion)).known_on(_day(assertion.when))
            return
        if now.last_known is not None and now.last_known >= _first(assertion.when):
            now.add(assertion)
            return
        change = When.of(now.last_known, _first(assertion.when))
        now.until = change
        self._begin(assertion, holder, change).known_on(_day(assertion.when))

    def _since_of_state(self, assertion: Assertion) -> When | None:
        """A state that is first heard of began before; after an ended spell it began at or after that end."""
        if self.spells and self.spells[-1].until is not None:
            first = _first(self.spells[-1].until)
            return When.of(first, max(first, _first(assertion.when)))
        return None

    def _yield(self, assertion: Assertion) -> None:
        now = self.current
        if now is None or assertion.who is None or assertion.other is None:
            return
        for loser, taker in ((assertion.who, assertion.other), (assertion.other, assertion.who)):
            if now.party.is_with(loser) and not now.party.is_with(taker):
                self._gain(assertion, taker, loser)
                return

    def _confirm(self, assertion: Assertion) -> None:
        """A standing fact without a time: it supports the spell of its day, or stands alone where nothing dated is known."""
        day, holder = _day(assertion.when), assertion.who
        if holder is None or assertion.act not in {"holds", "gains"}:
            return
        for spell in self.spells:
            began = spell.since is None or _first(spell.since) <= day
            if began and (spell.until is None or day <= _day(spell.until)):
                if spell.party.is_with(holder):
                    spell.add(assertion)
                    spell.known_on(day if spell.until is None else None)
                return
        if not self.spells:
            self._begin(assertion, holder, None).known_on(day)


class SiegeTimeline:
    """Writes the sieges of one place: a layer over control."""

    def __init__(self, place: EventPlace, assertions: Sequence[Assertion]) -> None:
        self.place = place
        self.assertions = in_time(assertions)
        self.spells: list[_Open] = []

    def write(self) -> list[Spell]:
        """All the sieges, in the order of time; one ends when the besieger takes or leaves it, or another besieges."""
        for assertion in self.assertions:
            now = self.spells[-1] if self.spells and self.spells[-1].until is None else None
            if assertion.act == "surrounds" and assertion.who is not None:
                self._surround(assertion, assertion.who, now)
            elif now is not None and assertion.who is not None and assertion.act in {"gains", "loses"}:
                ends = now.party.is_with(assertion.who)
                if ends and now.since is not None and _day(assertion.when) >= _first(now.since):
                    now.until = When.of(max(_first(assertion.when), _first(now.since)), _day(assertion.when))
                    now.add(assertion)
        return [s.close() for s in self.spells]

    def _surround(self, assertion: Assertion, besieger: Party, now: _Open | None) -> None:
        when = assertion.when
        if now is not None and now.party.is_with(besieger):
            now.add(assertion)
            now.known_on(_day(when))
            return
        if now is not None:
            floor = _first(now.since) if now.since is not None else _first(when)
            when = When.of(max(floor, _first(when)), max(floor, _day(when)))
            now.until = when
        elif self.spells and self.spells[-1].until is not None:
            floor = _first(self.spells[-1].until)
            when = When.of(max(floor, _first(when)), max(floor, _day(when)))
        spell = _Open(self.place, besieger, "besieged", when, None, _day(when), assertion.grade)
        spell.add(assertion)
        self.spells.append(spell)
