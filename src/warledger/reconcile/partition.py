"""The partition of tellings into events: scored pairs, judgements and one document's own distinctions, clustered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warledger.core import Judgement, Match
from warledger.reconcile.clustering import Pair, cluster
from warledger.reconcile.compare import elsewhere
from warledger.reconcile.judging import constraints
from warledger.reconcile.knowledge import ActorBook
from warledger.reconcile.pairing import Compared, compare_all, with_rivals
from warledger.reconcile.scoring import Model, Weights
from warledger.reconcile.telling import Telling
from warledger.reconcile.within import inner_scores


@dataclass(frozen=True, slots=True)
class Part:
    """The tellings of one event, by id, and the strongest matches that hold them together."""

    tellings: tuple[str, ...]
    matches: tuple[Match, ...]


def partition(tellings: Sequence[Telling], book: ActorBook, judgements: Sequence[Judgement], model: Model) -> list[Part]:
    """Every telling in one part. `judgements` are those in force, oldest first.

    Two tellings of one document that a person made never meet; those of one that was read may, by what others say of both.
    """
    compared = {(c.left, c.right): c for c in with_rivals(compare_all(tellings, book, first=model.first), model.first)}
    read = {t.id for t in tellings if t.read}
    scores = {key: model.above(c.levels, read=c.left in read or c.right in read) for key, c in compared.items()}
    inner = inner_scores(tellings, book, model.within, model.join_within_at)
    scores |= {pair: score + model.join_at for pair, score in inner.items()}
    asked = constraints({c.id: t.id for t in tellings for c in t.claims}, judgements)
    joined = {frozenset(pair) for pair in asked.together}
    by_id = {t.id: t for t in tellings}
    plainly_two = [(a, b) for a, b in sorted(scores) if frozenset((a, b)) not in joined and elsewhere(by_id[a], by_id[b])]
    parts = cluster(
        {t.id: t.id if t.read else t.document for t in tellings},
        scores,
        threshold=model.join_at,
        together=asked.together,
        apart=(*asked.apart, *plainly_two),
    )
    return [Part(part, _matches(part, compared, scores, model.final)) for part in parts]


def _matches(
    part: Sequence[str], compared: Mapping[Pair, Compared], scores: Mapping[Pair, float], weights: Weights
) -> tuple[Match, ...]:
    """A spanning tree of the part's best pairs, best score first."""
    head = {t: t for t in part}

    def find(item: str) -> str:
        while head[item] != item:
            item = head[item]
        return item

    inside = [(a, b) for i, a in enumerate(part) for b in part[i + 1 :] if (a, b) in compared]
    out = []
    for pair in sorted(inside, key=lambda p: (-scores[p], p)):
        first, second = find(pair[0]), find(pair[1])
        if first != second:
            head[second] = first
            out.append(Match(pair[0], pair[1], round(scores[pair], 3), weights.reasons(compared[pair].levels)))
    return tuple(out)
