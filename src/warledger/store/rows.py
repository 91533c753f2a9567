"""Documents, records and claims to and from the rows of their tables, with the checksums over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from warledger.core import Claim, Document, Issue, Record, codec, content_id, fold
from warledger.errors import InputError
from warledger.store.backend import Row, Value

DOCUMENT_COLUMNS: Final = (
    "id", "name", "source", "published", "title", "url", "language", "origin", "raw_sha256", "assumed", "text", "sentences",
    "author",
)  # fmt: skip
CLAIM_COLUMNS: Final = (
    "document", "revision", "id", "sentence", "event", "type", "start", '"end"', "quote", "initiator", "target", "voice",
    "place", "place_folded", "country", "admin1", "lat", "lon", "first_day", "last_day", "status", "frame", "confidence",
)  # fmt: skip
ISSUE_COLUMNS: Final = ("id", "code", '"where"', "found", "expected", "todo", "severity", "document")


def compact(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """`value` as JSON in its one shortest form: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, in hex. Raises InputError for half a surrogate pair, which is no character."""
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise InputError(f"character {error.start} is half a surrogate pair and cannot be written as UTF-8") from error


def document_row(document: Document) -> tuple[Value, ...]:
    """The values of DOCUMENT_COLUMNS."""
    return (
        document.id,
        document.name,
        document.source,
        document.published.isoformat() if document.published is not None else None,
        document.title,
        document.url,
        document.language,
        document.origin,
        document.raw_sha256,
        compact(list(document.assumed)),
        document.text,
        compact([list(pair) for pair in document.sentences]),
        document.author,
    )


def document_digest(row: Row) -> str:
    """The checksum over the values of DOCUMENT_COLUMNS; without an author over the others, as before there was that column."""
    return sha256(compact(list(row if row[-1] else row[:-1])))


def document_of(row: Row) -> Document:
    """The document that the values of DOCUMENT_COLUMNS describe."""
    ident, name, source, published, title, url, language, origin, raw_sha256, assumed, text, sentences, author = row
    return Document(
        id=str(ident),
        text=str(text),
        source=str(source),
        published=date.fromisoformat(str(published)) if published is not None else None,
        title=str(title),
        url=str(url),
        name=str(name),
        language=str(language),
        origin=str(origin),
        raw_sha256=str(raw_sha256),
        assumed=tuple(json.loads(str(assumed))),
        sentences=tuple((start, end) for start, end in json.loads(str(sentences))),
        author=str(author),
    )


def record_json(record: Record) -> str:
    """The record as it is kept: the guide's form under the document's id, in the one shortest form."""
    return compact(codec.to_json(record, record.document))


def record_digest(extractor: str, text: str) -> str:
    """The checksum over a record as it is kept, and over who made it."""
    return sha256(f"{extractor}\n{text}")


def record_of(text: str, document: Document, extractor: str) -> Record:
    """The record that was kept as `text`. Raises RecordError where it does not fit the document."""
    return codec.from_json(json.loads(text), document, extractor)


def claim_rows(record: Record, revision: int) -> list[tuple[Value, ...]]:
    """The values of CLAIM_COLUMNS for each claim of the record, by claim id."""
    actors = {actor.id: actor.name for actor in record.actors}
    return sorted((_claim_row(claim, record, revision, actors) for claim in record.claims), key=lambda row: str(row[2]))


def _claim_row(claim: Claim, record: Record, revision: int, actors: dict[str, str]) -> tuple[Value, ...]:
    place = record.place(claim.place)
    first = claim.when.first if claim.when is not None else None
    last = claim.when.last if claim.when is not None else None
    return (
        claim.document,
        revision,
        claim.id,
        claim.sentence,
        claim.event,
        claim.type,
        claim.span.start,
        claim.span.end,
        claim.trigger.quote,
        compact([actors[i] for i in claim.initiator]),
        compact([actors[i] for i in claim.target]),
        compact([actors[v.who] if v.who else "" for v in claim.voice]),
        place.name if place is not None else "",
        fold(place.name) if place is not None else "",
        place.country if place is not None else "",
        place.admin1 if place is not None else "",
        place.lat if place is not None else None,
        place.lon if place is not None else None,
        first.isoformat() if first is not None else None,
        last.isoformat() if last is not None else None,
        claim.status,
        claim.frame,
        claim.confidence,
    )


def issue_id(issue: Issue) -> str:
    """The id of an issue: all that it says, so that the same fault met twice is one row."""
    return content_id("i", *_issue_values(issue), issue.document)


def _issue_values(issue: Issue) -> tuple[str, ...]:
    return issue.code, issue.where, issue.found, issue.expected, issue.todo, issue.severity


def judgement_id(
    kind: str, subjects: Sequence[str], change: Sequence[Sequence[str]], user: str, made_at: str, reason: str
) -> str:
    """The id of a judgement. It holds the moment too: the same decision may be taken, undone and taken again."""
    return content_id("j", kind, compact(subjects), compact(change), user, made_at, reason)


def issue_row(issue: Issue) -> tuple[Value, ...]:
    """The values of ISSUE_COLUMNS."""
    return (issue_id(issue), *_issue_values(issue), issue.document or None)


def issue_of(row: Row) -> Issue:
    """The issue that the values of ISSUE_COLUMNS describe."""
    _, code, where, found, expected, todo, severity, document = row
    return Issue(str(code), str(where), str(found), str(expected), str(todo), severity, str(document or ""))  # type: ignore[arg-type]
