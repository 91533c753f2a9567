"""The day a report was written, as its own first lines say it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from warledger.extract.times_atoms import read
from warledger.extract.times_grammar import NEEDS_LEAD, atoms
from warledger.extract.times_reading import Reading

HEAD: Final = 400
"""Characters at the head of a text in which a dateline is looked for."""
DRIFT: Final = timedelta(days=31)
"""How far an agency's dateline without a year may lie from the day of the record."""

_WORD_BEFORE: Final = re.compile(r"(\w+)\W*$")
_IN_PHRASE: Final = (NEEDS_LEAD - {"last"}) | {"on", "the", "dated", "born", "updated"}
"""Words that make a date part of a sentence, or of a note of a later change."""
_AGENCY: Final = re.compile(r"\s*\(\s?[A-Z][\w ./]{1,24}\)\s*[-–—]")
_CLOCK: Final = re.compile(r"[\s,|]*(?:at\s)?\d{1,2}[.:]\d\d")
_CAPTION: Final = re.compile(r"[a-z]\w*,\s*$")
"""A date that ends a clause of place ("in the village of Kikla, July 2, 2011"), as under a photograph."""


def dateline(text: str, published: date | None = None) -> date | None:
    """The date at the head of `text` that stands by itself, not in a phrase ("on 27 June 2016"); None where there is none.

    "TRIPOLI, April 15 (Reuters) -" goes before "Mon Aug 22, 2011 9:01 am", and that before any other full date. A date
    without a year takes the one that brings it next to `published`.
    """
    head = text[:HEAD]
    best: tuple[int, date] | None = None
    for atom in atoms(head):
        if atom.lastgroup not in ("iso", "numeric", "day_month", "month_day"):
            continue
        agency = _AGENCY.match(head, atom.end()) is not None
        when = read(atom, Reading(published + DRIFT if agency and published else None))
        if when is None or when.first is None or when.precision != "day":
            continue
        before = _WORD_BEFORE.search(head, 0, atom.start())
        if before is not None and before[1].lower() in _IN_PHRASE:
            continue
        if agency:
            rank = 0
        elif atom.group()[:3] in _WEEKDAYS or _CLOCK.match(head, atom.end()):
            rank = 1
        else:
            rank = 3 if _CAPTION.search(head, 0, atom.start()) and atom.start() else 2
        if best is None or rank < best[0]:
            best = rank, when.first
    return best[1] if best is not None and best[0] < 3 else None


_WEEKDAYS: Final = frozenset("Mon Tue Wed Thu Fri Sat Sun".split())
