"""Checks PLOVER records in JSON Lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from warledger.export.checking import Fault, day
from warledger.export.jsonchecking import json_lines
from warledger.export.plover.coding import PSEUDO_COUNTRIES, SECTORS
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import plover_contexts, plover_events

REQUIRED: Final = ("id", "date", "actor", "event")
OPTIONAL: Final = frozenset(
    (
        "has_event time enddate endtime recipient event_loc event_text quad_code event_scale mode context link text text_info "
        "cite_info coder coded_date coded_time comment size"
    ).split()
)
_ENTITY: Final = frozenset("code sector entity_text identifier_id identifier_text religion ethnicity office gender age".split())
_LOCATION: Final = frozenset(
    (
        "extracted_place resolved_place geonameid lat lon city district province country country_code feature_class "
        "feature_code resolution"
    ).split()
)
_SIZE: Final = frozenset({"dead", "injured", "arrested"})
_CODES: Final = frozenset({c.iso3 for c in country_codes().values()} | set(PSEUDO_COUNTRIES))
Said = tuple[str, str, str, str]


def check_plover(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a file of PLOVER records, line by line."""
    ids: set[str] = set()
    for line, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
            continue
        for column, rule, severity, message in _faults(row):
            yield Fault(line, column, rule, "warning" if severity == "warning" else "error", message)
        ident = str(row.get("id"))
        if ident in ids:
            yield Fault(line, "id", "id-twice", "error", f"{ident} stands in an earlier record")
        ids.add(ident)


def _faults(row: Mapping[str, Any]) -> Iterator[Said]:
    for name in REQUIRED:
        if row.get(name) in (None, "", {}, []):
            yield name, "required", "error", f"{name} is required"
    for name in row:
        if name not in REQUIRED and name not in OPTIONAL:
            yield name, "field-unknown", "warning", f"{name!r} is no field of PLOVER"
    for name in ("date", "enddate"):
        if row.get(name) is not None and (said := day(str(row[name]))):
            yield name, name, "error", said
    first, last = str(row.get("date", "")), str(row.get("enddate", ""))
    if last and not day(first) and not day(last) and last < first:
        yield "enddate", "dates-in-order", "error", f"the event ends on {last}, before it begins on {first}"
    yield from _event(row)
    for role in ("actor", "recipient"):
        for entity in _list(row.get(role)):
            yield from _entity(role, entity)
    yield from _location(row.get("event_loc"))
    size = row.get("size")
    for name, count in size.items() if isinstance(size, Mapping) else ():
        if name not in _SIZE or not isinstance(count, int) or isinstance(count, bool) or count < 0:
            yield "size", "size", "error", f"{name}: {count!r} must be dead, injured or arrested with a count"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _event(row: Mapping[str, Any]) -> Iterator[Said]:
    kind = plover_events().get(str(row.get("event")))
    if kind is None:
        if row.get("event"):
            yield "event", "event", "error", f"{row['event']!r} is no event of PLOVER"
        return
    for mode in _list(row.get("mode")):
        if mode not in kind.modes:
            yield "mode", "mode-of-event", "error", f"{mode!r} is no mode of {kind.event}"
    for context in _list(row.get("context")):
        if str(context) not in plover_contexts():
            yield "context", "context", "error", f"{context!r} is no context of PLOVER"
    quad = row.get("quad_code")
    if quad is not None and str(quad) != str(kind.quad):
        sanction = kind.event == "SANCTION" and str(quad) == "3"
        message = f"{kind.event} is of quad {kind.quad}, not {quad}"
        yield "quad_code", "quad-of-event", "warning" if sanction else "error", message
    scale = row.get("event_scale")
    if scale is not None and (isinstance(scale, bool) or not isinstance(scale, int | float) or not -10 <= scale <= 10):
        yield "event_scale", "event-scale", "error", f"{scale!r} lies outside -10 to 10"
    if kind.needs_recipient and not row.get("recipient"):
        yield "recipient", "recipient-of-event", "error", f"{kind.event} needs a recipient"


def _entity(role: str, entity: object) -> Iterator[Said]:
    if not isinstance(entity, Mapping):
        yield role, "entity", "error", f"{role} must be an object"
        return
    for name in entity:
        if name not in _ENTITY:
            yield role, "entity-field", "warning", f"{name!r} is no field of an entity"
    if (code := entity.get("code")) not in (None, "") and str(code) not in _CODES:
        yield role, "entity-code", "error", f"{code!r} is neither a country's three letters nor a pseudo-country"
    if (sector := entity.get("sector")) not in (None, "") and sector not in SECTORS:
        yield role, "entity-sector", "error", f"{sector!r} is no sector"
    wikidata = entity.get("identifier_id")
    if wikidata not in (None, "") and re.fullmatch(r"Q\d+", str(wikidata)) is None:
        yield role, "entity-identifier", "warning", f"{wikidata!r} is no Wikidata id"


def _location(place: object) -> Iterator[Said]:
    if place is None:
        return
    if not isinstance(place, Mapping):
        yield "event_loc", "location", "error", "event_loc must be an object"
        return
    for name in place:
        if name not in _LOCATION:
            yield "event_loc", "location-field", "warning", f"{name!r} is no field of a location"
    for name, most in (("lat", 90), ("lon", 180)):
        value = place.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > most):
            yield "event_loc", name, "error", f"{name} {value!r} lies outside -{most} to {most}"
    if place.get("country_code") not in (None, "", *_CODES):
        yield "event_loc", "country-code", "error", f"{place['country_code']!r} is no country's three letters"
    if place.get("resolution") not in (None, 1, 2, 3, 4, 5):
        yield "event_loc", "resolution", "error", f"resolution {place['resolution']!r} must be 1 to 5"
