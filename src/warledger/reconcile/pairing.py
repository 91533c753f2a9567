"""From tellings to scored pairs: blocking, comparison, and the rivalry between the pairs of two documents."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from warledger.reconcile.blocking import Filing, candidate_pairs, filing
from warledger.reconcile.clustering import NOT_COMPARED
from warledger.reconcile.compare import Level, compare
from warledger.reconcile.knowledge import ActorBook
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
CROWD_LEVEL: Final = "crowd: many tellings of that type, place and week"


def crowding(filings: Sequence[Filing]) -> list[float]:
    """For each telling how crowded its type, first place and week are: the natural log of how often the crowd has doubled.

    What many share by chance is weak evidence: each doubling of a quiet crowd halves the odds that two of it are one event.
    """
    counts = Counter(f.crowd for f in filings)
    levels = {key: crowd_level(count) for key, count in counts.items()}
    return [levels[f.crowd] for f in filings]


def crowd_level(count: int) -> float:
    """How crowded it is where `count` tellings share a type, place and week."""
    return max(0, math.floor(math.log2(count / QUIET_CROWD))) * math.log(2) if count else 0.0


def compare_all(tellings: Sequence[Telling], book: ActorBook, *, first: Weights | None = None) -> list[Compared]:
    """The findings for every pair that blocking lets through, as `compare_pairs` gives them."""
    found = candidate_pairs([filing(t) for t in tellings])
    return compare_pairs(((tellings[i], tellings[j]) for i, j in found), book, first=first)


def compare_pairs(pairs: Iterable[tuple[Telling, Telling]], book: ActorBook, *, first: Weights | None = None) -> list[Compared]:
    """The findings for pairs of tellings of two documents, without rivalry and crowds.

    With `first`, pairs that it scores no better than a pair that was never compared are left out, to save memory.
    """
    out = []
    stories: dict[tuple[str, str], float] = {}
    for one, two in pairs:
        left, right = (one, two) if one.id < two.id else (two, one)
        both = (left.document, right.document) if left.document < right.document else (right.document, left.document)
        if both not in stories:
            stories[both] = cosine(left.story, right.story)
        levels = compare(left, right, book, stories[both])
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
