"""`warledger issues`."""

from __future__ import annotations

import click

from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger


@click.command()
@global_options
@click.pass_context
def command(ctx: click.Context) -> None:
    """List what could not be read or decided.

    \b
    Example: warledger issues --format jsonl | grep no-date
    """
    from warledger.cli.output import plain, write_rows

    with open_ledger(ctx) as ledger:
        rows = (row for issue in ledger.issues() if isinstance(row := plain(issue), dict))
        columns = ("severity|nowrap", "code|nowrap", "where", "found", "expected", "what to do=todo")
        write_rows(rows, globals_of(ctx).format, columns, empty="There are no issues.")
