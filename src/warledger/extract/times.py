"""Words of time to days: "on Thursday", "last week", "eight days ago", "since November 27", read against a document's date.

The conventions are those of the annotation guide (*Claims*, `when`, and *Settled cases*, Time). `resolve` reads one expression;
`find_times` finds and reads all of a text. Neither raises for any text; what says no definite time ("recently", "in recent
months", "99 March") gives None.

Known ambiguities, each settled one way here: "since 2011" is `2011/..` and "since Friday" ends with the report, though
annotators do both; "two weeks ago" is that calendar week; "last Thursday" is the latest Thursday before the report;
"overnight" is the night that ended on the report's day; "a day after" dates the earlier of the two things it joins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from warledger.core import Span, When
from warledger.errors import WhenError
from warledger.extract.times_atoms import Reading, count_from, read
from warledger.extract.times_dateline import dateline, report_day
from warledger.extract.times_grammar import PATTERNS, atoms

Kind = Literal["date", "weekday", "relative", "counted", "linked", "vague"]
"""How a time is said: by the calendar, by a weekday, by the report's day ("last week"), by a count ("eight days ago"), by
another time of the text ("the next day"), or indefinitely ("recently")."""

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(PATTERNS, "relative"),
    **dict.fromkeys(("iso", "numeric", "day_month", "month_day", "month", "season", "decade", "years", "year"), "date"),
    **dict.fromkeys(("ago", "back", "ahead", "lasting"), "counted"),
    **dict.fromkeys(("later", "next_day", "that_day", "then"), "linked"),
    "weekday": "weekday",
    "vague": "vague",
}
_DATES: Final = frozenset(("iso", "numeric", "day_month", "month_day", "month", "season", "decade", "years", "year"))
_WEAK: Final = frozenset(("day_part", "vague", "lasting", "that_day", "next_day"))
"""Atoms that give way to any other in the same expression ("at dawn on Friday")."""

CLAUSE: Final = 160
"""Characters before an expression in which a sign of the future is looked for."""
RECENT_DAYS = 45
"""A day without a year that lies so shortly before the report is read as news, not as one of a history's."""
CHRONICLE: Final = 3
"""Days without a year that a text must name to be read as a history."""
MAX_WORDS: Final = 400
"""Characters: no expression of time is longer; of a longer one only the beginning is read."""

_RANGE: Final = re.compile(
    r"[\s,]*(?:(?:to|until|till|through|into|and|or)\b|[-–—]|and\s+into\b|and\s+(?:in|on|during|over|from)\b)[\s\w]{0,24}?\s*",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(r"\b(?:ever\s+)?since\b", re.IGNORECASE)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|up to|by|before|prior to|ahead of|no later than|as of)\s+(?:the\s+)?(?:early\s+|late\s+)?$", re.IGNORECASE
)
_BY: Final = re.compile(r"\bby\s", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"\b(?:after|following|from|starting|onwards? from)\s+(?:the\s+)?(?:early\s+|late\s+)?$", re.IGNORECASE
)
_HEDGED: Final = re.compile(r"\b(?:more than|less than|nearly|almost|for over|barely|near)\s+$", re.IGNORECASE)
_ANY_AFTER: Final = re.compile(r"\bafter\b(?!wards)", re.IGNORECASE)
_FUTURE: Final = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were)\s+(?:due|set|expected|scheduled|likely|planned|to)|due\s+to|to\s+be\s+held|to\s+begin|"
    r"to\s+start|scheduled|ahead\s+of|plans?\s+(?:to|for)|intends?|hopes?\s+to|hoped|expected|upcoming|planned|envisages)\b",
    re.IGNORECASE,
)

_LEAD: Final = re.compile(
    r"(?:\b(?:since|until|till|by|before|after|from|between|on|in|at|over|during|for|within|through|throughout|starting|early|later?|"
    r"earlier|as\s+of|ever|and|the|just|shortly)\s+)+$",
    re.IGNORECASE,
)
_SINCE_CLAUSE: Final = re.compile(r"\bsince\s+(?:[\w’'-]+\s+){1,12}$", re.IGNORECASE)
_JOINED: Final = re.compile(r",?\s?(?:(?:on|of|in|into)\s)?(?:the\s)?", re.IGNORECASE)
_LEAD_CHARS: Final = 90
"""How far before an atom its leading words are looked for."""


@dataclass(frozen=True, slots=True, order=True)
class TimeMention:
    """Words of a text that say a time; `when` is None where they give no definite days."""

    span: Span
    when: When | None
    kind: Kind


