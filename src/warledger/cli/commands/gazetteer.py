"""`warledger gazetteer add` and `warledger gazetteer search`."""

from __future__ import annotations

import click

from warledger.cli.options import global_options, globals_of, ledger_options
from warledger.cli.session import open_ledger


@click.group()
def command() -> None:
    """Add places to the gazetteer, or search it.

    \b
    Example: warledger gazetteer search Hama --country SY
    """


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@ledger_options
@click.pass_context
def add(ctx: click.Context, file: str) -> None:
    """Add the places of a GeoNames country dump, or of a CSV, to the ledger.

    FILE is a dump as GeoNames offers it (tab-separated, such as SY.txt), or a CSV with the columns name, lat and lon, and if it
    has them country, kind, admin1 to admin3, population and names. Documents that are there keep their places until they are
    read again.

    \b
    Example: warledger gazetteer add SY.txt
    """
    with open_ledger(ctx, create=True) as ledger:
        read, new = ledger.gazetteer_add(file)
    if not globals_of(ctx).quiet:
        click.echo(f"{read:,} places read, {new:,} of them new.", err=True)


@command.command()
@click.argument("name")
@click.option("--country", default="", metavar="CC", help="Only in this country, by its two letters.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to show.")
@global_options
@click.pass_context
def search(ctx: click.Context, name: str, country: str, limit: int) -> None:
    """List places whose name is like NAME, best first.

    The places that were added to the ledger are among them.

    \b
    Example: warledger gazetteer search Aleppo --limit 3
    """
    from pathlib import Path

    from warledger.cli.output import plain, write_rows
    from warledger.config import load
    from warledger.geo import Gazetteer

    given = globals_of(ctx)
    settings = load({"ledger": given.ledger}).settings
    if Path(settings.ledger).exists():
        with open_ledger(ctx) as ledger:
            found = ledger.gazetteer_search(name, country=country.upper(), limit=limit)
    else:
        with Gazetteer.open(cache_dir=settings.cache_dir) as gazetteer:
            found = gazetteer.search(name, country.upper(), limit)
    rows = (
        {**whole, "_lies": f"{place.lat:.3f}, {place.lon:.3f}", "_names": place.names[:8]}
        for place in found
        if isinstance(whole := plain(place), dict)
    )
    columns = (
        "name",
        "kind",
        "country",
        "admin1",
        "admin2",
        "admin3",
        "lies at=_lies|nowrap",
        "population|right",
        "also called=_names",
        "id|nowrap",
    )
    write_rows(rows, given.format, columns, empty=f"No place is called like {name!r}.")
