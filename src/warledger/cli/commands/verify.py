"""`warledger verify`."""

from __future__ import annotations

import click

from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger


@click.command()
@global_options
@click.pass_context
def command(ctx: click.Context) -> int:
    """Check every quote against its document; exit status 1 on any fault.

    Every quote, checksum, id and reference of the ledger is read again.

    \b
    Example: warledger verify && cp warledger.db backup.db
    """
    from warledger.cli.output import plain, write_rows

    with open_ledger(ctx) as ledger:
        rows = (row for fault in ledger.verify() if isinstance(row := plain(fault), dict))
        columns = ("code|nowrap", "document", "where", "found", "expected")
        faults = write_rows(rows, globals_of(ctx).format, columns, empty="")
    if faults:
        click.echo(f"{faults:,} faults found.", err=True)
    elif not globals_of(ctx).quiet:
        click.echo("No fault found.", err=True)
    return 1 if faults else 0
