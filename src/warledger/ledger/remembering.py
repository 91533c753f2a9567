"""What earlier runs worked out, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final

from warledger.errors import BusyError, StorageError
from warledger.store import Held, Store

STALE: Final = 3
"""Rows that a run did not use are thrown away when there are so many times as many as it used."""


class LedgerMemory:
    """The steps that were taken before (`reconcile.memory.Memory`). Where the ledger is open for reading alone, or another
    process is writing, what is new is not kept, and worked out again the next time.
    """

    def __init__(self, store: Store, held: Iterable[Held], code: str) -> None:
        """`code` stands for the code and data that steps are taken by."""
        from warledger.reconcile.asking import digest

        self._store, self._code = store, code
        self._keys = {one.document: digest(one.document_sha256, one.record_sha256) for one in held}
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
