"""The tables of derived values: what was worked out once is kept, so that it need not be worked out again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from warledger.store.backend import Backend


class Derived:
    """Text by state of the ledger and kind ("issues", "event 000000"). It may be thrown away at any time."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def get(self, state: str, kind: str) -> str | None:
        """What was kept; None if nothing was."""
        row = self._backend.one("SELECT json FROM derived WHERE state = ? AND kind = ?", (state, kind))
        return None if row is None else str(row[0])

    def kinds(self, state: str, beginning: str) -> list[str]:
        """The kinds that are kept of a state and begin so, in their order."""
        sql = "SELECT kind FROM derived WHERE state = ? AND kind >= ? AND kind < ? ORDER BY kind"
        return [str(kind) for (kind,) in self._backend.rows(sql, (state, beginning, beginning + "~"))]

    def put(self, state: str, values: dict[str, str], *, keep: int) -> None:
        """Keep `values` by kind for a state, and of all states only the last `keep`."""
        with self._backend.transaction():
            for kind, text in sorted(values.items()):
                self._backend.execute("DELETE FROM derived WHERE state = ? AND kind = ?", (state, kind))
                self._backend.execute("INSERT INTO derived (state, kind, json) VALUES (?, ?, ?)", (state, kind, text))
            self._backend.execute(
                "DELETE FROM derived WHERE state NOT IN "
                "(SELECT state FROM derived GROUP BY state ORDER BY MAX(seq) DESC LIMIT ?)",
                (keep,),
            )


class Steps:
    """Text by code, kind ("readings", "meetings", "compared", "events") and key: what single steps came to, in whatever state
    they were taken. It may be thrown away at any time.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def rows(self, code: str, kind: str) -> dict[str, str]:
        """All that was kept of a kind, by key."""
        sql = "SELECT key, json FROM steps WHERE code = ? AND kind = ?"
        return {str(key): str(text) for key, text in self._backend.rows(sql, (code, kind))}

    def one(self, code: str, kind: str, key: str) -> str | None:
        """One row that was kept; None if it was not."""
        row = self._backend.one("SELECT json FROM steps WHERE code = ? AND kind = ? AND key = ?", (code, kind, key))
        return None if row is None else str(row[0])

    def put(self, code: str, kind: str, rows: Mapping[str, str]) -> None:
        """Keep rows of a kind, and nothing of other code."""
        sql = (
            "INSERT INTO steps (code, kind, key, json) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (code, kind, key) DO UPDATE SET json = excluded.json"
        )
        with self._backend.transaction():
            self._backend.execute("DELETE FROM steps WHERE code < ? OR code > ?", (code, code))
            self._backend.execute_many(sql, [(code, kind, key, text) for key, text in sorted(rows.items())])

    def drop(self, code: str, kind: str, keys: Collection[str]) -> None:
        """Throw rows away."""
        with self._backend.transaction():
            sql = "DELETE FROM steps WHERE code = ? AND kind = ? AND key = ?"
            self._backend.execute_many(sql, [(code, kind, key) for key in sorted(keys)])
