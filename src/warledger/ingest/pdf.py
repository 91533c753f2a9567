"""PDF reports: their text layer, put back into paragraphs."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.foreign import quiet
from warledger.ingest.options import ReadOptions
from warledger.ingest.stream import Stream

if TYPE_CHECKING:
    from pypdf import PageObject

LEAST_LETTERS_A_PAGE: Final = 20
"""A page of a scanned report has none, or the few of a stamp."""
REPEATED_PAGES: Final = 3
"""A line on so many pages, and on at least half of them, is a running head or foot."""
MOST_OPERATIONS: Final = 1_500_000
"""Instructions on all pages: text of a report has some thousands a page. pypdf carries out about 30,000 a second."""
LARGEST_PAGE_BYTES: Final = 2_000_000
"""Longer instructions draw a map, not a text."""
MOST_CONTENT_BYTES: Final = 200_000_000
MOST_STREAMS: Final = 1_000
FULL_LINE: Final = 0.75
"""A line that takes so much of the usual width goes on in the next one."""

_PAGE_NUMBER: Final = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_END: Final = re.compile(r"[.!?:;][\"”’)\]]*$")
_DIGITS: Final = re.compile(r"\d+")


def from_pdf(raw: bytes, stream: Stream, options: ReadOptions) -> Iterator[Draft | Issue]:
    """The draft of a PDF. Raises what pypdf raises for a broken one.

    A day is not taken from its properties, which tell when the file was made. A scanned one, or one behind a password, is
    an Issue.
    """
    with quiet():
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield _locked(stream)
            return
        title = str((reader.metadata.title if reader.metadata else "") or "")
        author = str((reader.metadata.author if reader.metadata else "") or "")
        count = len(reader.pages)
    pages: list[str] = []
    work = _Work()
    for number in range(min(count, options.max_pages)):
        with quiet():
            text = work.text(reader.pages[number])
        if text is None or sum(map(len, pages)) > options.max_text_chars:
            break
        pages.append(text)
    letters = sum(c.isalpha() for page in pages for c in page)
    if letters < LEAST_LETTERS_A_PAGE * max(1, len(pages)):
        yield Issue(
            "no-text-layer",
            stream.path,
            found=f"{count:,} pages with next to no letters: a scanned report, or pictures",
            expected="a PDF whose text can be marked and copied",
            todo="run it through text recognition (for example ocrmypdf) and add what that gives",
        )
        return
    if count > len(pages):
        yield Issue(
            "too-many-pages",
            stream.path,
            found=f"{count:,} pages; the first {len(pages):,} were read",
            expected=f"at most {options.max_pages:,}, the setting max_pages, and {MOST_OPERATIONS:,} marks on them",
            todo="split it, or raise the setting",
            severity="warning",
        )
    yield Draft(
        text=joined(pages),
        where=stream.path,
        origin=stream.path,
        name=stream.name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        title=title[:2_000],
        author=author[:2_000],
        plain=True,
        assumed=("PDF: lines were joined to paragraphs, running heads and page numbers left out",),
    )


class _Work:
    """Reads pages until they have taken as much work as a report may."""

    def __init__(self) -> None:
        self._operations = 0
        self._content = 0

    def text(self, page: PageObject) -> str | None:
        """The text of a page, empty for a drawing; None if it takes too much work."""
        size = _content_bytes(page)
        self._content += size
        if self._content > MOST_CONTENT_BYTES:
            return None
        if size > LARGEST_PAGE_BYTES:
            return ""
        try:
            return page.extract_text(visitor_operand_before=self._count) or ""
        except _TooMuch:
            return None

    def _count(self, *_: object) -> None:
        self._operations += 1
        if self._operations > MOST_OPERATIONS:
            raise _TooMuch


class _TooMuch(Exception):  # noqa: N818  # a signal from the visitor of a page to its reader
    """A document's pages hold more marks than a report's do."""


def _content_bytes(page: PageObject) -> int:
    """How long the instructions of a page are, unpacked; pypdf itself stops at 75 MB."""
    content = page.get("/Contents")
    content = content.get_object() if content is not None else None
    streams = content if isinstance(content, list) else [content]
    total = 0
    for stream in streams[:MOST_STREAMS]:
        one = stream.get_object() if stream is not None else None
        total += len(one.get_data()) if one is not None and hasattr(one, "get_data") else 0
    return total


def joined(pages: list[str]) -> str:
    """The lines of pages as paragraphs, without running heads and feet and page numbers; divided words are joined."""
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    running = _running(lines)
    kept = [
        line for page in lines for line in page if _plain(line) not in running and not (line and _PAGE_NUMBER.fullmatch(line))
    ]
    widths = sorted(len(line) for line in kept if line)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    paragraphs: list[str] = []
    goes_on = False
    for line in kept:
        if not line:
            goes_on = goes_on and bool(paragraphs) and not _END.search(paragraphs[-1])
            continue
        if goes_on:
            paragraphs[-1] = _continued(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        goes_on = len(line) >= FULL_LINE * usual
    return "\n".join(paragraphs)


def _continued(before: str, line: str) -> str:
    divided = before.endswith("-") and before[-2:-1].isalpha() and line[0].islower()
    return before[:-1] + line if divided else f"{before} {line}"


def _plain(line: str) -> str:
    return _DIGITS.sub("#", line)


def _running(pages: list[list[str]]) -> set[str]:
    """Lines at the edges of pages that come back on most of them, numbers aside."""
    edges = Counter[str]()
    for page in pages:
        lines = [_plain(line) for line in page if line]
        edges.update({*lines[:2], *lines[-2:]})
    return {line for line, count in edges.items() if count >= REPEATED_PAGES and 2 * count >= len(pages)}


def _locked(stream: Stream) -> Issue:
    return Issue(
        "locked",
        stream.path,
        found="a file behind a password",
        expected="one that opens without",
        todo="save it without a password",
    )
