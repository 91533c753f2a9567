"""A group of commands that imports a command's module only when that command is called."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Final

import click

BROKEN_PIPE: Final = 141
"""As the shell reports a program that SIGPIPE ended; `warledger events | head` ends so, without a word."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as the list shows it: its heading, name, one-line help, and the module that holds `command`."""

    heading: str
    name: str
    help: str
    module: str


class LazyGroup(click.Group):
    """Commands from a table of entries, listed under their headings in the table's order."""

    def __init__(self, *args: object, entries: tuple[Entry, ...] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.entries = {entry.name: entry for entry in entries}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        command = import_module(entry.module).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}.command is no click command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with the nearest names."""
        name = args[0]
        if name not in self.entries and not name.startswith("-"):
            near = get_close_matches(name, self.entries, n=2, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"There is no command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that has gone away ends it in silence, with the status that SIGPIPE would give."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise click.exceptions.Exit(BROKEN_PIPE) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone, without importing them."""
        headings = dict.fromkeys(entry.heading for entry in self.entries.values())
        width = max(map(len, self.entries))
        for heading in headings:
            rows = [(e.name.ljust(width), e.help) for e in self.entries.values() if e.heading == heading]
            with formatter.section(heading):
                formatter.write_dl(rows)
