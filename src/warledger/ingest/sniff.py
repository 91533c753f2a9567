"""What a file is, by its content: its name is only asked where the content leaves it open."""

from __future__ import annotations

import csv
import json
import re
from typing import Final

from warledger.ingest import telegram
from warledger.ingest.fields import choose
from warledger.ingest.options import ReadOptions

SEPARATOR: Final = re.compile(rb"From \S+ .*\d{4}\s*$")
"""The line before each message of a mailbox."""
DELIMITERS: Final = ",\t;|"
_SAMPLE_LINES: Final = 30
_GDELT_COLUMNS: Final = 61
_REFERENCES: Final = {
    "ACLED": frozenset(("event_id_cnty", "event_date", "sub_event_type")),
    "UCDP GED": frozenset(("type_of_violence", "dyad_name", "where_prec", "best")),
}
"""Data set → columns by which its tables are known."""
_HTML: Final = re.compile(
    r"\s{0,99}(?:<!--.{0,2000}?-->\s{0,99})?<(?:!doctype\s+html|html|head|body|article|div|p|h[1-6]|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML: Final = re.compile(r"\s{0,99}<(?:\?xml|rss|feed|rdf:RDF)\b", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:rss|(?:\w{1,20}:)?feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HEADER_LINE: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,9}:[ \t]*([^\r\n]*)")
_OF_MAIL: Final = frozenset(
    "from to cc subject date message-id mime-version received return-path delivered-to content-type reply-to list-id".split()
)
_BINARY: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # one with nothing in it
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)


def binary_kind(head: bytes) -> str:
    """The format of a file that begins with `head`, where its first bytes say it; else empty."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    return next((kind for mark, kind in _BINARY if head.startswith(mark)), "")


def mail_kind(head: str) -> str:
    """ "mbox", "mhtml" or "mail" for a text that begins as one; else empty."""
    first, _, rest = head.partition("\n")
    if SEPARATOR.match(first.encode("utf-8", "replace")) and _HEADER_LINE.match(rest):
        return "mbox"
    headers: dict[str, str] = {}
    for line in head.split("\n", 200)[:200]:
        if not line.strip("\r"):
            break
        found = _HEADER_LINE.match(line)
        if found is not None:
            headers.setdefault(found[1].lower(), found[2])
        elif not headers or line[0] not in " \t":
            return ""
    if len(_OF_MAIL & headers.keys()) < 2:
        return ""
    if "snapshot-content-location" in headers or "multipart/related" in headers.get("content-type", "").lower():
        return "mhtml"
    told = {"message-id", "mime-version", "received", "return-path"} & headers.keys()
    return "mail" if told or "@" in headers.get("from", "") else ""


def format_of(head: str, name: str, options: ReadOptions) -> str:
    """One of `options.FORMATS`, or "xml" (which is no feed and is not read), for a text that begins with `head`."""
    start = head.lstrip()
    if start.startswith("{"):
        return "telegram" if telegram.is_export(start) else _json_kind(start)
    if re.match(r"\[\s*[{\]]", start):
        return "json"
    if _XML.match(head):
        if _FEED.search(head, 0, 4_000):
            return "feed"
        return "html" if "<html" in head[:2_000].lower() else "xml"
    if _HTML.match(head):
        return "html"
    if message := mail_kind(start):
        return message
    delimiter = delimiter_of(head, options)
    if delimiter and _is_table(head, delimiter, name, options):
        return "tsv" if delimiter == "\t" else "csv"
    return "text"


def _json_kind(start: str) -> str:
    """JSON Lines if some line is an object of its own, or if there is only one line."""
    lines = start.split("\n", _SAMPLE_LINES)
    if len(lines) == 1:
        return "jsonl"
    for line in lines[:_SAMPLE_LINES]:
        if line.startswith("{") and line.rstrip().endswith("}"):
            try:
                json.loads(line)
            except (ValueError, RecursionError):
                continue
            return "jsonl"
    return "json"


def delimiter_of(head: str, options: ReadOptions) -> str:
    """The delimiter that splits the first line into most columns, known names first; empty if none splits it."""
    first = head.lstrip("\n").split("\n", 1)[0].strip("\r")[:20_000]

    def merit(delimiter: str) -> tuple[int, int]:
        names = header(first, delimiter)
        return len(choose(names, {}).of) + len(set(options.fields.values()) & set(names)), len(names)

    best = max(DELIMITERS, key=lambda d: (merit(d), -DELIMITERS.index(d)))
    return best if len(header(first, best)) > 1 else ""


def header(line: str, delimiter: str) -> list[str]:
    """The column names in the first line of a table."""
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def reference_of(head: str) -> str:
    """Whose table of coded events begins with `head`, by its columns; empty for another file."""
    first = head.lstrip("\ufeff\n").split("\n", 1)[0].strip("\r")
    cells = first.split("\t")
    if len(cells) == _GDELT_COLUMNS and cells[0].isdecimal() and re.fullmatch(r"(?:19|20)\d{6}", cells[1]):
        return "GDELT"
    delimiter = max(",;\t", key=first.count)
    names = {name.lower() for name in header(first, delimiter)}
    return next((whose for whose, columns in _REFERENCES.items() if columns <= names), "")


def _is_table(head: str, delimiter: str, name: str, options: ReadOptions) -> bool:
    """Whether the first line is a row of column names: it has one for the text and another, or the lines are split alike."""
    lines = [line for line in head.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    names = header(lines[0].strip("\r"), delimiter) if lines else []
    if not names or any(len(n) > 60 or len(n.split()) > 4 for n in names):
        return False
    known = set(choose(names, {}).of) | {field for field, column in options.fields.items() if column in names}
    if known and (options.fields or ("text" in known and len(known) > 1)):
        return True
    if name.lower().endswith((".csv", ".tsv")) and known:
        return True
    alike = sum(line.count(delimiter) == lines[0].count(delimiter) for line in lines[1:])
    return len(lines) > 2 and len(set(names)) == len(names) and alike >= 0.8 * (len(lines) - 1)
