"""The events of parts: those that earlier runs made, where the books would still answer the same, else made anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warledger.core import Event, frozen
from warledger.reconcile.asking import digest
from warledger.reconcile.blocking import Filing
from warledger.reconcile.drafting import Books, Drafter
from warledger.reconcile.matching import LOT
from warledger.reconcile.memory import Memory
from warledger.reconcile.partition import Part


@dataclass(frozen=True, slots=True)
class Making:
    """How an event was made: of what part, what the books were asked (`Notes.lines`), and under which key memory has it."""

    part: Part
    row: str
    asked: list[list[str]]


class Maker:
    """Makes events, and keeps them in `memory` where there is one. `keys` stand for the readings of documents, `roots` are the
    first of their versions.
    """

    def __init__(
        self,
        drafter: Drafter,
        books: Books,
        filings: Mapping[str, Filing],
        keys: Mapping[str, str],
        roots: Mapping[str, str],
        memory: Memory | None,
    ) -> None:
        self._drafter, self._books, self._filings, self._keys, self._roots = drafter, books, filings, keys, roots
        self._memory = memory
        self._kept: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row, text in sorted(memory.recall("events").items()) if memory is not None else ():
            self._kept[row.split(" ")[0]].append((row, text))
        self._new: dict[str, str] = {}
        self._used: set[str] = set()
        self.made: dict[str, Making] = {}

    def event(self, part: Part, owned: Sequence[Part] = ()) -> Event:
        """The event of a part, without its relations. By the events `owned` a belligerent takes it upon itself."""
        if self._memory is None:
            return self._drafter.event(part, owned)
        key = digest(self._content(part), [self._content(other) for other in owned])
        for row, text in self._kept.get(key, ()):
            event, asked = json.loads(text)
            if self._books.still_say(asked):
                self._used.add(row)
                return self._note(Making(part, row, asked), frozen.restored(Event, event))
        with self._books.noting() as notes:
            made = self._drafter.event(part, owned)
        asked = notes.lines()
        row = f"{key} {digest(asked)}"
        self._used.add(row)
        self._new[row] = _text([frozen.plain(made), asked])
        if len(self._new) >= LOT:
            self._keep()
        return self._note(Making(part, row, asked), made)

    def _note(self, making: Making, event: Event) -> Event:
        self.made[event.id] = making
        return event

    def done(self) -> None:
        """Keep the last of what was made, and say that no more is wanted."""
        self._keep()
        if self._memory is not None:
            self._memory.done("events", self._used)

    def _keep(self) -> None:
        if self._memory is not None and self._new:
            self._memory.keep("events", self._new)
            self._new = {}

    def _content(self, part: Part) -> tuple[object, ...]:
        """All that an event follows from, but for what the books answer."""
        documents = sorted({self._filings[t].document for t in part.tellings})
        standing = [(self._keys[d], self._root(d), d in self._drafter.dropped) for d in documents]
        return part.tellings, part.joins, standing

    def _root(self, document: str) -> str:
        root = self._roots[document]
        return self._keys.get(root, root)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
