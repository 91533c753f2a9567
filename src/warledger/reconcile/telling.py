"""A telling: what one document says of one event. It is the unit that is compared and clustered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from warledger.core import Actor, Claim, Document, Figure, Place, Record, When
from warledger.core import vocabulary as v
from warledger.reconcile.consolidating import is_implied
from warledger.reconcile.knowledge import ActorBook
from warledger.reconcile.places import stand
from warledger.reconcile.words import Rarity, Vector, cosine, sentence_around
from warledger.text.extent import NEAR, extent

MOST_SENTENCES: Final = 6
"""The first sentences in which a document tells of an event are compared one by one; the later ones repeat them."""

WITHIN: Final = frozenset({"same", "same_area", "inside"})
"""How two places stand to each other of which one is the other or lies in it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The claims of one document that share a local event id, and what they say together.

    `id` is its smallest claim id. `types` are ordered by how many claims have them. `whens` are the distinct times given.
    `vectors` are of the first sentences it is told in, `story` of the whole document; `published` is None if that is undated.
    `spots` are the places that it means themselves, and not only what lies near them ("the countryside of"). `scattered` says
    that each of its sentences names places of which none lies in the other, so that which deed was where is not sure.
    `read` says that an extractor made it, `implied` that its only time is the report's own day, as an extractor takes it for
    what is told without a day.
    """

    id: str
    document: str
    source: str
    claims: tuple[Claim, ...]
    types: tuple[str, ...]
    places: tuple[Place, ...]
    whens: tuple[When, ...]
    published: date | None
    initiators: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    voices: tuple[str, ...]
    figures: tuple[Figure, ...]
    statuses: frozenset[str]
    frames: frozenset[str]
    words: Vector
    vectors: tuple[Vector, ...]
    story: Vector
    implied: bool = False
    read: bool = False
    spots: tuple[Place, ...] = ()
    scattered: bool = False

    @property
    def type(self) -> str:
        """The type that most of its claims have."""
        return self.types[0]

    @property
    def window(self) -> tuple[date, date] | None:
        """The days it may have happened on: all its times, an open end cut at publication; None if nothing is known."""
        if not self.whens:
            return (self.published, self.published) if self.published else None
        firsts = [w.first or w.last for w in self.whens]
        lasts = [w.last or max(self.published or w.first or date.min, w.first or date.min) for w in self.whens]
        return min(d for d in firsts if d), max(d for d in lasts if d)


def is_machine_made(record: Record) -> bool:
    """Whether an extractor made the record: it names itself with its version, or its claims carry a confidence."""
    return record.extractor.startswith("warledger ") or any(c.confidence is not None for c in record.claims)


def tellings_of(
    documents: Mapping[str, Document],
    records: Mapping[str, Record],
    book: ActorBook,
    rarity: Rarity,
    group_of: Mapping[str, str] | None = None,
    apart: frozenset[str] = frozenset(),
) -> list[Telling]:
    """Every telling of the records, ordered by id. `group_of` (claim id → group) goes before the claims' own event ids; a claim
    in `apart` leaves its group and is a telling of its own.
    """
    grouped = group_of or {}
    out: list[Telling] = []
    for name in sorted(records):
        document, record = documents[name], records[name]
        groups: dict[str, list[Claim]] = defaultdict(list)
        for claim in record.claims:
            group = grouped.get(claim.id, claim.event)
            groups[f"{group}\n{claim.id}" if claim.id in apart else group].append(claim)
        if groups:
            reader = _Reader(document, record, book, rarity)
            out += [reader.telling(groups[key]) for key in sorted(groups)]
    return sorted(out, key=lambda t: t.id)


class _Reader:
    """Makes the tellings of one document."""

    def __init__(self, document: Document, record: Record, book: ActorBook, rarity: Rarity) -> None:
        self.document, self.book, self.rarity = document, book, rarity
        self.read = is_machine_made(record)
        self.actors = {a.id: a for a in record.actors}
        self.places = {p.id: p for p in record.places}
        self.story = rarity.vector(f"{document.title}\n{document.text}")

    def _cast(self, ids: list[str]) -> tuple[Actor, ...]:
        seen = {self.actors[i].name: self.actors[i] for i in sorted(set(ids), reverse=True)}
        return tuple(seen[name] for name in sorted(seen))

    def telling(self, claims: list[Claim]) -> Telling:
        claims = sorted(claims, key=lambda c: (c.span, c.type))
        types = Counter(c.type for c in claims)
        places = Counter(p for c in claims for p in (c.place, *c.also_places) if p)
        told = [c for c in claims if c.when is not None and not is_implied(c, self.document.published)]
        whens = Counter(c.when for c in told or claims if c.when is not None)
        sentences = sorted({sentence_around(self.document, c) for c in claims})
        texts = [self.document.text[a:b] for a, b in sentences]
        return Telling(
            id=min(c.id for c in claims),
            document=self.document.id,
            source=self.document.source.casefold(),
            claims=tuple(claims),
            types=tuple(sorted(types, key=lambda t: (-types[t], v.CLAIM_TYPES.index(t)))),
            places=tuple(self.places[p] for p in sorted(places, key=lambda p: (-places[p], p))),
            whens=tuple(sorted(whens, key=lambda w: (-whens[w], w.sort_key()))),
            published=self.document.published,
            initiators=self._cast([i for c in claims for i in c.initiator]),
            targets=self._cast([i for c in claims for i in c.target]),
            voices=tuple(sorted({self.book.speaks_as(self.actors[s.who]) for c in claims for s in c.voice[:1] if s.who})),
            figures=tuple(sorted({f for c in claims for f in c.figures}, key=lambda f: (f.words, f.measure, f.group))),
            statuses=frozenset(c.status for c in claims),
            frames=frozenset(c.frame for c in claims),
            words=self.rarity.vector("\n".join(texts)),
            vectors=tuple(self.rarity.vector(t) for t in texts[:MOST_SENTENCES]),
            story=self.story,
            implied=bool(whens) and not told,
            read=self.read,
            spots=self._spots(claims),
            scattered=all(self._is_scattered(start, end) for start, end in sentences),
        )

    def _spots(self, claims: list[Claim]) -> tuple[Place, ...]:
        told = ((c, self.places[p]) for c in claims for p in (c.place, *c.also_places) if p)
        meant = {place.id for claim, place in told if extent(claim, place, self.document) != NEAR}
        return tuple(self.places[p] for p in sorted(meant))

    def _is_scattered(self, start: int, end: int) -> bool:
        """Whether the sentence at these offsets names two places, countries aside, of which none is or lies in the other."""
        named = [
            place
            for place in self.places.values()
            if place.kind != "country" and any(start <= m.span.start and m.span.end <= end for m in place.mentions)
        ]
        return any(stand(one, two) not in WITHIN for one, two in combinations(named, 2))


def told_again(left: Telling, right: Telling, *, likeness: float, words: int) -> bool:
    """Whether a sentence of one has so many telling words in common with one of the other, and is so like it (0 to 1)."""
    return any(len(a.keys() & b.keys()) >= words and cosine(a, b) >= likeness for a in left.vectors for b in right.vectors)


def sentence_likeness(left: Telling, right: Telling) -> float:
    """The best cosine between a sentence of one and a sentence of the other, 0 to 1."""
    return max((cosine(a, b) for a in left.vectors for b in right.vectors), default=0.0)
