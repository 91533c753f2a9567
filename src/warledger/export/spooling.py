"""Sets and orders of what does not fit into memory, in temporary files of SQLite's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from weakref import finalize

from warledger.errors import StorageError

HELD: Final = 4096
"""Ids that are held in memory; they go out to the file together."""


class _Temporary:
    """A database in a file without a name, which goes with its owner. Raises StorageError where there is no room for it."""

    def __init__(self, table: str) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        finalize(self, self._connection.close)
        for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", table, "BEGIN"):
            self.run(statement)

    def run(self, sql: str, parameters: Sequence[str | bytes] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            raise _no_room(error) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[str]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _no_room(error) from error


def _no_room(error: sqlite3.Error) -> StorageError:
    return StorageError(
        f"what does not fit into memory cannot be put into a temporary file ({error}); make room, or set TMPDIR"
    )


class Ids:
    """A set of ids to add to; they are gone through in their order."""

    def __init__(self) -> None:
        self._new: set[str] = set()
        self._file: _Temporary | None = None

    def update(self, ids: Iterable[str]) -> None:
        """Add ids. Raises StorageError where there is no room for them."""
        self._new.update(ids)
        if len(self._new) >= HELD:
            self._put_out()

    def _put_out(self) -> _Temporary:
        if self._file is None:
            self._file = _Temporary("CREATE TABLE ids (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._file.run_many("INSERT OR IGNORE INTO ids VALUES (?)", [(ident,) for ident in sorted(self._new)])
        self._new.clear()
        return self._file

    def __contains__(self, ident: str) -> bool:
        if ident in self._new or self._file is None:
            return ident in self._new
        return self._file.run("SELECT 1 FROM ids WHERE id = ?", (ident,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        if self._file is None:
            return iter(sorted(self._new))
        return (ident for (ident,) in self._put_out().run("SELECT id FROM ids ORDER BY id"))


class Sorted:
    """Texts by key, added in any order and gone through in that of their keys."""

    def __init__(self) -> None:
        self._file = _Temporary("CREATE TABLE texts (key BLOB, text BLOB)")

    def add(self, *key: str, text: str) -> None:
        """Add a text; it sorts by the first part of its key, then by the next. Raises StorageError where there is no room."""
        self._file.run("INSERT INTO texts VALUES (?, ?)", (_bytes("\0".join(key)), _bytes(text)))

    def __iter__(self) -> Iterator[str]:
        for (text,) in self._file.run("SELECT text FROM texts ORDER BY key"):
            yield text.decode("utf-8", "surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
