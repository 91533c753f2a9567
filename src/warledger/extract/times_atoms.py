"""One atom of time (`times_grammar`) to the days it means, given the day it was written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from warledger.core import When, week_of
from warledger.extract import times_counted
from warledger.extract.times_calendar import (
    day_of,
    month_of,
    months_between,
    shift,
    shift_months,
    weekend_of,
    year_of,
)
from warledger.extract.times_grammar import DECADES, MONTHS, SEASONS, WEEKDAYS
from warledger.extract.times_reading import AHEAD_DAYS, Reading, Shape, number, told_in, told_within


def read(found: re.Match[str], reading: Reading) -> When | None:
    """The days of one atom, or None where it says none or they are off the calendar."""
    try:
        return _READERS[found.lastgroup or ""](found, reading)
    except (ValueError, OverflowError):  # day 31 of June, year 0, a WhenError: no date of the calendar
        return None


def _iso(shape: Shape, _: Reading) -> When:
    return When.parse("-".join(part for part in (shape["iso_y"], shape["iso_m"], shape["iso_d"]) if part))


def _numeric(shape: Shape, _: Reading) -> When:
    day, month = number(shape["num_a"]), number(shape["num_b"])
    if month > 12:
        day, month = month, day
    return day_of(date(number(shape["num_y"]), month, day))


def _month_number(name: str | None) -> int:
    plain = (name or "").lower().rstrip(".")
    return MONTHS.get(plain) or MONTHS[plain[:3]]


def _dates(month: int, first: int, last: int, year: int, reading: Reading) -> When | None:
    """Day `first` (to `last`) of `month`; without a `year`, of the latest such month that is not ahead of the report."""
    if not year:
        chosen = _year_of_day(month, first, reading)
        if chosen is None:
            return None
        year = chosen
    return When.of(date(year, month, first), date(year, month, last or first))


def _year_of_day(month: int, day: int, reading: Reading) -> int | None:
    if reading.year is not None:
        return reading.year
    if reading.day is None:
        return None
    years = range(max(reading.day.year - 8, 1), min(reading.day.year + 1, 9999) + 1)
    near = [(date(year, month, day) - reading.day).days for year in years if day <= monthrange(year, month)[1]]
    limit = AHEAD_DAYS if reading.planned else 1  # one day: a report dated west of the place it tells of
    usable = [gap for gap in near if gap <= limit]
    return (reading.day + timedelta(days=max(usable))).year if usable else None


def _day_month(shape: Shape, reading: Reading) -> When | None:
    return _dates(_month_number(shape["dm_m"]), number(shape["dm_d"]), number(shape["dm_e"]), number(shape["dm_y"]), reading)


def _month_day(shape: Shape, reading: Reading) -> When | None:
    return _dates(_month_number(shape["md_m"]), number(shape["md_d"]), number(shape["md_e"]), number(shape["md_y"]), reading)


def _month(shape: Shape, reading: Reading) -> When | None:
    month, which, relative = _month_number(shape["mo_m"]), (shape["mo_w"] or "").lower(), (shape["mo_r"] or "").lower()
    year: int | None = number(shape["mo_y"]) or None
    if relative:
        found = _relative_year(relative, reading)
        year = found.year if found else None
    elif year is None:
        year = _year_of_month(month, which, reading)
    return None if year is None else When.parse(f"{year:04}-{month:02}")


def _relative_year(words: str, reading: Reading) -> date | None:
    which = words.removesuffix("year").strip()
    if which in ("last", "this", "next"):
        return reading.day and shift_months(reading.day, {"last": -12, "this": 0, "next": 12}[which])
    told = told_in(reading)
    return None if told is None else shift_months(told, {"the following": 12, "the previous": -12}.get(which, 0))


def _year_of_month(month: int, which: str, reading: Reading) -> int | None:
    told = told_in(reading)
    if told and (which.startswith("th") and which != "this"):
        return told.year
    if reading.year is not None:
        return reading.year
    if reading.day is None:
        return None
    year, now = reading.day.year, reading.day.month
    if which == "next":
        return year + (month <= now)
    if which == "last":
        return year - (month >= now)
    if reading.planned and (month - now) % 12 <= AHEAD_DAYS // 30:
        return year + (month < now)
    return year - (month > now)


def _season(shape: Shape, reading: Reading) -> When | None:
    first, last = SEASONS[shape["se_s"] or ""]
    year = number(shape["se_y"])
    if not year:
        if reading.day is None or reading.planned or (shape["se_w"] or "").lower() not in ("", "last", "this"):
            return None
        begun = date(reading.day.year, first, 1)
        ended = (shape["se_w"] or "").lower() == "last" and reading.day < shift_months(begun, 3)
        year = begun.year - (begun > reading.day or ended)
    return months_between(year, first, last)


def _decade(shape: Shape, _: Reading) -> When:
    first = number(shape["de_y"]) or DECADES[(shape["de_n"] or "").lower()]
    return When.parse(f"{first:04}/{first + 9:04}")


def _years(shape: Shape, _: Reading) -> When:
    first, last = number(shape["ys_a"]), number(shape["ys_b"])
    if last < 100:
        last += first // 100 * 100
    return When.parse(f"{first:04}/{last:04}")


def _year(shape: Shape, _: Reading) -> When:
    part, year = (shape["ye_p"] or "").lower(), number(shape["ye_y"])
    return _part_of_year(year, part)


def _part_of_year(year: int, part: str) -> When:
    """A half of the year, its first or last month; the whole year for "early", "mid" and "late"."""
    if "half" in part:
        return months_between(year, 1, 6) if "first" in part else months_between(year, 7, 12)
    if "beginning" in part or "start" in part:
        return When.parse(f"{year:04}-01")
    return When.parse(f"{year:04}-12" if "end" in part else f"{year:04}")


def _weekday(shape: Shape, reading: Reading) -> When | None:
    if reading.day is None:
        return None
    wanted = WEEKDAYS[(shape["wd_d"] or "").lower()]
    which, week = (shape["wd_w"] or "").lower(), (shape["wd_k"] or "").lower()
    back = timedelta(days=(reading.day.weekday() - wanted) % 7)
    ahead = timedelta(days=(wanted - reading.day.weekday()) % 7)
    if week:
        monday = (
            reading.day
            - timedelta(days=reading.day.weekday())
            + timedelta(days=7 * (week.startswith("next") - week.startswith("last")))
        )
        return day_of(monday + timedelta(days=wanted))
    if which == "next" or (reading.planned and which != "last"):
        return day_of(reading.day + (ahead or timedelta(days=7 * (which == "next"))))
    return day_of(reading.day - (back or timedelta(days=7 * (which == "last"))))


def _edge_of_unit(shape: Shape, reading: Reading) -> When | None:
    """ "The end of last year", "the beginning of the week"."""
    if reading.day is None:
        return None
    which, unit, part = (shape["ed_w"] or "").lower(), (shape["ed_u"] or "").lower(), (shape["ed_p"] or "").lower()
    day = shift(reading.day, {"last": -1, "next": 1}.get(which, 0), unit)
    starts = part in ("start", "beginning")
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return day_of(monday) if starts else week_of(day)
    return month_of(day) if unit == "month" else _part_of_year(day.year, part)


def _of_month(shape: Shape, reading: Reading) -> When | None:
    """ "The first day of March", "the last week of July 2016": a week is the month's first or last seven days."""
    month, last = _month_number(shape["om_m"]), (shape["om_p"] or "").lower() in ("last", "final")
    year = number(shape["om_y"]) or _year_of_month(month, "", reading)
    if year is None:
        return None
    length = monthrange(year, month)[1]
    begun, width = (length if last else 1), (7 if (shape["om_u"] or "").lower() == "week" else 1)
    return (
        When.of(date(year, month, begun - width + 1), date(year, month, begun))
        if last
        else When.of(date(year, month, 1), date(year, month, width))
    )


