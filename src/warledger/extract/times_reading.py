"""What an atom of time is read against, and how its words are taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from warledger.core import When

Shape = re.Match[str]
"""An atom as it was found; `times_grammar.PATTERNS` names its groups."""
Until = Literal["", "open", "report"]
"""How far "since" reaches: a state has no end, a count ends with the report; "" leaves it to the words."""

AHEAD_DAYS: Final = 60
"""How far ahead of a report a day without a year may lie when its sentence speaks of the future."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression is read against: the report's `day` (None: absolute times only), the `year` that a history is telling,
    whether its clause is about the future, the time last told `before` it, and how far "since" reaches in it.
    """

    day: date | None
    year: int | None = None
    planned: bool = False
    before: When | None = None
    until: Until = ""


def number(text: str | None) -> int:
    """The digits of `text` as a number; 0 for none."""
    return int(re.sub(r"\D", "", text or "") or 0)


def unit_of(text: str | None) -> str:
    """The unit of "weeks", "day's" or "centuries", in the singular."""
    plain = (text or "").lower().strip("'’")
    return "century" if plain.startswith("centur") else plain.removesuffix("'s").removesuffix("’s").removesuffix("s")


def is_plural(text: str | None) -> bool:
    """Whether a unit is in the plural, and not in the genitive."""
    return (text or "").lower().rstrip("'’").endswith("s") and not re.search("['’]s$", text or "")


def told_in(reading: Reading) -> date | None:
    """The day that the text gave last."""
    return None if reading.before is None else reading.before.first or reading.before.last


def told_within(told: When | None, unit: str) -> date | None:
    """The first day of the time told before, if that lies in one year, month or week; None where it is too wide to lean on."""
    if told is None or told.first is None or told.last is None:
        return None
    if unit == "year":
        return told.first if told.first.year == told.last.year else None
    widest = {"month": 31, "week": 7, "weekend": 7}.get(unit, 366)
    return told.first if (told.last - told.first).days < widest else None
