#!/usr/bin/env python3
"""Fit the weights that join claims into events from labelled links, and measure them.

    python -m train.links [--corpus DIR]              fit on the training records and links, and write the weights
    python -m train.links --read [--corpus DIR]       fit only what is fitted by what is read, and keep the rest
    python -m train.links --measure [--corpus DIR]    five-fold cross-validation, leave-one-file-out, and dev

The weights of two documents' pairs come of hand-made records. What is read in the training documents, by networks that never
saw them (`train/unseen.py`; minutes), gives the weights and the threshold for claims of one report
(`extract/data/events.json`), and for what reconciliation joins within a document (`reconcile/data/weights.json`). Run it when
the network or its thresholds have changed. Needs numpy. Nothing here is random: folds are cut by the order of names, the fit is
Newton's method from zero.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from warledger.core import Document, Record, document_id
from warledger.core.codec import from_json
from warledger.reconcile.clustering import cluster
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge
from warledger.reconcile.pairing import Compared, compare_all, with_rivals
from warledger.reconcile.scoring import Model, Weights, clip, load_model
from warledger.reconcile.telling import Telling, tellings_of
from warledger.reconcile.words import Rarity

ROOT = Path(__file__).parents[1]
TRAINING = ("train.links.jsonl", "train2.links.jsonl", "train3.links.jsonl")
FOLDS = 5
RIDGE = 1.0
"""Strength of the pull of every weight to zero, in prior pairs."""
PRIOR = {
    "place: apart": -3.0, "place: other country": -3.0, "place: other name": -1.0, "time: apart": -3.0,
    "time: two or three days apart": -1.5, "place: near": -0.5, "source: same outlet": -1.0, "speaker: different": -2.0,
    "place: no town in common for what happens in one": -2.0,
    "figures: conflict": -1.0, "type: table": -1.0, "crowd: many tellings of that type, place and week": -1.0,
}  # fmt: skip
"""Where weights are pulled to instead of zero: blocking leaves few such pairs to learn from, and they are two events."""
THRESHOLDS = tuple(x / 2 for x in range(-4, 5))
TOLERANCE = 0.01
"""A higher threshold is taken if it costs at most this of the mean of the two F1: a wrong join is worse than a missed one."""
JOIN_READ_AT = -1.25
"""The threshold for pairs of two documents that were read: these fill fewer slots, so that less speaks for any pair of them.
Training reports do not tell it (from -2 to -0.5 the mean of the two F1 is 0.582 to 0.584). It is set by the development
reports, which want -1.2 or less, and by the example dossier and UCDP's headlines, of which less than -1.25 joins more wrongly.
"""

Claim = tuple[str, int, int]


@dataclass
class Material:
    """One links file: its tellings, the compared pairs, and which local event is in which link."""

    name: str
    documents: dict[str, Document]
    records: dict[str, Record]
    tellings: list[Telling]
    compared: list[Compared]
    link_of: dict[str, str]
    news: frozenset[str]

    def label(self, pair: Compared) -> bool:
        """Whether the two tellings are one event by the links."""
        return self.link_of[pair.left] == self.link_of[pair.right]

    def is_labelled(self, pair: Compared) -> bool:
        """Whether the links speak of this pair: they cover only what is told as news."""
        return pair.left in self.news and pair.right in self.news


def rows(path: Path) -> list[dict]:
    """The JSON objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_corpus(corpus: Path, stem: str) -> tuple[dict[str, Document], dict[str, Record]]:
    """The documents and the hand-made records of a corpus, by document id."""
    documents: dict[str, Document] = {}
    by_name: dict[str, Document] = {}
    for row in rows(corpus / f"{stem}.docs.jsonl"):
        key = document_id(row["text"], row["source"])
        sentences = tuple(tuple(s) for s in row["sentences"])
        day = date.fromisoformat(row["date"]) if row["date"] else None
        documents[key] = Document(key, row["text"], row["source"], day, row["title"], name=row["doc"], sentences=sentences)
        by_name[row["doc"]] = documents[key]
    records = {by_name[r["doc"]].id: from_json(r, by_name[r["doc"]]) for r in rows(corpus / f"{stem}.gold.jsonl")}
    return documents, records


