"""What goes to standard output: JSON lines for programs, tables for people."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from warledger.core import When

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

Row = Mapping[str, object]

PIPED_WIDTH: Final = 120
"""Columns of a table that is not on a terminal, unless COLUMNS says otherwise."""

WIDE: Final = 100
"""Columns of text from which on a table has room for what is good to know besides."""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without what could steer a terminal: control characters (new lines and tabs stay) and changes of direction."""
    return _UNSAFE.sub("�", text)


def plain(value: object) -> object:
    """`value` as JSON has it: dataclasses as objects without their empty fields, times as EDTF."""
    if isinstance(value, When | date):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        found = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: plain(item) for name, item in found if item is not None and item not in ("", ())}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def json_line(value: object) -> str:
    """One line of JSON; letters stay readable, except where they are no valid Unicode (a file's name may hold such)."""
    try:
        line = json.dumps(value, ensure_ascii=False)
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True)
    return line


def wants_table(form: str) -> bool:
    """Whether a list goes out as a table: `form` is auto, table or jsonl."""
    return form == "table" or (form == "auto" and sys.stdout.isatty())


def console() -> Console:
    """Where tables are drawn. Without colour where NO_COLOR is set or nobody looks at a terminal."""
    from rich.console import Console

    on_terminal = sys.stdout.isatty()
    width = None if on_terminal else int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else PIPED_WIDTH
    return Console(
        file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False, legacy_windows=False
    )


def write_rows(rows: Iterable[Row], form: str, columns: Sequence[str], *, empty: str = "Nothing found.") -> int:
    """Write a list; return how many rows it had.

    JSON lines carry the whole of each row, as it comes. A table shows `columns`: "heading" or "heading=field", and after "|"
    words for `nowrap`, `right`, and `wide` (left out of a narrow table). A field may hold Text of rich. `empty` is said on
    standard error where a table would have no row.
    """
    if not wants_table(form):
        count = 0
        for row in rows:
            click.echo(json_line({key: plain(value) for key, value in row.items() if not key.startswith("_")}))
            count += 1
        return count
    held = list(rows)
    if not held:
        if empty:
            click.echo(empty, err=True)
        return 0
    show(table(held, columns))
    return len(held)


def show(renderable: object) -> None:
    """Draw something of rich on standard output; lines that are not for a terminal end where their words do."""
    screen = console()
    if screen.is_terminal:
        screen.print(renderable)
        return
    with screen.capture() as capture:
        screen.print(renderable)
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def table(rows: Iterable[Row], columns: Sequence[str]) -> Table:
    """A table of rows; columns as in `write_rows`, without those in which every row is empty."""
    from rich.table import Table

    held = list(rows)
    narrow = console().width < WIDE
    shown = [
        column
        for column in columns
        if any(row.get(field_of(column)) not in (None, "", (), []) for row in held)
        and not (narrow and "wide" in _flags(column))
    ]
    drawn = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in shown:
        heading, flags = column.partition("|")[0].partition("=")[0], _flags(column)
        drawn.add_column(
            heading,
            overflow="fold",
            no_wrap="nowrap" in flags,
            justify="right" if "right" in flags else "left",
        )
    for row in held:
        drawn.add_row(*(_cell(row.get(field_of(column))) for column in shown))
    return drawn


def _flags(column: str) -> list[str]:
    return column.partition("|")[2].split()


def field_of(column: str) -> str:
    """The field of a row that a column shows."""
    heading, _, field = column.partition("|")[0].partition("=")
    return field or heading


def _cell(value: object) -> Text:
    from rich.text import Text

    if isinstance(value, Text):
        return value
    if value is None:
        return Text("")
    if isinstance(value, tuple | list):
        return Text(clean(", ".join(map(str, value))))
    return Text(clean(str(value)))


class Sheet:
    """One thing shown in full: headings, fields, paragraphs and tables, drawn together."""

    def __init__(self) -> None:
        self._parts: list[object] = []

    def title(self, *words: str) -> None:
        """The first line: an id and what it is."""
        self._parts.append(_styled("  ".join(word for word in words if word), "bold"))

    def heading(self, words: str) -> None:
        """A line over a part, with an empty line before it."""
        self._parts.extend(("", _styled(words, "bold")))

    def line(self, words: str | Text, *, indent: int = 0) -> None:
        """A paragraph; nothing where there are no words."""
        from rich.padding import Padding

        if words:
            self._parts.append(Padding(_cell(words), (0, 0, 0, indent)))

    def fields(self, **values: object) -> None:
        """Names and values, one pair a line; those without a value are left out. An underscore in a name stands for a space."""
        from rich.table import Table

        grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        for name, value in values.items():
            if value not in (None, "", ()):
                grid.add_row(name.replace("_", " "), _cell(value))
        self._parts.append(grid)

    def table(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        """A table, as `write_rows` draws it."""
        self._parts.append(table(rows, columns))

    def show(self) -> None:
        """Draw it on standard output."""
        from rich.console import Group

        show(Group(*self._parts))  # type: ignore[arg-type]


def styles() -> bool:
    """Whether words may be marked by style, because somebody looks at a terminal with colour."""
    screen = console()
    return screen.is_terminal and not screen.no_color


def _styled(words: str, style: str) -> Text:
    from rich.text import Text

    return Text(clean(words), style=style)
