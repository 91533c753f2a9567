"""From tellings to scored pairs: blocking, comparison, and the rivalry between the pairs of two documents."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from warledger.reconcile.blocking import BUCKET_DAYS, candidate_pairs
from warledger.reconcile.clustering import NOT_COMPARED
from warledger.reconcile.compare import Level, compare
from warledger.reconcile.knowledge import ActorBook
from warledger.reconcile.places import bare_name
from warledger.reconcile.scoring import Weights, rival_levels
from warledger.reconcile.telling import Telling
from warledger.reconcile.words import cosine


@dataclass(frozen=True, slots=True)
class Compared:
    """Two tellings (by id, left < right), their documents and every finding of their comparison."""

    left: str
    right: str
    left_document: str
    right_document: str
    levels: tuple[Level, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Telling, its document, telling, its document."""
        return self.left, self.left_document, self.right, self.right_document


QUIET_CROWD: Final = 20
"""Up to this many tellings of one type, place and week, sharing these three says what it says in the training links."""


def crowding(tellings: Sequence[Telling]) -> list[float]:
    """For each telling how many others share its type, first place and week, as the natural log of the ratio to a quiet crowd.

    What many share by chance is weak evidence: each doubling of the crowd halves the odds that two of it are one event.
    """

    def key(telling: Telling) -> tuple[str, str, int]:
        window = telling.window
        week = window[0].toordinal() // BUCKET_DAYS if window else 0
        return telling.type, bare_name(telling.places[0].name) if telling.places else "", week

    counts = Counter(key(t) for t in tellings)
    return [max(0.0, math.log(counts[key(t)] / QUIET_CROWD)) for t in tellings]


def compare_all(tellings: Sequence[Telling], book: ActorBook, *, first: Weights | None = None) -> list[Compared]:
    """The findings for every pair that blocking lets through, without rivalry.

    With `first`, pairs that it scores no better than a pair that was never compared are left out, to save memory.
    """
    out = []
    crowds = crowding(tellings)
    stories: dict[tuple[str, str], float] = {}
    for i, j in candidate_pairs(tellings):
        left, right = tellings[i], tellings[j]
        both = (left.document, right.document) if left.document < right.document else (right.document, left.document)
        if both not in stories:
            stories[both] = cosine(left.story, right.story)
        levels = compare(left, right, book, stories[both])
        crowd = min(crowds[i], crowds[j])
        if crowd:
            levels.append(Level("crowd: many tellings of that type, place and week", crowd))
        if first is None or first.score(levels) > NOT_COMPARED:
            out.append(Compared(left.id, right.id, left.document, right.document, tuple(levels)))
    return out


def with_rivals(compared: Sequence[Compared], first: Weights) -> list[Compared]:
    """The same pairs with the finding of how each does against its rivals, by the scores of `first`."""
    scores = [first.score(c.levels) for c in compared]
    rivals = rival_levels([c.key for c in compared], scores)
    return [
        Compared(c.left, c.right, c.left_document, c.right_document, (*c.levels, rival))
        for c, rival in zip(compared, rivals, strict=True)
    ]
