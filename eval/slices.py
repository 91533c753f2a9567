"""Prints claim F1 and whole-claim F1 by slice of the development documents: corpus, year, country, and with or without commas.

python eval/slices.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from corpora import Corpora, Json


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
    data = Corpora(a.shared)
    docs = {d["doc"]: d for d in data.dev_rows}
    gold = {r["doc"]: r for r in data.gold}
    predicted = {r["doc"]: r for r in data.predicted}
    members: dict[str, list[str]] = defaultdict(list)
    for name, record in gold.items():
        for part in slices_of(docs[name], record):
            members[part].append(name)
    score = data.scorer.score
    print(f"{'slice':<28}{'documents':>10}{'claims':>8}{'claim F1':>10}{'whole':>8}")
    for part in sorted(members):
        names = members[part]
        figures = score([gold[n] for n in names], [predicted[n] for n in names])
        print(f"{part:<28}{len(names):>10}{figures['gold_claims']:>8}{figures['claim']:>10.3f}{figures['whole']:>8.3f}")


if __name__ == "__main__":
    main()
