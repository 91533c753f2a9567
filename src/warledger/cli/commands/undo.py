"""`warledger undo`."""

from __future__ import annotations

import click

from warledger.cli.judging import told
from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger


@click.command()
@click.argument("judgement")
@click.option("--reason", default="", metavar="WORDS", help="Why; kept with the judgement.")
@click.option("--user", default="", metavar="NAME", help="Who decides; else the setting, else the login name.")
@global_options
@click.pass_context
def command(ctx: click.Context, judgement: str, reason: str, user: str) -> None:
    """Take back a judgement.

    JUDGEMENT is its id or the beginning of it. The judgement stays in the ledger, and so does its undoing.

    \b
    Example: warledger undo j1a2b3c --reason "they were two strikes"
    """
    with open_ledger(ctx) as ledger:
        made = ledger.undo(judgement, reason=reason, user=user)
    told(made, globals_of(ctx))
