"""Reads the words around a name: "the city of Hama", "north-west Syria", "near Sarmin", "Idlib countryside", "Kweires air base"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from warledger.geo.names import key

_SIDES: Final = {
    "north": "north", "northern": "north", "south": "south", "southern": "south", "east": "east", "eastern": "east",
    "west": "west", "western": "west", "central": "central", "northeast": "north-east", "northeastern": "north-east",
    "northwest": "north-west", "northwestern": "north-west", "southeast": "south-east", "southeastern": "south-east",
    "southwest": "south-west", "southwestern": "south-west",
}  # fmt: skip
SIDES: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west", "central")
"""The parts of a country or division that have a centre of their own in the index."""

KIND_WORDS: Final = {
    "city": "city", "town": "town", "township": "town", "village": "village", "hamlet": "village", "settlement": "village",
    "province": "province", "governorate": "province", "oblast": "province", "muhafazah": "province", "wilayat": "province",
    "state": "province", "county": "province", "district": "district", "subdistrict": "district", "raion": "district",
    "rayon": "district", "municipality": "district", "canton": "region", "neighbourhood": "neighbourhood",
    "neighborhood": "neighbourhood", "quarter": "neighbourhood", "suburb": "neighbourhood", "region": "region",
}  # fmt: skip
"""Nouns that say the kind of the place that they stand with."""

SURROUNDINGS: Final = frozenset(
    "countryside suburbs outskirts hinterland rif area areas pocket enclave axis front frontline frontlines environs vicinity "
    "surroundings".split()
)
_NEAR: Final = frozenset("near outside around outskirts beside".split())
_WIDER: Final = frozenset("rural greater downtown old rif".split())

FACILITY_WORDS: Final = {
    "airport": "facility", "airfield": "base", "airbase": "base", "base": "base", "camp": "facility", "dam": "facility",
    "port": "facility", "seaport": "facility", "prison": "facility", "crossing": "border_crossing", "bridge": "facility",
    "oilfield": "facility", "gasfield": "facility", "field": "facility", "fields": "facility", "refinery": "facility",
    "barracks": "base", "university": "facility", "garrison": "base", "checkpoint": "facility", "station": "facility",
}  # fmt: skip
"""Facilities that usually bear the name of the place beside them: where they are not known, that place is near."""
_FACILITY_MODIFIERS: Final = frozenset(
    "air military naval international civilian border refugee displacement army central gas oil power train railway idp training "
    "agricultural helicopter".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name and what its words add. `core` is the name's key; `kind` the kind its nouns say; `side` a part of it ("north");
    `near` that it is only the surroundings; `facility` that the words mean something called after the core, not the core
    itself; `within` the key of the place that brackets or a comma put it in.
    """

    core: str
    kind: str = ""
    side: str = ""
    near: bool = False
    facility: bool = False
    within: str = ""


_BRACKETS: Final = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<within>[^()]+)\)\s*$")
_COMMA: Final = re.compile(r"^(?P<name>[^,]+),\s*(?P<within>[^,]+)$")
_POSSESSIVE: Final = re.compile(r"['’]s\b")


def _take_side(words: list[str]) -> str:
    """Takes a leading direction off `words`; empty where there is none or nothing would be left."""
    if len(words) >= 3 and words[0] in ("north", "south", "northern", "southern") and words[1] in ("east", "west", "eastern", "western"):
        side = f"{_SIDES[words[0]]}-{_SIDES[words[1]]}"
        del words[:2]
        return side
    if len(words) >= 2 and words[0] in _SIDES:
        return _SIDES[words.pop(0)]
    return ""


@lru_cache(maxsize=8192)
def parse(name: str) -> Phrase:
    """Take the words off `name` that are no part of it. Where none are, `core` is the whole key."""
    found = _BRACKETS.match(name) or _COMMA.match(name)
    within = key(found["within"]) if found else ""
    words = key(_POSSESSIVE.sub("", found["name"] if found else name)).split()
    kind = side = ""
    near = facility = False
    changed = True
    while changed and len(words) > 1:
        changed = False
        first, last, second = words[0], words[-1], words[1]
        if first == "the" or (first == "of" and len(words) > 1):
            words.pop(0)
            changed = True
        elif first in _NEAR or first in _WIDER or (first in SURROUNDINGS and second == "of"):
            words.pop(0)
            near = changed = True
        elif first in ("part", "parts", "side", "half") and second == "of":
            del words[:2]
            changed = True
        elif first in KIND_WORDS and second == "of" and len(words) > 2:
            kind = kind or KIND_WORDS[first]
            del words[:2]
            changed = True
        elif first in FACILITY_WORDS and second == "of" and len(words) > 2:
            kind, facility, changed = kind or FACILITY_WORDS[first], True, True
            del words[:2]
        elif not side and (taken := _take_side(words)):
            side, changed = taken, True
        elif last in KIND_WORDS:
            kind = kind or KIND_WORDS[words.pop()]
            changed = True
        elif last in SURROUNDINGS:
            words.pop()
            near = changed = True
        elif last in FACILITY_WORDS or (facility and last in _FACILITY_MODIFIERS):
            kind, facility, changed = kind or FACILITY_WORDS.get(last, "facility"), True, True
            words.pop()
        elif len(words) >= 2 and last in _SIDES and not side:
            side, changed = _SIDES[words.pop()], True
    return Phrase(" ".join(words), kind, side, near, facility, within)
