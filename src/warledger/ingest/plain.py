"""Plain text: a report that begins with its date, one with header lines, or words alone."""

from __future__ import annotations

import re
from typing import Final

from warledger.ingest.fields import choose

_DATED: Final = re.compile(
    r"\s{0,99}date[ \t]{1,9}(?P<date>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?=\s|$)[ \t]*(?P<alone>\n?)", re.IGNORECASE
)
_HEADER: Final = re.compile(r"[ \t]{0,9}(?P<name>[A-Za-z][A-Za-z _-]{1,24}?)[ \t]{0,9}:[ \t]*(?P<value>[^\n]*)(?:\n|$)")
_BLANK: Final = re.compile(r"\s*\n")
_KNOWN: Final = frozenset(
    """
    title headline source outlet publisher agency date published pubdate url link language lang id doc
    author by byline section category tags updated place location
    """.split()
)
"""Names that a line of a header block can have; those that are no field of a document are passed over."""
_OPENING: Final = frozenset("title headline source outlet publisher date published pubdate url link id doc".split())
"""Names that a header block can begin with."""


def take_headers(text: str) -> tuple[dict[str, str], str]:
    """The header values of a text by field (title, source, date, url, name, language), and the text without them.

    The forms: a first line ` date 2024-12-05`, with the report after it or below; and lines as `Title: …` at the top.
    """
    fields: dict[str, str] = {}
    start = 0
    if dated := _DATED.match(text):
        fields["date"] = dated["date"]
        start = dated.end()
        if not dated["alone"]:
            return fields, text[start:].strip()
    lines, end = _header_lines(text, start)
    for field, name in choose(lines, {}).of.items():
        fields.setdefault(field, lines[name])
    return fields, text[end:].strip()


def _header_lines(text: str, start: int) -> tuple[dict[str, str], int]:
    """The header block at `start` by lower-case name, and where the report begins."""
    lines: dict[str, str] = {}
    leading = re.compile(r"\s*").match(text, start)
    at = leading.end() if leading else start
    end = start
    while found := _HEADER.match(text, at):
        name = found["name"].strip().lower().replace(" ", "").replace("_", "").replace("-", "")
        if name in lines or name not in (_KNOWN if lines or start else _OPENING):
            break
        lines[name] = found["value"].strip()
        at = end = found.end()
        if _BLANK.match(text, at):
            break
    return lines, end
