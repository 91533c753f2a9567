"""What other people's formats ask of a place beyond its coordinates: divisions, precision codes, cells of the PRIO grid."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Final

from warledger.core import Event, EventPlace, Place, View, fold

GRID_CELLS: Final = 259_200
"""Cells of half a degree: 720 in a row, 360 rows."""

ACLED_PRECISION: Final = {"exact": 1, "near": 2, "district": 2, "province": 3}
UCDP_PRECISION: Final = {"exact": 1, "near": 2, "district": 3, "province": 4, "country": 6}
"""Our precision to theirs; a natural feature, region or road is 5 in UCDP whatever our precision, and 3 in ACLED."""
_FUZZY_KINDS: Final = frozenset({"natural", "region", "road"})


def grid_cell(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point in degrees: 1 in the south-west, row by row to 259,200 in the north-east."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def acled_precision(place: EventPlace) -> int:
    """ACLED's geo_precision, 1 to 3; 0 for a whole country."""
    if place.kind == "country" or place.precision == "country":
        return 0
    return 3 if place.kind in _FUZZY_KINDS else ACLED_PRECISION.get(place.precision, 2)


def ucdp_precision(place: EventPlace) -> int:
    """UCDP's where_prec, 1 to 6."""
    if place.kind == "country":
        return 6
    return 5 if place.kind in _FUZZY_KINDS else UCDP_PRECISION.get(place.precision, 2)


@cache
def _divisions() -> dict[tuple[str, str], str]:
    text = (files("warledger.geo") / "data" / "divisions.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {(cells[0], cells[1]): cells[2] for cells in lines[1:] if len(cells) > 2}


def division(event: Event, view: View) -> str:
    """The first-level division that an event lies in, by the claims' places; empty where none of them says it.

    A province that no gazetteer has the code of is its own division.
    """
    place = event.place
    if place is None:
        return ""
    for claim_id in event.claims:
        claim = view.claims.get(claim_id)
        found = view.record_of(claim).place(claim.place) if claim is not None else None
        if found is not None and found.admin1 and found.country == place.country:
            return _divisions().get((found.country, found.admin1), "")
    return place.name if place.kind == "province" else ""


def lower_divisions(event: Event, view: View) -> tuple[str, str]:
    """The names of the second- and third-level divisions of an event's own place, as the claims' gazetteer has them.

    Empty where it has none, where the place is wider than they are, and where claims do not agree.
    """
    place = event.place
    if place is None or place.precision not in ("exact", "near", "district"):
        return "", ""
    told = set()
    for claim_id in event.claims:
        claim = view.claims.get(claim_id)
        found = view.record_of(claim).place(claim.place) if claim is not None else None
        if found is not None and found.admin2 and _is_it(found, place):
            told.add((found.admin2, found.admin3))
    return told.pop() if len(told) == 1 else ("", "")


def _is_it(found: Place, place: EventPlace) -> bool:
    return fold(found.name) == fold(place.name) or (found.lat, found.lon) == (place.lat, place.lon)
