"""Extraction records to and from the JSON of the annotation guide (DESIGN.md, *Extraction record*).

`to_json` leaves out what is empty or has its default; `from_json` checks every value and resolves every span against the text.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from warledger.core.claim import Actor, Claim, Figure, Mention, Place, Record, Relation, Voice, claim_id
from warledger.core.document import Document
from warledger.core.span import Evidence, Span
from warledger.core.when import When
from warledger.errors import InputError, RecordError

Json = Mapping[str, Any]
T = TypeVar("T")

MAX_COUNT = 10_000_000_000
"""No count of people or things in a report is larger than the world's population; more is a misreading."""
MAX_SHOWN = 10**30
"""A larger whole number is not written out in a message."""


def to_json(record: Record, label: str) -> dict[str, Any]:
    """The record as the guide writes it, under the document's `label`."""
    return {
        "doc": label,
        "actors": [_actor_out(a) for a in record.actors],
        "places": [_place_out(p) for p in record.places],
        "claims": [_claim_out(c) for c in record.claims],
        "relations": [
            {"s": r.sentence, "type": r.type, "from": r.source, "to": r.target} | ({"ended": True} if r.ended else {})
            for r in record.relations
        ],
    }


def _mentions_out(mentions: Sequence[Mention]) -> dict[str, Any]:
    forms = sorted({m.text for m in mentions}, key=lambda t: (-len(t), t))
    return {"mentions": forms, "spans": [[m.span.start, m.span.end] for m in sorted(mentions)]}


def _actor_out(actor: Actor) -> dict[str, Any]:
    out: dict[str, Any] = {"id": actor.id, "name": actor.name, "kind": actor.kind}
    if actor.country:
        out["country"] = actor.country
    return out | _mentions_out(actor.mentions)