def _calendar(shape: Shape, reading: Reading) -> When | None:
    which, unit, part = (shape["ca_w"] or "").lower(), (shape["ca_u"] or "").lower(), (shape["ca_p"] or "").lower()
    day = reading.day
    if which not in ("last", "this", "next"):
        day = told_within(reading.before, unit)
        which = {"the following": "next", "the previous": "last", "previous": "last"}.get(which, "this")
    if day is None or unit in ("decade", "century"):
        return None
    if unit == "weekend":
        return weekend_of(day, {"last": -1, "next": 1}.get(which, 0))
    moved = shift(day, {"last": -1, "next": 1}.get(which, 0), unit)
    if unit == "week":
        week = week_of(moved)
        if part == "earlier" and which == "this":
            return When.of(week.first, day)
        return When.of(day, week.last) if part == "later" and which == "this" else week
    return month_of(moved) if unit == "month" else year_of(moved)


def _in_week(_: Shape, reading: Reading) -> When | None:
    """ "During the week", "earlier in the week": from its Monday to the report."""
    return None if reading.day is None else When.of(reading.day - timedelta(days=reading.day.weekday()), reading.day)


def _weekend(_: Shape, reading: Reading) -> When | None:
    return None if reading.day is None else weekend_of(reading.day, 1 if reading.planned and reading.day.weekday() < 5 else 0)


