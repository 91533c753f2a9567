"""How a judgement that was kept is told."""

from __future__ import annotations

import click

from warledger.cli.options import Globals
from warledger.cli.output import json_line, plain, wants_table
from warledger.core import Judgement


def told(judgement: Judgement, given: Globals) -> None:
    """Write the judgement to standard output: its id for people, the whole as an object for programs."""
    if wants_table(given.format):
        click.echo(f"{judgement.id}  {judgement.kind}  {' '.join(judgement.subjects)}")
        if not given.quiet:
            click.echo(f"Take it back with: warledger undo {judgement.id}", err=True)
    else:
        click.echo(json_line(plain(judgement)))
