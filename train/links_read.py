"""The same matching learned from what the extractor reads: its records of the training documents, labelled by the gold ones.

A claim that was read stands for the gold claim whose trigger it overlaps; what overlaps none has no label.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from train.links import (
    THRESHOLDS,
    Claim,
    Material,
    best_threshold,
    claims_of,
    clusters,
    fit_logistic,
    gold_claims,
    read_corpus,
    rows,
    scores,
    show,
    tally,
)

from warledger.core import Document, Record
from warledger.core.codec import from_json, to_json
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge
from warledger.reconcile.pairing import compare_all
from warledger.reconcile.scoring import Weights, clip
from warledger.reconcile.telling import tellings_of
from warledger.reconcile.within import compare_within, inner_scores, local_groups, parts_within, single_tellings
from warledger.reconcile.words import Rarity

Corpus = tuple[dict[str, Document], dict[str, Record]]


def records_read(documents: Mapping[str, Document], path: Path | None) -> dict[str, Record]:
    """The extractor's records of `documents`: from a file of them if there is one, else made anew (minutes)."""
    if path is not None and path.is_file():
        by_label = {row["doc"]: row for row in rows(path)}
        made = {d: from_json(by_label[x.label], x, "warledger") for d, x in documents.items() if x.label in by_label}
        return {d: replace(r, extractor="warledger read") for d, r in made.items()}
    from warledger.extract import Extractor

    extractor = Extractor.load()
    made = {d.id: extractor.extract(d) for d in documents.values()}
    if path is not None:
        lines = (json.dumps(to_json(made[d], documents[d].label), ensure_ascii=False) for d in sorted(made))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


def gold_of(read: Record, gold: Record) -> dict[str, str]:
    """Claim id of the extractor's → gold claim id, by overlapping triggers, first come first served."""
    out: dict[str, str] = {}
    for claim in sorted(read.claims, key=lambda c: (c.span, c.type)):
        over = [g for g in gold.claims if g.span.start < claim.span.end and claim.span.start < g.span.end]
        if over:
            out[claim.id] = min(over, key=lambda g: (g.type != claim.type, abs(g.span.start - claim.span.start), g.id)).id
    return out


def fit_within_read(corpus: Corpus, read: Mapping[str, Record], lexicon: ActorKnowledge | None) -> tuple[Weights, float]:
    """The weights for two claims of one document that an extractor read, and the threshold with the best B-cubed F1."""
    documents, gold = corpus
    book, rarity = ActorBook(read, lexicon), Rarity()
    levels, labels, found = [], [], []
    for name in sorted(set(read) & set(gold)):
        stands = gold_of(read[name], gold[name])
        event = {c.id: c.event for c in gold[name].claims}
        tellings = single_tellings(documents[name], read[name], book, rarity)
        pairs = list(compare_within(tellings, book))
        found.append((read[name], tellings, pairs, {c: event[g] for c, g in stands.items()}))
        for left, right, row in pairs:
            if left.id in stands and right.id in stands:
                levels.append({level.name: level.value for level in row})
                labels.append(event[stands[left.id]] == event[stands[right.id]])
    weights = fit_logistic(levels, labels)
    best = (0.0, 0.0)
    for threshold in THRESHOLDS:
        sums = np.zeros(6)
        for record, tellings, pairs, gold_event in found:
            scored = {(min(a.id, b.id), max(a.id, b.id)): clip(weights.score(row)) for a, b, row in pairs}
            parts = parts_within(record, tellings, scored, threshold)
            predicted = {(c, 0, 0): i for i, part in enumerate(parts) for c in part if c in gold_event}
            sums += tally({key: gold_event[key[0]] for key in predicted}, predicted, predicted)
        best = max(best, (scores(sums)["b3_f1"], threshold))
        show(f"read, within a document, join at {threshold}", scores(sums))
    return weights, best[1]


def load_read(
    corpus: Path,
    stem: str,
    links: str,
    read: Mapping[str, Record],
    within: tuple[Weights, float],
    lexicon: ActorKnowledge | None,
) -> Material:
    """A links file with the extractor's records in place of the gold ones."""
    head, *linked = rows(corpus / links)
    documents, gold = read_corpus(corpus, stem)
    documents = {d: x for d, x in documents.items() if x.name in set(head["documents"]) and d in read}
    records = {d: read[d] for d in documents}
    by_name = {x.name: d for d, x in documents.items()}
    link = {(by_name[d], e): f"{links}:{row['link']}" for row in linked for d, e in row["events"] if d in by_name}
    book, rarity = ActorBook(records, lexicon), Rarity()
    groups = local_groups(documents, records, book, rarity, *within)
    tellings = tellings_of(documents, records, book, rarity, groups)
    telling_of = {c.id: t.id for t in tellings for c in t.claims}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    claims: list[tuple[Claim, str, str]] = []
    for name in sorted(records):
        by_id = {c.id: c for c in gold[name].claims}
        taken: dict[str, str] = {}
        for claim, stands in gold_of(records[name], gold[name]).items():
            if by_id[stands].frame == "news":
                taken.setdefault(stands, telling_of[claim])
                votes[telling_of[claim]][link.get((name, by_id[stands].event), f"{name}:{by_id[stands].event}")] += 1
        for one in gold[name].claims:
            if one.frame == "news":
                label = link.get((name, one.event), f"{name}:{one.event}")
                claims.append(((name, one.span.start, one.span.end), label, taken.get(one.id, f"missed:{one.id}")))
    link_of = {t: min(found, key=lambda x: (-found[x], x)) for t, found in votes.items()}
    link_of = {t.id: link_of.get(t.id, t.id) for t in tellings}
    compared = compare_all(tellings, book)
    inner = inner_scores(tellings, book, *within)
    return Material(links, documents, records, tellings, compared, link_of, frozenset(votes), tuple(claims), inner)


def threshold_read(materials: Sequence[Material], first: Weights, final: Weights) -> float:
    """The threshold for pairs that were read, scored by the weights of hand-made pairs: weights fitted on what was read, from
    training documents that the extractor knows by heart, do worse in cross-validation.
    """
    tallies = {}
    for threshold in THRESHOLDS:
        tallies[threshold] = np.zeros(6)
        for m in materials:
            gold = gold_claims(m)
            tallies[threshold] += tally(gold, claims_of(m, clusters(m, first, final, threshold)), gold)
        show(f"read, join at {threshold}", scores(tallies[threshold]))
    return best_threshold(tallies)
