"""Which places of many records are one place, and how two places stand to each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from warledger import geo
from warledger.core import EventPlace, Place, Record, fold
from warledger.reconcile.asking import Notes

SAME_TOWN_KM: Final = 3.0
"""Two gazetteers put one town's centre up to this far apart (coordinates are given to two decimals, about a kilometre)."""
NEAR_KM: Final = 15.0
"""A village and the town beside it: reports name either."""
PROVINCE_RADIUS_KM: Final = 110.0
"""A town lies in a province of its country if it is nearer to the province's centre than this."""
NAMESAKE_KM: Final = 50.0
"""Places of one name in one country that lie further apart are two places."""

AREA_KINDS: Final = frozenset({"province", "country", "region"})
AREA_PRECISIONS: Final = frozenset({"province", "country"})
SETTLEMENT_KINDS: Final = frozenset({"city", "town", "village"})
_KIND_WORDS: Final = frozenset(
    "city town village province governorate district region countryside the of al el an as ash ar at ad az neighbourhood "
    "neighborhood area camp".split()
)


def distance_km(left: Place | EventPlace, right: Place | EventPlace) -> float | None:
    """Kilometres between two places; None where one has no coordinates."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    return geo.distance_km(left.lat, left.lon, right.lat, right.lon)


@cache
def bare_name(name: str) -> str:
    """The folded name without words for its kind and articles: "Hama city" and "the city of Hama" give "hama"."""
    words = fold(re.sub(r"\([^()]*\)", " ", name).replace("-", " ")).split()
    kept = [w for w in words if w not in _KIND_WORDS]
    return " ".join(kept or words)


@cache
def skeleton(name: str) -> str:
    """The consonants of a bare name, doubled and similar ones as one: spellings of one Arabic name share it."""
    text = bare_name(name)
    for pair, one in (
        ("kh", "k"),
        ("gh", "g"),
        ("sh", "s"),
        ("ch", "s"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("q", "k"),
        ("z", "s"),
    ):
        text = text.replace(pair, one)
    letters = [c for c in text if c not in "aeiouyhw '"]
    return "".join(c for i, c in enumerate(letters) if i == 0 or c != letters[i - 1])


def is_area(place: Place | EventPlace) -> bool:
    """Whether it covers many towns."""
    return place.kind in AREA_KINDS or place.precision in AREA_PRECISIONS


def stand(left: Place, right: Place) -> str:
    """How two places stand to each other: same, same_area, near, inside, apart, other_name or other_country."""
    if left.country and right.country and left.country != right.country and "country" not in {left.kind, right.kind}:
        return "other_country"
    areas = is_area(left), is_area(right)
    names = bare_name(left.name) == bare_name(right.name) or bool(left.gazetteer_id and left.gazetteer_id == right.gazetteer_id)
    distance = distance_km(left, right)
    if names and areas[0] == areas[1] and (distance is None or distance <= NAMESAKE_KM or areas[0]):
        return "same_area" if areas[0] else "same"
    if any(areas):
        return _area_stand(left, right, names=names, distance=distance)
    alike = skeleton(left.name) == skeleton(right.name)
    if distance is None:
        return "same" if alike and skeleton(left.name) else "other_name"
    if distance <= SAME_TOWN_KM or (alike and distance <= NEAR_KM):
        return "same"
    return "near" if distance <= NEAR_KM else "apart"


def _both_ways(left: Place, right: Place) -> tuple[tuple[Place, Place], tuple[Place, Place]]:
    return (left, right), (right, left)


def _area_stand(left: Place, right: Place, *, names: bool, distance: float | None) -> str:
    if "country" in {left.kind, right.kind}:
        return (
            "inside"
            if left.country and left.country == right.country
            else "other_country"
            if left.country and right.country
            else "other_name"
        )
    if names:
        return "inside"
    if any(
        one.admin1 and two.kind == "province" and bare_name(one.admin1) == bare_name(two.name)
        for one, two in _both_ways(left, right)
    ):
        return "inside"
    if distance is None:
        return "other_name"
    return "inside" if distance <= PROVINCE_RADIUS_KM else "apart"


@dataclass(frozen=True, slots=True)
class Node:
    """What of a told place decides which place it is."""

    name: str
    country: str
    gazetteer_id: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """A place as a document tells of it, wherever it does."""

    name: str
    kind: str
    country: str
    lat: float | None
    lon: float | None
    precision: str
    gazetteer_id: str

    @property
    def node(self) -> Node:
        """What of it decides which place it is."""
        area = self.kind in AREA_KINDS or self.precision in AREA_PRECISIONS
        return Node(bare_name(self.name) + ("/area" if area else ""), self.country, self.gazetteer_id, self.lat, self.lon)


def told(place: Place) -> Told:
    """A record's place without its id and mentions."""
    return Told(place.name, place.kind, place.country, place.lat, place.lon, place.precision, place.gazetteer_id)


