"""Writes a result to a file or standard output. A file appears when it is whole; until then the old one stays."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def written(path: str | None) -> Iterator[TextIO]:
    """Where to write UTF-8 text; None and "-" are standard output.

    On an error nothing is left behind, and what stood at `path` before still does. A pipe or device is written to as it is.
    """
    if path is None or path == "-":
        yield sys.stdout
        return
    goal = Path(path).resolve()
    if goal.exists() and not goal.is_file():
        with goal.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    part = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        if goal.exists():
            shutil.copymode(goal, part)
        part.replace(goal)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
