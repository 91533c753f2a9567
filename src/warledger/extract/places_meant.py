"""Which place is meant where only its kind is named: "the city", "the Syrian capital", "a rebel-held town"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from warledger.core import Place
from warledger.extract.place_words import is_people
from warledger.lexicon import nations

_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "city": ("city", "town"),
    "town": ("town", "city", "village"),
    "village": ("village", "town"),
    "province": ("province",),
    "governorate": ("province",),
    "country": ("country",),
    "region": ("region", "province"),
    "district": ("district", "neighbourhood"),
    "area": ("district", "region", "neighbourhood"),
    "enclave": ("region", "district", "town", "city", "village"),
    "capital": ("city",),
    "suburb": ("neighbourhood", "district", "town"),
    "neighbourhood": ("neighbourhood", "district"),
    "neighborhood": ("neighbourhood", "district"),
    "territory": ("country", "region"),
}
"""The kinds of place that a noun can mean."""
_FACILITY: Final = (
    "hospital|school|mosque|airport|airbase|base|camp|prison|jail|bridge|shrine|police station|station|square|"
    "border crossing|crossing|dam|factory|university|church"
)
_WORDS: Final = re.compile(
    r"(?:(?P<article>the|this|that|its|their|his|her|our|my|an?)\s+)?(?P<before>(?:[\w’'-]+\s+){0,4}?)"
    rf"(?P<noun>{'|'.join(_KINDS)}|{_FACILITY})(?:['’]s?)?",
    re.IGNORECASE,
)
_SIDE = r"(?:north|south)[ -]?(?:east|west)?|east|west"
_PART: Final = re.compile(
    rf"(?:(?:in|of) )?the (?:far )?(?P<side>{_SIDE})(?:ern)?(?: parts?| half)?(?: of the (?:country|nation))?|"
    rf"(?:the|its|their) (?:country|nation)['’]?s (?:far )?(?P<own>{_SIDE})(?:ern)?(?: parts?| half)?",
    re.IGNORECASE,
)
_OWN_NAME: Final = re.compile(r"[a-z]{1,4}-[A-Z]|.*\d")
"""A word that belongs to a name: "al-Fua"."""
_POSSESSIVE: Final = re.compile(r"['’]s$|['’]$")
REACH: Final = 40
"""Names that are weighed before the words that name none, and after them."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Words that name a place by its kind: the `noun`, the `country` (ISO 3166 two letters) that they put it in or "", and
    whether a place is introduced by them ("a rebel-held town") that is named afterwards.
    """

    noun: str
    country: str = ""
    introduces: bool = False
    is_of_province: bool = False


@lru_cache(maxsize=8192)
def anaphor(words: str) -> Anaphor | None:
    """What words that name no place say of the place that they mean; None where they have a name."""
    found = _WORDS.fullmatch(words)
    if found is None:
        return None
    country = ""
    before = found["before"].split()
    for word in before:
        plain = _POSSESSIVE.sub("", word)
        if _OWN_NAME.match(word) or word in ("of", "in", "and", "or", "near"):
            return None
        if word[0].islower() or word.rpartition("-")[2][:1].islower() or is_people(plain):
            continue
        known = nations.country_of_adjective(plain) or nations.country_of_name(plain) or nations.country_of_name(plain[:-1])
        if not known:
            return None
        country = known
    return Anaphor(found["noun"].casefold(), country, found["article"] in ("a", "an"), "provincial" in before)


def name_of(meant: Anaphor, countries: Sequence[str]) -> str:
    """The name of the capital or country that is meant in a document about `countries`, likeliest first; "" for others."""
    nation = nations.nations().get(meant.country or next(iter(countries), ""))
    if nation is None or meant.is_of_province:
        return ""
    return {"capital": nation.capital, "country": nation.name, "territory": nation.name if meant.country else ""}.get(
        meant.noun, ""
    )


def part_of(words: str, countries: Sequence[str]) -> str:
    """The name of a part of the country that a document is about, where words say it without its name: "eastern Libya" for "the
    east of the country"; "" for others.
    """
    found = _PART.fullmatch(words)
    nation = nations.nations().get(next(iter(countries), ""))
    if found is None or nation is None:
        return ""
    side = (found["side"] or found["own"]).casefold().removesuffix("ern")
    return f"{side}ern {nation.name}"


def place_meant(meant: Anaphor, before: Sequence[int], after: Sequence[int], places: Sequence[Place]) -> int:
    """The index of the place that is meant, or -1. `before` and `after` are the places (indices) named before, the nearest
    first, and after. Every place counts by how often and how lately it was named; one named afterwards, where none was before.
    """
    weights: dict[int, float] = {}
    for rank, index in enumerate(before):
        if _fits(meant, places[index]):
            weights[index] = weights.get(index, 0.0) + 1 / (1 + rank)
    later = next((index for index in after if _fits(meant, places[index])), -1)
    if not weights or (meant.introduces and later >= 0):
        return later
    return max(weights, key=lambda index: (weights[index], -before.index(index)))


def _fits(meant: Anaphor, place: Place) -> bool:
    if meant.country and place.country and place.country != meant.country:
        return False
    kinds = _KINDS.get(meant.noun)
    return place.kind in kinds if kinds else meant.noun in place.name.casefold()
