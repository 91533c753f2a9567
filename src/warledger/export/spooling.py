"""Sets and orders of what does not fit into memory, in temporary files of SQLite's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final
from weakref import finalize

HELD: Final = 4096
"""Ids that are held in memory; they go out to the file together."""


class Ids:
    """A set of ids to add to; they are gone through in their order."""

    def __init__(self) -> None:
        self._new: set[str] = set()
        self._file: sqlite3.Connection | None = None

    def update(self, ids: Iterable[str]) -> None:
        """Add ids."""
        self._new.update(ids)
        if len(self._new) >= HELD:
            self._put_out()

    def _put_out(self) -> sqlite3.Connection:
        if self._file is None:
            self._file = _temporary(self, "CREATE TABLE ids (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._file.executemany("INSERT OR IGNORE INTO ids VALUES (?)", [(ident,) for ident in sorted(self._new)])
        self._new.clear()
        return self._file

    def __contains__(self, ident: str) -> bool:
        if ident in self._new or self._file is None:
            return ident in self._new
        return self._file.execute("SELECT 1 FROM ids WHERE id = ?", (ident,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        if self._file is None:
            return iter(sorted(self._new))
        return (ident for (ident,) in self._put_out().execute("SELECT id FROM ids ORDER BY id"))


class Sorted:
    """Texts by key, added in any order and gone through in that of their keys."""

    def __init__(self) -> None:
        self._file = _temporary(self, "CREATE TABLE texts (key BLOB, text BLOB)")

    def add(self, *key: str, text: str) -> None:
        """Add a text; it sorts by the first part of its key, then by the next."""
        self._file.execute("INSERT INTO texts VALUES (?, ?)", (_bytes("\0".join(key)), _bytes(text)))

    def __iter__(self) -> Iterator[str]:
        for (text,) in self._file.execute("SELECT text FROM texts ORDER BY key"):
            yield text.decode("utf-8", "surrogatepass")


def _temporary(owner: object, table: str) -> sqlite3.Connection:
    """A database in a file without a name, with one table; both go with their owner."""
    file = sqlite3.connect("", isolation_level=None)
    finalize(owner, file.close)
    for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", table, "BEGIN"):
        file.execute(statement)
    return file


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
