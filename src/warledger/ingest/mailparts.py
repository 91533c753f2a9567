"""What a mail is made of: its own words, and what came attached to it; headers and bytes, however broken."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from functools import partial
from typing import Final

from warledger.errors import DecodeError
from warledger.ingest import markup
from warledger.text import decode

MAX_PARTS: Final = 1_000
"""A message has a few parts; more are there to exhaust its reader."""
MAX_NAME_CHARS: Final = 200

_ENCODED: Final = re.compile(r"=\?[^?\s]{1,80}\?[bq]\?[^?]*\?=(?: =\?[^?\s]{1,80}\?[bq]\?[^?]*\?=)*", re.IGNORECASE)
"""Encoded words (RFC 2047) that stand beside each other."""
_WITHOUT_WORDS: Final = re.compile(
    r"(?:image|audio|video|font|model)/|application/(?:x-)?(?:pgp-|pkcs7-)|text/(?:calendar|(?:x-)?vcard|x-amp-html|css|rfc822-headers)"
    r"|message/(?!rfc822|global$)"
)
"""Types of content that hold no report: pictures, sounds, keys, signatures, dates of meetings, cards, notices of delivery."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A message taken apart: the parts that are its own words, in order, and those that came with it.

    Of the forms in which one text is given, the plain one is among `words`, else HTML. `cut` is set where there were more than
    `MAX_PARTS` parts, which were not looked at, `locked` where some are encrypted.
    """

    words: tuple[Message, ...]
    attached: tuple[Message, ...]
    cut: bool
    locked: bool


def parsed(raw: bytes) -> Message:
    """The message; one that nests too deep for the parser as one without parts."""
    try:
        return email.message_from_bytes(raw)
    except RecursionError:
        message = Message()
        message.set_payload("")
        return message


def anatomy(message: Message) -> Anatomy:
    """What a message is made of; without recursion."""
    words: list[Message] = []
    attached: list[Message] = []
    waiting, seen, locked = [(message, True)], 0, False
    while waiting and seen < MAX_PARTS:
        part, is_wanted = waiting.pop()
        seen += 1
        if part.get_content_type() == "multipart/encrypted":
            locked = True
        elif part.get_content_maintype() == "multipart" and part.is_multipart():
            inside = _inside(part)
            chosen = _chosen(inside) if part.get_content_subtype() == "alternative" else None
            waiting.extend((inner, is_wanted and chosen in (None, inner)) for inner in reversed(inside))
        elif not _is_words(part):
            attached.append(part)
        elif is_wanted:
            words.append(part)
    return Anatomy(tuple(words), tuple(attached), bool(waiting), locked)


def parts(message: Message) -> Iterator[Message]:
    """The parts that hold words or files, a message in the message passed over; at most `MAX_PARTS`, without recursion."""
    waiting, seen = [message], 0
    while waiting and seen < MAX_PARTS:
        part = waiting.pop()
        seen += 1
        if not part.is_multipart():
            yield part
        elif part.get_content_maintype() == "multipart":
            waiting.extend(reversed(_inside(part)))


def _inside(part: Message) -> list[Message]:
    found: list[object] = list(part.get_payload())
    return [inner for inner in found if isinstance(inner, Message)]


def _is_words(part: Message) -> bool:
    """Whether a part is words to be read in the message itself, no file that came with it."""
    if part.get_content_maintype() == "multipart":  # told so, and is none
        return True
    is_file = part.get_content_disposition() == "attachment" or bool(filename(part))
    return part.get_content_maintype() == "text" and not is_file and _WITHOUT_WORDS.match(part.get_content_type()) is None


def _chosen(forms: list[Message]) -> Message | None:
    """Of the forms of one text the plain one, if it has words, else HTML or what holds it; None where there are no forms."""
    for form in forms:
        if form.get_content_type() == "text/plain" and _is_words(form) and has_letters(text_of(form)[0]):
            return form
    told = (form for form in forms if form.is_multipart() or form.get_content_type() == "text/html")
    return next(told, forms[0] if forms else None)


def without_words(part: Message) -> bool:
    """Whether an attached part is of a type that holds no report."""
    return _WITHOUT_WORDS.match(part.get_content_type()) is not None


def has_letters(text: str) -> bool:
    """Whether there is a word in a text, as far as its beginning tells."""
    return any(c.isalpha() for c in text[:100_000])


def own_words(message: Anatomy) -> tuple[str, tuple[str, ...]]:
    """The words of a message and what was assumed: its parts one below the other, without quotations and signatures."""
    texts: list[str] = []
    assumed: dict[str, None] = {}
    for part in message.words:
        text, told = text_of(part)
        if part.get_content_type() == "text/html":
            text, told = markup.strip(text).text, (*told, "HTML: tags and scripts were taken out")
        else:
            if said(partial(part.get_param, "format")).lower() == "flowed":
                text = re.sub(r"(?<!^--) \n", " ", text.replace("\r\n", "\n"), flags=re.MULTILINE)
            text, left_out = _unquoted(text)
            told = (*told, *left_out)
        if has_letters(text):
            texts.append(text)
            assumed |= dict.fromkeys(told)
    return "\n\n".join(texts), tuple(assumed)


def _unquoted(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without lines quoted from other mail and without the signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    if "-- " in lines:
        lines = lines[: lines.index("-- ")]
    own = [line for line in lines if not line.startswith(">")]
    assumed = ("lines quoted from other mail were left out",) if len(own) < len(lines) else ()
    return "\n".join(own).strip(), assumed


def content_of(part: Message, *, line_end: str = "\n") -> bytes:
    """The bytes of a part, unpacked; of a message in the message as they were sent, in lines that end so.

    Raises ValueError, LookupError, TypeError, AttributeError and RecursionError for a message that cannot be.
    """
    if part.get_content_maintype() == "message":
        inside = _inside(part) if part.is_multipart() else []
        if not inside:
            raise ValueError("no message in it")
        return inside[0].as_bytes(policy=email.policy.compat32.clone(linesep=line_end, max_line_length=0))
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, TypeError, AttributeError):  # an encoding of the transfer that its bytes do not have
        raw = said(part.get_payload).encode("utf-8", "surrogateescape")
    return raw if isinstance(raw, bytes) else b""


def text_of(part: Message) -> tuple[str, tuple[str, ...]]:
    """A part as text: in the encoding that it names, else as its bytes look."""
    raw = content_of(part)
    named = said(part.get_content_charset)
    for encoding in (named or None, None):
        try:
            return decode(raw, encoding=encoding).text, (() if encoding == (named or None) else (f"not the encoding {named}",))
        except DecodeError:
            continue
    return raw.decode("utf-8", "replace"), ("bytes in no known encoding were read as U+FFFD",)


def filename(part: Message) -> str:
    """The name that a part has as a file, on one line; empty for none."""
    return decoded(said(part.get_filename))[:MAX_NAME_CHARS]


def said(read: Callable[[], object]) -> str:
    """A parameter of a header; empty where it is not there, or in an encoding that cannot be."""
    try:
        return str(read() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def header(message: Message, name: str) -> str:
    """A header as words on one line; empty if it is not there. Encoded words that cannot be read stay as they are."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return decoded(value if value.isascii() else _unmarked(value, message))


def _unmarked(value: str, message: Message) -> str:
    """A header with bytes that are no ASCII, though they should be: in UTF-8, else as the message's text is encoded."""
    raw = value.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", *filter(None, (said(part.get_content_charset) for part in parts(message)))):
        try:
            return decode(raw, encoding=encoding).text
        except DecodeError:
            continue
    return raw.decode("utf-8", "replace")


def decoded(value: str) -> str:
    """A header's value as words on one line."""
    words = _ENCODED.sub(_as_words, " ".join(value.split()))
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())[:2_000]


def _as_words(found: re.Match[str]) -> str:
    """What encoded words beside each other say; themselves where that cannot be read."""
    try:
        pieces = email.header.decode_header(found[0])
        return "".join(piece if isinstance(piece, str) else piece.decode(charset or "ascii") for piece, charset in pieces)
    except (ValueError, LookupError, TypeError, AttributeError, email.errors.MessageError):
        return found[0]
