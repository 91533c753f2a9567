"""What reconciliation takes from one document by itself, and from two: neither depends on any other document.

So a reading, and how two documents compare, can be kept and found again whatever else the ledger holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from warledger.core import Document, Judgement, Record
from warledger.reconcile.asking import digest
from warledger.reconcile.blocking import Filing, comparable, filing
from warledger.reconcile.compare import Level, elsewhere
from warledger.reconcile.grounds import are_unfounded
from warledger.reconcile.judging import leaving_claims
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge, bodies_said
from warledger.reconcile.pairing import CROWD_LEVEL, Compared, compare_pairs, with_rivals
from warledger.reconcile.places import Told, told
from warledger.reconcile.relating import Standing, standing
from warledger.reconcile.scoring import Model
from warledger.reconcile.telling import Telling, tellings_of
from warledger.reconcile.within import inner_scores, local_groups
from warledger.reconcile.words import Rarity

KEPT: Final = 2_000
"""Documents whose tellings are held in memory. Those that are compared are near in time, and are read in the order of time."""
UNFOUNDED: Final = 0.5
"""So far under the threshold, in log-odds, is a likely pair that shares nothing to tell its event from the next of its kind:
it never joins two tellings by itself, and hardly keeps those apart that others join.
"""
DIGITS: Final = 6
"""Decimals of a score, so that one that was written reads back as it was."""


@dataclass(frozen=True, slots=True)
class Met:
    """Two tellings that were compared, the smaller id first: a score in log-odds, and whether they are plainly two events."""

    left: str
    right: str
    score: float
    apart: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One document: its tellings as they are filed, and where its claims stand; how its tellings compare with each other, in
    log-odds above the threshold for one event; its places by local id; whom it says to lead, speak for or belong to what; and
    which names it says to be one actor's.
    """

    document: str
    published: date | None
    filings: tuple[Filing, ...]
    standings: tuple[Standing, ...]
    inner: tuple[Met, ...]
    places: tuple[tuple[str, Told], ...]
    bodies: tuple[tuple[str, str], ...]
    same_names: tuple[tuple[str, str], ...]


