"""JSON and JSON Lines to drafts. One bad line is one Issue; the rest is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.fields import as_label, as_names, as_text, choose, paths, value_at
from warledger.ingest.options import ReadOptions
from warledger.ingest.stream import Stream

_WRAPPERS: Final = (
    "articles",
    "documents",
    "docs",
    "reports",
    "items",
    "results",
    "data",
    "stories",
    "posts",
    "entries",
    "hits",
    "records",
)
_LINE_FACTOR: Final = 8
"""Longest line, in texts of the greatest length: JSON writes a character as up to six (\\u0645), and there are other fields."""
_LONG_INTEGER: Final = 20
_SPACE: Final = re.compile(r"[ \t\r\n]*")


def _integer(digits: str) -> int | str:
    """Counts and times are short; a longer number is kept as its digits, since no field of ours can hold it."""
    return int(digits) if len(digits) < _LONG_INTEGER else digits


_DECODER: Final = json.JSONDecoder(parse_int=_integer)


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object, where it stood, and the hash of the bytes it was read from."""

    value: object
    where: str
    name: str
    sha256: str


def from_lines(stream: Stream, encoding: str, options: ReadOptions, assumed: tuple[str, ...]) -> Iterator[Draft | Issue]:
    """A draft or an Issue for each line that is not blank."""
    limit = _LINE_FACTOR * options.max_text_chars
    with stream.lines(encoding, newline="\n") as lines:
        number = 0
        while line := lines.readline(limit):
            number += 1
            where = f"{stream.path}:{number}"
            if len(line) >= limit and not line.endswith("\n"):
                while line and not line.endswith("\n"):
                    line = lines.readline(limit)
                yield _too_long(where, limit)
                continue
            line, line_assumed = _repaired(line)
            if not line.strip("\ufeff \t\r\n"):
                continue
            try:
                value = _DECODER.decode(line.strip("\ufeff"))
            except (json.JSONDecodeError, RecursionError) as error:
                yield _bad_json(error, where, "mend or drop this line; the others were read")
                continue
            row = Row(value, where, f"{stream.name}:{number}", _sha256(line))
            yield from _of_value(row, options, (*assumed, *line_assumed))


def from_whole(
    text: str, raw_sha256: str, stream: Stream, options: ReadOptions, assumed: tuple[str, ...]
) -> Iterator[Draft | Issue]:
    """Drafts of a JSON file: an object, several one after another, an array of them, or an object that wraps such an array.

    One at a time, so that a file which breaks in the middle gives what stands before.
    """
    at = _past_space(text, 0)
    is_array = text.startswith("[", at)
    at = _past_space(text, at + 1) if is_array else at
    number = 0
    while at < len(text) and not (is_array and text[at] == "]"):
        number += 1
        where = f"{stream.path}, item {number}" if is_array or number > 1 else stream.path
        try:
            value, end = _DECODER.raw_decode(text, at)
            following = _past_space(text, end)
            if is_array and text[following : following + 1] not in (",", "]"):
                raise json.JSONDecodeError("Expecting ',' or ']'", text, following)
        except (json.JSONDecodeError, RecursionError) as error:
            yield _bad_json(error, where, "mend the file" + ("; the items before this one were read" if number > 1 else ""))
            return
        if is_array or number > 1:
            row = Row(value, where, f"{stream.name}:{number}", _sha256(text[at:end]))
        else:
            row = Row(value, where, stream.name, raw_sha256)
        yield from _of_value(row, options, assumed)
        at = _past_space(text, following + 1) if is_array and text[following] == "," else following


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _of_value(row: Row, options: ReadOptions, assumed: tuple[str, ...]) -> Iterator[Draft | Issue]:
    items, key = _items(row.value, options)
    if items is None:
        yield draft_of(row, options, assumed)
        return
    if key:
        assumed = (*assumed, f"documents from the list “{key}”")
    for number, item in enumerate(items, start=1):
        item_hash = _sha256(json.dumps(item, ensure_ascii=False))
        yield draft_of(Row(item, f"{row.where}, item {number}", f"{row.name}:{number}", item_hash), options, assumed)


