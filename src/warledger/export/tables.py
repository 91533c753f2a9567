"""Tables as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from warledger.core import EventFilter, View
from warledger.export.leftout import LeftOut

if TYPE_CHECKING:
    from warledger.export.entries import Kind

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection)."""
_FORMULA: Final = frozenset(FORMULA)


def write_csv(view: View, out: TextIO, filters: EventFilter, kind: Kind) -> LeftOut:
    """Write a row an entry under a header row; what is lacking is returned."""
    skipped = LeftOut()
    write_table(kind.columns, (entry.cells() for entry in kind.chosen(view, filters, skipped)), out)
    return skipped


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]], out: TextIO) -> None:
    """Write rows of cells under a header row. Open `out` with newline=""."""
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)


def safe(cell: str | float | None) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe stands before what would be one.

    Numbers are ours and stay as they are.
    """
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    clean = cell.replace("\x00", "") if "\x00" in cell else cell
    return f"'{clean}" if clean[:1] in _FORMULA else clean
