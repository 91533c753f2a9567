"""What `show` shows: the card of a document, claim, event, actor or place, from a view of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from warledger.cli import words
from warledger.cli.ids import short_length
from warledger.cli.marking import marked
from warledger.cli.output import Row, Sheet, plain, styles
from warledger.cli.rows import CLAIM_COLUMNS, EVENT_COLUMNS, claim_rows, event_rows
from warledger.cli.spells import list_evidence
from warledger.core import Claim, Document, Event, Issue, Judgement, Spell, View
from warledger.core.filter import sentence_of
from warledger.ledger import ActorEntry, Found, PlaceEntry

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


def card_of(found: Found, view: View, read_at: datetime | None = None) -> Card:
    """The card of what `Ledger.show` found; a document may say when it was read."""
    if isinstance(found, Document):
        return DocumentCard(found, view, read_at)
    if isinstance(found, Claim):
        return ClaimCard(found, view)
    if isinstance(found, Event):
        return EventCard(found, view)
    if isinstance(found, ActorEntry):
        return ActorCard(found, view)
    if isinstance(found, PlaceEntry):
        return PlaceCard(found, view)
    if isinstance(found, Spell):
        return SpellCard(found, view)
    return RowCard(found)


@dataclass(frozen=True, slots=True)
class RowCard:
    """Something that needs no more than its fields: an issue, a judgement."""

    found: Spell | Issue | Judgement

    def sheets(self) -> Iterator[Sheet]:
        """Its fields, one a line."""
        sheet = Sheet()
        sheet.title(type(self.found).__name__.lower(), getattr(self.found, "id", ""))
        sheet.fields(**{name: _short(value) for name, value in _object(self.found).items() if name != "id"})
        yield sheet

    def rows(self) -> Iterator[object]:
        """Its fields as one object."""
        yield {"object": type(self.found).__name__.lower(), **_object(self.found)}


@dataclass(frozen=True, slots=True)
class SpellCard:
    """A spell: its fields, and the sentences that it rests on."""

    spell: Spell
    view: View

    def sheets(self) -> Iterator[Sheet]:
        """Its fields and its evidence."""
        for sheet in RowCard(self.spell).sheets():
            list_evidence(sheet, [self.spell], self.view)
            yield sheet

    def rows(self) -> Iterator[object]:
        """The spell as one object, as exports have it, with the ids of its claims."""
        from warledger.export.control import spell_row

        yield {"object": "spell", **_object(self.spell), **spell_row(self.spell, self.view)}


def _short(value: object) -> object:
    """A nested value in a word: its name if it has one."""
    if isinstance(value, dict):
        return value.get("name") or ", ".join(map(str, value.values()))
    if isinstance(value, list):
        return tuple(" = ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    return value


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document: what is known of it, its text with the claims marked, and the claims."""

    document: Document
    view: View
    read_at: datetime | None = None

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
            author=one.author,
            published=one.published,
            name=one.name,
            url=one.url,
            language=one.language,
            read_from=one.origin,
            read_at=f"{self.read_at:%Y-%m-%d %H:%M:%S} UTC" if self.read_at is not None else "",
            sha256_of_what_was_read=one.raw_sha256,
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
            columns = [column for column in CLAIM_COLUMNS if column != "source|wide"]
            sheet.table(claim_rows(self.claims, self.view), columns)
        yield sheet

    def rows(self) -> Iterator[object]:
        """The document and its claims as one object."""
        claims = [_public(row) for row in claim_rows(self.claims, self.view)]
        links = [plain(link) for link in self.view.links if link.document == self.document.id]
        read_at = {"read_at": self.read_at.isoformat()} if self.read_at is not None else {}
        yield {"object": "document", **_object(self.document), **read_at, "links": links, "claims": claims}


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
            yield {"object": "claim", **_public(row)}


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event with its claims; `why` says more."""

    event: Event
    view: View

    def sheets(self) -> Iterator[Sheet]:
        """The event and its claims."""
        event, sheet = self.event, Sheet()
        head(sheet, event)
        sheet.fields(grade=event.grade.name, because=event.grade.rule)
        sheet.heading("Claims")
        columns = [column for column in CLAIM_COLUMNS if column != "place=_place"]
        sheet.table(claim_rows((self.view.claims[one] for one in event.claims), self.view), columns)
        list_related(sheet, event, self.view)
        sheet.line(f"What it rests on: warledger why {event.id[: short_length(self.view.events_by_id)]}")
        yield sheet

    def rows(self) -> Iterator[object]:
        """The event as one object, as exports have it."""
        for row in event_rows([self.event], self.view):
            yield {"object": "event", **_public(row)}


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor over all documents: how it is called, and the events it has a part in."""

    entry: ActorEntry
    view: View

    def sheets(self) -> Iterator[Sheet]:
        """The actor and its events."""
        entry, sheet = self.entry, Sheet()
        sheet.title(entry.name)
        sheet.fields(
            kind=tuple(kind.replace("_", " ") for kind in entry.kinds),
            country=entry.countries,
            called=entry.mentions,
            documents=len(entry.documents),
            claims=len(entry.claims),
        )
        list_events(sheet, entry.events, self.view, f'warledger events --actor "{entry.name}"')
        yield sheet

    def rows(self) -> Iterator[object]:
        """The actor as one object with the ids of its claims and events."""
        yield {"object": "actor", **_object(self.entry)}


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place over all documents: where it lies, who held it when, and what happened there."""

    entry: PlaceEntry
    view: View

    def sheets(self) -> Iterator[Sheet]:
        """The place, its spells of control and its events."""
        entry, sheet = self.entry, Sheet()
        sheet.title(entry.name)
        sheet.fields(
            kind=_each(place.kind.replace("_", " ") for place in entry.readings),
            country=_each(place.country for place in entry.readings),
            lies_at=_each(words.spot(place) for place in entry.readings),
            documents=len(entry.documents),
            claims=len(entry.claims),
        )
        spells = [spell for spell in self.view.spells if spell.id in entry.spells]
        if spells:
            from warledger.export.control import holder_words

            sheet.heading("Control")
            rows: list[dict[str, object]] = [
                {
                    "holder": holder_words(spell),
                    "layer": spell.layer,
                    "since": words.when(spell.since) or "before the first report",
                    "until": words.when(spell.until) or "no later holder reported",
                    "last": words.when(spell.last_known),
                    "grade": spell.grade,
                }
                for spell in spells
            ]
            sheet.table(rows, ("holder", "layer", "since", "until", "last reported=last", "grade"))
        list_events(sheet, entry.events, self.view, f'warledger events --place "{entry.name}"')
        yield sheet

    def rows(self) -> Iterator[object]:
        """The place as one object with the ids of its claims, events and spells."""
        yield {"object": "place", **_object(self.entry)}


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def head(sheet: Sheet, event: Event) -> None:
    """The first lines of an event: what, where, when, who, how many."""
    sheet.title(event.id, words.event(event))
    sheet.fields(
        who=words.roles(event.initiator, event.target),
        status=f"{event.status}, {event.frame}",
        figures="; ".join(dict.fromkeys(words.figure(figure) for figure in event.figures)),
    )


def list_related(sheet: Sheet, event: Event, view: View) -> None:
    """The events that an event stands to in some relation, and how."""
    if not event.related:
        return
    sheet.heading("Related events")
    length = short_length(view.events_by_id)
    rows: list[Row] = []
    for kind, other in event.related:
        found = view.events_by_id.get(other)
        rows.append({"how": kind.replace("_", " "), "what": words.event(found) if found else "", "id": other[:length]})
    sheet.table(rows, ("how", "what", "id|nowrap"))


def list_events(sheet: Sheet, events: tuple[str, ...], view: View, more: str) -> None:
    """The newest events under a card, and the command that lists all."""
    if not events:
        return
    sheet.heading("Events")
    newest = words.newest_first(view.events_by_id[one] for one in events)
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