def resolve(
    words: str,
    published: date | None,
    *,
    sentence: str = "",
    planned: bool | None = None,
    before: When | None = None,
    year: int | None = None,
) -> When | None:
    """The days that `words` mean in a report of `published`; None where they give none.

    The words may be a little too long or short ("on Thursday", "Thursday", "since the start of the offensive eight days ago").
    `planned` says whether the clause is about the future; without it the `sentence` is looked through for signs of one.
    `before` is the time that the text gave last, for "the next day"; `year` the year that a history is telling, for dates
    without one.
    """
    words = words.strip()[:MAX_WORDS]
    try:
        return When.parse(words)
    except WhenError:
        pass
    if planned is None:
        planned = _is_planned(sentence, words)
    return _combine(words, 0, list(atoms(words, alone=True)), Reading(published, year, planned, before))


def _is_planned(sentence: str, words: str) -> bool:
    """Whether a sign of the future stands in front of `words` in their sentence."""
    at = sentence.find(words) if words else -1
    return at > 0 and _FUTURE.search(sentence, max(at - CLAUSE, 0), at) is not None


def _combine(text: str, start: int, found: Sequence[re.Match[str]], reading: Reading) -> When | None:
    """The time of an expression that begins at `start` of `text`: its atoms, and the words that lead and join them."""
    read_all = [(atom, read(atom, reading)) for atom in found]
    if len(found) > 1 and found[0].lastgroup == "later" and found[1].lastgroup in _DATES and (told := read_all[1][1]):
        return count_from(found[0], told)
    strong = [(atom, when) for atom, when in read_all if when is not None and atom.lastgroup not in _WEAK]
    if not strong:
        return _weak(text, start, read_all)
    atom, when = strong[0]
    lead = text[start : atom.start()]
    if len(strong) > 1 and _RANGE.fullmatch(text, atom.end(), strong[1][0].start()):
        return _range(strong[0], strong[1], reading)
    if _SINCE.search(lead):
        return _since(atom, when, lead, reading)
    if atom.lastgroup in ("deictic", "next_day", "then"):
        return when
    if _UNTIL.search(lead) and not (atom.lastgroup == "year" and _BY.search(lead)):
        return _open(None, when)
    if _AFTER.search(lead) or (_ANY_AFTER.search(lead) and not any(weak.lastgroup == "day_part" for weak in found)):
        if (reading.planned and lead.lower().strip() == "from") or "/" in when.edtf or atom.group().endswith("prayers"):
            return when
        return _open(when, None) if atom.lastgroup in _DATES or "after" in lead else when
    return when


def _weak(text: str, start: int, found: Sequence[tuple[re.Match[str], When | None]]) -> When | None:
    """The time of an expression that has only a part of the day, a bare length or another time to lean on."""
    for atom, when in found:
        if when is not None and not (
            atom.lastgroup == "lasting" and len(when.edtf) < 20 and _HEDGED.search(text, start, atom.start())
        ):
            return when
    return None


def _open(first: When | None, last: When | None) -> When | None:
    start = first.edtf.partition("/")[0] if first else ".."
    end = last.edtf.rpartition("/")[2] if last else ".."
    return When.parse(f"{start}/{end}") if (start, end) != ("..", "..") else None


def _since(atom: re.Match[str], when: When, lead: str, reading: Reading) -> When | None:
    """From the beginning of `when`. What has gone on since a day, or since something began ("since the war began in 2011"), is
    told up to the report; since a month or year alone ("since 2014") it is a state without an end.
    """
    if when.first is None:
        return when
    start = when.edtf.partition("/")[0]
    clause = len(lead[_SINCE.search(lead).end() :].split()) > 2 if _SINCE.search(lead) else False  # type: ignore[union-attr]
    if reading.day is None or when.first > reading.day or (atom.lastgroup in _DATES and len(start) < 10 and not clause):
        return When.parse(f"{start}/..")
    return When.of(when.first, reading.day) if len(start) == 10 else When.parse(f"{start}/{reading.day.isoformat()}")


def _range(one: tuple[re.Match[str], When], two: tuple[re.Match[str], When], reading: Reading) -> When | None:
    """From the first to the second; a first weekday is the latest before the second, a first date takes its year."""
    (first_atom, first), (_, second) = one, two
    if second.last is not None and first.first is not None and first.first > second.last:
        again = read(first_atom, replace(reading, day=second.last, planned=False, year=None))
        first = again or first
    if first_atom.lastgroup in ("day_month", "month_day", "month") and not re.search(r"\d{4}", first_atom.group()):
        again = read(first_atom, replace(reading, day=second.last, planned=False, year=None))
        first = again or first
    if first.first is None or second.last is None:
        return None
    start, end = first.edtf.partition("/")[0], second.edtf.rpartition("/")[2]
    try:
        return When.of(first.first, second.last) if start == end else When.parse(f"{start}/{end}")
    except WhenError:
        return second


