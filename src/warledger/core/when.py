"""Days, months, years and intervals in the part of EDTF (ISO 8601-2) that the annotation guide uses.

Forms: `2024-12-05`, `2024-11`, `2016`, `2024-11-27/2024-12-05`, `2024-11-27/..`, `../2024-11-27`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from warledger.errors import WhenError

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

Precision = Literal["day", "days", "month", "year", "open"]


def _edge(text: str, *, last: bool) -> date | None:
    if text in ("", ".."):
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise WhenError(f"{text!r} is no EDTF day, month or year; write 2024-12-05, 2024-12 or 2024")
    year, month, day = int(found[1]), found[2], found[3]
    try:
        if day is not None:
            return date(year, int(month), int(day))
        number = int(month) if month is not None else 12 if last else 1
        return date(year, number, monthrange(year, number)[1] if last else 1)
    except ValueError as error:
        raise WhenError(f"{text!r} is no date of the calendar") from error


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days. `first` and `last` are both included; None is an open end."""

    edtf: str
    first: date | None
    last: date | None

    @classmethod
    def parse(cls, edtf: str) -> When:
        """Read `edtf`. Raises WhenError for another form, an impossible date or an end before its start."""
        return _parsed(edtf)

    @classmethod
    def of(cls, first: date | None, last: date | None) -> When:
        """The shortest form for `first` to `last`: a day where they are equal."""
        if first is not None and first == last:
            return cls(first.isoformat(), first, last)
        return cls.parse(f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}")

    def __str__(self) -> str:
        return self.edtf

    @property
    def length_days(self) -> int | None:
        """How many days it covers; None where an end is open."""
        if self.first is None or self.last is None:
            return None
        return (self.last - self.first).days + 1

    @property
    def precision(self) -> Precision:
        """How exactly it is given: one day, several, a whole month, a whole year, or with an open end."""
        if self.length_days is None:
            return "open"
        if self.length_days == 1:
            return "day"
        return {4: "year", 7: "month"}.get(len(self.edtf), "days")  # type: ignore[return-value]

    def overlaps(self, other: When) -> bool:
        """Whether some day belongs to both."""
        return self.gap_days(other) == 0

    def gap_days(self, other: When) -> int:
        """Days between the two; 0 where they overlap."""
        low, high = date.min, date.max
        if (self.first or low) > (other.last or high):
            return ((self.first or low) - (other.last or high)).days
        if (other.first or low) > (self.last or high):
            return ((other.first or low) - (self.last or high)).days
        return 0

    def sort_key(self) -> tuple[date, date, str]:
        """Order by the first day known, then the last."""
        first = self.first or self.last or date.min
        return first, self.last or date.max, self.edtf


@lru_cache(maxsize=4096)
def _parsed(edtf: str) -> When:
    """As `When.parse`. The days of one war are few, and each is told of again and again."""
    start, slash, end = edtf.partition("/")
    first = _edge(start, last=False)
    last = _edge(end if slash else start, last=True)
    if first is None and last is None:
        raise WhenError(f"{edtf!r} says no time; leave it out instead")
    if first is not None and last is not None and last < first:
        raise WhenError(f"{edtf!r} ends before it begins")
    return When(edtf, first, last)


def week_of(day: date) -> When:
    """The calendar week, Monday to Sunday, that holds `day`. Raises WhenError in the last days of the year 9999."""
    monday = day - timedelta(days=day.weekday())
    try:
        return When.of(monday, monday + timedelta(days=6))
    except OverflowError as error:
        raise WhenError(f"the week of {day} ends after the calendar does") from error
