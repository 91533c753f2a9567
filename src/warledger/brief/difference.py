"""What changed between two states of a ledger, each change with the claims and documents that made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from warledger.brief.counts import count_words
from warledger.brief.grammar import Mood, NounPhrase, join_and, predicate, since_words, when_words
from warledger.brief.model import BriefSettings
from warledger.brief.statements import Statements
from warledger.brief.table import CAUSES, TOLL_VERBS
from warledger.control import changes as changes_of_hands
from warledger.core import Claim, Document, Event, EventPlace, Spell, View, fold
from warledger.reconcile.tolls import Series, toll_series
from warledger.reconcile.tolls_rules import derive

Kind = Literal[
    "hands", "confirmed", "corroborated", "contradicted", "retracted", "toll", "new", "regraded", "joined", "parted", "gone"
]
KINDS: Final[Mapping[Kind, str]] = {
    "hands": "Changed hands",
    "confirmed": "Newly confirmed",
    "corroborated": "Told by further origins",
    "contradicted": "Contradicted",
    "retracted": "Retracted",
    "toll": "New or revised tolls",
    "new": "New events",
    "regraded": "Other grades",
    "joined": "Events now taken for one",
    "parted": "Events now taken apart",
    "gone": "No longer told",
}  # fmt: skip
"""Kind of change → its heading, in the order in which they are listed."""
_AGAINST: Final = frozenset({"contested", "denied"})
_ALONE: Final = frozenset({"claimed", "reported"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than before: `what` in a sentence, `before` and `after` in a word or two, and its cause.

    `claims` are those that only the later state has, `documents` the new documents behind it; `cause` says so in words, also
    where there is no such document. `event` is the id in the later state, empty for a toll over several.
    """

    kind: Kind
    what: str
    before: str
    after: str
    cause: str
    event: str = ""
    place: EventPlace | None = None
    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed from one state to another. Only the later state has `documents`, only the earlier one those `gone`."""

    since: date | None
    until: date | None
    documents: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """The changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)


def difference(before: View, after: View) -> Difference:
    """What changed from `before` to `after`: nothing where they are one state. A pure function of the two views."""
    work = _Work(before, after)
    found = [*work.hands(), *work.events(), *work.tolls()]
    order = list(KINDS)
    ranked = sorted(found, key=lambda c: (order.index(c.kind), c.place.name if c.place else "", c.what, c.event, c.claims))
    return Difference(
        since=before.as_of,
        until=after.as_of,
        documents=tuple(sorted(set(after.documents) - set(before.documents))),
        gone=tuple(sorted(set(before.documents) - set(after.documents))),
        changes=tuple(ranked),
    )


