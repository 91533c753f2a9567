"""Dated events, one line each, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warledger.brief.compose import event_days
from warledger.brief.grammar import capital, count_of, when_words
from warledger.brief.model import BriefSettings
from warledger.brief.statements import Statements
from warledger.core import EventFilter, View


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event on the timeline: its time in words and in EDTF, what is said of it, its id, grade and number of documents."""

    when: str
    edtf: str
    first: date
    text: str
    event: str
    grade: str
    references: int


def timeline(view: View, filters: EventFilter | None = None) -> list[TimelineEntry]:
    """The dated events that `filters` admits, oldest first; an event without a time is left out."""
    filters = filters or EventFilter()
    statements = Statements(view, BriefSettings())
    entries = []
    for event in view.events:
        if event.when is None or not filters.admits(event, view):
            continue
        item = statements.line(event, dated=False)
        if item is not None:
            entries.append(
                TimelineEntry(
                    when=capital(when_words(event.when).removeprefix("on ").removeprefix("in ")),
                    edtf=event.when.edtf,
                    first=event_days(event, view)[0],
                    text=item.sentences[0].text,
                    event=event.id,
                    grade=event.grade.name,
                    references=len(event.documents),
                )
            )
    return sorted(entries, key=lambda e: (e.first, e.edtf, e.event))


def render_timeline(entries: Sequence[TimelineEntry]) -> str:
    """The entries as lines of text: the time, the statement, the grade and the number of documents."""
    width = max((len(entry.edtf) for entry in entries), default=0)
    lines = [
        f"{entry.edtf:<{width}}  {entry.text} [{entry.grade}; {count_of(entry.references, 'document')}; {entry.event}]"
        for entry in entries
    ]
    return "\n".join(lines) + "\n" if lines else ""
