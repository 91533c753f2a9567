"""Where a claim happened: the place that its trigger is linked to, or that its clause says plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warledger.core import Figure
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import clauses
from warledger.extract.links import Links
from warledger.extract.reading import Reading, chosen
from warledger.extract.tagged import Trigger

SURE_ELSEWHERE = 0.85
"""How likely a place of another sentence must be to go before one that the clause plainly names. Where one of both is right, it
is the clause's for 27 of 35 less likely ones, in training reports that the network does not know.
"""
AREAS = frozenset({"country", "region"})
TALK = SPEECH_ACTS | {"agree", "negotiate", "sanction", "support"}
"""Types whose clauses name the places of what is spoken of."""
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:that|which|who|when|where|while|after|before|as|said|says|told|since|and|but)\b|[,;:“\"]", re.IGNORECASE
)


def places_of(reading: Reading, trigger: Trigger, links: Links, figures: Sequence[Figure] = ()) -> tuple[str, tuple[str, ...]]:
    """The ids of the place of a claim with these figures (empty for none) and of the further ones that are named with it."""
    without = reading.written_from
    if trigger.type == "toll" and any(f.basis == "cumulative" for f in figures):
        without |= _towns_elsewhere(reading, trigger)
    best = chosen(links, "place", reading.places.owner, without)
    relative = clauses.place_of(reading.document.text, reading.tagged, trigger)
    if relative is not None and reading.places.owner[relative] >= 0:
        best = reading.places.owner[relative]
    if best is None:
        return "", ()
    if _likeliest(links, reading, best) < SURE_ELSEWHERE:
        best = _plain(reading, trigger, best)
    best = _smaller(reading, trigger, links, best)
    floor = reading.thresholds.get("also", 0.5)
    others = {reading.places.owner[m] for m, p in links.roles["also"] if p >= floor} - {best, -1}
    places = reading.places.places
    return places[best].id, tuple(places[o].id for o in sorted(others))


def _likeliest(links: Links, reading: Reading, place: int) -> float:
    """How likely the network takes a place (index) for that of a claim."""
    return sum(chance for mention, chance in links.roles["place"] if reading.places.owner[mention] == place)


def _plain(reading: Reading, trigger: Trigger, best: int) -> int:
    """Instead of a place that the sentence of a deed does not name, the first one smaller than a region that its clause names
    behind the trigger: "shelling of a school in Exampleville".
    """
    tags, owner, places = reading.tagged.mentions["place"], reading.places.owner, reading.places.places
    here = [number for number, tag in enumerate(tags) if tag.sentence == trigger.sentence and owner[number] >= 0]
    if trigger.type in TALK or any(owner[number] == best for number in here):
        return best
    text = reading.document.text
    for number in here:
        is_near = tags[number].first > trigger.last and places[owner[number]].kind not in AREAS
        if is_near and number not in reading.written_from:
            between = text[trigger.span.end : tags[number].span.start]
            return best if _ANOTHER_CLAUSE.search(between) else owner[number]
    return best


def _towns_elsewhere(reading: Reading, trigger: Trigger) -> frozenset[int]:
    """The mentions of places smaller than a region, where the sentence of a running toll names no place.

    Such a toll is of all that the report tells of: in the training records 67 of 80 are of a country, 4 of a region, 6 of no
    place, and 3 of a town.
    """
    tags, owner, places = reading.tagged.mentions["place"], reading.places.owner, reading.places.places
    if any(tag.sentence == trigger.sentence and owner[number] >= 0 for number, tag in enumerate(tags)):
        return frozenset()
    return frozenset(n for n in range(len(tags)) if owner[n] >= 0 and places[owner[n]].kind not in AREAS)


def _smaller(reading: Reading, trigger: Trigger, links: Links, best: int) -> int:
    """Instead of a country that the sentence does not name, the likeliest smaller place in it that it does name (guide,
    *Settled cases*, Roles: a country is the place only if nothing smaller is given).
    """
    places, owner = reading.places.places, reading.places.owner
    tags = reading.tagged.mentions["place"]
    here = [
        number for number, tag in enumerate(tags) if tag.sentence == trigger.sentence and number not in reading.written_from
    ]
    if places[best].kind != "country" or any(owner[number] == best for number in here):
        return best
    inside = [n for n in here if owner[n] >= 0 and places[owner[n]].kind != "country"]
    chances = dict(links.roles["place"])
    return max(
        (
            (chances.get(number, 0.0), -abs(tags[number].first - trigger.first), owner[number])
            for number in inside
            if places[owner[number]].country == places[best].country
        ),
        default=(0.0, 0, best),
    )[2]