class _Work:
    """One comparison of two views."""

    def __init__(self, before: View, after: View) -> None:
        self.before, self.after = before, after
        self.told = Statements(after, BriefSettings())
        self.earlier: dict[str, list[Event]] = {e.id: _sharing(e, before) for e in after.events}
        self.later: dict[str, list[Event]] = {e.id: _sharing(e, after) for e in before.events}

    def events(self) -> Iterator[Change]:
        """New events, other grades, and events that came together, apart or away."""
        for event in self.after.events:
            was = self.earlier[event.id]
            if not was:
                if set(event.claims) - self.before.claims.keys():
                    yield self._of_event("new", event, "", event.grade.name)
                continue
            kind = _regraded(was[0].grade.name, event.grade.name)
            if kind is not None:
                yield self._of_event(kind, event, was[0].grade.name, event.grade.name)
            if len(was) > 1:
                yield self._of_event("joined", event, f"{len(was)} events", "one event")
        for event in self.before.events:
            now = self.later[event.id]
            if len(now) > 1:
                yield self._of_event("parted", now[0], "one event", f"{len(now)} events")
            if not now:
                words = Statements(self.before, BriefSettings()).line(event)
                what = words.text if words is not None else event.type
                yield Change("gone", what, event.grade.name, "", _cause((), ()), "", event.place)

    def _of_event(self, kind: Kind, event: Event, before: str, after: str) -> Change:
        claims = tuple(c for c in event.claims if c not in self.before.claims)
        documents = self._new(c.document for c in map(self.after.claims.__getitem__, claims))
        if not documents:
            documents = self._revisions(event)
        item = self.told.line(event)
        what = item.text if item is not None else event.type
        return Change(kind, what, before, after, self._because(claims, documents), event.id, event.place, claims, documents)

    def _new(self, documents: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({d for d in documents if d not in self.before.documents}))

    def _revisions(self, event: Event) -> tuple[str, ...]:
        """New documents that are later versions of those the event was told in."""
        held = set(event.documents)
        return self._new(link.document for link in self.after.links if link.of in held)

    def _because(self, claims: Sequence[str], documents: Sequence[str]) -> str:
        return _cause(claims, [self.after.documents[d] for d in documents])

    def tolls(self) -> Iterator[Change]:
        """Series whose derived numbers are others than before, and running totals that are new."""
        was = {one.id: one for one in toll_series(self.before)}
        for series in toll_series(self.after):
            earlier = self._earlier_series(series, was)
            if earlier is None and not self._first_told(series):
                continue
            old = _numbers(earlier) if earlier is not None else ""
            new = _numbers(series)
            if old == new:
                continue
            known = {c.claim for c in earlier.counts} if earlier is not None else set()
            claims = tuple(c.claim for c in series.counts if c.claim not in known and c.claim not in self.before.claims)
            documents = self._new(self.after.claims[c].document for c in claims)
            place = self._place(series)
            event = series.scope.event
            yield Change(
                "toll", self._toll_words(series), old, new, self._because(claims, documents), event, place, claims, documents
            )

    def _earlier_series(self, series: Series, was: Mapping[str, Series]) -> Series | None:
        if series.id in was or not series.scope.event:
            return was.get(series.id)
        for event in self.earlier.get(series.scope.event, ()):
            place, key = (event.place.name, event.place.key) if event.place is not None else ("", "")
            scope = replace(series.scope, event=event.id, place=place, place_key=key)
            if scope.id in was:
                return was[scope.id]
        return None

    def _first_told(self, series: Series) -> bool:
        """Whether a series without an earlier one is a change by itself: a running total, or a count of a known event."""
        return not series.scope.event or bool(self.earlier.get(series.scope.event))

    def _place(self, series: Series) -> EventPlace | None:
        event = self.after.events_by_id.get(series.counts[0].event)
        return event.place if event is not None else None

    def _toll_words(self, series: Series) -> str:
        scope, last = series.scope, series.standing[-1]
        place = self._place(series)
        words = count_words(scope.group, last.low, last.high, about=last.about)
        side = f" on the side of {self.told.namer.actor(scope.side).text}" if scope.side else ""
        running = scope.basis == "cumulative"
        one = NounPhrase(words, plural=not last.low == last.high == 1, agent=False)
        verb = predicate(TOLL_VERBS.get(scope.measure, "be counted"), Mood.PERFECT if running else Mood.PAST, one)
        cause = f" in {CAUSES[scope.cause]}" if scope.cause else ""
        where = f" {self.told.namer.at(place)}" if place is not None else ""
        when = since_words(scope.since) if running else when_words(series.when)
        said = f", by the word of {self.told.witnesses.origin(last.said_by)}" if last.said_by else ""
        text = f"{words}{side} {verb}{cause}{where} {when}".strip()
        return f"{text[:1].upper()}{text[1:]}{said}."

    def hands(self) -> Iterator[Change]:
        """Spells of control that began or ended, by place."""
        known = _paired(self.before.spells, self.after.spells)
        held_before = {s.place.key: s.holder for s in self.before.spells if s.layer == "control" and s.until is None}
        for change in changes_of_hands(date.min, self.after.spells):
            spell = change.after
            if spell.id in known:
                continue
            was = change.before.holder if change.before is not None else held_before.get(spell.place.key, "")
            was = "" if was == spell.holder else was  # it was left, and the same came back
            name = (
                f"{spell.extent} {self.told.namer.place(spell.place)}" if spell.extent else self.told.namer.place(spell.place)
            )
            what = f"{name} came into the hands of {self.told.namer.actor(spell.holder).text}"
            if spell.holder == "contested":
                sides = join_and([self.told.namer.actor(one).text for one in spell.between])
                what = f"{self.told.namer.place(spell.place)} became contested{f' between {sides}' if sides else ''}"
            yield self._of_spell(
                spell, f"{what[:1].upper()}{what[1:]} {when_words(spell.since)}".strip() + ".", was, spell.holder
            )
        yield from self._left(known)

    def _left(self, known: Mapping[str, Spell]) -> Iterator[Change]:
        """Places that were given up, without anybody who is said to have taken them."""
        last = {s.place.key: s for s in self.after.spells if s.layer == "control"}
        for spell in last.values():
            was = known.get(spell.id)
            if spell.until is not None and was is not None and was.until is None:
                name, who = self.told.namer.place(spell.place), self.told.namer.actor(spell.holder)
                what = f"{who.text[:1].upper()}{who.text[1:]} gave up {name} {when_words(spell.until)}."
                yield self._of_spell(spell, what, spell.holder, "")

    def _of_spell(self, spell: Spell, what: str, before: str, after: str) -> Change:
        claims = tuple(c for c in spell.claims if c not in self.before.claims)
        documents = self._new(self.after.claims[c].document for c in claims if c in self.after.claims)
        event = next((e for e in spell.events if e in self.after.events_by_id), "")
        return Change("hands", what, before, after, self._because(claims, documents), event, spell.place, claims, documents)


