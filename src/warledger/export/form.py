"""What every exporter has in common: which events it takes, and how it writes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO

from warledger.core import Claim, Event, EventFilter, View
from warledger.errors import UsageError
from warledger.export.leftout import LeftOut

Exporter = Callable[[View, TextIO, EventFilter], LeftOut]
"""Writes a view to a text stream, event by event, and returns what it could not write."""


FileExporter = Callable[[View, Path, EventFilter], LeftOut]
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


_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def line(row: Mapping[str, Any]) -> str:
    """One row of JSON Lines."""
    return _written(row) + "\n"