def load(corpus: Path, stem: str, links: str, lexicon: ActorKnowledge | None) -> Material:
    """Read a links file with the documents and gold records it names, and compare its tellings."""
    head, *linked = rows(corpus / links)
    documents, records = read_corpus(corpus, stem)
    documents = {d.id: d for d in documents.values() if d.name in set(head["documents"])}
    records = {d: r for d, r in records.items() if d in documents}
    by_name = {d.name: d.id for d in documents.values()}
    book = ActorBook(records, lexicon)
    tellings = tellings_of(documents, records, book, Rarity())
    link = {(by_name[d], e): f"{links}:{row['link']}" for row in linked for d, e in row["events"]}
    link_of = {t.id: link.get((t.document, t.claims[0].event), t.id) for t in tellings}
    news = frozenset(t.id for t in tellings if "news" in t.frames)
    return Material(links, documents, records, tellings, compare_all(tellings, book), link_of, news)


def fit_logistic(levels: Sequence[Mapping[str, float]], labels: Sequence[bool], prior: Mapping[str, float] = PRIOR) -> Weights:
    """Logistic regression with a ridge penalty that pulls weights to `prior`, or to zero, by Newton's method."""
    names = sorted({name for row in levels for name in row} | set(prior))
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(levels), len(names) + 1))
    x[:, -1] = 1.0
    for i, row in enumerate(levels):
        for name, value in row.items():
            x[i, column[name]] = value
    y = np.array(labels, dtype=float)
    centre = np.array([prior.get(n, 0.0) for n in names] + [0.0])
    beta = centre.copy()
    ridge = np.full(len(names) + 1, RIDGE)
    ridge[-1] = 1e-6

    def loss(at: np.ndarray) -> float:
        z = x @ at
        return float(np.sum(np.logaddexp(0.0, z) - y * z) + 0.5 * np.sum(ridge * (at - centre) ** 2))

    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (p - y) + ridge * (beta - centre)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        before = loss(beta)
        while loss(beta - step) > before + 1e-9 and np.abs(step).max() > 1e-8:
            step = step / 2  # a whole step of Newton's overshoots where most pairs are plain
        beta = beta - step
        if np.abs(step).max() < 1e-8:
            break
    return Weights(float(beta[-1]), {n: float(b) for n, b in zip(names, beta[:-1], strict=True)})


def as_row(pair: Compared) -> dict[str, float]:
    """Level name → strength."""
    return {level.name: level.value for level in pair.levels}


def fit(train: Iterable[tuple[Material, list[Compared]]]) -> tuple[Weights, Weights]:
    """The weights without and with rivalry; the threshold is not yet set."""
    pairs = [(m, c) for m, chosen in train for c in chosen if m.is_labelled(c)]
    labels = [m.label(c) for m, c in pairs]
    first = fit_logistic([as_row(c) for _, c in pairs], labels)
    rivals = [c for m, chosen in train for c in with_rivals(chosen, first) if m.is_labelled(c)]
    return first, fit_logistic([as_row(c) for c in rivals], labels)


def clusters(material: Material, first: Weights, second: Weights, threshold: float) -> dict[str, int]:
    """Telling id → number of its cluster."""
    scores = {(c.left, c.right): clip(second.score(c.levels)) for c in with_rivals(material.compared, first)}
    parts = cluster({t.id: t.document for t in material.tellings}, scores, threshold=threshold)
    return {item: i for i, part in enumerate(parts) for item in part}


def claims_of(material: Material, of: Mapping[str, object]) -> dict[Claim, object]:
    """News claim → the value of its telling."""
    return {(t.document, c.span.start, c.span.end): of[t.id] for t in material.tellings for c in t.claims if c.frame == "news"}


