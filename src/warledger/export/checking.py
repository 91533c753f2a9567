"""What the validators share: faults, checks of one value, and reading a table row by row with its line numbers.

A check takes a cell and says what is wrong with it, "" where nothing is. An error breaks the format's rules; a warning is
legal, or is broken by the format's own published files, but worth a look.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TextIO

from warledger.export.tables import FORMULA

Severity = Literal["error", "warning"]
Check = Callable[[str], str]
MAX_FIELD: Final = 16 * 1024 * 1024
"""Characters of one cell that are read; Python's own limit is 128 Ki, and notes can be longer."""
_INTEGER = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: `line` counts from 1, `column` is empty where the whole row or file is meant."""

    line: int
    column: str
    rule: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table by column name, and the line that it begins on."""

    line: int
    cells: Mapping[str, str]

    def error(self, column: str, rule: str, message: str) -> Fault:
        """A fault of this row that breaks the format."""
        return Fault(self.line, column, rule, "error", message)

    def warning(self, column: str, rule: str, message: str) -> Fault:
        """A fault of this row to look at."""
        return Fault(self.line, column, rule, "warning", message)

    def number(self, column: str) -> int | None:
        """The cell as a whole number; None where it is none."""
        text = self.cells.get(column, "").strip()
        return int(text) if _INTEGER.fullmatch(text) and len(text) < 20 else None


def one_of(words: Container[str], what: str) -> Check:
    """The cell is one of `words`."""
    return lambda cell: "" if cell in words else f"{cell!r} is no {what}"


def whole(low: int, high: int | None = None) -> Check:
    """The cell is a whole number of at least `low`, and at most `high`."""

    def check(cell: str) -> str:
        if _INTEGER.fullmatch(cell) is None or len(cell) > 20:
            return f"{cell!r} is no whole number"
        if int(cell) < low or (high is not None and int(cell) > high):
            return f"{cell} lies outside {low} to {'any' if high is None else high}"
        return ""

    return check


def decimal(low: float, high: float, places: int | None = None) -> Check:
    """The cell is a decimal number from `low` to `high`, with at most `places` decimals."""

    def check(cell: str) -> str:
        if _DECIMAL.fullmatch(cell) is None or len(cell) > 40:
            return f"{cell!r} is no decimal number"
        if not low <= float(cell) <= high:
            return f"{cell} lies outside {low} to {high}"
        if places is not None and len(cell.partition(".")[2]) > places:
            return f"{cell} has more than {places} decimals"
        return ""

    return check


def day(cell: str) -> str:
    """The cell is a day of the calendar, YYYY-MM-DD."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell) is None:
        return f"{cell!r} is no day like 2024-12-05"
    try:
        date.fromisoformat(cell)
    except ValueError:
        return f"{cell!r} is no day of the calendar"
    return ""


def matching(pattern: str, what: str) -> Check:
    """The whole cell fits a pattern."""
    compiled = re.compile(pattern)
    return lambda cell: "" if compiled.fullmatch(cell) else f"{cell!r} is no {what}"


def filled(cell: str) -> str:
    """The cell is not blank."""
    return "" if cell.strip() else "is blank"


def anything(_cell: str) -> str:
    """Whatever the cell holds."""
    return ""


def blank_or(check: Check) -> Check:
    """The cell is blank, or what `check` asks."""
    return lambda cell: check(cell) if cell else ""


def each(check: Check, separator: str = ";") -> Check:
    """Every part of a cell that holds several."""

    def check_parts(cell: str) -> str:
        return next((said for part in cell.split(separator) if (said := check(part.strip()))), "")

    return check_parts


def read_table(stream: TextIO, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV or TSV with the line that each begins on. Raises csv.Error for a cell that is too large.

    A tab-separated table has no quoting.
    """
    csv.field_size_limit(MAX_FIELD)
    if delimiter == "\t":
        reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(stream, delimiter=delimiter)
    before = 0
    for row in reader:
        if row:
            yield before + 1, row
        before = reader.line_num


