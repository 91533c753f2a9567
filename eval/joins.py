"""How well claims are joined into events: the guide's figures over the clusters that a ledger exports.

A wrong join is worse than a missed one, so both are told: `over_merged` is the share of joined pairs that are two events,
`split` the share of one event's pairs that were kept apart.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpora import DEV, Corpora, Json

from warledger.ingest import ReadOptions
from warledger.ledger import Ledger

LINKS = "dev.links.jsonl"
"""Which local events of the development documents are one event."""

Figures = dict[str, float]


def links_task(data: Corpora) -> tuple[Figures, Figures]:
    """End to end, from what the extractor reads, and given the annotated claims; the baseline joins what shares type, place
    name and day.
    """
    figures, trivial = Figures(), Figures()
    for prefix, records in (("", data.predicted), ("given_", data.gold)):
        figures |= _named(prefix, score(data, joined(data, records)))
        trivial |= _named(prefix, score(data, joined_plainly(records)))
    return figures, trivial


def joined(data: Corpora, records: Sequence[Json]) -> list[Json]:
    """The clusters that a new ledger of the development documents exports, with `records` in place of extraction."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        file, out = folder / "records.jsonl", folder / "clusters.jsonl"
        file.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
        with Ledger.open(folder / "ledger.db") as ledger:
            ledger.add(data.folder / DEV[0], records=file, options=ReadOptions(undated=True))
            ledger.export("clusters", out)
        return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def joined_plainly(records: Sequence[Json]) -> list[Json]:
    """The clusters of claims that share type, place name and day."""
    found: dict[tuple[object, ...], list[list[object]]] = defaultdict(list)
    for record in records:
        names = {p["id"]: p["name"] for p in record.get("places", [])}
        for claim in record["claims"]:
            place, when = names.get(claim.get("place")), claim.get("when")
            key = (claim["type"], place, when) if place and when else (record["doc"], *claim["span"])
            found[key].append([record["doc"], *claim["span"]])
    return [{"cluster": f"c{n}", "claims": claims} for n, claims in enumerate(found.values())]


def score(data: Corpora, clusters: Sequence[Json]) -> Mapping[str, float]:
    """What the guide's own scorer says of `clusters`."""
    with TemporaryDirectory() as made:
        file = Path(made) / "clusters.jsonl"
        file.write_text("".join(json.dumps(c) + "\n" for c in clusters), "utf-8")
        scorer = data.shared / "annotation" / "score_links.py"
        command = [sys.executable, scorer, data.folder / DEV[1], data.folder / LINKS, file, "--json"]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _named(prefix: str, scores: Mapping[str, float]) -> Figures:
    told = {name: scores[name] for name in scores if name.startswith(("pairs_", "b3_", "gold_claims", "predicted_pairs"))}
    return {
        prefix + name: value
        for name, value in {
            **told,
            "over_merged": 1 - scores["pairs_precision"],
            "split": 1 - scores["pairs_recall"],
        }.items()
    }
