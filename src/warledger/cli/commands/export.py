"""`warledger export`."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warledger.cli.options import filter_options, globals_of, ledger_options, output_option
from warledger.cli.session import open_ledger
from warledger.core import EventFilter
from warledger.errors import UsageError

if TYPE_CHECKING:
    from warledger.export import LeftOut

_OF_ENTRIES = tuple(f"{form}{kind}" for form in ("jsonl", "csv", "geojson", "kml") for kind in ("", "-claims", "-spells"))
FORMATS = (
    *_OF_ENTRIES, "acled", "ucdp", "plover", "polecat", "hxl", "hxl-ucdp", "ftm", "records", "clusters", "package", "parquet",
    "parquet-claims", "parquet-spells",
)  # fmt: skip
FILES = ("package", "parquet", "parquet-claims", "parquet-spells")
"""Formats that are no text and go to a file only."""
SHOWN_OF_A_RULE = 3


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@output_option
@click.option(
    "--skipped", "skipped_file", metavar="FILE", type=click.Path(dir_okay=False), help="List there what was left out."
)
@click.option("--with-texts", is_flag=True, help="Put the documents' texts into a package.")
@filter_options
@ledger_options
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    output: str | None,
    skipped_file: str | None,
    with_texts: bool,
    wanted: EventFilter,
    as_of: date | None,
    recorded: date | datetime | None,
) -> None:
    """Write the ledger in a format for other tools.

    FORMAT is jsonl, csv, geojson, kml or parquet (events), each of them with -claims or -spells behind it for claims or spells
    of control (csv-claims, parquet-spells); acled, ucdp, plover, polecat (the columns and codes of those data sets), hxl or
    hxl-ucdp (acled or ucdp with HXL tags); ftm (FollowTheMoney entities); records (extraction records), clusters (which claims
    are one event); or package (a folder or .zip with events, spells, claims, quotes and checksums, which verify checks).

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
    to_file = output is not None and output != "-" and (form == "package" or Path(output).is_file())
    side_file = skipped_file or (f"{output}.skipped.jsonl" if to_file else None)
    if side_file is not None:
        with written(side_file) as stream:
            write_skipped(skipped, stream)
    if not quiet:
        _tell(skipped)
        if to_file:
            click.echo(f"Wrote {output}.", err=True)
        if side_file is not None:
            click.echo(f"What was left out is in {side_file}.", err=True)


def _tell(skipped: LeftOut) -> None:
    """What was left out and why, by rule."""
    click.echo(f"{len(skipped):,} could not be written in this form:" if skipped else "Nothing was left out.", err=True)
    counts, shown = Counter[str](), defaultdict[str, list[str]](list)
    for one in skipped:
        counts[one.rule] += 1
        if counts[one.rule] <= SHOWN_OF_A_RULE:
            shown[one.rule].append(f"    {one.id} {one.reason}")
    for rule, count in sorted(counts.items()):
        more = count - SHOWN_OF_A_RULE
        for told in (f"  {rule}: {count:,}", *shown[rule], *([f"    … and {more:,} more"] if more > 0 else [])):
            click.echo(told, err=True)
