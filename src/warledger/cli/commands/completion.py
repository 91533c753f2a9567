"""`warledger completion`."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> None:
    """Print the completion script for your shell.

    \b
    Example: echo 'eval "$(warledger completion bash)"' >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    from warledger.cli.main import cli

    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"there is no completion for {shell}")
    click.echo(completion(cli, {}, "warledger", "_WARLEDGER_COMPLETE").source())
