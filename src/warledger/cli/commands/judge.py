"""`warledger judge`."""

from __future__ import annotations

import click

from warledger.cli.judging import told
from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger
from warledger.errors import UsageError


@click.command()
@click.argument("kind", metavar="KIND", type=click.Choice(("same", "different", "claim", "undo")))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help="With claim: what to set; several times at will.")
@click.option("--reject", is_flag=True, help="With claim: leave the claim out.")
@click.option("--reason", default="", metavar="WORDS", help="Why; kept with the judgement.")
@click.option("--user", default="", metavar="NAME", help="Who decides; else the setting, else the login name.")
@global_options
@click.pass_context
def command(
    ctx: click.Context, kind: str, subjects: tuple[str, ...], sets: tuple[str, ...], reject: bool, reason: str, user: str
) -> None:
    """Record a decision of yours on claims or events; nothing is overwritten.

    KIND is same or different, for two or more events or claims; claim, for one claim and what is to be set (--set FIELD=VALUE,
    or just FIELD=VALUE) or --reject to leave it out; or undo, which takes a judgement back as `warledger undo` does.

    \b
    Example: warledger judge same e1a2b3c e4d5e6f --reason "two reports of one strike"
    """
    ids = tuple(one for one in subjects if "=" not in one)
    change = dict(_parted(one) for one in (*sets, *(one for one in subjects if "=" in one)))
    if reject:
        change["reject"] = "yes"
    if change and kind != "claim":
        raise UsageError(f"{kind!r} sets nothing; leave out {', '.join(f'{k}={v}' for k, v in change.items())}")
    if kind == "undo" and len(ids) != 1:
        raise UsageError("undo takes the id of one judgement")
    with open_ledger(ctx) as ledger:
        if kind == "undo":
            judgement = ledger.undo(ids[0], reason=reason, user=user)
        else:
            judgement = ledger.judge(kind, ids, change, reason=reason, user=user)
    told(judgement, globals_of(ctx))


def _parted(words: str) -> tuple[str, str]:
    field, equals, value = words.partition("=")
    if not equals:
        raise UsageError(f"{words!r} sets nothing; write FIELD=VALUE")
    return field, value
