"""Which mentions of a document mean the same place, and where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warledger.core import Mention, Place, fold
from warledger.extract.place_words import kind_said, name_in, names_a_place
from warledger.extract.tagged import ANAPHOR, Tagged
from warledger.geo.names import key
from warledger.geo.phrases import parse

if TYPE_CHECKING:
    from warledger.geo import Gazetteer

SHORT_NAME = 4
"""Names of up to so many capitals may be abbreviations ("UAE"); longer ones are a dateline's or headline's."""
_ARTICLE = re.compile(r"^(?:the|a|an|its|their)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_NEAR = re.compile(
    r"\b(?:near|outside|around|close to|outskirts of|not far from|towards?)\s+(?:the\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE
)
_APPOSITION = re.compile(
    r"^(?:the\s+)?(?:[a-z-]+\s+)*(?:city|town|village|district|province|governorate|region|neighbou?rhood|suburb|area)"
    r" of (?=[A-Z])"
)
"""What stands before a name and is no part of it: "the major northern city of"."""
_PLURALS = re.compile(r"\b(province|governorate|region|district)s$", re.IGNORECASE)
_KINDS_OF = {
    "city": ("city", "town"),
    "town": ("town", "city", "village"),
    "village": ("village", "town"),
    "province": ("province",),
    "governorate": ("province",),
    "country": ("country",),
    "region": ("region", "province"),
    "district": ("district", "neighbourhood"),
    "area": ("district", "region", "neighbourhood"),
    "enclave": ("region", "district"),
    "capital": ("city",),
}
"""What "the city" and the like can mean: the kinds of the nearest place before it, likeliest first."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a document, and for each place mention (by number) the index of its place; -1 where it means none."""

    places: tuple[Place, ...]
    owner: tuple[int, ...]

    def country_of(self, mention: int) -> str:
        """The country of the place that a mention (by number) means; empty where it is not known."""
        index = self.owner[mention]
        return self.places[index].country if index >= 0 else ""


def read_places(text: str, tagged: Tagged, gazetteer: Gazetteer, countries: tuple[str, ...]) -> Places:
    """Group the place mentions and resolve them together. `countries` (ISO 3166 two letters) are hints, likeliest first."""
    from warledger.geo import PlaceQuery, Resolution, resolve

    tags = tagged.mentions["place"]
    names: dict[str, list[int]] = {}
    anaphors: list[tuple[int, str]] = []
    for number, tag in enumerate(tags):
        words = tag.span.of(text)
        anaphor = ANAPHOR.match(words)
        if anaphor:
            anaphors.append((number, anaphor[1].casefold()))
        elif names_a_place(bare := _bare(words)):
            names.setdefault(fold(bare), []).append(number)
    groups = list(names.values())
    queries = []
    for group in groups:
        first = tags[group[0]]
        name = max((_bare(tags[n].span.of(text)) for n in group), key=lambda w: (not w.isupper(), len(w)))
        near = all(_NEAR.search(text[max(0, tags[n].span.start - 40) : tags[n].span.start]) for n in group)
        said = next((kind for n in group if (kind := kind_said(tags[n].span.of(text)))), "")
        queries.append(PlaceQuery(name, said or tagged.label("place_kind", first.first), near))
    owner = [-1] * len(tags)
    places: list[Place] = []
    index_of: dict[str, int] = {}
    nameless = {q for q in queries if q.name.islower()}  # "the south" is no town of that name
    resolved = iter(resolve([q for q in queries if q not in nameless], gazetteer, country_hints=countries))
    answers = [Resolution(None) if q in nameless else next(resolved) for q in queries]
    for group, query, found in zip(groups, queries, answers, strict=True):
        place = found.place
        key = place.id if place is not None and found.precision == "exact" else f"={fold(query.name)}"
        if key not in index_of:
            index_of[key] = len(places)
            places.append(
                Place(
                    id=f"p{len(places) + 1}",
                    name=_shown(query.name, parse(query.name).core),
                    kind=place.kind if place is not None and found.precision == "exact" else query.kind_hint,
                    country=place.country if place is not None else "",
                    lat=round(place.lat, 4) if place is not None else None,
                    lon=round(place.lon, 4) if place is not None else None,
                    precision=found.precision if place is not None else "",
                    gazetteer_id=place.id if place is not None else "",
                    admin1=place.admin1 if place is not None else "",
                    admin2=place.admin2 if place is not None else "",
                    admin3=place.admin3 if place is not None else "",
                    candidates=tuple(
                        (c.name, round(c.lat, 4), round(c.lon, 4), round(score, 3)) for c, score in found.candidates[:5]
                    ),
                )
            )
        for number in group:
            owner[number] = index_of[key]
    for number, noun in anaphors:
        before = [owner[n] for n in range(number - 1, -1, -1) if owner[n] >= 0]
        owner[number] = next((i for i in before if places[i].kind in _KINDS_OF[noun]), -1)
    return Places(_with_mentions(places, owner, text, tagged), tuple(owner))


def _bare(words: str) -> str:
    """A mention without article, what it is an apposition to, and the plural of "Aleppo and Idlib provinces"."""
    bare = _APPOSITION.sub("", _ARTICLE.sub("", _POSSESSIVE.sub("", " ".join(words.split()))))
    return _PLURALS.sub(r"\1", name_in(bare))


def _shown(words: str, core: str) -> str:
    """The part of a document's words that is the name itself: "Hama" of "the city of Hama", as it is written there."""
    parts = words.split()
    for length in range(1, len(parts) + 1):
        for start in range(len(parts) - length + 1):
            name = " ".join(parts[start : start + length])
            if key(name) == core:
                return name.title() if name.isupper() and len(name) > SHORT_NAME else name
    return words


def _with_mentions(places: list[Place], owner: list[int], text: str, tagged: Tagged) -> tuple[Place, ...]:
    from dataclasses import replace

    tags = tagged.mentions["place"]
    return tuple(
        replace(place, mentions=tuple(Mention(t.span, t.span.of(text)) for n, t in enumerate(tags) if owner[n] == index))
        for index, place in enumerate(places)
    )
