"""`warledger export`."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from warledger.cli.options import filter_options, globals_of, ledger_options, output_option
from warledger.cli.session import open_ledger
from warledger.core import EventFilter
from warledger.errors import UsageError

FORMATS = (
    "jsonl", "csv", "geojson", "kml", "acled", "ucdp", "plover", "polecat", "hxl", "hxl-ucdp", "ftm", "records", "clusters",
    "package", "parquet", "parquet-claims",
)  # fmt: skip
FILES = ("package", "parquet", "parquet-claims")
"""Formats that are no text and go to a file only."""
SHOWN_OF_A_RULE = 3


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@output_option
@click.option("--with-texts", is_flag=True, help="Put the documents' texts into a package.")
@filter_options
@ledger_options
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    output: str | None,
    with_texts: bool,
    wanted: EventFilter,
    as_of: date | None,
    recorded: date | datetime | None,
) -> None:
    """Write the ledger in a format for other tools.

    FORMAT is jsonl (events with their claims), csv (a row an event), geojson or kml (events on a map), acled, ucdp, plover,
    polecat (the columns and codes of those data sets), hxl or hxl-ucdp (acled or ucdp with HXL tags), ftm (FollowTheMoney
    entities), records (extraction records), clusters (which claims are one event), parquet or parquet-claims (typed tables with
    points), or package (a folder or .zip with events, claims, quotes and checksums, which verify checks).

    What a format cannot take is told on standard error, by rule; with -o all of it goes to OUTPUT.skipped.jsonl.

    \b
    Example: warledger export acled --since 2024-11-27 -o events.csv
    """
    from warledger.cli.writing import written
    from warledger.export import write_skipped

    if with_texts and form != "package":
        raise UsageError("--with-texts is for a package")
    if form in FILES:
        if output is None or output == "-":
            raise UsageError(f"{form} goes to a file; name it with -o")
        with open_ledger(ctx) as ledger:
            skipped = ledger.export(form, output, wanted, with_texts=with_texts, as_of=as_of, recorded=recorded)
    else:
        with open_ledger(ctx) as ledger, written(output) as stream:
            skipped = ledger.export(form, stream, wanted, as_of=as_of, recorded=recorded)
    quiet = globals_of(ctx).quiet
    if skipped and not quiet:
        click.echo(f"{len(skipped):,} could not be written in this form:", err=True)
        for rule, count in sorted(Counter(one.rule for one in skipped).items()):
            click.echo(f"  {rule}: {count:,}", err=True)
            for one in [one for one in skipped if one.rule == rule][:SHOWN_OF_A_RULE]:
                click.echo(f"    {one.id} {one.reason}", err=True)
            if count > SHOWN_OF_A_RULE:
                click.echo(f"    … and {count - SHOWN_OF_A_RULE:,} more", err=True)
    if output and output != "-" and (Path(output).is_file() or form == "package"):
        with written(f"{output}.skipped.jsonl") as stream:
            write_skipped(skipped, stream)
        if not quiet:
            click.echo(f"Wrote {output}, and what it could not take to {output}.skipped.jsonl.", err=True)
