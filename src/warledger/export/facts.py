"""Facts about an event that the crosswalks ask for: who is armed, whether anybody resisted, how long a place was held."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Final

from warledger.core import Event, EventPlace, View
from warledger.core.filter import sentence_of
from warledger.export.parties import Parties

FIGHTING: Final = frozenset({"clash", "offensive", "airstrike", "shelling", "bombing", "suicide_bombing", "attack"})
FOUGHT_DAYS: Final = 7
"""Fighting told at a place in this many days before it was taken shows that the taking was resisted."""
HELD_DAYS: Final = 1
"""A place lost again within this many days did not change hands (ACLED)."""
RETAKEN_DAYS: Final = 7
"""Takings of one place by one side within this many days are one acquisition, the last one."""

_UNRESISTED = re.compile(
    r"\b(?:without (?:a fight|any? (?:resistance|fighting|battle)|resistance|fighting|firing a shot)|unopposed|peacefully|"
    r"handed (?:over|it over)|hand(?:s|ing)? over|no resistance|"
    r"bloodless(?:ly)?|abandoned by)\b",
    re.IGNORECASE,
)
_LEFT_FIRST = re.compile(
    r"\bafter(?:\s+(?!fight|battl|clash|assault|attack|siege|offensive|bombard|shell)[\w'’-]+){1,6}?\s+"
    r"(?:withdrew|withdrawn|pulled (?:out|back)|left|fled|retreated|abandoned|quit)\b",
    re.IGNORECASE,
)
_GRENADE = re.compile(r"\bgrenades?\b", re.IGNORECASE)
_DRONE = re.compile(
    r"\A(?!.*\b(?:jets?|(?:war)?planes?|aircraft|helicopters?|bombers?)\b).*\b(?:drones?|UAVs?)\b", re.IGNORECASE | re.DOTALL
)
_DEAL = re.compile(r"\b(?:deal|exchange|swap|agreement|accord|amnesty|pardon(?:ed)?|negotiat\w+)\b", re.IGNORECASE)
_TRUCE = re.compile(r"\b(?:truce|cease-?fire|armistice|cessation)\b", re.IGNORECASE)
_RIOT = re.compile(r"\b(?:riot\w*|torched|set fire|looted|stormed|hurled|threw|vandal\w+|burn(?:ed|t))\b", re.IGNORECASE)


_WORDS: Final = {
    "seize": (("unresisted", _UNRESISTED), ("left-first", _LEFT_FIRST)),
    "airstrike": (("drone", _DRONE),),
    "bombing": (("grenade", _GRENADE),),
    "release": (("deal", _DEAL),),
    "agree": (("truce", _TRUCE),),
    "protest": (("turned-violent", _RIOT),),
}
"""Claim type → the facts that its sentences can tell, each with the words that tell it."""


def _days() -> array[int]:
    """Days by their ordinals, four bytes each: there is one or two of them for every event of a ledger."""
    return array("i")


class _Stretches:
    """Stretches of days at one place, to be asked for one that meets some days without reading them all."""

    def __init__(self, ends: array[int]) -> None:
        """Of first and last days by turns."""
        stretches = sorted(zip(ends[::2], ends[1::2], strict=True))
        self._firsts = array("i", (first for first, _ in stretches))
        self._last_so_far = array("i", accumulate((last for _, last in stretches), max))

    def any(self, since: date, until: date) -> bool:
        """Whether a stretch has a day from `since` to `until`."""
        begun = bisect_right(self._firsts, until.toordinal())
        return begun > 0 and self._last_so_far[begun - 1] >= since.toordinal()


class _Takings:
    """Who took one place when: a day and a number for who it was. Sixteen bytes a taking."""

    def __init__(self) -> None:
        self._days, self._ranks, self._takers = _days(), array("Q"), _days()

    def add(self, day: date, event: str, taker: int) -> None:
        """Add a taking. Those of one day are put in the order of what their events' ids begin with."""
        self._days.append(day.toordinal())
        self._ranks.append(int.from_bytes(event.encode()[:9].ljust(9)[1:], "big"))
        self._takers.append(taker)

    def close(self) -> None:
        """Put the takings in order. Then they can be asked for."""
        told = sorted(zip(self._days, self._ranks, self._takers, strict=True))
        self._days, self._takers = array("i", (day for day, _, _ in told)), array("i", (taker for _, _, taker in told))
        self._ranks = array("Q")

    def between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Day and taker of the takings from a day to another, by their ordinals."""
        for index in range(bisect_left(self._days, first), bisect_right(self._days, last)):
            yield self._days[index], self._takers[index]


class Surroundings:
    """What else the view tells of each place: when it was fought over and when it was taken. One pass, a few words an event."""

    def __init__(self, view: View) -> None:
        days = _days()
        fights: dict[str, array[int]] = defaultdict(_days)
        taken: dict[str, array[int]] = defaultdict(_days)
        self._takings: dict[str, _Takings] = defaultdict(_Takings)
        takers: dict[tuple[str, ...], int] = {}
        for event in view.events:
            first, last = (event.when.first, event.when.last) if event.when is not None else (None, None)
            days.append((first or last or date.max).toordinal())
            if first is None or last is None or event.status not in ("happened", "failed"):
                continue
            ends = first.toordinal(), last.toordinal()
            for key in {place.key for place in (event.place, *event.also_places) if place is not None}:
                if not FIGHTING.isdisjoint(event.types):
                    fights[key].extend(ends)
                if "seize" in event.types and event.status == "happened":
                    taken[key].extend(ends)
                    if first == last:
                        self._takings[key].add(first, event.id, takers.setdefault(event.initiator, len(takers)))
        self._fights = {key: _Stretches(found) for key, found in fights.items()}
        self._taken_within = {key: _Stretches(found) for key, found in taken.items()}
        for takings in self._takings.values():
            takings.close()
        self._takers = list(takers)
        self._days = days

    def in_order(self) -> Iterator[tuple[date, int]]:
        """The first day of each event, and where it stands in the view; the earliest first, what has no day last."""
        order: Sequence[int] = range(len(self._days))
        if any(one > other for one, other in pairwise(self._days)):
            order = array("l", sorted(order, key=self._days.__getitem__))
        for index in order:
            yield date.fromordinal(self._days[index]), index

    def fought(self, place: EventPlace, day: date) -> bool:
        """Whether fighting is told at the place on `day` or in the week before."""
        fights = self._fights.get(place.key)
        return fights is not None and fights.any(day - timedelta(days=FOUGHT_DAYS), day)

    def taken_near(self, place: EventPlace, day: date, margin_days: int = 2) -> bool:
        """Whether somebody takes the place within some days of `day`, or on a day that may be one of them."""
        margin, taken = timedelta(days=margin_days), self._taken_within.get(place.key)
        return taken is not None and taken.any(day - margin, day + margin)

    def held(self, event: Event, place: EventPlace, day: date) -> str:
        """ "brief" if another side takes the place within a day, "not-final" if the same side takes it again, else ""."""
        takings, taken = self._takings.get(place.key), day.toordinal()
        for other, taker in takings.between(taken + 1, taken + RETAKEN_DAYS) if takings is not None else ():
            by = self._takers[taker]
            same_side = bool(set(by) & set(event.initiator)) or not by
            if not same_side and other - taken <= HELD_DAYS:
                return "brief"
            if by and same_side:
                return "not-final"
        return ""


def facts_of(event: Event, sides: Parties, around: Surroundings, view: View) -> frozenset[str]:
    """The words of the crosswalks' `when` columns that hold of the event."""
    country = event.place.country if event.place is not None else ""
    day = event.when.last or event.when.first if event.when is not None else None
    taken, said = "seize" in event.types, _said(event, view)
    facts = {
        event.status: True,
        "initiator-known": bool(sides.initiators),
        "initiator-armed": bool(sides.armed_initiators),
        "initiator-state": bool(sides.initiators) and sides.initiators[0].is_state_in(country),
        "target-armed": bool(sides.armed_targets),
        "combatants": bool(sides.armed_targets) or any(f.group == "combatants" for f in event.figures),
        "target-unarmed": any(p.unarmed for p in sides.targets) and not sides.armed_targets,
        "target-protesters": any(p.protesting for p in sides.targets),
        "victims-counted": any(f.measure in ("killed", "injured", "casualties") for f in event.figures),
        "deaths": any(f.measure == "killed" and f.basis == "incident" and f.low != 0 for f in event.figures),
        "police": any(f.measure in ("injured", "detained") for f in event.figures) or "arrest" in event.types,
        "weapons": any(f.measure == "destroyed" and f.group in ("aircraft", "weapons") for f in event.figures),
        "deal": "agree" in event.types or "deal" in said,
        "turned-violent": "destroy" in event.types or "turned-violent" in said,
        **dict.fromkeys(said - {"deal", "turned-violent", "left-first"}, True),
    }
    if event.place is not None and day is not None:
        armed_fight = not FIGHTING.isdisjoint(event.types) and event.types != ("offensive",)
        fought_there = armed_fight or around.fought(event.place, day)
        facts["fought"] = bool(sides.armed_targets) or fought_there
        facts["left-first"] = "left-first" in said and not fought_there
        facts["told-by-takeover"] = taken or around.taken_near(event.place, day)
        if taken and (held := around.held(event, event.place, day)):
            facts[held] = True
    return frozenset(word for word, holds in facts.items() if holds)


def _said(event: Event, view: View) -> frozenset[str]:
    """The facts that the sentences of the event's claims tell."""
    asked = [told for claim_type in event.types for told in _WORDS.get(claim_type, ())]
    if not asked:
        return frozenset()
    sentences = " ".join(sentence_of(view.claims[i], view) for i in event.claims if i in view.claims)
    return frozenset(fact for fact, words in asked if words.search(sentences) is not None)