def _next_day(shape: Shape, reading: Reading) -> When | None:
    if reading.before is None or reading.before.precision not in ("day", "days", "open"):
        return None
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get((shape["nd_w"] or "").lower(), 0)
    told = reading.before.last if step > 0 else reading.before.first
    return None if told is None else day_of(told + timedelta(days=step))


def _that_day(shape: Shape, reading: Reading) -> When | None:
    told = reading.before
    if told is None:
        return None
    unit = (shape["td_u"] or "day").lower()
    if unit in ("year", "month", "week"):
        day = told_within(told, unit)
        return None if day is None else {"year": year_of, "month": month_of, "week": week_of}[unit](day)
    return told if told.precision == "day" else None


def _then(_: Shape, reading: Reading) -> When | None:
    if reading.before is None or reading.before.first is None:
        return None
    start = reading.before.edtf.partition("/")[0]
    if reading.day is None or reading.before.first >= reading.day:
        return When.parse(f"{start}/..")
    return When.parse(f"{start}/{reading.day.isoformat()}")


def _two_days(shape: Shape, reading: Reading) -> When | None:
    step = -2 if (shape["db_w"] or "").lower().startswith("before") else 2
    return None if reading.day is None else day_of(reading.day + timedelta(days=step))


def _deictic(shape: Shape, reading: Reading) -> When | None:
    if reading.day is None:
        return None
    word = " ".join((shape["dx"] or "").lower().split())
    if word == "overnight":
        return When.of(reading.day - timedelta(days=1), reading.day)
    return day_of(reading.day + timedelta(days={"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)))


def _day_part(_: Shape, reading: Reading) -> When | None:
    told = reading.before
    if told is not None and told.precision == "day":
        return told
    return None if reading.day is None else day_of(reading.day)


def _now(_: Shape, reading: Reading) -> When | None:
    return None if reading.day is None else day_of(reading.day)


def _vague(_: Shape, __: Reading) -> None:
    return None


_READERS: Final[dict[str, Callable[[Shape, Reading], When | None]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "day_month": _day_month,
    "month_day": _month_day,
    "month": _month,
    "season": _season,
    "decade": _decade,
    "years": _years,
    "year": _year,
    "weekday": _weekday,
    "edge": _edge_of_unit,
    "of_month": _of_month,
    "in_week": _in_week,
    "nth_day": times_counted.nth_day,
    "calendar": _calendar,
    "weekend": _weekend,
    "ago": times_counted.ago,
    "back": times_counted.back,
    "ahead": times_counted.ahead,
    "later": times_counted.later,
    "next_day": _next_day,
    "that_day": _that_day,
    "then": _then,
    "day_before": _two_days,
    "deictic": _deictic,
    "day_part": _day_part,
    "lasting": times_counted.lasting,
    "now": _now,
    "vague": _vague,
}
