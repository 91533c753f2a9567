"""Attributions in the manner of PolNeAR: who is quoted (source), with which words (cue), and what is said (content).

The source is the actor mention that stands nearest to the reporting word; that is what the extractor tags. The content is
approximated: the clause behind a cue, or before one that follows its quotation, with no reading of its inner structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warledger.core import Span

Json = Mapping[str, Any]
FIELDS: Final = ("source", "cue", "content")
EAGER: Final = {"cue": 6.5, "actor": 2.0}
"""The read-out: how much more readily reporting words and actors are tagged here than for claims, where only the voices of
claims on war are wanted. Chosen on a tenth of the corpus's training texts."""
NEAR: Final = 80
"""A speaker stands within so many characters of the reporting word."""
_SAID: Final = re.compile(r"\b(?:said|says|told|according to)\b")
_NAME: Final = re.compile(r"\b[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*)*")
_SENTENCE: Final = re.compile(r"\S[^\n]*?(?:[.!?][\"”’]?(?=\s)|(?=\n)|$)")
_LEAD: Final = re.compile(r"[\s,:]*")
_TRAIL: Final = re.compile(r"[\s,.;:—–-]*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; `source` and `content` are None where none was found."""

    cue: Span
    source: Span | None = None
    content: Span | None = None


def attributions(text: str, sentences: Sequence[Span], cues: Iterable[Span], actors: Sequence[Span]) -> list[Attribution]:
    """One attribution for each of `cues`, with the nearest of `actors` in its sentence and the clause that is reported."""
    found = []
    for cue in cues:
        sentence = next((s for s in sentences if s.start <= cue.start < s.end), cue)
        near = [a for a in actors if a.overlaps(sentence) and not a.overlaps(cue)]
        source = _source(cue, near)
        found.append(Attribution(cue, source, _content(text, sentence, cue, source)))
    return found


def _source(cue: Span, actors: Sequence[Span]) -> Span | None:
    """The actor closest to the cue, before it rather than behind it where both are as close."""
    distances = [(max(cue.start - a.end, a.start - cue.end), a.start > cue.start, a) for a in actors]
    near = [row for row in distances if row[0] <= NEAR]
    return min(near)[2] if near else None


def _content(text: str, sentence: Span, cue: Span, source: Span | None) -> Span | None:
    """The clause behind cue and source, or the one before them where that is longer."""
    first, last = (min(cue.start, source.start), max(cue.end, source.end)) if source else (cue.start, cue.end)
    behind = _trimmed(text, last, sentence.end)
    before = _trimmed(text, sentence.start, first)
    return max((s for s in (behind, before) if s), key=lambda s: (len(s), s.start), default=None)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    tail = _TRAIL.search(text[start:end])
    end = start + tail.start() if tail else end
    return Span(start, end) if start < end else None


def trivial_tags(text: str) -> tuple[list[Span], list[Span], list[Span]]:
    """The trivial baseline's sentences, reporting words ("said", "told", "according to") and actors (capitalised words)."""
    return tuple([Span(*m.span()) for m in pattern.finditer(text)] for pattern in (_SENTENCE, _SAID, _NAME))  # type: ignore[return-value]


def score(gold: Sequence[Sequence[Json]], found: Sequence[Sequence[Attribution]]) -> dict[str, float]:
    """Exact F1 of the distinct spans of each field over all texts: a gold field of several parts is right part by part."""
    figures = {}
    for field in FIELDS:
        right = all_gold = all_found = 0
        for attributed, mine in zip(gold, found, strict=True):
            wanted = {(a, b) for row in attributed for a, b in row.get(field, ())}
            have = {(s.start, s.end) for row in mine if (s := getattr(row, field)) is not None}
            right += len(wanted & have)
            all_gold += len(wanted)
            all_found += len(have)
        figures[field] = 2 * right / max(1, all_gold + all_found)
    return figures
