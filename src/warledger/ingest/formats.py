"""Which reader takes what: one input to the drafts of its documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import IO, Final

from warledger.core import Issue
from warledger.errors import DecodeError
from warledger.ingest import telegram
from warledger.ingest.draft import Draft
from warledger.ingest.limits import Budget, Overfull, Task
from warledger.ingest.options import ReadOptions
from warledger.ingest.plain import take_headers
from warledger.ingest.sniff import binary_kind, format_of, mail_kind, reference_of
from warledger.ingest.stream import Stream
from warledger.ingest.structured import from_lines, from_whole
from warledger.ingest.tables import from_table
from warledger.text import Decoded, decode, encoding_of

Reader = Callable[[Stream, Task], Iterator[Draft | Issue]]

_CHARSET: Final = re.compile(rb"<meta\b[^<>]{0,300}?\bcharset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_CHARSET_BYTES: Final = 4_000

NAMES: Final = {
    "zip": "a ZIP archive", "gzip": "a gzip file", "warc": "a web archive", "pdf": "a PDF", "parquet": "a Parquet file",
    "xlsx": "a spreadsheet", "feed": "a feed", "mail": "a mail", "mbox": "a mailbox", "mhtml": "a saved page",
    "telegram": "a Telegram export",
}  # fmt: skip


def drafts(stream: Stream, options: ReadOptions) -> Iterator[Draft | Issue]:
    """The drafts of one input and an Issue for each part of it that could not be read. Nothing is raised for bad input."""
    task = Task(options, _drafts, Budget(options.max_archive_bytes, options.max_archive_members))
    try:
        yield from _drafts(stream, task)
    except Overfull as error:
        yield Issue(
            "archive-limit",
            stream.path,
            found=f"an archive with {error}; what came before was read",
            expected=f"at most {options.max_archive_bytes:,} bytes in {options.max_archive_members:,} files",
            todo="unpack it and add what is wanted, or raise the setting if the archive is to be trusted",
        )


def _drafts(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    if not stream.head:
        return
    options = task.options
    kind = options.format or ("" if options.encoding else binary_kind(stream.head))
    if kind in _FOREIGN:
        yield from _guarded(kind, stream, task)
        return
    try:
        encoding, assumed = encoding_of(stream.head, encoding=options.encoding, complete=stream.complete)
    except DecodeError as error:
        message = mail_kind(stream.head.decode("latin-1"))  # which may hold bytes that are no text
        if options.format is None and message:
            yield from _guarded(message, stream, task)
        else:
            yield _binary(stream, error)
        return
    head = stream.head.decode(encoding, "ignore").lstrip("\ufeff")
    if not kind and not options.fields and (whose := reference_of(head)):
        yield _reference(stream, whose)
        return
    kind = kind or format_of(head, stream.name, options)
    if kind in _FOREIGN:
        yield from _guarded(kind, stream, task)
    elif kind == "jsonl":
        yield from from_lines(stream, encoding, options, assumed)
    elif kind in ("csv", "tsv"):
        yield from from_table(stream, encoding, head, options, assumed)
    elif kind == "xml":
        yield Issue(
            "unknown-format",
            stream.path,
            found="XML that is no feed and no page",
            expected="RSS or Atom, a page, plain text, JSON or a table",
            todo="convert it, or read it as a page with --as html",
        )
    else:
        yield from _whole(stream, kind, options)


def _reference(stream: Stream, whose: str) -> Issue:
    return Issue(
        "reference",
        stream.path,
        found=f"a table of {whose}: events that others have coded, no documents",
        expected="reports; coded events can be compared with, and never support what they are compared with",
        todo=f"compare it: warledger compare {stream.path}",
    )


def _guarded(kind: str, stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """What a reader built on another library gives; what it raises on bad input becomes an Issue."""
    try:
        yield from _FOREIGN[kind](stream, task)
    except Overfull:
        raise
    except Exception as error:  # noqa: BLE001  # the one place where a broken file, whatever it broke, turns into an Issue
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        yield Issue(
            "broken",
            stream.path,
            found=f"{NAMES[kind]} that cannot be read ({reason})",
            expected=f"{NAMES[kind]} that other programs open",
            todo="fetch or save it anew; what stands before the fault was read",
        )


def _raw(stream: Stream, options: ReadOptions) -> Iterator[bytes | Issue]:
    """All bytes of an input that is one document, or the Issue that they are too many."""
    raw = stream.all(options.max_bytes)
    if raw is not None:
        yield raw
        return
    yield Issue(
        "too-large",
        stream.path,
        found=f"more than {options.max_bytes / 1e6:,.0f} MB in one document",
        expected=f"at most {options.max_bytes / 1e6:,.0f} MB; JSON Lines and tables of any size",
        todo="split it into its documents, or write them as JSON Lines",
    )


def _of_bytes(read: Callable[[bytes, Stream, ReadOptions], Iterator[Draft | Issue]]) -> Reader:
    def reader(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
        for raw in _raw(stream, task.options):
            if isinstance(raw, Issue):
                yield raw
            else:
                yield from read(raw, stream, task.options)

    return reader


def _of_file(read: Callable[[IO[bytes], Stream, Task], Iterator[Draft | Issue]]) -> Reader:
    def reader(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
        file = stream.file()
        if file is None:
            yield Issue(
                "too-large",
                stream.path,
                found="more than 1 GiB through a pipe or out of another archive",
                expected="a file on disk, or less",
                todo="save or unpack it and add the file",
            )
            return
        with file:
            yield from read(file, stream, task)

    return reader


def _pdf(raw: bytes, stream: Stream, options: ReadOptions) -> Iterator[Draft | Issue]:
    from warledger.ingest.pdf import from_pdf

    return from_pdf(raw, stream, options)


def _feed(raw: bytes, stream: Stream, _options: ReadOptions) -> Iterator[Draft | Issue]:
    from warledger.ingest.feeds import from_feed

    return from_feed(raw, stream.path, stream.name)


def _mail(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.mail import from_mail

    for raw in _raw(stream, task.options):
        if isinstance(raw, Issue):
            yield raw
        else:
            yield from from_mail(raw, stream, task)


def _mhtml(raw: bytes, stream: Stream, _options: ReadOptions) -> Iterator[Draft | Issue]:
    from warledger.ingest.mail import from_mhtml

    return from_mhtml(raw, stream)


def _telegram(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    encoding, _ = encoding_of(stream.head, encoding=task.options.encoding, complete=stream.complete)
    return telegram.from_export(stream, encoding, task.options)


def _mbox(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.mail import from_mailbox

    return from_mailbox(stream, task)


def _gzip(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.archives import from_gzip

    return from_gzip(stream, task)


def _warc(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.webarchives import from_warc

    if stream.head.startswith(b"\x1f\x8b"):  # told by --as: it is unpacked first, as a gzip file is
        return _gzip(stream, task)
    return from_warc(stream.reader(), stream, task)


def _zip(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.archives import from_zip

    return from_zip(file, stream, task)


def _xlsx(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.sheets import from_workbook

    return from_workbook(file, stream, task)


def _parquet(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    from warledger.ingest.sheets import from_parquet

    return from_parquet(file, stream, task)


_FOREIGN: Final[dict[str, Reader]] = {
    "pdf": _of_bytes(_pdf), "feed": _of_bytes(_feed), "mail": _mail, "mhtml": _of_bytes(_mhtml),
    "telegram": _telegram, "zip": _of_file(_zip), "xlsx": _of_file(_xlsx), "parquet": _of_file(_parquet),
    "mbox": _mbox, "gzip": _gzip, "warc": _warc,
}  # fmt: skip
"""Readers of what is not our own form; their libraries are imported when the first such file comes."""


def _whole(stream: Stream, kind: str, options: ReadOptions) -> Iterator[Draft | Issue]:
    for raw in _raw(stream, options):
        if isinstance(raw, Issue):
            yield raw
            return
        try:
            decoded = _page(raw) if kind == "html" and not options.encoding else decode(raw, encoding=options.encoding)
        except DecodeError as error:
            yield _binary(stream, error)
            return
        sha256 = hashlib.sha256(raw).hexdigest()
        if kind == "json":
            yield from from_whole(decoded.text.lstrip("\ufeff"), sha256, stream, options, decoded.assumed)
            return
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        assumed = decoded.assumed
        if kind == "html":
            from warledger.ingest.pages import report

            page = report(text)
            fields = {"title": page.title, "date": page.date, "source": page.source, "url": page.url, "author": page.author}
            text, assumed = page.text, (*assumed, *page.assumed)
        else:
            fields, text = take_headers(text)
        yield Draft(
            text=text,
            where=stream.path,
            origin=stream.path,
            name=fields.get("name") or stream.name,
            raw_sha256=sha256,
            title=fields.get("title", ""),
            source=fields.get("source", ""),
            date=fields.get("date"),
            url=fields.get("url", ""),
            language=fields.get("language", ""),
            author=fields.get("author", ""),
            plain=kind == "html",
            assumed=assumed,
        )


def _page(raw: bytes) -> Decoded:
    """A page in the encoding that it names itself, where it is not UTF-8 and has no byte order mark. Raises DecodeError."""
    decoded = decode(raw)
    named = _CHARSET.search(raw[:_CHARSET_BYTES])
    if named is None or not decoded.assumed:
        return decoded
    try:
        told = decode(raw, encoding=named[1].decode("ascii"))
    except DecodeError:
        return decoded
    return Decoded(told.text, told.encoding, (f"encoding {told.encoding}, as the page says",))


def _binary(stream: Stream, error: DecodeError) -> Issue:
    return Issue(
        "binary",
        stream.path,
        found=str(error),
        expected="text in an encoding that can be told from its bytes",
        todo="convert it to text, or name its encoding with --encoding",
    )
