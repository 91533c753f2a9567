"""Cleaning that keeps what a reader sees: one kind of line end, no invisible control characters."""

from __future__ import annotations

import re
from typing import Final

_LINE_ENDS: Final = re.compile(r"\r\n?|\x0b|\x0c")
_DROPPED: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f"  # C0 controls but tab and newline; C1 stays, since it often stands for a mark of windows-1252
    "\ufeff"  # byte order marks, also those left by joining files
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks: they can make a quotation read as what it is not
    "]+"
)
_LONE_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """`text` with `\\n` as its only line end and without control, direction and byte order marks.

    Half of a surrogate pair, which no database can store, becomes U+FFFD. Everything else stays as it is, spacing and
    Unicode form included, so that offsets made elsewhere into a clean text stay valid. Doing it twice changes nothing.
    """
    text = _DROPPED.sub("", text)
    text = _LINE_ENDS.sub("\n", text)
    return _LONE_SURROGATES.sub("\ufffd", text)
