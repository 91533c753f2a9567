"""How events stand to one another: what answers, covers, fulfils, denies or claims what. Each is shown from both ends."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from warledger.core import Claim, Event, EventPlace, fold
from warledger.core import vocabulary as v
from warledger.reconcile.knowledge import ActorBook, same_name
from warledger.reconcile.places import bare_name

ANSWER_DAYS: Final = 7
"""A withdrawal answers a seizure of the same place within a week of it."""
FULFIL_DAYS: Final = 90
"""A plan is fulfilled by what happens within three months."""
TOLL_DAYS: Final = 120
"""A toll over a longer time covers too much for its parts to be listed."""
RESPONSIBILITY_SENTENCES: Final = 3
"""A claim of responsibility stands this close, in sentences, to the attack it is about."""
_RESPONSIBILITY_STEMS: Final = ("responsib", "claim")
_ATTACKS: Final = frozenset(v.FAMILIES["violence"]) - {"toll", "destroy", "clash", "offensive"}

INVERSE: Final = {
    "answered_by": "answers", "part_of_toll": "covers", "fulfils": "fulfilled_by", "denies": "denied_by",
    "claims_responsibility": "claimed_by",
}  # fmt: skip
"""What a relation is called from its other end."""

Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands in its document: sentence and offset of its trigger. `owning` says whether it happened and its
    trigger is one by which somebody says that an attack was theirs.
    """

    claim: str
    sentence: int
    start: int
    owning: bool


def standing(claim: Claim) -> Standing:
    """Where a claim stands."""
    owning = claim.status == "happened" and any(stem in fold(claim.trigger.quote) for stem in _RESPONSIBILITY_STEMS)
    return Standing(claim.id, claim.sentence, claim.span.start, owning)


def _span(event: Event) -> tuple[date, date] | None:
    if event.when is None:
        return None
    first, last = event.when.first or event.when.last, event.when.last or event.when.first
    return (first, last) if first is not None and last is not None else None


def _gap_days(left: Event, right: Event) -> int | None:
    return None if left.when is None or right.when is None else left.when.gap_days(right.when)


def toll_window(toll: Event) -> tuple[date, date] | None:
    """The days that a toll covers; None where it says too little of them, or where they are too many or only one."""
    spans = [s for f in toll.figures if f.since is not None and (s := f.since.first)]
    own = _span(toll)
    said = [date.fromisoformat(f.published) for f in toll.figures if f.published]
    first = min([*spans, *([own[0]] if own else [])], default=None)
    last = max([*([own[1]] if own else []), *(said if spans else [])], default=None)
    if first is None or last is None or (last - first).days > TOLL_DAYS or (last - first).days < 1:
        return None
    return first, last


def _area(toll: Event) -> tuple[str, str] | None:
    """What a toll covers: a whole country, a province with the town that it is called after, or one place."""
    if toll.place is None:
        return None
    if toll.place.kind == "country" and toll.place.country:
        return "country", toll.place.country
    return ("name", _name_of(toll.place)) if toll.place.kind == "province" else ("place", toll.place.key)


def _name_of(place: EventPlace) -> str:
    return f"{bare_name(place.name)}, {place.country}"


def filed_under(event: Event) -> frozenset[str]:
    """The words under which those find an event that may be related to it, wherever they are told."""
    if event.place is None:
        return frozenset()
    at, status = _name_of(event.place), event.status
    words = {f"{status} {event.type} {at}"} if status in {"happened", "planned", "denied"} else set()
    return frozenset(words | _by_month(event, event.place, attack="attack", toll="toll"))


def looked_for(event: Event) -> frozenset[str]:
    """The words of which one is among those that an event is filed under (`filed_under`) if this one may be related to it."""
    if event.place is None:
        return frozenset()
    at, kind, status = _name_of(event.place), event.type, event.status
    others = {"happened": ("planned", "denied"), "planned": ("happened", "denied"), "denied": ("happened", "planned")}
    words = {f"{other} {kind} {at}" for other in others.get(status, ())}
    if status == "happened" and kind in {"seize", "withdraw"}:
        words.add(f"happened {'withdraw' if kind == 'seize' else 'seize'} {at}")
    return frozenset(words | _by_month(event, event.place, attack="toll", toll="attack"))


