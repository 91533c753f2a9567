"""Ends a run: every error becomes one message with what to do next, and an exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Final

import click

from warledger.cli.lazy import BROKEN_PIPE
from warledger.errors import WarledgerError

INTERRUPTED: Final = 130
STORAGE: Final = 5
UNEXPECTED: Final = 70

HINTS: Final = {
    "decode": "Name the encoding with --encoding, or leave the file out.",
    "record": "The form of a record is in docs/reference/records.md; spans are [start, end] into the document's text.",
    "when": "Write days like 2024-12-05, months like 2024-12, intervals like 2024-11-27/2024-12-05.",
    "not-found": "List what there is with: warledger events, warledger claims. An id may be shortened to its first characters.",
    "busy": "Another warledger is writing to this ledger; wait for it to end and run the command again.",
    "schema": "Use the version of warledger that wrote it, or a later one.",
    "storage": "Free some space or name another place with --ledger; what was added before is safe.",
    "model": "Install warledger again; the network's files belong to the package.",
}
"""What to do next, by the error's code."""


def say(message: str, hint: str = "") -> None:
    """Write one message and, under it, what to do next, to standard error."""
    click.echo(f"warledger: {message}", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)


def guarded(run: Callable[[], object]) -> int:
    """Run a command; return its exit status, having said what went wrong. WARLEDGER_DEBUG=1 shows tracebacks instead."""
    debug = os.environ.get("WARLEDGER_DEBUG", "") not in ("", "0")
    _make_streams_safe()
    try:
        result = run()
        if result == BROKEN_PIPE:
            _drop_stdout()
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return 2
    except click.ClickException as error:
        say(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; nothing that was added is lost.", "Run the same command again to go on.")
        return INTERRUPTED
    except BrokenPipeError:
        _drop_stdout()
        return BROKEN_PIPE
    except Exception as error:  # the last resort: whatever comes ends in a message and a status
        if debug:
            raise
        return _report(error)
    return result if isinstance(result, int) and not isinstance(result, bool) else 0


def _report(error: Exception) -> int:
    if isinstance(error, WarledgerError):
        full = getattr(error, "errno", None) == errno.ENOSPC or isinstance(error.__cause__, OSError)
        say(str(error), HINTS.get("storage" if full else error.code, ""))
        return error.exit_status
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        say(
            f"{where}{error.strerror or error}",
            HINTS["storage"] if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "",
        )
        return STORAGE
    if isinstance(error, MemoryError):
        say("the memory was not enough.", "Add fewer documents at a time, or set --jobs 1.")
        return UNEXPECTED
    say(
        f"unexpected {type(error).__name__}: {error}",
        "This is a fault in warledger, not in your data. WARLEDGER_DEBUG=1 shows where it happened; please report it.",
    )
    return UNEXPECTED


def _make_streams_safe() -> None:
    """Let no character that the terminal cannot show stop a run; what is piped is UTF-8 on every machine."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace", **({} if stream.isatty() else {"encoding": "utf-8"}))


def _drop_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
