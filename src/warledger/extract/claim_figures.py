"""The counts of a claim: which figures belong to it, and what each says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from warledger.core import Evidence, Figure, Span, When
from warledger.extract import figures
from warledger.extract.figures import Bounds
from warledger.extract.figures_groups import group_beside
from warledger.extract.figures_numbers import QUANTITY
from warledger.extract.reading import Reading
from warledger.extract.tagged import Tag
from warledger.extract.times import resolve

_FIRST_SINCE = re.compile(r"\b(?:first|only|most|worst|deadliest|biggest|largest)\b[^.;,]*$", re.IGNORECASE)
"""What "since" marks a record with, not a count's beginning: "for the first time since 2016"."""

_WITH_THEIRS = re.compile(r"\s+and\s+(?:his|her)\s[\w\s-]+")
"""What makes two single people one figure: "a man and his daughter"."""
_LISTED = re.compile(r"\s*(?:,|,?\s+and|,?\s+including|\s+as\s+well\s+as)\s+")
"""What joins two figures of one list: in training 45 of 46 have the measure that is plainly told of the first."""

_SOME_OF = re.compile(
    r"\b(?:many|most|some|half|several|few|more|dozens|hundreds|thousands|majority)\s+of\s+(?:them|whom|which)\s+"
    r"(?:(?:are|were|is|was|have|has|had|been|be|being|also|refugees|people|who|attempting|trying|to|\w+ly)\s+){0,5}\Z",
    re.IGNORECASE,
)
"""What says that only a part of those counted before are meant: "3,000 people, many of whom have fled"."""

ARMED = frozenset({"state_forces", "rebel_group", "militia", "jihadist_group", "external_forces"})
OF_A_SIDE = frozenset({"combatants", "vehicles", "aircraft", "weapons"})
"""Groups whose counts are some side's."""
LOSSES = frozenset({"killed", "injured", "casualties", "missing", "detained", "destroyed"})
"""Measures of what a side suffers."""

COUNTED_BY = {
    "arrest": ("detained",),
    "abduct": ("detained", "missing"),
    "release": ("released",),
    "control": ("population", "forces"),
    "deploy": ("forces",),
    "displace": ("displaced", "returned"),
    "evacuate": ("evacuated", "displaced", "returned"),
    "protest": ("other",),
    "besiege": ("other", "in_need", "forces"),
}
"""What claims of a type count, the likeliest first: more than nineteen of twenty of their training figures. Of control it is
fighters who are the forces, and others the population (all 17 training figures).
"""

COUNTED_IN = {
    "killed": "toll airstrike attack shelling clash bombing chemical_attack suicide_bombing offensive destroy",
    "injured": "toll airstrike attack shelling clash bombing chemical_attack suicide_bombing offensive destroy",
    "casualties": "toll airstrike attack shelling clash bombing chemical_attack suicide_bombing offensive destroy",
    "forces": "deploy control withdraw offensive found clash support besiege",
    "displaced": "displace",
    "returned": "displace evacuate",
    "detained": "arrest abduct",
    "destroyed": "destroy airstrike",
    "released": "release",
    "evacuated": "evacuate",
}
"""Types whose claims count a measure: 99 of 100 of its training figures. A figure goes to another only where its sentence has
none of them.
"""

HARM = frozenset({"killed", "injured", "casualties"})

