"""Spreadsheets (.xlsx) and Parquet: rows with named columns."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import IO, Any, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.fields import choose
from warledger.ingest.foreign import quiet
from warledger.ingest.limits import Task
from warledger.ingest.options import ReadOptions
from warledger.ingest.stream import Stream
from warledger.ingest.structured import Row, draft_of

MAX_COLUMNS: Final = 1_000
"""A row of a spreadsheet can claim 16,384 cells; a table of documents has a few dozen columns."""
LARGEST_PART_BYTES: Final = 200_000_000
"""A sheet, or the table of its strings, unpacked. openpyxl holds the strings, and a row whole, in memory."""
BATCH_ROWS: Final = 32
"""Few, since Parquet can write one long text for many rows."""
BATCH_BYTES: Final = 256 << 20
"""So much a batch may be if every row were as long as its whole column is: then fewer rows are read at once."""
MOST_VALUES_A_ROW: Final = 100_000
"""Of a list of paragraphs; a file of some bytes can claim thousands of millions."""


def from_workbook(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """A draft for each row of each sheet; the first row that is not blank names the columns. Raises what openpyxl raises.

    Formulas give the value that was last worked out. A sheet without a column for the text is an Issue.
    """
    with zipfile.ZipFile(file) as archive:
        sizes = [member.file_size for member in archive.infolist()]
    task.budget.take_bytes(sum(sizes))
    if max(sizes, default=0) > LARGEST_PART_BYTES:
        yield Issue(
            "too-large",
            stream.path,
            found=f"a spreadsheet with a part of {max(sizes) / 1e6:,.0f} MB, unpacked",
            expected=f"at most {LARGEST_PART_BYTES / 1e6:,.0f} MB",
            todo="save it as CSV, which has no limit",
        )
        return
    file.seek(0)
    with quiet():
        from openpyxl import load_workbook

        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its size is not to be believed
            many = len(book.worksheets) > 1
            where = f"{stream.path}, sheet {sheet.title}" if many else stream.path
            name = f"{stream.name}:{sheet.title}" if many else stream.name
            yield from _from_rows(_cells(sheet), where, name, task.options)
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[tuple[int, Sequence[object]]]:  # noqa: ANN401  # openpyxl has no types
    with quiet():
        rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    number = 0
    while True:
        with quiet():
            row = next(rows, None)
        if row is None:
            return
        number += 1
        if any(cell is not None and cell != "" for cell in row):
            yield number, row


def from_parquet(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """A draft for each row. Raises what pyarrow raises; without pyarrow, which is an extra, an Issue says what to install.

    Its texts count against the limit of what an archive may unpack to.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        yield Issue(
            "extra-missing",
            stream.path,
            found="a Parquet file, and no pyarrow to read it with",
            expected="the extra “parquet”",
            todo="install it (pip install 'warledger[parquet]'), or write the table as CSV or JSON Lines",
        )
        return
    table = parquet.ParquetFile(file)
    names = [str(name) for name in table.schema_arrow.names]
    columns = choose(names, task.options.fields)
    if missing := _missing(columns.of, names, stream.path):
        yield missing
        return
    wanted = sorted({column.split(".")[0] if column not in names else column for column in columns.of.values()} & set(names))
    longest, most = _extent(table.metadata, wanted)
    if most > MOST_VALUES_A_ROW:
        yield Issue(
            "too-large",
            stream.path,
            found=f"a Parquet file with some {most:,} values a row in one column",
            expected=f"at most {MOST_VALUES_A_ROW:,}",
            todo="write one text a row",
        )
        return
    number = 0
    for batch in table.iter_batches(batch_size=max(1, min(BATCH_ROWS, BATCH_BYTES // max(longest, 1))), columns=wanted):
        for values in batch.to_pylist():
            number += 1
            task.budget.take_bytes(_size(values))
            row = {key: _plain(value) for key, value in values.items()}
            yield draft_of(_row(row, f"{stream.path}:{number}", f"{stream.name}:{number}"), task.options, ())


def _extent(metadata: Any, wanted: Sequence[str]) -> tuple[int, int]:  # noqa: ANN401  # pyarrow has no types
    """The bytes of the longest stretch of a wanted column, unpacked, and the most values of one for each row."""
    longest = most = 0
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.path_in_schema.split(".")[0] in wanted or column.path_in_schema in wanted:
                longest = max(longest, column.total_uncompressed_size)
                most = max(most, column.num_values // max(group.num_rows, 1))
    return longest, most


def _size(value: object) -> int:
    """About how many bytes a value of a row takes, with what is in it; without recursion."""
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str | bytes):
            total += len(one)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        else:
            total += 8
    return total


def _from_rows(
    rows: Iterable[tuple[int, Sequence[object]]], where: str, name: str, options: ReadOptions
) -> Iterator[Draft | Issue]:
    names: list[str] = []
    for number, cells in rows:
        if not names:
            names = [str(cell).strip() if cell is not None else "" for cell in cells]
            if missing := _missing(choose(names, options.fields).of, names, where):
                yield missing
                return
            continue
        row = {head: _plain(cell) for head, cell in zip(names, cells, strict=False) if head}
        if row.values():
            yield draft_of(_row(row, f"{where}:{number}", f"{name}:{number}"), options, ())


def _row(row: Mapping[str, object], where: str, name: str) -> Row:
    words = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
    return Row(row, where, name, hashlib.sha256(words.encode("utf-8", "replace")).hexdigest())


def _plain(value: object) -> object:
    """A cell as JSON would have it: days and moments as ISO 8601, bytes and fractions of a day as words."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _missing(of: Mapping[str, str], names: Sequence[str], where: str) -> Issue | None:
    unknown = sorted(column for column in of.values() if column not in names and column.split(".")[0] not in names)
    shown = ", ".join(name for name in names[:20] if name)[:400]
    if "text" in of and not unknown:
        return None
    return Issue(
        "no-text-column",
        where,
        found=f"no column “{unknown[0]}”; the columns are: {shown}"
        if unknown
        else f"no column that looks like a text, among: {shown}",
        expected="a column with the text of a report",
        todo="name it with --map text=COLUMN",
    )