class Reader:
    """Reads and compares documents, one or two at a time. `judged` has the decisions on claims of a document."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        records: Mapping[str, Record],
        judged: Mapping[str, Sequence[Judgement]],
        lexicon: ActorKnowledge | None,
        model: Model,
    ) -> None:
        self.documents, self.records, self.judged, self.model = documents, records, judged, model
        self._rarity = Rarity()
        self._book = ActorBook({}, lexicon)
        self.tellings: Callable[[str], Mapping[str, Telling]] = lru_cache(KEPT)(self._tellings)

    def _tellings(self, document: str) -> Mapping[str, Telling]:
        """The tellings of a document by id."""
        documents, records = {document: self.documents[document]}, {document: self.records[document]}
        book = ActorBook(records, self._book.lexicon, like=self._book)
        groups = local_groups(documents, records, book, self._rarity, self.model.within, self.model.join_within_at)
        leaving = leaving_claims(records, groups, self.judged.get(document, ()))
        return {t.id: t for t in tellings_of(documents, records, book, self._rarity, groups, leaving)}

    def read(self, document: str) -> Reading:
        """The reading of a document."""
        record, tellings = self.records[document], self.tellings(document)
        inner = inner_scores(tellings.values(), self._book, self.model.within, self.model.join_within_at)
        return Reading(
            document=document,
            published=self.documents[document].published,
            filings=tuple(filing(t) for t in tellings.values()),
            standings=tuple(standing(c) for c in record.claims),
            inner=tuple(self._met(tellings, left, right, score) for (left, right), score in sorted(inner.items())),
            places=tuple((p.id, told(p)) for p in record.places),
            bodies=bodies_said(record),
            same_names=record.same_names,
        )

    def _met(self, tellings: Mapping[str, Telling], left: str, right: str, score: float) -> Met:
        return Met(left, right, round(score, DIGITS), elsewhere(tellings[left], tellings[right]))

    def meet(self, one: Reading, two: Reading) -> tuple[Met, ...]:
        """Every pair of tellings of two documents that may be one event."""
        tellings = {**self.tellings(one.document), **self.tellings(two.document)}
        unfounded = self.model.join_read_at - UNFOUNDED
        found = []
        for c in sorted(self.compared(one, two), key=lambda c: (c.left, c.right)):
            score = self.model.final.score(c.levels)
            if are_unfounded(tellings[c.left], tellings[c.right], c.levels):
                if score < unfounded:
                    continue
                score = unfounded
            found.append(self._met(tellings, c.left, c.right, score))
        return tuple(found)

    def compared(self, one: Reading, two: Reading) -> list[Compared]:
        """The findings for every pair of tellings of two documents that may be one event."""
        mine, yours = self.tellings(one.document), self.tellings(two.document)
        pairs = ((mine[a.telling], yours[b.telling]) for a in one.filings for b in two.filings if comparable(a, b))
        first = self.model.first
        return with_rivals(compare_pairs(pairs, self._book, first=first), first)

    def reasons(self, one: Reading, two: Reading, left: str, right: str, crowd: float) -> tuple[str, ...]:
        """Why the tellings `left` and `right` were joined: a line a finding that weighs something, the heaviest first."""
        (found,) = (c for c in self.compared(one, two) if (c.left, c.right) == (left, right))
        return self.model.final.reasons([*found.levels, *([Level(CROWD_LEVEL, crowd)] if crowd else [])])


def to_text(reading: Reading) -> str:
    """A reading as JSON, to be kept."""
    filings = [
        [f.telling, f.claims, f.types, f.stretches, sorted(f.spots), f.wide, sorted(f.rare), sorted(f.named), f.crowd, f.read]
        for f in reading.filings
    ]
    published = reading.published.isoformat() if reading.published is not None else None
    rest = [
        [astuple(one) for one in reading.standings],
        [astuple(one) for one in reading.inner],
        [[local, *astuple(place)] for local, place in reading.places],
        reading.bodies,
        reading.same_names,
    ]
    return json.dumps([reading.document, published, filings, *rest], ensure_ascii=False, separators=(",", ":"))


def meetings_text(meetings: Sequence[tuple[str, str, Sequence[Met]]]) -> dict[str, str]:
    """A row of what came of comparing documents, two keys of readings each, to be kept."""
    rows = [(one, two, [(m.left, m.right, m.score, m.apart) for m in met]) for one, two, met in meetings]
    return {digest(rows): json.dumps(rows, separators=(",", ":"))} if rows else {}


def from_text(text: str) -> Reading:
    """What `to_text` wrote."""
    document, published, filings, standings, inner, places, bodies, same_names = json.loads(text)
    return Reading(
        document=document,
        published=date.fromisoformat(published) if published is not None else None,
        filings=tuple(_filing(document, *row) for row in filings),
        standings=tuple(Standing(*row) for row in standings),
        inner=tuple(Met(*row) for row in inner),
        places=tuple((local, Told(*place)) for local, *place in places),
        bodies=tuple((who, body) for who, body in bodies),
        same_names=tuple((one, other) for one, other in same_names),
    )


def _filing(
    document: str,
    telling: str,
    claims: Sequence[str],
    types: Sequence[str],
    stretches: Sequence[Sequence[int]],
    spots: Sequence[str],
    wide: bool,
    rare: Sequence[str],
    named: Sequence[str],
    crowd: str,
    read: bool,
) -> Filing:
    days = tuple((first, last) for first, last in stretches)
    sets = frozenset(spots), wide, frozenset(rare), frozenset(named)
    return Filing(telling, document, tuple(claims), tuple(types), days, *sets, crowd, read)
