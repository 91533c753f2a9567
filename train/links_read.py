"""The same matching learned from what the extractor reads: its records of the training documents, labelled by the gold ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from train.events import gold_of
from train.links import THRESHOLDS, Claim, fit_logistic, read_corpus, rows, scores, show, tally

from warledger.core import Document, Record
from warledger.reconcile.blocking import Filing
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge
from warledger.reconcile.matching import Matching
from warledger.reconcile.memory import NoMemory
from warledger.reconcile.partition import partition
from warledger.reconcile.reading import Met
from warledger.reconcile.scoring import Model, Weights, clip
from warledger.reconcile.within import compare_within, parts_within, single_tellings
from warledger.reconcile.words import Rarity

Corpus = tuple[dict[str, Document], dict[str, Record]]


def fit_within_read(corpus: Corpus, read: Mapping[str, Record], lexicon: ActorKnowledge | None) -> tuple[Weights, float]:
    """The weights for two claims of one document that an extractor read, and the threshold with the best B-cubed F1."""
    documents, gold = corpus
    book, rarity = ActorBook(read, lexicon), Rarity()
    levels, labels, found = [], [], []
    for name in sorted(set(read) & set(gold)):
        stands = gold_of(read[name].claims, gold[name])
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


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One links file as the extractor's records of its documents are matched: their tellings, and the pairs that were compared
    of two documents (`met`) and of one (`inner`); each gold news claim with its link, and the claim that was read for it.
    """

    filings: tuple[Filing, ...]
    met: tuple[Met, ...]
    inner: tuple[Met, ...]
    link: Mapping[Claim, str]
    found: Mapping[Claim, str]

    def tally(self, model: Model) -> np.ndarray:
        """The sums of its scores where `model` joins; a claim that was not read is alone."""
        parts = partition(self.filings, self.met, self.inner, (), model)
        number = {telling: n for n, part in enumerate(parts) for telling in part.tellings}
        part_of = {claim: number[f.telling] for f in self.filings for claim in f.claims}
        predicted = {claim: part_of[self.found[claim]] if claim in self.found else claim for claim in self.link}
        return tally(self.link, predicted, self.link)


def load_read(corpus: Path, links: str, read: Mapping[str, Record], model: Model, lexicon: ActorKnowledge | None) -> ReadFile:
    """A links file of the training documents, matched as a ledger does it, with the extractor's records for the gold ones."""
    head, *linked = rows(corpus / links)
    documents, gold = read_corpus(corpus, "train")
    documents = {d: x for d, x in documents.items() if x.name in set(head["documents"])}
    by_name = {x.name: d for d, x in documents.items()}
    links_of = {(by_name[d], e): row["link"] for row in linked for d, e in row["events"]}
    matching = Matching(documents, {d: read[d] for d in documents}, (), lexicon, model, NoMemory())
    link: dict[Claim, str] = {}
    found: dict[Claim, str] = {}
    for name in matching.names:
        news = {c.id: (name, c.span.start, c.span.end) for c in gold[name].claims if c.frame == "news"}
        link |= {news[c.id]: links_of.get((name, c.event), f"{name} {c.event}") for c in gold[name].claims if c.id in news}
        for claim, stands in gold_of(read[name].claims, gold[name]).items():
            if stands in news:
                found.setdefault(news[stands], claim)
    readings = matching.readings.values()
    filings = {f.telling: f for reading in readings for f in reading.filings}
    inner = tuple(met for reading in readings for met in reading.inner)
    return ReadFile(tuple(filings.values()), tuple(matching.met()), inner, link, found)


def show_read(files: Sequence[ReadFile], model: Model) -> None:
    """Print the scores by the threshold for pairs that were read, scored by the weights of hand-made pairs."""
    for threshold in THRESHOLDS:
        sums = sum((f.tally(replace(model, join_read_at=threshold)) for f in files), np.zeros(6))
        show(f"read, join at {threshold}", scores(sums))
