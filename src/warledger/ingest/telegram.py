"""Telegram: what the desktop client exports as JSON, one channel or all of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.options import ReadOptions
from warledger.ingest.stream import Stream

_HEAD: Final = re.compile(
    r'"type"\s*:\s*"(?:(?:public|private)_(?:channel|supergroup|group)|personal_chat|bot_chat|saved_messages)"'
)
_CHUNK_CHARS: Final = 1 << 16
_CHAT_CHARS: Final = 4_000
_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()
_MESSAGES: Final = re.compile(r'"messages"\s*:\s*\[')


def is_export(head: str) -> bool:
    """Whether a JSON text begins as an export of the desktop client does."""
    return _HEAD.search(head) is not None and _MESSAGES.search(head) is not None


def from_export(stream: Stream, encoding: str, options: ReadOptions) -> Iterator[Draft | Issue]:
    """A draft for each message with words, read one after another, so that an export may be of any size.

    A forwarded message is a copy: its source is the channel that it was forwarded from, so that it is the same document
    as the original and nobody's second word. An edited message has the day on which it was posted; exported again after
    an edit it is a revision, since its address is the same.
    """
    wordless = 0
    with stream.lines(encoding, newline="") as text:
        reader = _Messages(text, 8 * options.max_text_chars)
        for chat, message in reader.run():
            if isinstance(message, Mapping) and message.get("type") == "message" and words(message.get("text")).strip():
                yield _draft(message, chat, stream)
            else:
                wordless += 1
    if reader.fault:
        yield Issue(
            "bad-json",
            stream.path,
            found=f"an export that breaks ({reader.fault})",
            expected="result.json as the Telegram desktop client writes it",
            todo="export the channel anew, as machine-readable JSON; the messages before were read",
        )
    if wordless:
        yield Issue(
            "passed-over",
            stream.path,
            found=f"{wordless:,} messages without words (pictures, videos, notices of the channel)",
            expected="messages with words",
            todo="nothing",
            severity="note",
        )


class _Messages:
    """Takes the messages of each chat out of an export piece by piece; `fault` says where it could not go on."""

    def __init__(self, text: IO[str], longest: int) -> None:
        self.fault = ""
        self._text = text
        self._longest = longest  # characters of one message, or of what stands between two chats
        self._buffer = ""
        self._at = 0

    def run(self) -> Iterator[tuple[Mapping[str, object], object]]:
        """Each message with the fields of its chat that stand before its messages, as the client writes them."""
        while not self.fault:
            while (found := _MESSAGES.search(self._buffer, self._at)) is None:
                if not self._more():
                    return
            chat = _chat(self._buffer[self._at : found.start()])
            self._at = found.end()
            yield from ((chat, message) for message in self._list())

    def _list(self) -> Iterator[object]:
        """The items of the list at whose start we stand."""
        while True:
            self._skip()
            if self._buffer.startswith("]", self._at):
                self._at += 1
                return
            try:
                message, end = _DECODER.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                if isinstance(error, ValueError) and self._more():
                    continue
                self.fault = self.fault or " ".join(str(error).split())[:120]
                return
            if end == len(self._buffer) and self._more():
                continue  # a number may go on
            self._at = end
            yield message
            self._skip()
            if self._buffer.startswith(",", self._at):
                self._at += 1
            elif not self._buffer.startswith("]", self._at):
                self.fault = "the list of messages is not closed"
                return

    def _skip(self) -> None:
        """Past blanks, with something behind them unless it is the end."""
        while (self._at == len(self._buffer) or self._buffer[self._at] in " \t\r\n") and (
            self._at < len(self._buffer) or self._more()
        ):
            blanks = _BLANKS.match(self._buffer, self._at)
            self._at = blanks.end() if blanks else self._at

    def _more(self) -> bool:
        """Read on, each time twice as much; False, and nothing moved, at the end and after too much that is no message."""
        waiting = len(self._buffer) - self._at
        if waiting > self._longest:
            self.fault = f"more than {self._longest:,} characters that are no message"
            return False
        part = self._text.read(max(_CHUNK_CHARS, waiting))
        if part:
            self._buffer, self._at = self._buffer[self._at :] + part, 0
        return bool(part)


def _chat(before: str) -> Mapping[str, object]:
    """The fields of the object that is open at the end of `before`: name, type, id."""
    before = before[-_CHAT_CHARS:].rstrip().removesuffix(",")
    at = len(before)
    while (at := before.rfind("{", 0, at)) >= 0:
        try:
            found = _DECODER.decode(before[at:] + "}")
        except (ValueError, RecursionError):
            continue
        return found if isinstance(found, dict) else {}
    return {}


def words(value: object) -> str:
    """The text of a message, which is a string or a list of strings and marked pieces."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    pieces = (piece.get("text") if isinstance(piece, Mapping) else piece for piece in value)
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _draft(message: Mapping[str, object], chat: Mapping[str, object], stream: Stream) -> Draft:
    channel = _label(chat.get("name")) or _label(message.get("from"))
    number, chat_id = _label(message.get("id")), _label(chat.get("id"))
    origin = _label(message.get("forwarded_from"))
    writer = _label(message.get("author")) or _label(message.get("from"))
    date, edited = _label(message.get("date")), _label(message.get("edited"))
    assumed = []
    if origin and origin != channel:
        assumed.append(f"forwarded by “{channel}” on {date[:10]}, taken as a copy of what “{origin}” wrote")
    if edited and edited[:10] != date[:10]:
        assumed.append(f"edited on {edited[:10]}; the text is as it was exported")
    where = f"{stream.path}, message {number}" if not chat_id else f"{stream.path}, chat {chat_id}, message {number}"
    return Draft(
        text=words(message.get("text")),
        where=where,
        origin=where,
        name=f"{stream.name}:{chat_id}:{number}" if chat_id else f"{stream.name}:{number}",
        raw_sha256=hashlib.sha256(
            json.dumps(message, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        ).hexdigest(),
        source=origin or channel,
        date=date or message.get("date_unixtime"),
        url=f"https://t.me/c/{chat_id}/{number}" if chat_id.isdecimal() and number.isdecimal() else "",
        author="" if origin or writer == channel else writer,
        plain=True,
        assumed=tuple(assumed),
    )


def _label(value: object) -> str:
    if isinstance(value, str):
        return value.strip()[:2_000]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else ""
