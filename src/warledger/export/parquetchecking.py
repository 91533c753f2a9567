"""Checks of Parquet files of events and claims, ours or in our columns, and of their GeoParquet metadata."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from warledger.core import vocabulary as v
from warledger.errors import InputError
from warledger.export.checking import Fault
from warledger.export.jsonchecking import event_faults
from warledger.export.parquet import CLAIM_COLUMNS, EVENT_COLUMNS, pyarrow_modules, schema

_BATCH_ROWS: Final = 10_000
_POINT: Final = {b"\x01\x01\x00\x00\x00": "<dd", b"\x00\x00\x00\x00\x01": ">dd"}
"""Byte order and type of a point in well-known binary → how its numbers are packed."""


def check_events(path: Path) -> Iterator[Fault]:
    """Every fault of a file of events; the line is the row, from 1 on. Raises UsageError where pyarrow is not installed."""
    yield from _check(path, EVENT_COLUMNS)


def check_claims(path: Path) -> Iterator[Fault]:
    """Every fault of a file of claims; the line is the row, from 1 on. Raises UsageError where pyarrow is not installed."""
    yield from _check(path, CLAIM_COLUMNS)


def _check(path: Path, columns: dict[str, str]) -> Iterator[Fault]:
    pa, parquet = pyarrow_modules()
    try:
        file = parquet.ParquetFile(path)
    except pa.ArrowException as error:
        yield Fault(0, "", "parquet", "error", f"the file is no Parquet: {error}")
        return
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    with file:
        faults = list(_columns(file.schema_arrow, schema(columns)))
        yield from faults
        yield from _geo(file.metadata.metadata or {}, file.schema_arrow.names)
        if faults:
            return
        number, seen = 0, set()
        try:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=_checked(columns)):
                for row in batch.to_pylist():
                    number += 1
                    if row["id"] in seen:
                        yield Fault(number, "id", "id-twice", "error", f"{row['id']} is there twice")
                    seen.add(row["id"])
                    yield from _row(number, row)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield Fault(number + 1, "", "parquet", "error", f"the file cannot be read further: {error}")


def _checked(columns: Mapping[str, str]) -> list[str]:
    wanted = (
        "id",
        "type",
        "status",
        "frame",
        "grade",
        "date_edtf",
        "figures",
        "lat",
        "lon",
        "geometry",
        "span_start",
        "span_end",
    )
    return [name for name in wanted if name in columns]


def _columns(found: Any, wanted: Any) -> Iterator[Fault]:  # noqa: ANN401 - pyarrow has no types
    for field in wanted:
        at = found.get_all_field_indices(field.name)
        if len(at) != 1:
            how = "is missing" if not at else "is there twice"
            yield Fault(0, field.name, "column", "error", f"the column {field.name} {how}")
        elif found.field(at[0]).type != field.type:
            yield Fault(0, field.name, "column-type", "error", f"{field.name} is {found.field(at[0]).type}, not {field.type}")
    for name in found.names:
        if name not in wanted.names:
            yield Fault(0, name, "column-other", "warning", f"the column {name} is none of ours")


def _geo(metadata: Mapping[bytes, bytes], names: list[str]) -> Iterator[Fault]:
    raw = metadata.get(b"geo")
    if raw is None:
        return
    try:
        told = json.loads(raw)
        version, column = told["version"], told["columns"][told["primary_column"]]
        encoding, types = column["encoding"], column["geometry_types"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        yield Fault(0, "geometry", "geo", "error", f"the metadata is no GeoParquet's: {type(error).__name__} {error}")
        return
    if not str(version).startswith("1."):
        yield Fault(0, "geometry", "geo", "warning", f"GeoParquet {version} is another version than 1")
    if told["primary_column"] not in names:
        yield Fault(0, "geometry", "geo", "error", f"the column {told['primary_column']!r} of the metadata is not there")
    if encoding != "WKB" or types not in ([], ["Point"]):
        yield Fault(0, "geometry", "geo", "error", f"the geometry is {encoding} {types}, not WKB points")


def _row(number: int, row: Mapping[str, Any]) -> Iterator[Fault]:
    if not row["id"]:
        yield Fault(number, "id", "required", "error", "id is required")
    told = {
        "type": row["type"],
        "status": row["status"],
        "frame": row["frame"],
        "figures": row["figures"],
        "when": row["date_edtf"],
    }
    yield from event_faults(number, told)
    if "grade" in row and row["grade"] not in v.GRADES:
        yield Fault(number, "grade", "grade", "error", f"grade {row['grade']!r} is not one of: {', '.join(v.GRADES)}")
    if "span_start" in row:
        start, end = row["span_start"], row["span_end"]
        if start is None or end is None or not 0 <= start < end:
            yield Fault(number, "span_start", "span", "error", f"{start}, {end} is no span")
    if row["geometry"] is not None and (problem := _point(row["geometry"], row["lat"], row["lon"])):
        yield Fault(number, "geometry", "point", "error", problem)


def _point(raw: bytes, lat: float | None, lon: float | None) -> str:
    form = _POINT.get(raw[:5])
    if form is None or len(raw) != 21:
        return "the geometry is no point of well-known binary"
    x, y = struct.unpack(form, raw[5:])
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        return f"{x}, {y} is no longitude and latitude in degrees"
    if (x, y) != (lon, lat):
        return f"the point is {x}, {y}, lon and lat are {lon}, {lat}"
    return ""
