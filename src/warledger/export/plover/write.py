"""Writes PLOVER records as JSON Lines."""

from __future__ import annotations

from typing import Any, TextIO

from warledger.core import EventFilter, View
from warledger.core.filter import sentence_of
from warledger.export.deaths import lowest, tolls
from warledger.export.form import line, telling_claim
from warledger.export.leftout import LeftOut
from warledger.export.plover.coding import Coded, Entity, coded_pairs, resolution_of
from warledger.export.whereabouts import division
from warledger.ontology.countries import country_codes


def write_plover(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write one record a pair of actor and recipient; what cannot be coded is returned."""
    skipped = LeftOut()
    out.writelines(line(_record(pair, view)) for pair in coded_pairs(view, filters, skipped))
    return skipped


def _record(pair: Coded, view: View) -> dict[str, Any]:
    when = pair.event.when
    first = (when.first or when.last) if when is not None else None
    last = (when.last or when.first) if when is not None else None
    row: dict[str, Any] = {
        "id": pair.id,
        "date": str(first),
        "enddate": str(last) if last != first else "",
        "actor": _entity(pair.actor),
        "recipient": _entity(pair.recipient) if pair.recipient is not None else None,
        "event": pair.plover,
        "mode": [pair.mode] if pair.mode else [],
        "context": list(pair.contexts),
        "quad_code": pair.quad,
        "event_scale": pair.scale,
        "event_loc": _location(pair, view),
        "size": _size(pair, view),
        **_told(pair, view),
        "coder": "warledger",
    }
    return {key: value for key, value in row.items() if value not in (None, "", [], {})}


def _entity(entity: Entity) -> dict[str, str]:
    row = {"code": entity.code, "sector": entity.sector, "entity_text": entity.name}
    return {key: value for key, value in row.items() if value}


def _size(pair: Coded, view: View) -> dict[str, int]:
    """The lowest counts of dead, injured and arrested."""
    counts = {"dead": lowest(tolls(pair.event, view))}
    for name, measure in (("injured", "injured"), ("arrested", "detained")):
        told = [f.low for f in pair.event.figures if f.measure == measure and f.basis == "incident" and f.low]
        counts[name] = min(told, default=0)
    return {name: count for name, count in counts.items() if count}


def _location(pair: Coded, view: View) -> dict[str, Any]:
    place = pair.event.place
    if place is None:
        return {}
    codes = country_codes().get(place.country)
    geoname = place.key.removeprefix("gn") if place.key.startswith("gn") and place.key[2:].isdigit() else ""
    row = {
        "extracted_place": place.name,
        "resolved_place": place.name if place.lat is not None else "",
        "geonameid": geoname,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.kind in ("city", "town", "village") else "",
        "province": division(pair.event, view),
        "country": codes.acled_name if codes is not None else "",
        "country_code": codes.iso3 if codes is not None else "",
        "resolution": resolution_of(place.kind, place.precision) if place.lat is not None else None,
    }
    return {key: value for key, value in row.items() if value not in (None, "")}


def _told(pair: Coded, view: View) -> dict[str, Any]:
    """The words that a claim of the event was read in, and the document that they stand in."""
    claim = telling_claim(pair.event, view)
    document = view.documents.get(claim.document) if claim is not None else None
    if claim is None or document is None:
        return {}
    cite = {
        "citation": f"{document.source} {document.published or ''}".strip(),
        "url": document.url,
        "title": document.title,
        "language": document.language,
    }
    return {
        "event_text": claim.trigger.quote,
        "text": sentence_of(claim, view),
        "text_info": {"start": claim.span.start, "end": claim.span.end},
        "cite_info": {key: value for key, value in cite.items() if value},
    }
