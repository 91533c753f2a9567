"""Where something was read: half-open character offsets, and the words found there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of a document's text, `end` not included; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must have 0 <= start < end, got {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of `text` in this span; an empty string where the span lies past the end."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether this span lies wholly in `other`."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that a value was read in: document id, span into its text, and the words themselves."""

    document: str
    span: Span
    quote: str

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"a quote of {len(self.quote)} characters cannot fill a span of {len(self.span)}")

    def holds(self, text: str) -> bool:
        """Whether `text` still has these words at this place."""
        return self.span.of(text) == self.quote
