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
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from warledger.core import Span, When
from warledger.errors import WhenError
from warledger.extract.times_atoms import read
from warledger.extract.times_combine import RANGE, SINCE, WEAK, combine
from warledger.extract.times_dateline import dateline
from warledger.extract.times_grammar import PATTERNS, atoms
from warledger.extract.times_reading import Reading, Until

Kind = Literal["date", "weekday", "relative", "counted", "linked", "vague"]
"""How a time is said: by the calendar, by a weekday, by the report's day ("last week"), by a count ("eight days ago"), by
another time of the text ("the next day"), or indefinitely ("recently")."""

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(PATTERNS, "relative"),
    **dict.fromkeys(
        ("iso", "numeric", "day_month", "month_day", "month", "season", "decade", "years", "year", "of_month"), "date"
    ),
    **dict.fromkeys(("ago", "back", "ahead", "lasting", "nth_day"), "counted"),
    **dict.fromkeys(("later", "next_day", "that_day", "then"), "linked"),
    "weekday": "weekday",
    "vague": "vague",
}
CLAUSE: Final = 160
"""Characters before an expression in which a sign of the future is looked for."""
RECENT_DAYS = 45
"""A day without a year that lies so shortly before the report is read as news, not as one of a history's."""
CHRONICLE: Final = 3
"""Days without a year that a text must name to be read as a history."""
MAX_WORDS: Final = 400
"""Characters: no expression of time is longer; of a longer one only the beginning is read."""

_FUTURE: Final = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were)\s+(?:due|set|expected|scheduled|likely|planned|to)|due\s+to\s+(?:be|begin|start|take|meet|hold|end|expire|arrive|visit)|to\s+be\s+held|to\s+begin|"
    r"to\s+start|scheduled|ahead\s+of|plans?\s+(?:to|for)|intends?|hopes?\s+to|upcoming|envisages)\b",
    re.IGNORECASE,
)

