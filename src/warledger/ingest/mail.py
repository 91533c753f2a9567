"""Mail: single messages, mailboxes, and web pages saved as MHTML, which are mail in form."""

from __future__ import annotations

import email.errors
import email.header
import email.utils
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import Message
from functools import partial
from typing import Final

from warledger.core import Issue
from warledger.errors import DecodeError
from warledger.ingest import markup
from warledger.ingest.draft import Draft
from warledger.ingest.limits import Task
from warledger.ingest.pages import report
from warledger.ingest.stream import Stream
from warledger.text import decode

MAX_PARTS: Final = 1_000
"""A message has a few parts; more are there to exhaust its reader."""

_SEPARATOR: Final = re.compile(rb"From \S+ .*\d{4}\s*$")
_HEADER_LINE: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,9}:[ \t]*([^\r\n]*)")
_OF_MAIL: Final = frozenset(
    "from to cc subject date message-id mime-version received return-path delivered-to content-type reply-to list-id".split()
)


def kind_of(head: str) -> str:
    """ "mbox", "mhtml" or "mail" for a text that begins as one; else empty."""
    first, _, rest = head.partition("\n")
    if _SEPARATOR.match(first.encode("utf-8", "replace")) and _HEADER_LINE.match(rest):
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


def from_mail(raw: bytes, stream: Stream) -> Iterator[Draft | Issue]:
    """The draft of one message: its plain text, else its HTML without tags. Quotations and signature are left out."""
    where = stream.path
    message = _parsed(raw)
    text, assumed = _body(message)
    said = _header(message, "From")
    sender, address = email.utils.parseaddr(said)
    yield Draft(
        text=text,
        where=where,
        origin=where,
        name=_header(message, "Message-ID").strip("<> ") or stream.name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        title=_header(message, "Subject"),
        source=sender.strip() or address.rpartition("@")[2] or said,
        date=_day(_header(message, "Date")),
        url=_header(message, "Archived-At").strip("<> "),
        assumed=assumed,
    )
    attached = [_said(part.get_filename) or part.get_content_type() for part in _parts(message) if _is_attachment(part)]
    if attached:
        yield Issue(
            "passed-over",
            where,
            found=f"{len(attached)} attached: {', '.join(str(one)[:80] for one in attached[:5])}",
            expected="the words of a message",
            todo="save what is a report and add it by itself",
            severity="note",
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
    message = _parsed(raw)
    page = next((part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        yield Issue(
            "no-text",
            stream.path,
            found="a saved page without HTML in it",
            expected="a page saved as MHTML",
            todo="save it anew",
        )
        return
    text, assumed = _words(page)
    url = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    found = report(text, url=url if url.startswith(("http://", "https://")) else "")
    yield Draft(
        text=found.text,
        where=stream.path,
        origin=stream.path,
        name=stream.name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        title=found.title or _header(message, "Subject"),
        source=found.source,
        date=found.date,
        url=found.url,
        assumed=(*assumed, *found.assumed),
    )


def _messages(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """The messages of a mailbox; None in the place of one that is longer than `limit` bytes."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    with stream.reader() as source:
        while line := source.readline(1 << 20):
            if blank and _SEPARATOR.match(line):
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


def _parsed(raw: bytes) -> Message:
    """The message; one that nests too deep for the parser as one without parts."""
    try:
        return email.message_from_bytes(raw)
    except RecursionError:
        message = Message()
        message.set_payload("")
        return message


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold words or files, a message in the message passed over; at most `MAX_PARTS`, without recursion."""
    waiting, seen = [message], 0
    while waiting and seen < MAX_PARTS:
        part = waiting.pop()
        seen += 1
        if not part.is_multipart():
            yield part
        elif part.get_content_maintype() == "multipart":
            inside: list[object] = list(part.get_payload())
            waiting.extend(reversed([inner for inner in inside if isinstance(inner, Message)]))


def _is_attachment(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() not in ("text", "multipart", "message") and part.get_content_disposition() != "inline"


def _body(message: Message) -> tuple[str, tuple[str, ...]]:
    """The words of a message and what was assumed: the first plain text that has any, else the first HTML."""
    parts = [part for part in _parts(message) if part.get_content_maintype() == "text" and not _is_attachment(part)]
    for part in parts:
        if part.get_content_type() != "text/html":
            text, assumed = _words(part)
            if _said(partial(part.get_param, "format")).lower() == "flowed":
                text = re.sub(r"(?<!^--) \n", " ", text.replace("\r\n", "\n"), flags=re.MULTILINE)
            text, left_out = _own_words(text)
            if any(c.isalpha() for c in text[:100_000]):
                return text, (*assumed, *left_out)
    for part in parts:
        if part.get_content_type() == "text/html":
            text, assumed = _words(part)
            return markup.strip(text).text, (*assumed, "HTML: tags and scripts were taken out")
    return "", ()


def _own_words(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without lines quoted from other mail and without the signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    if "-- " in lines:
        lines = lines[: lines.index("-- ")]
    own = [line for line in lines if not line.startswith(">")]
    assumed = ("lines quoted from other mail were left out",) if len(own) < len(lines) else ()
    return "\n".join(own).strip(), assumed


def _words(part: Message) -> tuple[str, tuple[str, ...]]:
    """A part as text: in the encoding that it names, else as its bytes look."""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, TypeError, AttributeError):  # an encoding of the transfer that its bytes do not have
        raw = _said(part.get_payload).encode("utf-8", "surrogateescape")
    if not isinstance(raw, bytes):
        return "", ()
    named = _said(part.get_content_charset)
    for encoding in (named or None, None):
        try:
            return decode(raw, encoding=encoding).text, (() if encoding == (named or None) else (f"not the encoding {named}",))
        except DecodeError:
            continue
    return raw.decode("utf-8", "replace"), ("bytes in no known encoding were read as U+FFFD",)


def _said(read: Callable[[], object]) -> str:
    """A parameter of a header; empty where it is not there, or in an encoding that cannot be."""
    try:
        return str(read() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _header(message: Message, name: str) -> str:
    """A header as words on one line; empty if it is not there. Encoded words that cannot be read stay as they are."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        words = str(email.header.make_header(email.header.decode_header(str(value))))
    except (ValueError, LookupError, TypeError, AttributeError, email.errors.MessageError):
        words = str(value)
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())[:2_000]


def _day(value: str) -> str:
    """A Date header as a day where it is in the usual form, as the sender's clock had it; else as it is written."""
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value
