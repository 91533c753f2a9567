"""Checks of Parquet files of events, claims or spells, ours or in our columns, and of their GeoParquet metadata."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from warledger.errors import InputError
from warledger.export.checking import Fault
from warledger.export.entries import Kind
from warledger.export.jsonchecking import claim_faults, event_faults, spell_faults
from warledger.export.parquet import pyarrow_modules, schema

_BATCH_ROWS: Final = 10_000
_POINT: Final = {b"\x01\x01\x00\x00\x00": "<dd", b"\x00\x00\x00\x00\x01": ">dd"}
"""Byte order and type of a point in well-known binary → how its numbers are packed."""


def check_parquet(path: Path, kind: Kind) -> Iterator[Fault]:
    """Every fault of a file of one kind of entries; the line is the row, from 1 on.

    Raises UsageError where pyarrow is not installed, InputError for a file that cannot be read.
    """
    pa, parquet = pyarrow_modules()
    try:
        file = parquet.ParquetFile(path)
    except pa.ArrowException as error:
        yield Fault(0, "", "parquet", "error", f"the file is no Parquet: {error}")
        return
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    with file:
        faults = list(_columns(file.schema_arrow, schema(kind.typed)))
        yield from faults
        yield from _geo(file.metadata.metadata or {}, file.schema_arrow.names)
        if faults:
            return
        number, seen = 0, set()
        try:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=_checked(kind.typed)):
                for row in batch.to_pylist():
                    number += 1
                    if row["id"] in seen:
                        yield Fault(number, "id", "id-twice", "error", f"{row['id']} is there twice")
                    seen.add(row["id"])
                    yield from _row(number, row)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield Fault(number + 1, "", "parquet", "error", f"the file cannot be read further: {error}")


_CHECKED: Final = (
    "id", "type", "status", "frame", "grade", "date_edtf", "figures", "lat", "lon", "geometry", "span_start", "span_end",
    "trigger", "confidence", "layer", "holder", "since_edtf", "until_edtf",
)  # fmt: skip


def _checked(columns: Mapping[str, str]) -> list[str]:
    return [name for name in _CHECKED if name in columns]


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
    if "layer" in row:
        names = {"layer": "layer", "grade": "grade", "since_edtf": "since", "until_edtf": "until"}
        yield from spell_faults(number, {name: row[column] for column, name in names.items()})
        if not row["holder"]:
            yield Fault(number, "holder", "required", "error", "holder is required")
    elif "span_start" in row:
        span = [row["span_start"], row["span_end"]]
        yield from claim_faults(
            number, {**_told(row), "span": span, "trigger": row["trigger"], "confidence": row["confidence"]}
        )
    else:
        yield from event_faults(number, {**_told(row), "grade": {"name": row["grade"]}})
    if row["geometry"] is not None and (problem := _point(row["geometry"], row["lat"], row["lon"])):
        yield Fault(number, "geometry", "point", "error", problem)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    names = {"type": "type", "status": "status", "frame": "frame", "figures": "figures", "date_edtf": "when"}
    return {name: row[column] for column, name in names.items()}


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
