"""Sets decision thresholds and the calibration of confidence on the development documents, and writes them into the tables.

    python -m train.tune --corpus ../shared/corpus --model src/warledger/model/data

Only the numbers in `tables.json` change; each is chosen by itself, by the F1 of its own decision.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from train.data import load
from train.pack import seal

from warledger.core import Document, document_id
from warledger.evaluate.calibration import fit
from warledger.extract.extractor import Extractor
from warledger.extract.links import link
from warledger.extract.tagged import Tagged, read_tags
from warledger.model import Network

Json = dict[str, Any]
SET = {"figure_least": 0.1, "when": 1.5}
"""The least probability of a figure's likeliest claim; what to take from the logit of "no time", the best of 0.75, 1 and 1.5
on dev. Initiators and targets have weights of their own (`train/roles.py`).
"""
GRID = np.arange(-2.0, 2.01, 0.25)


def documents(corpus: Path) -> Iterator[tuple[Document, Json]]:
    """Development documents with their gold records."""
    for d, r in load(corpus, "dev"):
        published = date.fromisoformat(d["date"]) if d["date"] else None
        sentences = tuple((a, b) for a, b in d["sentences"])
        yield (
            Document(
                document_id(d["text"], d["source"]), d["text"], d["source"], published, name=d["doc"], sentences=sentences
            ),
            r,
        )


def gold_spans(record: Json, layer: str) -> list[tuple[int, int]]:
    """Character spans of one layer in a gold record."""
    if layer == "trigger":
        return [tuple(c["span"]) for c in record["claims"]]
    if layer == "time":
        return [tuple(c["when_span"]) for c in record["claims"] if "when_span" in c]
    if layer == "figure":
        return [tuple(f["span"]) for c in record["claims"] for f in c.get("figures", [])]
    return [tuple(s) for row in record.get(f"{layer}s", []) for s in row.get("spans", [])]


def best_span_threshold(layer: str, read: list[tuple[Document, Tagged, Json]]) -> float:
    """What to take from the logit of "outside" for the best F1 of overlapping spans (for triggers: of the same type)."""
    scored = []
    for eager in GRID:
        right = found = gold_count = 0
        for document, tagged, record in read:
            again = read_tags(document.text, tagged.words, tagged.windows, tagged.outputs, {layer: float(eager)})
            spans = (
                [(t.span.start, t.span.end, t.type) for t in again.triggers]
                if layer == "trigger"
                else [(t.span.start, t.span.end, "") for t in again.mentions[layer]]
            )
            gold = (
                [(*c["span"], c["type"]) for c in record["claims"]]
                if layer == "trigger"
                else [(*s, "") for s in set(gold_spans(record, layer))]
            )
            found, gold_count = found + len(spans), gold_count + len(gold)
            taken: set[int] = set()
            for a, b, kind in spans:
                hit = next((i for i, g in enumerate(gold) if i not in taken and a < g[1] and g[0] < b and g[2] == kind), None)
                if hit is not None:
                    taken.add(hit)
                    right += 1
        scored.append((2 * right / max(1, found + gold_count), -abs(float(eager)), float(eager)))
    best = max(scored)
    if layer == "trigger":  # of settings about as good, the most modest: what is invented is matched, counted and mapped
        best = max((row for row in scored if row[0] >= best[0] - 0.006), key=lambda row: row[1])
    print(f"{layer}: {best[2]:+.2f} gives F1 {best[0]:.3f}")
    return best[2]


def best_link_threshold(role: str, read: list[tuple[Tagged, Json]], network: Network) -> float:
    """The least probability of a yes-or-no link for the best F1 over mentions of the right actor, place or figure."""
    rows: list[tuple[float, bool]] = []
    total = 0
    for tagged, record in read:
        claims = {tuple(c["span"]): c for c in record["claims"]}
        layer = {"also": "place", "figure": "figure"}[role]
        spans_of = {x["id"]: x.get("spans", []) for x in record.get(f"{layer}s", [])}
        for trigger, links in zip(tagged.triggers, link(tagged, network.tables), strict=True):
            claim = next((c for s, c in claims.items() if s[0] < trigger.span.end and trigger.span.start < s[1]), None)
            if claim is None:
                continue
            key = {"also": "also_places"}.get(role, role)
            if role == "figure":
                right = [[f["span"]] for f in claim.get("figures", [])]
            else:
                right = [spans_of.get(i, []) for i in claim.get(key, [])]
            total += len(right)
            best: dict[int, float] = {}
            for mention, chance in links.roles[role]:
                span = tagged.mentions[layer][mention].span
                entity = next(
                    (n for n, group in enumerate(right) for a, b in group if a < span.end and span.start < b), -1 - mention
                )
                best[entity] = max(best.get(entity, 0.0), chance)
            rows += [(p, e >= 0) for e, p in best.items()]
    scored = []
    for floor in np.arange(0.2, 0.81, 0.05):
        right_count = sum(ok for p, ok in rows if p >= floor)
        found = sum(p >= floor for p, _ in rows)
        scored.append((2 * right_count / max(1, found + total), -abs(float(floor) - 0.5), float(floor)))
    highest = max(scored)[0]
    best_row = max((row for row in scored if row[0] >= highest - 0.01), key=lambda row: row[1])  # of about as good, the middle
    print(f"{role}: {best_row[2]:.2f} gives F1 {best_row[0]:.3f}")
    return round(best_row[2], 2)


def best_none(role: str, read: list[tuple[Tagged, Json]], network: Network) -> float:
    """What to take from the logit of "none" for the best F1 of a role with one filler, by the mention that is chosen."""
    scored = []
    for eager in GRID:
        tables = replace(network.tables, thresholds={f"{role}_link": float(eager)})
        right = found = total = 0
        for tagged, record in read:
            spans_of = {x["id"]: x.get("spans", []) for x in (*record.get("actors", []), *record.get("places", []))}
            for trigger, links in zip(tagged.triggers, link(tagged, tables), strict=True):
                claim = next(
                    (c for c in record["claims"] if c["span"][0] < trigger.span.end and trigger.span.start < c["span"][1]), None
                )
                if claim is None:
                    continue
                if role == "time":
                    gold = [claim["when_span"]] if "when_span" in claim and claim.get("when") else []
                elif role == "voice":
                    gold = spans_of.get((claim.get("voice") or [{}])[0].get("who", ""), [])
                else:
                    gold = spans_of.get(claim.get(role, ""), [])
                best = max(links.roles[role], key=lambda m: m[1], default=None)
                total += bool(gold)
                if best is None or best[1] <= links.none[role]:
                    continue
                found += 1
                span = tagged.mentions[{"time": "time", "voice": "actor"}.get(role, "place")][best[0]].span
                right += any(a < span.end and span.start < b for a, b in gold)
        scored.append((2 * right / max(1, found + total), -abs(float(eager)), float(eager)))
    best_row = max(scored)
    print(f"{role}: {best_row[2]:+.2f} gives F1 {best_row[0]:.3f}")
    return best_row[2]


def calibration(read: list[tuple[Tagged, Json]]) -> list[list[float]]:
    """Score to chance of being right, as a rising broken line, from the development triggers."""
    found = []
    for tagged, record in read:
        gold = [(c["span"], c["type"]) for c in record["claims"]]
        for t in tagged.triggers:
            over = [k for s, k in gold if s[0] < t.span.end and t.span.start < s[1]]
            found.append((t.score, t.type in over))
    return [[round(score, 4), round(chance, 4)] for score, chance in fit(found)]


def main() -> None:
    """Choose and write."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--model", type=Path, default=Path("src/warledger/model/data"))
    a = ap.parse_args()
    network = Network.load(a.model)
    network.tables = replace(network.tables, thresholds={})
    own = Extractor.load()
    reader = Extractor(network, own.gazetteer, own.lexicon)
    raw = [(d, reader.read(d), r) for d, r in documents(a.corpus)]
    thresholds = {layer: best_span_threshold(layer, raw) for layer in ("trigger", "actor", "place", "time", "figure")}
    read = [(read_tags(d.text, t.words, t.windows, t.outputs, thresholds), r) for d, t, r in raw]
    for role in ("also", "figure"):
        key = "figure_link" if role == "figure" else role
        thresholds[key] = best_link_threshold(role, read, network)
    singles = {role: best_none(role, read, network) for role in ("place", "time", "voice")}
    # "place" and "time" are layers as well as roles: the roles' own numbers carry another name
    thresholds |= {f"{role}_link": value for role, value in singles.items()}
    thresholds |= SET
    path = a.model / "tables.json"
    tables = json.loads(path.read_text("utf-8"))
    tables["thresholds"] = {**tables.get("thresholds", {}), **thresholds}
    tables["calibration"] = calibration(read)
    path.write_text(json.dumps(tables), "utf-8")
    seal(a.model)


if __name__ == "__main__":
    main()
