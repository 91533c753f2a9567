"""The store: one ledger's tables over one database, and the one way in which a document enters it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from warledger.core import Document, DocumentLink, Issue, Record, Run
from warledger.errors import StorageError
from warledger.store.backend import Backend
from warledger.store.current import Current
from warledger.store.derived import Derived, Steps
from warledger.store.documents import Documents, Links
from warledger.store.dump import dump
from warledger.store.knowledge import Knowledge
from warledger.store.log import Log
from warledger.store.records import Records
from warledger.store.sqlite import SqliteBackend
from warledger.store.verify import verify


class Store:
    """A ledger's tables. Rows are added and never changed; only `derived`, `steps`, `traces` and `current` may be replaced."""

    def __init__(self, backend: Backend) -> None:
        """Over `backend`, brought to the newest schema unless it is open for reading alone."""
        self.backend = backend
        self.documents = Documents(backend)
        self.links = Links(backend)
        self.records = Records(backend)
        self.log = Log(backend)
        self.knowledge = Knowledge(backend)
        self.derived = Derived(backend)
        self.steps = Steps(backend)
        self.current = Current(backend)

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, read_only: bool = False, busy_timeout_s: float = 30.0) -> Store:
        """Open the ledger in a SQLite file; an absent one is made where `create` allows it.

        A ledger that may only be read (its file, folder or disk refuses more) is opened for reading alone.
        Raises LedgerError if there is none or the file is something else, SchemaError for one of a newer version,
        BusyError and StorageError.
        """
        try:
            backend = SqliteBackend(path, create=create, read_only=read_only, busy_timeout_s=busy_timeout_s)
            if not read_only:
                backend.migrate()
        except StorageError:
            if read_only or not Path(path).is_file():
                raise
            backend = SqliteBackend(path, read_only=True, busy_timeout_s=busy_timeout_s)
        return cls(backend)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self.backend.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written in it is kept, or nothing; other writers wait meanwhile."""
        return self.backend.transaction()

    def reading(self) -> AbstractContextManager[None]:
        """All that is read in it is of one moment."""
        return self.backend.reading()

    def add(
        self,
        document: Document,
        record: Record,
        run: Run,
        *,
        signature: bytes = b"",
        links: Callable[[], Iterable[DocumentLink]] = tuple,
        issues: Iterable[Issue] = (),
    ) -> tuple[DocumentLink, ...] | None:
        """Keep a document with all that belongs to it, in one transaction; gives its links, None if it is there already.

        `links` is called within the transaction, when no other process can add the document that this one is a copy of.
        """
        with self.transaction():
            if not self.documents.add(document, run):
                return None
            self.records.add(document, record, run)
            found = tuple(links())
            self.links.add(found, run)
            self.links.add_signature(document.id, signature)
            self.log.add_issues(issues, run)
        return found

    def verify(self) -> Iterator[Issue]:
        """Every fault of the ledger: each quote, checksum, id and reference is read again."""
        return verify(self)

    def dump(self) -> Iterator[str]:
        """What the ledger holds, a line of JSON a row, in the order of content; the same for the same input."""
        return dump(self.backend)
