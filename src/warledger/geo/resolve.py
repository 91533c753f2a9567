"""Decides which place each name of a document means, all of them together.

Every name brings its readings. A reading is plausible if the place is prominent, or its country is spoken of, or it lies by
the other names' places; one of the three is enough (they are combined as independent reasons, 1 - (1-a)(1-b)(1-c)):

    score = how well the name fits  x  how well the kind fits  x  plausibility

Each round reads what a name's neighbours most likely mean from the round before, so the order of the names does not count.
A name whose best reading scores under `THRESHOLD` stays unresolved: no place is better than a wrong one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from warledger.geo.gazetteer import Gazetteer, Reading
from warledger.geo.names import key
from warledger.geo.phrases import Phrase, parse
from warledger.geo.place import EARTH_RADIUS_KM, UNRESOLVED, GazetteerPlace, PlaceQuery, Resolution, distance_km

THRESHOLD: Final = 0.42
"""Least score of a resolved name."""
ROUNDS: Final = 3
MAX_WEIGHED: Final = 8
"""Readings of one name that are weighed against the other names; the best by name, kind and prominence."""
MAX_CANDIDATES: Final = 5
"""Readings that a Resolution keeps."""
SAME_PLACE_KM: Final = 12.0
"""Two readings of one name closer than this are one place listed twice."""
REACH_KM: Final = 80.0
"""Distance at which being close to another name's place counts 1/e as much."""
FAR_COSINE: Final = math.cos(5 * REACH_KM / EARTH_RADIUS_KM)
"""Beyond five times the reach nothing is close."""
HINT_WEIGHT: Final = 1.5
"""What the first country hint counts, in units of a country named outright; each further one counts half the one before."""
HALF_SUPPORT: Final = 0.6
"""Support of a country, in the same units, that makes its places plausible by a half."""

SETTLEMENTS: Final = frozenset({"city", "town", "village"})
LOCAL: Final = frozenset({"neighbourhood", "facility", "base", "road", "border_crossing"})
AREAS: Final = frozenset({"district", "province", "region", "country"})

_PROMINENCE: Final = {
    "country": 0.95, "region": 0.55, "district": 0.25, "natural": 0.50, "base": 0.35, "facility": 0.30,
    "border_crossing": 0.35, "road": 0.30, "neighbourhood": 0.08,
}  # fmt: skip
"""How likely a place is meant with nothing else known, by kind; settlements and divisions go by their people."""
_BY_ITSELF: Final = {"name": 1.0, "alias": 0.85, "spelling": 0.55, "similar": 0.0, "within": 1.0}
"""How much of a place's prominence counts, by match: a name that only looks like a famous one is no reason to think of it."""
SAID_TO_LIE_IN: Final = 0.6
"""How likely a place is meant that lies where the words put it ("Midan, Aleppo"), whatever else speaks for it."""
DWARFED: Final = 0.5
"""What the support of its country counts for a settlement whose name is that of a far larger one elsewhere: a country may be
spoken of for its part in a war, and has many small towns that are called after famous ones.
"""
FAR_LARGER: Final = 8
"""Times the people."""
FAMED: Final = 500_000
"""People of a city that is thought of wherever its own name falls (not an old name: "Salisbury" for Harare)."""
KNOWN_ABROAD: Final = 100_000
"""People of a place that a report may well name without another word of its country."""
MINOR: Final = frozenset({"village", "neighbourhood", "district", "facility"})
"""Kinds of places that a report names only in a country that it speaks of."""
FAINT: Final = 0.05
"""Support of a country, and closeness to another place, that are none."""
STRAY: Final = 0.5
"""What is left of a place's prominence where its country is not spoken of, nothing else named is near it, and it has few
people or the words mean a place of a minor kind.
"""
_ELSEWHERE: Final = {"name": 1.0, "alias": 0.75, "spelling": 0.5, "similar": 0.0, "within": 1.0}
"""What is left of a place's prominence where a place of the same name lies in a country that the document speaks of."""
_BARE: Final = {"province": 0.94, "district": 0.94}
"""How well a division answers to a name without its noun: "Daraa" alone is the city."""
UNIQUE: Final = 0.2
"""What a name adds to a place's prominence that only this place has in the whole gazetteer."""
_PRECISION: Final = {
    "country": "country", "province": "province", "region": "province", "district": "district", "natural": "near",
    "road": "near",
}  # fmt: skip


