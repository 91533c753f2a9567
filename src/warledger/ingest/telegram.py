"""Telegram: what the desktop client exports as JSON, one channel or all of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.stream import Stream

_HEAD: Final = re.compile(
    r'"type"\s*:\s*"(?:(?:public|private)_(?:channel|supergroup|group)|personal_chat|bot_chat|saved_messages)"'
)
_MESSAGES: Final = re.compile(r'"messages"\s*:\s*\[')


def is_export(head: str) -> bool:
    """Whether a JSON text begins as an export of the desktop client does."""
    return _HEAD.search(head) is not None and _MESSAGES.search(head) is not None


def from_export(text: str, stream: Stream) -> Iterator[Draft | Issue]:
    """A draft for each message with words.

    A forwarded message is a copy: its source is the channel that it was forwarded from, so that it is the same document
    as the original and nobody's second word. An edited message has the day on which it was posted; exported again after
    an edit it is a revision, since its address is the same.
    """
    try:
        export = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Issue(
            "bad-json",
            stream.path,
            found=f"an export that breaks ({' '.join(str(error).split())[:120]})",
            expected="result.json as the Telegram desktop client writes it",
            todo="export the channel anew, as machine-readable JSON",
        )
        return
    wordless = 0
    for chat in _chats(export):
        messages = chat.get("messages")
        for message in messages if isinstance(messages, list) else ():
            if isinstance(message, Mapping) and message.get("type") == "message" and words(message.get("text")).strip():
                yield _draft(message, chat, stream)
            else:
                wordless += 1
    if wordless:
        yield Issue(
            "passed-over",
            stream.path,
            found=f"{wordless:,} messages without words (pictures, videos, notices of the channel)",
            expected="messages with words",
            todo="nothing",
            severity="note",
        )


def _chats(export: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(export, Mapping):
        return
    if "messages" in export:
        yield export
    for key in ("chats", "left_chats"):
        group = export.get(key)
        listed = group.get("list") if isinstance(group, Mapping) else None
        yield from (chat for chat in (listed if isinstance(listed, list) else ()) if isinstance(chat, Mapping))


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
        sentences=None,
        assumed=tuple(assumed),
    )


def _label(value: object) -> str:
    if isinstance(value, str):
        return value.strip()[:2_000]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else ""
