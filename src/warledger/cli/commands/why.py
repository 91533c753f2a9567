"""`warledger why`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import global_options, globals_of, moment_options
from warledger.cli.session import open_ledger


@click.command()
@click.argument("event")
@moment_options
@global_options
@click.pass_context
def command(ctx: click.Context, event: str, as_of: date | None, recorded: date | datetime | None) -> None:
    """Explain an event: its claims, their words, and what each field rests on.

    EVENT is the id of an event, its beginning, or the id of one of its claims. The output has the claims with their sentences,
    the trigger marked; who says so; which pairs of claims matched and on what; the claims behind each field; and the rule that
    gave the grade.

    \b
    Example: warledger why e1a2b3c
    """
    from warledger.cli.output import json_line, plain, wants_table
    from warledger.cli.reasons import reasons

    with open_ledger(ctx) as ledger:
        explanation = ledger.why(event, as_of=as_of, recorded=recorded)
        if wants_table(globals_of(ctx).format):
            reasons(explanation, ledger.view(as_of=as_of, recorded=recorded)).show()
        else:
            click.echo(json_line(plain(explanation)))