@dataclass(slots=True)
class _Candidate:
    """A reading under way: `fit` is name times kind, `prominence` by itself, `unit` its direction from the Earth's centre."""

    place: GazetteerPlace
    match: str
    fit: float
    prominence: float
    unit: tuple[float, float, float]
    near: bool = False
    side: str = ""
    score: float = 0.0


def _unit(lat: float, lon: float) -> tuple[float, float, float]:
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def prominence(place: GazetteerPlace) -> float:
    """How likely a place is meant with nothing else known, from 0 to 1: 0.36 for 10,000 people, 0.73 for a million."""
    by_people = min(0.92, (math.log10(place.population + 300) - 2) / 5.5)
    if place.kind == "province":
        return 0.30 + 0.30 * by_people
    return _PROMINENCE.get(place.kind, by_people)


def _kind_fit(kind: str, hint: str) -> float:
    """How well a place of `kind` answers to a name whose words suggest `hint`."""
    if not hint or kind == hint:
        return 1.0
    if kind in SETTLEMENTS and hint in SETTLEMENTS:
        return 0.97
    if "country" in (kind, hint):
        return 0.6 if kind in AREAS and hint in AREAS else 0.45
    if kind in AREAS and hint in AREAS:
        return 0.92
    if kind in LOCAL and hint in LOCAL:
        return 0.9
    if {kind, hint} <= SETTLEMENTS | {"neighbourhood", "district"}:
        return 0.9
    if kind in SETTLEMENTS:
        return 0.8 if hint in ("district", "region") else 0.7
    return 0.7


def _candidates(query: PlaceQuery, gazetteer: Gazetteer) -> list[_Candidate]:
    """The readings of one name worth weighing. The name as it stands is tried first, then what its words say about it."""
    whole = key(query.name)
    phrase = parse(query.name)
    hint = query.kind_hint
    readings = gazetteer.readings(whole)
    found = [_weigh(r, hint, _BARE.get(r.place.kind, 1.0) if not hint else 1.0) for r in readings if r.match != "similar"]
    if len(found) == 1 and found[0].match in ("name", "alias") and found[0].place.kind != "neighbourhood":
        found[0].prominence += UNIQUE
    if phrase.core != whole:
        found += _by_phrase(phrase, hint, gazetteer)
    if not found:
        found = [_weigh(r, hint, 1.0) for r in readings]
    return _distinct(found)


def _by_phrase(phrase: Phrase, hint: str, gazetteer: Gazetteer) -> list[_Candidate]:
    kind = hint if phrase.facility or not phrase.kind else phrase.kind
    found = []
    readings = [reading for core in (phrase.core, *phrase.others) for reading in gazetteer.readings(core)]
    for reading in readings:
        if phrase.kind == "natural" and reading.place.kind in SETTLEMENTS:
            continue  # a river or hill that bears a town's name need not be near it
        known_facility = phrase.facility and reading.place.kind in LOCAL
        factor = 0.8 if phrase.facility and not known_facility else 0.98
        if phrase.facility and not known_facility and reading.place.kind not in SETTLEMENTS | {"district", "natural"}:
            continue
        if phrase.kind == "province" and reading.place.kind in SETTLEMENTS:
            factor *= 0.8  # "Homs Governorate" is not the city, whatever the city's fame
        candidate = _weigh(reading, "" if phrase.facility else kind, factor)
        candidate.near = phrase.near or (phrase.facility and not known_facility)
        candidate.side = phrase.side
        found.append(candidate)
    around = [r for r in gazetteer.readings(phrase.within) if r.match != "similar"] if phrase.within else []
    for candidate in found:
        if any(_is_in(candidate.place, reading.place) for reading in around):
            candidate.prominence = 1.0 - (1.0 - candidate.prominence) * (1.0 - SAID_TO_LIE_IN)
    for reading in around:
        if not any(_is_in(candidate.place, reading.place) for candidate in found):
            within = _weigh(replace(reading, match="within"), "", 0.7)
            within.near = True
            found.append(within)
    return found


def _is_in(place: GazetteerPlace, other: GazetteerPlace) -> bool:
    """Whether a place may well lie in another: its country, its division, or within a city's reach."""
    if place.country != other.country:
        return False
    if other.kind == "country" or (other.kind == "province" and place.admin1 == other.admin1):
        return True
    return distance_km(place.lat, place.lon, other.lat, other.lon) <= 30.0


def _weigh(reading: Reading, hint: str, factor: float) -> _Candidate:
    place = reading.place
    fit = reading.strength * factor * _kind_fit(place.kind, hint)
    alone = prominence(place) * _BY_ITSELF[reading.match]
    return _Candidate(place, reading.match, fit, alone, _unit(place.lat, place.lon))