_LIVES = re.compile(r"(?:their|his|her) li(?:fe|ves)", re.IGNORECASE)
"""What is lost by those counted before it, and no count: "eleven people lost their lives"."""
COUNTS_NOTHING = frozenset({"agree", "declare", "negotiate", "reject", "threaten"})
"""Types of which no claim of the training records (957) has a figure."""
THINGS = frozenset({"vehicles", "aircraft", "buildings", "weapons"})
"""Groups that are nobody: they are not arrested or displaced, whatever they are counted for."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """Words that count: tagged by the network (the numbers of their tags), and made whole."""

    span: Span
    bounds: Bounds
    tags: tuple[int, ...]


def figures_of(reading: Reading) -> dict[int, tuple[Figure, ...]]:
    """The figures of each trigger (by number) that has some, in order. A figure belongs to one claim: that of the likeliest
    trigger of its sentence.
    """
    least = min(reading.thresholds.get(k, x) for k, x in (("figure_link", 0.5), ("figure_least", 0.15)))
    chances: dict[int, dict[int, float]] = {}
    for number, links in enumerate(reading.links):
        for mention, chance in links.roles["figure"]:
            chances.setdefault(mention, {})[number] = chance
    found: dict[int, list[Figure]] = {}
    sentence, last = -1, None
    for one in _all_counted(reading):
        tag = reading.tagged.mentions["figure"][one.tags[0]]
        figure = _figure(reading, one, tag, last if tag.sentence == sentence else None)
        sentence, last = tag.sentence, figure
        linked = [
            (*_counts(reading, number, one.span, figure.measure), chance, -number)
            for mention in one.tags
            for number, chance in chances.get(mention, {}).items()
            if reading.tagged.triggers[number].sentence == tag.sentence
            and reading.tagged.triggers[number].type not in COUNTS_NOTHING
            and not _is_of_some(reading, one.span, reading.tagged.triggers[number].span)
        ]
        if any(chance >= least or is_sure for is_sure, _, chance, _ in linked):
            number = -max(linked)[3]
            found.setdefault(number, []).append(_counted_by(reading, reading.tagged.triggers[number].type, figure))
    return {number: tuple(figures) for number, figures in found.items()}


def _is_of_some(reading: Reading, counted: Span, trigger: Span) -> bool:
    """Whether a trigger is told of some of those alone that words before it count. None of the five such counts of training
    reports belongs to the trigger.
    """
    return counted.end < trigger.start and _SOME_OF.search(reading.document.text, counted.end, trigger.start) is not None


def _counts(reading: Reading, number: int, counted: Span, measure: str) -> tuple[bool, int]:
    """Whether a trigger (by number) is the verb right before what is counted ("killing 12": 120 of 124 such figures of
    training records are its own), and how well its type counts that measure: 2 as most do, 1 as destruction, from which people
    die where no other claim of the sentence tells of it (4 of 62), 0 as others do.
    """
    trigger = reading.tagged.triggers[number]
    is_beside = trigger.span.end < counted.start and not reading.document.text[trigger.span.end : counted.start].strip()
    if trigger.type not in COUNTED_IN.get(measure, trigger.type).split():
        return is_beside, 0
    return is_beside, 1 if trigger.type == "destroy" and measure in HARM else 2


def _counted_by(reading: Reading, kind: str, figure: Figure) -> Figure:
    """`figure` with the measure of the type of its claim, where no verb beside it says another: "arrested five men"."""
    measures = COUNTED_BY.get(kind, (figure.measure,))
    if (
        figure.measure in measures
        or figure.group in THINGS
        or figures.plain_measure(reading.document.text, figure.words.span) is not None
    ):
        return figure
    are_forces = figure.group == "combatants" and "forces" in measures
    return replace(figure, measure="forces" if are_forces else measures[0])


def _all_counted(reading: Reading) -> list[_Counted]:
    """Everything that is counted, in order. Tags of one figure are one; words that count nothing are left out."""
    text = reading.document.text
    read = figures.find_figures(text, singles=True)
    spans: list[tuple[Span, tuple[int, ...]]] = []
    for number, tag in enumerate(reading.tagged.mentions["figure"]):
        if _LIVES.fullmatch(text, tag.span.start, tag.span.end):
            continue
        span = figures.whole(text, tag.span, read)
        tags: tuple[int, ...] = (number,)
        if spans and (spans[-1][0].overlaps(span) or _is_one_with(text, spans[-1][0], span)):
            before, earlier = spans.pop()
            span, tags = Span(min(before.start, span.start), max(before.end, span.end)), (*earlier, number)
        spans.append((span, tags))
    return [
        _Counted(span, bounds, tags)
        for span, tags in spans
        if (bounds := figures.parse(span.of(text))) is not None and not figures.counts_speakers(text, span)
    ]


def _is_one_with(text: str, one: Span, other: Span) -> bool:
    """Whether somebody of the one is counted as one figure with the other: "a man and his daughter", but not "a woman and her
    three children", whom a number of their own counts (all three and all four of such figures in training reports).
    """
    is_theirs = _WITH_THEIRS.fullmatch(text, one.end, other.end) is not None
    return is_theirs and QUANTITY.search(text, other.start, other.end) is None


def _figure(reading: Reading, one: _Counted, tag: Tag, before: Figure | None) -> Figure:
    """The figure that words say; `before` is the one that their sentence gives before it. People are not destroyed, nor things
    killed (153 and 1,831 of 1,834 training figures).
    """
    words = Evidence(reading.document.id, one.span, one.span.of(reading.document.text))
    basis, since = _basis(reading, one.span, tag)
    group = group_beside(words.quote, before.group if before else "")
    named = figures.group_of(words.quote) or group
    group = named or reading.tagged.label("group", tag.first)
    measure = _measure(reading, one.span, group, before) or reading.tagged.label("measure", tag.first)
    if group in THINGS and measure in HARM:
        measure = "destroyed"
    elif measure == "destroyed" and group not in THINGS | {"other"}:
        measure, group = ("killed", named) if named else (measure, "other")
    return Figure(
        measure=measure,
        group=group,
        low=one.bounds.low,
        high=one.bounds.high,
        words=words,
        about=one.bounds.about,
        basis=basis,
        since=since if basis == "cumulative" else None,
    )


def _measure(reading: Reading, span: Span, group: str, before: Figure | None) -> str | None:
    """What the words around a figure plainly say of those counted: in a list, what they say of the figure before it."""
    text = reading.document.text
    if group == "combatants" and figures.counts_doers(text, span):
        return "forces"
    measure = figures.plain_measure(text, span)
    if measure is None and before is not None and _LISTED.fullmatch(text, before.words.span.end, span.start):
        return figures.plain_measure(text, before.words.span)
    return measure


def dated(figures: tuple[Figure, ...], when: When | None) -> tuple[Figure, ...]:
    """`figures` of a claim of one month or year, which do not run up unless words say since when: of 71 such training figures
    one does. A day that words give may be that of the beginning ("displaced by the fighting that began on Monday").
    """
    if when is None or when.precision not in ("month", "year"):
        return figures
    return tuple(replace(f, basis="incident") if f.basis == "cumulative" and f.since is None else f for f in figures)


def sided(
    reading: Reading, figures: tuple[Figure, ...], initiator: tuple[str, ...], target: tuple[str, ...]
) -> tuple[Figure, ...]:
    """`figures` with the side whose fighters or arms they count: the armed actor that their words name, else for losses the one
    that the claim was done to, and for strength the one that did it, where that is one alone.
    """
    armed = {actor.id for actor in reading.actors.actors if actor.kind in ARMED}
    named = [
        (t.span, reading.actors.actors[o].id)
        for t, o in zip(reading.tagged.mentions["actor"], reading.actors.owner, strict=True)
    ]

    def side(figure: Figure) -> str:
        if figure.group not in OF_A_SIDE:
            return ""
        of = initiator if figure.measure == "forces" else target if figure.measure in LOSSES else ()
        own = [actor for span, actor in named if span.overlaps(figure.words.span) and actor in armed]
        alone = [actor for actor in of if actor in armed] if len(of) == 1 else []
        return next(iter(own or alone), "")

    found: list[Figure] = []
    for figure in figures:
        before = found[-1].side if found else ""
        found.append(replace(figure, side=side(figure) or group_beside(figure.words.quote, before)))
    return tuple(found)


def _basis(reading: Reading, span: Span, tag: Tag) -> tuple[str, When | None]:
    start, end = reading.document.sentences[tag.sentence]
    by_rule, since_words = figures.basis(reading.document.text, Span(start, end), span)
    basis = "cumulative" if "cumulative" in (by_rule, reading.tagged.label("basis", tag.first)) else "incident"
    if since_words and _FIRST_SINCE.search(reading.document.text[start:end].partition(since_words)[0]):
        basis, since_words = reading.tagged.label("basis", tag.first), ""
    since = resolve(since_words, reading.times.day, sentence=reading.sentence(tag.sentence)) if since_words else None
    return basis, since
