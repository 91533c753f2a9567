"""The views of one ledger: of what it holds now, and of other states, the last one of each held."""

from __future__ import annotations

from datetime import date, datetime

from warledger.core import View
from warledger.ledger.now import Now
from warledger.ledger.state import Derived, derive, read_state, stream
from warledger.store import Store


class Views:
    """Gives views, worked out as far as the ledger does not keep them; it keeps `keep` states beside the present one."""

    def __init__(self, store: Store, *, keep: int) -> None:
        self._store, self._keep = store, keep
        self._now = Now(store)
        self._latest: tuple[str, Derived] | None = None

    def close(self) -> None:
        """Have the views that somebody holds read what they will need when the ledger is closed."""
        self._latest = None
        self._now.close()

    def derived(self, as_of: date | None, recorded: date | datetime | None) -> Derived:
        """The view of documents published by `as_of`, of rows added by `recorded`, and what could not be applied to it."""
        if as_of is None and recorded is None and self._keep:
            return self._now.derived()
        state = read_state(self._store, as_of, recorded)
        key = f"{state.key} {as_of}"
        if self._latest is None or self._latest[0] != key:
            self._latest = key, derive(self._store, state, as_of, keep=self._keep)
        return self._latest[1]

    def reading_through(self, as_of: date | None, recorded: date | datetime | None) -> View | None:
        """The view for reading through once; None where it is held whole, or has still to be worked out."""
        if as_of is None and recorded is None:
            return self._now.reading_through()
        state = read_state(self._store, as_of, recorded)
        held = self._latest is not None and self._latest[0] == f"{state.key} {as_of}"
        return None if held else stream(self._store, state, as_of)
