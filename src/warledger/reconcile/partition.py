"""The partition of tellings into events: scored pairs, judgements and one document's own distinctions, clustered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from warledger.core import Judgement
from warledger.reconcile.blocking import Filing
from warledger.reconcile.clustering import Pair, cluster
from warledger.reconcile.judging import constraints
from warledger.reconcile.pairing import CROWD_LEVEL, crowding
from warledger.reconcile.reading import DIGITS, Met
from warledger.reconcile.scoring import Model, clip


@dataclass(frozen=True, slots=True)
class Join:
    """Two tellings of one event that were compared: their score over the threshold that all are held to, and their crowd."""

    left: str
    right: str
    score: float
    crowd: float


@dataclass(frozen=True, slots=True)
class Part:
    """The tellings of one event, by id, and the strongest joins that hold them together."""

    tellings: tuple[str, ...]
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weighs what was found when two tellings were compared, by how crowded it is about them and whether they were read."""

    model: Model

    def join(self, one: Met, crowd: float, *, read: bool) -> Join:
        """Two tellings of two documents, the lesser of their crowds being `crowd`; `read` if an extractor made one of them."""
        score = clip(one.score + self.model.final.levels.get(CROWD_LEVEL, 0.0) * crowd)
        return Join(one.left, one.right, score + (self.model.join_at - self.model.join_read_at if read else 0.0), crowd)

    def inner(self, one: Met) -> float:
        """The score of two tellings of one document."""
        return one.score + self.model.join_at

    def is_strong(self, score: float) -> bool:
        """Whether a score joins two tellings where nothing else is known of them."""
        return round(score, DIGITS) >= self.model.join_at


def partition(
    filings: Sequence[Filing],
    met: Iterable[Met],
    inner: Iterable[Met],
    judgements: Sequence[Judgement],
    model: Model,
    crowds: Mapping[str, float] | None = None,
) -> list[Part]:
    """Every telling in one part. `met` are compared pairs of two documents, `inner` of one; `judgements` are those in force,
    oldest first. `crowds` say how crowded it is about each telling, where `filings` are not all there are.

    Two tellings of one document that a person made never meet; those of one that was read may, by what others say of both.
    """
    if crowds is None:
        crowds = dict(zip((f.telling for f in filings), crowding(filings), strict=True))
    read = {f.telling for f in filings if f.read}
    scorer = Scorer(model)
    joins: dict[Pair, Join] = {}
    scores: dict[Pair, float] = {}
    plainly_two: list[Pair] = []
    for one in met:
        pair = one.left, one.right
        joins[pair] = scorer.join(one, min(crowds[one.left], crowds[one.right]), read=not read.isdisjoint(pair))
        scores[pair] = joins[pair].score
        if one.apart:
            plainly_two.append(pair)
    for one in inner:
        scores[one.left, one.right] = scorer.inner(one)
        if one.apart:
            plainly_two.append((one.left, one.right))
    asked = constraints({c: f.telling for f in filings for c in f.claims}, judgements)
    joined = {frozenset(pair) for pair in asked.together}
    parts = cluster(
        {f.telling: f.telling if f.read else f.document for f in filings},
        {pair: round(score, DIGITS) for pair, score in scores.items()},
        threshold=model.join_at,
        together=asked.together,
        apart=(*asked.apart, *(pair for pair in sorted(plainly_two) if frozenset(pair) not in joined)),
    )
    by_left: dict[str, list[Join]] = defaultdict(list)
    for join in joins.values():
        by_left[join.left].append(join)
    return [Part(part, _tree(part, by_left)) for part in parts]


def _tree(part: Sequence[str], joins: Mapping[str, Sequence[Join]]) -> tuple[Join, ...]:
    """A spanning tree of the part's best pairs, best score first."""
    head = {t: t for t in part}

    def find(item: str) -> str:
        while head[item] != item:
            item = head[item]
        return item

    inside = [join for left in part for join in joins.get(left, ()) if join.right in head]
    out = []
    for join in sorted(inside, key=lambda j: (-j.score, j.left, j.right)):
        first, second = find(join.left), find(join.right)
        if first != second:
            head[second] = first
            out.append(join)
    return tuple(out)