def _place_out(place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {"id": place.id, "name": place.name, "kind": place.kind}
    for field in ("country", "lat", "lon", "precision", "gazetteer_id", "admin1", "admin2", "admin3"):
        if getattr(place, field) not in (None, ""):
            out[field] = getattr(place, field)
    if place.candidates:
        out["candidates"] = [list(c) for c in place.candidates]
    return out | _mentions_out(place.mentions)


def _claim_out(claim: Claim) -> dict[str, Any]:
    out: dict[str, Any] = {
        "s": claim.sentence,
        "event": claim.event,
        "type": claim.type,
        "trigger": claim.trigger.quote,
        "span": [claim.span.start, claim.span.end],
    }
    for field in ("initiator", "target", "also_places"):
        if getattr(claim, field):
            out[field] = list(getattr(claim, field))
    if claim.place:
        out["place"] = claim.place
    if claim.when is not None:
        out["when"] = claim.when.edtf
    if claim.when_text is not None:
        out["when_text"] = claim.when_text.quote
        out["when_span"] = [claim.when_text.span.start, claim.when_text.span.end]
    if claim.figures:
        out["figures"] = [_figure_out(f) for f in claim.figures]
    if claim.voice:
        out["voice"] = [{k: x for k in ("who", "cue", "channel") if (x := getattr(v, k))} for v in claim.voice]
    if claim.status != "happened":
        out["status"] = claim.status
    if claim.frame != "news":
        out["frame"] = claim.frame
    if claim.confidence is not None:
        out["confidence"] = claim.confidence
    return out


def _figure_out(figure: Figure) -> dict[str, Any]:
    out: dict[str, Any] = {"measure": figure.measure, "group": figure.group}
    if figure.low is not None:
        out["low"] = figure.low
    if figure.high is not None:
        out["high"] = figure.high
    if figure.about:
        out["about"] = True
    if figure.side:
        out["side"] = figure.side
    if figure.basis != "incident":
        out["basis"] = figure.basis
    if figure.since is not None:
        out["since"] = figure.since.edtf
    return out | {"text": figure.words.quote, "span": [figure.words.span.start, figure.words.span.end]}


class _Reader:
    """Reads one record against one document. Every fault names the item and what was expected."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def span(self, value: object) -> Span:
        size = len(self.document.text)
        if isinstance(value, list | tuple) and len(value) == 2 and all(type(x) is int for x in value):
            start, end = value
            if 0 <= start < end <= size:
                return Span(start, end)
        raise RecordError(f"span {_shown(value)} must be [start, end] within the text's {size} characters")

    def evidence(self, row: Json, words: str, span: str) -> Evidence:
        """What stands at field `span`; the words of field `words`, if given, must be the same."""
        where = self.span(row.get(span))
        quote = where.of(self.document.text)
        if row.get(words) is not None and (said := _text(row, words)) != quote:
            raise RecordError(f"{words} {_shown(said)} is not what the text has at {where.start}-{where.end}: {_shown(quote)}")
        return Evidence(self.document.id, where, quote)

    def verbatim(self, row: Json, field: str) -> str:
        """Words that must stand in the text, wherever they do."""
        return self.in_text(_text(row, field), field)

    def in_text(self, words: str, field: str) -> str:
        if words not in self.document.text:
            raise RecordError(f"{field} {_shown(words)} is not in the text")
        return words

    def mentions(self, row: Json) -> tuple[Mention, ...]:
        for form in _list(row, "mentions"):
            self.in_text(_string(form, "mention"), "mention")
        spans = {self.span(s) for s in _list(row, "spans")}
        return tuple(Mention(s, s.of(self.document.text)) for s in sorted(spans))

    def sentence(self, row: Json) -> int:
        value = row.get("s", 0)
        if type(value) is not int or not 0 <= value <= len(self.document.text):
            raise RecordError(f"s {_shown(value)} must be the number of a sentence")
        return value

    def actor(self, row: Json) -> Actor:
        return Actor(_text(row, "id"), _text(row, "name"), _text(row, "kind"), self.mentions(row), _text(row, "country"))

    def place(self, row: Json) -> Place:
        return Place(
            id=_text(row, "id"),
            name=_text(row, "name"),
            kind=_text(row, "kind"),
            country=_text(row, "country"),
            lat=_number(row.get("lat"), "lat", -90, 90),
            lon=_number(row.get("lon"), "lon", -180, 180),
            mentions=self.mentions(row),
            precision=_text(row, "precision"),
            gazetteer_id=_text(row, "gazetteer_id"),
            admin1=_text(row, "admin1"),
            candidates=tuple(_candidate(c) for c in _list(row, "candidates")),
            admin2=_text(row, "admin2"),
            admin3=_text(row, "admin3"),
        )

    def figure(self, row: Json, actors: frozenset[str]) -> Figure:
        return Figure(
            measure=_text(row, "measure"),
            group=_text(row, "group"),
            low=_count(row, "low"),
            high=_count(row, "high"),
            words=self.evidence(row, "text", "span"),
            about=_flag(row, "about"),
            side=_known(_text(row, "side"), "side", actors),
            basis=_text(row, "basis", "incident"),
            since=_when(row, "since"),
        )

    def voice(self, row: Json, actors: frozenset[str]) -> Voice:
        who = _known(_text(row, "who"), "who", actors)
        return Voice(who, self.verbatim(row, "cue"), self.verbatim(row, "channel"))

    def claim(self, row: Json, actors: frozenset[str], places: frozenset[str]) -> Claim:
        trigger, claim_type = self.evidence(row, "trigger", "span"), _text(row, "type")
        timed = row.get("when_text") is not None or row.get("when_span") is not None
        return Claim(
            id=claim_id(self.document.id, claim_type, trigger.span),
            document=self.document.id,
            sentence=self.sentence(row),
            event=_text(row, "event") or f"{claim_type}-{trigger.span.start}",
            type=claim_type,
            trigger=trigger,
            initiator=_ids(row, "initiator", actors),
            target=_ids(row, "target", actors),
            place=_known(_text(row, "place"), "place", places),
            also_places=_ids(row, "also_places", places),
            when=_when(row, "when"),
            when_text=self.evidence(row, "when_text", "when_span") if timed else None,
            figures=_items(row, "figures", "figure", lambda f: self.figure(f, actors)),
            voice=_items(row, "voice", "voice", lambda v: self.voice(v, actors)),
            status=_text(row, "status", "happened"),
            frame=_text(row, "frame", "news"),
            confidence=_number(row.get("confidence"), "confidence", 0, 1),
        )

    def relation(self, row: Json, actors: frozenset[str]) -> Relation:
        source, target = (_text(row, end) for end in ("from", "to"))
        if source not in actors or target not in actors:
            raise RecordError("from and to must be actors of the record")
        return Relation(self.sentence(row), _text(row, "type"), source, target, _flag(row, "ended"))

    def record(self, row: Json, extractor: str) -> Record:
        actors = _items(row, "actors", "actor", self.actor)
        places = _items(row, "places", "place", self.place)
        actor_ids, place_ids = _unique([a.id for a in actors], "actor"), _unique([p.id for p in places], "place")
        claims = _items(row, "claims", "claim", lambda c: self.claim(c, actor_ids, place_ids))
        _unique([f"{c.type} at {c.span.start}-{c.span.end}" for c in claims], "claim")
        return Record(
            document=self.document.id,
            actors=actors,
            places=places,
            claims=tuple(sorted(claims, key=lambda c: (c.span, c.type))),
            relations=_items(row, "relations", "relation", lambda r: self.relation(r, actor_ids)),
            extractor=extractor,
        )


def _items(row: Json, field: str, what: str, read: Callable[[Json], T]) -> tuple[T, ...]:
    """What `read` makes of each object of the list `field`; a fault names `what` it was, and which."""
    found = []
    for number, item in enumerate(_list(row, field)):
        try:
            if not isinstance(item, Mapping):
                raise RecordError(f"must be an object, not {_shown(item)}")
            found.append(read(item))
        except InputError as error:
            raise RecordError(f"{what} {number}: {error}") from error
    return tuple(found)


def _shown(value: object) -> str:
    """`value` for a message, however long or deep it is."""
    if isinstance(value, int) and abs(value) > MAX_SHOWN:
        return f"a whole number of {value.bit_length()} bits"
    return reprlib.repr(value)


def _list(row: Json, field: str) -> Sequence[object]:
    value = row.get(field, ())
    if not isinstance(value, list | tuple):
        raise RecordError(f"{field} must be a list, not {_shown(value)}")
    return value


def _string(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise RecordError(f"{field} must be text, not {_shown(value)}")
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise RecordError(f"{field} {_shown(value)} has a lone surrogate, which no file of text can hold")
    return value


def _text(row: Json, field: str, default: str = "") -> str:
    value = row.get(field)
    return default if value is None else _string(value, field)


def _flag(row: Json, field: str) -> bool:
    value = row.get(field, False)
    if not isinstance(value, bool):
        raise RecordError(f"{field} must be true or false, not {_shown(value)}")
    return value


def _number(value: object, field: str, low: float, high: float) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise RecordError(f"{field} {_shown(value)} must be a number from {low} to {high}")
    return float(value)


def _count(row: Json, field: str) -> int | None:
    value = row.get(field)
    if value is not None and (type(value) is not int or not 0 <= value <= MAX_COUNT):
        raise RecordError(f"{field} {_shown(value)} must be a whole number from 0 to {MAX_COUNT}")
    return value


def _when(row: Json, field: str) -> When | None:
    value = _text(row, field)
    return When.parse(value) if value else None


def _known(one: str, field: str, known: frozenset[str]) -> str:
    if one and one not in known:
        raise RecordError(f"{field} {_shown(one)} is not in the record")
    return one


def _ids(row: Json, field: str, known: frozenset[str]) -> tuple[str, ...]:
    found = tuple(_string(x, field) for x in _list(row, field))
    for one in found:
        if one not in known:
            raise RecordError(f"{field} {_shown(one)} is not in the record")
    return found


def _candidate(value: object) -> tuple[str, float, float, float]:
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise RecordError(f"candidate {_shown(value)} must be [name, lat, lon, score]")
    lat, lon, score = (_number(x, f, -b, b) for x, f, b in zip(value[1:], ("lat", "lon", "score"), (90, 180, 1e9), strict=True))
    if lat is None or lon is None or score is None:
        raise RecordError(f"candidate {_shown(value)} must be [name, lat, lon, score]")
    return _string(value[0], "candidate"), lat, lon, score


def _unique(keys: list[str], what: str) -> frozenset[str]:
    if len(set(keys)) < len(keys):
        twice = next(k for n, k in enumerate(keys) if k in keys[:n])
        raise RecordError(f"{what} {keys.index(twice, keys.index(twice) + 1)}: {_shown(twice)} is there twice")
    return frozenset(keys)


def from_json(row: object, document: Document, extractor: str = "by hand") -> Record:
    """Read one record of the guide's form (with spans) against its document. Raises RecordError at the first fault."""
    try:
        if not isinstance(row, Mapping):
            raise RecordError(f"must be a JSON object, not {type(row).__name__}")
        return _Reader(document).record(row, extractor)
    except RecordError as error:
        raise RecordError(f"record of {document.label}: {error}") from error
