"""The bounds of a counting phrase: "at least 16", "between 10 and 15", "dozens of fighters", "a soldier"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from warledger.extract.figures_groups import AGE, group_in
from warledger.extract.figures_numbers import QUANTITY, read

MAX_WORDS: Final = 300
"""Characters of a counting phrase that are read."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a figure says; None where that side is open, never both. `about` says it is approximate."""

    low: int | None
    high: int | None
    about: bool = False


LOW: Final = (
    r"at\s+(?:the\s+very\s+)?least|(?:no|not)\s+(?:fewer|less)\s+than|(?:well\s+|far\s+|slightly\s+|just\s+)?(?:more\s+than|"
    r"over|above)|"
    r"upwards?\s+of|in\s+excess\s+of|exceeding|a\s+minimum\s+of|as\s+few\s+as|minimum|topped|passed|surpassed|exceeded"
)
HIGH: Final = (
    r"up\s+to|as\s+many\s+as|as\s+much\s+as|(?:no|not)\s+(?:more|greater)\s+than|at\s+(?:the\s+)?most|fewer\s+than|"
    r"less\s+than|under|below|"
    r"a\s+maximum\s+of|maximum"
)
ABOUT: Final = (
    r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close\s+to|(?:an\s+)?estimated|an\s+estimate\s+of|"
    r"circa|just\s+under|"
    r"nearing|in\s+the\s+region\s+of|or\s+so"
)
_BEFORE: Final = re.compile(
    rf"(?:(?P<low>{LOW})|(?P<high>{HIGH})|(?P<about>{ABOUT}))\s+(?:an?\s+total\s+of\s+|the\s+|an?\s+|some\s+|of\s+)*$",
    re.IGNORECASE,
)
_AT: Final = re.compile(r"\bat\s+(?:the\s+very\s+)?$", re.IGNORECASE)
_LEAST: Final = re.compile(r"(?:least|most)\b", re.IGNORECASE)
SHARES: Final = {"half": 2, "third": 3, "quarter": 4}
_SHARE: Final = re.compile(
    r"\b(?:(?P<half>half)|(?:(?P<many>two|three)|an?|one)[\s-](?P<part>third|quarter)s?)\s+(?:of\s+)?"
    r"(?:the|its|their|his|her|our|these|those|all|an\s+estimated|[\w-]+(?:['’]s|s['’]))\s+(?:[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""A part of what a number counts: "half the 14,000 troops", "a third of the country's 7 million"."""
_PARTS: Final = re.compile(r"[\s-](?:third|quarter)s\b", re.IGNORECASE)
REACH: Final = 40
"""Characters before a number in which the words that bound it are looked for."""
_AFTER: Final = re.compile(
    r"\s*(?:(?P<low>\+|[\s-]?plus\b|or\s+more\b|and\s+more\b|and\s+counting\b)|(?P<high>or\s+(?:fewer|less)\b)|"
    r"(?P<about>or\s+so\b))",
    re.IGNORECASE,
)
_AT_LEAST_AFTER: Final = re.compile(r"\bat\s+least\s*$", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"\s*(?P<word>[-–—]|to|and|or)\s*(?P<open>more\s+than\s+|over\s+|as\s+many\s+as\s+|up\s+to\s+|perhaps\s+|"
    r"even\s+)?(?:\w+\s+or\s+)?$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\b(?:between|from)\s+(?:about\s+|around\s+|some\s+)?$", re.IGNORECASE)
_NONE: Final = re.compile(r"(?:no|zero)\s+(?!(?:more|fewer|less|longer)\b)\w", re.IGNORECASE)
_UNCOUNTED: Final = re.compile(
    r"\b(?:many|some|a\s+(?:large\s+|small\s+|great\s+|significant\s+)?number\s+of|numerous|a\s+few|few|most|half|multiple|"
    r"various|countless)\b",
    re.IGNORECASE,
)
_TWO: Final = re.compile(r"\b(?:a\s+couple|the\s+couple|the\s+pair|a\s+pair|both)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"^(?:an?|another|one|each|every|the|this|that|his|her|its|their|first)\b", re.IGNORECASE)
_ANOTHER: Final = re.compile(
    r"\band\s+(?:an?|another|his|her)\s+\w|(?<=boy\s|man\s|son\s)an?\s\w|(?<=girl\s)an?\s\w|(?<=child\s|woman\s)an?\s\w",
    re.IGNORECASE,
)
"""One more in a list of single people: "a man and his daughter", and where the commas were lost "a boy a girl"."""
_AGED: Final = re.compile(
    r"^(?:an?|the|his|her|their)\s+(?:\w+\s+){0,2}(?:boy|girl|child|son|daughter|man|woman|youth|teenager|baby)\s+of\s+$|"
    r"\baged?\s+$",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"\b(\d{1,6})(?:st|nd|rd|th)\b", re.IGNORECASE)


def shared(text: str, start: int) -> int:
    """Where the words begin that take a part of a number which stands at `start`: "half of the 14,000"; else `start`."""
    share = _SHARE.search(text, max(0, start - REACH), start)
    return start if share is None else share.start()


def led(text: str, start: int) -> int:
    """Where the words that bound a number begin which stands at `start`: "at least 16", "less than 1,000"."""
    start = shared(text, start)
    pattern = _AT if _LEAST.match(text, start) else _BEFORE
    found = pattern.search(text, max(0, start - REACH), start)
    return start if found is None else found.start()


def parse(words: str) -> Bounds | None:
    """The bounds that a counting phrase says; None where it counts nothing ("many", "some", "a number of people").

    A phrase without a number is one thing if it is singular ("a soldier", "another woman", "journalist").
    """
    text = words.strip()[:MAX_WORDS]
    first = _first(text)
    article = first is not None and first["words"] is not None and first["words"].lower() == "one"
    if first is None or (article and first.start() == 0):
        return _without_number(text) if first is None else _one_of(text, first)
    low, high, about = _bounds(text, first)
    second = QUANTITY.search(text, first.end())
    if second is not None and first["vague"] is None:
        ranged = joined(text, first, second)
        if ranged is not None:
            return ranged
    if low is None and high is None:
        return None
    return Bounds(low, high, about)


def _first(text: str) -> re.Match[str] | None:
    """The first quantity that is no age ("a two-year-old girl", "a child of 14") and counts no parts ("two thirds of 30")."""
    for found in QUANTITY.finditer(text):
        counts_parts = _PARTS.match(text, found.end()) is not None
        if not counts_parts and not text.startswith(AGE, found.end()) and not _AGED.search(text, 0, found.start()):
            return found
    return None


def _one_of(text: str, first: re.Match[str]) -> Bounds:
    """ "One of his sons", "one or two": one, unless it begins a range."""
    second = QUANTITY.search(text, first.end())
    return (joined(text, first, second) if second is not None else None) or Bounds(1, 1)


def _without_number(text: str) -> Bounds | None:
    if _NONE.match(text):
        return Bounds(0, 0)
    ordinal = _ORDINAL.search(text)
    if ordinal is not None:
        return Bounds(int(ordinal[1]), int(ordinal[1]))
    if _TWO.search(text):
        return Bounds(2, 2)
    if not text or _UNCOUNTED.search(text):
        return None
    one = _ONE.match(text)
    if one and (more := len(_ANOTHER.findall(text, one.end()))):
        return Bounds(1 + more, 1 + more)
    if not group_in(text) and (one is None or (one.end() == len(text) and text.lower() not in ("another", "one"))):
        return None
    noun = text.rsplit(maxsplit=1)[-1].rstrip(".,;:")
    if one or not (noun.lower().endswith("s") or noun.lower() in ("people", "men", "women", "children", "police", "troops")):
        return Bounds(1, 1)
    return None


def _bounds(text: str, found: re.Match[str]) -> tuple[int | None, int | None, bool]:
    """What one quantity says with the hedges beside it."""
    said = read(found)
    if said is None:
        return None, None, False
    low, high = said
    start = found.start()
    if (share := _SHARE.search(text, max(start - REACH, 0), start)) is not None:
        low, high, start = _part(share, low), _part(share, high), share.start()
    hedges = (_BEFORE.search(text, max(start - 48, 0), start), _AFTER.match(text, found.end()))
    kinds = {hedge.lastgroup for hedge in hedges if hedge is not None}
    if _AT_LEAST_AFTER.search(text, found.end()):
        kinds.add("low")
    if "low" in kinds:
        return low, None, False
    if "high" in kinds:
        return None, high, False
    return low, high, "about" in kinds


def _part(share: re.Match[str], number: int | None) -> int | None:
    """The part of a number that a share of it is, rounded."""
    if number is None:
        return None
    many = {"two": 2, "three": 3}.get((share["many"] or "").lower(), 1)
    return round(number * many / SHARES[(share["half"] or share["part"]).lower()])


def joined(text: str, first: re.Match[str], second: re.Match[str]) -> Bounds | None:
    """A range: "between 10 and 15", "300 to 500", "10000 to more than 30000"; None where the second counts something else."""
    link = _RANGE.fullmatch(text, first.end(), second.start())
    if link is None:
        return None
    lead = max(first.start() - 48, 0)
    if link["word"].lower() == "and" and not _BETWEEN.search(text, lead, first.start()):
        return None
    one, two = read(first), read(second)
    if one is None or two is None or one[0] is None or two[1] is None:
        return None
    low, high = one[0] * _shared_scale(first, second, one[0], two[1]), two[1]
    hedge = _BEFORE.search(text, lead, first.start())
    about = hedge is not None and hedge["about"] is not None
    if (link["open"] or "").lower().startswith(("more", "over")):
        return Bounds(low, None, about)
    return Bounds(low, high, about) if low <= high else None


def _shared_scale(first: re.Match[str], second: re.Match[str], low: int, high: int) -> int:
    """The scale that a range gives only once: the million of "2 to 3 million" and "seven or eight million"."""
    if low >= 1000 or first["scale"] or not (second["scale"] or (first["words"] and second["words"])):
        return 1
    scale = next((scale for scale in (10**9, 10**6, 1000) if high >= scale), 1)
    return scale if low * scale <= high else 1
