"""What a Store needs of a database: the seam at which another one can take SQLite's place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

Value = str | int | float | bytes | None
Row = tuple[Value, ...]


class Backend(ABC):
    """One connection to one database.

    The SQL that a Store sends uses `?` for parameters, double quotes for names, `ON CONFLICT`, and nothing else beyond
    standard SQL; migrations are written for each database. Every method turns the database's own faults into
    LedgerError (damaged), BusyError (another writer held it too long) or StorageError (the disk refused).
    """

    name: str
    """Where the database is, for messages."""

    @property
    @abstractmethod
    def schema_version(self) -> int:
        """How many migrations the database has had; 0 for an empty one."""

    @abstractmethod
    def migrate(self, target: int | None = None) -> int:
        """Apply the migrations that are missing, up to `target` (None: all), each whole or not at all; the version reached."""

    @abstractmethod
    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; gives how many rows it changed."""

    @abstractmethod
    def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run one statement for each row of parameters."""

    @abstractmethod
    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of a query, read as they are asked for."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """A write transaction: all of what is done in it, or nothing. One inside another joins it."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """A stretch in which every read sees the database as it stood at the first one, whoever writes meanwhile."""

    @abstractmethod
    def faults(self) -> Iterator[str]:
        """What the database finds wrong with itself: damage, dangling references, tables that may be overwritten."""

    @abstractmethod
    def close(self) -> None:
        """Let the database go. Closing twice does nothing."""

    def one(self, sql: str, parameters: Sequence[Value] = ()) -> Row | None:
        """The first row of a query; None if there is none."""
        return next(self.rows(sql, parameters), None)