def _items(value: object, options: ReadOptions) -> tuple[list[Any] | None, str]:
    """The list of documents that `value` is or wraps, and the key it stood under; None if it is one document."""
    if isinstance(value, list):
        return value, ""
    if isinstance(value, Mapping) and "text" not in options.fields and "text" not in choose(paths(value), {}).of:
        for key in _WRAPPERS:
            inner = value.get(key)
            if isinstance(inner, list) and all(isinstance(item, Mapping) for item in inner):
                return inner, key
    return None, ""


def draft_of(row: Row, options: ReadOptions, assumed: tuple[str, ...]) -> Draft | Issue:
    """The draft that an object is, its fields found by the map or by their usual names; an Issue for what is none."""
    value = row.value
    if not isinstance(value, Mapping):
        return Issue(
            "bad-row",
            row.where,
            found=f"{_kind(value)} where a document should be",
            expected="an object in braces, with at least its text and date",
            todo="write each document as one object",
        )
    columns = choose(paths(value), options.fields)
    found = {field: value_at(value, path) for field, path in columns.of.items()}
    text = as_text(found.get("text"))
    if text is None:
        keys = ", ".join(sorted(value)[:12]) or "none"
        at = columns.of.get("text")
        return Issue(
            "no-text",
            row.where,
            found=f"no text under “{at}”" if at else f"no key that looks like a text, among: {keys[:300]}",
            expected="a string, or a list of paragraphs",
            todo="name the key with --map text=KEY; a dotted path (story.body) leads into an object",
        )
    return Draft(
        text=text,
        where=row.where,
        origin=row.where,
        name=as_label(found.get("name")) or row.name,
        raw_sha256=row.sha256,
        title=as_label(found.get("title")),
        source=as_label(found.get("source")),
        date=found.get("date"),
        url=as_label(found.get("url")),
        language=as_label(found.get("language")),
        author=as_names(found.get("author")),
        sentences=found.get("sentences"),
        assumed=(*assumed, *columns.assumed),
    )


def _bad_json(error: json.JSONDecodeError | RecursionError, where: str, todo: str) -> Issue:
    if isinstance(error, RecursionError):
        found, todo = "JSON nested too deep to read", "write the document as a flat object"
    else:
        at = f"line {error.lineno}, " if error.lineno > 1 else ""
        found = f"JSON that breaks at {at}character {error.colno} ({error.msg.lower()})"
    return Issue("bad-json", where, found=found, expected="one JSON object a line, or a JSON file", todo=todo)


def _repaired(line: str) -> tuple[str, tuple[str, ...]]:
    """A line with bytes that were not in the file's encoding, which arrive as lone surrogates, read as windows-1252."""
    if line.isascii():
        return line, ()
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        repaired = repair(line)
        return repaired, ("bytes out of the file's encoding were read as windows-1252",)
    return line, ()


def repair(text: str) -> str:
    """`text` with each byte that came as a lone surrogate read as windows-1252 (or U+FFFD where that has none)."""

    def read(surrogate: str) -> str:
        return bytes([ord(surrogate) - 0xDC00]).decode("cp1252", "replace")

    return "".join(read(c) if "\udc80" <= c <= "\udcff" else c for c in text)


def _too_long(where: str, limit: int) -> Issue:
    return Issue(
        "too-long",
        where,
        found=f"a line of more than {limit:,} characters",
        expected="one document a line",
        todo="write one JSON object a line",
    )


def _kind(value: object) -> str:
    names = {str: "a string", int: "a number", float: "a number", bool: "true or false", type(None): "null", list: "a list"}
    return names.get(type(value), "something else")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.rstrip("\r\n").encode("utf-8", "surrogatepass")).hexdigest()
