"""Reads the tab-separated data files of this package: `#` lines are comments, the next line names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from warledger.core.ids import fold
from warledger.core.when import When
from warledger.errors import ConfigError

SEPARATOR = "; "
"""Between several values of one cell."""

_ALIAS = re.compile(r"(?P<text>[^\[\]{}]+?)\s*(?:\[(?P<during>[^\]]+)\])?\s*(?:\{(?P<country>[A-Z]{2})\})?")
_DOTTED = re.compile(r"\b(?:\w\.)+\w?(?!\w)")
_PLAIN: dict[int, str] = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")} | {ord("'"): ""}


def rows(name: str) -> Iterator[dict[str, str]]:
    """Each row of `data/<name>.tsv` as column → value. Raises ConfigError where a row has another number of cells."""
    lines = (files("warledger.lexicon") / "data" / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    columns: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise ConfigError(f"{name}.tsv line {number} has {len(cells)} cells, the header {len(columns)}")
        yield dict(zip(columns, cells, strict=True))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several."""
    return tuple(cell.split(SEPARATOR)) if cell else ()


@lru_cache(maxsize=32768)
def key(text: str) -> str:
    """`text` for looking names up: folded, without a leading article, abbreviations without their points ("U.N." as "un")."""
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    plain = text.translate(_PLAIN).lower() if text.isascii() else fold(text.replace("’", "").replace("'", ""))
    words = plain.split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        del words[0]
    return " ".join(words)


@cache
def word_class(name: str) -> frozenset[str]:
    """The light words of a class of `data/words.tsv`."""
    return frozenset(word for row in rows("words") if row["class"] == name for word in row["words"].split())


@lru_cache(maxsize=4096)
def during(edtf: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF interval; (None, None) for an empty cell. A single day, month or year is a beginning."""
    if not edtf:
        return None, None
    when = When.parse(edtf if "/" in edtf else f"{edtf}/..")
    return when.first, when.last


def qualified(value: str) -> tuple[str, date | None, date | None, str]:
    """Text, first day, last day and country of a value such as `SNA [2017-12-30/..] {SY}`."""
    if value[-1:] not in ("]", "}"):
        return value, None, None, ""
    found = _ALIAS.fullmatch(value)
    if found is None:
        raise ConfigError(f"{value!r} is not of the form: name [interval] {{CC}}")
    return found["text"], *during(found["during"] or ""), found["country"] or ""
