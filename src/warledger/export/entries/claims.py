"""Claims: what one document says once, with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from warledger.core import Claim, Event, EventFilter, Figure, Place, View
from warledger.core.filter import sentence_of
from warledger.export.entries.entry import (
    TYPED_PLACE,
    TYPED_TIME,
    Cell,
    Mark,
    place_cells,
    time_cells,
    typed_place,
    typed_time,
)
from warledger.export.form import chosen
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.rows import claim_row, document_row

COLUMNS: Final = (
    "claim_id", "event_id", "type", "status", "frame", "date_first", "date_last", "date_edtf", "place", "place_kind", "country",
    "lat", "lon", "precision", "initiator", "target", "figures", "voice", "trigger", "span_start", "span_end", "sentence",
    "confidence", "document", "document_label", "source", "published", "title", "url",
    "author",
)  # fmt: skip
TYPED: Final = {
    "id": "string", "event": "string", "document": "string", "document_label": "string", "source": "string",
    "published": "date", "type": "string", "status": "string", "frame": "string", **TYPED_TIME, **TYPED_PLACE,
    "initiator": "strings", "target": "strings", "voice": "strings", "figures": "figures", "trigger": "string",
    "span_start": "int64", "span_end": "int64", "sentence": "string", "confidence": "double", "geometry": "binary",
}  # fmt: skip


def chosen_claims(view: View, filters: EventFilter, skipped: LeftOut) -> Iterator[ClaimEntry]:
    """The claims of the admitted events, event by event; those that were read less surely than is asked are left out."""
    for event in chosen(view, filters):
        for ident in event.claims:
            claim = view.claims.get(ident)
            if claim is None:
                skipped.append(Skipped(event.id, "claim-not-held", f"its claim {ident} is not in this view"))
            elif claim.confidence is not None and claim.confidence < filters.min_confidence:
                reason = f"a claim of {event.id}, read with a confidence of {claim.confidence:.2f}"
                skipped.append(Skipped(ident, "low-confidence", reason))
            else:
                yield ClaimEntry(claim, event, view)


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim of an event."""

    claim: Claim
    event: Event
    view: View

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def what(self) -> str:
        """Its type in words."""
        return f"the claim ({self.claim.type})"

    @property
    def place(self) -> Place | None:
        """The place as the claim's own document has it."""
        return self.view.record_of(self.claim).place(self.claim.place)

    def row(self) -> dict[str, Any]:
        """The claim with its event, document, place, figures and sentence."""
        claim, place = self.claim, self.place
        told = {
            **claim_row(claim, self.view),
            "event": self.event.id,
            "document": document_row(claim.document, self.view),
            "place": _place_row(place) if place is not None else None,
            "figures": [_figure_row(figure) for figure in claim.figures],
            "sentence": sentence_of(claim, self.view),
        }
        return {key: value for key, value in told.items() if value not in (None, [])}

    def cells(self) -> list[Cell]:
        """A row of the table."""
        claim, view = self.claim, self.view
        document = view.documents.get(claim.document)
        return [
            claim.id, self.event.id, claim.type, claim.status, claim.frame, *time_cells(claim.when), *place_cells(self.place),
            "; ".join(view.actor_names(claim, claim.initiator)), "; ".join(view.actor_names(claim, claim.target)),
            "; ".join(map(_figure_words, claim.figures)), "; ".join(self._voices()), claim.trigger.quote,
            claim.span.start, claim.span.end, sentence_of(claim, view), claim.confidence, claim.document,
            *([document.label, document.source, str(document.published or ""), document.title, document.url, document.author]
              if document is not None else [""] * 6),
        ]  # fmt: skip

    def mark(self) -> Mark:
        """Type and place, and the sentence."""
        claim, view, place = self.claim, self.view, self.place
        document, when = view.documents.get(claim.document), claim.when
        fields = {
            "type": claim.type,
            "status": claim.status,
            "frame": claim.frame,
            "initiator": "; ".join(view.actor_names(claim, claim.initiator)),
            "target": "; ".join(view.actor_names(claim, claim.target)),
            "precision": place.precision if place is not None else "",
            "figures": "; ".join(map(_figure_words, claim.figures)),
            "said_by": "; ".join(self._voices()),
            "document": document.label if document is not None else claim.document,
            "source": document.source if document is not None else "",
            "event": self.event.id,
        }
        title = ", ".join([claim.type.replace("_", " "), *([place.name] if place is not None else [])])
        return Mark(title, sentence_of(claim, view), when.first if when else None, when.last if when else None, fields)

    def typed(self) -> dict[str, Any]:
        """The values of TYPED."""
        claim, view = self.claim, self.view
        document = view.documents.get(claim.document)
        row: dict[str, Any] = {
            "id": claim.id, "event": self.event.id, "document": claim.document, "type": claim.type, "status": claim.status,
            "frame": claim.frame, "initiator": list(view.actor_names(claim, claim.initiator)),
            "target": list(view.actor_names(claim, claim.target)), "voice": self._voices(),
            "figures": [
                {"claim": claim.id, "about": figure.about, **_figure_row(figure)} for figure in claim.figures
            ],
            "trigger": claim.trigger.quote, "span_start": claim.span.start, "span_end": claim.span.end,
            "sentence": sentence_of(claim, view), "confidence": claim.confidence,
            **typed_time(claim.when), **typed_place(self.place),
        }  # fmt: skip
        if document is not None:
            row |= {"document_label": document.label, "source": document.source, "published": document.published}
        return row

    def _voices(self) -> list[str]:
        """Who says so, nearest first: the name, else the reporting word."""
        record = self.view.record_of(self.claim)
        return [record.actor(v.who).name if v.who else v.cue or v.channel for v in self.claim.voice]


def _place_row(place: Place) -> dict[str, Any]:
    row = {
        "key": place.gazetteer_id, "name": place.name, "kind": place.kind, "country": place.country, "lat": place.lat,
        "lon": place.lon, "precision": place.precision,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value not in (None, "")}


def _figure_row(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "measure": figure.measure,
        "group": figure.group,
        "low": figure.low,
        "high": figure.high,
        "about": figure.about or None,
        "basis": figure.basis,
        "since": figure.since.edtf if figure.since is not None else None,
        "side": figure.side or None,
    }
    return {key: value for key, value in row.items() if value is not None}


def _figure_words(figure: Figure) -> str:
    """A figure as the document has it: "killed people: at least nine people"."""
    return f"{figure.measure} {figure.group}: {' '.join(figure.words.quote.split())}"
