"""One document's own tellings of one event, where no person has told them apart.

A record made by hand says by its local event ids which of its claims are one event, and is believed. An extractor's ids join
too little rather than too much: the claims that they leave apart are compared as those of two documents are, with the distance
between them, by weights learned from hand-made records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from warledger.core import Document, Record
from warledger.ontology import same_event_reason
from warledger.reconcile.clustering import cluster
from warledger.reconcile.compare import Level, compare, elsewhere
from warledger.reconcile.knowledge import ActorBook
from warledger.reconcile.scoring import Weights, clip
from warledger.reconcile.telling import Telling, is_machine_made, tellings_of
from warledger.reconcile.words import Rarity


def single_tellings(document: Document, record: Record, book: ActorBook, rarity: Rarity) -> list[Telling]:
    """Each claim of a document as a telling of its own, in the order of the text."""
    alone = {c.id: c.id for c in record.claims}
    found = tellings_of({document.id: document}, {document.id: record}, book, rarity, alone)
    return sorted(found, key=lambda t: (t.claims[0].span, t.id))


def compare_within(tellings: Sequence[Telling], book: ActorBook) -> Iterator[tuple[Telling, Telling, list[Level]]]:
    """Every two tellings of a document whose types can tell of one event, with the findings of their comparison."""
    for left, right in combinations(tellings, 2):
        if any(same_event_reason(one, two) for one in left.types for two in right.types):
            levels = [
                level for level in compare(left, right, book, 0.0) if not level.name.startswith(("words: whole s", "published"))
            ]
            near = min(abs(a.sentence - b.sentence) for a in left.claims for b in right.claims)
            first = [min(c.sentence for c in telling.claims) for telling in (left, right)]
            yield left, right, [*levels, _distance(near), *_opening(*first)]


def inner_scores(
    tellings: Iterable[Telling], book: ActorBook, weights: Weights, join_at: float
) -> dict[tuple[str, str], float]:
    """For two tellings of one document, where an extractor made it, how far they are above the threshold for one event."""
    of_document: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.read:
            of_document[telling.document].append(telling)
    return {
        (min(left.id, right.id), max(left.id, right.id)): clip(weights.score(levels)) - join_at
        for name in sorted(of_document)
        for left, right, levels in compare_within(of_document[name], book)
    }


def _distance(sentences: int) -> Level:
    for limit, name in ((0, "same sentence"), (1, "next sentence"), (4, "a few sentences apart")):
        if sentences <= limit:
            return Level(f"distance: {name}", 1.0, f"{sentences} sentences apart")
    return Level("distance: far apart", 1.0, f"{sentences} sentences apart")


def _opening(one: int, two: int) -> list[Level]:
    """The headline and the lead tell what the rest of the report tells again."""
    return [Level("distance: one opens the report", 1.0)] if min(one, two) <= 1 < max(one, two) else []


def local_groups(
    documents: Mapping[str, Document],
    records: Mapping[str, Record],
    book: ActorBook,
    rarity: Rarity,
    weights: Weights,
    join_at: float,
) -> dict[str, str]:
    """Claim id → the claim it is grouped under, for the claims of machine-made records."""
    out: dict[str, str] = {}
    for name in sorted(records):
        record = records[name]
        if not is_machine_made(record):
            continue
        tellings = single_tellings(documents[name], record, book, rarity)
        scores = {}
        for left, right, levels in compare_within(tellings, book):
            scores[min(left.id, right.id), max(left.id, right.id)] = clip(weights.score(levels))
        for part in parts_within(record, tellings, scores, join_at):
            out.update(dict.fromkeys(part, part[0]))
    return out


def parts_within(
    record: Record, tellings: Sequence[Telling], scores: Mapping[tuple[str, str], float], join_at: float
) -> list[tuple[str, ...]]:
    """The claims of a document by the event they tell of: what its extractor joined, and what scores join."""
    by_event: dict[str, list[str]] = defaultdict(list)
    for claim in record.claims:
        by_event[claim.event].append(claim.id)
    together = [(ids[0], other) for ids in by_event.values() for other in ids[1:]]
    apart = [(a.id, b.id) for a, b in combinations(tellings, 2) if elsewhere(a, b)]
    return cluster({t.id: t.id for t in tellings}, scores, threshold=join_at, together=together, apart=apart)
