"""Which mentions of a document mean the same place, and where it lies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from warledger.core import Mention, Place, Span, fold
from warledger.extract.place_words import kind_said, name_in, names_a_place, shorter
from warledger.extract.places_meant import REACH, Anaphor, anaphor, name_of, part_of, place_meant
from warledger.extract.tagged import Tagged, whole_words
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
NAMED_ALONE = frozenset({"country", "province", "city", "town", "village"})
"""Kinds of places that have their name for themselves; "Damascus airport road" is not Damascus."""
NAMED_INSIDE = frozenset({"country", "city"})
"""Kinds of places whose names are mentions also inside a longer name."""
NAMED_OFTEN = 2
"""How often such a name must stand by itself to be one inside the name of a place of the kinds `ALIKE`: where it stands there
once, the longer name's place is meant ("Idlib", of "Idlib province"). Of 47 such, inside names that a network found in reports
unknown to it, 7 are mentions; of those in other names 14 of 47, of oftener ones 120 of 168.
"""
ALIKE = frozenset({"country", "province", "city"})


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

    def is_known(name: str) -> bool:
        return any(reading.match != "similar" for reading in gazetteer.readings(parse(name).core))

    names: dict[str, list[int]] = {}
    called: dict[int, str] = {}
    anaphors: list[tuple[int, Anaphor]] = []
    for number, tag in enumerate(tags):
        words = " ".join(tag.span.of(text).split())
        meant = anaphor(words)
        bare = name_of(meant, countries) if meant else part_of(words, countries) or _bare(words)
        if not meant and tagged.label("place_kind", tag.first) in NAMED_ALONE and not is_known(bare):
            bare = next(filter(is_known, shorter(bare)), bare)
        if meant and not bare:
            anaphors.append((number, meant))
        elif names_a_place(bare):
            called[number] = bare
            names.setdefault(fold(bare), []).append(number)
    groups = list(names.values())
    queries = []
    for group in groups:
        first = tags[group[0]]
        name = max((called[n] for n in group), key=lambda w: (not w.isupper(), len(w)))
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
                    name=query.name if found.match == "part" else _shown(query.name, parse(query.name).core),
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
    numbers = sorted(called)
    for number, meant in anaphors:
        here = bisect_left(numbers, number)
        before = [owner[n] for n in reversed(numbers[max(here - REACH, 0) : here])]
        after = [owner[n] for n in numbers[here : here + REACH]]
        owner[number] = place_meant(meant, before, after, places)
    return Places(_with_mentions(places, owner, text, tagged), tuple(owner))


@lru_cache(maxsize=8192)
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
    """The places with their mentions. A country's or city's name is one also inside another place's: "Aleppo" in
    "eastern Aleppo". That of a smaller place is most often the same place there: "the Midan area".
    """
    owned = [(tag.span, index) for tag, index in zip(tagged.mentions["place"], owner, strict=True) if index >= 0]
    starts = [span.start for span, _ in owned]
    found: list[list[Span]] = [[] for _ in places]
    forms: dict[str, list[int]] = {}
    for span, index in owned:
        found[index].append(span)
        forms.setdefault(span.of(text), []).append(index)
    for form, owners in forms.items():
        index = owners[0]
        kind = places[index].kind
        if len(set(owners)) > 1 or not form[:1].isupper() or kind not in NAMED_INSIDE:
            continue
        for hit in whole_words(form, text):
            at = bisect_right(starts, hit.start) - 1
            around = owned[at][1] if at >= 0 and hit.within(owned[at][0]) else index
            if around != index and (len(owners) >= NAMED_OFTEN or places[around].kind not in ALIKE):
                found[index].append(hit)
    return tuple(
        replace(place, mentions=tuple(Mention(span, span.of(text)) for span in _apart(spans)))
        for place, spans in zip(places, found, strict=True)
    )


def _apart(spans: list[Span]) -> list[Span]:
    """`spans` from left to right without those that lie in, or cross, one kept before; the longest of a start first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
