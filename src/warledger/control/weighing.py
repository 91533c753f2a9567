"""Which assertions stand against each other: a doubtful one gives way to what is better supported, and takes its time from it.

Who is said to take a place three days after another took it may be read wrongly, and who took it is told again for weeks. What
was made by hand or read surely with its time in words is never doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from warledger.control.assertions import Assertion, Party
from warledger.core import When

CONFLICT_DAYS: Final = 3
"""A place that changes hands twice within so few days must be told so by words that are in no doubt."""
BOAST_DAYS: Final = 7
"""A side says up to so many days too early that it took a place; a departure without a day of its own is dated as early."""
ANEW_DAYS: Final = 2
"""A place that one side is said to take on two days so far apart has been another's in between."""
_BOASTS: Final = frozenset({"claimed", "contested"})
_TELLING: Final = frozenset({"gains", "holds", "loses"})


def day_of(when: When) -> date:
    """The last day on which it can have become true."""
    return when.last or when.first or date.min


def weighed(assertions: Sequence[Assertion]) -> list[Assertion]:
    """The assertions of one place that stand, doubtful gains dated by the exact word for the same change."""
    standing = [a for a in assertions if not any(_overrules(b, a) and not _regained(a, b, assertions) for b in assertions)]
    told = [replace(a, act="gains") if _is_the_taking(a, standing) else a for a in standing]
    return [replace(a, when=_exact(a, told)) for a in told]


def _is_the_taking(one: Assertion, among: Sequence[Assertion]) -> bool:
    """Whether a doubtful word that a side has a place is of the very day on which it is surely said to take it."""
    return one.act == "holds" and one.doubtful and any(_surely_gains(a, one.who) and a.when == one.when for a in among)


def _surely_gains(one: Assertion, who: Party | None) -> bool:
    """Whether it is said beyond doubt that the side of `who` took the place."""
    sure = one.act == "gains" and not one.doubtful and not one.weak
    return sure and one.who is not None and who is not None and one.who.is_with(who)


def _overrules(better: Assertion, one: Assertion) -> bool:
    if not one.doubtful or one.weak or better.weak or not {one.act, better.act} <= _TELLING or better.support <= one.support:
        return False
    days = (day_of(one.when) - day_of(better.when)).days
    if abs(days) > CONFLICT_DAYS or one.who is None or better.who is None:
        return False
    leaves = "loses" in {one.act, better.act}
    contrary = one.act != better.act if leaves else True
    if not contrary or one.who.is_with(better.who) != leaves:
        return False
    if better.act == "holds":
        return days == 0 if one.act == "holds" else days <= 0
    return days >= 0 if one.act == "gains" else days > 0


def _regained(one: Assertion, better: Assertion, among: Sequence[Assertion]) -> bool:
    """Whether the side of `better` is surely said to take the place anew after `one`, by which it had lost it in between."""
    return any(
        _surely_gains(a, better.who)
        and a.when.precision == "day"
        and day_of(better.when) <= day_of(one.when) < day_of(a.when)
        and a.when.gap_days(better.when) >= ANEW_DAYS
        for a in among
    )


def _exact(one: Assertion, among: Sequence[Assertion]) -> When:
    """The time of the exact and undoubted word for the change that a doubtful gain, a side's early boast, or a departure of
    which no words say the time tells of; else its own time.
    """
    boast, left = one.grade in _BOASTS, one.act == "loses" and not one.explicit
    gained = one.act == "gains" and (one.doubtful or boast)
    if one.weak or one.who is None or not (gained or left):
        return one.when
    for other in sorted(among, key=lambda a: (day_of(a.when), a.event)):
        exact = other.act == "gains" and not other.doubtful and not other.weak and other.when.precision == "day"
        days = (day_of(other.when) - day_of(one.when)).days
        if not exact or other.who is None or other.who.is_with(one.who) == left or days < 0 or other.grade in _BOASTS:
            continue
        late = (left or not one.doubtful) and days > BOAST_DAYS
        return one.when if late or _changed_between(one, other, among) else other.when
    return one.when


def _changed_between(one: Assertion, other: Assertion, among: Sequence[Assertion]) -> bool:
    """Whether another side held the place, or this one lost it, after the one word and before the other."""
    for a in among:
        if a.weak or a.who is None or one.who is None or not day_of(one.when) <= day_of(a.when) < day_of(other.when):
            continue
        if a.act in _TELLING and not a.act == one.act == "loses" and a.who.is_with(one.who) == (a.act == "loses"):
            return True
    return False
