"""From one place's assertions to its spells: a timeline that never has two holders at once.

Rules, in the order of time: who gains a place begins a spell and ends the one before; who leaves ends their own; who is said to
hold it keeps a spell alive, or begins one at the day it is known from. The holder before the first known change is the one that
lost it then. Between the last word for one holder and the first for the next, the change is given as that interval. A place is
contested while enemies are inside: where one takes a part of what the other holds, until one takes it all or leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from warledger.control.assertions import SURE, Assertion, Party
from warledger.control.drafts import CONTESTED, Draft, first_of, in_time
from warledger.control.weighing import day_of, weighed
from warledger.core import EventPlace, Spell, When
from warledger.core import vocabulary as v

INSIDE_DAYS: Final = 1
"""Fighting within a day of two enemies' claims to hold a place means that both are inside."""
LEFT_DAYS: Final = 3
"""A departure told with a day so near to that of the taking is the other half of it."""
ANEW_DAYS: Final = 90
"""Who takes a place again so long after it was last known to hold it had lost it in between."""
RETOLD_DAYS: Final = 30
"""So long after a place was taken a word without a time of its own tells of that taking once more."""


class ControlTimeline:
    """Writes the control spells of one place."""

    def __init__(self, place: EventPlace, assertions: Sequence[Assertion]) -> None:
        self.place = place
        self.assertions = in_time(weighed(assertions))
        self.spells: list[Draft] = []
        self.fights = [day_of(a.when) for a in self.assertions if a.act == "fights"]

    @property
    def current(self) -> Draft | None:
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

    def _begin(self, assertion: Assertion, party: Party, since: When | None, *, until: When | None = None) -> Draft:
        """A further spell. One that has an end already was there before the first report, and its beginning is not told."""
        spell = Draft(self.place, party, "control", since, until, assertion.grade)
        if until is None:
            spell.begin(assertion)
        else:
            spell.end(assertion, until, supports=True)
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
        floor = first_of(edge) if edge is not None else None
        if when.first is None and last.last_known is not None:
            floor = max(floor or last.last_known, min(last.last_known, day_of(when)))
        if floor is None or (when.first is not None and when.first >= floor):
            return when
        return When.of(floor, max(floor, day_of(when)))

    def _gain(self, assertion: Assertion, taker: Party | None, loser: Party | None) -> None:
        if taker is None:
            return
        when = self._not_before(assertion.when)
        now = self.current
        if now is not None and now.party.is_with(taker):
            lost = not assertion.doubtful and self._was_lost_between(now, when)
            if lost or (now.extent and not assertion.extent and not now.since_overlaps(when)):
                now.end(assertion, When.of(now.last_known, first_of(when)) if lost else when)
                self._take(assertion, taker, when)
                return
            self._again(now, assertion, taker, when)
            return
        if (told := self._retold(assertion, taker)) is not None:
            told.add(assertion)
            return
        if now is not None and now.firm and not assertion.explicit and assertion.sure < SURE:
            return
        if now is None and loser is not None and not loser.is_with(taker) and not self.spells:
            now = self._begin(assertion, loser, None, until=when)
            now.known_on(first_of(when))
        elif now is not None:
            if not assertion.doubtful and self._both_inside(now, when):
                self._contest(now, assertion, when)
                return
            if assertion.extent and now.has_inside(taker):
                now.add(assertion)
                now.known_on(day_of(when))
                return
            now.end(assertion, when)
        self._take(assertion, taker, when, now)

    def _take(self, assertion: Assertion, taker: Party, when: When | None, before: Draft | None = None) -> None:
        """Begin the spell of who takes a place; whoever takes a part of it from one who holds it makes it contested."""
        left = before.party if before is not None and before.until == when else None
        if assertion.extent and left is not None and left.name != CONTESTED:
            spell = self._begin(assertion, Party(CONTESTED, ""), when)
            spell.inside = (taker, left)
        else:
            spell = self._begin(assertion, taker, when)
        spell.extent = assertion.extent
        spell.entered = assertion.enters
        spell.known_on(day_of(when or assertion.when))

    def _was_lost_between(self, now: Draft, when: When) -> bool:
        """Whether the holder takes the place anew so long after the last word for it that it was lost unreported meanwhile."""
        return now.last_known is not None and now.since is not None and (first_of(when) - now.last_known).days > ANEW_DAYS

    def _retold(self, assertion: Assertion, taker: Party) -> Draft | None:
        """The ended spell of the taker that a word without a time of its own tells of once more; None where it is news."""
        if assertion.explicit:
            return None
        for spell in reversed(self.spells):
            if spell.party.is_with(taker) and spell.since is not None and spell.until is not None:
                return spell if (day_of(assertion.when) - day_of(spell.since)).days <= RETOLD_DAYS else None
        return None

    def _again(self, now: Draft, assertion: Assertion, taker: Party, when: When) -> None:
        """The same side is said to take what it has: the same change told again, perhaps more exactly."""
        now.add(assertion)
        if now.since_overlaps(when):
            now.begun_by.update(assertion.claims)
            now.extent = now.extent if assertion.extent else ""
            now.entered = now.entered and (assertion.enters or day_of(when) > day_of(now.since or when))
        now.known_on(day_of(when))
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

    def _both_inside(self, now: Draft, when: When) -> bool:
        """Whether the holder was said to be there on the very day, and there is fighting in the place."""
        same_day = now.last_known is not None and now.since is not None and now.since.overlaps(when)
        return same_day and now.firm and any(abs((day - day_of(when)).days) <= INSIDE_DAYS for day in self.fights)

    def _contest(self, now: Draft, assertion: Assertion, when: When) -> None:
        if assertion.who is not None:
            now.inside = (assertion.who, now.party)
        now.party = Party(CONTESTED, "")
        now.grade = CONTESTED
        now.add(assertion)
        now.known_on(day_of(when))

    def _lose(self, assertion: Assertion) -> None:
        when = self._not_before(assertion.when)
        now, leaver = self.current, assertion.who
        if leaver is not None:
            if assertion.extent:
                if now is not None:
                    now.add(assertion, supports=False)
                return
            if now is not None and now.party.is_with(leaver):
                now.known_on(first_of(when))
                now.end(assertion, when, supports=True)
            elif now is not None and now.has_inside(leaver):
                self._left_to_others(now, assertion, leaver, when)
                return
            elif now is None and not self.spells:
                self._begin(assertion, leaver, None, until=when).known_on(first_of(when))
            elif now is not None:
                now.add(assertion)
                self._held_before(now, assertion, leaver)
                self._changed_until(now, assertion, leaver)
                return
        if assertion.other is not None and leaver is not None and not assertion.other.is_with(leaver):
            self._gain(assertion, assertion.other, leaver)

    def _left_to_others(self, now: Draft, assertion: Assertion, leaver: Party, when: When) -> None:
        """Who is left in a contested place when all the others have gone has it."""
        rest = tuple(party for party in now.inside if not party.is_with(leaver))
        now.end(assertion, when, supports=True)
        if len(rest) == 1:
            self._begin(assertion, rest[0], when).known_on(day_of(when))

    def _changed_until(self, now: Draft, assertion: Assertion, leaver: Party) -> None:
        """Who was only said to enter a place has it at the latest when the one before is said, within days, to have left."""
        before = self.spells[-2] if len(self.spells) > 1 else None
        if before is None or now.since is None or before.until != now.since or not before.party.is_with(leaver):
            return
        gone = day_of(assertion.when)
        if now.entered and 0 < (gone - day_of(now.since)).days <= LEFT_DAYS:
            now.since = before.until = When.of(first_of(now.since), gone)
            now.begun_by.update(assertion.claims)
            before.add(assertion)
            before.ended_by.update(assertion.claims)

    def _held_before(self, now: Draft, assertion: Assertion, leaver: Party) -> None:
        """Who is said to have left about when the first known holder took the place held it until then."""
        if self.spells[0] is not now or now.since is None or assertion.when.gap_days(now.since) > LEFT_DAYS:
            return
        before = Draft(self.place, leaver, "control", None, now.since, assertion.grade)
        before.end(assertion, now.since, supports=True)
        before.known_on(first_of(now.since))
        self.spells.insert(0, before)

    def _hold(self, assertion: Assertion) -> None:
        holder, now = assertion.who, self.current
        if holder is None:
            return
        if now is not None and now.party.is_with(holder):
            now.add(assertion)
            now.known_on(day_of(assertion.when))
            if now.party.generic and not holder.generic:
                now.party = holder
            return
        if now is None:
            self._take(assertion, holder, self._since_of_state(assertion))
            return
        if now.has_inside(holder) and assertion.extent:
            now.add(assertion)
            now.known_on(day_of(assertion.when))
            return
        if now.last_known is not None and now.last_known >= first_of(assertion.when):
            now.add(assertion)
            return
        change = When.of(now.last_known, first_of(assertion.when))
        now.end(assertion, change)
        self._take(assertion, holder, change, now)

    def _since_of_state(self, assertion: Assertion) -> When | None:
        """A state that is first heard of began before; after an ended spell it began at or after that end."""
        if self.spells and self.spells[-1].until is not None:
            first = first_of(self.spells[-1].until)
            return When.of(first, max(first, first_of(assertion.when)))
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
        day, holder = day_of(assertion.when), assertion.who
        if holder is None or assertion.act not in {"holds", "gains"}:
            return
        for spell in self.spells:
            began = spell.since is None or first_of(spell.since) <= day
            if began and (spell.until is None or day <= day_of(spell.until)):
                if spell.party.is_with(holder):
                    spell.add(assertion)
                    spell.known_on(day if spell.until is None else None)
                return
        if not self.spells:
            self._take(assertion, holder, None)