def _order(candidate: _Candidate) -> tuple[float, float, str]:
    return -candidate.score, -candidate.fit, candidate.place.id


def _distinct(found: list[_Candidate]) -> list[_Candidate]:
    """The best candidates, each place once: doubles in the sources are within a few km and of one kind."""
    for candidate in found:
        candidate.score = candidate.fit * (0.2 + candidate.prominence)
    kept: list[_Candidate] = []
    for candidate in sorted(found, key=_order):
        if len(kept) == MAX_WEIGHED:
            break
        if not any(_same(candidate.place, other.place) for other in kept):
            kept.append(candidate)
    return kept


def _same(one: GazetteerPlace, other: GazetteerPlace) -> bool:
    if one.id == other.id:
        return True
    if one.country != other.country or not (one.kind == other.kind or (one.kind in SETTLEMENTS and other.kind in SETTLEMENTS)):
        return False
    return abs(one.lat - other.lat) < 0.2 and distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_PLACE_KM


class _Context:
    """What the other names of the document say: support by country, divisions named, places believed in."""

    def __init__(self, hints: Sequence[str]) -> None:
        self.hints: dict[str, float] = {}
        for rank, country in enumerate(dict.fromkeys(hint.upper() for hint in hints if hint)):
            self.hints[country] = HINT_WEIGHT / 2**rank
        self.votes: dict[str, dict[str, float]] = {}
        self.total: dict[str, float] = dict(self.hints)
        self.best: list[tuple[str, _Candidate, tuple[float, float, float]]] = []
        self._most: dict[str, float] = {}

    def update(self, groups: dict[str, list[_Candidate]]) -> None:
        """Read the votes anew from the present scores; a name counts once, however often it is asked."""
        self.votes = {}
        self.best = []
        self._most = {}
        for name, candidates in groups.items():
            weight = sum(c.score**2 for c in candidates)
            votes: dict[str, float] = defaultdict(float)
            for candidate in candidates:
                if candidate.place.country:
                    votes[candidate.place.country] += candidate.score**3 / weight if weight else 0.0
            self.votes[name] = dict(votes)
            if candidates:
                best = candidates[0]
                if best.place.kind != "country":
                    self.best.append((name, best, best.unit))
        self.best.sort(key=lambda row: -row[1].score)  # the rest is passed over where none of it can come closer
        self.total = dict(self.hints)
        for votes in self.votes.values():
            for country, vote in votes.items():
                self.total[country] = self.total.get(country, 0.0) + vote

    def support(self, name: str, country: str) -> float:
        """How much the rest of the document speaks of `country`, 0 to 1: enough votes, and not far fewer than another's."""
        own = self.votes.get(name, {})
        votes = self.total.get(country, 0.0) - own.get(country, 0.0)
        if votes <= 1e-9:
            return 0.0
        return votes / (votes + HALF_SUPPORT) * math.sqrt(votes / self._most_of_all(name))

    def speaks_of_more(self, name: str) -> bool:
        """Whether the document speaks of a country apart from what `name` may mean."""
        return self._most_of_all(name) > 1e-9

    def _most_of_all(self, name: str) -> float:
        """How much the rest of the document speaks of the country that it speaks of most."""
        if name not in self._most:
            own = self.votes.get(name, {})
            self._most[name] = max((total - own.get(c, 0.0) for c, total in self.total.items()), default=0.0)
        return self._most[name]

    def closeness(self, name: str, candidate: _Candidate) -> float:
        """How close a candidate lies to what other names most likely mean, 0 to 1; to a division by lying in it."""
        reached = 0.0
        x, y, z = candidate.unit
        place = candidate.place
        for other, best, (u, v, w) in self.best:
            if best.score <= reached:
                break
            if other == name or best.place.id == place.id:
                continue
            cosine = x * u + y * v + z * w
            if best.place.kind == "province":
                inside = best.place.country == place.country and best.place.admin1 == place.admin1 and bool(place.admin1)
                near = 0.7 if inside and place.kind != "province" else 0.0
            elif cosine < FAR_COSINE:
                continue
            else:
                near = math.exp(-math.sqrt(max(0.0, 2.0 - 2.0 * cosine)) * EARTH_RADIUS_KM / REACH_KM)
            reached = max(reached, near * best.score)
        return reached


