"""A difference for a reader: the opening section of a briefing, and plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date

from warledger.brief.difference import KINDS, Change, Difference, difference, new_claims
from warledger.brief.grammar import capital, count_of, day_words
from warledger.brief.model import BriefSettings, Group, Item, Section
from warledger.brief.statements import Statements
from warledger.core import View
from warledger.core.filter import place_matches

WIDTH = 88
"""Columns of the plain text."""


def difference_section(
    before: View, statements: Statements, since: date, place: str, settings: BriefSettings, events: Iterable[str]
) -> Section | None:
    """What is otherwise than before `since`: hands, grades and tolls; new events are only counted, for they are told below.

    `events` are the ids of the events that the briefing is about; None where nothing changed.
    """
    found, about = difference(before, statements.view), frozenset(events)
    asked = [c for c in found.changes if (_at(c, place) if c.kind in ("hands", "toll") else c.event in about)]
    new = [c for c in asked if c.kind == "new"]
    groups = []
    if new:
        claims = [claim for change in new for claim in new_claims(change, statements.view)[:1]]
        words = f"{count_of(len(new), 'event')} {'is' if len(new) == 1 else 'are'} new"
        groups.append(Group("", (Item((statements.sentence(capital(words), claims),)),)))
    more = 0
    for kind, heading in KINDS.items():
        changes = [c for c in asked if c.kind == kind and kind != "new"]
        items = tuple(_item(change, statements) for change in changes[: settings.items])
        more += len(changes) - len(items)
        if items:
            groups.append(Group(heading, items))
    until = statements.view.as_of
    command = f"warledger diff --from {before.as_of}" + (f" --to {until}" if until is not None else "")
    return Section("difference", f"New since {day_words(since)}", tuple(groups), more, command) if groups else None


def _at(change: Change, place: str) -> bool:
    found = change.place
    return not place or (found is not None and (found.key == place or place_matches(place, found.name, found.country)))


def _item(change: Change, statements: Statements) -> Item:
    claims = new_claims(change, statements.view)
    was = statements.namer.actor(change.before).text if change.kind == "hands" and change.before else change.before
    step = f" (was: {was})" if was else ""
    text = change.what.rstrip(".")
    return Item((statements.sentence(f"{text}{step}", claims),), change.event)


def render_difference(found: Difference) -> str:
    """A difference as plain text, wrapped at 88 columns: under each kind one paragraph a change, with its cause."""
    lines = [capital(f"{_many(len(found.documents), 'document')} more, {_many(len(found.changes), 'change')}.")]
    if found.gone:
        lines.append(capital(f"{count_of(len(found.gone), 'document')} less."))
    for kind, heading in KINDS.items():
        changes = found.of(kind)
        if changes:
            lines += ["", heading.upper(), ""]
        for change in changes:
            lines += textwrap.wrap(change.what, WIDTH, initial_indent="  - ", subsequent_indent="    ")
            step = f"{change.before or '–'} → {change.after or '–'}; " if change.before or change.after else ""
            lines += textwrap.wrap(f"{step}{change.cause}", WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def _many(count: int, noun: str) -> str:
    return count_of(count, noun) if count else f"no {noun}s"
