"""Days, weeks, months and years counted from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from warledger.core import When

MAX_SHIFT: Final = 10_000
"""Days, weeks, months or years: no report counts back further; more is a misreading."""


def shift_months(day: date, months: int) -> date:
    """`day` moved by whole months, kept within the month it lands in."""
    if abs(months) > MAX_SHIFT:
        raise OverflowError(months)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, amount: int, unit: str) -> date:
    """`day` moved by `amount` of `unit` (day, night, week, month, year, decade; hours and minutes by the day they fill)."""
    if abs(amount) > MAX_SHIFT:
        raise OverflowError(amount)
    if unit in ("month", "year", "decade", "century"):
        return shift_months(day, amount * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit])
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7}.get(unit)
    return day + timedelta(days=amount * days if days else int(amount / 24) if unit == "hour" else 0)


def day_of(day: date) -> When:
    """That one day."""
    return When.of(day, day)


def month_of(day: date) -> When:
    """The month that holds `day`."""
    return When.parse(f"{day.year:04}-{day.month:02}")


def year_of(day: date) -> When:
    """The year that holds `day`."""
    return When.parse(f"{day.year:04}")


def months_between(year: int, first: int, last: int) -> When:
    """From month `first` of `year` to month `last`, which lies in the next year where it is smaller."""
    return When.parse(f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}")


def weekend_of(day: date, weeks: int = 0) -> When:
    """The latest weekend that had begun on `day`; `weeks` 1 is the next, and -1 the last one that was over."""
    begun = day - timedelta(days=(day.weekday() - 5) % 7)
    if weeks == 1 or (weeks == -1 and day.weekday() >= 5):
        begun += timedelta(days=7 * weeks)
    return When.of(begun, begun + timedelta(days=1))
