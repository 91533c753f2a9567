"""The training reports in two halves: a network that is fitted to one half reads the other as it reads reports in use.

    python -m train.unseen --corpus ../shared/corpus --out build/half      writes the half to fit a network to

The packaged network knows the training reports by heart, so that it is surer there than elsewhere. What is weighed beside it
must be fitted where it errs as it does in use.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from train.links import ROOT, read_corpus, rows

from warledger.core import Document, Record
from warledger.extract import Extractor
from warledger.model import Network

FILES = ("train.docs.jsonl", "train.gold.jsonl")


def is_unseen(names: list[str]) -> frozenset[str]:
    """The names of the reports that are left out of the half: every second, by name."""
    return frozenset(sorted(names)[::2])


def write_half(corpus: Path, out: Path) -> None:
    """Write the reports that a network is fitted to, with their records."""
    out.mkdir(parents=True, exist_ok=True)
    unseen = is_unseen([row["doc"] for row in rows(corpus / FILES[0])])
    for name in FILES:
        kept = [json.dumps(row) for row in rows(corpus / name) if row["doc"] not in unseen]
        (out / name).write_text("\n".join(kept) + "\n", encoding="utf-8")


def reader(folder: Path) -> Extractor:
    """An extractor with the network in `folder` and the packaged one's thresholds."""
    extractor = Extractor.load()
    network = Network.load(folder)
    network.tables = replace(network.tables, thresholds=extractor.network.tables.thresholds)
    return Extractor(network, extractor.gazetteer, extractor.lexicon)


def unseen(corpus: Path) -> Iterator[tuple[int, Document, Record]]:
    """The reports that are left out of the half, numbered in the order of their names, with their records."""
    documents, gold = read_corpus(corpus, "train")
    names = is_unseen([d.name for d in documents.values()])
    for number, document in enumerate(sorted((d for d in documents.values() if d.name in names), key=lambda d: d.name)):
        yield number, document, gold[document.id]


def main() -> None:
    """Write the half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=Path, default=Path("build/half"))
    args = parser.parse_args()
    write_half(args.corpus, args.out)


if __name__ == "__main__":
    main()
