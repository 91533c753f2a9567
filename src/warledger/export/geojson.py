"""Events as GeoJSON (RFC 7946): a FeatureCollection of points in WGS 84, longitude first."""

from __future__ import annotations

import json
from typing import TextIO

from warledger.core import EventFilter, View
from warledger.export.form import Skipped, chosen
from warledger.export.rows import event_row


def write_geojson(view: View, out: TextIO, filters: EventFilter) -> list[Skipped]:
    """Write the events that have coordinates, feature by feature; the others are returned.

    The precision of a point is in its properties: a country's is its middle, not where the event was.
    """
    skipped = []
    out.write('{"type": "FeatureCollection", "features": [')
    between = "\n"
    for event in chosen(view, filters):
        place = event.place
        if place is None:
            skipped.append(Skipped(event.id, "no-place", f"the event ({event.type}) has no place"))
            continue
        if place.lat is None or place.lon is None:
            skipped.append(Skipped(event.id, "no-coordinates", f"{place.name} has no coordinates"))
            continue
        properties = {key: value for key, value in event_row(event, view).items() if key != "id"}
        feature = {
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": [round(place.lon, 7), round(place.lat, 7)]},
            "properties": properties,
        }
        out.write(between + json.dumps(feature, ensure_ascii=False))
        between = ",\n"
    out.write("\n]}\n")
    return skipped
