"""One expression of time to the days it means: its atoms and the words that lead and join them ("since", "by", "from … to")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from warledger.core import When
from warledger.errors import WhenError
from warledger.extract.times_atoms import read
from warledger.extract.times_counted import count_from
from warledger.extract.times_reading import Reading

DATES: Final = frozenset(("iso", "numeric", "day_month", "month_day", "month", "season", "decade", "years", "year", "of_month"))
WEAK: Final = frozenset(("day_part", "now", "vague", "lasting", "that_day", "next_day"))
"""Atoms that give way to any other in the same expression ("at dawn on Friday")."""

RANGE: Final = re.compile(
    r"[\s,]*(?:(?:to|until|till|through|into|and|or)\b|[-–—|])\s*(?:(?:in|on|into|during|over|from|again|the|early|late|mid|end|of|"
    r"beginning|start|possibly|perhaps|as|also|at|least|dawn|morning|evening|night)\b[\s-]*){0,4}",
    re.IGNORECASE,
)
"""What joins two times to one. With other words between they are two: "on Saturday, and the army said on Sunday"."""
SINCE: Final = re.compile(r"\b(?:ever\s+)?since\b", re.IGNORECASE)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|up to|by|before|prior to|ahead of|no later than|as of)\s+(?:the\s+)?(?:early\s+|late\s+)?$", re.IGNORECASE
)
_BY: Final = re.compile(r"\bby\s", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"\b(?:after|following|from|starting|onwards? from)\s+(?:the\s+)?(?:early\s+|late\s+)?$", re.IGNORECASE
)
_HEDGED: Final = re.compile(r"\b(?:more than|less than|nearly|almost|for over|barely|near)\s+$", re.IGNORECASE)
_ANY_AFTER: Final = re.compile(r"\bafter\b(?!wards)", re.IGNORECASE)


def combine(text: str, start: int, found: Sequence[re.Match[str]], reading: Reading) -> When | None:
    """The time of an expression that begins at `start` of `text`: its atoms, and the words that lead and join them."""
    read_all = [(atom, read(atom, reading)) for atom in found]
    if len(found) > 1 and found[0].lastgroup == "later" and found[1].lastgroup in DATES and (told := read_all[1][1]):
        return count_from(found[0], told)
    strong = [(atom, when) for atom, when in read_all if when is not None and atom.lastgroup not in WEAK]
    if not strong:
        return _weak(text, start, read_all)
    atom, when = strong[0]
    lead = text[start : atom.start()]
    if len(strong) > 1 and RANGE.fullmatch(text, atom.end(), strong[1][0].start()):
        return _range(strong[0], strong[1], reading)
    if SINCE.search(lead):
        return _since(atom, when, lead, reading)
    if atom.lastgroup in ("deictic", "next_day", "then"):
        return when
    if _UNTIL.search(lead) and not (atom.lastgroup in ("year", "weekday") and _BY.search(lead)):
        return _open(None, when)
    if _AFTER.search(lead) or (_ANY_AFTER.search(lead) and not any(weak.lastgroup == "day_part" for weak in found)):
        if (reading.planned and lead.lower().strip() == "from") or "/" in when.edtf or atom.group().endswith("prayers"):
            return when
        return _open(when, None) if atom.lastgroup in DATES or "after" in lead else when
    return when


def _weak(text: str, start: int, found: Sequence[tuple[re.Match[str], When | None]]) -> When | None:
    """The time of an expression that has only a part of the day, a bare length or another time to lean on."""
    for atom, when in found:
        if when is not None and not (
            atom.lastgroup == "lasting" and len(when.edtf) < 20 and _HEDGED.search(text, start, atom.start())
        ):
            return when
    return None


def _open(first: When | None, last: When | None) -> When | None:
    start = first.edtf.partition("/")[0] if first else ".."
    end = last.edtf.rpartition("/")[2] if last else ".."
    return When.parse(f"{start}/{end}") if (start, end) != ("..", "..") else None


def _since(atom: re.Match[str], when: When, lead: str, reading: Reading) -> When | None:
    """From the beginning of `when`, as far as the reading says. Where it does not say: what has gone on since a day, or since
    something began ("since the war began in 2011"), is told up to the report; since a month or year alone ("since 2014") it is
    a state without an end.
    """
    if when.first is None:
        return when
    start = when.edtf.partition("/")[0]
    found = SINCE.search(lead)
    clause = found is not None and len(lead[found.end() :].split()) > 2
    alone = atom.lastgroup in DATES and len(start) < 10 and not clause
    is_open = reading.until == "open" or (reading.until == "" and alone)
    if reading.day is None or when.first > reading.day or is_open:
        return When.parse(f"{start}/..")
    return When.of(when.first, reading.day) if len(start) == 10 else When.parse(f"{start}/{reading.day.isoformat()}")


def _range(one: tuple[re.Match[str], When], two: tuple[re.Match[str], When], reading: Reading) -> When | None:
    """From the first to the second; a first weekday is the latest before the second, a first date takes its year."""
    (first_atom, first), (_, second) = one, two
    if second.last is not None and first.first is not None and first.first > second.last:
        again = read(first_atom, replace(reading, day=second.last, planned=False, year=None))
        first = again or first
    if first_atom.lastgroup in ("day_month", "month_day", "month") and not re.search(r"\d{4}", first_atom.group()):
        again = read(first_atom, replace(reading, day=second.last, planned=False, year=None))
        first = again or first
    if first.first is None or second.last is None:
        return None
    start, end = first.edtf.partition("/")[0], second.edtf.rpartition("/")[2]
    try:
        return When.of(first.first, second.last) if start == end else When.parse(f"{start}/{end}")
    except WhenError:
        return second
