"""What every exporter has in common: which events it takes, and the list of what it left out."""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from sys import intern
from typing import Any, Final, TextIO

from warledger.core import Claim, Event, EventFilter, View
from warledger.errors import UsageError


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that a format could not take: the id of the event or document, the rule in a word, the reason for a reader."""

    id: str
    rule: str
    reason: str

    def __post_init__(self) -> None:
        # Of a large ledger there are as many as there are events, and few reasons.
        object.__setattr__(self, "reason", intern(self.reason))


_FEW: Final = 4096
"""So many ids are sorted at once at least."""

Exporter = Callable[[View, TextIO, EventFilter], list[Skipped]]
"""Writes a view to a text stream, event by event, and returns what it could not write."""


FileExporter = Callable[[View, Path, EventFilter], list[Skipped]]
"""Writes a view to a file, which is there only when it is whole, and returns what it could not write."""


@contextmanager
def whole_file(goal: Path) -> Iterator[Path]:
    """Where to write what becomes the file `goal` at the end; on an error what stood there before still does.

    Raises UsageError where a folder or device has the name.
    """
    goal = goal.resolve()
    if goal.exists() and not goal.is_file():
        raise UsageError(f"{goal} is no file and cannot be written over")
    part = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(goal)
    finally:
        part.unlink(missing_ok=True)


class Ids:
    """A set of many ids in eight bytes each, by their hashes: two of a million are taken for one once in 37 million times."""

    def __init__(self) -> None:
        self._sorted: array[int] = array("q")
        self._new: set[int] = set()

    def update(self, ids: Iterable[str]) -> None:
        """Take ids in."""
        self._new.update(map(hash, ids))
        if len(self._new) > max(_FEW, len(self._sorted) // 4):
            self._sorted = array("q", merge(self._sorted, sorted(self._new)))
            self._new = set()

    def __contains__(self, ident: str) -> bool:
        wanted = hash(ident)
        at = bisect_left(self._sorted, wanted)
        return wanted in self._new or (at < len(self._sorted) and self._sorted[at] == wanted)


def chosen(view: View, filters: EventFilter) -> Iterator[Event]:
    """The events that the filter admits, in the view's order."""
    return (event for event in view.events if filters.admits(event, view))


def source_names(event: Event, view: View) -> tuple[str, ...]:
    """Who published the documents that an event rests on, each once."""
    documents = (view.documents[i] for i in event.documents if i in view.documents)
    return tuple(dict.fromkeys(document.source for document in documents if document.source))


def telling_claim(event: Event, view: View) -> Claim | None:
    """The claim whose words stand for an event: the first of its own type and status, else the first; None if none is held."""
    held = [view.claims[i] for i in event.claims if i in view.claims]
    alike = [claim for claim in held if claim.status == event.status]
    return next((c for c in alike if c.type == event.type), next(iter(alike or held), None))


def write_skipped(skipped: Iterable[Skipped], out: TextIO) -> None:
    """Write what was left out as JSON Lines, an object a row with `id`, `rule` and `reason`."""
    out.writelines(line({"id": one.id, "rule": one.rule, "reason": one.reason}) for one in skipped)


_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def line(row: Mapping[str, Any]) -> str:
    """One row of JSON Lines."""
    return _written(row) + "\n"
