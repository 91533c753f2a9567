"""Points on a map: who has one, and how well-known binary writes it."""

from __future__ import annotations

import struct

from warledger.core import EventPlace, Place
from warledger.export.leftout import LeftOut, Skipped


def point(lon: float, lat: float) -> bytes:
    """A point as well-known binary (OGC 06-103r4, 8.2), little-endian."""
    return struct.pack("<BIdd", 1, 1, lon, lat)


def located(ident: str, what: str, place: EventPlace | Place | None, skipped: LeftOut) -> tuple[float, float] | None:
    """Longitude and latitude in degrees, to a centimetre; None, and the reason in `skipped`, where there are none."""
    if place is None:
        skipped.append(Skipped(ident, "no-place", f"{what} has no place"))
        return None
    if place.lat is None or place.lon is None:
        skipped.append(Skipped(ident, "no-coordinates", f"{place.name} has no coordinates"))
        return None
    return round(place.lon, 7), round(place.lat, 7)
