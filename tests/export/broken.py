"""Writes a table with one thing broken, and tells which rules a check finds broken."""

from __future__ import annotations

import csv
import io
from importlib.util import find_spec

import pytest


def table(rows, columns, delimiter=",", extra=()):
    """The text of a table; `extra` are rows of cells before the others."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(extra)
    writer.writerows([row[column] for column in columns] for row in rows)
    return out.getvalue()


def rules(check, text, severity=None):
    """(line, column, rule) of each fault that `check` finds, of one severity if it is given."""
    found = check(io.StringIO(text, newline=""))
    return [(f.line, f.column, f.rule) for f in found if severity in (None, f.severity)]


needs_ftm = pytest.mark.skipif(find_spec("followthemoney") is None, reason="the extra ftm is not installed")


def formats(names):
    """Names of formats as parameters of a test; one whose extra is not installed is skipped."""
    return [pytest.param(name, marks=needs_ftm) if name == "ftm" else name for name in names]
