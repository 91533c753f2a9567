"""Rows that tell what was done and what went wrong: issues, judgements, runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Something that could not be read or decided. `code` names its section in the docs ("no-date", "binary");
    `where` is the path and row; `found`, `expected` and `todo` are whole phrases for a reader.
    """

    code: str
    where: str
    found: str
    expected: str
    todo: str
    severity: Severity = "error"
    document: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision. `kind` is same, different, claim or undo; `subjects` are the ids judged; `change` what was set."""

    id: str
    kind: str
    subjects: tuple[str, ...]
    change: tuple[tuple[str, str], ...]
    user: str
    made_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """One `add`: when it began, by which version, and what it did (counts by name)."""

    id: str
    began_at: str
    version: str
    command: str
    counts: tuple[tuple[str, int], ...] = field(default=())
