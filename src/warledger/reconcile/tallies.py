"""All the figures told of an event, each with who says so; which is part of which. Nothing is ever added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from warledger.core import Claim, Document, EventFigure, Figure, Record
from warledger.reconcile.knowledge import ActorBook
from warledger.reconcile.origins import Witness

_PARTS: Final[dict[str, frozenset[str]]] = {
    "people": frozenset(
        "civilians combatants children women elderly medics aid_workers journalists detainees refugees families other".split()
    ),
    "civilians": frozenset("children women elderly medics aid_workers journalists refugees families".split()),
    "refugees": frozenset("children women elderly families".split()),
}
"""Group → groups that can be counted within it."""
_CASUALTY_PARTS: Final = frozenset({"killed", "injured"})
_AMONG: Final = re.compile(r"\b(?:among|including|of (?:them|whom|these|those))\b", re.IGNORECASE)
"""Words between two counts by which the second is part of the first."""


def top(figure: Figure | EventFigure) -> int:
    """The largest count that the figure states: its upper bound, else its lower."""
    return figure.high if figure.high is not None else figure.low or 0


def group_holds(whole: str, part: str) -> bool:
    """Whether the group `part` can be counted within the group `whole`."""
    return part in _PARTS.get(whole, ())


def is_part(part: Figure, whole: Figure) -> bool:
    """Whether `part`, told in the same breath as `whole`, counts some of the same people: a smaller group, the same measure."""
    same = part.measure == whole.measure or (whole.measure == "casualties" and part.measure in _CASUALTY_PARTS)
    smaller = part.group in _PARTS.get(whole.group, ()) or (
        whole.measure == "casualties" != part.measure and part.group == whole.group
    )
    return same and smaller and part.basis == whole.basis and top(part) <= top(whole)


def _is_among(part: Figure, whole: Figure, text: str) -> bool:
    """Whether `part` counts one side's share of `whole`, told after it with such a word ("132 men, among them 49 soldiers")."""
    alike = (part.measure, part.group, part.basis, part.since) == (whole.measure, whole.group, whole.basis, whole.since)
    if not (alike and part.side and not whole.side and top(part) <= top(whole)):
        return False
    return _AMONG.search(text[whole.words.span.end : part.words.span.start]) is not None


def event_figures(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    records: Mapping[str, Record],
    witness: Mapping[str, Witness],
    book: ActorBook,
) -> tuple[EventFigure, ...]:
    """The figures of `claims`: what one document says twice with one voice stands once, at its first place."""
    rows: list[tuple[Claim, Figure]] = []
    seen: set[tuple[object, ...]] = set()

    def published(document: str) -> str:
        day = documents[document].published
        return day.isoformat() if day else ""

    for claim in sorted(claims, key=lambda c: (published(c.document), c.document, c.span, c.type)):
        for figure in claim.figures:
            key = (
                claim.document, witness[claim.id].name, figure.measure, figure.group, figure.low, figure.high, figure.about,
                figure.basis, figure.since, figure.side,
            )  # fmt: skip
            if key not in seen:
                seen.add(key)
                rows.append((claim, figure))

    def holds(whole: tuple[Claim, Figure], part: tuple[Claim, Figure]) -> bool:
        (beside, other), (claim, figure) = whole, part
        if beside.document != claim.document:
            return False
        if beside.sentence == claim.sentence:
            return is_part(figure, other) or _is_among(figure, other, documents[claim.document].text)
        return is_part(figure, other) and figure.since == other.since and witness[beside.id].name == witness[claim.id].name

    out = []
    for claim, figure in rows:
        wholes = [(top(other), -i, i) for i, (beside, other) in enumerate(rows) if holds((beside, other), (claim, figure))]
        record = records[claim.document]
        out.append(
            EventFigure(
                measure=figure.measure,
                group=figure.group,
                low=figure.low,
                high=figure.high,
                about=figure.about,
                basis=figure.basis,
                since=figure.since,
                side=book.canonical(record.actor(figure.side).name) if figure.side else "",
                said_by=witness[claim.id].name,
                claim=claim.id,
                published=published(claim.document),
                nested_in=min(wholes)[2] if wholes else None,
            )
        )
    return tuple(out)
