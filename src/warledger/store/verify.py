"""Reading a ledger again, row by row: whether every quote, checksum, id and reference still holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from warledger.core import Document, Issue, document_id
from warledger.errors import InputError, LedgerError
from warledger.store.backend import Row
from warledger.store.documents import PAGE
from warledger.store.rows import (
    CLAIM_COLUMNS,
    DOCUMENT_COLUMNS,
    claim_rows,
    document_digest,
    document_of,
    issue_id,
    judgement_id,
    record_digest,
    record_json,
    record_of,
    sha256,
)

if TYPE_CHECKING:
    from warledger.store.store import Store

TODO: Final = "go back to a copy of the ledger, or add the document to a new one"


def verify(store: Store) -> Iterator[Issue]:
    """Every fault found, all as of one moment. An empty answer means that the ledger is as it was written."""
    with store.reading():
        damaged = False
        for fault in store.backend.faults():
            damaged = True
            yield Issue("damaged", store.backend.name, fault, "a whole and unchanged ledger", TODO)
        try:
            yield from chain(_documents(store), _links(store), _log(store))
        except LedgerError as error:
            if not damaged:
                yield Issue("damaged", store.backend.name, str(error), "rows that can be read", TODO)


def _fault(code: str, document: str, found: str, expected: str) -> Issue:
    return Issue(code, f"document {document}", found, expected, TODO, document=document)


def _documents(store: Store) -> Iterator[Issue]:
    after = ""
    columns = ", ".join((*DOCUMENT_COLUMNS, "text_sha256", "sha256"))
    sql = f"SELECT {columns} FROM documents WHERE id > ? ORDER BY id LIMIT {PAGE}"
    while page := list(store.backend.rows(sql, (after,))):
        last = str(page[-1][0])
        records = _by_document(
            store, f"SELECT document, revision, extractor, json, sha256 FROM records {_BETWEEN}", after, last
        )
        claims = _by_document(store, f"SELECT {', '.join(CLAIM_COLUMNS)} FROM claims {_BETWEEN}", after, last)
        for row in page:
            ident = str(row[0])
            yield from _document(row, records.get(ident, []), claims.get(ident, []))
        after = last


_BETWEEN: Final = "WHERE document > ? AND document <= ? ORDER BY document, revision, 3"


def _by_document(store: Store, sql: str, after: str, last: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in store.backend.rows(sql, (after, last)):
        found.setdefault(str(row[0]), []).append(row)
    return found


def _document(row: Row, records: list[Row], claims: list[Row]) -> Iterator[Issue]:
    *values, text_sha256, digest = row
    ident = str(values[0])
    try:
        document = document_of(tuple(values))
        if sha256(document.text) != text_sha256:
            yield _fault("text-changed", ident, "a text with another checksum", f"the text with SHA-256 {text_sha256!s}")
        elif document_digest(tuple(values)) != digest:
            yield _fault("document-changed", ident, "other words about the document", f"the row with SHA-256 {digest!s}")
        if document_id(document.text, document.source) != ident:
            found = document_id(document.text, document.source)
            yield _fault("id-changed", ident, f"text and source that give the id {found}", f"the id {ident}")
    except (ValueError, TypeError, InputError) as error:
        yield _fault("document-changed", ident, f"a row that cannot be read: {error}", f"the row with SHA-256 {digest!s}")
        return
    if not records:
        yield _fault("no-record", ident, "no extraction record", "one, be it empty")
    for number, record in enumerate(records, start=1):
        yield from _record(document, number, record, [c for c in claims if c[1] == record[1]])


def _record(document: Document, number: int, row: Row, claims: list[Row]) -> Iterator[Issue]:
    _, revision, extractor, text, digest = row
    which = f"revision {revision!s} of its record"
    if revision != number:
        yield _fault("record-missing", document.id, f"{which} where {number} should be", "every revision from 1 on")
    if record_digest(str(extractor), str(text)) != digest:
        yield _fault("record-changed", document.id, f"{which} with another checksum", f"the record with SHA-256 {digest!s}")
    try:
        record = record_of(str(text), document, str(extractor))
        if record_json(record) != text:
            yield _fault(
                "quote-changed",
                document.id,
                f"{which} quotes other words than the text has",
                "every quote as it stands in the text",
            )
        if claim_rows(record, number) != claims:
            yield _fault("claims-changed", document.id, f"claims that {which} does not give", "the claims of the record")
    except ValueError as error:
        yield _fault("quote-changed", document.id, f"{which}: {error}", "a record whose every quote stands in the text")


def _links(store: Store) -> Iterator[Issue]:
    for link in store.links:
        if link.document == link.of or not 0 <= link.similarity <= 1:
            yield _fault(
                "link-changed",
                link.document,
                f"a {link.kind} of {link.of}, similarity {link.similarity}",
                "a link to another document",
            )
    unsigned = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM signatures) ORDER BY id"
    for (ident,) in store.backend.rows(unsigned):
        yield _fault("signature-missing", str(ident), "no signature to find its copies by", "one, be it empty")


def _log(store: Store) -> Iterator[Issue]:
    for ident, issue in store.log.issues():
        if issue_id(issue) != ident:
            yield Issue(
                "issue-changed",
                f"issue {ident}",
                "other words than those it was written with",
                f"words that give the id {ident}",
                TODO,
            )
    try:
        for one in store.log.judgements():
            if judgement_id(one.kind, one.subjects, one.change, one.user, one.made_at, one.reason) != one.id:
                yield Issue(
                    "judgement-changed",
                    f"judgement {one.id}",
                    "another decision than was made",
                    f"one that gives the id {one.id}",
                    TODO,
                )
    except ValueError as error:
        yield Issue(
            "judgement-changed", "judgements", f"a row that cannot be read: {error}", "judgements as they were made", TODO
        )