_WITH: Final = re.compile(r",?\s+(?:with|when|after)\b[^.;,]*")
_RECORD: Final = re.compile(
    r"\b(?:first|only|most|worst|deadliest|biggest|largest|heaviest|strongest|highest|lowest|fiercest|bloodiest)\b[^.;,]*$",
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
    """Words of a text that say a time; `when` is None where they give no definite days. `cores` are its parts without the
    words that lead and join them, and without the time of day: "11 May" and "13 May" of "from 11 May at dawn to 13 May";
    `since` says that "since" leads it.
    """

    span: Span
    when: When | None
    kind: Kind
    cores: tuple[Span, ...]
    since: bool


def resolve(
    words: str,
    published: date | None,
    *,
    sentence: str = "",
    planned: bool | None = None,
    before: When | None = None,
    year: int | None = None,
    until: Until = "",
) -> When | None:
    """The days that `words` mean in a report of `published`; None where they give none.

    The words may be a little too long or short ("on Thursday", "Thursday", "since the start of the offensive eight days ago").
    `planned` says whether the clause is about the future; without it the `sentence` is looked through for signs of one.
    `before` is the time that the text gave last, for "the next day"; `year` the year that a history is telling, for dates
    without one; `until` how far "since" reaches.
    """
    words = words.strip()[:MAX_WORDS]
    try:
        return When.parse(words)
    except WhenError:
        pass
    if planned is None:
        planned = _is_planned(sentence, words)
    return _told(words, Reading(published, year, planned, before, until))


@lru_cache(maxsize=4096)
def _told(words: str, reading: Reading) -> When | None:
    """What `words` that are an expression of time mean: several claims of a report often have the same."""
    return combine(words, 0, list(atoms(words, alone=True)), reading)


def _is_planned(sentence: str, words: str) -> bool:
    """Whether a sign of the future stands in front of `words` in their sentence."""
    at = sentence.find(words) if words else -1
    return at > 0 and _FUTURE.search(sentence, max(at - CLAUSE, 0), at) is not None


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
        written = dateline(text, published)
        day = written or published
        found = list(_expressions(text))
        years = _told_years(found, day) if written is None else ()
        return cls(text, day, years, tuple(_read_all(text, found, day, years)))

    def before(self, offset: int) -> When | None:
        """The last definite day or stretch that the text gives before `offset`."""
        for mention in reversed(self.mentions[: bisect_right(self.mentions, offset, key=lambda m: m.span.end)]):
            if mention.when is not None and mention.kind != "vague":
                return mention.when
        return None

    def within(self, start: int, end: int) -> tuple[TimeMention, ...]:
        """The times that begin from `start` up to `end`."""
        first, stop = (bisect_left(self.mentions, at, key=lambda m: m.span.start) for at in (start, end))
        return self.mentions[first:stop]

    def resolve(
        self, span: Span, *, sentence: str = "", planned: bool | None = None, trigger: Span | None = None, until: Until = ""
    ) -> When | None:
        """The days that the words in `span` mean here, as the time of what `trigger` tells; see `resolve`."""
        told, year = self.before(span.start), _year_at(self.years, span.start)
        words = self.whole(span, trigger).of(self.text)
        return resolve(words, self.day, sentence=sentence, planned=planned, before=told, year=year, until=until)

    def whole(self, span: Span, trigger: Span | None = None) -> Span:
        """`span` with all of the time that it is a part of: "October 2" for "October". "Since" is read with it where
        `trigger` stands before, and left out where that tells of the beginning: "since protests began in March 2011".
        """
        mention = self.at(span)
        if mention is None:
            return span
        touched = [core for core in mention.cores if core.overlaps(span)] or mention.cores
        start, end = min(span.start, touched[0].start), max(span.end, touched[-1].end)
        if trigger is not None and mention.since and self.begins(mention, trigger):
            start = mention.cores[0].start
        elif trigger is not None and mention.since and trigger.start < mention.span.start:
            start = min(start, mention.span.start)
        return Span(start, end)

    def at(self, span: Span) -> TimeMention | None:
        """The time that shares words with `span`."""
        index = bisect_right(self.mentions, span.start, key=lambda m: m.span.end)
        return next((m for m in self.mentions[index : index + 1] if m.span.overlaps(span)), None)

    def begins(self, mention: TimeMention, trigger: Span) -> bool:
        """Whether `trigger` tells of what a time led by "since" begins with: "since it was seized in May", "since 2011 when
        protests began".
        """
        if mention.span.start <= trigger.start < mention.span.end:
            return True
        return trigger.start >= mention.span.end and _WITH.fullmatch(self.text, mention.span.end, trigger.start) is not None

    def is_record(self, mention: TimeMention) -> bool:
        """Whether "since" only says how long a record has stood: "the worst attack since 2016"."""
        low = max(mention.span.start - CLAUSE, 0)
        return mention.since and _RECORD.search(self.text, low, mention.span.start) is not None


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
    if (one.lastgroup in WEAK) != (two.lastgroup in WEAK) or one.lastgroup == "deictic":
        return _JOINED.fullmatch(text, one.end(), two.start()) is not None
    return one.lastgroup == two.lastgroup and RANGE.fullmatch(text, one.end(), two.start()) is not None


def _led(text: str, floor: int, group: list[re.Match[str]]) -> _Expression:
    first = group[0].start()
    low = max(floor, first - _LEAD_CHARS)
    lead = _SINCE_CLAUSE.search(text, low, first) or _LEAD.search(text, low, first)
    since = lead and SINCE.search(text, lead.start(), first)
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
        when = combine(text, expression.start, expression.atoms, reading)
        strong = [atom for atom in expression.atoms if atom.lastgroup not in WEAK] or expression.atoms
        kind, cores = strong[0].lastgroup, tuple(Span(*atom.span()) for atom in strong)
        since = SINCE.search(text, expression.start, cores[0].start) is not None
        yield TimeMention(Span(expression.start, expression.end), when, _KINDS[kind or ""], cores, since)
        if when is not None and kind not in ("day_part", "now"):
            told = when


def _told_years(found: Sequence[_Expression], day: date | None) -> tuple[tuple[int, int], ...]:
    """Where a history names a year, (offset, year): dates without one are of the year named last. Empty for news, in which
    days without a year are few or mostly fit the weeks before the report, or the report's own week is spoken of as often as
    full dates of years that are over. Where only such dates are spoken of, one day that does not fit is enough.
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
    told_of_now = now or over < len(years)
    fits = 2 * sum(without) >= len(without) if told_of_now else all(without)
    history = over > max(now, len(years) // 2) and len(without) >= CHRONICLE and not fits
    return tuple(years) if history else ()


def _year_at(years: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The year named last before `offset`, or else first after it; None where none is told."""
    index = bisect_right(years, (offset, 0))
    return years[max(index - 1, 0)][1] if years else None
