"""Reads JSON and JSON Lines for the validators, and checks our own forms of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TextIO

from warledger.core import When
from warledger.core import vocabulary as v
from warledger.errors import WhenError
from warledger.export.checking import Fault

if TYPE_CHECKING:
    from warledger.export.entries import Kind

LAYERS: Final = ("control", "besieged")
"""What a spell can be of."""
_REQUIRED: Final = {
    "events": ("id", "type", "types", "status", "frame", "grade"),
    "claims": ("id", "event", "document", "type", "status", "frame", "trigger", "span"),
    "spells": ("id", "place", "layer", "holder", "grade"),
}


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


def check_jsonl(stream: TextIO, kind: Kind) -> Iterator[Fault]:
    """Every fault of a file of entries of one kind."""
    ids: set[object] = set()
    for line, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
            continue
        yield from FAULTS_OF[kind.name](line, row, _REQUIRED[kind.name])
        ident = str(row.get("id"))
        if ident in ids:
            yield Fault(line, "id", "id-twice", "error", f"{ident} stands in an earlier line")
        ids.add(ident)


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


def check_geojson(stream: TextIO, kind: Kind) -> Iterator[Fault]:
    """Every fault of a GeoJSON file; the line is that of the feature in the list, from 2 on, as `export geojson` writes it."""
    ids: set[str] = set()
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
        if (ident := feature.get("id")) is not None and str(ident) in ids:
            yield Fault(line, "id", "id-twice", "error", f"{ident} is the id of an earlier feature")
        ids.add(str(ident))
        properties = feature.get("properties")
        if isinstance(properties, dict):
            yield from FAULTS_OF[kind.name](line, properties, ())
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
    yield from _missing(line, row, required)
    yield from _told(line, row)
    grade = row.get("grade")
    if grade is not None and (not isinstance(grade, Mapping) or grade.get("name") not in v.GRADES):
        yield Fault(line, "grade", "grade", "error", f"the grade must have a name of: {', '.join(v.GRADES)}")


def claim_faults(line: int, row: Mapping[str, Any], required: tuple[str, ...] = ()) -> Iterator[Fault]:
    """The same of a claim's fields."""
    yield from _missing(line, row, required)
    yield from _told(line, row)
    if "span" in row:
        span, trigger = row["span"], row.get("trigger")
        whole = isinstance(span, list) and len(span) == 2 and all(type(x) is int for x in span)
        if not whole or not 0 <= span[0] < span[1] or (isinstance(trigger, str) and span[1] - span[0] != len(trigger)):
            yield Fault(line, "span", "span", "error", f"{span!r} is not the span of the trigger {trigger!r}")
    confidence = row.get("confidence")
    if confidence is not None and (not _is_number(confidence) or not 0 <= confidence <= 1):
        yield Fault(line, "confidence", "confidence", "error", f"{confidence!r} lies outside 0 to 1")


def spell_faults(line: int, row: Mapping[str, Any], required: tuple[str, ...] = ()) -> Iterator[Fault]:
    """The same of a spell's fields."""
    yield from _missing(line, row, required)
    for name, allowed in (("layer", LAYERS), ("grade", v.GRADES)):
        if name in row and row[name] not in allowed:
            yield Fault(line, name, name, "error", f"{name} {row[name]!r} is not one of: {', '.join(allowed)}")
    for name in ("since", "until", "last_known"):
        yield from _time(line, row, name)
    if ends_before(row.get("since"), row.get("until")):
        yield Fault(line, "until", "dates-in-order", "error", f"it ends {row['until']}, before it begins {row['since']}")


FAULTS_OF: Final = {"events": event_faults, "claims": claim_faults, "spells": spell_faults}
"""Kind of entry → what is wrong with the fields of one."""


def ends_before(since: object, until: object) -> bool:
    """Whether a stretch, both ends of it in EDTF, ends before it begins; not where one of them is no time."""
    if not isinstance(since, str) or not isinstance(until, str):
        return False
    try:
        first, last = When.parse(since).first, When.parse(until).last
    except WhenError:
        return False
    return first is not None and last is not None and last < first


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _missing(line: int, row: Mapping[str, Any], required: tuple[str, ...]) -> Iterator[Fault]:
    for name in required:
        if name not in row:
            yield Fault(line, name, "required", "error", f"{name} is required")


def _time(line: int, row: Mapping[str, Any], name: str) -> Iterator[Fault]:
    if isinstance(when := row.get(name), str):
        try:
            When.parse(when)
        except WhenError as error:
            yield Fault(line, name, "when", "error", str(error))


def _told(line: int, row: Mapping[str, Any]) -> Iterator[Fault]:
    """Words of the guide, the time and the figures, which events and claims share."""
    for name, allowed in (("type", v.CLAIM_TYPES), ("status", v.STATUSES), ("frame", v.FRAMES)):
        if name in row and row[name] not in allowed:
            yield Fault(line, name, name, "error", f"{name} {row[name]!r} is not one of: {', '.join(allowed)}")
    yield from _time(line, row, "when")
    for figure in row.get("figures") or []:
        low, high = (figure.get("low"), figure.get("high")) if isinstance(figure, Mapping) else (None, None)
        if low is None and high is None:
            yield Fault(line, "figures", "figure", "error", "a figure has neither low nor high")
        elif isinstance(low, int) and isinstance(high, int) and low > high:
            yield Fault(line, "figures", "figure", "error", f"a figure has low {low} over high {high}")
