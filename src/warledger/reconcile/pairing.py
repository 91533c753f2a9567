"""From tellings to scored pairs: blocking, comparison, and the rivalry between the pairs of two documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warledger.reconcile.blocking import candidate_pairs
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


def compare_all(tellings: Sequence[Telling], book: ActorBook) -> list[Compared]:
    """The first findings for every pair that blocking lets through, without rivalry."""
    out = []
    stories: dict[tuple[str, str], float] = {}
    for i, j in candidate_pairs(tellings):
        left, right = tellings[i], tellings[j]
        both = (left.document, right.document) if left.document < right.document else (right.document, left.document)
        if both not in stories:
            stories[both] = cosine(left.story, right.story)
        out.append(Compared(left.id, right.id, left.document, right.document, tuple(compare(left, right, book, stories[both]))))
    return out


def with_rivals(compared: Sequence[Compared], first: Weights) -> list[Compared]:
    """The same pairs with the finding of how each does against its rivals, by the scores of `first`."""
    scores = [first.score(c.levels) for c in compared]
    rivals = rival_levels([c.key for c in compared], scores)
    return [
        Compared(c.left, c.right, c.left_document, c.right_document, (*c.levels, rival))
        for c, rival in zip(compared, rivals, strict=True)
    ]
