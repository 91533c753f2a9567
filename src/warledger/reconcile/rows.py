"""Readings, comparisons and events as single rows, from which what is near something can be found without reading all.

Kinds of rows, each with its key, item and text:

- document → the key of its reading; telling → its document, crowd and whether it was read; crowd → its tellings;
- filed: word of blocking → documents; met: telling → tellings that it was compared with, and how that came out;
- told: name or id → what is told of such places, with how often; body: who → bodies, with how often;
- same: folded name → pairs of names; tied: telling → tellings that judgements speak of with it;
- event → itself, without its relations; making: event → how it was made; of: telling → its event;
- asked: question to a book → events that asked it;
- near: word of `relating.filed_under` → events; related: event → kind and event.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Protocol

from warledger.core import Event, Judgement, fold, frozen
from warledger.reconcile.blocking import entered
from warledger.reconcile.judging import event_id
from warledger.reconcile.making import Making
from warledger.reconcile.partition import Join, Part
from warledger.reconcile.places import Told
from warledger.reconcile.reading import Met, Reading
from warledger.reconcile.relating import filed_under

Row = tuple[str, str, str, str]
"""Kind, key, item, text."""
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_RELATED: Final = [field.name for field in fields(Event)].index("related")


class Rows(Protocol):
    """Rows of one whole."""

    def items(self, kind: str, key: str) -> Mapping[str, str]:
        """The texts under a key, by item, in the order of items."""

    def one(self, kind: str, key: str) -> str | None:
        """The text under a key that has one item, the empty one; None if there is none."""

    def count(self, kind: str, key: str) -> int:
        """How many items there are under a key."""

    def put(self, rows: Iterable[Row]) -> None:
        """Keep rows, in the place of those that have the same kind, key and item."""

    def drop(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Throw rows away, by kind, key and item."""


def text_of(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """A value as compact JSON."""
    return _encode(value)


def of_reading(reading: Reading, key: str) -> Iterator[Row]:
    """The rows of one document, `key` standing for its reading, but for those that count."""
    document = reading.document
    yield "document", document, "", key
    words: set[str] = set()
    for filing in reading.filings:
        yield "telling", filing.telling, "", text_of([document, filing.crowd, filing.read])
        yield "crowd", filing.crowd, filing.telling, ""
        words |= entered(filing)
    yield from (("filed", word, document, "") for word in sorted(words))
    for met in reading.inner:
        yield from of_met(met, inner=True)
    for pair in reading.same_names:
        yield from (("same", fold(name), text_of(pair), "") for name in pair)


def of_met(met: Met, *, inner: bool = False) -> tuple[Row, Row]:
    """How two tellings compare, from both ends."""
    text = text_of([met.score, met.apart, inner])
    return ("met", met.left, met.right, text), ("met", met.right, met.left, text)


def told_text(told: Told) -> str:
    """What is told of a place, as an item."""
    return text_of(frozen.plain(told))


def told_of(text: str) -> Told:
    """What `told_text` wrote."""
    return Told(*json.loads(text))


def told_keys(told: Told) -> list[str]:
    """The keys under which it is found what is told of a place."""
    return [f"name {told.node.name}", *([f"id {told.gazetteer_id}"] if told.gazetteer_id else [])]


def counted(readings: Iterable[Reading]) -> Counter[tuple[str, str, str]]:
    """The rows of documents that count, each with its number."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for reading in readings:
        counts.update(("body", who, body) for who, body in reading.bodies)
        for _, told in reading.places:
            counts.update(("told", key, told_text(told)) for key in told_keys(told))
    return counts


def of_ties(telling_of: Mapping[str, str], decided: Sequence[Judgement]) -> Iterator[Row]:
    """Which tellings judgements in force speak of together; `telling_of` a claim."""
    anchor = {event_id(claim): claim for claim in telling_of} if decided else {}
    for judgement in decided:
        if judgement.kind in {"same", "different"}:
            tellings = [telling_of[c] for s in judgement.subjects if (c := anchor.get(s, s)) in telling_of]
            for other in tellings[1:]:
                yield "tied", tellings[0], other, ""
                yield "tied", other, tellings[0], ""


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as it is kept, without its relations, and how it was made."""

    event: Event
    making: Making

    def rows(self, told: Callable[[str], Told]) -> list[Row]:
        """Its rows, but for the relations. What it asked of a place is what is `told` of it."""
        event, making = self.event, self.making
        part = [making.part.tellings, frozen.plain(making.part.joins)]
        return [
            ("event", event.id, "", event_text(event)),
            ("making", event.id, "", text_of([making.row, part, making.asked])),
            *(("of", telling, "", event.id) for telling in making.part.tellings),
            *(("asked", asked_key(book, question, told), event.id, "") for book, question, _ in making.asked),
            *(("near", word, event.id, "") for word in sorted(filed_under(event))),
        ]


def asked_key(book: str, question: str, told: Callable[[str], Told]) -> str:
    """The key under which events are found that asked a book a question: of a place, what is `told` of it."""
    return f"{book} {told_text(told(question)) if book == 'places' else question}"


def event_text(event: Event) -> str:
    """An event without its relations, to be kept."""
    return text_of(frozen.plain(replace(event, related=())))


def kept_event(event: str, making: str) -> KeptEvent:
    """The event of its two rows."""
    row, (tellings, joins), asked = json.loads(making)
    part = Part(tuple(tellings), tuple(Join(*join) for join in joins))
    return KeptEvent(frozen.load_one(Event, event), Making(part, row, asked))


def with_relations(event: str, related: Iterable[str]) -> Any:  # noqa: ANN401 - what JSON holds
    """The plain event (see `frozen`) of an event's row, with the items of its relations."""
    plain = json.loads(event)
    plain[_RELATED] = [item.split(" ") for item in related]
    return plain
