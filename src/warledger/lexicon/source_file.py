"""`sources.toml`: what a user knows of sources, read with a fault for every line that cannot be, and written.

A table `[[source]]` for each, with `name` and, as far as they are known, the other `FIELDS`.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from warledger.core import vocabulary as v
from warledger.core.document import Source
from warledger.errors import InputError
from warledger.lexicon.nations import nations
from warledger.lexicon.sources import SourceLexicon
from warledger.lexicon.tables import key

FIELDS: Final = ("name", "aliases", "addresses", "owner", "kind", "country", "side")
MAX_FILE_BYTES: Final = 16 << 20
MAX_WORDS_CHARS: Final = 300
"""No name of an outlet or owner is longer; more is some other text."""
PARTY: Final = "party to the conflict"
MOST_FAULTS: Final = 10
"""Faults that a message lists."""

_BREAKS: Final = frozenset(("Cc", "Zl", "Zp"))
_TABLE: Final = re.compile(r"""\s*\[\[\s*["']?source["']?\s*\]\]""")
_KEY: Final = re.compile(r"""\s*["']?([A-Za-z_-]+)["']?\s*=""")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})/?", re.IGNORECASE)


class _Fault(Exception):  # noqa: N818  # a signal between two functions of this module, never an error of the caller's
    """A value that cannot be; the words say why."""


@dataclass(frozen=True, slots=True)
class _Table:
    """One `[[source]]`: its values, and the line of each field ("" for its head), none where that cannot be told."""

    number: int
    values: Mapping[str, object]
    lines: Mapping[str, int]

    def at(self, field: str) -> str:
        """Where a field stands, for a message."""
        line = self.lines.get(field) or self.lines.get("")
        where = f"line {line}" if line else f"source {self.number}"
        return f"{where}, {field}" if field else where


def read_sources(path: str | Path) -> list[Source]:
    """The sources of a file, in its order.

    A field that is left out is taken from what comes with warledger, if the name or an alias there is the same; the source then
    keeps that name, and its aliases and addresses are those of both. A party to the conflict without a side takes its owner's.
    Raises InputError, which lists every fault with line and field; a file with a fault gives nothing.
    """
    text = _text(Path(path))
    try:
        whole = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{path} is not TOML: {error}") from error
    found = whole.pop("source", [])
    faults = [f"{name!r} is nothing that such a file has; each source is a table [[source]]" for name in whole]
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise InputError(f"{path}: each source is a table [[source]] with its fields under it")
    lines = _lines(text, len(found))
    tables = [_Table(number, one, lines[number - 1]) for number, one in enumerate(found, start=1)]
    sources: list[Source] = []
    for table in tables:
        source = _source(table, faults)
        if source is not None:
            sources.append(source)
    if not faults:
        faults += _clashes(zip(tables, sources, strict=True))
    if faults:
        more = f"\n  … and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        raise InputError(f"{path} cannot be taken:" + "".join(f"\n  {fault}" for fault in faults[:MOST_FAULTS]) + more)
    if not sources:
        raise InputError(f"{path} names no source; each is a table [[source]] with at least a name")
    return sources


def write_sources(sources: Iterable[Source]) -> Iterator[str]:
    """The lines of a file that `read_sources` reads as these sources; fields of which nothing is known are left out."""
    packaged = SourceLexicon.load()
    for number, source in enumerate(sources):
        usual = packaged.named(source.name) or Source(source.name)
        if number:
            yield ""
        yield "[[source]]"
        yield f"name = {_quoted(source.name)}"
        for field in ("aliases", "addresses"):
            values: tuple[str, ...] = getattr(source, field)
            if values:
                yield f"{field} = [{', '.join(map(_quoted, values))}]"
        for field in ("owner", "kind", "country", "side"):
            value: str = getattr(source, field)
            if value not in ("", "unknown") or getattr(usual, field) != value:
                yield f"{field} = {_quoted(value)}"


def blank_sources(names: Iterable[str]) -> Iterator[str]:
    """The lines of a file in which somebody can fill in what is known of sources of these names."""
    for number, name in enumerate(names):
        if number:
            yield ""
        yield "[[source]]"
        yield f"name = {_quoted(' '.join(name.split()))}"
        yield 'kind = "unknown"'
        yield from (f'{field} = ""' for field in ("owner", "country", "side"))


def _quoted(value: str) -> str:
    """A TOML string; JSON's escapes are among TOML's, which wants one for DEL too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
        if len(raw) > MAX_FILE_BYTES:
            raise InputError(f"{path} is over {MAX_FILE_BYTES:,} bytes and no list of sources")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or type(error).__name__).lower()}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not TOML: byte {error.start} is no UTF-8") from error


def _lines(text: str, count: int) -> list[dict[str, int]]:
    """For each table the lines of its head and fields; empty where the file is not written in tables, one field a line."""
    found: list[dict[str, int]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if _TABLE.match(line):
            found.append({"": number})
        elif found and (field := _KEY.match(line)):
            found[-1].setdefault(field[1], number)
    return found if len(found) == count else [{} for _ in range(count)]


def _source(table: _Table, faults: list[str]) -> Source | None:
    """The source of a table; None, with its faults added to `faults`, if it has any."""
    before = len(faults)
    for field in table.values:
        if field not in FIELDS:
            near = get_close_matches(field, FIELDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(FIELDS)}"
            faults.append(f"{table.at(field)}: no such field; {hint}")
    given: dict[str, object] = {}
    for field in FIELDS:
        if field in table.values:
            try:
                given[field] = _READERS[field](table.values[field])
            except _Fault as fault:
                faults.append(f"{table.at(field)}: {fault}")
    if "name" not in table.values:
        faults.append(f"{table.at('')}: a source without a name")
    if len(faults) > before:
        return None
    source = _over_known(given)
    if source.kind == PARTY and not source.side:
        if not source.owner:
            faults.append(f"{table.at('kind')}: a party to the conflict needs a side, or an owner whose side it takes")
            return None
        source = replace(source, side=source.owner)
    return source


def _over_known(given: dict[str, object]) -> Source:
    """What is given, over what comes with warledger of the source of that name."""
    name = str(given.pop("name"))
    known = SourceLexicon.load().named(name)
    base = known or Source(name)
    aliases = base.aliases if key(name) == key(base.name) else (*base.aliases, name)
    lists = {
        field: tuple(dict.fromkeys((*held, *given.pop(field, ()))))  # type: ignore[misc]  # read as a tuple of strings
        for field, held in (("aliases", aliases), ("addresses", base.addresses))
    }
    return replace(base, **given, **lists)  # type: ignore[arg-type]  # each read by its own reader


def _clashes(read: Iterable[tuple[_Table, Source]]) -> Iterator[str]:
    """What two sources of the file have both: a name or alias, or an address."""
    held: dict[str, tuple[str, str]] = {}
    packaged = SourceLexicon.load()
    for table, source in read:
        for form in dict.fromkeys(map(key, (source.name, *source.aliases))):
            if not packaged.is_in_doubt(form):
                yield from _taken(held, form, "the name or alias", table, source)
        for address in source.addresses:
            yield from _taken(held, f"//{address}", "the address", table, source)


def _taken(held: dict[str, tuple[str, str]], form: str, words: str, table: _Table, source: Source) -> Iterator[str]:
    name, where = held.setdefault(form, (source.name, table.at("")))
    if where != table.at(""):
        yield f"{table.at('')}: {words} “{form.removeprefix('//')}” is that of {name} too ({where})"


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise _Fault('must be words in quotation marks, as "Example Wire"')
    words = value.strip()
    if len(words) > MAX_WORDS_CHARS:
        raise _Fault(f"has {len(words)} characters; the most are {MAX_WORDS_CHARS}")
    if any(unicodedata.category(c) in _BREAKS for c in words):
        raise _Fault("has a line break or a control character")
    return words


def _name(value: object) -> str:
    words = _words(value)
    if not key(words):
        raise _Fault("must have a letter or digit")
    return words


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Fault('must be a list in brackets, as ["Example Wire", "EW"]')
    return tuple(dict.fromkeys(map(_name, value)))


def _addresses(value: object) -> tuple[str, ...]:
    hosts = []
    for one in _list(value):
        found = _ADDRESS.fullmatch(one)
        if found is None:
            raise _Fault(f"{one!r} is no host on the web, as wire.example; pages and channels of other sites are nobody's own")
        hosts.append(found["host"].lower())
    return tuple(dict.fromkeys(hosts))


def _kind(value: object) -> str:
    words = _words(value) or "unknown"
    if words not in v.SOURCE_KINDS:
        near = get_close_matches(words.lower(), v.SOURCE_KINDS, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise _Fault(f"{words!r} is no kind of source; {hint}there are: {', '.join(v.SOURCE_KINDS)}")
    return words


def _country(value: object) -> str:
    code = _words(value).upper()
    if code and code not in nations():
        raise _Fault(f"{value!r} is not two letters of ISO 3166, as SY")
    return code


_READERS: Final = {
    "name": _name,
    "aliases": _list,
    "addresses": _addresses,
    "owner": _words,
    "kind": _kind,
    "country": _country,
    "side": _words,
}
