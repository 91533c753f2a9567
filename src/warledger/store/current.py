"""The table of what follows from all that the ledger holds now, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from warledger.store.backend import Backend

LOT: Final = 2_000
"""Rows written at once."""
LAST: Final = 2**63 - 1
"""The last number that a row can have."""
Row = tuple[str, str, str, str]
"""Kind, key, item, text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a ledger has grown: the numbers of the last document, record, judgement and source that it holds."""

    documents: int
    records: int
    judgements: int
    sources: int


def read_mark(backend: Backend) -> Mark:
    """How far the ledger has grown by now."""
    tables = ("documents", "records", "judgements", "sources")
    row = backend.one(f"SELECT {', '.join(f'(SELECT MAX(seq) FROM {table})' for table in tables)}")
    return Mark(*(int(number or 0) for number in row or (0, 0, 0, 0)))


class Current:
    """Texts by kind, key and item; several items may share a key. The rows are one whole, thrown away only together."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def items(self, kind: str, key: str) -> dict[str, str]:
        """The texts under a key, by item, in the order of items."""
        sql = "SELECT item, json FROM current WHERE kind = ? AND key = ? ORDER BY item"
        return {str(item): str(text) for item, text in self._backend.rows(sql, (kind, key))}

    def under(self, kind: str, keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Key, item and text of the rows under some keys, in their order."""
        marks = ", ".join("?" * len(keys))
        sql = f"SELECT key, item, json FROM current WHERE kind = ? AND key IN ({marks}) ORDER BY key, item"
        return ((str(key), str(item), str(text)) for key, item, text in self._backend.rows(sql, (kind, *keys)))

    def one(self, kind: str, key: str) -> str | None:
        """The text under a key that has one item, the empty one; None if there is none."""
        row = self._backend.one("SELECT json FROM current WHERE kind = ? AND key = ? AND item = ''", (kind, key))
        return None if row is None else str(row[0])

    def count(self, kind: str, key: str) -> int:
        """How many items there are under a key."""
        row = self._backend.one("SELECT COUNT(*) FROM current WHERE kind = ? AND key = ?", (kind, key))
        return 0 if row is None else int(row[0] or 0)

    def every(self, kind: str) -> Iterator[tuple[str, str, str]]:
        """Key, item and text of every row of a kind, in their order."""
        sql = "SELECT key, item, json FROM current WHERE kind = ? ORDER BY key, item"
        return ((str(key), str(item), str(text)) for key, item, text in self._backend.rows(sql, (kind,)))

    def keys(self, kind: str) -> Iterator[str]:
        """The keys of the rows of a kind, in their order."""
        sql = "SELECT DISTINCT key FROM current WHERE kind = ? ORDER BY key"
        return (str(key) for (key,) in self._backend.rows(sql, (kind,)))

    def behind(self, kind: str, key: str, item: str, most: int) -> Iterator[tuple[str, str, str]]:
        """Key, item and text of so many rows of a kind from one on, in their order."""
        sql = "SELECT key, item, json FROM current WHERE kind = ? AND (key, item) >= (?, ?) ORDER BY key, item LIMIT ?"
        return ((str(key), str(item), str(text)) for key, item, text in self._backend.rows(sql, (kind, key, item, most)))

    def put(self, rows: Iterable[Row]) -> None:
        """Keep rows, in the place of those that have the same kind, key and item."""
        sql = (
            "INSERT INTO current (kind, key, item, json) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, key, item) DO UPDATE SET json = excluded.json"
        )
        self._write(sql, rows)

    def drop(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Throw rows away, by kind, key and item."""
        self._backend.execute_many("DELETE FROM current WHERE kind = ? AND key = ? AND item = ?", list(rows))

    def gather(self, rows: Iterable[Row]) -> None:
        """Put rows by, to take the place of all (`replace`). No other process has to wait meanwhile."""
        self._backend.execute("DROP TABLE IF EXISTS coming")
        self._backend.execute("CREATE TEMPORARY TABLE coming (kind TEXT, key TEXT, item TEXT, json TEXT)")
        self._backend.execute("SAVEPOINT gathering")  # else each row is a transaction
        try:
            self._write("INSERT INTO coming (kind, key, item, json) VALUES (?, ?, ?, ?)", rows)
        finally:
            self._backend.execute("RELEASE gathering")

    def replace(self) -> None:
        """Put what was gathered in the place of all; in the order of keys, which takes least room and time."""
        self._backend.execute("DELETE FROM current")
        self._backend.execute(
            "INSERT INTO current (kind, key, item, json) SELECT DISTINCT kind, key, item, json FROM coming ORDER BY 1, 2, 3"
        )

    def _write(self, sql: str, rows: Iterable[Row]) -> None:
        left = iter(rows)
        while lot := list(islice(left, LOT)):
            self._backend.execute_many(sql, lot)