@dataclass(frozen=True, slots=True)
class TextTimes:
    """The times of one text, in order, and what they are read against: the report's `day` and, in a history, the `years` that
    it names, each with its offset.
    """

    text: str
    day: date | None
    years: tuple[tuple[int, int], ...]
    mentions: tuple[TimeMention, ...]

    @classmethod
    def of(cls, text: str, published: date | None) -> TextTimes:
        """Find and read the times of `text`, a report of `published` unless its dateline says another day."""
        day = report_day(text, published)
        found = list(_expressions(text))
        years = _told_years(found, day) if dateline(text, published) is None else ()
        return cls(text, day, years, tuple(_read_all(text, found, day, years)))

    def before(self, offset: int) -> When | None:
        """The last definite day or stretch that the text gives before `offset`."""
        told = None
        for mention in self.mentions:
            if mention.span.end > offset:
                break
            told = mention.when if mention.when is not None and mention.kind != "vague" else told
        return told

    def resolve(self, span: Span, *, sentence: str = "", planned: bool | None = None) -> When | None:
        """The days that the words in `span` mean here; see `resolve`."""
        told, year = self.before(span.start), _year_at(self.years, span.start)
        return resolve(span.of(self.text), self.day, sentence=sentence, planned=planned, before=told, year=year)


def find_times(text: str, published: date | None) -> list[TimeMention]:
    """The times that `text` says, from left to right, not overlapping, read against its dateline or else `published`."""
    return list(TextTimes.of(text, published).mentions)


@dataclass(frozen=True, slots=True)
class _Expression:
    """Atoms that say one time together, and where their words begin and end."""

    start: int
    end: int
    atoms: tuple[re.Match[str], ...]


def _expressions(text: str) -> Iterator[_Expression]:
    """The atoms of `text`, those that say one time taken together, each with the words that lead it."""
    group: list[re.Match[str]] = []
    floor = 0
    for atom in atoms(text):
        if group and not _belongs(text, group[-1], atom):
            expression = _led(text, floor, group)
            yield expression
            floor, group = expression.end, []
        group.append(atom)
    if group:
        yield _led(text, floor, group)


def _belongs(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    if two.start() - one.end() > 24:
        return False
    if (one.lastgroup in _WEAK) != (two.lastgroup in _WEAK) or one.lastgroup == "deictic":
        return _JOINED.fullmatch(text, one.end(), two.start()) is not None
    return one.lastgroup == two.lastgroup and _RANGE.fullmatch(text, one.end(), two.start()) is not None


def _led(text: str, floor: int, group: list[re.Match[str]]) -> _Expression:
    first = group[0].start()
    low = max(floor, first - _LEAD_CHARS)
    lead = _SINCE_CLAUSE.search(text, low, first) or _LEAD.search(text, low, first)
    since = lead and _SINCE.search(text, lead.start(), first)
    lead = since or lead
    return _Expression(lead.start() if lead else first, group[-1].end(), tuple(group))


def _read_all(
    text: str, found: Sequence[_Expression], day: date | None, years: Sequence[tuple[int, int]]
) -> Iterator[TimeMention]:
    told: When | None = None
    for expression in found:
        low = max(expression.start - CLAUSE, 0)
        sentence = max(text.rfind(". ", low, expression.start), text.rfind("\n", low, expression.start), low)
        planned = _FUTURE.search(text, sentence, expression.start) is not None
        reading = Reading(day, _year_at(years, expression.start), planned, told)
        when = _combine(text, expression.start, expression.atoms, reading)
        kind = next((atom.lastgroup for atom in expression.atoms if atom.lastgroup not in _WEAK), expression.atoms[0].lastgroup)
        yield TimeMention(Span(expression.start, expression.end), when, _KINDS[kind or ""])
        if when is not None and kind != "day_part":
            told = when


def _told_years(found: Sequence[_Expression], day: date | None) -> tuple[tuple[int, int], ...]:
    """Where a history names a year, (offset, year): dates without one are of the year named last. Empty for news, in which
    days without a year are few or fit the weeks before the report, or the report's own week is spoken of as often as full
    dates of years that are over.
    """
    if day is None:
        return ()
    years: list[tuple[int, int]] = []
    now = 0
    without: list[bool] = []
    for expression in found:
        for atom in expression.atoms:
            if atom.lastgroup in ("day_month", "month_day", "month"):
                when = read(atom, Reading(None))
                if when is not None and when.first is not None and when.first != day:
                    years.append((expression.start, when.first.year))
                elif when is None and atom.lastgroup != "month":
                    near = read(atom, Reading(day))
                    without.append(near is not None and near.first is not None and 0 <= (day - near.first).days <= RECENT_DAYS)
            elif atom.lastgroup in ("weekday", "deictic"):
                now += 1
    over = sum(year < day.year for _, year in years)
    history = over > max(now, len(years) // 2) and len(without) >= CHRONICLE and 2 * sum(without) < len(without)
    return tuple(years) if history else ()


def _year_at(years: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The year named last before `offset`, or else first after it; None where none is told."""
    index = bisect_right(years, (offset, 0))
    return years[max(index - 1, 0)][1] if years else None
