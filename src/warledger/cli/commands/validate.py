"""`warledger validate`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from warledger.cli.commands.export import FORMATS
from warledger.cli.options import format_option, globals_of
from warledger.cli.output import Row


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("file", metavar="FILE", type=click.Path(exists=True))
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of warnings, nor that no fault was found.")
@format_option
@click.pass_context
def command(ctx: click.Context, form: str, file: str, quiet: bool) -> int:
    """Check a file in an export format, ours or not; exit status 1 on any error.

    Columns, codes and rules are checked row by row. Each fault has its line, column, rule, whether it is an error or a
    warning, and what was found. A warning is legal but worth a look.

    \b
    Example: warledger validate acled events.csv
    """
    from warledger.cli.output import write_rows
    from warledger.cli.words import counted
    from warledger.export import validate

    quiet = quiet or globals_of(ctx).quiet
    counts: Counter[str] = Counter()

    def rows() -> Iterator[Row]:
        for fault in validate(form, file):
            counts[fault.severity] += 1
            if fault.severity == "error" or not quiet:
                yield {
                    "line": fault.line,
                    "severity": fault.severity,
                    "column": fault.column,
                    "rule": fault.rule,
                    "message": fault.message,
                }

    write_rows(rows(), globals_of(ctx).format, ("line|right", "severity", "column", "rule|nowrap", "message"), empty="")
    if counts["error"] or (counts["warning"] and not quiet):
        click.echo(f"{file}: {counted(counts['error'], 'error')}, {counted(counts['warning'], 'warning')}.", err=True)
    elif not quiet:
        click.echo(f"{file}: no fault found.", err=True)
    return 1 if counts["error"] else 0
