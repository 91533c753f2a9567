"""Atoms of time that count: "eight days ago", "the past two weeks", "three days later", "a month of fighting"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from warledger.core import When, week_of
from warledger.extract.times_calendar import MAX_SHIFT, day_of, month_of, shift, weekend_of, year_of
from warledger.extract.times_grammar import ORDINALS, count
from warledger.extract.times_reading import AHEAD_DAYS, Reading, Shape, is_plural, told_in, unit_of

SEVEN: Final = timedelta(days=6)
"""From the first to the last of seven days."""


def ago(shape: Shape, reading: Reading) -> When | None:
    """ "Eight days ago": that day, or the week, month or year that it falls in."""
    hedge, unit = (shape["ag_h"] or "").lower().strip(), unit_of(shape["ag_u"])
    amount = count(shape["ag_n"])
    if unit in ("minute", "hour"):
        return None if reading.day is None else day_of(reading.day - timedelta(days=min((amount or 1) // 24, MAX_SHIFT)))
    if reading.day is None or amount is None or hedge not in ("", "about", "around", "some", "roughly"):
        return None
    day = shift(reading.day, -amount, unit)
    if unit == "week" and amount > 1:
        return week_of(day)
    if unit == "month" or (unit == "year" and amount == 1):
        return month_of(day)
    return year_of(day) if unit in ("year", "decade", "century") else day_of(day)


def back(shape: Shape, reading: Reading) -> When | None:
    """ "In the past four days", which include the report's."""
    unit, amount = unit_of(shape["ba_u"]), count(shape["ba_n"])
    word = (shape["ba_w"] or "").lower()
    recent = word == "recent"
    of_another = word in ("previous", "preceding") and reading.year is not None
    if reading.day is None or of_another or (recent and unit not in ("day", "night", "hour")):
        return None
    if recent or amount is None or (shape["ba_n"] is None and is_plural(shape["ba_u"])):
        return _few_back(unit, reading.day)
    if unit == "weekend":
        return weekend_of(reading.day, -1)
    return _span_back(reading.day, amount, unit)


def _few_back(unit: str, day: date) -> When | None:
    if unit in ("hour", "minute"):
        return day_of(day)
    return When.of(day - SEVEN, day) if unit in ("day", "night") else None


def _span_back(day: date, amount: int, unit: str) -> When:
    """The `amount` units up to and including `day`; a single day or 24 hours reaches into the day before."""
    if unit in ("minute", "hour"):
        return When.of(day - timedelta(days=min(max(amount // 24 - 1, int(amount >= 18)), MAX_SHIFT)), day)
    if unit in ("day", "night", "week"):
        first = shift(day, -amount, unit) + timedelta(days=1)
        return When.of(first - timedelta(days=int(amount == 1 and unit != "week")), day)
    return When.of(shift(day, -amount, unit), day)


def ahead(shape: Shape, reading: Reading) -> When | None:
    """ "In the next two weeks", "the coming month"."""
    unit, amount = unit_of(shape["ah_u"]), count(shape["ah_n"])
    if reading.day is None or amount is None or (shape["ah_n"] is None and is_plural(shape["ah_u"])):
        return None
    if unit in ("minute", "hour"):
        return When.of(reading.day, reading.day + timedelta(days=min(amount // 24, MAX_SHIFT)))
    if unit in ("week", "month") and shape["ah_n"] is None:
        return When.of(reading.day + timedelta(days=1), shift(reading.day, 1, unit))
    return When.of(reading.day, shift(reading.day, amount, unit)) if unit in ("day", "week", "month") else None


def later(shape: Shape, reading: Reading) -> When | None:
    """ "Two days after" dates what came first, counted back from the report's main day; the others lean on the time before."""
    word = (shape["la_w"] or "").lower()
    told = told_in(reading)
    if word == "after" and (told is None or (reading.day is not None and abs((reading.day - told).days) > AHEAD_DAYS)):
        told = reading.day
    return None if told is None else _moved(shape, told, forward=word in ("later", "afterwards"))


def count_from(found: re.Match[str], told: When) -> When | None:
    """The time of "two weeks after" or "a month before", read by the pattern `later`, where `told` follows it."""
    start = told.first or told.last
    try:
        if start is None:
            return None
        return _moved(found, start, forward=(found["la_w"] or "").lower() not in ("before", "earlier", "prior", "previously"))
    except (ValueError, OverflowError):
        return None


def _moved(shape: Shape, told: date, *, forward: bool) -> When | None:
    unit, amount = unit_of(shape["la_u"] or shape["la_h"]), count(shape["la_n"])
    if amount is None:
        return None
    day = shift(told, amount if forward else -amount, unit)
    if unit == "month" or (unit == "week" and amount > 1):
        return month_of(day) if unit == "month" else week_of(day)
    return year_of(day) if unit in ("year", "decade", "century") else day_of(day)


def nth_day(shape: Shape, reading: Reading) -> When | None:
    """ "For a fifth day", "on the third consecutive day": the days up to the report."""
    if reading.day is None or reading.planned:
        return None
    return When.of(reading.day - timedelta(days=ORDINALS[(shape["nt_n"] or "").lower()] - 1), reading.day)


def lasting(shape: Shape, reading: Reading) -> When | None:
    """A bare length ("two days of fighting", "five-month-old"), which ends with the report; None for one still to come."""
    unit, amount = (
        unit_of(shape["ls_u"] or (shape["ls_l"] or "").lower().removesuffix("long").rstrip("-")),
        count(shape["ls_n"]),
    )
    if reading.day is None or amount is None or reading.planned:
        return None
    if unit == "month":
        return When.parse(f"{month_of(shift(reading.day, -amount, unit))}/{reading.day.isoformat()}")
    return _span_back(reading.day, amount, unit) if unit in ("day", "night", "week", "hour") else None
