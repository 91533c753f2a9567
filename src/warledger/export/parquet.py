"""Events, claims and spells as Parquet, through pyarrow (the extra "parquet"): typed columns, and points as GeoParquet 1.1.

Rows go out in groups; a file holds one table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from warledger.core import EventFilter, View
from warledger.errors import UsageError
from warledger.export.entries import Kind
from warledger.export.entries.entry import TYPED_FIGURE
from warledger.export.form import whole_file
from warledger.export.leftout import LeftOut

GROUP_ROWS: Final = 2_000
"""Rows of a row group: ten megabytes of memory or so for events of the usual size."""
GEO_VERSION: Final = "1.1.0"


def write_parquet(view: View, goal: Path, filters: EventFilter, kind: Kind) -> LeftOut:
    """Write a row an entry. Raises UsageError where pyarrow is not installed."""
    skipped = LeftOut()
    _write(goal, kind.typed, (entry.typed() for entry in kind.chosen(view, filters, skipped)))
    return skipped


def pyarrow_modules() -> tuple[Any, Any]:
    """pyarrow and pyarrow.parquet. Raises UsageError, which names the extra, where they are not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow, which is not installed: pip install 'warledger[parquet]'") from error
    return pa, parquet


def schema(columns: Mapping[str, str]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The Arrow schema of a table's columns."""
    pa, _ = pyarrow_modules()
    plain = {
        "string": pa.string(), "int64": pa.int64(), "int32": pa.int32(), "double": pa.float64(), "bool": pa.bool_(),
        "date": pa.date32(), "binary": pa.binary(), "strings": pa.list_(pa.string()),
    }  # fmt: skip
    plain["figures"] = pa.list_(pa.struct([(name, plain[kind]) for name, kind in TYPED_FIGURE.items()]))
    return pa.schema([(name, plain[kind]) for name, kind in columns.items()])


def _write(goal: Path, columns: Mapping[str, str], rows: Iterable[dict[str, Any]]) -> None:
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
    points = [(row["lon"], row["lat"]) for row in rows if row.get("geometry") is not None]
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
