"""Options that say how files are to be read, for `add` and `extract`, and how what could not be read is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final

import click

from warledger.cli.options import Decorator, day_option
from warledger.cli.output import clean
from warledger.core import Issue

SHOWN_OF_A_KIND: Final = 5
"""Issues of one code that are told in full; the rest are counted."""


def _mapping(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    fields = {}
    for one in given:
        field, equals, column = one.partition("=")
        if not (field and equals and column):
            raise click.BadParameter(f"{one!r} must be FIELD=COLUMN, for example --map text=body")
        fields[field] = column
    return fields


def reading_options(function: Callable[..., Any], *, as_format: tuple[str, ...] = ("--as",)) -> Callable[..., Any]:
    """Add PATH… and how to read it; the command takes `paths` and `options`, a ReadOptions.

    `as_format` are the names of the option that says what the files are; `--format` is among them where a command has no list
    to print.
    """

    @wraps(function)
    def with_options(*args: object, **given: Any) -> object:  # noqa: ANN401 - whatever the command takes
        from warledger.ingest import ReadOptions

        told = {field: value for name, field in _FIELDS.items() if (value := given.pop(name)) is not None}
        return function(*args, options=ReadOptions(**told), **given)

    options: tuple[Decorator, ...] = (
        click.option("--encoding", metavar="NAME", help="The encoding of the files; else it is detected, and said."),
        click.option(
            *as_format,
            "read_as",
            metavar="FORMAT",
            help="What the files are, else told by content: text, html, mhtml, json, jsonl, telegram, csv, tsv, xlsx, parquet, "
            "feed, mail, mbox, pdf, warc or zip.",
        ),
        click.option(
            "--day-first/--month-first",
            "day_first",
            default=None,
            help="How 05/12/2024 is meant; else it is left out as unclear.",
        ),
        click.option(
            "--map",
            "fields",
            multiple=True,
            metavar="FIELD=COLUMN",
            callback=_mapping,
            help="Which column holds a field: text, title, source, date, url, name, language, author.",
        ),
        click.option("--date-from-text", is_flag=True, help="Take an undated document's date from its first lines."),
        day_option("--date", "published", "The day of publication of documents that give none."),
        click.option("--source", default="", metavar="NAME", help="Who published documents that name no source."),
        click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    )
    wrapped: Callable[..., Any] = with_options
    for option in options:
        wrapped = option(wrapped)
    return wrapped


_FIELDS: Final = {
    "source": "source",
    "published": "published",
    "date_from_text": "date_from_text",
    "fields": "fields",
    "read_as": "format",
    "encoding": "encoding",
    "day_first": "day_first",
}
"""Parameters of the command and the fields of ReadOptions that they fill."""


class Tally:
    """Issues as they come: a few of each code are kept, the rest counted, so that a million broken rows take no memory."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._shown: list[Issue] = []

    def add(self, issue: Issue) -> None:
        """Count an issue."""
        self.counts[issue.code] += 1
        if self.counts[issue.code] <= SHOWN_OF_A_KIND:
            self._shown.append(issue)

    def tell(self) -> None:
        """Say on standard error what could not be read or decided, and what to do."""
        tell_issues(self._shown, self.counts)


def tell_issues(issues: Iterable[Issue], counts: Mapping[str, int]) -> None:
    """Say issues on standard error, a few of each code; `counts` says how many there are of it in all."""
    shown: Counter[str] = Counter()
    for issue in issues:
        shown[issue.code] += 1
        if shown[issue.code] <= SHOWN_OF_A_KIND:
            click.echo(f"  {issue_line(issue)}", err=True)
    for code in shown:
        if counts[code] > SHOWN_OF_A_KIND:
            click.echo(f"  … and {counts[code] - SHOWN_OF_A_KIND:,} more of {code}", err=True)


def issue_line(issue: Issue) -> str:
    """An issue in one line: where, what was found, what to do."""
    return clean(f"{issue.severity} {issue.code}: {issue.where}: {issue.found}; {issue.todo}")