def head_faults(line: int, found: Sequence[str], columns: Sequence[str], optional: Container[str] = ()) -> Iterator[Fault]:
    """What is wrong with the names of the columns: missing, unknown, twice, in another order (a warning)."""
    twice = sorted({name for name in found if found.count(name) > 1})
    for name in twice:
        yield Fault(line, name, "column-twice", "error", f"the column {name!r} comes more than once")
    for name in columns:
        if name not in found:
            yield Fault(line, name, "column-missing", "error", f"the column {name!r} is missing")
    for name in found:
        if name not in columns and name not in optional:
            yield Fault(line, name, "column-unknown", "error", f"{name!r} is no column of this format")
    kept = [name for name in found if name in columns]
    if not twice and len(kept) == len(columns) and kept != list(columns):
        yield Fault(
            line, "", "column-order", "warning", f"the columns stand in another order; it should be {', '.join(columns)}"
        )


def table_rows(rows: Iterable[tuple[int, list[str]]], names: Sequence[str], faults: list[Fault]) -> Iterator[TableRow]:
    """Rows by column name. A row with too few or too many cells is a fault and is not given."""
    for line, cells in rows:
        if len(cells) != len(names):
            message = f"the row has {len(cells)} cells, the header {len(names)}"
            faults.append(Fault(line, "", "row-width", "error", message))
        else:
            yield TableRow(line, dict(zip(names, cells, strict=True)))


def value_faults(row: TableRow, checks: Mapping[str, Check], rule: str = "value") -> Iterator[Fault]:
    """What is wrong with single cells, and cells that a spreadsheet would run or that are not in UTF-8."""
    for column, cell in row.cells.items():
        said = checks[column](cell) if column in checks else ""
        if said:
            yield row.error(column, f"{column}-{rule}" if rule != "value" else column, said)
        elif cell.startswith(FORMULA) and _DECIMAL.fullmatch(cell) is None:
            yield row.warning(column, "formula", f"a spreadsheet would run {cell[:20]!r}")
        if not cell.isascii() and any("\udc80" <= c <= "\udcff" for c in cell):
            yield row.error(column, "encoding", "the cell is not in UTF-8")


def checked_table(
    stream: TextIO,
    columns: Sequence[str],
    checks: Mapping[str, Check],
    row_rules: Callable[[TableRow], Iterable[Fault]],
    *,
    delimiter: str = ",",
    optional: Container[str] = (),
    tags: Callable[[int, Sequence[str], Sequence[str]], Iterable[Fault]] | None = None,
) -> Iterator[Fault]:
    """Every fault of a table: its header, each cell, each row. Empty cells of rows that end short are not made up.

    `tags` checks the row after the header, where the format has one.
    """
    rows = read_table(stream, delimiter)
    try:
        head = next(rows, None)
        if head is None:
            yield Fault(1, "", "empty", "error", "the file is empty; the header is missing")
            return
        line, cells = head
        names = [cell.lstrip("\ufeff").strip() for cell in cells]
        if delimiter == "," and len(names) == 1 and ";" in names[0]:
            yield Fault(line, "", "delimiter", "error", "the cells are parted by semicolons, not by commas")
            return
        faulty = list(head_faults(line, names, columns, optional))
        yield from faulty
        if any(fault.severity == "error" for fault in faulty):
            missing = [name for name in columns if name not in names]
            if len(missing) * 2 > len(columns):
                return
        if tags is not None and (tag_row := next(rows, None)) is not None:
            yield from tags(tag_row[0], tag_row[1], names)
        widths: list[Fault] = []
        for row in table_rows(rows, names, widths):
            yield from widths
            widths.clear()
            yield from value_faults(row, checks)
            yield from row_rules(row)
        yield from widths
    except csv.Error as error:
        yield Fault(0, "", "table", "error", f"the table cannot be read further: {error}")