def _sharing(event: Event, view: View) -> list[Event]:
    """The events of a view that hold claims of this one, the one with most of them first."""
    counts: dict[str, int] = defaultdict(int)
    for claim in event.claims:
        found = view.event_of.get(claim)
        if found is not None:
            counts[found.id] += 1
    return [view.events_by_id[i] for i in sorted(counts, key=lambda i: (-counts[i], i))]


def _regraded(before: str, after: str) -> Kind | None:
    if before == after:
        return None
    if after in ("confirmed", "retracted"):
        return "confirmed" if after == "confirmed" else "retracted"
    if after in _AGAINST and before not in _AGAINST:
        return "contradicted"
    return "corroborated" if after == "corroborated" and before in _ALONE else "regraded"


def _cause(claims: Sequence[str], documents: Sequence[Document]) -> str:
    if documents:
        told = sorted((str(d.published or "no date"), d.source or d.label) for d in documents)
        return "; ".join(dict.fromkeys(f"{source}, {day}" for day, source in told))
    if claims:
        return "another reading of documents that were there"
    return "no new document: a judgement, another reading, or what follows from other changes"


def _numbers(series: Series) -> str:
    """The derived value by which a series is compared: the latest of a running total, low, best and high of one event."""
    values = {one.rule: one for one in derive(series)}
    if series.scope.basis == "cumulative":
        latest = values["latest"]
        return f"{latest.low or 0:,} or more" if latest.high is None else _between(latest.low, latest.high)
    found = values["low_best_high"]
    more = " or more" if any(c.high is None for c in series.standing) else ""
    return _between(found.low, found.high) + more


def _between(low: int | None, high: int | None) -> str:
    if low is None:
        return f"up to {high or 0:,}"
    return f"{low:,}" if low == high or high is None else f"{low:,} to {high:,}"


def _paired(before: Iterable[Spell], after: Iterable[Spell]) -> dict[str, Spell]:
    """For each of the later spells (by id) the earlier one that it continues: each at most once, in order of time."""
    left = defaultdict(list)
    for spell in sorted(before, key=_in_time):
        left[spell.place.key, spell.layer].append(spell)
    out: dict[str, Spell] = {}
    for spell in sorted(after, key=_in_time):
        found = next((one for one in left[spell.place.key, spell.layer] if _same_spell(spell, one)), None)
        if found is not None:
            left[spell.place.key, spell.layer].remove(found)
            out[spell.id] = found
    return out


def _in_time(spell: Spell) -> tuple[date, date, str]:
    since, until = spell.since, spell.until
    first = (since.first or since.last or date.min) if since is not None else date.min
    return first, (until.last or until.first or date.max) if until is not None else date.max, spell.id


def _same_spell(one: Spell, other: Spell) -> bool:
    """Whether two states can speak of one stretch: the same side or holder, and no known end before a known beginning."""
    same = one.side == other.side if one.side and other.side else fold(one.holder) == fold(other.holder)
    (first, last), (other_first, other_last) = _in_time(one)[:2], _in_time(other)[:2]
    if one.since is not None and other.since is not None and not one.since.overlaps(other.since):
        return False
    return same and first <= other_last and other_first <= last


def new_claims(change: Change, view: View) -> list[Claim]:
    """The claims to cite for a change: those that made it, else those of its event."""
    event = view.events_by_id.get(change.event)
    ids = change.claims or (event.claims if event is not None else ())
    return [view.claims[i] for i in ids if i in view.claims]
