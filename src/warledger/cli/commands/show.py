"""`warledger show`."""

from __future__ import annotations

from datetime import date

import click

from warledger.cli.options import as_of_option, global_options, globals_of
from warledger.cli.session import open_ledger


@click.command()
@click.argument("id_", metavar="ID")
@as_of_option
@global_options
@click.pass_context
def command(ctx: click.Context, id_: str, as_of: date | None) -> None:
    """Show one document, claim, event, actor or place.

    ID is an id or its beginning, a document's own name, or the name of an actor or place. A document is shown with its claims
    marked in the text.

    \b
    Example: warledger show Hama
    """
    from warledger.cli import cards
    from warledger.cli.output import json_line, wants_table

    with open_ledger(ctx) as ledger:
        found = cards.card_of(ledger.show(id_, as_of=as_of), ledger.view(as_of=as_of))
        if wants_table(globals_of(ctx).format):
            for sheet in found.sheets():
                sheet.show()
        else:
            for row in found.rows():
                click.echo(json_line(row))
