"""Writes a result to a file or standard output. A file appears when it is whole; until then the old one stays."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO


@contextmanager
def written(path: str | None) -> Iterator[TextIO]:
    """Where to write UTF-8 text. On an error nothing is left behind, and what stood at `path` before still does."""
    if path in (None, "-"):
        yield sys.stdout
        return
    goal = Path(str(path))
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=goal.parent, prefix=f".{goal.name}.", suffix=".part", delete=False
    ) as stream:
        part = Path(stream.name)
        try:
            yield stream
            stream.flush()
            mode = goal.stat().st_mode if goal.exists() else 0o666 & ~_umask()
            part.chmod(mode & 0o777)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.replace(goal)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
