"""Documents and records of a state of the ledger, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from warledger.core import Document, Record
from warledger.store import Held, Store

Value = TypeVar("Value")


ONE_BY_ONE = 32
"""After so many single reads the rest is read at once: somebody is going through all of it."""


class Loader:
    """Reads the documents and records that a ledger held, each once; with `most`, only the last so many are kept in memory."""

    def __init__(self, store: Store, held: Mapping[str, Held], *, most: int | None = None) -> None:
        self.held = held
        self._store = store
        self._most = most
        self._single = 0
        self._documents: dict[str, Document] = {}
        self._records: dict[str, Record] = {}
        self.documents: Mapping[str, Document] = _Loaded(self, self._documents)
        self.records: Mapping[str, Record] = _Loaded(self, self._records)

    def load(self, ident: str) -> None:
        """Read one that has not been read yet. Raises KeyError for a document that was not held."""
        if ident in self._documents:
            return
        held = self.held[ident]
        self._single += 1
        if self._most is not None:
            self._make_room(self._most)
            self._read([held])
        elif self._single > ONE_BY_ONE:
            self.load_all()
        else:
            self._read([held])

    def _make_room(self, most: int) -> None:
        """Forget what was read first."""
        while len(self._documents) >= most:
            oldest = next(iter(self._documents))
            del self._documents[oldest], self._records[oldest]

    def load_all(self) -> None:
        """Read all that have not been read yet."""
        self._read([one for ident, one in self.held.items() if ident not in self._documents])

    def _read(self, held: Sequence[Held]) -> None:
        for document, record in self._store.records.read(held):
            self._documents[document.id] = document
            self._records[document.id] = record


class _Loaded(Mapping[str, Value], Generic[Value]):
    """A mapping in the order of ids, whose values are read when they are asked for."""

    def __init__(self, loader: Loader, values: dict[str, Value]) -> None:
        self._loader = loader
        self._values = values

    def __getitem__(self, ident: str) -> Value:
        self._loader.load(ident)
        return self._values[ident]

    def __contains__(self, ident: object) -> bool:
        return ident in self._loader.held

    def __iter__(self) -> Iterator[str]:
        return iter(self._loader.held)

    def __len__(self) -> int:
        return len(self._loader.held)
