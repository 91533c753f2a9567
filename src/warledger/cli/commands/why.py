"""`warledger why`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import global_options, globals_of, moment_options
from warledger.cli.session import open_ledger


@click.command()
@click.argument("id_", metavar="ID")
@moment_options
@global_options
@click.pass_context
def command(ctx: click.Context, id_: str, as_of: date | None, recorded: date | datetime | None) -> None:
    """Explain an event: its claims, their words, and what each field rests on.

    ID is the id of an event, its beginning, the id of one of its claims, or the id of any row that `export` wrote. The output
    has the claims with their sentences, the trigger marked; who says so; which pairs of claims matched and on what; the claims
    behind each field; and the rule that gave the grade. Of a spell of control it has the sentences that it rests on; of a
    document or actor what `show` has.

    \b
    Example: warledger why e1a2b3c
    """
    from warledger.cli import cards
    from warledger.cli.output import json_line, plain, wants_table
    from warledger.cli.reasons import reasons
    from warledger.core import Claim, Event

    with open_ledger(ctx) as ledger:
        view = ledger.view(as_of=as_of, recorded=recorded)
        found = ledger.show(id_, as_of=as_of, recorded=recorded)
        table = wants_table(globals_of(ctx).format)
        if isinstance(found, Event | Claim):
            explanation = ledger.why(found.id, as_of=as_of, recorded=recorded)
            if table:
                reasons(explanation, view).show()
            else:
                click.echo(json_line(plain(explanation)))
            return
        card = cards.card_of(found, view)
        if table:
            for sheet in card.sheets():
                sheet.show()
        else:
            for row in card.rows():
                click.echo(json_line(row))
