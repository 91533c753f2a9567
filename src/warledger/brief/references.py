"""Numbers for the places where statements were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from warledger.brief.model import Item, Piece, Reference, Section, Sentence
from warledger.brief.quoting import sentence_span
from warledger.core import Claim, View


class References:
    """Gives each claim a number at its first use and keeps what the number stands for."""

    def __init__(self, view: View, limit: int) -> None:
        self._view = view
        self._limit = limit
        self._numbers: dict[str, int] = {}
        self._found: list[Reference] = []

    @property
    def all(self) -> tuple[Reference, ...]:
        """Every reference given out, by number."""
        return tuple(self._found)

    def marks(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The numbers for these claims, at most the limit: first one a document, then further sentences; no sentence twice."""
        unique: dict[tuple[str, int], Claim] = {}
        for claim in claims:
            unique.setdefault((claim.document, sentence_span(claim, self._view).start), claim)
        first = {claim.document: claim for claim in reversed(list(unique.values()))}
        chosen = [claim for claim in unique.values() if first[claim.document] is claim]
        chosen += [claim for claim in unique.values() if first[claim.document] is not claim]
        return tuple(sorted(self._number(claim) for claim in chosen[: self._limit]))

    def _number(self, claim: Claim) -> int:
        if claim.id not in self._numbers:
            self._numbers[claim.id] = len(self._found) + 1
            self._found.append(self._reference(claim, len(self._found) + 1))
        return self._numbers[claim.id]

    def _reference(self, claim: Claim, number: int) -> Reference:
        document = self._view.documents.get(claim.document)
        span = sentence_span(claim, self._view)
        evidence = [claim.span, *(f.words.span for f in claim.figures)]
        if claim.when_text is not None:
            evidence.append(claim.when_text.span)
        marks = sorted({(e.start - span.start, e.end - span.start) for e in evidence if e.within(span)})
        merged: list[tuple[int, int]] = []
        for start, end in marks:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        event = self._view.event_of.get(claim.id)
        return Reference(
            number=number,
            words=claim.trigger.quote,
            sentence=span.of(document.text) if document is not None else claim.trigger.quote,
            marks=tuple(merged),
            document=claim.document,
            label=document.label if document is not None else claim.document,
            title=document.title if document is not None else "",
            source=document.source if document is not None else "",
            published=document.published if document is not None else None,
            url=document.url if document is not None else "",
            claim=claim.id,
            event=event.id if event is not None else "",
        )


def in_order(sections: Sequence[Section], references: Sequence[Reference]) -> tuple[tuple[Section, ...], tuple[Reference, ...]]:
    """The sections with references numbered in the order in which a reader meets them; what no sentence uses is dropped."""
    used = dict.fromkeys(n for section in sections for item in section.items for n in item.references)
    numbers = {old: new for new, old in enumerate(used, 1)}

    def sentence(one: Sentence) -> Sentence:
        pieces = (Piece(p.text, tuple(sorted(numbers[n] for n in p.references))) for p in one.pieces)
        return Sentence(tuple(pieces))

    def item(one: Item) -> Item:
        return replace(one, sentences=tuple(map(sentence, one.sentences)), positions=tuple(map(sentence, one.positions)))

    done = tuple(replace(s, groups=tuple(replace(g, items=tuple(map(item, g.items))) for g in s.groups)) for s in sections)
    return done, tuple(replace(references[old - 1], number=new) for old, new in numbers.items())
