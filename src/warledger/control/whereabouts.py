"""Whether a claim's place is the very place whose control is told."""

from __future__ import annotations

import math
from typing import Final

from warledger.core import EventPlace, Place, fold

SAME_TOWN_KM: Final = 3.0
"""Gazetteers put one town's centre up to this far apart."""
KM_PER_DEGREE: Final = 111.2
_AREAS: Final = frozenset({"province", "country", "region"})
_PARTS: Final = frozenset({"facility", "base", "neighbourhood", "district", "road", "border_crossing"})
"""Places within or beside a town: who takes one of them does not take the town."""
_WORDS: Final = frozenset("city town village of the".split())


def is_about(own: Place, place: EventPlace) -> bool:
    """Whether `own`, the place of a claim, is `place`: by key or name, or by lying where it lies. Near it is not."""
    if own.precision in {"near", "country"} or own.kind == "country" or (own.kind in _AREAS) != (place.kind in _AREAS):
        return False
    if own.gazetteer_id and own.gazetteer_id == place.key:
        return True
    if _bare(own.name) == _bare(place.name):
        return True
    if own.kind in _AREAS or (own.kind in _PARTS) != (place.kind in _PARTS):
        return False
    if own.lat is None or own.lon is None or place.lat is None or place.lon is None:
        return False
    east = (own.lon - place.lon) * math.cos(math.radians(place.lat))
    return math.hypot(own.lat - place.lat, east) * KM_PER_DEGREE <= SAME_TOWN_KM


def _bare(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _WORDS)
