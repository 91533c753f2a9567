"""What the layer speaks in: places of the gazetteer, what is asked of it, what it answers; and distances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from warledger.core.vocabulary import PLACE_KINDS
from warledger.errors import InputError

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth in km (IUGG)."""
PRECISIONS: Final = ("exact", "near", "district", "province", "country")
"""What coordinates stand for, from the sharpest to the widest."""
MATCHES: Final = ("name", "alias", "spelling", "similar", "part", "within")
"""How a candidate's name fitted the words: its main name, another of its names, the same name in other letters, a name that
only looks alike, a part of it ("northern Syria"), or only the place that the words say it lies in ("Midan (Aleppo)")."""


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place of the gazetteer. `kind` is a place kind of the annotation guide, `country` ISO 3166 two letters (empty where
    it lies in several), `admin1` the first-level division's GeoNames code, `lat` and `lon` degrees of its centre,
    `population` 0 where unknown, `names` its other names, `admin2` and `admin3` the names of the divisions of the second and
    third level that it lies in or is, empty where no table says it. Raises InputError for a kind or coordinates that cannot be.
    """

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int = 0
    names: tuple[str, ...] = ()
    admin2: str = ""
    admin3: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.name:
            raise InputError("a place of the gazetteer needs an id and a name")
        if self.kind not in PLACE_KINDS:
            raise InputError(f"place kind {self.kind!r} is not one of: {', '.join(PLACE_KINDS)}")
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # also false for NaN
            raise InputError(f"place {self.name!r} lies off the globe: {self.lat}, {self.lon}")


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A place's name as a document has it. `kind_hint` is the kind that its words suggest, empty where they say nothing;
    `near` is set where the document only says "near" or "outside" it.
    """

    name: str
    kind_hint: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place that a name means, or None where nothing was sure enough. `score` and those of `candidates` (best first)
    run from 0 to 1; `match` is one of MATCHES, and empty for None.
    """

    place: GazetteerPlace | None
    precision: str = ""
    score: float = 0.0
    candidates: tuple[tuple[GazetteerPlace, float], ...] = ()
    match: str = ""


UNRESOLVED: Final = Resolution(None)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees (haversine on the mean sphere, within 0.5 %)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
