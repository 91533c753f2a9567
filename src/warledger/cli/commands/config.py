"""`warledger config show`."""

from __future__ import annotations

import click

from warledger.cli.options import global_options, globals_of
from warledger.cli.output import write_rows


@click.group()
def command() -> None:
    """Show the settings in force and where each comes from.

    \b
    Example: warledger config show
    """


@command.command()
@global_options
@click.pass_context
def show(ctx: click.Context) -> None:
    """List every setting with its value and where that comes from.

    A setting comes from an option, else the environment (WARLEDGER_…), else ./warledger.toml, else its default.

    \b
    Example: WARLEDGER_JOBS=1 warledger config show
    """
    from warledger.config import load

    given = globals_of(ctx)
    rows = (
        {
            "setting": setting.name, "value": value if isinstance(value, int | float) else str(value), "from": where,
            "unit": setting.unit, "variable": setting.variable, "meaning": setting.doc,
        }
        for setting, value, where in load({"ledger": given.ledger}).rows()
    )  # fmt: skip
    write_rows(rows, given.format, ("setting|nowrap", "value", "from", "variable", "meaning"))
