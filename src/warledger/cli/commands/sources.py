"""`warledger sources`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import global_options, globals_of, moment_options
from warledger.cli.session import open_ledger


@click.command()
@moment_options
@global_options
@click.pass_context
def command(ctx: click.Context, as_of: date | None, recorded: date | datetime | None) -> None:
    """Show how often what a source alone had said was later confirmed or contradicted.

    A source here is an independent origin: the innermost voice that is named, else who published. The record changes no grade.

    \b
    Example: warledger sources
    """
    from warledger.cli.output import plain, write_rows

    with open_ledger(ctx) as ledger:
        rows = (
            {**whole, "_interest": "a party to it" if one.interested else ""}
            for one in ledger.source_records(as_of=as_of, recorded=recorded)
            if isinstance(whole := plain(one), dict)
        )
        columns = (
            "source=name", "interest=_interest", "events|right", "first and alone=alone|right", "confirmed|right",
            "told by others=corroborated|right", "contradicted|right", "retracted|right", "open|right",
        )  # fmt: skip
        write_rows(rows, globals_of(ctx).format, columns, empty="The ledger has no claims.")
