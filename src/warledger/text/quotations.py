"""Where a text quotes somebody: double, single, curly and angle marks, also those that never close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from warledger.core import Span

_PARAGRAPH: Final = re.compile(r"[^\n]+")
_PAIRS: Final = {"“": "”", "„": "“”", "«": "»", "‹": "›", '"': '"', "‘": "’", "'": "'", "`": "'"}
_MARK: Final = re.compile("``|''|[“”„«»‹›\"‘’'`]")
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
    singles_until = start  # no single mark before this offset can open: a scan from an earlier one found no partner
    while mark := _MARK.search(text, at, end):
        at = mark.end()
        if not _opens(text, mark, end):
            continue
        close = _close(text, mark, end, singles_until)
        if close is not None:
            yield Span(mark.start(), close)
            at = close
        elif mark[0] in "'‘`":
            singles_until = max(singles_until, mark.start() + 1)
        elif text[mark.end() : end].strip():
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


def _close(text: str, mark: re.Match[str], end: int, singles_until: int) -> int | None:
    """The offset after the mark that closes `mark`; None if there is none up to `end`."""
    if mark[0] == "``":
        found = text.find("''", mark.end(), end)
        return None if found < 0 else found + 2
    if mark[0] in "'‘`":
        if mark.start() < singles_until:
            return None
        return _close_single(text, mark, min(end, mark.end() + _MAX_SINGLE_CHARS))
    closing = _PAIRS[mark[0]]
    positions = [p for c in closing if (p := text.find(c, mark.end(), end)) >= 0]
    return min(positions) + 1 if positions else None


def _close_single(text: str, mark: re.Match[str], end: int) -> int | None:
    """As `_close` for a single mark: an apostrophe inside a word never closes, one after a plural s only as a last resort."""
    closing = _PAIRS[mark[0]]
    if re.match(r"\d0?s?\b|(?:em|tis|twas|til|cause)\b", text[mark.end() : mark.end() + 8], re.IGNORECASE) and mark[0] != "`":
        return None
    plural = None
    at = mark.end()
    while (at := text.find(closing, at, end)) >= 0:
        before, after = text[at - 1], text[at + 1 : at + 2]
        if at > mark.end() and not before.isspace() and not after.isalnum():
            if before != "s" or after in (".", ",", "!", "?", ""):
                return at + 1
            plural = plural or at + 1
        at += 1
    return plural
