"""`warledger toll`."""

from __future__ import annotations

from datetime import date, datetime

import click

from warledger.cli.options import global_options, globals_of, period_options
from warledger.cli.session import open_ledger
from warledger.core import vocabulary as v


@click.command()
@period_options
@click.option("--side", default="", metavar="NAME", help="Only losses of this actor, or of all on this side of the conflict.")
@click.option("--group", default="", type=click.Choice(("", *v.GROUPS)), metavar="GROUP", help="people, civilians, children …")
@click.option(
    "--measure", "measures", multiple=True, type=click.Choice(v.MEASURES), metavar="MEASURE",
    help="killed, injured, displaced … May be given several times; else what counts casualties.",
)  # fmt: skip
@click.option("--trace", is_flag=True, help="Under each table, how every derived number was found.")
@global_options
@click.pass_context
def command(
    ctx: click.Context,
    place: str,
    since: date | None,
    until: date | None,
    as_of: date | None,
    recorded: date | datetime | None,
    side: str,
    group: str,
    measures: tuple[str, ...],
    trace: bool,
) -> None:
    """List counts of casualties in series, and what could not be reconciled; never a sum.

    A series has the counts of one measure, group, side and scope: one event, or a place since a day. From those that stand are
    derived the lowest (ACLED), low, best and high (UCDP), the range (Airwars), and the latest of a running total.

    \b
    Example: warledger toll --place Syria --since 2024-11-27 --group civilians
    """
    from warledger.cli.output import json_line, wants_table
    from warledger.cli.tolls import toll_row, toll_sheet
    from warledger.reconcile.tolls_rules import unreconciled

    with open_ledger(ctx) as ledger:
        found = ledger.tolls(
            place=place, since=since, until=until, side=side, group=group, measures=measures, as_of=as_of, recorded=recorded
        )
        left = unreconciled(found)
        if not wants_table(globals_of(ctx).format):
            for one in found:
                click.echo(json_line(toll_row(one, left)))
        elif found:
            toll_sheet(found, left, ledger.view(as_of=as_of, recorded=recorded), trace=trace).show()
        else:
            click.echo("Nothing of that is counted.", err=True)
