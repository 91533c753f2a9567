"""`warledger brief`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from warledger.cli.options import globals_of, ledger_options, output_option, period_options
from warledger.cli.session import open_ledger

SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}


@click.command()
@period_options
@click.option(
    "--format", "form", type=click.Choice(("txt", "md", "html")),
    help="Text, Markdown, or one page of HTML with everything in it; else told by the name of FILE, else txt.",
)  # fmt: skip
@output_option
@ledger_options
@click.pass_context
def command(
    ctx: click.Context,
    place: str,
    since: date | None,
    until: date | None,
    as_of: date | None,
    recorded: date | datetime | None,
    form: str | None,
    output: str | None,
) -> None:
    """Write a situation briefing in which every sentence has its sources.

    \b
    Example: warledger brief --place Hama --since 2024-12-01 -o briefing.html
    """
    from warledger.brief import render
    from warledger.cli.output import clean
    from warledger.cli.writing import written

    form = form or SUFFIXES.get(Path(output or "").suffix.lower(), "txt")
    with open_ledger(ctx) as ledger:
        briefing = render(ledger.brief(place=place, since=since, until=until, as_of=as_of, recorded=recorded), form)
    with written(output) as stream:
        stream.write(clean(briefing) if stream.isatty() else briefing)
    if output and not globals_of(ctx).quiet:
        click.echo(f"Wrote {output}.", err=True)
