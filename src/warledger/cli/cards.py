"""What `show` shows: the card of a document, claim, event, actor or place, from a view of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from warledger.cli import words
from warledger.cli.ids import full_id, short_length
from warledger.cli.marking import marked
from warledger.cli.output import Row, Sheet, plain, styles
from warledger.cli.rows import CLAIM_COLUMNS, EVENT_COLUMNS, claim_rows, event_rows
from warledger.core import Actor, Claim, Document, Event, Place, View, fold
from warledger.core.filter import sentence_of
from warledger.errors import NotFoundError

if TYPE_CHECKING:
    from rich.text import Text

MOST_LISTED = 20
"""Claims or events under an actor or place; the lists of `claims` and `events` have them all."""


class Card(Protocol):
    """Something that can be shown, for people and for programs."""

    def sheets(self) -> Iterator[Sheet]:
        """What is drawn."""
        ...

    def rows(self) -> Iterator[object]:
        """JSON objects, one a line."""
        ...


def find(wanted: str, view: View) -> Card:
    """The card of what `wanted` names: an id or its beginning, then a document's name, then an actor's or a place's name.

    Raises NotFoundError if nothing is called so, UsageError if the beginning of an id fits several.
    """
    tables = (("d", view.documents), ("c", view.claims), ("e", view.events_by_id))
    if len(wanted) > 2 and all(letter in "0123456789abcdef" for letter in wanted[1:]):
        for letter, table in tables:
            if wanted[0] == letter and any(one.startswith(wanted) for one in table):
                return _by_id(full_id(wanted, sorted(table), "record"), view)
    for document in view.documents.values():
        if document.name == wanted:
            return DocumentCard(document, view)
    name = fold(wanted)
    actors = _named(name, [(a, d) for d, r in view.records.items() for a in r.actors])
    if actors:
        return ActorCard(actors[0][0].name, actors, view)
    places = _named(name, [(p, d) for d, r in view.records.items() for p in r.places])
    if places:
        return PlaceCard(places[0][0].name, places, view)
    raise NotFoundError(f"the ledger has no document, claim, event, actor or place {wanted!r}")


def _by_id(one: str, view: View) -> Card:
    if one in view.documents:
        return DocumentCard(view.documents[one], view)
    if one in view.claims:
        return ClaimCard(view.claims[one], view)
    return EventCard(view.events_by_id[one], view)


_Named = TypeVar("_Named", Actor, Place)


def _named(name: str, held: list[tuple[_Named, str]]) -> list[tuple[_Named, str]]:
    names = {name} if any(fold(one.name) == name for one, _ in held) else set()
    names = names or {fold(one.name) for one, _ in held if any(fold(m.text) == name for m in one.mentions)}
    return [(one, document) for one, document in held if fold(one.name) in names]


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document: what is known of it, its text with the claims marked, and the claims."""

    document: Document
    view: View

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The document's claims in the order of its text."""
        record = self.view.records.get(self.document.id)
        return record.claims if record else ()

    def sheets(self) -> Iterator[Sheet]:
        """The document with marked text."""
        one, sheet = self.document, Sheet()
        sheet.title(one.id, one.title)
        record = self.view.records.get(one.id)
        sheet.fields(
            source=one.source,
            published=one.published,
            name=one.name,
            url=one.url,
            language=one.language,
            read_from=one.origin,
            assumed=one.assumed,
            extractor=record.extractor if record else "none: not extracted",
            **{
                f"{link.kind} of": f"{link.of} ({link.similarity:.0%} alike)"
                for link in self.view.links
                if link.document == one.id
            },
        )
        sheet.heading("Text")
        sheet.line(marked(one.text, [(c.span, c.type) for c in self.claims], styled=styles()))
        if self.claims:
            sheet.heading("Claims")
            columns = [column for column in CLAIM_COLUMNS if column != "source"]
            sheet.table(claim_rows(self.claims, self.view), columns)
        yield sheet

    def rows(self) -> Iterator[object]:
        """The document and its claims as one object."""
        claims = [_public(row) for row in claim_rows(self.claims, self.view)]
        links = [plain(link) for link in self.view.links if link.document == self.document.id]
        yield {"kind": "document", **_object(self.document), "links": links, "claims": claims}


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim: its sentence with its words marked, and every field."""

    claim: Claim
    view: View

    def sheets(self) -> Iterator[Sheet]:
        """The claim in full."""
        claim, view, sheet = self.claim, self.view, Sheet()
        record, document, event = view.record_of(claim), view.documents.get(claim.document), view.event_of.get(claim.id)
        sheet.title(claim.id, f"{claim.type}, {claim.status}, {claim.frame}")
        sheet.line(quoted(claim, view))
        sheet.fields(
            initiator=words.actors(record, claim.initiator),
            target=words.actors(record, claim.target),
            place=words.place(record.place(claim.place)),
            also=tuple(words.place(record.place(one)) for one in claim.also_places),
            when=words.when(claim.when) + (f" (“{claim.when_text.quote}”)" if claim.when_text else ""),
            figures="; ".join(words.figure(figure) for figure in claim.figures),
            said_by=words.voice(claim, record) or "the document itself",
            document=words.document(document) if document else claim.document,
            event=f"{event.id} ({event.grade.name})" if event else "",
            confidence=f"{claim.confidence:.2f}" if claim.confidence is not None else "",
            extractor=record.extractor,
        )
        yield sheet

    def rows(self) -> Iterator[object]:
        """The claim as one object."""
        for row in claim_rows([self.claim], self.view):
            yield {"kind": "claim", **_public(row)}


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event with its claims; `why` says more."""

    event: Event
    view: View

    def sheets(self) -> Iterator[Sheet]:
        """The event and its claims."""
        event, sheet = self.event, Sheet()
        head(sheet, event)
        sheet.heading("Claims")
        columns = [column for column in CLAIM_COLUMNS if column != "place=_place"]
        sheet.table(claim_rows((self.view.claims[one] for one in event.claims), self.view), columns)
        sheet.line(f"What it rests on: warledger why {event.id[: short_length(self.view.events_by_id)]}")
        yield sheet

    def rows(self) -> Iterator[object]:
        """The event as one object."""
        yield {"kind": "event", **_object(self.event)}


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor over all documents: how it is called, and the events it has a part in."""

    name: str
    found: list[tuple[Actor, str]]
    view: View

    def _events(self) -> list[Event]:
        parts = {(document, actor.id) for actor, document in self.found}

        def takes_part(claim: Claim) -> bool:
            return any((claim.document, one) in parts for one in (*claim.initiator, *claim.target))

        return [e for e in self.view.events if any(takes_part(self.view.claims[c]) for c in e.claims)]

    def _facts(self) -> dict[str, object]:
        return {
            "actor_kind": tuple(sorted({actor.kind for actor, _ in self.found})),
            "country": tuple(sorted({actor.country for actor, _ in self.found if actor.country})),
            "called": tuple(sorted({m.text for actor, _ in self.found for m in actor.mentions})),
            "documents": len({document for _, document in self.found}),
        }

    def sheets(self) -> Iterator[Sheet]:
        """The actor and its events."""
        sheet, events = Sheet(), self._events()
        sheet.title(self.name)
        sheet.fields(**self._facts())
        list_events(sheet, events, self.view, f"warledger events --actor {self.name!r}")
        yield sheet

    def rows(self) -> Iterator[object]:
        """The actor as one object with the ids of its events."""
        yield {"kind": "actor", "name": self.name, **self._facts(), "events": [e.id for e in self._events()]}


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place over all documents: where it lies, who held it when, and what happened there."""

    name: str
    found: list[tuple[Place, str]]
    view: View

    def _events(self) -> list[Event]:
        parts = {(document, place.id) for place, document in self.found}

        def lies_here(claim: Claim) -> bool:
            return any((claim.document, one) in parts for one in (claim.place, *claim.also_places))

        return [e for e in self.view.events if any(lies_here(self.view.claims[c]) for c in e.claims)]

    def _facts(self) -> dict[str, object]:
        spots = {
            f"{p.lat:.4f}, {p.lon:.4f}" + (f" ({p.precision})" if p.precision else "")
            for p, _ in self.found
            if p.lat is not None and p.lon is not None
        }
        return {
            "place_kind": tuple(sorted({place.kind for place, _ in self.found})),
            "country": tuple(sorted({place.country for place, _ in self.found if place.country})),
            "coordinates": tuple(sorted(spots)),
            "called": tuple(sorted({m.text for place, _ in self.found for m in place.mentions})),
            "documents": len({document for _, document in self.found}),
        }

    def sheets(self) -> Iterator[Sheet]:
        """The place, its spells of control and its events."""
        sheet, events = Sheet(), self._events()
        sheet.title(self.name)
        sheet.fields(**self._facts())
        spells = [spell for spell in self.view.spells if fold(spell.place.name) == fold(self.name)]
        if spells:
            sheet.heading("Control")
            rows: list[dict[str, object]] = [
                {
                    "holder": spell.holder,
                    "layer": spell.layer,
                    "since": words.when(spell.since) or "before the first report",
                    "until": words.when(spell.until) or "no later holder reported",
                    "last": words.when(spell.last_known),
                    "grade": spell.grade,
                }
                for spell in spells
            ]
            sheet.table(rows, ("holder", "layer", "since", "until", "last reported=last", "grade"))
        list_events(sheet, events, self.view, f"warledger events --place {self.name!r}")
        yield sheet

    def rows(self) -> Iterator[object]:
        """The place as one object with its spells and the ids of its events."""
        spells = [plain(spell) for spell in self.view.spells if fold(spell.place.name) == fold(self.name)]
        events = [event.id for event in self._events()]
        yield {"kind": "place", "name": self.name, **self._facts(), "spells": spells, "events": events}


