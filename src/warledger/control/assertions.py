"""What events assert about who holds a place: somebody gains, loses, holds or surrounds it.

Only what is said to have happened counts, under a grade that stands. A claim that names several places asserts it of each. A
claim about a province or a country says nothing of its towns, one about the surroundings of a town nothing of the town, and one
about a part of it is kept as such. What an extractor read counts by how sure it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import prod
from typing import Final, Literal

from warledger.control.whereabouts import has_name_of, is_about, sounds_like
from warledger.core import Actor, Claim, Document, Event, EventPlace, Origin, Place, Record, When, fold
from warledger.ontology import SideKnowledge, crowd_of, is_partisan, names_nobody, role_of, side_in
from warledger.text.extent import NEAR, extent

Act = Literal["gains", "loses", "holds", "surrounds", "fights", "yields"]
_YIELD_STEMS: Final = ("surrender", "hand", "cede", "capitulat")
_ENTERS: Final = re.compile(
    r"(?:enter|moved? in|mov(?:ed|ing) into|push(?:ed|ing) into|advanc(?:ed|ing) into|broke into|reach)", re.IGNORECASE
)
"""Triggers by which a side has come into a place, and it is not said that it has it."""
_NO_GRADES: Final = frozenset({"retracted", "denied"})
_COUNTED: Final = frozenset({"corroborated", "claimed", "reported"})
"""Grades that count origins."""
_UNHELD_KINDS: Final = frozenset({"country"})
LEAST_SURE: Final = 0.4
"""What an extractor is less sure of than this is no evidence of who holds what."""
FAR_DAYS: Final = 7
"""A reading whose time lies further than this from that of the event it was joined to is misread, or joined wrongly."""
SURE: Final = 0.75
"""From here on what an extractor read can stand against another reading."""


@dataclass(frozen=True, slots=True)
class Party:
    """One who holds, takes or leaves: the name shown, and the side; a crowd's name ("rebels (Syria)") is generic.

    `home` is the side it is known for, on no day in particular: who wins a war stands elsewhere then and is still the same; who
    fights the side it came from is not.
    """

    name: str
    side: str
    home: str = ""

    @property
    def generic(self) -> bool:
        """Whether the name is a crowd's."""
        return _is_crowd(self.name)

    def is_with(self, other: Party) -> bool:
        """Whether the two are on one side; without known sides, whether they have one name."""
        if self.side and other.side and self.side != other.side:
            return bool(self.home) and self.home == other.home
        if self.side and other.side:
            return True
        return fold(self.name) == fold(other.name)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One event's word on one place. `weak` is a standing fact that a report mentions without a time of its own: it confirms or
    fills a gap, and never overrules what is dated. `sure` (0 to 1) is how likely it was read rightly, by all its documents
    together; `explicit` says whether a person made a claim of it, or its time stands in the text. `extent` says which part is
    meant ("most of"), empty for the whole; `enters` that a side is only said to have come in.
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
    sure: float = 1.0
    explicit: bool = True
    extent: str = ""
    enters: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether a better supported word may overrule it."""
        return self.sure < SURE or not self.explicit

    @property
    def support(self) -> tuple[int, int, bool, bool, float]:
        """How well it is supported: grade, origins, a time in words, to the day, and how surely it was read."""
        grade = _GRADES.index(self.grade) if self.grade in _GRADES else 0
        return grade, self.origins, self.explicit, self.when.precision == "day", self.sure


_GRADES: Final = ("contested", "claimed", "reported", "corroborated", "confirmed")


class AssertionReader:
    """Reads the assertions of events through the records that their claims stand in."""

    def __init__(
        self,
        records: Mapping[str, Record],
        documents: Mapping[str, Document],
        lexicon: SideKnowledge | None = None,
        same: Mapping[str, str] | None = None,
    ) -> None:
        """`same` is what all documents say of names that mean one group (`one_name`), where these records are not all."""
        self.records, self.documents, self.lexicon = records, documents, lexicon
        self.claims = {c.id: c for r in records.values() for c in r.claims}
        self._same = one_name(p for r in records.values() for p in r.same_names) if same is None else same
        self._known: dict[tuple[str, str, str, date | None], Party] = {}

    def read(self, events: Iterable[Event]) -> list[Assertion]:
        """The assertions of all `events`, in the order of event ids."""
        return [a for event in sorted(events, key=lambda e: e.id) for a in self._of(event)]

    def _of(self, event: Event) -> list[Assertion]:
        """What an event says of its places; nothing of a country, of what is only near, or of what has no name."""
        if event.status != "happened" or event.grade.name in _NO_GRADES or event.place is None:
            return []
        made: list[Assertion | None] = []
        for place in (event.place, *event.also_places):
            if place.kind in _UNHELD_KINDS or place.precision in {"near", "country"} or place.name[:1].islower():
                continue
            by_act: dict[Act, list[Claim]] = {}
            for claim in (self.claims[c] for c in event.claims if c in self.claims):
                act = self._act(claim)
                if act is not None and self._counts(claim, place, event):
                    by_act.setdefault(act, []).append(claim)
            made += [self._assertion(event, place, act, by_act[act]) for act in sorted(by_act)]
        return [a for a in made if a is not None]

    def _counts(self, claim: Claim, place: EventPlace, event: Event) -> bool:
        """Whether a claim is evidence: it happened, it is about this very place, and it was read with some sureness and with a
        time that is not far from the event's.
        """
        if claim.status != "happened":
            return False
        named = self._named(claim, place, event)
        if named is not None and self._extent(claim, named) == NEAR:
            return False
        if claim.confidence is None:
            return named is not None or (not claim.place and place == event.place)
        when = event.when
        far = when is not None and claim.when is not None and claim.when.gap_days(when) > FAR_DAYS
        return claim.confidence >= LEAST_SURE and named is not None and not far

    def _named(self, claim: Claim, place: EventPlace, event: Event) -> Place | None:
        """The place of a claim, one of several perhaps, that is `place`, and not a neighbour that is known by its own name."""
        record = self.records[claim.document]
        known = any(has_name_of(one, place) for one in record.places)
        others = [other for other in (event.place, *event.also_places) if other is not None and other.key != place.key]
        for local in (claim.place, *claim.also_places):
            own = record.place(local)
            if own is None or not is_about(own, place):
                continue
            if sounds_like(own, place) or not (known or any(has_name_of(own, other) for other in others)):
                return own
        return None

    def _extent(self, claim: Claim, named: Place | None) -> str:
        return extent(claim, named, self.documents[claim.document]) if named is not None else ""

    def _act(self, claim: Claim) -> Act | None:
        territory = role_of(claim.type).territory
        if territory:
            return territory
        if claim.type == "clash":
            return "fights"
        quote = fold(claim.trigger.quote)
        return "yields" if claim.type == "agree" and any(stem in quote for stem in _YIELD_STEMS) else None

    def _assertion(self, event: Event, place: EventPlace, act: Act, claims: list[Claim]) -> Assertion | None:
        on = self._on(event, claims)
        turned = (act == "loses") != (role_of(event.type).territory == "loses")
        doers, others = (event.target, event.initiator) if turned else (event.initiator, event.target)
        who = self._party([(c, i) for c in claims for i in c.initiator], doers, place.country, on)
        other = self._party([(c, i) for c in claims for i in c.target], others, place.country, on)
        if act == "gains" and who is not None and (other is None or other.is_with(who)):
            other = self._admitting(event, claims, place.country, on)
        when, dated = self._when(event, act, claims)
        if when is None or (who is None and act != "loses") or (who is None and other is None):
            return None
        origins = [o for o in event.origins if set(o.claims) & {c.id for c in claims}]
        then = [c for c in claims if c.when in (when, None)] or claims
        parts = {self._extent(c, self._named(c, place, event)) for c in then}
        return Assertion(
            act=act,
            place=place,
            who=who,
            other=other,
            when=when,
            weak=(not dated and (act == "holds" or all(c.frame == "background" for c in claims))) or _is_no_moment(act, when),
            grade=_grade(event, claims, origins),
            origins=len(origins),
            event=event.id,
            claims=tuple(sorted(c.id for c in claims)),
            sure=_sure(claims),
            explicit=any(c.confidence is None or (c.when_text is not None and c.when is not None) for c in claims),
            extent="" if "" in parts else min(parts),
            enters=all(_ENTERS.match(c.trigger.quote) for c in then),
        )

    def _when(self, event: Event, act: Act, claims: list[Claim]) -> tuple[When | None, bool]:
        """The event's time, and whether it was given. A state without one is known on the day it was published, a change came
        before that day's end.
        """
        own = Counter(c.when for c in claims if c.when is not None)
        if event.when is not None and own and any(c.type == event.type or c.when == event.when for c in claims):
            return event.when, True
        if own:
            return min(own, key=lambda w: (-own[w], w.sort_key())), True
        days = sorted(d for c in claims if (d := self.documents[c.document].published) is not None)
        if not days:
            return None, False
        if act in {"holds", "fights"}:
            return When.of(days[-1], days[-1]), False
        return When.of(None, days[0]), False

    def _on(self, event: Event, claims: list[Claim]) -> date | None:
        """The day by which names and sides are told: the event's, else the first on which it was reported."""
        if event.when is not None:
            return event.when.first or event.when.last
        days = (self.documents[c.document].published for c in claims)
        return min((d for d in days if d is not None), default=None)

    def _party(self, cast: list[tuple[Claim, str]], told: tuple[str, ...], country: str, on: date | None) -> Party | None:
        """The side that most claims put in the role, by its best name: named groups before crowds, the names that the event has
        before others, then the name that most claims give. Whom the event does not count among them is left out.
        """
        votes: dict[Party, float] = defaultdict(float)
        for claim, local in cast:
            actor = self.records[claim.document].actor(local)
            if crowd_of(actor.name) != "unarmed" and actor.kind not in {"civilians", "leader", "spokesperson"}:
                votes[self._known_as(actor, country, on)] += 1.0 if claim.confidence is None else claim.confidence
        sides = {p.side or fold(p.name) for p in votes if p.name in told}
        sides = sides or {side_in(self.lexicon, name, "", country=country, on=on) for name in told} - {""}
        chosen = {p: w for p, w in votes.items() if not sides or (p.side or fold(p.name)) in sides}
        if any(not names_nobody(p.name) for p in chosen):
            chosen = {p: w for p, w in chosen.items() if not names_nobody(p.name)}
        if not chosen:
            return None
        by_side: dict[str, float] = defaultdict(float)
        for party, weight in sorted(chosen.items(), key=lambda item: item[0].name):
            by_side[party.side or fold(party.name)] += weight
        side = min(by_side, key=lambda s: (-by_side[s], s))
        rank = {name: i for i, name in enumerate(told)}
        members = [p for p in chosen if (p.side or fold(p.name)) == side]
        best = min(members, key=lambda p: (p.generic, is_partisan(p.name), rank.get(p.name, len(rank)), -chosen[p], p.name))
        if is_partisan(best.name):
            sided = ((name, side_in(self.lexicon, name, "", country=country, on=on)) for name in told)
            best = next((replace(best, name=n) for n, its in sided if its == best.side and not is_partisan(n)), best)
        return best

    def _admitting(self, event: Event, claims: list[Claim], country: str, on: date | None) -> Party | None:
        """Who admits that another took the place, and so had it."""
        admitted = {c.id for c in claims}.intersection(event.grade.claims if event.grade.name == "confirmed" else ())
        for origin in event.origins:
            sides = (side_in(self.lexicon, origin.name, origin.kind, country=country, on=day) for day in (on, None))
            party = Party(origin.name, *sides)
            if party.side and admitted.intersection(origin.claims):
                return party
        return None

    def _known_as(self, actor: Actor, country: str, on: date | None) -> Party:
        key = (actor.name, actor.kind, country, on)
        if key not in self._known:
            known = self.lexicon.match(actor.name, country=country, on=on) if self.lexicon is not None else None
            name = known.name if known is not None else actor.name
            asked = name if known is not None else self._same.get(fold(name), name)
            side, home = (side_in(self.lexicon, asked, actor.kind, country=country, on=day) for day in (on, None))
            fight = getattr(self.lexicon, "enemies", None)
            broke = fight is not None and fight(asked, home, country=country, on=on) is True
            self._known[key] = Party(name, side, side if broke else home)
        return self._known[key]


