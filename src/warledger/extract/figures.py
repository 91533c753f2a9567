"""Counts in a report: their bounds, whom they count, what happened to them, and where they stand in a text.

The conventions are the guide's (*Figures*). `parse`, `group_of`, `plain_measure` and `basis` read one figure that is already
found; `find_figures` finds those of a text. None of them raises for any text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from warledger.core import Span
from warledger.extract.figures_bounds import ABOUT, HIGH, LOW, Bounds, joined, led, parse, shared
from warledger.extract.figures_context import basis, counts_doers, counts_speakers, plain_measure
from warledger.extract.figures_groups import AGE, PEOPLE_WORDS, group_of, group_of_noun
from warledger.extract.figures_numbers import QUANTITY
from warledger.lexicon import nations

__all__ = [
    "Bounds",
    "FigureMention",
    "basis",
    "counts_doers",
    "counts_speakers",
    "find_figures",
    "group_of",
    "parse",
    "plain_measure",
    "whole",
]


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A count expression in a text with its noun, its bounds and whom it counts."""

    span: Span
    bounds: Bounds
    group: str


_HEDGE_BEFORE: Final = re.compile(
    rf"(?:\b(?:{LOW}|{HIGH}|{ABOUT}|another|an?\s+additional|a\s+further|a\s+total\s+of|between|the\s+(?:other|first|"
    rf"remaining)?)\s+(?:of\s+)?)+$",
    re.IGNORECASE,
)
_NOT_COUNT_AFTER: Final = re.compile(
    r"\s*(?:%|°|[$€£]|st\b|nd\b|rd\b|th\b)|"
    r"[\s-]*(?:percent|per\s?cent|years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|decades?|centur\w+|"
    r"[ap]\.?m\b|gmt|local\s+time|"
    r"o['’]clock|km|kms|kilomet\w+|miles?|met(?:er|re)s?|feet|foot|ft|inch\w*|mm|cm|acres?|hectares?|square|degrees?|kg|"
    r"tons?|tonnes?|barrels?|lit(?:er|re)s?|"
    r"dollars?|euros?|pounds|sterling|roubles?|lira|cents?|usd|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec|"
    r"(?:air\s?)?(?:raids?|strikes?)|airstrikes?|sorties?|attacks?|assaults?|bombings?|explosions?|blasts?|rounds?|times|"
    r"countries|states|nations|"
    r"villages?|towns?|cities|provinces?|districts?|areas?|neighbou?rhoods?|fronts?|sides|points?|votes?|stages?|phases?|"
    r"kilos?|"
    r"mph|knots|nautical|storey|calib\w+|mm)\b",
    re.IGNORECASE,
)
_MONTH_WORD = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec)\.?"
)
_BEFORE_YEAR: Final = re.compile(rf"(?:\b(?:in|since|until|by|of|from|the|{_MONTH_WORD})|\d,?)\s*$", re.IGNORECASE)
_BEFORE_DAY: Final = re.compile(
    rf"\b(?:{_MONTH_WORD}|aged?|article|resolution|no\.|route|highway|page|chapter|section)\s*$", re.IGNORECASE
)
_HIDDEN: Final = re.compile(r"\s+of\s+(?!(?:them|those|whom|others)\b)|\s+more\s+[a-z]+s\b", re.IGNORECASE)
"""After a vague plural: a noun that is not one of ours ("dozens of raids")."""
_ENDS: Final = frozenset(
    "in on at by from to for with and or but as that which who whom were was are is be been had has have after before when "
    "while during "
    "near against into over under between including among since until said says it they he she we the this these those not "
    "also because "
    "following amid despite across around through if than then where there a an per".split()
)
"""Words that end the noun phrase of a figure."""
_STATES: Final = frozenset(("hostage", "captive", "prisoner"))
"""What those counted are made, not who they are: "took 900 civilians hostage"."""
_MADE: Final = re.compile(rf"(?<=\w)\s+(?:{'|'.join(_STATES)})$", re.IGNORECASE)
RANGE_GAP: Final = 24
"""Characters between the two numbers of a range ("10,000 to more than 30,000")."""
_PHRASE_WORDS: Final = 7
"""How many words may stand between a number and its noun."""
_PHRASE_WORD: Final = re.compile(r"(?:\s+\[?|-)(?:\(?(?P<word>[^\W\d][\w’'.-]*)\)?)")
_OF_WHOM: Final = re.compile(r"\s+of\s+(?:(?:the|its|his|her|their|our|these|those|them|whom|which)\b\s*)?", re.IGNORECASE)
_STANDS_ALONE: Final = re.compile(
    r"\s+(?:(?:other|more)\s+)?(?:others|more|dead|killed|wounded|injured|missing|displaced|hurt|slain|detained)\b|"
    r"\s+(?:(?:have|has|had)\s+been|were|was|are|have|had)\s+(?:also\s+|reportedly\s+)?(?:killed|wounded|injured|displaced|"
    r"arrested|detained|missing|dead|died|fled)\b",
    re.IGNORECASE,
)
_VERB_BEFORE: Final = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|wound(?:ed|ing|s)?|injur(?:ed|ing|es)|displac(?:ed|ing)|detain(?:ed|ing)|arrest(?:ed|ing)|left|"
    r"claimed|leaving|toll\s+(?:of|to|at)|"
    r"rose\s+to|risen\s+to|rises\s+to|reached|freed|released|captured|destroyed)\s+(?:the\s+lives\s+of\s+)?$",
    re.IGNORECASE,
)
_CASUALTY: Final = re.compile(
    r"\b(?:kill\w*|dead|dies?|died|deaths?|wound\w+|injur\w+|arrest\w+|detain\w+|captur\w+|kidnap\w+|abduct\w+|execut\w+|"
    r"behead\w+|shot|"
    r"destroy\w*|downed|crash\w+|releas\w+|freed|missing|displac\w+|fled|murder\w+|martyr\w+|hit|assassinat\w+|claimed|lost)\b",
    re.IGNORECASE,
)
_REACH_OF_ONE: Final = 45
"""Characters on either side within which something must have happened to a single person or thing."""
_PLURAL: Final = re.compile(r"[a-z]{2,}[^sui']s$")
_DATE: Final = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}-\d\d")
_SINGLE: Final = re.compile(r"\b(?:an?|another)(?=\s)", re.IGNORECASE)


