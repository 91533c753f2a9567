"""The SQLite backend: one file with a write-ahead log, that several processes may read while one writes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from warledger.errors import BusyError, LedgerError, SchemaError, StorageError
from warledger.store.backend import Backend, Row, Value

APPLICATION_ID = 0x5741524C
""""WARL": the mark in the file's header by which `file` and SQLite know a ledger."""

REPLACEABLE = frozenset({"current", "derived", "steps", "traces"})
"""Tables whose rows may be changed; every other one only grows."""

FETCHED_AT_ONCE = 256
RETRY_S = 0.01


def migrations() -> tuple[str, ...]:
    """The SQL of every migration, oldest first; the n-th brings a ledger from version n-1 to n."""
    folder = files("warledger.store") / "migrations" / "sqlite"
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(entry.read_text("utf-8") for _, entry in named)


class SqliteBackend(Backend):
    """A connection to one SQLite file (":memory:" for none)."""

    def __init__(self, path: str | Path, *, create: bool = True, read_only: bool = False, busy_timeout_s: float = 30.0) -> None:
        self.name = str(path)
        self.read_only = read_only
        self._busy_timeout_s = busy_timeout_s
        self._depth = 0
        self._reading = False
        with self._told():
            self._connection = self._connect(create)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _connect(self, create: bool) -> sqlite3.Connection:
        memory = self.name == ":memory:"
        path = Path(self.name)
        if not memory:
            if path.is_dir():
                raise LedgerError(f"{self.name} is a folder; name a file")
            if not path.exists() and (self.read_only or not create):
                raise LedgerError(f"there is no ledger at {self.name}; `warledger add` makes one")
            if not path.parent.is_dir():
                raise StorageError(f"the ledger cannot be made at {self.name}: there is no folder {path.parent}")
        mode = "ro" if self.read_only else "rwc" if create else "rw"
        address = ":memory:" if memory else f"{path.absolute().as_uri()}?mode={mode}"
        if self.read_only and self._needs_no_log(path):
            address += "&immutable=1"
        return sqlite3.connect(
            address, uri=not memory, timeout=self._busy_timeout_s, isolation_level=None, check_same_thread=False
        )

    @staticmethod
    def _needs_no_log(path: Path) -> bool:
        """Whether the file can be read without the log's files, which SQLite could not make beside it."""
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            return False
        probe = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            probe.execute("SELECT 1 FROM sqlite_master").fetchall()
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        finally:
            probe.close()
        return False

    def _prepare(self) -> None:
        """Set the connection up, and refuse a file that is no ledger or one of a later version."""
        run = self._connection.execute
        known = len(migrations())
        if self._is_foreign():
            raise LedgerError(f"{self.name} is a SQLite file, but not a warledger ledger; name another file")
        version = self.schema_version
        if version > known:
            raise SchemaError(
                f"{self.name} has schema version {version}, and this warledger knows versions up to {known}; use a newer one"
            )
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA trusted_schema = OFF")
        run("PRAGMA synchronous = NORMAL")  # with a write-ahead log: safe from a crash; the last rows may go with the power
        if self.read_only and version < known:
            raise SchemaError(
                f"{self.name} has schema version {version}, older than this warledger's {known}; open it for writing once"
            )
        if not self.read_only:
            self._use_log()

    def _is_foreign(self) -> bool:
        """Whether the file has tables that are no ledger's.

        The mark is read last: a ledger that another process makes meanwhile has it as soon as it has tables.
        """
        run = self._connection.execute
        (tables,) = run("SELECT COUNT(*) FROM sqlite_master").fetchone()
        (mark,) = run("PRAGMA application_id").fetchone()
        return bool(mark != APPLICATION_ID and (mark != 0 or tables > 0))

    def _use_log(self) -> None:
        """Turn the write-ahead log on. SQLite does not wait here for other processes, so this does."""
        deadline = time.monotonic() + self._busy_timeout_s
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                    raise
                time.sleep(RETRY_S)
            else:
                return

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn SQLite's faults into ours, each with what a person can do about it."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise BusyError(
                    f"another process has been writing to {self.name} for {self._busy_timeout_s:g} seconds; try again later"
                ) from error
            if code == sqlite3.SQLITE_FULL:
                raise StorageError(
                    f"the disk is full, or {self.name} may not grow; what was added before is kept: make room and run it again"
                ) from error
            if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
                raise StorageError(
                    f"{self.name} cannot be written: see whether the file and its folder allow it ({error})"
                ) from error
            if code == sqlite3.SQLITE_IOERR:
                raise StorageError(f"the disk failed while {self.name} was read or written ({error})") from error
            if code == sqlite3.SQLITE_NOTADB:
                raise LedgerError(f"{self.name} is not a ledger: it is some other kind of file") from error
            if code == sqlite3.SQLITE_CORRUPT:
                raise LedgerError(f"{self.name} is damaged ({error}); go back to a copy of it") from error
            raise LedgerError(f"{self.name}: {error}") from error

    @property
    def schema_version(self) -> int:
        """SQLite's user_version."""
        with self._told():
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    def migrate(self, target: int | None = None) -> int:
        """As `Backend.migrate`; each migration is a transaction, so a killed one leaves the version before it."""
        scripts = migrations()[:target]
        while self.schema_version < len(scripts):
            with self.transaction(), self._told():
                at = self.schema_version  # again, for another process may have been here first
                if at >= len(scripts):
                    break
                for statement in _statements(scripts[at]):
                    self._connection.execute(statement)
                self._guard()
                self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._connection.execute(f"PRAGMA user_version = {at + 1}")
        return self.schema_version

    def _guard(self) -> None:
        """Make every table but the replaceable ones refuse changes to its rows."""
        for (table,) in self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall():
            if table in REPLACEABLE or table.startswith("sqlite_"):
                continue
            for verb in ("UPDATE", "DELETE"):
                self._connection.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or taken out; add a row instead'); END"
                )

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """As `Backend.execute`."""
        with self._told():
            return self._connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """As `Backend.execute_many`."""
        with self._told():
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> Iterator[Row]:
        """As `Backend.rows`."""
        with self._told():
            cursor = self._connection.execute(sql, parameters)
            while found := cursor.fetchmany(FETCHED_AT_ONCE):
                yield from found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As `Backend.transaction`; waits for another writer up to the busy time."""
        if self._reading:
            raise LedgerError("what is read as of one moment cannot be written to; write before or after")
        self._depth += 1
        try:
            if self._depth == 1:
                self.execute("BEGIN IMMEDIATE")
            yield
            if self._depth == 1:
                self.execute("COMMIT")
        except BaseException:
            if self._depth == 1:
                self._roll_back()
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def reading(self) -> Iterator[None]:
        """As `Backend.reading`."""
        if self._depth or self._reading:
            yield
            return
        self.execute("BEGIN")
        self._reading = True
        try:
            yield
        finally:
            self._reading = False
            self._roll_back()

    def _roll_back(self) -> None:
        # The first fault is the one to tell; a full disk has rolled back by itself, and a damaged file cannot.
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def faults(self) -> Iterator[str]:
        """As `Backend.faults`: SQLite's integrity check, foreign keys, and the schema against a new ledger's."""
        try:
            for (found,) in self.rows("PRAGMA integrity_check"):
                if found != "ok":
                    yield f"the file is damaged: {found!s}"
            for table, row, parent, _ in self.rows("PRAGMA foreign_key_check"):
                yield f"row {row!s} of {table!s} refers to a row of {parent!s} that is not there"
        except LedgerError as error:
            yield str(error)
            return
        other = SqliteBackend(":memory:")
        other.migrate(self.schema_version)
        expected, found_here = other._schema(), self._schema()
        other.close()
        for name in sorted(expected.keys() | found_here.keys()):
            if expected.get(name) != found_here.get(name):
                how = "is missing" if name not in found_here else "was changed" if name in expected else "was added by hand"
                yield f"{name} {how}"

    def _schema(self) -> dict[str, Value]:
        named = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1"
        return {str(name): sql for name, sql in self.rows(named)}

    def close(self) -> None:
        """As `Backend.close`; the log is worked into the file by the last one to leave."""
        with self._told():
            self._connection.close()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one (sqlite3's own executescript would end the transaction)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
