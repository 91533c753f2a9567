"""Where a text quotes somebody: double, single, curly and angle marks, also those that never close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from warledger.core import Span

_PARAGRAPH: Final = re.compile(r"[^\n]+")
_PAIRS: Final = {"“": "”", "„": "“”", "«": "»", "‹": "›", '"': '"', "‘": "’", "'": "'", "`": "'"}
_MARK: Final = re.compile("``|''|[“”„«»‹›\"‘’'`]")
_CLIPPED: Final = re.compile(r"\d0?s?\b|(?:em|tis|twas|til|cause)\b", re.IGNORECASE)
"""What follows an apostrophe that stands for something left out: '90s, 'em."""
_CLOSING_SINGLE: Final = {c: re.compile(rf"(?<!\s){c}(?![^\W_])") for c in "'’"}
_MAX_APOSTROPHES: Final = 12
_MAX_SINGLE_CHARS: Final = 400
"""A single mark that finds no partner within so many characters is an apostrophe."""


def quoted(text: str) -> tuple[Span, ...]:
    """The quotations of `text`, marks included, outermost only, in order.

    A quotation ends with its paragraph. One that opens and does not close there runs to the paragraph's end, where it
    opens with a double or angle mark (news style repeats the opening mark in the next paragraph); a single mark without a
    partner is an apostrophe, and a closing mark without an opening one is passed over.
    """
    return tuple(span for part in _PARAGRAPH.finditer(text) for span in _of_paragraph(text, part.start(), part.end()))


def _of_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while mark := _MARK.search(text, at, end):
        at = mark.end()
        if not _opens(text, mark, end):
            continue
        close = _close(text, mark, end)
        if close is not None:
            yield Span(mark.start(), close)
            at = close
        elif mark[0] not in "'‘`" and text[mark.end() : end].strip():
            yield Span(mark.start(), end)
            return


def _opens(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether `mark` can open a quotation: nothing of a word before it, something after it."""
    if mark[0] in ("”", "»", "›", "’", "''"):
        return False
    if mark.end() >= end:
        return False
    before = text[mark.start() - 1] if mark.start() else " "
    if mark[0] in ("“", "„", "«", "‹", "``"):
        return True
    if mark[0] == "`":
        return not before.isalnum()
    return not before.isalnum() and before not in ".,!?%" and not text[mark.end()].isspace()


def _close(text: str, mark: re.Match[str], end: int) -> int | None:
    """The offset after the mark that closes `mark`; None if there is none up to `end`."""
    if mark[0] == "``":
        found = text.find("''", mark.end(), end)
        return None if found < 0 else found + 2
    if mark[0] in "'‘`":
        return _close_single(text, mark, min(end, mark.end() + _MAX_SINGLE_CHARS))
    closing = _PAIRS[mark[0]]
    positions = [p for c in closing if (p := text.find(c, mark.end(), end)) >= 0]
    return min(positions) + 1 if positions else None


def _close_single(text: str, mark: re.Match[str], end: int) -> int | None:
    """As `_close` for a single mark: an apostrophe inside a word never closes, one after a plural s only as a last resort."""
    if mark[0] != "`" and _CLIPPED.match(text, mark.end()):
        return None
    plural = None
    for close in islice(_CLOSING_SINGLE[_PAIRS[mark[0]]].finditer(text, mark.end() + 1, end), _MAX_APOSTROPHES):
        after = text[close.end() : close.end() + 1]
        if text[close.start() - 1] != "s" or after in (".", ",", "!", "?", ""):
            return close.end()
        plural = plural or close.end()
    return plural
