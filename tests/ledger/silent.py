"""An extractor that finds nothing, so that no network is loaded; run as a program it watches a feed until it is killed."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from warledger.core import Document, Record
from warledger.ledger import Ledger
from warledger.ledger.watching import Watch, watch


class Silent:
    name = "silent 1"

    def extract(self, document: Document) -> Record:
        return Record(document.id, extractor=self.name)

    def extract_many(self, documents: Iterable[Document], jobs: int = 1) -> Iterator[Record]:
        return map(self.extract, documents)


def wait_for_documents(database: Path, count: int, *, timeout_s: float) -> None:
    """Wait until a ledger that another process fills holds `count` documents, or the time is over."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows,
        ):
            if rows.execute("SELECT count(*) FROM documents").fetchone()[0] >= count:
                return
        time.sleep(0.001)


if __name__ == "__main__":
    with Ledger.open(sys.argv[1]) as ledger:
        for _ in watch(ledger, sys.argv[2:], Watch(0.0, allow_loopback=True, extractor=Silent(), sleep=lambda _: None)):
            pass
