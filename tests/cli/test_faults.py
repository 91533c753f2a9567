"""How runs end."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import click
import pytest

from warledger import errors
from warledger.cli.faults import HINTS, guarded


def every_error(root=errors.WarledgerError):
    return [root] + [found for child in root.__subclasses__() for found in every_error(child)]


def failing(error):
    def run():
        raise error

    return run


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_each_error_ends_in_its_status_one_message_and_a_hint(kind, capsys):
    assert guarded(failing(kind("the thing is so"))) == kind.exit_status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("warledger: the thing is so\n")
    assert err.rstrip().endswith(HINTS.get(kind.code, "so"))
    assert "Traceback" not in err


def test_hints_are_for_codes_that_exist():
    assert set(HINTS) <= {kind.code for kind in every_error()}


def test_an_unexpected_error_says_how_to_see_where(capsys, monkeypatch):
    monkeypatch.delenv("WARLEDGER_DEBUG", raising=False)
    assert guarded(failing(ZeroDivisionError("by nought"))) == 70
    assert "unexpected ZeroDivisionError: by nought\n  This is a fault in warledger" in capsys.readouterr().err
    monkeypatch.setenv("WARLEDGER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        guarded(failing(ZeroDivisionError("by nought")))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_says_that_nothing_is_lost(error, capsys):
    assert guarded(failing(error)) == 130
    assert "nothing that was added is lost" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_a_full_disk_is_said_with_what_to_do(number, capsys):
    assert guarded(failing(OSError(number, os.strerror(number), "ledger.db"))) == 5
    err = capsys.readouterr().err
    assert err.startswith(f"warledger: ledger.db: {os.strerror(number)}\n")
    assert "Free some space" in err


def test_a_full_disk_behind_our_own_error_gets_the_same_hint(capsys):
    error = errors.LedgerError("the ledger could not be written")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert guarded(failing(error)) == 5
    assert "Free some space" in capsys.readouterr().err


def test_other_system_errors_name_the_file(capsys):
    assert guarded(failing(PermissionError(errno.EACCES, "Permission denied", "reports/a.txt"))) == 5
    assert capsys.readouterr().err == "warledger: reports/a.txt: Permission denied\n"


def test_too_little_memory_is_said(capsys):
    assert guarded(failing(MemoryError())) == 70
    assert "memory" in capsys.readouterr().err


def test_usage_is_answered_with_usage(capsys):
    assert guarded(failing(click.UsageError("no such thing"))) == 2
    assert "no such thing" in capsys.readouterr().err
    assert guarded(failing(click.ClickException("not so"))) == 1
    assert capsys.readouterr().err == "warledger: not so\n"


def test_the_status_is_what_the_command_returns():
    assert guarded(lambda: None) == 0
    assert guarded(lambda: 1) == 1
    assert guarded(lambda: True) == 0


def test_a_reader_that_goes_away_ends_the_run_in_silence():
    script = (
        "import sys, click\n"
        "from warledger.cli.main import cli, main\n"
        "@click.command()\n"
        "def many():\n"
        "    for i in range(200_000):\n"
        "        click.echo(f'line {i}')\n"
        "cli.get_command = lambda *_: many\n"
        "sys.exit(main(['events']))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"line 0\n"
        process.stdout.close()
        assert process.wait(timeout=30) == 141
        assert process.stderr.read() == b""
