"""Exports of a view: each format streams to a text stream and returns what it could not take, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TextIO

from warledger.core import EventFilter, View
from warledger.errors import UsageError
from warledger.export.form import Exporter, Skipped
from warledger.export.geojson import write_geojson
from warledger.export.lines import write_clusters, write_jsonl, write_records
from warledger.export.tables import COLUMNS, write_csv

FORMATS: Final[Mapping[str, Exporter]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "geojson": write_geojson,
    "records": write_records,
    "clusters": write_clusters,
}
"""Format → exporter."""


def export(view: View, form: str, out: TextIO, filters: EventFilter | None = None) -> list[Skipped]:
    """Write a view in a format. Raises UsageError for an unknown one. Open `out` with newline="" for CSV."""
    if form not in FORMATS:
        raise UsageError(f"{form!r} is no export format; there are {', '.join(FORMATS)}")
    return FORMATS[form](view, out, filters or EventFilter())


__all__ = ["COLUMNS", "FORMATS", "Exporter", "Skipped", "export"]
