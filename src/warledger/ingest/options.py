"""How to read: what fills the gaps, how fields map to columns, and where the limits are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from warledger.errors import DecodeError, UsageError
from warledger.text import encoding_of

FORMATS: Final = (
    "text", "html", "mhtml", "json", "jsonl", "telegram", "csv", "tsv", "xlsx", "parquet", "feed", "mail", "mbox",
    "pdf", "warc", "zip",
)  # fmt: skip
FIELDS: Final = ("text", "title", "source", "date", "url", "name", "language", "author", "sentences")
"""What a document has; the left sides of a field map."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How `read` takes what it finds.

    source, published: for documents that do not say themselves who published them, and when.
    date_from_text: where a document has no date, take the first full date in its first lines.
    undated: take documents without any date, with `published` None (for reading without keeping).
    day_first: how to read 05/12/2024; None makes it an Issue.
    fields: field to column, or to a dotted path in JSON: {"text": "story.body"}. Fields: see FIELDS.
    encoding, format: override what the bytes look like.
    max_bytes: largest file that is one document, or JSON that is not JSON Lines; JSON Lines and tables have no limit.
    max_text_chars: longest text of one document.
    max_archive_bytes, max_archive_members, max_archive_depth: how many bytes an archive (ZIP, gzip, WARC, WACZ, .xlsx,
        Parquet) may unpack to with all that is nested in it, how many files it may hold, and how many archives may lie in one
        another.
    max_pages: how many pages of a PDF are read.

    Raises UsageError for an unknown field, format or encoding.
    """

    source: str = ""
    published: date | None = None
    date_from_text: bool = False
    undated: bool = False
    day_first: bool | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    format: str | None = None
    max_bytes: int = 50_000_000
    max_text_chars: int = 2_000_000
    max_archive_bytes: int = 10_000_000_000
    max_archive_members: int = 1_000_000
    max_archive_depth: int = 5
    max_pages: int = 2_000

    def __post_init__(self) -> None:
        for name in self.fields:
            if name not in FIELDS:
                raise UsageError(f"{name!r} is no field of a document; the fields are: {', '.join(FIELDS)}")
        if self.format is not None and self.format not in FORMATS:
            raise UsageError(f"{self.format!r} is no format that can be read; the formats are: {', '.join(FORMATS)}")
        if self.encoding is not None:
            try:
                encoding_of(b"", encoding=self.encoding)
            except DecodeError as error:
                raise UsageError(str(error)) from error
