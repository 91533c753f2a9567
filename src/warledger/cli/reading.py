"""Options that say how files are to be read, for `add` and `extract`, and how what could not be read is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
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


def reading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add PATH… and how to read it; the command takes `paths` and `options`, a ReadOptions."""

    @wraps(function)
    def with_options(*args: object, **given: Any) -> object:  # noqa: ANN401 - whatever the command takes
        from warledger.ingest import ReadOptions

        told = {name: value for name in _FIELDS if (value := given.pop(name)) not in (None, "", False, {})}
        return function(*args, options=ReadOptions(**told), **given)

    options: tuple[Decorator, ...] = (
        click.option("--encoding", metavar="NAME", help="The encoding of the files; else it is detected, and said."),
        click.option("--as", "format", metavar="FORMAT", help="What the files are: text, html, json, jsonl, csv or tsv."),
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
            help="Which column holds a field: text, title, source, date, url, name, language.",
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


_FIELDS: Final = ("source", "published", "date_from_text", "fields", "format", "encoding", "day_first")


class Tally:
    """Issues as they come: a few of each code are kept, the rest counted, so that a million broken rows take no memory."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self._shown: list[Issue] = []

    def add(self, issue: Issue) -> None:
        """Count an issue."""
        key = (issue.severity, issue.code)
        self.counts[key] += 1
        if self.counts[key] <= SHOWN_OF_A_KIND:
            self._shown.append(issue)

    @property
    def errors(self) -> int:
        """How many of them mean that something was not read."""
        return sum(count for (severity, _), count in self.counts.items() if severity == "error")

    def tell(self) -> None:
        """Say on standard error what could not be read or decided, and what to do."""
        for issue in self._shown:
            click.echo(f"  {issue_line(issue)}", err=True)
        for (_, code), count in self.counts.items():
            if count > SHOWN_OF_A_KIND:
                click.echo(f"  … and {count - SHOWN_OF_A_KIND:,} more of {code}", err=True)


def tell_skipped(skipped: Sequence[Issue], total: int) -> None:
    """Say on standard error what was left out and why; `skipped` are the first of `total` issues."""
    if not total:
        return
    tally = Tally()
    for issue in skipped:
        tally.add(issue)
    click.echo(f"{total:,} left out:", err=True)
    tally.tell()
    if total > len(skipped):
        click.echo(f"  … and {total - len(skipped):,} more; `warledger issues` lists them all", err=True)


def issue_line(issue: Issue) -> str:
    """An issue in one line: where, what was found, what to do."""
    return clean(f"{issue.severity} {issue.code}: {issue.where}: {issue.found}; {issue.todo}")
