"""Marks spans in a text, in style on a terminal and with brackets elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from warledger.cli.output import clean
from warledger.core import Span

if TYPE_CHECKING:
    from rich.text import Text

TRIGGER_STYLE = "bold yellow"
NOTE_STYLE = "cyan"


def marked(text: str, spans: Iterable[tuple[Span, str]], *, styled: bool, offset: int = 0) -> Text:
    """`text` with each span marked and its note after it: `[captured](seize)`.

    `offset` is where `text` begins in what the spans count in. A span that lies outside, or begins within an earlier one, is
    left out.
    """
    from rich.text import Text

    out = Text()
    position = 0
    for span, note in sorted(spans):
        start, end = span.start - offset, span.end - offset
        if start < position or end > len(text):
            continue
        out.append(clean(text[position:start]))
        words = clean(text[start:end])
        out.append(words if styled else f"[{words}]", style=TRIGGER_STYLE if styled else "")
        if note:
            out.append(f"({note})", style=NOTE_STYLE if styled else "")
        position = end
    out.append(clean(text[position:]))
    return out
