"""Paths to documents: walks folders, opens what can be opened and passes the content on."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from warledger.core import Document, Issue
from warledger.ingest.draft import Draft, finish
from warledger.ingest.formats import drafts
from warledger.ingest.options import ReadOptions
from warledger.ingest.stream import Stream

STDIN: Final = "-"
MAX_DEPTH: Final = 64
"""Folders nested deeper are a mistake (a mount of itself)."""


def read(paths: Sequence[str | os.PathLike[str]], options: ReadOptions | None = None) -> Iterator[Document | Issue]:
    """Every document under `paths` in turn, and an Issue for everything that could not be read or had to be noted.

    A path is a file, a folder (read with all below it, in the order of names, hidden files left out), a glob ("news/*.txt")
    or "-" for standard input. Formats are told by content. Nothing is raised for bad input, and no more than one document
    (or one file up to `max_bytes`) is held in memory.
    """
    options = options or ReadOptions()
    for path in paths:
        yield from _of_path(os.fspath(path), options)


def read_bytes(raw: bytes, origin: str, options: ReadOptions | None = None) -> Iterator[Document | Issue]:
    """As `read`, for bytes that are at hand; `origin` says where they came from."""
    yield from _of_stream(Stream(io.BytesIO(raw), _shown(origin), _shown(origin)), options or ReadOptions())


def _of_path(path: str, options: ReadOptions) -> Iterator[Document | Issue]:
    if path == STDIN:
        yield from _of_stream(Stream(sys.stdin.buffer, "standard input", "stdin"), options)
    elif "\0" in path:
        yield _missing(path.replace("\0", "\\0"))
    elif not os.path.lexists(path) and glob.has_magic(path):
        found = _matches(Path(path))
        if not found:
            yield _missing(path)
        for match in found:
            yield from _of_entry(match, options, 0)
    else:
        yield from _of_entry(Path(path), options, 0)


def _matches(pattern: Path) -> list[Path]:
    """What a glob matches, in order; hidden names only where the pattern names them. `**` does not follow links."""
    try:
        found = Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
        return sorted(p for p in found if not any(part.startswith(".") and part not in pattern.parts for part in p.parts))
    except (ValueError, OSError):  # "**" as a part of a name; a name that is too long
        return []


def _of_entry(path: Path, options: ReadOptions, depth: int) -> Iterator[Document | Issue]:
    try:
        mode = path.stat().st_mode
        inside = sorted(p for p in path.iterdir() if not p.name.startswith(".")) if stat.S_ISDIR(mode) else []
    except OSError as error:
        yield _unreadable(path, error)
        return
    if stat.S_ISREG(mode):
        yield from _of_file(path, options)
    elif not stat.S_ISDIR(mode):
        yield Issue(
            "not-a-file",
            _shown(path),
            found="a pipe, socket or device",
            expected="a file or a folder",
            todo="to read from a pipe, give - as the path",
        )
    elif depth >= MAX_DEPTH:
        yield Issue(
            "too-deep",
            _shown(path),
            found=f"folders nested over {MAX_DEPTH} deep",
            expected="fewer",
            todo="give this folder itself as the path",
        )
    else:
        for inner in inside:
            if not (inner.is_symlink() and inner.is_dir()):  # a link to a folder can lead back up
                yield from _of_entry(inner, options, depth + 1)


def _of_file(path: Path, options: ReadOptions) -> Iterator[Document | Issue]:
    try:
        with path.open("rb") as raw:
            yield from _of_stream(Stream(raw, _shown(path), _shown(path.name)), options)
    except OSError as error:
        yield _unreadable(path, error)


def _of_stream(stream: Stream, options: ReadOptions) -> Iterator[Document | Issue]:
    empty = True
    for item in drafts(stream, options):
        empty = False
        if isinstance(item, Draft):
            yield from finish(item, options)
        else:
            yield item
    if empty:
        yield Issue(
            "empty",
            stream.path,
            found="no document: no bytes, blank lines, or column names alone",
            expected="the text of a report",
            todo="leave it out",
            severity="warning",
        )


def _shown(path: str | Path) -> str:
    """A path as it can be written and stored: bytes that are no UTF-8 as U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _missing(path: str | Path) -> Issue:
    is_address = str(path).startswith(("http://", "https://", "http:/", "https:/"))
    todo = "save it and add the file; `warledger watch ADDRESS --once` reads a feed" if is_address else "check the path"
    return Issue("missing", _shown(path), found="nothing", expected="a file, a folder or a glob that matches some", todo=todo)


def _unreadable(path: Path, error: OSError) -> Issue:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return Issue(
                "missing",
                _shown(path),
                found="a link to something that is not there",
                expected="a file",
                todo="mend or remove the link",
            )
        return _missing(path)
    return Issue(
        "unreadable",
        _shown(path),
        found=(error.strerror or type(error).__name__).lower(),
        expected="a file or folder that may be read",
        todo="give yourself permission to read it, or leave it out",
    )
