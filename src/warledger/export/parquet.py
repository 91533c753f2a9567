"""Events and claims as Parquet, through pyarrow (the extra "parquet"): typed columns, and points as GeoParquet 1.1.

Each function streams row groups; a file holds one table, so that claims have a file of their own.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from warledger.core import Claim, Event, EventFilter, Figure, View, When
from warledger.core.filter import sentence_of
from warledger.errors import UsageError
from warledger.export.form import Skipped, chosen, source_names, whole_file
from warledger.export.rows import figure_row
from warledger.export.tables import MEASURES, extremes

GROUP_ROWS: Final = 10_000
"""Rows of a row group: some tens of megabytes of memory for events of the usual size."""
GEO_VERSION: Final = "1.1.0"

_FIGURE: Final = {
    "measure": "string", "group": "string", "low": "int64", "high": "int64", "about": "bool", "basis": "string",
    "since": "string", "side": "string", "said_by": "string", "claim": "string", "nested_in": "int32",
}  # fmt: skip
_PLACE: Final = {
    "place": "string", "place_key": "string", "place_kind": "string", "country": "string", "lat": "double", "lon": "double",
    "precision": "string",
}  # fmt: skip
_TIME: Final = {"date_first": "date", "date_last": "date", "date_edtf": "string"}
EVENT_COLUMNS: Final = {
    "id": "string", "type": "string", "types": "strings", "status": "string", "frame": "string", **_TIME, **_PLACE,
    "initiator": "strings", "target": "strings", **{f"{m}_{end}": "int64" for m in MEASURES for end in ("low", "high")},
    "figures": "figures", "grade": "string", "grade_rule": "string", "origins": "strings", "sources": "strings",
    "documents": "strings", "claims": "strings", "geometry": "binary",
}  # fmt: skip
"""Column → type of the table of events; `strings` are lists, `figures` lists of structures."""
CLAIM_COLUMNS: Final = {
    "id": "string", "event": "string", "document": "string", "document_label": "string", "source": "string",
    "published": "date", "type": "string", "status": "string", "frame": "string", **_TIME, **_PLACE,
    "initiator": "strings", "target": "strings", "voice": "strings", "figures": "figures", "trigger": "string",
    "span_start": "int64", "span_end": "int64", "sentence": "string", "confidence": "double", "geometry": "binary",
}  # fmt: skip
"""Column → type of the table of claims."""


def write_events(view: View, goal: Path, filters: EventFilter) -> list[Skipped]:
    """Write a row an event. Raises UsageError where pyarrow is not installed."""
    _write(goal, EVENT_COLUMNS, (_event(event, view) for event in chosen(view, filters)))
    return []


def write_claims(view: View, goal: Path, filters: EventFilter) -> list[Skipped]:
    """Write a row a claim of the admitted events, event by event. Raises UsageError where pyarrow is not installed."""
    skipped: list[Skipped] = []

    def rows() -> Iterator[dict[str, Any]]:
        for event in chosen(view, filters):
            for ident in event.claims:
                if ident in view.claims:
                    yield _claim(view.claims[ident], event, view)
                else:
                    skipped.append(Skipped(event.id, "claim-not-held", f"its claim {ident} is not in this view"))

    _write(goal, CLAIM_COLUMNS, rows())
    return skipped


def pyarrow_modules() -> tuple[Any, Any]:
    """pyarrow and pyarrow.parquet. Raises UsageError, which names the extra, where they are not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow, which is not installed: pip install 'warledger[parquet]'") from error
    return pa, parquet


def schema(columns: dict[str, str]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The Arrow schema of a table's columns."""
    pa, _ = pyarrow_modules()
    plain = {
        "string": pa.string(), "int64": pa.int64(), "int32": pa.int32(), "double": pa.float64(), "bool": pa.bool_(),
        "date": pa.date32(), "binary": pa.binary(), "strings": pa.list_(pa.string()),
    }  # fmt: skip
    plain["figures"] = pa.list_(pa.struct([(name, plain[kind]) for name, kind in _FIGURE.items()]))
    return pa.schema([(name, plain[kind]) for name, kind in columns.items()])


def point(lon: float, lat: float) -> bytes:
    """A point as well-known binary (OGC 06-103r4, 8.2), little-endian."""
    return struct.pack("<BIdd", 1, 1, lon, lat)


def _write(goal: Path, columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> None:
    pa, parquet = pyarrow_modules()
    wanted = schema(columns)
    box: list[float] = []
    # Without Arrow's own schema in the file, readers see GeoParquet's metadata beside the columns.
    with whole_file(goal) as part, parquet.ParquetWriter(part, wanted, compression="zstd", store_schema=False) as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema=wanted), row_group_size=GROUP_ROWS)
            box = _widened(box, group)
        if box:
            writer.add_key_value_metadata({"geo": json.dumps(_geo(box))})


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while group := list(islice(left, GROUP_ROWS)):
        yield group


