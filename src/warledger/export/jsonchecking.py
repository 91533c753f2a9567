"""Reads JSON and JSON Lines for the validators, and checks our own forms of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from warledger.core import When
from warledger.core import vocabulary as v
from warledger.errors import WhenError
from warledger.export.checking import Fault

_EVENT: Final = ("id", "type", "types", "status", "frame", "grade")


def json_lines(stream: TextIO) -> Iterator[tuple[int, Mapping[str, Any], Fault | None]]:
    """Each line's number, its object, and what is wrong if it is none; blank lines are left out."""
    for number, text in enumerate(stream, 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            yield number, {}, Fault(number, "", "json", "error", f"the line is no JSON: {error}")
            continue
        if isinstance(row, dict):
            yield number, row, None
        else:
            yield number, {}, Fault(number, "", "json", "error", "the line is no JSON object")


def check_jsonl(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a file of events as `export jsonl` writes them."""
    for line, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
        else:
            yield from event_faults(line, row, _EVENT)


def check_records(stream: TextIO) -> Iterator[Fault]:
    """Every fault that can be seen in extraction records without their documents."""
    for line, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
            continue
        if not row.get("doc"):
            yield Fault(line, "doc", "required", "error", "doc is required: the document's name")
        for index, claim in enumerate(row.get("claims") or []):
            if not isinstance(claim, Mapping) or claim.get("type") not in v.CLAIM_TYPES:
                yield Fault(line, "claims", "claim-type", "error", f"claim {index} has no type of the guide")


def check_clusters(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a file of clusters."""
    for line, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
            continue
        if not row.get("cluster"):
            yield Fault(line, "cluster", "required", "error", "cluster is required: the event's id")
        for claim in row.get("claims") or [None]:
            if not (isinstance(claim, list) and len(claim) == 3 and all(isinstance(x, int) for x in claim[1:])):
                yield Fault(line, "claims", "claim-place", "error", f"{claim!r} must be [document, start, end]")


def check_geojson(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a GeoJSON file; the line is that of the feature in the list, from 2 on, as `export geojson` writes it."""
    try:
        found = json.load(stream)
    except (ValueError, RecursionError) as error:
        yield Fault(getattr(error, "lineno", 1), "", "json", "error", f"the file is no JSON: {error}")
        return
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        yield Fault(1, "", "collection", "error", "the file is no FeatureCollection with features")
        return
    if "crs" in found:
        yield Fault(1, "crs", "crs", "warning", "RFC 7946 has no crs; coordinates are WGS 84")
    for line, feature in enumerate(features, 2):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield Fault(line, "", "feature", "error", "an item of features is no Feature")
            continue
        yield from _geometry(line, feature.get("geometry"))
        properties = feature.get("properties")
        if isinstance(properties, dict):
            yield from event_faults(line, properties)
        elif properties is not None:
            yield Fault(line, "properties", "properties", "error", "properties must be an object or null")


def _geometry(line: int, geometry: object) -> Iterator[Fault]:
    if geometry is None:
        return
    if not isinstance(geometry, dict) or "coordinates" not in geometry:
        yield Fault(line, "geometry", "geometry", "error", "the geometry has no coordinates")
        return
    point = geometry["coordinates"]
    if geometry.get("type") != "Point":
        return
    numbers = isinstance(point, list) and len(point) in (2, 3) and all(type(x) in (int, float) for x in point)
    if not numbers or not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        yield Fault(line, "geometry", "point", "error", f"{point!r} is no [longitude, latitude] in degrees")


def event_faults(line: int, row: Mapping[str, Any], required: tuple[str, ...] = ()) -> Iterator[Fault]:
    """What is wrong with an event's fields; fields that are not there are not asked for, those in `required` aside."""
    for name in required:
        if name not in row:
            yield Fault(line, name, "required", "error", f"{name} is required")
    for name, allowed in (("type", v.CLAIM_TYPES), ("status", v.STATUSES), ("frame", v.FRAMES)):
        if name in row and row[name] not in allowed:
            yield Fault(line, name, name, "error", f"{name} {row[name]!r} is not one of: {', '.join(allowed)}")
    grade = row.get("grade")
    if grade is not None and (not isinstance(grade, Mapping) or grade.get("name") not in v.GRADES):
        yield Fault(line, "grade", "grade", "error", f"the grade must have a name of: {', '.join(v.GRADES)}")
    if isinstance(when := row.get("when"), str):
        try:
            When.parse(when)
        except WhenError as error:
            yield Fault(line, "when", "when", "error", str(error))
    for figure in row.get("figures") or []:
        low, high = (figure.get("low"), figure.get("high")) if isinstance(figure, Mapping) else (None, None)
        if low is None and high is None:
            yield Fault(line, "figures", "figure", "error", "a figure has neither low nor high")
        elif isinstance(low, int) and isinstance(high, int) and low > high:
            yield Fault(line, "figures", "figure", "error", f"a figure has low {low} over high {high}")
