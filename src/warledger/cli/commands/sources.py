"""`warledger sources`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import day_option, global_options, globals_of, moment_options
from warledger.cli.session import open_ledger


@click.command()
@click.option("--unknown", is_flag=True, help="List the publishers of which nothing is known, most documents first.")
@click.option("--health", is_flag=True, help="List publishers by documents a day and the last one; warn who fell silent.")
@day_option("--on", "on", "With --health: the day to judge by; else that of the latest document.")
@moment_options
@global_options
@click.pass_context
def command(
    ctx: click.Context,
    unknown: bool,
    health: bool,
    on: date | None,
    as_of: date | None,
    recorded: date | datetime | None,
) -> None:
    """Show how often what a source alone had said was later confirmed or contradicted.

    A source here is an independent origin: the innermost voice that is named, else who published. The record changes no grade.
    With --health and --unknown a source is who published.

    \b
    Example: warledger sources
    """
    from warledger.cli.output import plain, write_rows

    with open_ledger(ctx) as ledger:
        if unknown or health:
            publishers = ledger.source_health(on=on, as_of=as_of, recorded=recorded)
            shown = (
                {**whole, "_known": "" if one.known else "unknown"}
                for one in publishers
                if (not unknown or not one.known) and isinstance(whole := plain(one), dict)
            )
            columns: tuple[str, ...] = (
                "source=name", "known=_known", "documents|right", "first", "last", "a day=per_day|right",
                "usually=usual_per_day|right", "warning",
            )  # fmt: skip
            write_rows(shown, globals_of(ctx).format, columns, empty="No such source.")
            return
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