def gold_claims(material: Material) -> dict[Claim, object]:
    """News claim → its link."""
    return claims_of(material, material.link_of)


def tally(gold: Mapping[Claim, object], predicted: Mapping[Claim, object], counted: Iterable[Claim]) -> np.ndarray:
    """Sums that scores are made of: gold pairs, predicted pairs, both, b3 precision, b3 recall, claims."""
    by_gold, by_predicted = defaultdict(set), defaultdict(set)
    for claim in gold:
        by_gold[gold[claim]].add(claim)
        by_predicted[predicted[claim]].add(claim)
    sums = np.zeros(6)
    for claim in counted:
        mine, theirs = by_gold[gold[claim]], by_predicted[predicted[claim]]
        gx, px = {x for x in mine if x[0] != claim[0]}, {x for x in theirs if x[0] != claim[0]}
        hit = len(mine & theirs)
        sums += (len(gx), len(px), len(gx & px), hit / len(theirs), hit / len(mine), 1)
    return sums


def scores(sums: np.ndarray) -> dict[str, float]:
    """The figures of score_links.py from the sums of `tally`."""
    gp, pp, both, b3p, b3r, n = sums
    p, r = (both / pp if pp else 0.0), (both / gp if gp else 0.0)
    bp, br = b3p / n, b3r / n
    return {
        "pairs_f1": 2 * p * r / (p + r) if p + r else 0.0, "pairs_precision": p, "pairs_recall": r,
        "b3_f1": 2 * bp * br / (bp + br), "b3_precision": bp, "b3_recall": br,
    }  # fmt: skip


def folds_of(material: Material) -> list[set[str]]:
    """Five groups of documents; those that a link joins stay together, and the groups are as even as that allows."""
    root = {d: d for d in material.documents}

    def find(d: str) -> str:
        while root[d] != d:
            d = root[d]
        return d

    by_link = defaultdict(set)
    for telling in material.tellings:
        by_link[material.link_of[telling.id]].add(telling.document)
    for members in by_link.values():
        first, *rest = sorted(members)
        for other in rest:
            low, high = sorted((find(first), find(other)))
            root[high] = low
    groups = defaultdict(set)
    for document in sorted(material.documents):
        groups[find(document)].add(document)
    folds: list[set[str]] = [set() for _ in range(FOLDS)]
    for group in sorted(groups.values(), key=lambda g: (-len(g), min(g))):
        min(folds, key=len).update(group)
    return folds


def best_threshold(tallies: Mapping[float, np.ndarray]) -> float:
    """The highest threshold whose mean of the two F1 lies within the tolerance of the best."""
    means = {t: (scores(x)["pairs_f1"] + scores(x)["b3_f1"]) / 2 for t, x in tallies.items()}
    return max(t for t, mean in means.items() if mean >= max(means.values()) - TOLERANCE)


def cross_validate(materials: Sequence[Material]) -> dict[float, np.ndarray]:
    """Sums by threshold: each document's claims are clustered, in its whole file, by weights that never saw its pairs."""
    out = {t: np.zeros(6) for t in THRESHOLDS}
    all_folds = [folds_of(m) for m in materials]
    for k in range(FOLDS):
        train = [
            (m, [c for c in m.compared if c.left_document not in f[k] and c.right_document not in f[k]])
            for m, f in zip(materials, all_folds, strict=True)
        ]
        first, second = fit(train)
        for m, f in zip(materials, all_folds, strict=True):
            gold = gold_claims(m)
            for threshold in THRESHOLDS:
                predicted = claims_of(m, clusters(m, first, second, threshold))
                out[threshold] += tally(gold, predicted, [c for c in gold if c[0] in f[k]])
    return out


def measure_on(material: Material, first: Weights, second: Weights, threshold: float) -> dict[str, float]:
    """The scores on a whole file."""
    gold = gold_claims(material)
    return scores(tally(gold, claims_of(material, clusters(material, first, second, threshold)), gold))


