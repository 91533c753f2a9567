"""`warledger control`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from warledger.cli.options import day_option, format_option, globals_of, ledger_options, moment_options, output_option
from warledger.cli.session import open_ledger
from warledger.errors import UsageError

if TYPE_CHECKING:
    from warledger.core import Spell, View
    from warledger.export import Skipped


@click.command()
@day_option("--on", "on", "On this day; else as far as is known.")
@click.option("--changes", is_flag=True, help="List the changes of hands instead, the latest first.")
@day_option("--since", "since", "With --changes: from this day on.")
@moment_options
@partial(format_option, more=("csv", "geojson"), words=" csv and geojson: who holds what, for spreadsheets and maps.")
@output_option
@ledger_options
@click.pass_context
def command(
    ctx: click.Context,
    on: date | None,
    changes: bool,
    since: date | None,
    as_of: date | None,
    recorded: date | datetime | None,
    output: str | None,
) -> None:
    """List who holds which place, or with --changes what changed hands.

    A province's holder is listed as the province's, never as that of its towns.

    \b
    Example: warledger control --on 2024-12-05 --format geojson -o control.geojson
    """
    from warledger.cli.output import write_rows
    from warledger.cli.spells import CHANGE_COLUMNS, SPELL_COLUMNS, change_rows, spell_rows

    form = globals_of(ctx).format
    if since is not None and not changes:
        raise UsageError("--since goes with --changes; for one day give --on")
    if changes and (on is not None or form in ("csv", "geojson")):
        raise UsageError("--changes takes --since, and is written as a table or as JSON lines")
    if output is not None and form not in ("csv", "geojson"):
        raise UsageError("--output goes with --format csv or geojson")
    with open_ledger(ctx) as ledger:
        view = ledger.view(as_of=as_of, recorded=recorded)
        if changes:
            found = ledger.control_changes(since or date.min, as_of=as_of, recorded=recorded)
            write_rows(change_rows(found, view), form, CHANGE_COLUMNS, empty="Nothing is said to have changed hands.")
            return
        spells = ledger.control(on=on, as_of=as_of, recorded=recorded)
        if form not in ("csv", "geojson"):
            write_rows(spell_rows(spells, view), form, SPELL_COLUMNS, empty="No document says who holds anything then.")
            return
        _write(ctx, form, output, spells, view)


def _write(ctx: click.Context, form: str, output: str | None, spells: tuple[Spell, ...], view: View) -> None:
    from warledger.cli.writing import written
    from warledger.export.control import write_control_csv, write_control_geojson

    skipped: Iterable[Skipped] = ()
    with written(output) as stream:
        if form == "csv":
            write_control_csv(spells, view, stream)
        else:
            skipped = write_control_geojson(spells, view, stream)
    if not globals_of(ctx).quiet:
        for one in skipped:
            click.echo(f"  {one.id} {one.rule}: {one.reason}", err=True)
        if output:
            click.echo(f"Wrote {output}.", err=True)
