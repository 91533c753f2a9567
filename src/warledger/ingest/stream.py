"""A file or standard input as bytes: its head to look at, then all of it or line by line, never more than asked for."""

from __future__ import annotations

import codecs
import io
import tempfile
from typing import IO, Final, cast

from warledger.text.decode import mark_length

HEAD_BYTES: Final = 64 * 1024
SPOOL_BYTES: Final = 1 << 30
"""An archive that comes through a pipe or out of another archive is laid down in a temporary file of at most 1 GiB."""
_IN_MEMORY_BYTES: Final = 16 << 20


class Stream:
    """Bytes of one input. `head` is its first 64 KB; `complete` says that there is no more. `path` names it for a reader."""

    def __init__(self, raw: IO[bytes], path: str, name: str) -> None:
        self.path = path
        self.name = name
        self._raw = raw
        self.head = _read(raw, HEAD_BYTES)
        self.complete = len(self.head) < HEAD_BYTES

    def all(self, limit: int) -> bytes | None:
        """Everything, or None if that is more than `limit` bytes. Can be called once."""
        rest = _read(self._raw, max(0, limit + 1 - len(self.head)))
        whole = self.head + rest
        return whole if len(whole) <= limit else None

    def reader(self) -> io.BufferedReader:
        """The input from its start, to be read once."""
        return io.BufferedReader(_Joined(self.head, self._raw))

    def file(self) -> IO[bytes] | None:
        """The input as a file that can be sought in, at its start; None if it would have to be copied and is too large.

        Once only; the caller closes it.
        """
        if self._raw.seekable() and self._raw.tell() == len(self.head):
            return cast("IO[bytes]", io.BufferedReader(_Borrowed(self._raw)))
        copy = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115  # the caller closes it
        size = copy.write(self.head)
        while size <= SPOOL_BYTES and (part := self._raw.read(1 << 20)):
            size += copy.write(part)
        if size > SPOOL_BYTES:
            copy.close()
            return None
        copy.seek(0)
        return cast("IO[bytes]", copy)

    def lines(self, encoding: str, *, newline: str) -> io.TextIOWrapper:
        """The input as text to read line by line, from its start; bytes that do not fit come as lone surrogates. Once only."""
        wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
        errors = "replace" if wide else "surrogateescape"
        joined = _Joined(self.head[mark_length(self.head, encoding) :], self._raw)
        return io.TextIOWrapper(io.BufferedReader(joined), encoding, errors, newline)


def _read(raw: IO[bytes], size: int) -> bytes:
    """`size` bytes, fewer only at the end (a pipe may give less at a time)."""
    parts = []
    while size > 0 and (part := raw.read(min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class _Joined(io.RawIOBase):
    """The head that was already read, then the rest. Closing it leaves the input open for its owner."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(part) :] if self._head else self._head
        buffer[: len(part)] = part
        return len(part)


class _Borrowed(io.RawIOBase):
    """A file from its start that stays open for its owner when this one is closed."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        raw.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._raw.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
