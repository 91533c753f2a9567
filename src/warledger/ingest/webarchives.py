"""WARC files: the pages and reports that a crawler kept."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.foreign import quiet
from warledger.ingest.limits import Metered, Task
from warledger.ingest.pages import known_source
from warledger.ingest.stream import Stream

_READ: Final = frozenset(
    """
    text/html application/xhtml+xml text/plain application/pdf application/rss+xml application/atom+xml application/xml text/xml
    """.split()
)
"""Types of content that hold reports; pictures, styles, scripts and data of scripts are passed over."""


def from_warc(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """The drafts of each response of a WARC that was a page, a feed, a text or a PDF. Raises what warcio raises.

    A document's address is the one that was fetched, unless the page names another as its own. The day of the fetch is not
    its date. Repeated fetches (`revisit`), redirects and errors are passed over.
    """
    from warcio.archiveiterator import ArchiveIterator

    passed_over = Counter[str]()
    records = ArchiveIterator(file, arc2warc=True)
    records.INC_RECORD = ""  # what warcio would write to standard error; `err_count` counts it
    number = 0
    while (record := _next(records)) is not None:
        number += 1
        reason = _passed_over(record)
        if reason:
            passed_over[reason] += 1
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        where = f"{stream.path}, record {number}" + (f" ({url[:500]})" if url else "")
        content = io.BufferedReader(Metered(record.content_stream(), task.budget))
        for item in task.inside(Stream(content, where, url[:2_000] or f"{stream.name}:{number}")):
            yield _with_address(item, url) if isinstance(item, Draft) else item
    if records.err_count:
        yield Issue(
            "broken",
            stream.path,
            found=f"{records.err_count:,} records whose length is not what they say",
            expected="an undamaged web archive",
            todo="fetch or make it anew; what could be made out was read",
            severity="warning",
        )
    if passed_over:
        yield Issue(
            "passed-over",
            stream.path,
            found="records that hold no report: " + ", ".join(f"{n:,} {why}" for why, n in sorted(passed_over.items())),
            expected="pages, feeds, texts and PDF reports",
            todo="nothing",
            severity="note",
        )


def _next(records: Iterator[Any]) -> Any:  # noqa: ANN401  # warcio has no types
    with quiet():
        return next(records, None)


def _passed_over(record: Any) -> str:  # noqa: ANN401
    """Why a record is not read; empty if it is."""
    if record.rec_type not in ("response", "resource", "conversion"):
        return f"of the type {record.rec_type}"
    kind = record.rec_headers.get_header("Content-Type") or ""
    if record.rec_type == "response":
        if record.http_headers is None:
            return "without HTTP headers"
        if (record.http_headers.get_statuscode() or "")[:1] != "2":
            return "of redirects and errors"
        kind = record.http_headers.get_header("Content-Type") or ""
    return "" if kind.partition(";")[0].strip().lower() in _READ else "of other content"


def _with_address(draft: Draft, url: str) -> Draft:
    if not url.startswith(("http://", "https://")):
        return draft
    return replace(draft, url=draft.url or url, source=draft.source or known_source(url))
