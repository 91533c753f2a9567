"""`warledger export`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import filter_options, globals_of, ledger_options, output_option
from warledger.cli.session import open_ledger
from warledger.core import EventFilter

FORMATS = ("jsonl", "csv", "geojson", "records", "clusters")
MOST_SKIPPED = 10


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@output_option
@filter_options
@ledger_options
@click.pass_context
def command(
    ctx: click.Context, form: str, output: str | None, wanted: EventFilter, as_of: date | None, recorded: date | datetime | None
) -> None:
    """Write the ledger in a format for other tools.

    FORMAT is jsonl (events with their claims), csv (a row an event), geojson (events on a map), records (extraction records) or
    clusters (which claims are one event).

    \b
    Example: warledger export geojson --since 2024-11-27 -o events.geojson
    """
    from warledger.cli.writing import written
    from warledger.export import export

    with open_ledger(ctx) as ledger, written(output) as stream:
        skipped = export(ledger.view(as_of=as_of, recorded=recorded), form, stream, wanted)
    if skipped and not globals_of(ctx).quiet:
        click.echo(f"{len(skipped):,} could not be written in this form:", err=True)
        for one in skipped[:MOST_SKIPPED]:
            click.echo(f"  {one.id} {one.rule}: {one.reason}", err=True)
        if len(skipped) > MOST_SKIPPED:
            click.echo(f"  … and {len(skipped) - MOST_SKIPPED:,} more", err=True)
    if output and not globals_of(ctx).quiet:
        click.echo(f"Wrote {output}.", err=True)
