"""Options that several commands share: the ledger and the form of the output, and the filters on events and claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Final

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FORMATS: Final = ("auto", "table", "jsonl")


@dataclass(slots=True)
class Globals:
    """What the options that every command takes say, be they before or after its name. `ledger` is None for the default."""

    ledger: str | None = None
    quiet: bool = False
    format: str = "auto"


def globals_of(ctx: click.Context) -> Globals:
    """The settings of this run, made at first use."""
    return ctx.find_root().ensure_object(Globals)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    def callback(ctx: click.Context, _param: click.Parameter, value: object) -> None:
        if value not in (None, False) and not ctx.resilient_parsing:
            setattr(globals_of(ctx), name, value)

    return callback


def global_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --ledger, --quiet and --format."""
    return format_option(ledger_options(function))


def ledger_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --ledger and --quiet, for commands whose --format is their own or that have none."""
    for option in (
        click.option(
            "-q", "--quiet", is_flag=True, expose_value=False, callback=_keep("quiet"), help="Say only what went wrong."
        ),
        click.option(
            "--ledger", metavar="PATH", expose_value=False, callback=_keep("ledger"),
            help="The ledger's file; else WARLEDGER_LEDGER, else ./warledger.db.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def format_option(function: Callable[..., Any], *, more: tuple[str, ...] = (), words: str = "") -> Callable[..., Any]:
    """Add --format for lists; a command may have `more` forms, of which `words` tell."""
    return click.option(
        "--format", type=click.Choice((*FORMATS, *more)), expose_value=False, callback=_keep("format"),
        help=f"A table, or one JSON object a line; auto is a table on a terminal.{words}",
    )(function)  # fmt: skip


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day of the calendar; write it like 2024-12-05") from error


def day_option(name: str, field: str, text: str, *, required: bool = False) -> Decorator:
    """An option whose value is a day, written 2024-12-05; `field` is the parameter that takes it."""
    return click.option(name, field, metavar="DAY", callback=_day, required=required, help=text)


def _moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value) if len(value) > len("2024-12-05") else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day or moment; write it like 2024-12-05 or 2024-12-05T18:30") from error


def moment_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as-of and --recorded; the command takes `as_of`, a day, and `recorded`, a day or a moment."""
    as_of = day_option("--as-of", "as_of", "As could be known on this day: only documents published by then.")
    return as_of(recorded_option(function))


def recorded_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --recorded; the command takes `recorded`, a day or a moment."""
    return click.option(
        "--recorded", "recorded", metavar="MOMENT", callback=_moment,
        help="As the ledger stood at this day or moment: only what had been added by then.",
    )(function)  # fmt: skip


def period_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --place, --since, --until, --as-of and --recorded."""
    for option in (
        moment_options,
        day_option("--until", "until", "Up to this day, itself included."),
        day_option("--since", "since", "From this day on."),
        click.option("--place", default="", metavar="NAME", help="A place, or a country by its two letters."),
    ):
        function = option(function)
    return function


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters that events and claims share; the command takes them as one `wanted`, an EventFilter."""
    from warledger.core import EventFilter
    from warledger.core import vocabulary as v

    @wraps(function)
    def with_filter(*args: object, **given: Any) -> object:  # noqa: ANN401 - whatever the command takes
        asked = {name: given.pop(name) for name in _FILTER_FIELDS}
        return function(*args, wanted=EventFilter(**asked), **given)

    def choice(name: str, field: str, values: tuple[str, ...], text: str) -> Decorator:
        return click.option(
            f"--{name}", field, multiple=True, type=click.Choice(values), metavar=name.upper(), help=text
        )  # fmt: skip

    wrapped: Callable[..., Any] = with_filter
    for option in (
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            metavar="SHARE",
            help="Read with at least this confidence, 0 to 1; what a person made always passes.",
        ),
        click.option("--text", default="", metavar="WORDS", help="Words in the sentences of its claims."),
        click.option("--voice", default="", metavar="NAME", help="Somebody who says so."),
        choice("frame", "frames", v.FRAMES, "news or background."),
        choice("status", "statuses", v.STATUSES, "happened, planned, possible, denied or failed."),
        choice("grade", "grades", v.GRADES, "How well the event is supported: confirmed, corroborated, claimed …"),
        choice("type", "types", v.CLAIM_TYPES, "Type of claim: seize, airstrike, displace … May be given several times."),
        click.option("--actor", default="", metavar="NAME", help="Somebody who did it or to whom it was done."),
    ):
        wrapped = option(wrapped)
    return period_options(wrapped)


_FILTER_FIELDS: Final = (
    "place", "actor", "types", "since", "until", "grades", "statuses", "frames", "voice", "text", "min_confidence",
)  # fmt: skip


def jobs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --jobs."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0, 1024),
        metavar="N",
        help="Documents extracted at once; 0 is one for each processor.",
    )(function)


def output_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --output; the command takes `output`, a path or None for standard output."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write to a file; it is there only when it is whole.",
    )(function)
