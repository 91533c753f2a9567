"""Events: what several claims tell of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warledger.core import Event, EventFigure, EventFilter, EventPlace, View
from warledger.export.deaths import lowest, tolls
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
from warledger.export.form import chosen, source_names
from warledger.export.leftout import LeftOut
from warledger.export.rows import event_row, figure_row

MEASURES: Final = ("killed", "injured", "displaced", "detained", "released")
"""Measures whose extremes tables have columns for."""
_EXTREMES: Final = tuple(f"{measure}_{end}" for measure in MEASURES for end in ("low", "high"))
COLUMNS: Final = (
    "event_id", "type", "types", "status", "frame", "date_first", "date_last", "date_edtf", "place", "place_kind", "country",
    "lat", "lon", "precision", "also_places", "initiator", "target", *_EXTREMES, "figures", "grade", "grade_rule", "origins",
    "origin_names", "documents", "document_labels", "sources", "claims",
)  # fmt: skip
"""The columns. `<measure>_low` and `_high` are the least and greatest incident figure that anybody gives, never sums; `figures`
lists every figure with who says so."""
TYPED: Final = {
    "id": "string", "type": "string", "types": "strings", "status": "string", "frame": "string", **TYPED_TIME, **TYPED_PLACE,
    "also_places": "strings", "initiator": "strings", "target": "strings", **dict.fromkeys(_EXTREMES, "int64"),
    "figures": "figures", "grade": "string", "grade_rule": "string", "origins": "strings", "sources": "strings",
    "documents": "strings", "claims": "strings", "geometry": "binary",
}  # fmt: skip


def chosen_events(view: View, filters: EventFilter, _skipped: LeftOut) -> Iterator[EventEntry]:
    """The events that the filter admits."""
    return (EventEntry(event, view) for event in chosen(view, filters))


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event of a view."""

    event: Event
    view: View

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.id

    @property
    def what(self) -> str:
        """Its type in words."""
        return f"the event ({self.event.type})"

    @property
    def place(self) -> EventPlace | None:
        """Where it happened."""
        return self.event.place

    def row(self) -> dict[str, Any]:
        """The event with its claims, figures, origins and grade."""
        return event_row(self.event, self.view)

    def cells(self) -> list[Cell]:
        """A row of the table."""
        event, view = self.event, self.view
        documents = [view.documents[i] for i in event.documents if i in view.documents]
        return [
            event.id, event.type, "; ".join(event.types), event.status, event.frame, *time_cells(event.when),
            *place_cells(event.place), "; ".join(place.name for place in event.also_places), "; ".join(event.initiator),
            "; ".join(event.target),
            *(bound for measure in MEASURES for bound in extremes(event.figures, measure)),
            "; ".join(map(figure_words, event.figures)), event.grade.name, event.grade.rule,
            len(event.origins), "; ".join(origin.name for origin in event.origins),
            len(event.documents), "; ".join(document.label for document in documents), "; ".join(source_names(event, view)),
            len(event.claims),
        ]  # fmt: skip

    def mark(self) -> Mark:
        """Type and place, who did it to whom, and the grade."""
        event, view = self.event, self.view
        place, when = event.place, event.when
        who = " against ".join(part for part in ("; ".join(event.initiator), "; ".join(event.target)) if part)
        fields = {
            "type": event.type,
            "status": event.status,
            "frame": event.frame,
            "initiator": "; ".join(event.initiator),
            "target": "; ".join(event.target),
            "precision": place.precision if place is not None else "",
            "also_places": "; ".join(one.name for one in event.also_places),
            "killed_lowest": str(lowest(tolls(event, view)) or ""),
            "grade": event.grade.name,
            "grade_rule": event.grade.rule,
            "sources": "; ".join(source_names(event, view)),
        }
        title = ", ".join([event.type.replace("_", " "), *([place.name] if place is not None else [])])
        return Mark(title, who, when.first if when else None, when.last if when else None, fields)

    def typed(self) -> dict[str, Any]:
        """The values of TYPED."""
        event = self.event
        row: dict[str, Any] = {
            "id": event.id, "type": event.type, "types": list(event.types), "status": event.status, "frame": event.frame,
            "also_places": [place.name for place in event.also_places], "initiator": list(event.initiator),
            "target": list(event.target),
            "figures": [{"about": False, **figure_row(figure)} for figure in event.figures],
            "grade": event.grade.name, "grade_rule": event.grade.rule, "origins": [origin.name for origin in event.origins],
            "sources": list(source_names(event, self.view)), "documents": list(event.documents), "claims": list(event.claims),
            **typed_time(event.when), **typed_place(event.place),
        }  # fmt: skip
        for measure in MEASURES:
            row[f"{measure}_low"], row[f"{measure}_high"] = extremes(event.figures, measure)
        return row


def extremes(figures: Sequence[EventFigure], measure: str) -> tuple[int | None, int | None]:
    """The least lower bound and the greatest upper bound of the incident figures that stand on their own."""
    told = [f for f in figures if f.measure == measure and f.basis == "incident" and f.nested_in is None]
    lows = [f.low for f in told if f.low is not None]
    highs = [f.high for f in told if f.high is not None]
    return min(lows, default=None), max(highs, default=None) if told and len(highs) == len(told) else None


def figure_words(figure: EventFigure) -> str:
    """A figure in a cell: "killed people 720.. cumulative since 2024-11-27 [Observatory]"."""
    low, high = figure.low, figure.high
    bounds = str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
    about = "about " if figure.about else ""
    basis = " cumulative" if figure.basis == "cumulative" else ""
    since = f" since {figure.since.edtf}" if figure.since is not None else ""
    within = " (within another figure)" if figure.nested_in is not None else ""
    said_by = f" [{figure.said_by}]" if figure.said_by else ""
    return f"{figure.measure} {figure.group} {about}{bounds}{basis}{since}{within}{said_by}"
