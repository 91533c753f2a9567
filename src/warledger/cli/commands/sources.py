"""`warledger sources` and `warledger sources add`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from warledger.cli.options import day_option, format_option, globals_of, ledger_options, moment_options
from warledger.cli.session import open_ledger

if TYPE_CHECKING:
    from warledger.ledger.health import SourceHealth

HEALTH_COLUMNS = (
    "source=name", "known=_known", "documents|right", "first", "last", "a day=per_day|right", "usually=usual_per_day|right",
    "warning",
)  # fmt: skip
RECORD_COLUMNS = (
    "source=name", "interest=_interest", "events|right", "first and alone=alone|right", "confirmed|right",
    "told by others=corroborated|right", "contradicted|right", "retracted|right", "open|right",
)  # fmt: skip
MOST_NAMED = 5
"""Publishers that a warning names."""
_form: Callable[[Callable[..., Any]], Callable[..., Any]] = partial(
    format_option, more=("toml",), words=" toml: what is known of sources, as `sources add` reads it."
)


@click.group(invoke_without_command=True)
@click.option("--unknown", is_flag=True, help="List the publishers of which nothing is known, most documents first.")
@click.option("--health", is_flag=True, help="List publishers by documents a day and the last one; warn who fell silent.")
@day_option("--on", "on", "With --health: the day to judge by; else that of the latest document.")
@moment_options
@ledger_options
@_form
@click.pass_context
def command(
    ctx: click.Context,
    unknown: bool,
    health: bool,
    on: date | None,
    as_of: date | None,
    recorded: date | datetime | None,
) -> None:
    """Show how often what a source alone had said was later confirmed or contradicted.

    A source here is an independent origin: the innermost voice that is named, else who published. The record changes no grade.
    With --health and --unknown a source is who published. With --format toml it prints what is known of sources, and with
    --unknown a table to fill in for each unknown one.

    \b
    Example: warledger sources --unknown --format toml
    """
    from warledger.cli.output import plain, write_rows

    if ctx.invoked_subcommand is not None:
        return
    form = globals_of(ctx).format
    if form == "toml" and not unknown:
        _write_known(ctx, recorded)
        return
    with open_ledger(ctx) as ledger:
        publishers = ledger.source_health(on=on, as_of=as_of, recorded=recorded)
        if form == "toml":
            _write_unknown(one for one in publishers if not one.known)
        elif unknown or health:
            shown = (
                {**whole, "_known": "" if one.known else "unknown"}
                for one in publishers
                if (not unknown or not one.known) and isinstance(whole := plain(one), dict)
            )
            write_rows(shown, form, HEALTH_COLUMNS, empty="No such source.")
        else:
            rows = (
                {**whole, "_interest": "a party to it" if one.interested else ""}
                for one in ledger.source_records(as_of=as_of, recorded=recorded)
                if isinstance(whole := plain(one), dict)
            )
            write_rows(rows, form, RECORD_COLUMNS, empty="The ledger has no claims.")
            _warn(ctx, publishers)


def _write_known(ctx: click.Context, recorded: date | datetime | None) -> None:
    """The sources of the ledger and of the package; those of the package alone where there is no ledger."""
    from pathlib import Path

    from warledger.config import load
    from warledger.lexicon.source_file import write_sources
    from warledger.lexicon.sources import SourceLexicon

    if Path(load({"ledger": globals_of(ctx).ledger}).settings.ledger).exists():
        with open_ledger(ctx) as ledger:
            known = ledger.sources_known(recorded=recorded)
    else:
        known = tuple(SourceLexicon.load().sources.values())
    for line in write_sources(known):
        click.echo(line)


def _write_unknown(publishers: Iterable[SourceHealth]) -> None:
    from warledger.lexicon.source_file import blank_sources

    for line in blank_sources(one.name for one in publishers if one.name.strip()):
        click.echo(line)


def _warn(ctx: click.Context, publishers: Iterable[SourceHealth]) -> None:
    """Say on standard error which publishers have fallen silent or give fewer documents."""
    from warledger.cli.output import clean

    warned = [f"{one.name} ({one.warning})" for one in publishers if one.warning]
    if warned and not globals_of(ctx).quiet:
        more = ", …" if len(warned) > MOST_NAMED else ""
        click.echo(clean(f"See `warledger sources --health`: {', '.join(warned[:MOST_NAMED])}{more}."), err=True)


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@ledger_options
@click.pass_context
def add(ctx: click.Context, file: str) -> None:
    """Take what you know of sources into the ledger: owner, kind, country, side, other names, addresses.

    FILE is TOML with a table [[source]] for each; a file with a fault is refused whole, and every fault is told with its line.
    What it says of a source goes before what was known. It holds from now on; --recorded shows the ledger as it stood before.

    \b
    Example: warledger sources add sources.toml
    """
    with open_ledger(ctx, create=True) as ledger:
        read, new = ledger.sources_add(file)
    if not globals_of(ctx).quiet:
        click.echo(f"{read:,} sources read; of {new:,} of them this was not known.", err=True)
