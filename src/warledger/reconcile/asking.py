"""What was asked of the books while something was worked out. As long as they would answer the same, the result stands."""

from __future__ import annotations

import hashlib
from typing import Final

DIGEST_LETTERS: Final = 20


def digest(*values: object) -> str:
    """A short hash of values whose `repr` says all that they are."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:DIGEST_LETTERS]


class Notes:
    """Questions and digests of answers, by the book that was asked ("bodies", "places", "sources")."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, str], object] = {}

    def note(self, book: str, question: str, answer: object) -> None:
        """Keep that `book` was asked `question`. Answers are frozen values."""
        self._asked[book, question] = answer

    def lines(self) -> list[list[str]]:
        """Book, question and digest of the answer, sorted."""
        return [[*asked, digest(self._asked[asked])] for asked in sorted(self._asked)]
