"""Mail: single messages, mailboxes, and web pages saved as MHTML, which are mail in form."""

from __future__ import annotations

import email.utils
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from warledger.core import Issue
from warledger.errors import DecodeError
from warledger.ingest.draft import Draft
from warledger.ingest.limits import Task
from warledger.ingest.mailparts import (
    MAX_PARTS,
    Anatomy,
    anatomy,
    content_of,
    filename,
    has_letters,
    header,
    own_words,
    parsed,
    parts,
    said,
    text_of,
    without_words,
)
from warledger.ingest.pages import report
from warledger.ingest.sniff import SEPARATOR
from warledger.ingest.stream import HEAD_BYTES, Stream
from warledger.text import encoding_of


def from_mail(raw: bytes, stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """The draft of one message: its plain text, else its HTML without tags; then of each report that is attached to it.

    Quotations and signature are left out. An attached file is read as one in an archive is, and counts against its limits.
    """
    message = parsed(raw)
    made_of = anatomy(message)
    text, assumed = own_words(made_of)
    reports = [part for part in made_of.attached if not without_words(part)]
    if has_letters(text) or not (reports or made_of.locked):
        yield _draft(raw, message, text, assumed, stream)
    sender, day = _sender(message), _day(header(message, "Date"))
    line_end = "\r\n" if b"\r\n" in raw[:HEAD_BYTES] else "\n"
    for number, part in enumerate(reports, start=1):
        name = filename(part) or f"part {number}"
        for item in _attached(part, name, line_end, stream, task):
            yield _sent_with(item, sender, day) if isinstance(item, Draft) else item
    yield from _left_out(made_of, stream)


def _draft(raw: bytes, message: Message, text: str, assumed: tuple[str, ...], stream: Stream) -> Draft:
    return Draft(
        text=text,
        where=stream.path,
        origin=stream.path,
        name=header(message, "Message-ID").strip("<> ") or stream.name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        title=header(message, "Subject"),
        source=_sender(message),
        date=_day(header(message, "Date")),
        url=header(message, "Archived-At").strip("<> "),
        author=header(message, "From"),
        plain=True,
        assumed=assumed,
    )


def _sender(message: Message) -> str:
    """Who sent a message: the name, else the domain."""
    told = header(message, "From")
    sender, address = email.utils.parseaddr(told)
    return sender.strip() or address.rpartition("@")[2] or told


def _attached(part: Message, name: str, line_end: str, stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """What an attached file gives, read as one of its own; a text in the encoding that its header names."""
    where = f"{stream.path}, attached {name}"
    try:
        raw = content_of(part, line_end=line_end)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        yield Issue(
            "broken",
            where,
            found=f"an attached message that cannot be read ({' '.join(str(error).split())[:160]})",
            expected="a message as mail programs attach it",
            todo="save it from the mail program and add it by itself",
        )
        return
    if not raw.strip():
        yield Issue(
            "empty", where, "an attached file without bytes", "the text of a report", "leave it out", severity="warning"
        )
        return
    task.budget.take_bytes(len(raw))
    encoding = said(part.get_content_charset) if part.get_content_maintype() == "text" else ""
    try:
        encoding_of(b"", encoding=encoding or None)
    except DecodeError:
        encoding = ""
    own = replace(task, options=replace(task.options, encoding=encoding or None))
    yield from own.inside(Stream(io.BytesIO(raw), where, name))


def _sent_with(draft: Draft, sender: str, day: str) -> Draft:
    """The draft of an attached file, which has the sender for its source and the day of sending if it says neither itself."""
    assumed = draft.assumed if draft.source or not sender else (*draft.assumed, f"source {sender}, who sent the mail")
    return replace(draft, source=draft.source or sender, sent=draft.sent or day, assumed=assumed)


def _left_out(made_of: Anatomy, stream: Stream) -> Iterator[Issue]:
    """What of a message was not read."""
    others = [filename(part)[:80] or part.get_content_type() for part in made_of.attached if without_words(part)]
    if others:
        yield Issue(
            "passed-over",
            stream.path,
            found=f"{len(others)} attached without words: {', '.join(others[:5])}",
            expected="texts, pages, tables, PDF reports, messages and archives of these",
            todo="nothing; text in a picture can be read out by text recognition and added by itself",
            severity="note",
        )
    if made_of.locked:
        yield Issue(
            "locked",
            stream.path,
            found="an encrypted message",
            expected="one that opens without a key",
            todo="save what it says from the mail program and add that",
        )
    if made_of.cut:
        yield Issue(
            "archive-limit",
            stream.path,
            found=f"a message of more than {MAX_PARTS:,} parts; the first were read",
            expected="a message with some files attached",
            todo="save what is a report from the mail program and add it by itself",
        )


def from_mailbox(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """A draft for each message of a mailbox in one of the mbox forms; one message in memory at a time."""
    for number, raw in enumerate(_messages(stream, task.options.max_bytes), start=1):
        where = f"{stream.path}, message {number}"
        if raw is None:
            yield Issue(
                "too-large",
                where,
                found=f"more than {task.options.max_bytes / 1e6:,.0f} MB in one message",
                expected=f"at most {task.options.max_bytes / 1e6:,.0f} MB, the setting max_file_bytes",
                todo="save what is a report and add it by itself",
            )
        else:
            one = replace(task, options=replace(task.options, format="mail"))
            yield from task.read_inner(Stream(io.BytesIO(raw), where, f"{stream.name}:{number}"), one)


def from_mhtml(raw: bytes, stream: Stream) -> Iterator[Draft | Issue]:
    """The draft of a web page that a browser saved with all that belongs to it. The day of saving is not its date."""
    message = parsed(raw)
    page = next((part for part in parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        yield Issue(
            "no-text",
            stream.path,
            found="a saved page without HTML in it",
            expected="a page saved as MHTML",
            todo="save it anew",
        )
        return
    text, assumed = text_of(page)
    url = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    found = report(text, url=url if url.startswith(("http://", "https://")) else "")
    yield Draft(
        text=found.text,
        where=stream.path,
        origin=stream.path,
        name=stream.name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        title=found.title or header(message, "Subject"),
        source=found.source,
        date=found.date,
        url=found.url,
        author=found.author,
        plain=True,
        assumed=(*assumed, *found.assumed),
    )


def _messages(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """The messages of a mailbox; None in the place of one that is longer than `limit` bytes."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    with stream.reader() as source:
        while line := source.readline(1 << 20):
            if blank and SEPARATOR.match(line):
                if begun:
                    yield b"".join(lines) if size <= limit else None
                lines, size, begun = [], 0, True
            else:
                size += len(line)
                if size <= limit:
                    lines.append(line[1:] if line.startswith((b">From ", b">>From ")) else line)
                else:
                    lines = []
            blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= limit else None


def _day(value: str) -> str:
    """A Date header as a day where it is in the usual form, as the sender's clock had it; else as it is written."""
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value
