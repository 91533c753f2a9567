"""Whether a claim's place is the very place whose control is told."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from warledger.core import EventPlace, Place, fold
from warledger.geo.names import consonants, key, spelling

SAME_TOWN_KM: Final = 3.0
"""Gazetteers put one town's centre up to this far apart."""
KM_PER_DEGREE: Final = 111.2
_AREAS: Final = frozenset({"province", "country", "region"})
_PARTS: Final = frozenset({"facility", "base", "neighbourhood", "district", "road", "border_crossing"})
"""Places within or beside a town: who takes one of them does not take the town."""
_WORDS: Final = frozenset("city town village of the".split())


def is_about(own: Place, place: EventPlace) -> bool:
    """Whether `own`, the place of a claim, is `place`: by key or name, or by lying where it lies. Near it is not."""
    if not _comparable(own, place):
        return False
    if has_name_of(own, place):
        return True
    if own.kind in _AREAS or (own.kind in _PARTS) != (place.kind in _PARTS):
        return False
    if own.lat is None or own.lon is None or place.lat is None or place.lon is None:
        return False
    east = (own.lon - place.lon) * math.cos(math.radians(place.lat))
    return math.hypot(own.lat - place.lat, east) * KM_PER_DEGREE <= SAME_TOWN_KM


def has_name_of(own: Place, place: EventPlace) -> bool:
    """Whether a place of a document has the key or the name of `place`, and is no area where that is a town."""
    same = bool(own.gazetteer_id) and own.gazetteer_id == place.key
    return _comparable(own, place) and (same or _bare(own.name) == _bare(place.name))


def sounds_like(own: Place, place: EventPlace) -> bool:
    """Whether a place has the key of `place`, or a name that may be another spelling of its name."""
    if own.gazetteer_id and own.gazetteer_id == place.key:
        return True
    one, two = (spelling(key(_bare(name))) for name in (own.name, place.name))
    return one == two or consonants(one) == consonants(two) != ""


def _comparable(own: Place, place: EventPlace) -> bool:
    return own.precision not in {"near", "country"} and own.kind != "country" and (own.kind in _AREAS) == (place.kind in _AREAS)


@cache
def _bare(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _WORDS)
