"""The training reports in two halves: a network that is fitted to one of them reads the other as it reads reports in use.

    python -m train.unseen --corpus ../shared/corpus --out build/half --out build/other      writes what to fit each network to

The packaged network knows the training reports by heart, so that it is surer there than elsewhere. What is weighed beside it
must be fitted where it errs as it does in use: each report is read by the network of the half that it does not belong to.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from train.links import ROOT, read_corpus, rows

from warledger.core import Document, Record
from warledger.extract import Extractor
from warledger.model import Network

FILES = ("train.docs.jsonl", "train.gold.jsonl")
NETWORKS = (ROOT / "build/half/packed", ROOT / "build/other/packed")
"""The networks of the first half and of the second."""


def halves(names: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the reports in each half: by name, every second from the second on, and every second from the first on."""
    in_order = sorted(names)
    return frozenset(in_order[1::2]), frozenset(in_order[::2])


def write_halves(corpus: Path, outs: Sequence[Path]) -> None:
    """Write each half's reports, with their records, into a folder of its own."""
    found = {name: rows(corpus / name) for name in FILES}
    for out, half in zip(outs, halves([row["doc"] for row in found[FILES[0]]]), strict=True):
        out.mkdir(parents=True, exist_ok=True)
        for name, all_rows in found.items():
            (out / name).write_text("".join(json.dumps(row) + "\n" for row in all_rows if row["doc"] in half), encoding="utf-8")


def reader(folder: Path) -> Extractor:
    """An extractor with the network in `folder` and the packaged one's thresholds."""
    extractor = Extractor.load()
    network = Network.load(folder)
    network.tables = replace(network.tables, thresholds=extractor.network.tables.thresholds)
    return Extractor(network, extractor.gazetteer, extractor.lexicon)


def unseen(corpus: Path, networks: Sequence[Path]) -> Iterator[tuple[Extractor, Document, Record]]:
    """The training reports in the order of their names, each with its record and the extractor that never saw it.

    `networks` are the folders of the networks that were fitted to the first half and to the second.
    """
    of_first, of_second = map(reader, networks)
    documents, gold = read_corpus(corpus, "train")
    first, _ = halves([document.name for document in documents.values()])
    for document in sorted(documents.values(), key=lambda d: d.name):
        yield of_second if document.name in first else of_first, document, gold[document.id]


def main() -> None:
    """Write both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=Path, action="append", help="folder of the first half, and again of the second")
    args = parser.parse_args()
    write_halves(args.corpus, args.out or [folder.parent for folder in NETWORKS])


if __name__ == "__main__":
    main()
