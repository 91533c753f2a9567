"""Events as CSV, one row an event (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Final, TextIO

from warledger.core import Event, EventFigure, EventFilter, View
from warledger.export.form import Skipped, chosen

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection)."""

MEASURES: Final = ("killed", "injured", "displaced", "detained", "released")
"""Measures whose extremes tables have columns for."""
COLUMNS: Final = (
    "event_id", "type", "types", "status", "frame", "date_first", "date_last", "date_edtf", "place", "place_kind", "country",
    "lat", "lon", "precision", "initiator", "target", *(f"{m}_{end}" for m in MEASURES for end in ("low", "high")), "figures",
    "grade", "grade_rule", "origins", "origin_names", "documents", "document_labels", "sources", "claims",
)  # fmt: skip
"""The columns. `<measure>_low` and `_high` are the least and greatest incident figure that anybody gives, never sums; `figures`
lists every figure with who says so."""


def write_csv(view: View, out: TextIO, filters: EventFilter) -> list[Skipped]:
    """Write the events as CSV with a header row."""
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for event in chosen(view, filters):
        writer.writerow([safe(cell) for cell in _cells(event, view)])
    return []


def safe(cell: str | float | None) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe stands before what would be one.

    Numbers are ours and stay as they are.
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    clean = cell.replace("\x00", "")
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def _cells(event: Event, view: View) -> list[str | float | None]:
    place, when = event.place, event.when
    documents = [view.documents[i] for i in event.documents if i in view.documents]
    bounds = [bound for measure in MEASURES for bound in extremes(event.figures, measure)]
    return [
        event.id,
        event.type,
        "; ".join(event.types),
        event.status,
        event.frame,
        when.first.isoformat() if when is not None and when.first is not None else "",
        when.last.isoformat() if when is not None and when.last is not None else "",
        when.edtf if when is not None else "",
        place.name if place is not None else "",
        place.kind if place is not None else "",
        place.country if place is not None else "",
        place.lat if place is not None else None,
        place.lon if place is not None else None,
        place.precision if place is not None else "",
        "; ".join(event.initiator),
        "; ".join(event.target),
        *bounds,
        "; ".join(map(_figure_words, event.figures)),
        event.grade.name,
        event.grade.rule,
        len(event.origins),
        "; ".join(origin.name for origin in event.origins),
        len(event.documents),
        "; ".join(document.label for document in documents),
        "; ".join(dict.fromkeys(document.source for document in documents if document.source)),
        len(event.claims),
    ]


def extremes(figures: Sequence[EventFigure], measure: str) -> tuple[int | None, int | None]:
    """The least lower bound and the greatest upper bound of the incident figures that stand on their own."""
    told = [f for f in figures if f.measure == measure and f.basis == "incident" and f.nested_in is None]
    lows = [f.low for f in told if f.low is not None]
    highs = [f.high for f in told if f.high is not None]
    return min(lows, default=None), max(highs, default=None) if told and len(highs) == len(told) else None


def _figure_words(figure: EventFigure) -> str:
    """A figure in a cell: "killed people 720.. cumulative since 2024-11-27 [Observatory]"."""
    low, high = figure.low, figure.high
    bounds = str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
    about = "about " if figure.about else ""
    basis = " cumulative" if figure.basis == "cumulative" else ""
    since = f" since {figure.since.edtf}" if figure.since is not None else ""
    within = " (within another figure)" if figure.nested_in is not None else ""
    said_by = f" [{figure.said_by}]" if figure.said_by else ""
    return f"{figure.measure} {figure.group} {about}{bounds}{basis}{since}{within}{said_by}"
