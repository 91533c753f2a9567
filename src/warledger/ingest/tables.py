"""CSV and TSV to drafts, row by row. A broken row is an Issue, and reading goes on at the next line."""

from __future__ import annotations

import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from typing import IO, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.fields import Columns, choose
from warledger.ingest.options import ReadOptions
from warledger.ingest.sniff import delimiter_of
from warledger.ingest.stream import Stream
from warledger.ingest.structured import repair

MAX_ROW_LINES: Final = 2_000
"""A quoted field that runs on for more lines was never closed."""


class _Overrun(Exception):  # noqa: N818  # a signal between two functions of this module, never an error of the caller's
    """A row took more lines or characters than a row has."""


class _Lines:
    """Lines that can be handed back, so that a row which swallowed its followers can be read again from the next line."""

    def __init__(self, stream: IO[str], max_chars: int) -> None:
        self._stream = stream
        self._max_chars = max_chars
        self._back: deque[str] = deque()
        self.number = 0  # of the last line taken, from 1
        self.row: list[str] = []
        self._row_chars = 0

    def begin_row(self) -> None:
        self.row = []
        self._row_chars = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._stream.readline(self._max_chars)
        if not line:
            raise StopIteration
        cut = len(line) >= self._max_chars and not line.endswith("\n")
        while cut and (rest := self._stream.readline(self._max_chars)) and not rest.endswith("\n"):
            pass
        self.number += 1
        self.row.append(line)
        self._row_chars += len(line)
        if cut or len(self.row) > MAX_ROW_LINES or self._row_chars > self._max_chars:
            raise _Overrun
        return line.replace("\0", "")

    def hand_back(self) -> None:
        """All lines of the row but its first."""
        self.number -= len(self.row) - 1
        self._back.extendleft(reversed(self.row[1:]))


def from_table(
    stream: Stream, encoding: str, head: str, options: ReadOptions, assumed: tuple[str, ...]
) -> Iterator[Draft | Issue]:
    """A draft or an Issue for each row that is not blank. The first row names the columns."""
    delimiter = "\t" if options.format == "tsv" else delimiter_of(head, options) or ","
    max_chars = 2 * options.max_text_chars
    csv.field_size_limit(max(csv.field_size_limit(), max_chars))
    with stream.lines(encoding, newline="") as text:
        lines = _Lines(text, max_chars)
        names: list[str] = []
        columns = Columns({}, frozenset())
        for row, raw, number, fault in _rows(lines, delimiter, names):
            if not names:
                names.extend(name.strip() for name in row)
                columns = choose(names, options.fields)
                if missing := _missing(columns, names, stream.path):
                    yield missing
                    return
                continue
            where = f"{stream.path}:{number}"
            if fault:
                yield Issue(
                    "bad-row",
                    where,
                    found=fault,
                    expected=f"{len(names)} columns, as in the first line",
                    todo="mend or drop this row (quotes inside a field are doubled); the others were read",
                )
                continue
            yield _draft(row, raw, names, columns, where, f"{stream.name}:{number}", assumed)


def _rows(lines: _Lines, delimiter: str, names: list[str]) -> Iterator[tuple[list[str], str, int, str]]:
    """Rows with their raw text, first line number and what is wrong with them (empty if nothing)."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        fault = ""
        row: list[str] = []
        try:
            row = next(reader)
        except StopIteration:
            return
        except _Overrun:
            fault = "a quotation mark that is not closed" if len(lines.row) > 1 else "a line longer than a row can be"
        except csv.Error as error:
            fault = f"a row that cannot be split ({error})"
        number = lines.number - len(lines.row) + 1
        if not fault and names and len(row) != len(names) and any(row):
            fault = f"{len(row)} columns" + (f" over {len(lines.row)} lines" if len(lines.row) > 1 else "")
        if fault and len(lines.row) > 1:
            lines.hand_back()
        if fault:
            reader = csv.reader(lines, delimiter=delimiter)
        if fault or any(cell.strip() for cell in row):
            yield row, "".join(lines.row), number, fault


def _missing(columns: Columns, names: list[str], path: str) -> Issue | None:
    """The Issue for a table without a column for the text, or without one that the map names."""
    unknown = sorted(column for column in columns.of.values() if column not in names)
    shown = ", ".join(names[:20])[:400]
    if unknown:
        found = f"no column “{unknown[0]}”; the columns are: {shown}"
    elif "text" not in columns.of:
        found = f"no column that looks like a text, among: {shown}"
    else:
        return None
    return Issue(
        "no-text-column",
        path,
        found=found,
        expected="a column with the text of a report",
        todo="name it with --map text=COLUMN",
    )


def _draft(
    row: list[str], raw: str, names: list[str], columns: Columns, where: str, name: str, assumed: tuple[str, ...]
) -> Draft:
    if not raw.isascii() and any("\udc80" <= c <= "\udcff" for c in raw):
        row = [repair(cell) for cell in row]
        assumed = (*assumed, "bytes out of the file's encoding were read as windows-1252")
    cells = dict(zip(reversed(names), reversed(row), strict=True))  # of two columns with one name the first counts
    of = {field: cells[column].strip() for field, column in columns.of.items()}
    return Draft(
        text=of["text"],
        where=where,
        origin=where,
        name=of.get("name", "")[:2_000] or name,
        raw_sha256=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        title=of.get("title", "")[:2_000],
        source=of.get("source", "")[:2_000],
        date=of.get("date"),
        url=of.get("url", "")[:2_000],
        language=of.get("language", "")[:2_000],
        author=of.get("author", "")[:2_000],
        assumed=(*assumed, *columns.assumed),
    )
