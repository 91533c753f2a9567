"""Opens the ledger that the options name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from warledger.cli.options import globals_of

if TYPE_CHECKING:
    from warledger.ledger import Ledger


@contextmanager
def open_ledger(ctx: click.Context, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger of --ledger, WARLEDGER_LEDGER or ./warledger.db; made if it is not there and `create` is set."""
    from warledger.ledger import Ledger

    with Ledger.open(globals_of(ctx).ledger, create=create) as ledger:
        yield ledger
