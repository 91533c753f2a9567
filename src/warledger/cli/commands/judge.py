"""`warledger judge`."""

from __future__ import annotations

import click

from warledger.cli.judging import told
from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger
from warledger.errors import UsageError


@click.command()
@click.argument("kind", metavar="KIND", type=click.Choice(("same", "different", "claim")))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", default="", metavar="WORDS", help="Why; kept with the judgement.")
@click.option("--user", default="", metavar="NAME", help="Who decides; else the setting, else the login name.")
@global_options
@click.pass_context
def command(ctx: click.Context, kind: str, subjects: tuple[str, ...], reason: str, user: str) -> None:
    """Record a decision of yours on claims or events; nothing is overwritten.

    KIND is same or different, for two or more events or claims, or claim, for one claim and what is to be set: FIELD=VALUE, or
    reject=yes to leave it out. `warledger undo` takes a judgement back.

    \b
    Example: warledger judge same e1a2b3c e4d5e6f --reason "two reports of one strike"
    """
    ids = tuple(one for one in subjects if "=" not in one)
    change = dict(one.split("=", 1) for one in subjects if "=" in one)
    if change and kind != "claim":
        raise UsageError(f"{kind!r} sets nothing; leave out {', '.join(f'{k}={v}' for k, v in change.items())}")
    with open_ledger(ctx) as ledger:
        judgement = ledger.judge(kind, ids, change, reason=reason, user=user)
    told(judgement, globals_of(ctx))