class Gazette(Protocol):
    """How many documents tell of each place, by what it may be called."""

    def named(self, name: str) -> Mapping[Told, int]:
        """What is told of places whose node has this name, with how often."""

    def identified(self, gazetteer_id: str) -> Mapping[Told, int]:
        """What is told of places with this id of the gazetteer, with how often."""


class _Gazette:
    """The gazette of places that are all at hand."""

    def __init__(self, votes: Mapping[Told, int]) -> None:
        self._named: dict[str, dict[Told, int]] = defaultdict(dict)
        self._identified: dict[str, dict[Told, int]] = defaultdict(dict)
        for one, count in votes.items():
            self._named[one.node.name][one] = count
            self._identified[one.gazetteer_id][one] = count

    def named(self, name: str) -> Mapping[Told, int]:
        return self._named.get(name, {})

    def identified(self, gazetteer_id: str) -> Mapping[Told, int]:
        return self._identified.get(gazetteer_id, {})


class PlaceBook:
    """Gives each place of a set of records the key and the name that it has in all of them.

    Which place is meant follows from its family alone: all that are told of by its name or its id, and by theirs in turn.
    """

    def __init__(self, places: Mapping[str, Mapping[str, Told]], gazette: Gazette | None = None) -> None:
        """Of what documents, by id, tell of places, by their local ids; `gazette` where these are not all at hand."""
        self.notes: Notes | None = None
        self._told = places
        if gazette is None:
            votes: Counter[Told] = Counter()
            for document in sorted(places):
                votes.update(places[document].values())
            gazette = _Gazette(votes)
        self._gazette = gazette
        self._shown: dict[Node, EventPlace] = {}
        self._found: dict[Told, EventPlace | None] = {}

    @classmethod
    def of_records(cls, records: Mapping[str, Record]) -> PlaceBook:
        """The book of all the places of records."""
        return cls({d: {p.id: told(p) for p in records[d].places} for d in records})

    def family(self, one: Told) -> dict[Node, Counter[Told]]:
        """All that may be the place that `one` tells of, by node, with how often each is told; `one` itself may be missing."""
        found: dict[Node, Counter[Told]] = defaultdict(Counter)
        names, ids = [one.node.name], [one.gazetteer_id] if one.gazetteer_id else []
        asked: set[tuple[str, str]] = set()
        while names or ids:
            book, word = ("name", names.pop()) if names else ("id", ids.pop())
            if (book, word) in asked:
                continue
            asked.add((book, word))
            for other, count in (self._gazette.named(word) if book == "name" else self._gazette.identified(word)).items():
                node = other.node
                found[node][other] = count
                names.append(node.name)
                ids += [node.gazetteer_id] if node.gazetteer_id else []
        return found

    def shown(self, one: Told) -> EventPlace | None:
        """The place that `one` tells of; None if no document tells of it."""
        if one not in self._found:
            if one.node not in self._shown:
                self._shown |= _group(self.family(one))
            self._found[one] = self._shown.get(one.node)
        return self._found[one]

    def of(self, document: str, local_id: str) -> EventPlace:
        """The place behind a document's local id."""
        place = self.answer(f"{document} {local_id}")
        if self.notes is not None:
            self.notes.note("places", f"{document} {local_id}", place)
        return place

    def told(self, question: str) -> Told:
        """What is told of the place behind "DOCUMENT LOCAL-ID"."""
        document, local_id = question.split(" ", 1)
        return self._told[document][local_id]

    def answer(self, question: str) -> EventPlace:
        """The place behind "DOCUMENT LOCAL-ID"."""
        place = self.shown(self.told(question))
        if place is None:
            raise KeyError(question)
        return place


