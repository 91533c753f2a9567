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


def partition(
    filings: Sequence[Filing], met: Iterable[Met], inner: Iterable[Met], judgements: Sequence[Judgement], model: Model
) -> list[Part]:
    """Every telling in one part. `met` are compared pairs of two documents, `inner` of one; `judgements` are those in force,
    oldest first.

    Two tellings of one document that a person made never meet; those of one that was read may, by what others say of both.
    """
    crowds = dict(zip((f.telling for f in filings), crowding(filings), strict=True))
    read = {f.telling for f in filings if f.read}
    joins: dict[Pair, Join] = {}
    scores: dict[Pair, float] = {}
    plainly_two: list[Pair] = []
    for one in met:
        crowd = min(crowds[one.left], crowds[one.right])
        score = clip(one.score + model.final.levels.get(CROWD_LEVEL, 0.0) * crowd)
        score += model.join_at - model.join_read_at if one.left in read or one.right in read else 0.0
        joins[one.left, one.right] = Join(one.left, one.right, score, crowd)
        scores[one.left, one.right] = score
        if one.apart:
            plainly_two.append((one.left, one.right))
    for one in inner:
        scores[one.left, one.right] = one.score + model.join_at
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
