"""`warledger verify`."""

from __future__ import annotations

import click

from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger


@click.command()
@click.argument("package", metavar="[PACKAGE]", required=False, type=click.Path(exists=True))
@global_options
@click.pass_context
def command(ctx: click.Context, package: str | None) -> int:
    """Check every quote against its document; exit status 1 on any fault.

    Every quote, checksum, id and reference of the ledger is read again; with PACKAGE those of an evidence package, a folder or
    zip file that `export package` wrote.

    \b
    Example: warledger verify evidence.zip
    """
    from warledger.cli.output import plain, write_rows

    form = globals_of(ctx).format
    if package is not None:
        from warledger.export import validate

        told = ({"file": f.column, "line": f.line, "rule": f.rule, "message": f.message} for f in validate("package", package))
        faults = write_rows(told, form, ("file", "line|right", "rule|nowrap", "message"), empty="")
    else:
        with open_ledger(ctx) as ledger:
            rows = (row for fault in ledger.verify() if isinstance(row := plain(fault), dict))
            faults = write_rows(rows, form, ("code|nowrap", "document", "where", "found", "expected"), empty="")
    if faults:
        click.echo(f"{faults:,} faults found.", err=True)
    elif not globals_of(ctx).quiet:
        click.echo("No fault found.", err=True)
    return 1 if faults else 0
