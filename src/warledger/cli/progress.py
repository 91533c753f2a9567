"""The progress bar on standard error: only on a terminal, and not with --quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int, int | None], None]
"""Called with how many are done and how many there will be (None while that is not known)."""


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Advance | None]:
    """Show how many `what` are done, how many a second, and the time left. Yields the function that moves the bar, or
    None where there is none: then nobody need count in advance."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Finished steps a second."""

        def render(self, task: Task) -> Text:
            """The rate, or nothing before there is one."""
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
