"""One event from its claims: what it says, who witnesses it, and how well it is supported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from warledger.core import Claim, Document, Event, EventPlace, Grade, Match, Record, When
from warledger.ontology import role_of
from warledger.reconcile.asking import Notes, digest
from warledger.reconcile.casting import Casting
from warledger.reconcile.consolidating import Fields, asserting, event_status, event_type, event_when
from warledger.reconcile.grading import Case, Grader
from warledger.reconcile.judging import event_id
from warledger.reconcile.origins import Witness, WitnessBook, origins_of
from warledger.reconcile.partition import Join, Part
from warledger.reconcile.tallies import event_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from warledger.reconcile.blocking import Filing
    from warledger.reconcile.knowledge import ActorBook
    from warledger.reconcile.places import PlaceBook


@dataclass(frozen=True, slots=True)
class Books:
    """What the whole set of records says of actors, places and sources."""

    actors: ActorBook
    places: PlaceBook
    sources: WitnessBook

    @contextmanager
    def noting(self) -> Iterator[Notes]:
        """Note all that is asked of the books meanwhile."""
        notes = Notes()
        self.actors.notes = self.places.notes = self.sources.notes = notes
        try:
            yield notes
        finally:
            self.actors.notes = self.places.notes = self.sources.notes = None

    def still_say(self, asked: Iterable[Sequence[str]]) -> bool:
        """Whether the books answer what was noted (`Notes.lines`) as they did."""
        ask: dict[str, Callable[[str], object]] = {
            "bodies": self.actors.answer, "places": self.places.answer, "sources": self.sources.answer,
        }  # fmt: skip
        return all(digest(ask[book](question)) == answer for book, question, answer in asked)


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims of an event, those that no later version dropped, and who witnesses them, by the event's country and day."""

    claims: tuple[Claim, ...]
    live: tuple[Claim, ...]
    place: EventPlace | None
    country: str
    on: date | None
    witness: Mapping[str, Witness]


class Drafter:
    """Makes the events of one set of documents and records. `dropped` are documents that a later version replaced."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        records: Mapping[str, Record],
        filings: Mapping[str, Filing],
        books: Books,
        dropped: Container[str],
        reasons: Callable[[Join, str, str], tuple[str, ...]],
    ) -> None:
        self.documents, self.records, self.filings, self.books, self.dropped = documents, records, filings, books, dropped
        self._reasons = reasons
        self._fields = Fields(books.places)
        self._casting = Casting(documents, records, books.actors)

    def event(self, part: Part, owned: Sequence[Part] = ()) -> Event:
        """The event of a part, without its relations. By the events `owned` a belligerent takes it upon itself."""
        told = self._told(part)
        drafted = self._draft(part, told)
        published = {d: self.documents[d].published for d in drafted.documents}
        taken = [self._told(other) for other in owned]
        witness = {**told.witness, **{claim: w for other in taken for claim, w in other.witness.items()}}
        own = [c for other in taken for c in self._ordered(other.claims) if c.status == "happened"]
        country = drafted.place.country if drafted.place is not None else self._country(told.claims)
        winners = drafted.target if drafted.type == "withdraw" else drafted.initiator if role_of(drafted.type).territory else ()
        kept = tuple(c for c in self._ordered(told.claims) if c.document not in self.dropped)
        accepting = tuple(c for c in own if c.document not in self.dropped)
        case = Case(self._ordered(told.claims), kept, country, self._day(drafted.when, told.claims), accepting, winners)
        return replace(drafted, grade=Grader(self.records, witness, self.books.actors, published).grade(case))

    def _told(self, part: Part) -> _Told:
        claims: list[Claim] = []
        for telling in part.tellings:
            filed = self.filings[telling]
            by_id = {c.id: c for c in self.records[filed.document].claims}
            claims += (by_id[c] for c in filed.claims)
        live = [c for c in claims if c.document not in self.dropped] or claims
        place = self._fields.place(asserting(live, event_status(live)))
        country = place.country if place is not None else self._country(claims)
        on = self._day(event_when(live, self._published(live)), claims)
        witness = {c.id: self.books.sources.of(c, country, on) for c in claims}
        return _Told(tuple(claims), tuple(live), place, country, on, witness)

    def _published(self, claims: Iterable[Claim]) -> dict[str, date | None]:
        return {c.document: self.documents[c.document].published for c in claims}

    def _draft(self, part: Part, told: _Told) -> Event:
        types, status = event_type(told.live), event_status(told.live)
        said = asserting(told.live, status)
        ordered = self._ordered(told.claims)
        initiators, targets = self._casting.cast(said, types[0], country=told.country, on=told.on)
        return Event(
            id=event_id(ordered[0].id),
            type=types[0],
            types=types,
            place=told.place,
            when=event_when(said, self._published(said)),
            initiator=initiators,
            target=targets,
            status=status,
            frame="news" if any(c.frame == "news" for c in told.live) else "background",
            claims=tuple(c.id for c in ordered),
            documents=tuple(dict.fromkeys(c.document for c in ordered)),
            origins=origins_of(told.live, told.witness),
            grade=Grade("reported", "not yet graded"),
            figures=event_figures(told.live, self.documents, self.records, told.witness, self.books.actors),
            matches=tuple(self._match(join) for join in part.joins),
            also_places=self._fields.also(said, told.place),
        )

    def _match(self, join: Join) -> Match:
        one, two = sorted(self.filings[telling].document for telling in (join.left, join.right))
        return Match(join.left, join.right, round(join.score, 3), self._reasons(join, one, two))

    def _day(self, when: When | None, claims: Sequence[Claim]) -> date | None:
        """The day by which sides are told: when it began, else when it was first reported."""
        if when is not None:
            return when.first or when.last
        days = (self.documents[c.document].published for c in claims)
        return min((d for d in days if d is not None), default=None)

    def _country(self, claims: Sequence[Claim]) -> str:
        """The country that the claims' documents speak of most; empty where they name none."""
        counts: dict[str, int] = {}
        for document in sorted({c.document for c in claims}):
            for place in self.records[document].places:
                if place.country:
                    counts[place.country] = counts.get(place.country, 0) + max(1, len(place.mentions))
        return min(counts, key=lambda c: (-counts[c], c), default="")

    def _ordered(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(sorted(claims, key=self._order))

    def _order(self, claim: Claim) -> tuple[str, str, int, str]:
        published = self.documents[claim.document].published
        return published.isoformat() if published else "~", claim.document, claim.span.start, claim.id
