"""Claims and events as rows: whole for JSON lines, in short words for tables. Local ids become the names they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from warledger.cli import words
from warledger.cli.ids import short_length
from warledger.cli.output import Row, plain
from warledger.core import Claim, Event, Place, Record, View
from warledger.core.filter import sentence_of

EVENT_COLUMNS: Final = (
    "when=_when|nowrap",
    "type",
    "place=_place",
    "who=_who",
    "figures=_figures",
    "grade=_grade",
    "id=_id|nowrap",
)
CLAIM_COLUMNS: Final = (
    "when=_when|nowrap", "type", "place=_place", "who=_who", "figures=_figures", "said by=_voice", "status=_status", "source",
    "id=_id|nowrap",
)  # fmt: skip
FIGURES_SHOWN: Final = 3
"""In a table; more are counted."""


def event_rows(events: Iterable[Event], view: View) -> Iterator[Row]:
    """Rows of events, with the fields of `core.Event`."""
    length = short_length(view.events_by_id)
    for event in events:
        whole = plain(event)
        yield {
            **(whole if isinstance(whole, dict) else {}),
            "_id": event.id[:length],
            "_when": words.when(event.when),
            "_place": _event_place(event),
            "_who": words.roles(event.initiator, event.target),
            "_figures": few([words.figure(figure) for figure in event.figures]),
            "_grade": event.grade.name,
        }


def _event_place(event: Event) -> str:
    if event.place is None:
        return ""
    country = event.place.country if event.place.kind != "country" else ""
    return f"{event.place.name}, {country}" if country else event.place.name


def claim_rows(claims: Iterable[Claim], view: View) -> Iterator[Row]:
    """Rows of claims."""
    length = short_length(view.claims)
    for claim in claims:
        record, document, event = view.record_of(claim), view.documents.get(claim.document), view.event_of.get(claim.id)
        yield {
            "id": claim.id,
            "document": claim.document,
            "source": document.source if document else None,
            "published": document.published if document else None,
            "event": event.id if event else None,
            "grade": event.grade.name if event else None,
            "type": claim.type,
            "status": claim.status,
            "frame": claim.frame,
            "trigger": claim.trigger.quote,
            "span": [claim.span.start, claim.span.end],
            "sentence": sentence_of(claim, view),
            "initiator": words.actors(record, claim.initiator),
            "target": words.actors(record, claim.target),
            "place": _place_out(record.place(claim.place)),
            "also_places": [_place_out(record.place(one)) for one in claim.also_places],
            "when": claim.when,
            "when_text": claim.when_text.quote if claim.when_text else None,
            "figures": [_figure_out(claim, i, record) for i in range(len(claim.figures))],
            "voice": [
                {"who": record.actor(v.who).name if v.who else None, "cue": v.cue or None, "channel": v.channel or None}
                for v in claim.voice
            ],
            "confidence": claim.confidence,
            "_id": claim.id[:length],
            "_when": words.when(claim.when),
            "_place": words.place(record.place(claim.place)),
            "_who": words.roles(words.actors(record, claim.initiator), words.actors(record, claim.target)),
            "_figures": few([words.figure(figure) for figure in claim.figures]),
            "_voice": words.voice(claim, record),
            "_status": claim.status if claim.frame == "news" else f"{claim.status}, {claim.frame}",
        }


def few(shown: list[str]) -> str:
    """The first of a list of figures, and how many more there are."""
    kept = list(dict.fromkeys(shown))
    more = f" + {len(kept) - FIGURES_SHOWN} more" if len(kept) > FIGURES_SHOWN else ""
    return "; ".join(kept[:FIGURES_SHOWN]) + more


def _place_out(place: Place | None) -> object:
    if place is None:
        return None
    names = ("name", "kind", "country", "lat", "lon", "precision", "admin1", "gazetteer_id")
    return {name: value for name in names if (value := getattr(place, name)) not in (None, "")}


def _figure_out(claim: Claim, index: int, record: Record) -> object:
    figure = claim.figures[index]
    out = {
        "measure": figure.measure, "group": figure.group, "low": figure.low, "high": figure.high, "about": figure.about,
        "basis": figure.basis, "since": plain(figure.since), "side": record.actor(figure.side).name if figure.side else None,
        "text": figure.words.quote, "span": [figure.words.span.start, figure.words.span.end],
    }  # fmt: skip
    return {name: value for name, value in out.items() if value is not None}
