"""Reads the words around a name: "the city of Hama", "north-west Syria", "near Sarmin", "Kweires air base"."""

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
    "mountain": "natural", "mountains": "natural", "hill": "natural", "hills": "natural", "plain": "natural",
    "valley": "natural",
    "river": "natural", "lake": "natural", "island": "natural",
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
    "complex": "facility", "compound": "facility", "farms": "facility", "depot": "base", "silos": "facility",
}  # fmt: skip
"""Facilities that usually bear the name of the place beside them: where they are not known, that place is near."""
_FACILITY_MODIFIERS: Final = frozenset(
    "air military naval international civilian border refugee displacement army central gas oil power train railway idp "
    "training agricultural helicopter".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name and what its words add. `core` is the name's key; `kind` the kind its nouns say; `side` a part of it ("north");
    `near` that it is only the surroundings; `facility` that the words mean something called after the core, not the core
    itself; `within` the key of the place that brackets or a comma put it in; `others` further names after a slash.
    """

    core: str
    kind: str = ""
    side: str = ""
    near: bool = False
    facility: bool = False
    within: str = ""
    others: tuple[str, ...] = ()


_BRACKETS: Final = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<within>[^()]+)\)\s*$")
_COMMA: Final = re.compile(r"^(?P<name>[^,]+),\s*(?P<within>[^,]+)$")
_POSSESSIVE: Final = re.compile(r"['’]s\b")


def _take_side(words: list[str]) -> str:
    """Takes a leading direction off `words`; empty where there is none or nothing would be left."""
    if (
        len(words) >= 3
        and words[0] in ("north", "south", "northern", "southern")
        and words[1] in ("east", "west", "eastern", "western")
    ):
        side = f"{_SIDES[words[0]]}-{_SIDES[words[1]]}"
        del words[:2]
        return side
    if len(words) >= 2 and words[0] in _SIDES:
        return _SIDES[words.pop(0)]
    return ""


def _head(words: list[str]) -> dict[str, str | bool] | None:
    """Takes one thing off the front of `words` (at least two) and says what it meant; None where there is nothing to take."""
    head, second = words[0], words[1]
    meant: dict[str, str | bool] = {}
    if head in ("the", "of"):
        pass
    elif head in _NEAR or head in _WIDER or (head in SURROUNDINGS and second == "of"):
        meant = {"near": True}
    elif head in ("part", "parts", "side", "half") and second == "of":
        pass
    elif head in KIND_WORDS and second == "of":
        meant = {"kind": KIND_WORDS[head]}
    elif head in FACILITY_WORDS and second == "of":
        meant = {"kind": FACILITY_WORDS[head], "facility": True}
    elif side := _take_side(words):
        return {"side": side}
    else:
        return None
    del words[0]
    return meant


def _tail(words: list[str], *, facility: bool) -> dict[str, str | bool] | None:
    """The same for the end of `words`."""
    last = words[-1]
    if last in KIND_WORDS:
        meant: dict[str, str | bool] = {"kind": KIND_WORDS[last]}
    elif last in SURROUNDINGS:
        meant = {"near": True}
    elif last in FACILITY_WORDS or (facility and last in _FACILITY_MODIFIERS):
        meant = {"kind": FACILITY_WORDS.get(last, "facility"), "facility": True}
    elif last in _SIDES:
        meant = {"side": _SIDES[last]}
    else:
        return None
    words.pop()
    return meant


@lru_cache(maxsize=8192)
def parse(name: str) -> Phrase:
    """Take the words off `name` that are no part of it. Where none are, `core` is the whole key."""
    found = _BRACKETS.match(name) or _COMMA.match(name)
    within = key(found["within"]) if found else ""
    first, *rest = [part for part in (found["name"] if found else name).split("/") if key(part)] or [name]
    words = key(_POSSESSIVE.sub("", first)).split()
    known: dict[str, str | bool] = {}
    while len(words) > 1:
        meant = _head(words)
        if meant is None:
            meant = _tail(words, facility="facility" in known)
        if meant is None:
            break
        for what, value in meant.items():
            known.setdefault(what, value)
    return Phrase(
        " ".join(words),
        kind=str(known.get("kind", "")),
        side=str(known.get("side", "")),
        near="near" in known,
        facility="facility" in known,
        within=within,
        others=tuple(parse(other.strip()).core for other in rest),
    )
