"""Days as files and datelines write them. What could be two different days is an error, never a guess."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from warledger.errors import WhenError

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
"""A report is not published outside these years; such a date is a misprint or a placeholder."""

_MAX_VALUE_CHARS: Final = 200
_HEAD_CHARS: Final = 600
_HEAD_LINES: Final = 4

_MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SCAN: Final = re.compile(
    rf"""
    (?<![\d.-])(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)
    |(?<![\d/.-])(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]{{0,2}}(?:of\s)?(?P<month2>{_MONTH})\.?,?[\s-]{{1,2}}(?P<year2>\d{{4}})(?!\d)
    |(?<![\d/.-])(?P<year3>\d{{4}})[\s-](?P<month3>{_MONTH})[\s-](?P<day3>\d{{1,2}})(?!\d)
    |(?<!\w)(?P<month4>{_MONTH})\.?\s{{1,2}}(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?
        (?:,?\s{{1,2}}\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s[+-]\d{{4}}|\s[A-Z]{{3,4}})?)?,?\s{{0,2}}(?P<year4>\d{{4}})(?!\d)
    |(?<![\d/.-])(?P<one>\d{{1,2}})(?P<sep5>[-/.])(?P<two>\d{{1,2}})(?P=sep5)(?P<year5>\d{{4}}|\d{{2}})(?![\d/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*")


def parse_date(value: object, *, day_first: bool | None = None) -> date:
    """The day that a date field gives: ISO 8601, usual written forms in English, or a Unix time (seconds or milliseconds, UTC).

    The day is taken as written, in whatever time zone that was. Raises WhenError for none, several or an impossible day, a
    year outside 1900 to 2100, and an order of day and month that cannot be told (unless `day_first` says it).
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_unix_time(value)
    if not isinstance(value, str):
        raise WhenError(f"a date of the kind {type(value).__name__}")
    if len(value) > _MAX_VALUE_CHARS:
        raise WhenError(f"{len(value)} characters where a date should be")
    if value.strip().isdecimal() and len(value.strip()) in (10, 13):
        return _of_unix_time(int(value))
    if compact := _COMPACT.fullmatch(value):
        return _day(value.strip(), compact[1], compact[2], compact[3])
    days = {_of_match(match, day_first) for match in _SCAN.finditer(value)}
    if not days:
        raise WhenError(f"“{value.strip()}”, which is no full date")
    if len(days) > 1:
        raise WhenError(f"“{value.strip()}”, which names several days")
    return days.pop()


def find_date(text: str, *, day_first: bool | None = None) -> tuple[date, str] | None:
    """The first full date in the first lines of `text`, and its words; None if there is none that can only mean one day."""
    return next(_days_in(_head(text), day_first), None)


def _head(text: str) -> str:
    lines = [line for line in text[:_HEAD_CHARS].split("\n") if line.strip()]
    return "\n".join(lines[:_HEAD_LINES])


def _days_in(text: str, day_first: bool | None) -> Iterator[tuple[date, str]]:
    for match in _SCAN.finditer(text):
        try:
            yield _of_match(match, day_first), match[0]
        except WhenError:
            continue


def _of_match(match: re.Match[str], day_first: bool | None) -> date:
    found = match.groupdict()
    for n in ("", "2", "3", "4"):
        if found[f"year{n}"]:
            return _day(match[0], found[f"year{n}"], found[f"month{n}"], found[f"day{n}"])
    if len(found["year5"]) == 2:
        raise WhenError(f"“{match[0]}”, whose year has two digits")
    one, two = found["one"], found["two"]
    if day_first is None and int(one) != int(two) and 1 <= int(one) <= 12 and 1 <= int(two) <= 12:
        raise WhenError(f"“{match[0]}”, where day and month could be either way round")
    if int(one) > 12 or (day_first and int(two) <= 12):
        return _day(match[0], found["year5"], two, one)
    return _day(match[0], found["year5"], one, two)


def _day(words: str, year: str, month: str, day: str) -> date:
    number = _MONTHS.get(month[:3].lower()) or int(month)
    try:
        result = date(int(year), number, int(day))
    except ValueError as error:
        raise WhenError(f"“{words}”, which is no day of the calendar") from error
    return _plausible(result, words)


def _of_unix_time(value: float) -> date:
    if isinstance(value, float) and not math.isfinite(value):
        raise WhenError(f"the number {value} where a date should be")
    digits = len(str(abs(int(value)))) if abs(value) < 1e15 else 16
    if digits == 8 and value == int(value):
        text = str(int(value))
        return _day(text, text[:4], text[4:6], text[6:])
    if digits not in (9, 10, 12, 13) or value < 0:
        raise WhenError("a number that is no Unix time of a plausible day")
    seconds = value / 1000 if digits in (12, 13) else value
    return _plausible(datetime.fromtimestamp(seconds, UTC).date(), str(value))


def _plausible(day: date, words: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WhenError(f"“{words}”, a year outside {FIRST_YEAR} to {LAST_YEAR}")
    return day
