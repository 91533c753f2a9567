"""Prints every figure of the evaluation, the trivial baseline beside it, and fails where one is below its floor.

python eval/run.py [--shared ../shared] [--json FILE]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from warledger.core.codec import to_json
from warledger.evaluate.baseline import learn, predict
from warledger.evaluate.floors import below, data_hash, read_floors
from warledger.extract import Extractor
from warledger.ingest import ReadOptions, read

HERE = Path(__file__).parent


def scorer(shared: Path) -> ModuleType:
    """The annotation guide's own scorer."""
    spec = importlib.util.spec_from_file_location("score", shared / "annotation" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "annotation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def claims_task(shared: Path) -> tuple[dict[str, float], dict[str, float]]:
    """The extractor's and the baseline's figures on the development documents."""
    corpus = shared / "corpus"
    gold = read_jsonl(corpus / "dev.gold.jsonl")
    documents = [d for d in read([str(corpus / "dev.docs.jsonl")], ReadOptions(undated=True)) if hasattr(d, "text")]
    extractor = Extractor.load(jobs=2)
    predicted = [to_json(r, d.label) for d, r in zip(documents, extractor.extract_many(documents, jobs=2), strict=True)]
    train = {d["doc"]: d for d in read_jsonl(corpus / "train.docs.jsonl")}
    records = read_jsonl(corpus / "train.gold.jsonl")
    words = learn((train[r["doc"]], r) for r in records)
    places = {p["name"] for r in records for p in r["places"]}
    trivial = [predict(words, d, places) for d in read_jsonl(corpus / "dev.docs.jsonl")]
    score = scorer(shared).score
    return score(gold, predicted), score(gold, trivial)


def main() -> int:
    """Run every task whose data is there."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--json", type=Path, help="also write the figures to this file")
    a = ap.parse_args()
    dev = [a.shared / "corpus" / f"dev.{x}.jsonl" for x in ("docs", "gold")]
    if not all(p.exists() for p in dev):
        print("eval: the development corpus is not here; nothing was measured", file=sys.stderr)
        return 0
    began = time.monotonic()
    figures, trivial = claims_task(a.shared)
    hashes, floors = read_floors(HERE / "floors.json")
    print(f"{'claims on dev':<22}{'warledger':>10}{'baseline':>10}")
    for name, value in figures.items():
        other = trivial[name]
        cells = (f"{x:>10.3f}" if isinstance(x, float) and not math.isnan(x) else f"{x:>10}" for x in (value, other))
        print(f"{name:<22}{''.join(cells)}")
    print(f"took {time.monotonic() - began:.1f} s")
    if a.json:
        a.json.write_text(json.dumps({"claims": figures, "baseline": trivial}, indent=1))
    faults = below(floors, "claims", figures)
    if hashes.get("claims") != data_hash(dev):
        faults.append("claims: the data is not the data that the floors were set on")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
