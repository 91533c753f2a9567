"""How much an archive may unpack to, counted over all that lies inside it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.options import ReadOptions
from warledger.ingest.stream import Stream

GZIP_MARK: Final = b"\x1f\x8b"
_CHUNK_BYTES: Final = 64 * 1024


class Overfull(Exception):  # noqa: N818  # a signal to the reader of the outermost archive, never an error of the caller's
    """An archive held more than a setting allows; the words say what."""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked of one file; shared by all archives nested in it."""

    bytes_left: int
    members_left: int

    def take_bytes(self, count: int) -> None:
        """Count unpacked bytes. Raises Overfull when there are too many."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Overfull("more bytes, unpacked, than the setting max_archive_bytes allows")

    def take_member(self) -> None:
        """Count a file in an archive. Raises Overfull when there are too many."""
        self.members_left -= 1
        if self.members_left < 0:
            raise Overfull("more files than the setting max_archive_members allows")


Inner = Callable[[Stream, "Task"], Iterator[Draft | Issue]]


@dataclass(frozen=True, slots=True)
class Task:
    """What an input is read with: options, what may still be unpacked, how many archives lie around it, and `read_inner`,

    which reads what an archive holds as if it were a file of its own.
    """

    options: ReadOptions
    read_inner: Inner
    budget: Budget = field(default_factory=lambda: Budget(0, 0))
    depth: int = 0

    def inside(self, stream: Stream) -> Iterator[Draft | Issue]:
        """The drafts of one file in an archive; an Issue where archives lie in one another too deep."""
        self.budget.take_member()
        if self.depth >= self.options.max_archive_depth:
            yield Issue(
                "too-deep",
                stream.path,
                found=f"an archive inside {self.depth} others",
                expected=f"at most {self.options.max_archive_depth}, the setting max_archive_depth",
                todo="unpack the inner one and add it by itself",
            )
            return
        inner = replace(self, depth=self.depth + 1, options=replace(self.options, format=None))
        yield from self.read_inner(stream, inner)


class Metered(io.RawIOBase):
    """Bytes that count against a budget as they are read. Cannot be sought in."""

    def __init__(self, raw: IO[bytes], budget: Budget) -> None:
        self._raw = raw
        self._budget = budget

    def readable(self) -> bool:
        """Always: there is nothing else to do with it."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As io.RawIOBase has it. Raises Overfull."""
        part = self._raw.read(len(buffer))
        self._budget.take_bytes(len(part))
        buffer[: len(part)] = part
        return len(part)


class Unzipped(io.RawIOBase):
    """What gzip members, one after another, unpack to; never more at a time than is asked for.

    It ends where the file breaks off or is damaged, and `fault` then says so.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._packed = b""
        self._inflate = zlib.decompressobj(wbits=31)
        self.fault = ""

    def readable(self) -> bool:
        """Always: there is nothing else to do with it."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As io.RawIOBase has it; fewer bytes than there is room for before the end too."""
        while True:
            if self._inflate.eof:
                self._packed = self._inflate.unused_data + self._raw.read(_CHUNK_BYTES)
                self._packed = self._packed.lstrip(b"\0")
                if not self._packed.startswith(GZIP_MARK):
                    return 0  # the end, or bytes after it that are no gzip
                self._inflate = zlib.decompressobj(wbits=31)
            elif not self._packed:
                self._packed = self._raw.read(_CHUNK_BYTES)
                if not self._packed:
                    self.fault = "it breaks off"
                    return 0
            try:
                part = self._inflate.decompress(self._packed, len(buffer))
            except zlib.error as error:
                self.fault = str(error)
                return 0
            self._packed = self._inflate.unconsumed_tail
            if part:
                buffer[: len(part)] = part
                return len(part)
