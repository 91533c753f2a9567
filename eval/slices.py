"""Prints claim F1 and whole-claim F1 by slice of the development documents: corpus, year, country, and with or without commas.

python eval/slices.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from run import read_jsonl, scorer
from warledger.core.codec import to_json
from warledger.extract import Extractor
from warledger.ingest import ReadOptions, read

Json = dict[str, Any]


def slices_of(document: Json, record: Json) -> list[str]:
    """The slices that a document belongs to."""
    countries = Counter(p["country"] for p in record["places"] if p.get("country"))
    return [
        f"corpus {document['corpus']}",
        f"year {document['date'][:4] or 'unknown'}",
        f"country {countries.most_common(1)[0][0] if countries else 'unknown'}",
        f"commas {'yes' if ',' in document['text'] else 'no'}",
    ]


def main() -> None:
    """Extract once and score every slice."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    a = ap.parse_args()
    corpus = a.shared / "corpus"
    docs = {d["doc"]: d for d in read_jsonl(corpus / "dev.docs.jsonl")}
    gold = {r["doc"]: r for r in read_jsonl(corpus / "dev.gold.jsonl")}
    documents = [d for d in read([str(corpus / "dev.docs.jsonl")], ReadOptions(undated=True)) if hasattr(d, "text")]
    found = Extractor.load(jobs=2).extract_many(documents, jobs=2)
    predicted = {d.label: to_json(r, d.label) for d, r in zip(documents, found, strict=True)}
    members: dict[str, list[str]] = defaultdict(list)
    for name, record in gold.items():
        for part in slices_of(docs[name], record):
            members[part].append(name)
    score = scorer(a.shared).score
    print(f"{'slice':<28}{'documents':>10}{'claims':>8}{'claim F1':>10}{'whole':>8}")
    for part in sorted(members):
        names = members[part]
        figures = score([gold[n] for n in names], [predicted[n] for n in names])
        print(f"{part:<28}{len(names):>10}{figures['gold_claims']:>8}{figures['claim']:>10.3f}{figures['whole']:>8.3f}")


if __name__ == "__main__":
    main()