def _group(tellings: Mapping[Node, Counter[Told]]) -> dict[Node, EventPlace]:
    """Which place each node of a family is."""
    nodes = sorted(tellings, key=_node_order)
    root = {n: n for n in nodes}

    def find(node: Node) -> Node:
        while root[node] != node:
            node = root[node]
        return node

    by_name, by_id = defaultdict(list), defaultdict(list)
    for node in nodes:
        by_name[node.name].append(node)
        if node.gazetteer_id:
            by_id[node.gazetteer_id].append(node)
    for group in (*by_id.values(), *by_name.values()):
        for i, one in enumerate(group):
            for two in group[i + 1 :]:
                if _one_place(one, two):
                    first, second = sorted((find(one), find(two)), key=_node_order)
                    root[second] = first
    members: dict[Node, list[Node]] = defaultdict(list)
    for node in nodes:
        members[find(node)].append(node)
    shown: dict[Node, EventPlace] = {}
    taken: Counter[str] = Counter()
    for head in sorted(members, key=_node_order):
        place = _show(members[head], tellings)
        taken[place.key] += 1
        if taken[place.key] > 1 and place.lat is not None and place.lon is not None:
            place = EventPlace(f"{place.key}@{place.lat:.1f},{place.lon:.1f}", *_rest(place))
        shown.update(dict.fromkeys(members[head], place))
    return shown


def _rest(place: EventPlace) -> tuple[str, str, str, float | None, float | None, str]:
    return place.name, place.kind, place.country, place.lat, place.lon, place.precision


def _node_order(node: Node) -> tuple[str, str, str, float, float]:
    return node.name, node.country, node.gazetteer_id, node.lat or 0.0, node.lon or 0.0


def _one_place(left: Node, right: Node) -> bool:
    if left.gazetteer_id and right.gazetteer_id:
        return left.gazetteer_id == right.gazetteer_id
    if left.country and right.country and left.country != right.country:
        return False
    if left.lat is None or right.lat is None or left.lon is None or right.lon is None:
        return True
    ends = (EventPlace("", "", "", "", n.lat, n.lon) for n in (left, right))
    distance = distance_km(*ends)
    return distance is None or distance <= (PROVINCE_RADIUS_KM if left.name.endswith("/area") else NAMESAKE_KM)


def _show(nodes: list[Node], tellings: Mapping[Node, Counter[Told]]) -> EventPlace:
    votes: Counter[Told] = Counter()
    for node in nodes:
        votes.update(tellings[node])
    names = Counter[str]()
    for place, count in votes.items():
        names[place.name] += count
    name = min(names, key=lambda n: (-names[n], n))
    best = min(
        (p for p in votes if p.name == name),
        key=lambda p: (-votes[p], not p.gazetteer_id, p.lat is None, p.kind, p.lat or 0, p.lon or 0, p.precision, p.country),
    )
    located = min(
        (p for p in votes if p.lat is not None),
        key=lambda p: (-votes[p], p.lat or 0, p.lon or 0, p.precision),
        default=best,
    )
    ids = sorted(n.gazetteer_id for n in nodes if n.gazetteer_id)
    country = best.country or next((c for c in sorted(n.country for n in nodes) if c), "")
    base = nodes[0].name.replace("/area", "-area").replace(" ", "-") or "unnamed"
    key = ids[0] if ids else f"{base}.{country.lower()}" if country else base
    return EventPlace(key, name, best.kind, country, located.lat, located.lon, located.precision or best.precision)
