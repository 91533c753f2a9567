"""What earlier runs worked out, so that a run works out only what they did not.

Every row says all that it follows from, in its key or in itself, so that a row may be lost at any time and none is ever wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol


class Memory(Protocol):
    """Texts by kind ("readings", "meetings", "compared", "events") and key. It holds for one version of code and weights."""

    def key_of(self, document: str) -> str:
        """What stands for a document with its record in force: the same key, the same words and claims."""

    def recall(self, kind: str) -> Mapping[str, str]:
        """All rows of a kind."""

    def keep(self, kind: str, rows: Mapping[str, str]) -> None:
        """Keep rows of a kind."""

    def done(self, kind: str, used: Collection[str]) -> None:
        """Be told the keys of all the rows of a kind that the run used: others may be forgotten."""


class Shelf(Memory, Protocol):
    """A memory from which single rows are taken."""

    def one(self, kind: str, key: str) -> str | None:
        """One row; None if it is not there."""

    def forget(self, kind: str, keys: Collection[str]) -> None:
        """Throw rows away."""


class NoMemory:
    """The memory of a run that nothing went before, and that nothing comes after."""

    def key_of(self, document: str) -> str:
        """The document's own id."""
        return document

    def recall(self, kind: str) -> Mapping[str, str]:  # noqa: ARG002 - as Memory has it
        """Nothing."""
        return {}

    def keep(self, kind: str, rows: Mapping[str, str]) -> None:
        """Forget the rows."""

    def done(self, kind: str, used: Collection[str]) -> None:
        """Do nothing: there is nothing to forget."""
