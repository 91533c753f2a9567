"""Events as plain JSON values, the same in every format that writes JSON."""

from __future__ import annotations

from typing import Any

from warledger.core import Claim, Event, EventFigure, EventPlace, View


def event_row(event: Event, view: View, *, by_id: bool = False) -> dict[str, Any]:
    """An event with its place, figures, origins, grade and claims. Empty fields are left out, times are EDTF.

    `by_id`: its documents and claims are told of elsewhere, and only their ids stand here.
    """
    row: dict[str, Any] = {
        "id": event.id,
        "type": event.type,
        "types": list(event.types),
        "status": event.status,
        "frame": event.frame,
        "place": place_row(event.place) if event.place is not None else None,
        "also_places": [place_row(place) for place in event.also_places],
        "when": event.when.edtf if event.when is not None else None,
        "initiator": list(event.initiator),
        "target": list(event.target),
        "grade": {"name": event.grade.name, "rule": event.grade.rule, "claims": list(event.grade.claims)},
        "figures": [figure_row(figure) for figure in event.figures],
        "origins": [
            {"name": o.name, "kind": o.kind, "interested": o.interested, "claims": list(o.claims)} for o in event.origins
        ],
        "documents": [i if by_id else document_row(i, view) for i in event.documents],
        "claims": list(event.claims) if by_id else [claim_row(view.claims[i], view) for i in event.claims if i in view.claims],
        "related": [{"kind": kind, "event": other} for kind, other in event.related],
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def place_row(place: EventPlace) -> dict[str, Any]:
    """A place; coordinates in degrees, left out where they are not known."""
    row = {
        "key": place.key, "name": place.name, "kind": place.kind, "country": place.country, "lat": place.lat, "lon": place.lon,
        "precision": place.precision,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value not in (None, "")}


def figure_row(figure: EventFigure) -> dict[str, Any]:
    """A figure with who says so; `low` or `high` is missing where that side is open, `nested_in` counts from 0."""
    row: dict[str, Any] = {
        "measure": figure.measure,
        "group": figure.group,
        "low": figure.low,
        "high": figure.high,
        "about": figure.about or None,
        "basis": figure.basis,
        "since": figure.since.edtf if figure.since is not None else None,
        "side": figure.side or None,
        "said_by": figure.said_by or None,
        "claim": figure.claim,
        "published": figure.published or None,
        "nested_in": figure.nested_in,
    }
    return {key: value for key, value in row.items() if value is not None}


def document_row(document_id: str, view: View) -> dict[str, Any]:
    """A document by id, with label, source, date, title, address and author as far as they are known."""
    document = view.documents.get(document_id)
    if document is None:
        return {"id": document_id}
    row = {
        "id": document.id,
        "label": document.label,
        "source": document.source,
        "published": document.published.isoformat() if document.published is not None else "",
        "title": document.title,
        "url": document.url,
        "author": document.author,
    }
    return {key: value for key, value in row.items() if value}


def claim_row(claim: Claim, view: View) -> dict[str, Any]:
    """A claim with its words: where the trigger stands, who says so, in which status and frame."""
    record = view.record_of(claim)
    row: dict[str, Any] = {
        "id": claim.id,
        "document": claim.document,
        "type": claim.type,
        "trigger": claim.trigger.quote,
        "span": [claim.span.start, claim.span.end],
        "initiator": [record.actor(i).name for i in claim.initiator],
        "target": [record.actor(i).name for i in claim.target],
        "place": place.name if (place := record.place(claim.place)) is not None else None,
        "when": claim.when.edtf if claim.when is not None else None,
        "voice": [
            {
                key: value
                for key, value in (("who", record.actor(v.who).name if v.who else ""), ("cue", v.cue), ("channel", v.channel))
                if value
            }
            for v in claim.voice
        ],
        "status": claim.status,
        "frame": claim.frame,
        "confidence": claim.confidence,
    }
    return {key: value for key, value in row.items() if value not in (None, [])}
