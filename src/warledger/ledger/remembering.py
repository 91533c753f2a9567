"""What earlier runs worked out, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final

from warledger.errors import BusyError, StorageError
from warledger.store import Held, Store

STALE: Final = 3
"""Rows that a run did not use are thrown away when there are so many times as many as it used."""


def key_by_document(held: Iterable[Held]) -> dict[str, str]:
    """What stands for each document with its record."""
    from warledger.reconcile.asking import digest

    return {one.document: digest(one.document_sha256, one.record_sha256) for one in held}


class LedgerMemory:
    """The steps that were taken before (`reconcile.memory.Memory`). Where the ledger is open for reading alone, or another
    process is writing, what is new is not kept, and worked out again the next time.
    """

    def __init__(self, store: Store, held: Iterable[Held], code: str) -> None:
        """`code` stands for the code and data that steps are taken by."""
        self._store, self._code = store, code
        self._keys = key_by_document(held)
        self._recalled: dict[str, frozenset[str]] = {}

    def key_of(self, document: str) -> str:
        """What stands for a document with its record in force."""
        return self._keys[document]

    def recall(self, kind: str) -> Mapping[str, str]:
        """All rows of a kind."""
        rows = self._store.steps.rows(self._code, kind)
        self._recalled[kind] = frozenset(rows)
        return rows

    def keep(self, kind: str, rows: Mapping[str, str]) -> None:
        """Keep rows of a kind."""
        if rows:
            with suppress(StorageError, BusyError):
                self._store.steps.put(self._code, kind, rows)

    def done(self, kind: str, used: Collection[str]) -> None:
        """Throw away what was not used, where that is most of what there is."""
        unused = self._recalled.get(kind, frozenset()).difference(used)
        if len(unused) > STALE * len(used):
            with suppress(StorageError, BusyError):
                self._store.steps.drop(self._code, kind, unused)


class LedgerShelf:
    """The steps that were taken before (`reconcile.memory.Shelf`), for a few documents more: nothing is gone through. What is
    written goes with the transaction in which it is.
    """

    def __init__(self, store: Store, new: Iterable[Held], code: str) -> None:
        self._steps, self._code = store.steps, code
        self._keys = key_by_document(new)

    def key_of(self, document: str) -> str:
        """What stands for a new document with its record. Raises LookupError for another one."""
        return self._keys[document]

    def recall(self, kind: str) -> Mapping[str, str]:  # noqa: ARG002 - as Memory has it
        """Nothing: rows are taken one by one."""
        return {}

    def one(self, kind: str, key: str) -> str | None:
        """One row."""
        return self._steps.one(self._code, kind, key)

    def keep(self, kind: str, rows: Mapping[str, str]) -> None:
        """Keep rows of a kind."""
        if rows:
            self._steps.put(self._code, kind, rows)

    def done(self, kind: str, used: Collection[str]) -> None:
        """Throw nothing away."""

    def forget(self, kind: str, keys: Collection[str]) -> None:
        """Throw rows away."""
        self._steps.drop(self._code, kind, keys)
