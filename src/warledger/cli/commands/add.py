"""`warledger add`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from warledger.cli.options import globals_of, jobs_option, ledger_options
from warledger.cli.reading import reading_options, tell_issues
from warledger.cli.session import open_ledger

if TYPE_CHECKING:
    from warledger.ingest import ReadOptions
    from warledger.ledger import AddSummary

NOTHING_READ = 3
TYPES_SHOWN = 6
_reading: Callable[[Callable[..., Any]], Callable[..., Any]] = partial(reading_options, as_format=("--format", "--as"))


@click.command()
@_reading
@click.option(
    "--records", type=click.Path(exists=True, dir_okay=False), metavar="FILE",
    help="Take the claims from these extraction records instead of extracting; `doc` is the document's name.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Also read again what is there, where another extractor read it.")
@jobs_option
@ledger_options
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    options: ReadOptions,
    records: str | None,
    again: bool,
    jobs: int | None,
) -> int:
    """Read documents into the ledger: extract their claims and match them to events.

    PATH is a file, a folder (with all below it), a pattern, or - for standard input. What is there already is left as it is;
    a run that was stopped goes on where it was. A document without a date is left out unless --date or --date-from-text says
    what to do. The summary goes to standard error. Before the command's name --format is that of the output, as elsewhere:
    `warledger --format jsonl add` puts the summary on standard output as one object. Exit status 3 if nothing could be read.

    \b
    Example: warledger add reports/ --source "Example Wire"
    """
    from warledger.cli.output import json_line, plain
    from warledger.cli.progress import progress

    given = globals_of(ctx)
    with open_ledger(ctx, create=True) as ledger, progress("documents", quiet=given.quiet) as advance:
        summary = ledger.add(paths, options=options, records=records, again=again, jobs=jobs, progress=advance)
        name = str(ledger.settings.ledger if given.ledger is None else given.ledger)
    if given.format == "jsonl":
        click.echo(json_line(plain(summary)))
    if not given.quiet:
        _tell(summary, name)
    if summary.skipped_count:
        click.echo(f"{summary.skipped_count:,} left out:", err=True)
        tell_issues(summary.skipped, dict(summary.issues_by_code))
    return NOTHING_READ if summary.read == 0 and summary.issues else 0


def _tell(summary: AddSummary, ledger: str) -> None:
    """The summary on standard error."""

    from warledger.cli.words import counted

    def say(words: str) -> None:
        click.echo(words, err=True)

    say(
        f"{counted(summary.read, 'document')} read into {ledger}: {summary.new:,} new, {summary.already_there:,} already there."
    )
    if summary.revised:
        say(f"  {counted(summary.revised, 'document')} read again.")
    if summary.claims:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in summary.claims_by_type[:TYPES_SHOWN])
        more = ", …" if len(summary.claims_by_type) > TYPES_SHOWN else ""
        say(f"  {counted(summary.claims, 'claim')}: {kinds}{more}.")
    if summary.copies or summary.revisions:
        say(f"  {counted(summary.copies, 'copy', 'copies')} and {counted(summary.revisions, 'revision')} of other documents.")
    if summary.not_extracted:
        say(f"  {counted(summary.not_extracted, 'document')} kept without claims: not English, no record, or a failure.")
    notes = [(code, count) for code, count in summary.issues_by_code if code not in {issue.code for issue in summary.skipped}]
    if notes:
        say(f"  Noted: {', '.join(f'{count:,} {code}' for code, count in notes)}; see `warledger issues`.")
