"""When a claim happened: by the words that its trigger is linked to, the report's day, or its event's other tellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from warledger.core import Claim, Evidence, Span, When
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import clauses, voices
from warledger.extract.event_levels import are_rivals
from warledger.extract.links import Links
from warledger.extract.reading import Reading
from warledger.extract.tagged import Tag, Trigger
from warledger.extract.times import TimeMention
from warledger.extract.times_reading import Until
from warledger.extract.undated import Undated
from warledger.extract.weighing import load_weights

_WITHIN = re.compile(r"\bwithin\b(?!\s+(?:the\s+)?(?:next|coming|past|last)\b)", re.IGNORECASE)
"""A span that counts from something else, not back from the report: "fell within three days"."""
_BESIDE = re.compile(r"(?:['’]?s)?\s*")
_OF_ANOTHER = re.compile(r"\bthe\s+\d{4}$")
"""A year that is part of another thing's name: "during the 2022 invasion"."""
_INNER = re.compile(
    r"\b(?:after|before|since|that|which|who|when|where|while|following|said|says|told|according)\b|[“\"]", re.IGNORECASE
)
"""What begins another clause than the main one."""
_BEHIND = re.compile(
    r"(?:\s+(?!(?:and|but|that|who|which|after|before|when|while|since|to|said)\b)[\w'’-]+){0,5}?\s+(?:in|on)\s*",
    re.IGNORECASE,
)
"""From a verb to the time that its clause ends with, which no word comes before that begins another clause: all of 128 such
years and days behind the verb of a training claim are its own.
"""
_ANOTHER_CLAUSE = re.compile(rf"{_INNER.pattern}|\b(?:as|told|and|but)\b|[,;]", re.IGNORECASE)
CALENDAR = frozenset({"date", "relative", "weekday"})
OVERLOOKED = 60
"""Characters from a trigger to a time of the calendar in its clause that the network does not tag. Of 33 such in training
reports that a network does not know, 17 give a day that is lacking without it, none takes a right one away, and 4 give one
where none is annotated.
"""
FRONT = 4
"""Characters of a sentence before its first word of time."""
GOING_ON: dict[str, Until] = {
    **dict.fromkeys(("agree", "besiege", "clash", "control", "offensive", "protest", "support"), "open"),
    **dict.fromkeys(("displace", "toll"), "report"),
}
"""How far "since" reaches, by type: a state goes on beyond the report, a count ends with it."""
SURE_LATER = 0.7
"""The least chance of words in a later sentence: less sure ones tell of another thing in one of three training claims."""
NEWS_DAYS = 14
"""How old news is (guide, *Claims*, `frame`): of 374 training claims of the fortnight before the report, 372 are news."""
PAST_DAYS = 21
"""How long ago what words date is over: of 59 claims beyond it that a network takes for news, 44 are background, in reports
that it never saw.
"""
UNNAMED = SPEECH_ACTS | {"agree", "control", "found", "negotiate", "protest", "support", "toll"}
"""Types of which there are many of one kind in a report, so that "the talks" need not be those told of before."""
_KNOWN = re.compile(r"(?:\b(?:the|their|its|his|her|this|that|these|those)|['’]s?)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
"""What stands before the name of a deed that the reader knows of. Of 325 such deeds without a day of their own in training
reports, where another of their type and place has one, 230 have that of the nearest and 12 the report's.
"""
LEAD_SENTENCES = 3
"""Sentences of a report in which the day of its main news is looked for."""


Told = tuple[When | None, Evidence | None]
"""The days of a claim, and the words of its own sentence that say them; None for what is not said."""


def times_of(reading: Reading) -> list[Told]:
    """When each trigger's claim happened, in order: as words say, else on the day of the report or of its main news; what is
    planned has no day that words do not say (394 of 428 such claims of training records).
    """
    said, undated = read_times(reading)
    weights = load_weights("times")
    found: list[Told] = []
    for number, (told, day) in enumerate(zip(said, days_of_undated(reading, said), strict=True)):
        may_be = told is None and day is not None and reading.tagged.triggers[number].status != "planned"
        is_of_the_day = may_be and weights.chance(undated.findings(number)) >= weights.least
        found.append(told or (day if is_of_the_day else None, None))
    return found


def read_times(reading: Reading) -> tuple[list[Told | None], Undated]:
    """What words say of each trigger's time (None: nothing), and what tells whether one is of the day's news."""
    said = [_said(reading, trigger, links) for trigger, links in zip(reading.tagged.triggers, reading.links, strict=True)]
    return said, Undated(reading, [None if told is None else told[0] for told in said], _main_day(reading, said))


def days_of_undated(reading: Reading, said: Sequence[Told | None]) -> list[When | None]:
    """Of which day each trigger is if it is of the news and no words say when: the report's for what is said, the day that the
    report leads with for what is done; in a history the time told last.
    """
    day = None if reading.times.day is None else When.of(reading.times.day, reading.times.day)
    main = _main_day(reading, said)
    found: list[When | None] = []
    last: When | None = None
    for trigger, told in zip(reading.tagged.triggers, said, strict=True):
        found.append(last if reading.times.years else main if main and trigger.type not in SPEECH_ACTS else day)
        last = told[0] if told and told[0] else last
    return found


def _said(reading: Reading, trigger: Trigger, links: Links) -> Told | None:
    """What words say of a trigger's time; None where there are none."""
    number = _linked(reading, trigger, links)
    if number is None:
        return _plain(reading, trigger)
    tag = reading.tagged.mentions["time"][number]
    spoken = _of_the_speech(reading, trigger, tag)
    if spoken is not None:
        return spoken
    is_doubtful = dict(links.roles["time"]).get(number, 1.0) <= links.none["time"]
    plain = _plain(reading, trigger) if is_doubtful and tag.sentence != trigger.sentence else None
    if plain is not None:
        return plain
    return _read(reading, trigger, tag.span, tag.sentence), reading.evidence(tag) if tag.sentence == trigger.sentence else None


def _plain(reading: Reading, trigger: Trigger) -> Told | None:
    """What is plainly said of a trigger's time, though the network makes no link: right beside it ("the May talks"), at the end
    of its clause ("broke ties in 2016"), behind it in words that the network does not see, or at the beginning of its sentence,
    where that says no other time and the trigger is the first of its main clause.
    """
    text, day = reading.document.text, str(reading.times.day)
    start, end = reading.document.sentences[trigger.sentence]
    times = [m for m in reading.times.within(start, end) if m.when is not None]
    for mention in times:
        words = mention.span.of(text)
        before = trigger.span.start >= mention.span.end
        between = text[mention.span.end : trigger.span.start] if before else text[trigger.span.end : mention.span.start]
        is_beside = not mention.since and _BESIDE.fullmatch(between) and (before or not _OF_ANOTHER.search(words))
        is_beginning = mention.since and reading.times.begins(mention, trigger.span)
        is_dateline = mention.kind == "date" and str(mention.when) == day
        is_behind = not before and not mention.since and _ends_with(reading, trigger, mention)
        is_overlooked = not before and _is_overlooked(reading, mention, between)
        is_front = before and len(times) == 1 and mention.span.start - start < FRONT and not is_dateline
        if is_beside or is_beginning or is_behind or is_overlooked or (is_front and _is_first(reading, trigger, between)):
            when = _read(reading, trigger, mention.span, trigger.sentence)
            return when, Evidence(reading.document.id, mention.span, words)
    return None


def _ends_with(reading: Reading, trigger: Trigger, mention: TimeMention) -> bool:
    """Whether the clause of a trigger that is a verb ends in the words of `mention` and tells of nothing else before them."""
    text, end, begins = reading.document.text, trigger.span.end, mention.span.start
    if not clauses.is_verb(trigger.span.of(text)) or text.endswith("-", 0, trigger.span.start):
        return False
    if any(end <= t.span.start < begins for t in reading.tagged.triggers):
        return False
    return any(_BEHIND.fullmatch(text, end, at) is not None for at in (begins, begins + len("in ")))


def _is_overlooked(reading: Reading, time: TimeMention, between: str) -> bool:
    """Whether a clause says a time behind its trigger that the network does not tag: `between` are the words between them. A
    bare year is as often another thing's.
    """
    if time.kind not in CALENDAR or time.when is None or time.when.precision == "year" or reading.times.is_record(time):
        return False
    is_seen = any(tag.span.overlaps(time.span) for tag in reading.tagged.mentions["time"])
    return not is_seen and len(between) <= OVERLOOKED and _ANOTHER_CLAUSE.search(between) is None


def _is_first(reading: Reading, trigger: Trigger, between: str) -> bool:
    """Whether a trigger is the first of its sentence, and in the main clause: `between` are the words from the sentence's
    beginning.
    """
    others = any(t.sentence == trigger.sentence and t.first < trigger.first for t in reading.tagged.triggers)
    return not others and _INNER.search(between) is None


def is_recent(reading: Reading, told: Told) -> bool:
    """Whether words of the claim's own sentence date it to the fortnight before the report."""
    when, words = told
    day = reading.times.day
    if when is None or words is None or when.first is None or day is None:
        return False
    return 0 < (day - when.first).days <= NEWS_DAYS


def is_past(reading: Reading, told: Told) -> bool:
    """Whether words of the claim's own sentence date it to more than three weeks before a report that is no history."""
    when, words = told
    day = reading.times.day
    if when is None or words is None or when.last is None or day is None or reading.times.years:
        return False
    return (day - when.last).days > PAST_DAYS


def _main_day(reading: Reading, said: Sequence[Told | None]) -> When | None:
    """The day of the news that the report leads with, where its first sentences say one: undated deeds of the news are that
    day's, while what is said of them is said on the report's.
    """
    for trigger, told in zip(reading.tagged.triggers, said, strict=True):
        is_lead = trigger.sentence < LEAD_SENTENCES and trigger.frame == "news" and trigger.status == "happened"
        if is_lead and told is not None and told[0] is not None and told[1] is not None and told[0].precision == "day":
            return told[0]
    return None


def _linked(reading: Reading, trigger: Trigger, links: Links) -> int | None:
    """The time mention (number) that says when, or None where none is likelier than all."""
    best = max(links.roles["time"], key=lambda m: (m[1], -m[0]), default=None)
    hung = clauses.time_of(reading.document.text, reading.tagged, trigger)
    away = None if best is None else reading.tagged.mentions["time"][best[0]].sentence - trigger.sentence
    if hung is not None and (best is None or away or hung == best[0] or best[1] <= links.none["time"]):
        return hung
    if best is None or (best[1] <= links.none["time"] and trigger.when != "words"):
        return None
    if away is not None and away > 0 and best[1] < SURE_LATER:
        return None
    told = reading.times.at(reading.tagged.mentions["time"][best[0]].span)
    return None if told is not None and reading.times.is_record(told) else best[0]


def _of_the_speech(reading: Reading, trigger: Trigger, tag: Tag) -> Told | None:
    """Where a time is told before a speech begins that the trigger stands in, the one that is told in the speech before the
    trigger: "rebels took the town on Saturday, and the army said on Sunday that it had driven them out".
    """
    begins = voices.speech_beside(reading.document, reading.tagged, trigger)
    if begins is None or tag.span.end > begins or tag.sentence != trigger.sentence:
        return None
    told = reading.times.within(reading.document.sentences[trigger.sentence][0], trigger.span.start)
    said = [core for mention in told if mention.when is not None for core in mention.cores if core.start > begins]
    if not said:
        return None
    when = _read(reading, trigger, said[-1], trigger.sentence)
    return when, Evidence(reading.document.id, said[-1], said[-1].of(reading.document.text))


_PLANNED = {"planned": True, "happened": False}
"""Whether a claim's day may lie ahead of the report; of other statuses the sentence tells."""


def _read(reading: Reading, trigger: Trigger, span: Span, sentence: int) -> When | None:
    if _WITHIN.search(reading.document.text, max(0, span.start - 12), span.end):
        return None
    return reading.times.resolve(
        span,
        sentence=reading.sentence(sentence),
        planned=_PLANNED.get(trigger.status),
        trigger=trigger.span,
        until=GOING_ON.get(trigger.type, ""),
    )


def retold(text: str, claims: list[Claim], foes: frozenset[tuple[str, str]] = frozenset()) -> list[Claim]:
    """Deeds that are named again ("the capture of the town") are of the day that words say of the deed named, not of the
    report's: the nearest of the same type and place that is dated, before others one told earlier; no deed of an enemy's.
    """
    dated: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.when is not None and claim.when_text is not None and claim.status == "happened":
            dated.setdefault((claim.type, claim.place), []).append(claim)
    out = []
    for claim in claims:
        told = dated.get((claim.type, claim.place), []) if _is_named_again(text, claim) else []
        told = [one for one in told if not are_rivals(one, claim, foes)]
        near = min(told, key=lambda c: (c.span > claim.span, abs(c.span.start - claim.span.start)), default=claim)
        out.append(claim if near is claim else replace(claim, when=near.when))
    return out


def _is_named_again(text: str, claim: Claim) -> bool:
    start, end = claim.span.start, claim.span.end
    return (
        claim.when is not None
        and claim.when_text is None
        and claim.type not in UNNAMED
        and not text[start:end].endswith("ed")
        and _KNOWN.search(text, max(0, start - 40), start) is not None
    )


def restated(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """A restatement takes its event's time (guide, *Time*): one without any that of the others, where those that give one agree
    best; one for which no words say the day of the news that, if words say but one of all the others. What is planned has none.
    """
    known: dict[str, Counter[str]] = {}
    worded: dict[str, set[str]] = {}
    for claim in claims:
        if claim.when is not None and claim.status == "happened":
            known.setdefault(claim.event, Counter())[claim.when.edtf] += 1
            if claim.when_text is not None:
                worded.setdefault(claim.event, set()).add(claim.when.edtf)
    out = []
    for claim in claims:
        said, told = worded.get(claim.event, set()), known.get(claim.event)
        if (
            claim.when_text is not None
            or told is None
            or (claim.when is not None and len(said) != 1)
            or claim.status == "planned"
        ):
            out.append(claim)
        else:
            edtf = next(iter(said)) if len(said) == 1 else min(told.items(), key=lambda t: (-t[1], t[0]))[0]
            out.append(replace(claim, when=When.parse(edtf)))
    return tuple(out)
