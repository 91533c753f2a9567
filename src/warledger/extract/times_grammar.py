"""The words that say a time: one pattern a way of saying it, and where they stand in a text.

An atom is the smallest such expression: a date, a weekday, "last week", "eight days ago". What stands around atoms ("since",
"from … to …", "by") is read by `times`; `times_atoms` turns them into days. Months and weekdays are read with a capital only,
since "may", "march" and "sun" are words of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from warledger.lexicon.numbers import read_number

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
ORDINALS: Final = {
    name: number for number, name in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), start=2)
}
DECADES: Final = {
    name: 1900 + 10 * number for number, name in enumerate("fifties sixties seventies eighties nineties".split(), start=5)
}
SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
"""First and last month, northern hemisphere; a winter ends in the year after it begins."""


def _any(words: str) -> str:
    """A pattern for any of `words` (a comma between them, a space for any white space), in either case."""
    return "(?i:" + "|".join(word.strip().replace(" ", r"\s") for word in words.split(",")) + ")"


_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_MONTH_FULL = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH_CAPITALS = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}\b"
_MONTH = f"(?:{_MONTH_FULL}|{_MONTH_SHORT}|{_MONTH_CAPITALS})"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_OF_WEEKDAY = rf"(?:(?:{_WEEKDAY}|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?),?\s)?(?:the\s)?"
_THEN = r"(?:\s?[-–—/]\s?|,?\s(?:and|to|or)\s)(?:the\s)?"
_PART = r"(?i:(?:early|mid|late)[\s-]|(?:the\s)?(?:very\s)?(?:end|beginning|start|middle|(?:first|second)\shalf)\sof\s)"
_WHICH = _any("last, this, next, that, the same, the following, the previous, previous")
_YEAR_TOLD = _any("last, this, next, that, the same, the following, the previous") + r"\s(?i:year)"
_TIME_OF_DAY = (
    r"(?i:(?:mid-?)?(?:morning|afternoon|evening|night|nightfall|dawn|dusk|midnight|noon|midday|daybreak|sunrise|sunset))"
)
_NUMBER_WORDS = _any(
    "a dozen, a couple of, a couple, a few, an?, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve,"
    "thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty, ninety, hundred,"
    "couple of, couple, few, several, many"
)
_COUNT = rf"(?:\d{{1,3}}|{_NUMBER_WORDS})"
_UNIT = r"(?i:minute|hour|day|night|week|weekend|month|year|decade|centur(?=ies|y))(?i:ies|y|s)?(?:['’]s?|\b)"
_POSSESSIVE = r"(?:['’]?s)?\b"
_HEDGE = _any(
    "nearly, almost, about, around, some, roughly, over, just over, just under, more than, less than, fewer than, at least,"
    "barely"
)

_ORDINAL = "|".join(ORDINALS)
_DECADE = f"(?i:{'|'.join(DECADES)})"
_BEFORE_PART = _any(
    "at, before, after, from, by, since, in, until, around, throughout, shortly after, shortly before, early, all, during"
)

PATTERNS: Final = {
    "iso": rf"(?P<iso_y>{_YEAR})-(?P<iso_m>0[1-9]|1[0-2])(?:-(?P<iso_d>0[1-9]|[12]\d|3[01]))?(?![\d-])",
    "numeric": rf"(?P<num_a>\d{{1,2}})(?P<num_s>[./-])(?P<num_b>\d{{1,2}})(?P=num_s)(?P<num_y>{_YEAR})(?!\d)",
    "day_month": rf"{_OF_WEEKDAY}(?P<dm_d>{_DAY})(?:{_THEN}(?P<dm_e>{_DAY}))?(?:\s|-)?(?:of\s)?(?P<dm_m>{_MONTH})"
    rf"(?:,?[\s-]\(?(?P<dm_y>{_YEAR})\)?(?![\d,]\d))?(?!\w)",
    "month_day": rf"{_OF_WEEKDAY}(?P<md_m>{_MONTH})\s(?:the\s)?(?P<md_d>{_DAY})(?!\d(?!\d{{3}}\b)|:\d|,\d{{3}})"
    rf"(?:{_THEN}(?P<md_e>{_DAY})(?!\d|\s{_MONTH}))?(?:(?:,?\s\(?)?(?P<md_y>{_YEAR})\)?(?![\d,]\d))?(?!\w)",
    "month": rf"(?P<mo_p>{_PART})?(?:(?P<mo_w>{_WHICH})\s)?(?P<mo_m>{_MONTH})"
    rf"(?:(?:,?\s|-)(?:of\s)?(?P<mo_y>{_YEAR})(?!\d)|\s(?:of\s)?(?P<mo_r>{_YEAR_TOLD}))?(?!\w)",
    "season": rf"(?P<se_p>{_PART})?(?:(?P<se_w>{_WHICH})\s|(?i:the)\s)?"
    rf"(?P<se_s>spring|summer|autumn|winter|fall(?=\sof\s{_YEAR}))(?:\s(?:of\s)?(?P<se_y>{_YEAR}))?(?!\w)",
    "of_month": rf"(?i:the\s)?(?P<om_p>(?i:first|last|final))\s(?P<om_u>(?i:day|week))\s(?i:of\s)"
    rf"(?P<om_m>{_MONTH})(?:,?\s(?P<om_y>{_YEAR})(?!\d))?(?!\w)",
    "decade": rf"(?P<de_p>{_PART})?(?:(?i:the)\s)?(?:(?P<de_y>(?:1[89]|20)\d0)['’]?s|(?<=\b[Tt]he\s)(?P<de_n>{_DECADE}))\b",
    "years": rf"(?P<ys_a>{_YEAR})\s?[-–—/]\s?(?P<ys_b>{_YEAR}|\d\d)(?![\d-])",
    "year": rf"(?P<ye_p>{_PART})?(?P<ye_y>{_YEAR})(?![\d,.:/-]\d|\w|%)",
    "weekday": rf"(?:(?P<wd_w>{_WHICH})\s)?(?P<wd_d>{_WEEKDAY}){_POSSESSIVE}(?:\s{_TIME_OF_DAY}|\sprayers)?"
    r"(?:\s(?P<wd_k>(?i:(?:last|this|next)\s)?(?i:week)))?",
    "next_day": rf"(?i:the)\s(?P<nd_w>{_any('next, following, previous, same, very same, preceding')})\s"
    rf"{_any('day, night, morning, afternoon, evening')}\b",
    "edge": rf"(?i:the\s)?(?P<ed_p>{_any('start, beginning, end, middle, first half, second half')})\s(?i:of)\s"
    r"(?P<ed_w>(?i:last|this|next|the))\s(?P<ed_u>(?i:week|month|year))\b",
    "calendar": rf"(?:(?P<ca_p>(?i:early|late|earlier|later|mid))[\s-])?(?P<ca_w>{_WHICH})\s"
    rf"(?P<ca_u>(?i:week|weekend|month|year|decade|century)){_POSSESSIVE}",
    "weekend": rf"(?i:the\s)?(?i:past\s)?(?i:weekend){_POSSESSIVE}",
    "in_week": r"(?i:(?:(?:earlier|later)\sin|during|over|in)\sthe\sweek)\b(?!\s(?:of|to|before|after|since|that))",
    "nth_day": rf"(?i:(?:for\s(?:an?|the|its|their)|on\s(?:the|its|their)(?=\s\w+\s(?:consecutive|straight|successive)))\s"
    rf"(?P<nt_n>{_ORDINAL})\s(?:(?:consecutive|straight|successive)\s)?(?:day|night))\b",
    "day_before": r"(?i:the\sday)\s(?P<db_w>(?i:before\syesterday|after\stomorrow))\b",
    "deictic": rf"(?P<dx>{_any('today, tonight, yesterday, tomorrow, last night, overnight')}|(?i:this)\s{_TIME_OF_DAY})"
    rf"{_POSSESSIVE}",
    "ago": rf"(?:(?P<ag_h>{_HEDGE})\s)?(?P<ag_n>{_COUNT})\s(?P<ag_u>{_UNIT})\s(?i:ago)\b",
    "back": rf"(?i:the\s|this\s)?(?P<ba_w>{_any('past, last, recent, previous, preceding')})\s"
    rf"(?:(?P<ba_n>{_COUNT})[\s-])?(?P<ba_u>{_UNIT})",
    "ahead": rf"(?i:the\s)?(?i:coming|next|following)\s(?:(?P<ah_n>{_COUNT})[\s-])?(?P<ah_u>{_UNIT})",
    "later": rf"(?:(?:(?P<la_n>{_COUNT})|(?i:the))\s(?P<la_u>{_UNIT})|(?P<la_h>(?i:hours|minutes)))\s"
    rf"(?P<la_w>{_any('later, earlier, before, after, afterwards, previously, prior')})\b",
    "that_day": rf"(?i:that\s)(?i:same\s)?(?P<td_u>{_TIME_OF_DAY}|(?i:day|week|month|year))\b",
    "then": r"(?i:since\sthen)\b",
    "day_part": rf"(?:{_BEFORE_PART}\s(?i:the\s)?(?i:(?:early|small|late|whole)\s)?(?:{_TIME_OF_DAY}|(?i:hours))(?:\sprayers)?"
    r"|\d{1,2}(?:[.:]\d\d)?\s?(?i:[ap]\.?m\b\.?|GMT|local\stime)|\d{4}\s(?i:GMT|hours|local\stime)"
    r"|(?i:at)\s\d{1,2}[.:]\d\d(?!\d)"
    r"|(?i:earlier|later)\s(?i:today)|(?i:in|on|over|during|through|throughout)\s(?i:the\scourse\sof\s)?(?i:the\sday))(?!\w)",
    "lasting": rf"(?:(?P<ls_n>{_COUNT})[\s-](?P<ls_u>{_UNIT})(?:-(?i:old|long))?|(?P<ls_l>(?i:(?:week|month)-?long))\b)",
    "now": r"(?i:currently)\b",
    "vague": _any("recently, lately, previously, soon") + r"\b|(?i:in|over|for|during)\s(?i:recent)\s"
    r"(?i:weeks|months|years|decades)\b",
}  # fmt: skip
"""Ways of saying a time, in the order in which they are tried at a place; each names its groups by its own prefix."""

_ATOM: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS.items()))
_WORD: Final = re.compile(r"\w+")
_CORES: Final = frozenset(
    "today tonight yesterday tomorrow night overnight weekend week weeks month months year years decade decades century day "
    "days hour hours minutes nights morning afternoon evening dawn dusk midnight noon midday daybreak sunrise sunset nightfall "
    "spring summer autumn winter fall weekends todays yesterdays tonights weeks years "
    "recently lately previously soon currently weeklong monthlong then ago am pm m gmt local prayers".split()
) | DECADES.keys() | MONTHS.keys() | WEEKDAYS.keys() | {day + "s" for day in WEEKDAYS}  # fmt: skip
_DIGITS_CORE: Final = re.compile(r"(?:1[89]|20)\d\d(?:s|-\d\d)?|\d{1,2}[ap]m|\d{1,2}(?=[:.]\d\d)|\d{1,2}[A-Z][a-z]{2}\d{2,4}")
_WINDOW: Final = 9
"""How many words before its core an atom can begin ("more than a couple of years ago")."""
_IN_FRONT: Final = re.compile(r"(?:\w|[^\w\s])+\s+$")
_FIRST: Final = _CORES | frozenset(
    "a about after all almost an around at barely before beginning by coming couple during early earlier eight eighteen eleven "
    "end few fewer fifteen fifty final first five following for forty four fourteen from hundred in just last late later less "
    "many mid middle monthlong more nearly next nine nineteen ninety on one over overnights past preceding previous recent "
    "roughly same second seven seventeen several shortly since six sixteen sixty some start ten that the thirteen thirty this "
    "three through throughout tomorrows twelve twenty two until very".split()
)
"""Words that an atom can begin with; besides them it can begin with a digit, and with the name of a month in capitals."""

NEEDS_LEAD: Final = frozenset(
    "in since until till by from of to and or last this next early mid late during before after between through throughout "
    "around about end beginning start for".split()
)
"""Words that make a year, or the month May or March, a time when nothing else does."""


def atoms(text: str, *, alone: bool = False) -> Iterator[re.Match[str]]:
    """The atoms of `text` from left to right, not overlapping; `lastgroup` of each says which pattern it is.

    With `alone` the text is itself an expression of time, so a bare year or "May" is taken too.
    """
    words = list(_WORD.finditer(text))
    starts = [word.start() for word in words]
    done, index = 0, 0
    for core, word in enumerate(words):
        token = word.group()
        if not (token.lower() in _CORES or (token[0].isdigit() and _DIGITS_CORE.match(token))):
            continue
        index = max(index, core - _WINDOW)
        while index <= core:
            if starts[index] >= done and _may_begin(words[index].group()):
                found = _ATOM.match(text, starts[index])
                if found is not None and _stands(found, text, words, index, alone=alone):
                    done = found.end()
                    yield found
                    index = bisect_right(starts, done - 1)
                    continue
            index += 1


def _may_begin(word: str) -> bool:
    """Whether an atom can begin with a word: to look here first is far quicker than to try every pattern."""
    return word.lower() in _FIRST or word[0].isdigit() or word.isupper()


def _stands(found: re.Match[str], text: str, words: list[re.Match[str]], index: int, *, alone: bool) -> bool:
    """Whether a bare year or one of the months that are also words is meant as a time here; no month is in "99 March"."""
    kind = found.lastgroup
    if kind == "month" and index and words[index - 1].group().isdigit() and not found["mo_p"] and not found["mo_w"]:
        return len(words[index - 1].group()) == 4
    if alone:
        return True
    if kind == "lasting":
        return False
    if kind == "year" and found["ye_p"] is None:
        before = words[index - 1].group().lower() if index else ""
        after = text[found.end() : found.end() + 24]
        return (before in NEEDS_LEAD or before in ("the", "s")) and not _COUNTED.match(after)
    if kind == "month" and not (found["mo_p"] or found["mo_w"] or found["mo_y"] or found["mo_r"]):
        name = found["mo_m"]
        if len(name.rstrip(".")) <= 4 and name not in ("June", "July"):
            return bool(index) and name == "May" and words[index - 1].group().lower() in NEEDS_LEAD | {"at", "the"}
        if name == "March":
            return bool(index) and words[index - 1].group().lower() in NEEDS_LEAD
    return kind != "season" or bool(found["se_w"] or found["se_y"] or found["se_p"] or found.group().lower().startswith("the "))


_COUNTED: Final = re.compile(
    r"\s(?:more\s|other\s)?(?:people|civilians|fighters|rebels|troops|soldiers|refugees|families|militants|children|men|tons|km)\b"
)


@lru_cache(maxsize=512)
def count(words: str | None) -> int | None:
    """The number that a counting word says; 1 for none; None for "few", "several", "many"."""
    if words is None:
        return 1
    try:
        number = read_number(words.lower().removesuffix(" of"))
    except ValueError:
        return None
    return number.low if number.exact else None
