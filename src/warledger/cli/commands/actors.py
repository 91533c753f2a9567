"""`warledger actors search`."""

from __future__ import annotations

import click

from warledger.cli.options import global_options, globals_of


@click.group()
def command() -> None:
    """Search the armed actors that warledger knows.

    \b
    Example: warledger actors search Wagner
    """


@command.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many to show.")
@global_options
@click.pass_context
def search(ctx: click.Context, name: str, limit: int) -> None:
    """List the actors whose name, alias or abbreviation is like NAME.

    \b
    Example: warledger actors search "Free Syrian Army"
    """
    from warledger.cli.output import plain, write_rows
    from warledger.lexicon.actors import ActorLexicon

    rows = []
    for actor in ActorLexicon.load().search(name, limit):
        whole = plain(actor)
        aliases = [f"{a.text}{_valid(a.since, a.until)}" for a in actor.aliases]
        rows.append(
            {
                **(whole if isinstance(whole, dict) else {}),
                "_kind": actor.kind.replace("_", " "),
                "_valid": _valid(actor.since, actor.until).strip(" ()"),
                "_aliases": aliases,
            }
        )
    columns = ("name", "kind=_kind", "country", "part of=parent", "side", "active=_valid", "also called=_aliases")
    write_rows(rows, globals_of(ctx).format, columns, empty=f"No armed actor is called like {name!r}.")


def _valid(since: object, until: object) -> str:
    if since is None and until is None:
        return ""
    return f" ({since or ''}–{until or ''})"