def show(title: str, figures: Mapping[str, float]) -> None:
    """Print one line of figures."""
    print(f"{title:34}", "  ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)


def lexicon_or_none() -> ActorKnowledge | None:
    """The actor lexicon where the package has one."""
    if importlib.util.find_spec("warledger.lexicon.actors") is None:
        return None
    from warledger.lexicon.actors import ActorLexicon

    return ActorLexicon.load()


def write(path: Path, thresholds: Mapping[str, float], stages: Mapping[str, Weights]) -> None:
    """Write thresholds and weights as JSON, weights rounded to four places and sorted by name."""

    def stage(w: Weights) -> dict[str, object]:
        return {"intercept": round(w.intercept, 4), "levels": {n: round(x, 4) for n, x in sorted(w.levels.items())}}

    out = {**thresholds, **{name: stage(w) for name, w in stages.items()}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


def fit_made(corpus: Path, lexicon: ActorKnowledge | None, *, measure: bool) -> tuple[Weights, Weights, float]:
    """The weights of two documents' pairs without and with rivalry, and their threshold, by hand-made records; with `measure`
    their figures are printed too.
    """
    materials = [load(corpus, "train", name, lexicon) for name in TRAINING]
    for m in materials:
        reachable = {(c.left, c.right) for c in m.compared if m.label(c)}
        print(
            f"{m.name}: {len(m.tellings)} tellings, {len(m.compared)} pairs compared, {len(reachable)} of one event",
            file=sys.stderr,
        )
    tallies = cross_validate(materials)
    join_at = best_threshold(tallies)
    show(f"cross-validation, join at {join_at}", scores(tallies[join_at]))
    first, second = fit([(m, m.compared) for m in materials])
    if measure:
        for m in materials:
            show(f"left out: {m.name}", measure_on(m, *fit([(o, o.compared) for o in materials if o is not m]), join_at))
        show("dev", measure_on(load(corpus, "dev", "dev.links.jsonl", lexicon), first, second, join_at))
        for t in THRESHOLDS:
            show(f"  cross-validation, join at {t}", scores(tallies[t]))
    return first, second, join_at


def main() -> None:
    """Fit and write, or measure."""
    from train.events import fit_events, read_all, write_weights
    from train.links_read import fit_within_read, load_read, show_read
    from train.unseen import NETWORKS, unseen

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=Path, default=ROOT / "src/warledger", help="the package whose weights are written")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--measure", action="store_true", help="fit by hand-made records only, measure, and write nothing")
    part.add_argument("--read", action="store_true", help="fit by what is read only; the weights of hand-made pairs are kept")
    parser.add_argument("--network", type=Path, action="append", help="of the first half of the reports, then of the other")
    args = parser.parse_args()
    lexicon = lexicon_or_none()
    if args.read:
        kept = load_model()
        made = kept.first, kept.final, kept.join_at
    else:
        made = fit_made(args.corpus, lexicon, measure=args.measure)
    if args.measure:
        return
    corpus = read_corpus(args.corpus, "train")
    reads = read_all(unseen(args.corpus, args.network or NETWORKS))
    events = write_weights(args.out / "extract/data/events.json", fit_events(reads))
    read = {r.record.document: r.gathered(events) for r in reads}
    within, within_at = fit_within_read(corpus, read, lexicon)
    model = Model(*made, within, within_at, JOIN_READ_AT)
    show_read([load_read(args.corpus, name, read, model, lexicon) for name in TRAINING], model)
    thresholds = {"join_at": model.join_at, "join_read_at": JOIN_READ_AT, "join_within_at": within_at}
    stages = {"first": model.first, "final": model.final, "within": within}
    write(args.out / "reconcile/data/weights.json", thresholds, stages)
    print(f"{time.process_time():.0f} s of processor time", file=sys.stderr)


if __name__ == "__main__":
    main()