def _widened(box: list[float], rows: Iterable[dict[str, Any]]) -> list[float]:
    """The box [west, south, east, north] in degrees, made to hold the points of `rows` too; empty where there is no point."""
    points = [(row["lon"], row["lat"]) for row in rows if row["geometry"] is not None]
    if box:
        points += [(box[0], box[1]), (box[2], box[3])]
    if not points:
        return []
    lons, lats = zip(*points, strict=True)
    return [min(lons), min(lats), max(lons), max(lats)]


def _geo(box: list[float]) -> dict[str, Any]:
    """GeoParquet's metadata. No `crs` means longitude and latitude in WGS 84 (OGC:CRS84)."""
    column = {"encoding": "WKB", "geometry_types": ["Point"], "bbox": box}
    return {"version": GEO_VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


def _time(when: When | None) -> dict[str, Any]:
    if when is None:
        return {}
    return {"date_first": when.first, "date_last": when.last, "date_edtf": when.edtf}


def _where(lat: float | None, lon: float | None) -> dict[str, Any]:
    if lat is None or lon is None:
        return {"geometry": None}
    return {"lat": lat, "lon": lon, "geometry": point(lon, lat)}


def _event(event: Event, view: View) -> dict[str, Any]:
    place = event.place
    row: dict[str, Any] = {
        "id": event.id, "type": event.type, "types": list(event.types), "status": event.status, "frame": event.frame,
        "initiator": list(event.initiator), "target": list(event.target),
        "figures": [{"about": False, **figure_row(figure)} for figure in event.figures],
        "grade": event.grade.name, "grade_rule": event.grade.rule, "origins": [origin.name for origin in event.origins],
        "sources": list(source_names(event, view)), "documents": list(event.documents), "claims": list(event.claims),
        **_time(event.when), **_where(place.lat if place else None, place.lon if place else None),
    }  # fmt: skip
    if place is not None:
        row |= {
            "place": place.name, "place_key": place.key, "place_kind": place.kind, "country": place.country or None,
            "precision": place.precision or None,
        }  # fmt: skip
    for measure in MEASURES:
        row[f"{measure}_low"], row[f"{measure}_high"] = extremes(event.figures, measure)
    return row


def _claim(claim: Claim, event: Event, view: View) -> dict[str, Any]:
    record, document = view.record_of(claim), view.documents.get(claim.document)
    place = record.place(claim.place)
    row: dict[str, Any] = {
        "id": claim.id, "event": event.id, "document": claim.document, "type": claim.type, "status": claim.status,
        "frame": claim.frame, "initiator": list(view.actor_names(claim, claim.initiator)),
        "target": list(view.actor_names(claim, claim.target)),
        "voice": [record.actor(v.who).name if v.who else v.cue for v in claim.voice],
        "figures": [_claim_figure(figure, claim) for figure in claim.figures],
        "trigger": claim.trigger.quote, "span_start": claim.span.start, "span_end": claim.span.end,
        "sentence": sentence_of(claim, view), "confidence": claim.confidence,
        **_time(claim.when), **_where(place.lat if place else None, place.lon if place else None),
    }  # fmt: skip
    if document is not None:
        row |= {"document_label": document.label, "source": document.source, "published": document.published}
    if place is not None:
        row |= {
            "place": place.name, "place_key": place.gazetteer_id or None, "place_kind": place.kind,
            "country": place.country or None, "precision": place.precision or None,
        }  # fmt: skip
    return row


def _claim_figure(figure: Figure, claim: Claim) -> dict[str, Any]:
    return {
        "measure": figure.measure, "group": figure.group, "low": figure.low, "high": figure.high, "about": figure.about,
        "basis": figure.basis, "since": figure.since.edtf if figure.since is not None else None, "side": figure.side or None,
        "claim": claim.id,
    }  # fmt: skip
