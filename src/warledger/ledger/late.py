"""Sequences and mappings that are read when they are first asked for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

Value = TypeVar("Value")


class LateSequence(Sequence[Value]):
    """A sequence that is made when it is first asked for anything. It equals a sequence of the same values."""

    def __init__(self, make: Callable[[], Sequence[Value]]) -> None:
        self._make = make

    @cached_property
    def whole(self) -> tuple[Value, ...]:
        """All the values."""
        return tuple(self._make())

    def __len__(self) -> int:
        return len(self.whole)

    def __iter__(self) -> Iterator[Value]:
        return iter(self.whole)

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, index: int | slice) -> Value | tuple[Value, ...]:
        return self.whole[index]

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self.whole == tuple(other) if isinstance(other, Sequence) else NotImplemented


class PassingSequence(LateSequence[Value]):
    """A sequence that is not held while it is gone through, only when anything else is asked of it."""

    def __init__(self, read: Callable[[], Iterable[Value]]) -> None:
        super().__init__(lambda: tuple(read()))
        self._read = read

    def __iter__(self) -> Iterator[Value]:
        return iter(self._read())


class LateMapping(Mapping[str, Value]):
    """A mapping that is made when it is first asked for anything."""

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        self._make = make

    @cached_property
    def whole(self) -> Mapping[str, Value]:
        """The mapping that was made."""
        return self._make()

    def __getitem__(self, key: str) -> Value:
        return self.whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self.whole

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)
