"""`warledger show`."""

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
    """Show one document, claim, event, actor or place.

    ID is an id or its beginning, a document's own name, or the name of an actor or place. A document is shown with its claims
    marked in the text.

    \b
    Example: warledger show Hama
    """
    from warledger.cli import cards
    from warledger.cli.output import json_line, wants_table
    from warledger.core import Document

    with open_ledger(ctx) as ledger:
        found = ledger.show(id_, as_of=as_of, recorded=recorded)
        read_at = ledger.read_at(found.id) if isinstance(found, Document) else None
        card = cards.card_of(found, ledger.view(as_of=as_of, recorded=recorded), read_at)
        if wants_table(globals_of(ctx).format):
            for sheet in card.sheets():
                sheet.show()
        else:
            for row in card.rows():
                click.echo(json_line(row))
