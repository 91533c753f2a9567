"""Extraction records to and from the JSON of the annotation guide (DESIGN.md, *Extraction record*).

`to_json` leaves out what is empty or has its default; `from_json` checks every value and resolves every span against the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from warledger.core.claim import Actor, Claim, Figure, Mention, Place, Record, Relation, Voice, claim_id
from warledger.core.document import Document
from warledger.core.span import Evidence, Span
from warledger.core.when import When
from warledger.errors import RecordError

Json = Mapping[str, Any]

MAX_COUNT = 10_000_000_000
"""No count of people or things in a report is larger than the world's population; more is a misreading."""


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
    for field in ("country", "lat", "lon", "precision", "gazetteer_id", "admin1"):
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
    """Reads one record against one document; every fault names the record, the item and what was expected."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def fail(self, at: str, message: str) -> RecordError:
        return RecordError(f"record of {self.document.label}: {at}: {message}")

    def span(self, value: object, at: str) -> Span:
        if (
            not isinstance(value, Sequence)
            or isinstance(value, str)
            or len(value) != 2
            or not all(isinstance(x, int) and not isinstance(x, bool) for x in value)
            or not 0 <= value[0] < value[1] <= len(self.document.text)
        ):
            raise self.fail(at, f"span {value!r} must be [start, end] within the text's {len(self.document.text)} characters")
        return Span(value[0], value[1])

    def evidence(self, value: object, words: object, at: str) -> Evidence:
        span = self.span(value, at)
        quote = span.of(self.document.text)
        if isinstance(words, str) and words != quote:
            raise self.fail(at, f"says {words!r}, but the text has {quote!r} at {span.start}-{span.end}")
        return Evidence(self.document.id, span, quote)

    def mentions(self, row: Json, at: str) -> tuple[Mention, ...]:
        spans = [self.span(s, at) for s in row.get("spans", ())]
        return tuple(sorted(Mention(s, s.of(self.document.text)) for s in set(spans)))

    def when(self, value: object, at: str) -> When | None:
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            raise self.fail(at, f"when {value!r} must be an EDTF string")
        return When.parse(value)

    def count(self, value: object, at: str) -> int | None:
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
            raise self.fail(at, f"count {value!r} must be a whole number from 0 to {MAX_COUNT}")
        return value

    def figure(self, row: Json, at: str, actors: frozenset[str]) -> Figure:
        side = str(row.get("side") or "")
        if side and side not in actors:
            raise self.fail(at, f"side {side!r} is no actor of the record")
        return Figure(
            measure=str(row.get("measure")),
            group=str(row.get("group")),
            low=self.count(row.get("low"), at),
            high=self.count(row.get("high"), at),
            words=self.evidence(row.get("span"), row.get("text"), at),
            about=bool(row.get("about", False)),
            side=side,
            basis=str(row.get("basis", "incident")),
            since=self.when(row.get("since"), at),
        )

    def claim(self, row: Json, at: str, actors: frozenset[str], places: frozenset[str]) -> Claim:
        def ids(field: str, known: frozenset[str]) -> tuple[str, ...]:
            found = tuple(str(x) for x in row.get(field, ()))
            for one in found:
                if one not in known:
                    raise self.fail(at, f"{field} {one!r} is not in the record")
            return found

        trigger = self.evidence(row.get("span"), row.get("trigger"), at)
        place = str(row.get("place") or "")
        if place and place not in places:
            raise self.fail(at, f"place {place!r} is not in the record")
        voice = tuple(Voice(*(str(v.get(k) or "") for k in ("who", "cue", "channel"))) for v in row.get("voice", ()))
        for one in voice:
            if one.who and one.who not in actors:
                raise self.fail(at, f"voice {one.who!r} is not in the record")
        sentence, confidence = row.get("s", 0), row.get("confidence")
        if not isinstance(sentence, int):
            raise self.fail(at, f"s {sentence!r} must be a whole number")
        if confidence is not None and not (isinstance(confidence, int | float) and 0 <= confidence <= 1):
            raise self.fail(at, f"confidence {confidence!r} must be from 0 to 1")
        claim_type = str(row.get("type"))
        when_text = self.evidence(row["when_span"], row.get("when_text"), at) if row.get("when_span") else None
        return Claim(
            id=claim_id(self.document.id, claim_type, trigger.span),
            document=self.document.id,
            sentence=sentence,
            event=str(row.get("event") or f"{claim_type}-{trigger.span.start}"),
            type=claim_type,
            trigger=trigger,
            initiator=ids("initiator", actors),
            target=ids("target", actors),
            place=place,
            also_places=ids("also_places", places),
            when=self.when(row.get("when"), at),
            when_text=when_text,
            figures=tuple(self.figure(f, f"{at}, figure {i}", actors) for i, f in enumerate(row.get("figures", ()))),
            voice=voice,
            status=str(row.get("status", "happened")),
            frame=str(row.get("frame", "news")),
            confidence=None if confidence is None else float(confidence),
        )

    def record(self, row: Json, extractor: str) -> Record:
        actors = tuple(
            Actor(
                str(a.get("id")),
                str(a.get("name")),
                str(a.get("kind")),
                self.mentions(a, f"actor {i}"),
                str(a.get("country") or ""),
            )
            for i, a in enumerate(row.get("actors", ()))
        )
        places = tuple(self.place(p, f"place {i}") for i, p in enumerate(row.get("places", ())))
        for table, what in ((actors, "actor"), (places, "place")):
            ids = [x.id for x in table]
            if len(ids) != len(set(ids)):
                raise self.fail(what, f"an id is used twice: {sorted({i for i in ids if ids.count(i) > 1})}")
        actor_ids, place_ids = frozenset(a.id for a in actors), frozenset(p.id for p in places)
        claims = [self.claim(c, f"claim {i}", actor_ids, place_ids) for i, c in enumerate(row.get("claims", ()))]
        unique = {c.id: c for c in reversed(claims)}
        relations = []
        for i, r in enumerate(row.get("relations", ())):
            if r.get("from") not in actor_ids or r.get("to") not in actor_ids:
                raise self.fail(f"relation {i}", "from and to must be actors of the record")
            relations.append(Relation(int(r.get("s", 0)), str(r.get("type")), r["from"], r["to"], bool(r.get("ended"))))
        return Record(
            document=self.document.id,
            actors=actors,
            places=places,
            claims=tuple(sorted(unique.values(), key=lambda c: (c.span, c.type))),
            relations=tuple(relations),
            extractor=extractor,
        )

    def place(self, row: Json, at: str) -> Place:
        lat, lon = row.get("lat"), row.get("lon")
        for value in (lat, lon):
            if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
                raise self.fail(at, f"coordinate {value!r} must be a number of degrees")
        return Place(
            id=str(row.get("id")),
            name=str(row.get("name")),
            kind=str(row.get("kind")),
            country=str(row.get("country") or ""),
            lat=None if lat is None else float(lat),
            lon=None if lon is None else float(lon),
            mentions=self.mentions(row, at),
            precision=str(row.get("precision") or ""),
            gazetteer_id=str(row.get("gazetteer_id") or ""),
            admin1=str(row.get("admin1") or ""),
            candidates=tuple((str(n), float(a), float(o), float(s)) for n, a, o, s in row.get("candidates", ())),
        )


def from_json(row: object, document: Document, extractor: str = "by hand") -> Record:
    """Read one record of the guide's form (with spans) against its document. Raises RecordError at the first fault."""
    reader = _Reader(document)
    if not isinstance(row, Mapping):
        raise reader.fail("record", f"must be a JSON object, not {type(row).__name__}")
    try:
        return reader.record(row, extractor)
    except RecordError as error:
        raise error if str(error).startswith("record of") else reader.fail("record", str(error)) from error
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        raise reader.fail("record", f"is not of the guide's form: {error}") from error