def _by_month(event: Event, place: EventPlace, *, attack: str, toll: str) -> set[str]:
    """For an attack the word `attack` with its areas and month, for a toll the word `toll` with its area and months."""
    words, span = set(), _span(event)
    if event.type in _ATTACKS and span is not None:
        words |= {f"{attack} {' '.join(area)} {_month(span[0])}" for area in _areas(place)}
    area, window = _area(event), toll_window(event) if event.type == "toll" else None
    if area is not None and window is not None:
        words |= {f"{toll} {' '.join(area)} {month}" for month in range(_month(window[0]), _month(window[1]) + 1)}
    return words


def tells_of_others(event: Event) -> bool:
    """Whether what an event is related to depends on what stands beside it in its documents."""
    return event.type in {"reject", "declare"} and event.status == "happened"


def _month(day: date) -> int:
    return day.toordinal() // 30


def _areas(place: EventPlace) -> tuple[tuple[str, str], ...]:
    """What a toll may cover that covers a place."""
    return ("place", place.key), ("name", _name_of(place)), ("country", place.country)


class Relater:
    """Finds the relations among the events of one set of documents: `published` their days, `standings` their claims."""

    def __init__(
        self,
        events: Sequence[Event],
        published: Mapping[str, date | None],
        standings: Mapping[str, Sequence[Standing]],
        book: ActorBook,
    ) -> None:
        self.events, self.published, self.standings, self.book = sorted(events, key=lambda e: e.id), published, standings, book
        self._event_of = {claim: event for event in self.events for claim in event.claims}
        self._at_place: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.place is not None:
                self._at_place[event.place.key].append(event)

    def relations(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Event id → (kind, other event id), sorted."""
        out: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for kind, one, two in (*self._answers(), *self._tolls(), *self._plans(), *self._denials(), *self.responsibility()):
            out[one].add((kind, two))
            out[two].add((INVERSE[kind], one))
        return {event: tuple(sorted(found)) for event, found in sorted(out.items())}

    def _sides(self, names: Iterable[str], event: Event) -> set[str]:
        country = event.place.country if event.place else ""
        on = event.when.first or event.when.last if event.when is not None else None
        return {self.book.side(n, country=country, on=on) for n in names} - {""}

    def _answers(self) -> Iterable[Pair]:
        for at_place in self._at_place.values():
            seized = [e for e in at_place if e.type == "seize" and e.status == "happened"]
            left = [e for e in at_place if e.type == "withdraw" and e.status == "happened"]
            for one in seized:
                for two in left:
                    gap = _gap_days(one, two)
                    takers, leavers = self._sides(one.initiator, one), self._sides(two.initiator, two)
                    if gap is not None and gap <= ANSWER_DAYS and (not takers or not leavers or not takers & leavers):
                        yield "answered_by", one.id, two.id

    def _tolls(self) -> Iterable[Pair]:
        tolls = [(toll, window) for toll in self.events if toll.type == "toll" and (window := toll_window(toll)) is not None]
        covered = {area for toll, _ in tolls if (area := _area(toll))}
        under: dict[tuple[str, str], list[tuple[date, str]]] = defaultdict(list)
        for attack in self.events:
            happened = attack.type in _ATTACKS and attack.status == "happened"
            if happened and attack.place is not None and (span := _span(attack)):
                for area in _areas(attack.place):
                    if area in covered:
                        under[area].append((span[0], attack.id))
        for dated in under.values():
            dated.sort()
        for toll, (first, last) in tolls:
            dated = under.get(_area(toll) or ("", ""), [])
            for _, covered_by_it in dated[bisect_left(dated, (first, "")) : bisect_left(dated, (last + timedelta(days=1), ""))]:
                yield "part_of_toll", covered_by_it, toll.id

    def _plans(self) -> Iterable[Pair]:
        for at_place in self._at_place.values():
            plans = [e for e in at_place if e.status == "planned"]
            for plan in plans:
                said = self._first_said(plan)
                for done in at_place:
                    span = _span(done)
                    if done.status != "happened" or done.type != plan.type or span is None or said is None:
                        continue
                    late = (span[0] - said).days
                    if 0 <= late <= FULFIL_DAYS and self._may_fulfil(plan, done):
                        yield "fulfils", done.id, plan.id

    def _may_fulfil(self, plan: Event, done: Event) -> bool:
        """Whether those who had a plan may have done it: nobody fulfils the plan of another, of which another is the object, or
        whose object he is.
        """
        same = self._same_cast(plan.initiator, done.initiator) and self._same_cast(plan.target, done.target)
        return same and not (plan.target and done.initiator and self._same_cast(plan.target, done.initiator))

    def _first_said(self, event: Event) -> date | None:
        """The day on which it was first reported."""
        days = (self.published[document] for document in event.documents)
        return min((d for d in days if d is not None), default=None)

    def _same_cast(self, left: Sequence[str], right: Sequence[str]) -> bool:
        return not left or not right or any(same_name(a, b) for a in left for b in right)

    def _denials(self) -> Iterable[Pair]:
        of_name: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.place is not None:  # who denies it may name the province that is called like the town
                of_name[_name_of(event.place)].append(event)
        for alike in of_name.values():
            for denial in (e for e in alike if e.status == "denied"):
                for told in (e for e in alike if e.type == denial.type):
                    gap = _gap_days(denial, told)
                    then = told.status == "happened" and gap is not None and gap <= 1
                    if then or (told.status == "planned" and self._came_to_nothing(told, denial)):
                        yield "denies", denial.id, told.id
        for event in self.events:
            if event.type == "reject" and event.status == "happened":
                for claim in self._told(event):
                    found = self._nearest(claim, by=event.initiator)
                    if found is not None:
                        yield "denies", event.id, found.id

    def _came_to_nothing(self, plan: Event, denial: Event) -> bool:
        """Whether somebody says, after a plan was told, that those who had it did not do it."""
        told, denied = self._first_said(plan), self._first_said(denial)
        cast = bool(plan.initiator and denial.initiator) and self._same_cast(plan.initiator, denial.initiator)
        return cast and told is not None and denied is not None and told <= denied

    def _told(self, event: Event) -> Iterable[tuple[str, Standing]]:
        """Each claim of an event where it stands, with its document."""
        for document in event.documents:
            for one in self.standings[document]:
                if self._event_of.get(one.claim) is event:
                    yield document, one

    def _nearest(self, told: tuple[str, Standing], by: Sequence[str] = ()) -> Event | None:
        """The attack told nearest to a claim, at most three sentences off, rather before it; `by` must be its doer."""
        document, claim = told
        found = [
            (abs(one.sentence - claim.sentence), one.sentence > claim.sentence, one.start, one.claim, event)
            for one in self.standings[document]
            if abs(one.sentence - claim.sentence) <= RESPONSIBILITY_SENTENCES
            and (event := self._event_of.get(one.claim)) is not None
            and event.type in _ATTACKS
            and (not by or any(same_name(a, b) for a in by for b in event.initiator))
        ]
        return min(found, key=lambda f: f[:4])[4] if found else None

    def responsibility(self) -> list[Pair]:
        """Declarations by which somebody says that an attack was theirs, each with the attack told nearest to it."""
        out: set[Pair] = set()
        for event in self.events:
            if event.type == "declare" and event.status == "happened" and event.initiator:
                for document, claim in self._told(event):
                    found = self._nearest((document, claim)) if claim.owning else None
                    if found is not None:
                        out.add(("claims_responsibility", event.id, found.id))
        return sorted(out)
