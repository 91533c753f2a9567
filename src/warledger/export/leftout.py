"""What a format could not take: each with a rule and a reason, listed for the reader at the end of an export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Final, TextIO, overload
from weakref import finalize

HELD: Final = 1024
"""Entries that are held in memory; they go out to a file together."""
_READ_AT_ONCE: Final = 1 << 16
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that a format could not take: the id of the event or document, the rule in a word, the reason for a reader."""

    id: str
    rule: str
    reason: str


class LeftOut(Sequence[Skipped]):
    """A list to add to, in the order of adding. Of a large ledger it may have more entries than there are events, and so a
    long one is in a temporary file. It equals any sequence of the same entries.
    """

    def __init__(self) -> None:
        self._last: list[Skipped] = []
        self._file: IO[bytes] | None = None
        self._in_file = 0

    def append(self, one: Skipped) -> None:
        """Add an entry."""
        self._last.append(one)
        if len(self._last) == HELD:
            if self._file is None:
                self._file = TemporaryFile()  # noqa: SIM115 - it is there as long as the list is
                finalize(self, self._file.close)
            self._file.seek(0, SEEK_END)
            self._file.writelines(f"{json.dumps([one.id, one.rule, one.reason])}\n".encode() for one in self._last)
            self._in_file += len(self._last)
            self._last.clear()

    def extend(self, more: Iterable[Skipped]) -> None:
        """Add entries."""
        for one in more:
            self.append(one)

    def __len__(self) -> int:
        return self._in_file + len(self._last)

    def __iter__(self) -> Iterator[Skipped]:
        at = 0
        while self._file is not None:
            self._file.seek(at)
            lines = self._file.readlines(_READ_AT_ONCE)
            if not lines:
                break
            at = self._file.tell()
            yield from (Skipped(*json.loads(line)) for line in lines)
        yield from self._last

    @overload
    def __getitem__(self, index: int) -> Skipped: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Skipped, ...]: ...

    def __getitem__(self, index: int | slice) -> Skipped | tuple[Skipped, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return next(islice(self, at, None))

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(ours == theirs for ours, theirs in zip(self, other, strict=True))


def write_skipped(skipped: Iterable[Skipped], out: TextIO) -> None:
    """Write what was left out as JSON Lines, an object a row with `id`, `rule` and `reason`."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    out.writelines(encode({"id": one.id, "rule": one.rule, "reason": one.reason}) + "\n" for one in skipped)
