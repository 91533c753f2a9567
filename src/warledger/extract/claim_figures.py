"""The counts of a claim: which figures belong to it, and what each says."""

from __future__ import annotations

import re

from warledger.core import Figure, Span, When
from warledger.extract import figures
from warledger.extract.reading import Reading
from warledger.extract.tagged import Tag
from warledger.extract.times import resolve

_FIRST_SINCE = re.compile(r"\b(?:first|only|most|worst|deadliest|biggest|largest)\b[^.;,]*$", re.IGNORECASE)
"""What "since" marks a record with, not a count's beginning: "for the first time since 2016"."""


def counted(reading: Reading) -> dict[int, list[int]]:
    """The figures (numbers of their mentions) of each trigger: a figure goes to the likeliest trigger of its sentence, and to
    every one that is likely enough by itself.
    """
    best: dict[int, tuple[float, int]] = {}
    sure, least = (reading.thresholds.get(k, x) for k, x in (("figure_link", 0.5), ("figure_least", 0.15)))
    found: set[tuple[int, int]] = set()
    for number, links in enumerate(reading.links):
        for mention, chance in links.roles["figure"]:
            if reading.tagged.mentions["figure"][mention].sentence != reading.tagged.triggers[number].sentence:
                continue
            best[mention] = max(best.get(mention, (0.0, 0)), (chance, -number))
            if chance >= sure:
                found.add((number, mention))
    found |= {(-number, mention) for mention, (chance, number) in best.items() if chance >= least}
    by_trigger: dict[int, list[int]] = {}
    for number, mention in sorted(found):
        by_trigger.setdefault(number, []).append(mention)
    return by_trigger


def figures_of(reading: Reading, mentions: list[int]) -> tuple[Figure, ...]:
    """The figures of a claim, in order; `mentions` are the numbers of their words. What counts nothing is left out."""
    found: list[Figure] = []
    tags = reading.tagged.mentions["figure"]
    for mention in mentions:
        tag = tags[mention]
        words = reading.evidence(tag)
        bounds = figures.parse(words.quote)
        if bounds is None:
            continue
        basis, since = _basis(reading, tag)
        found.append(
            Figure(
                measure=reading.tagged.label("measure", tag.first),
                group=figures.group_of(words.quote) or reading.tagged.label("group", tag.first),
                low=bounds.low,
                high=bounds.high,
                words=words,
                about=bounds.about,
                basis=basis,
                since=since if basis == "cumulative" else None,
            )
        )
    return tuple(sorted(found, key=lambda f: f.words.span))


def _basis(reading: Reading, tag: Tag) -> tuple[str, When | None]:
    start, end = reading.document.sentences[tag.sentence]
    by_rule, since_words = figures.basis(reading.document.text, Span(start, end), tag.span)
    basis = "cumulative" if "cumulative" in (by_rule, reading.tagged.label("basis", tag.first)) else "incident"
    if since_words and _FIRST_SINCE.search(reading.document.text[start:end].partition(since_words)[0]):
        basis, since_words = reading.tagged.label("basis", tag.first), ""
    since = resolve(since_words, reading.times.day, sentence=reading.sentence(tag.sentence)) if since_words else None
    return basis, since
