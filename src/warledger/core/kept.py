"""Records as a ledger keeps them, read again: what `codec.to_json` wrote of a record that `codec.from_json` had checked.

Reading a ledger through is reading records, so nothing is checked here but that every quote stands in the text. The ledger
makes sure by its checksums that the JSON is what was written; all that comes from elsewhere is for `codec.from_json`.
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


def from_kept(row: Json, document: Document, extractor: str) -> Record:
    """The record that `row` was made of. Raises RecordError where a quote is not what the document has."""
    return Record(
        document.id,
        tuple([_actor(one, document.text) for one in row["actors"]]),
        tuple([_place(one, document.text) for one in row["places"]]),
        tuple([_claim(one, document) for one in row["claims"]]),
        tuple([Relation(r["s"], r["type"], r["from"], r["to"], r.get("ended", False)) for r in row["relations"]]),
        extractor,
    )


def _mentions(spans: Sequence[Sequence[int]], text: str) -> tuple[Mention, ...]:
    return tuple([Mention(Span(start, end), text[start:end]) for start, end in spans])


def _actor(row: Json, text: str) -> Actor:
    return Actor(row["id"], row["name"], row["kind"], _mentions(row["spans"], text), row.get("country", ""))


def _place(row: Json, text: str) -> Place:
    get = row.get
    candidates = get("candidates")
    return Place(
        row["id"],
        row["name"],
        row["kind"],
        get("country", ""),
        get("lat"),
        get("lon"),
        _mentions(row["spans"], text),
        get("precision", ""),
        get("gazetteer_id", ""),
        get("admin1", ""),
        tuple([(name, lat, lon, score) for name, lat, lon, score in candidates]) if candidates else (),
        get("admin2", ""),
        get("admin3", ""),
    )


def _claim(row: Json, document: Document) -> Claim:
    get = row.get
    trigger = _evidence(row["span"], row["trigger"], document)
    when, when_span, figures, voice = get("when"), get("when_span"), get("figures"), get("voice")
    return Claim(
        claim_id(document.id, row["type"], trigger.span),
        document.id,
        row["s"],
        row["event"],
        row["type"],
        trigger,
        tuple(get("initiator", ())),
        tuple(get("target", ())),
        get("place", ""),
        tuple(get("also_places", ())),
        When.parse(when) if when else None,
        _evidence(when_span, row["when_text"], document) if when_span else None,
        tuple([_figure(one, document) for one in figures]) if figures else (),
        tuple([Voice(v.get("who", ""), v.get("cue", ""), v.get("channel", "")) for v in voice]) if voice else (),
        get("status", "happened"),
        get("frame", "news"),
        get("confidence"),
    )


def _figure(row: Json, document: Document) -> Figure:
    get = row.get
    since = get("since")
    return Figure(
        row["measure"],
        row["group"],
        get("low"),
        get("high"),
        _evidence(row["span"], row["text"], document),
        get("about", False),
        get("side", ""),
        get("basis", "incident"),
        When.parse(since) if since else None,
    )


def _evidence(span: Sequence[int], quote: str, document: Document) -> Evidence:
    start, end = span
    if document.text[start:end] != quote:
        raise RecordError(f"{quote[:80]!r} is not what the text has at {start}-{end}: {document.text[start:end][:80]!r}")
    return Evidence(document.id, Span(start, end), quote)
