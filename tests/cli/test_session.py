"""What is said on a terminal while a large ledger is gone through."""

import logging
from datetime import date

import click
import pytest

from warledger import Ledger
from warledger.cli import session
from warledger.cli.options import Globals


@pytest.fixture(autouse=True)
def silent_again():
    log = logging.getLogger("warledger.ledger")
    yield
    log.handlers.clear()
    log.setLevel(logging.NOTSET)


@pytest.mark.parametrize(("quiet", "many", "told"), [(False, 1, True), (False, 2, False), (True, 1, False)])
def test_long_work_is_told_of_on_a_terminal(tmp_path, monkeypatch, capsys, quiet, many, told):
    path = tmp_path / "some.db"
    (tmp_path / "one.txt").write_text("date 2024-12-05\nRebels took the town of Exampleville.\n")
    with Ledger.open(path) as ledger:
        ledger.add(tmp_path / "one.txt", jobs=1)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(session, "MANY", many)
    context = click.Context(click.Command("events"), obj=Globals(ledger=str(path), quiet=quiet))
    with session.open_ledger(context) as ledger:
        assert ledger.events() is not None
        assert ledger.events(as_of=date(2024, 12, 6)) is not None
    said = capsys.readouterr().err
    assert ("warledger: working out what follows from 1 documents; it is kept for the next question" in said) is told
