"""Prints the commonest kinds of error on the development documents as a table of the model card.

python eval/errors.py [--shared ../shared] [--kinds 10] [--predicted FILE]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from corpora import Corpora, read_jsonl

from warledger.evaluate.errors import commonest, faults


def main() -> None:
    """Extract, unless the records are given, compare with the annotated records, and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    ap.add_argument("--kinds", type=int, default=10)
    ap.add_argument("--predicted", type=Path, help="records that were made before, one JSON object a line")
    a = ap.parse_args()
    data = Corpora(a.shared)
    predicted = read_jsonl(a.predicted) if a.predicted else data.predicted
    found = list(faults(data.gold, predicted, data.scorer))
    print("| kind of error | number | of all | most often |", "|---|---|---|---|", sep="\n")
    for kind in commonest(found, a.kinds):
        forms = ", ".join(f"{form} {count}" for form, count in kind.forms)
        print(f"| {kind.name} | {kind.count} | {kind.count / len(found):.0%} | {forms} |")
    print(f"| all {len({f.kind for f in found})} kinds | {len(found)} | | |")


if __name__ == "__main__":
    main()