def resolve(queries: Sequence[PlaceQuery], gazetteer: Gazetteer, *, country_hints: Iterable[str] = ()) -> list[Resolution]:
    """The place that each of a document's names means, in the order of `queries`.

    `country_hints` are ISO 3166 two-letter codes that the document speaks of apart from these names (its actors'
    nationalities), the most important first. The answer for a name does not depend on the order of the names.
    """
    distinct = sorted(set(queries), key=lambda q: (q.name, q.kind_hint, q.near))
    candidates = {query: _candidates(query, gazetteer) for query in distinct}
    groups: dict[str, list[_Candidate]] = {}
    for query in distinct:  # forms of one name share one vote
        groups.setdefault(parse(query.name).core, candidates[query])
    dwarfed = {query: {c.place.id for c in found if _is_dwarfed(c, found)} for query, found in candidates.items()}
    context = _Context(list(country_hints))
    for _ in range(ROUNDS):
        context.update(groups)
        scored = []
        for query in distinct:
            name = parse(query.name).core
            support_of = {country: context.support(name, country) for country in {c.place.country for c in candidates[query]}}
            supports = [support_of[candidate.place.country] for candidate in candidates[query]]
            most = max(supports, default=0.0)
            supports = [
                x * DWARFED if c.place.id in dwarfed[query] else x for x, c in zip(supports, candidates[query], strict=True)
            ]
            is_minor = query.kind_hint in MINOR
            for candidate, support in zip(candidates[query], supports, strict=True):
                scored.append((candidate, _plausible(context, name, candidate, support, most, is_minor=is_minor)))
        for candidate, score in scored:
            candidate.score = score
        for found in candidates.values():
            found.sort(key=_order)
    answers = {query: _answer(query, candidates[query], gazetteer) for query in distinct}
    return [answers[query] for query in queries]


def _is_dwarfed(candidate: _Candidate, found: Sequence[_Candidate]) -> bool:
    """Whether a reading is of a settlement that has far fewer people than another country's reading of the same name."""
    place = candidate.place
    return place.kind in SETTLEMENTS and any(
        other.match in ("name", "alias")
        and other.place.country != place.country
        and other.place.population > place.population * FAR_LARGER
        for other in found
    )


def _plausible(
    context: _Context, name: str, candidate: _Candidate, support: float, most: float, *, is_minor: bool = False
) -> float:
    """The score of a candidate; `support` is its country's, `most` the best support among the readings of the same name, and
    `is_minor` says that the words mean one of the kinds `MINOR`.
    """
    close = context.closeness(name, candidate)
    alone = candidate.prominence
    is_famed = candidate.match == "name" and candidate.place.population >= FAMED
    if support < most / 2 and not is_famed:  # somewhere the document speaks of has that name too
        alone *= _ELSEWHERE[candidate.match]
    is_little_known = is_minor or (candidate.place.kind in SETTLEMENTS and candidate.place.population < KNOWN_ABROAD)
    if is_little_known and max(support, close) < FAINT and context.speaks_of_more(name):
        alone *= STRAY
    if candidate.place.kind == "neighbourhood":
        support *= 0.5
    reasons = 1.0 - (1.0 - alone) * (1.0 - 0.85 * support) * (1.0 - close)
    return candidate.fit * (0.85 * reasons + 0.15 * alone)


def _answer(query: PlaceQuery, found: list[_Candidate], gazetteer: Gazetteer) -> Resolution:
    if not found:
        return UNRESOLVED
    kept = tuple((c.place, round(c.score, 4)) for c in found[:MAX_CANDIDATES])
    best = found[0]
    if best.score < THRESHOLD:
        return Resolution(None, candidates=kept)
    place = best.place
    precision = _PRECISION.get(place.kind, "exact") if place.country else "country"
    match = best.match
    if precision == "exact":
        if query.near or best.near or match in ("similar", "within") or best.side:
            precision = "near"
        elif "district" in (query.kind_hint, parse(query.name).kind):
            precision = "district"
    elif best.side and (part := _part(place, best.side, gazetteer)) is not None:
        place, match = part, "part"
        precision = "province" if precision == "country" else precision
    return Resolution(place, precision, round(best.score, 4), kept, match)


def _part(place: GazetteerPlace, side: str, gazetteer: Gazetteer) -> GazetteerPlace | None:
    """The part of a country or division on one side, as a region whose centre is the middle of that side's settlements."""
    if place.kind == "country":
        area = place.country
    elif place.admin1:
        area = f"{place.country}.{place.admin1}"
    else:
        return None
    centre = gazetteer.part(area, side)
    if centre is None:
        return None
    adjective = side if side == "central" else f"{side}ern"
    name = f"{adjective} {place.name}"
    return GazetteerPlace(f"part:{area}:{side}", name, "region", place.country, place.admin1, *centre)
