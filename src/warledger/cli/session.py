"""Opens the ledger that the options name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from warledger.cli.options import globals_of

if TYPE_CHECKING:
    from warledger.ledger import Ledger


MANY: Final = 1000
"""Documents of which going through all takes longer than a user waits without a word."""


@contextmanager
def open_ledger(ctx: click.Context, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger of --ledger, WARLEDGER_LEDGER or ./warledger.db; made if it is not there and `create` is set."""
    from warledger.ledger import Ledger

    if sys.stderr.isatty() and not globals_of(ctx).quiet:
        _tell_of_work()
    with Ledger.open(globals_of(ctx).ledger, create=create) as ledger:
        yield ledger


def _tell_of_work() -> None:
    """Say on the terminal what is being worked out for a large ledger, which can take minutes."""
    import logging

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if int(record.documents) >= MANY:  # type: ignore[attr-defined]
                click.echo(f"warledger: {record.getMessage()}; it is kept for the next question", err=True)

    log = logging.getLogger("warledger.ledger")
    log.handlers[:] = [Told()]
    log.setLevel(logging.INFO)
