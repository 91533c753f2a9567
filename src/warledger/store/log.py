"""The tables of what was done and decided: runs, issues, judgements."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping

from warledger.core import Issue, Judgement, Run, content_id
from warledger.store.backend import Backend
from warledger.store.clock import now
from warledger.store.current import LAST, Mark
from warledger.store.rows import ISSUE_COLUMNS, compact, issue_of, issue_row, judgement_id


class Log:
    """Runs, issues and judgements, in the order in which they came."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def begin_run(self, command: str, version: str) -> Run:
        """Note that something begins that will write; every row it adds names the run."""
        began_at = now()
        run = Run(content_id("r", began_at, command, str(os.getpid())), began_at, version, command)
        sql = "INSERT INTO runs (id, began_at, version, command) VALUES (?, ?, ?, ?)"
        self._backend.execute(sql, (run.id, run.began_at, run.version, run.command))
        return run

    def end_run(self, run: Run, counts: Mapping[str, int]) -> None:
        """Note what a run did. A run without counts was broken off."""
        rows = [(run.id, name, count) for name, count in sorted(counts.items())]
        self._backend.execute_many("INSERT INTO run_counts (run, name, count) VALUES (?, ?, ?)", rows)

    def runs(self) -> Iterator[Run]:
        """Every run, the first one first."""
        for ident, began_at, version, command in list(
            self._backend.rows("SELECT id, began_at, version, command FROM runs ORDER BY began_at, id")
        ):
            counts = self._backend.rows("SELECT name, count FROM run_counts WHERE run = ? ORDER BY name", (ident,))
            yield Run(
                str(ident),
                str(began_at),
                str(version),
                str(command),
                tuple((str(name), int(count or 0)) for name, count in counts),
            )

    def add_issues(self, issues: Iterable[Issue], run: Run) -> int:
        """Keep issues; how many had not been met before."""
        marks = ", ".join("?" * (len(ISSUE_COLUMNS) + 2))
        sql = f"INSERT INTO issues ({', '.join(ISSUE_COLUMNS)}, added_at, run) VALUES ({marks}) ON CONFLICT (id) DO NOTHING"
        return sum(self._backend.execute(sql, (*issue_row(issue), now(), run.id)) for issue in issues)

    def issues(self) -> Iterator[tuple[str, Issue]]:
        """Every issue with its id, in the order of code, place and id."""
        sql = f'SELECT {", ".join(ISSUE_COLUMNS)} FROM issues ORDER BY code, "where", id'
        return ((str(row[0]), issue_of(row)) for row in self._backend.rows(sql))

    def judge(
        self, kind: str, subjects: Iterable[str], change: Iterable[tuple[str, str]], *, user: str, reason: str
    ) -> Judgement:
        """Keep a person's decision."""
        subjects, change, made_at = tuple(subjects), tuple(change), now()
        ident = judgement_id(kind, subjects, change, user, made_at, reason)
        judgement = Judgement(ident, kind, subjects, change, user, made_at, reason)
        self._backend.execute(
            "INSERT INTO judgements (id, kind, subjects, change, user, made_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (ident, kind, compact(subjects), compact(change), user, made_at, reason),
        )
        return judgement

    def judgements(self, *, recorded: str | None = None, upto: Mark | None = None) -> tuple[Judgement, ...]:
        """Every judgement made by the moment `recorded` and there at the mark `upto` (None: all), the first one first."""
        sql = (
            "SELECT id, kind, subjects, change, user, made_at, reason FROM judgements "
            "WHERE made_at <= ? AND seq <= ? ORDER BY made_at, id"
        )
        last = LAST if upto is None else upto.judgements
        return tuple(
            Judgement(
                str(ident), str(kind), tuple(json.loads(str(subjects))), tuple((k, v) for k, v in json.loads(str(change))),
                str(user), str(made_at), str(reason),
            )
            for ident, kind, subjects, change, user, made_at, reason in self._backend.rows(sql, (recorded or "~", last))
        )  # fmt: skip