def one_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name → the name that stands for all by which documents call one group, from pairs of names of one group."""
    names: dict[str, set[str]] = {}
    for pair in pairs:
        joined = set(pair).union(*(names.get(fold(one), ()) for one in pair))
        names.update(dict.fromkeys(map(fold, joined), joined))
    return {one: min(alike) for one, alike in names.items()}


def _grade(event: Event, claims: list[Claim], origins: list[Origin]) -> str:
    """The event's grade where claims of this place and act made it; else what those who make them are worth by themselves."""
    ids = {c.id for c in claims}
    if ids.issuperset(c for c in event.claims) or (ids & set(event.grade.claims) and event.grade.name not in _COUNTED):
        return event.grade.name
    if len(origins) >= 2:
        return "corroborated"
    return "claimed" if origins and all(o.interested for o in origins) else "reported"


def _is_no_moment(act: Act, when: When) -> bool:
    """Whether a change of hands is told with a time that has no end ("since 2016"), which dates something else."""
    return act in {"gains", "loses"} and when.last is None


def _sure(claims: list[Claim]) -> float:
    """How likely some claim of these was read rightly, documents counting as independent readings."""
    best: dict[str, float] = defaultdict(float)
    for claim in claims:
        best[claim.document] = max(best[claim.document], 1.0 if claim.confidence is None else claim.confidence)
    return 1.0 - prod(1.0 - best[d] for d in sorted(best))


def _is_crowd(name: str) -> bool:
    return bool(crowd_of(name)) or name[:1].islower()
