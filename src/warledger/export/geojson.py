"""Events, claims and spells as GeoJSON (RFC 7946): a FeatureCollection of points in WGS 84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TextIO

from warledger.core import EventFilter, EventPlace, Place, View
from warledger.export.leftout import LeftOut
from warledger.export.points import located

if TYPE_CHECKING:
    from warledger.export.entries import Kind

Spot = tuple[str, str, EventPlace | Place | None, Callable[[], dict[str, Any]]]
"""An id, what it is in words, where it lies, and what gives its fields."""


def write_geojson(view: View, out: TextIO, filters: EventFilter, kind: Kind) -> LeftOut:
    """Write the entries that have coordinates, feature by feature; the others are returned.

    The precision of a point is in its properties: a country's is its middle, not where something happened.
    """
    skipped = LeftOut()
    entries = kind.chosen(view, filters, skipped)
    write_features(((entry.id, entry.what, entry.place, entry.row) for entry in entries), out, skipped)
    return skipped


def write_features(spots: Iterable[Spot], out: TextIO, skipped: LeftOut) -> None:
    """Write a FeatureCollection; what has no point is added to `skipped`."""
    out.write('{"type": "FeatureCollection", "features": [')
    between = "\n"
    for ident, what, place, row in spots:
        point = located(ident, what, place, skipped)
        if point is None:
            continue
        feature = {
            "type": "Feature",
            "id": ident,
            "geometry": {"type": "Point", "coordinates": list(point)},
            "properties": {key: value for key, value in row().items() if key != "id"},
        }
        out.write(between + json.dumps(feature, ensure_ascii=False))
        between = ",\n"
    out.write("\n]}\n")
