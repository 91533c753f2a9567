"""Claims and events as rows: whole for JSON lines, in short words for tables. Local ids become the names they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from warledger.cli import words
from warledger.cli.ids import short_length
from warledger.cli.output import Row, plain
from warledger.core import Claim, Event, Figure, Record, View
from warledger.core.filter import sentence_of

EVENT_COLUMNS: Final = (
    "when=_when|nowrap",
    "type",
    "place=_place",
    "who=_who",
    "figures=_figures",
    "status=_status|wide",
    "grade=_grade",
    "id=_id|nowrap",
)
CLAIM_COLUMNS: Final = (
    "when=_when|nowrap",
    "type",
    "place=_place",
    "who=_who",
    "figures=_figures",
    "said by=_voice",
    "status=_status|wide",
    "source|wide",
    "id=_id|nowrap",
)
FIGURES_SHOWN: Final = 3
"""In a table; more are counted."""


def event_rows(events: Iterable[Event], view: View) -> Iterator[Row]:
    """Rows of events, with the fields of `core.Event`."""
    from warledger.export.rows import event_row

    length = short_length(view.events_by_id)
    for event in events:
        yield {
            **event_row(event, view),
            "_id": event.id[:length],
            "_when": words.when(event.when),
            "_place": _event_place(event),
            "_who": words.roles(event.initiator, event.target),
            "_figures": few([words.figure(figure) for figure in event.figures]),
            "_grade": event.grade.name,
            "_status": _status(event.status, event.frame),
        }


def _event_place(event: Event) -> str:
    if event.place is None:
        return ""
    country = event.place.country if event.place.kind != "country" else ""
    return f"{event.place.name}, {country}" if country else event.place.name


def claim_rows(claims: Iterable[Claim], view: View) -> Iterator[Row]:
    """Rows of claims: the fields of exports, and with them the sentence, the counts, the document, the event and its grade."""
    from warledger.export.rows import claim_row

    length = short_length(view.claims)
    for claim in claims:
        record, document, event = view.record_of(claim), view.documents.get(claim.document), view.event_of.get(claim.id)
        place = record.place(claim.place)
        more = {
            "also_places": [found.name for one in claim.also_places if (found := record.place(one)) is not None],
            **({key: getattr(place, key) for key in ("country", "lat", "lon", "precision")} if place is not None else {}),
            "when_text": claim.when_text.quote if claim.when_text else None,
            "figures": [_figure_out(figure, record) for figure in claim.figures],
            "sentence": sentence_of(claim, view),
            "label": document.label if document else None,
            "source": document.source if document else None,
            "published": plain(document.published) if document else None,
            "event": event.id if event else None,
            "grade": event.grade.name if event else None,
        }
        yield {
            **claim_row(claim, view),
            **{key: value for key, value in more.items() if value not in (None, "", [])},
            "_id": claim.id[:length],
            "_when": words.when(claim.when),
            "_place": words.place(place),
            "_who": words.roles(words.actors(record, claim.initiator), words.actors(record, claim.target)),
            "_figures": few([words.figure(figure) for figure in claim.figures]),
            "_voice": words.voice(claim, record),
            "_status": _status(claim.status, claim.frame),
        }


def _status(status: str, frame: str) -> str:
    """What is not plain news: "planned", "background"; nothing for news of what happened."""
    return ", ".join(word for word in (status, frame) if word not in ("happened", "news"))


def few(shown: list[str]) -> str:
    """The first of a list of figures, and how many more there are."""
    kept = list(dict.fromkeys(shown))
    more = f" + {len(kept) - FIGURES_SHOWN} more" if len(kept) > FIGURES_SHOWN else ""
    return "; ".join(kept[:FIGURES_SHOWN]) + more


def _figure_out(figure: Figure, record: Record) -> Row:
    out = {
        "measure": figure.measure,
        "group": figure.group,
        "low": figure.low,
        "high": figure.high,
        "about": figure.about or None,
        "basis": figure.basis,
        "since": figure.since.edtf if figure.since is not None else None,
        "side": record.actor(figure.side).name if figure.side else None,
        "text": figure.words.quote,
        "span": [figure.words.span.start, figure.words.span.end],
    }
    return {name: value for name, value in out.items() if value is not None}