def find_figures(text: str, *, singles: bool = False) -> list[FigureMention]:
    """The counts of people and things in `text`, from left to right, not overlapping, each with the words that name what is
    counted.

    Ages, dates, times of day, distances, money, shares, ordinals, names of weapons, and counts of raids, places or countries
    are left out. "A soldier" is a figure only with `singles`.
    """
    numbers = list(QUANTITY.finditer(text))
    follower = dict(pairwise(numbers))
    if singles:
        numbers = sorted(numbers + list(_SINGLE.finditer(text)), key=lambda m: m.span())
    found: list[FigureMention] = []
    done = 0
    for number in numbers:
        if number.start() < done:
            continue
        second = follower.get(number)
        ranged = second is not None and second.start() - number.end() < RANGE_GAP and joined(text, number, second) is not None
        mention = _mention(text, number, second.end() if ranged and second else number.end(), done)
        if mention is not None:
            found.append(mention)
            done = mention.span.end
    return found


def whole(text: str, span: Span, read: Sequence[FigureMention]) -> Span:
    """`span` with all of the figures of `read` that it is a part of, with the words that bound it ("at" of "at least one"), and
    with the first number of a range that it ends.
    """
    start, end = span.start, span.end
    for mention in read:
        if mention.span.overlaps(span):
            start, end = min(start, mention.span.start), max(end, mention.span.end)
    state = _MADE.search(text, start, end)
    end = state.start() if state is not None else end
    second = QUANTITY.search(text, start, end)
    if second is not None:
        for first in QUANTITY.finditer(text, max(start - 2 * RANGE_GAP, 0), start):
            if joined(text, first, second) is not None:
                return Span(min(first.start(), start), end)
    return Span(led(text, start), end)


def _mention(text: str, match: re.Match[str], end: int, floor: int) -> FigureMention | None:
    """The figure whose number (or range) is `match` to `end`, or None where the number counts nothing of ours."""
    start = max(shared(text, match.start()), floor)
    if _NOT_COUNT_AFTER.match(text, end) or text.startswith(AGE, end):
        return None
    if match.re is QUANTITY and match["digits"] and _is_date(text, match):
        return None
    noun_end, group = _noun_phrase(text, end, vague=match.re is QUANTITY and match["vague"] is not None)
    alone = _STANDS_ALONE.match(text, end)
    if not group and alone is None and match.re is not QUANTITY:
        return None
    single = match.re is not QUANTITY or match.group().lower() == "one"
    if single and not _CASUALTY.search(text, max(start - _REACH_OF_ONE, 0), end + _REACH_OF_ONE + 20):
        return None
    hedge = _HEDGE_BEFORE.search(text, max(start - 40, floor), start)
    if not group:
        before = _VERB_BEFORE.search(text, max(start - 40, 0), hedge.start() if hedge else start)
        unnamed = match.re is QUANTITY and (before is not None or (match["vague"] and not _HIDDEN.match(text, end)))
        if alone is None and not unnamed:
            return None
        noun_end = max(noun_end if alone is None else alone.end(), end) if alone else end
        group = "people"
    begin = max(hedge.start(), floor) if hedge else start
    span = Span(begin, noun_end)
    bounds = parse(span.of(text))
    return FigureMention(span, bounds, group) if bounds is not None else None


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether the digits are a year or belong to a date."""
    start, digits = match.start(), match["digits"]
    if _DATE.match(text, start) or (start > 1 and text[start - 1] in "-/" and text[start - 2].isdigit()):
        return True
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return _BEFORE_YEAR.search(text, max(start - 14, 0), start) is not None
    return _BEFORE_DAY.search(text, max(start - 14, 0), start) is not None


def _noun_phrase(text: str, end: int, *, vague: bool = False) -> tuple[int, str]:
    """Where the noun phrase after a number ends, and its group; the number's own end and "" where no counted noun follows."""
    best, group = end, ""
    at, counted_of = end, False
    for _ in range(_PHRASE_WORDS):
        found = _PHRASE_WORD.match(text, at)
        if found is None:
            break
        word = found["word"].rstrip(".")
        low = word.lower()
        if low == "of":
            skipped = _OF_WHOM.match(text, at)
            counted_of = True
            at = found.end() if skipped is None else len(text[: skipped.end()].rstrip())
            continue
        if low in _ENDS and word != "IS":
            break
        if best > end and low in _STATES:
            break
        named = group_of_noun(word) or ("people" if _is_people(word, vague=vague) else "")
        if named and low not in PEOPLE_WORDS:
            best, group = found.start("word") + len(word), named
        elif low in PEOPLE_WORDS and counted_of:
            return found.start("word") + len(word), "people"
        elif best > end or _PLURAL.search(word):
            break
        at = found.start("word") + len(word)
    return best, (group_of(text[end:best]) or group) if group else ""


def _is_people(word: str, *, vague: bool) -> bool:
    """Whether a capitalised word names people: "Syrians", and after a vague plural any such plural ("hundreds of Yazidis")."""
    if not word[0].isupper() or not word.endswith("s") or len(word) < 4:
        return False
    return bool(nations.country_of_people(word)) or (vague and word[1:].islower())