def head(sheet: Sheet, event: Event) -> None:
    """The first lines of an event: what, where, when, who, how well supported."""
    sheet.title(event.id, words.event(event))
    sheet.fields(
        who=words.roles(event.initiator, event.target),
        status=f"{event.status}, {event.frame}",
        grade=event.grade.name,
        because=event.grade.rule,
        figures="; ".join(dict.fromkeys(words.figure(figure) for figure in event.figures)),
        related=tuple(f"{kind.replace('_', ' ')} {other}" for kind, other in event.related),
    )


def list_events(sheet: Sheet, events: list[Event], view: View, more: str) -> None:
    """The newest events under a card, and the command that lists all."""
    if not events:
        return
    sheet.heading("Events")
    newest = words.newest_first(events)
    sheet.table(event_rows(newest[:MOST_LISTED], view), EVENT_COLUMNS)
    if len(newest) > MOST_LISTED:
        sheet.line(f"{len(newest) - MOST_LISTED} more: {more}")


def quoted(claim: Claim, view: View) -> Text:
    """The sentence of a claim with its trigger, time and counts marked."""
    document = view.documents.get(claim.document)
    spans = [(claim.span, claim.type)]
    if claim.when_text is not None:
        spans.append((claim.when_text.span, str(claim.when or "")))
    spans += [(figure.words.span, words.count(figure.low, figure.high, about=figure.about)) for figure in claim.figures]
    sentence = sentence_of(claim, view)
    start = claim.span.start
    if document is not None:
        start = next((s for s, e in document.sentences if s <= claim.span.start < e), start)
    return marked(sentence, spans, styled=styles(), offset=start)


def _object(value: object) -> dict[str, object]:
    out = plain(value)
    return out if isinstance(out, dict) else {}


def _public(row: Row) -> dict[str, object]:
    return {key: plain(value) for key, value in row.items() if not key.startswith("_")}
