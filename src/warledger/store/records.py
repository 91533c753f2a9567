"""The tables of extraction records and of the claims in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from warledger.core import Document, Record, Run
from warledger.core.kept import from_kept
from warledger.errors import LedgerError
from warledger.store.backend import Backend
from warledger.store.clock import now
from warledger.store.current import LAST, Mark
from warledger.store.documents import PAGE
from warledger.store.rows import CLAIM_COLUMNS, DOCUMENT_COLUMNS, claim_rows, document_of, record_digest, record_json, record_of

_COLUMNS: Final = ", ".join(f"d.{name}" for name in DOCUMENT_COLUMNS)


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """That a ledger held a document at some moment, with which record; what a state of the ledger is made of."""

    document: str
    revision: int
    document_sha256: str
    record_sha256: str


class Records:
    """Records by document. A better one is a new revision; the highest revision is in force."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def add(self, document: Document, record: Record, run: Run) -> int:
        """Keep a record as the next revision, and its claims; gives the revision, 0 if the one in force says the same.

        The record is kept as it reads back. Raises RecordError where it does not fit the document.
        """
        record = record_of(record_json(record), document, record.extractor)
        text = record_json(record)
        digest = record_digest(record.extractor, text)
        revision, extractor, in_force = self._latest(record.document)
        if (extractor, in_force) == (record.extractor, digest):
            return 0
        revision += 1
        self._backend.execute(
            "INSERT INTO records (document, revision, extractor, json, sha256, added_at, run) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (record.document, revision, record.extractor, text, digest, now(), run.id),
        )
        if rows := claim_rows(record, revision):
            marks = ", ".join("?" * len(CLAIM_COLUMNS))
            self._backend.execute_many(f"INSERT INTO claims ({', '.join(CLAIM_COLUMNS)}) VALUES ({marks})", rows)
        return revision

    def _latest(self, document: str) -> tuple[int, str, str]:
        row = self._backend.one(
            "SELECT revision, extractor, sha256 FROM records WHERE document = ? ORDER BY revision DESC LIMIT 1", (document,)
        )
        return (0, "", "") if row is None else (int(row[0] or 0), str(row[1]), str(row[2]))

    def extractor_of(self, document: str) -> str:
        """What made the record in force; empty where there is none."""
        return self._latest(document)[1]

    def revisions(self, document: str) -> list[tuple[int, str, str]]:
        """Each revision of a document's record: its number, what made it, when it was added."""
        sql = "SELECT revision, extractor, added_at FROM records WHERE document = ? ORDER BY revision"
        return [(int(r or 0), str(e), str(a)) for r, e, a in self._backend.rows(sql, (document,))]

    def get(self, document: Document, revision: int | None = None) -> Record | None:
        """A document's record: the one in force, or that of a revision; None where there is none.

        Raises LedgerError where what is kept does not fit the document.
        """
        which = "" if revision is None else "AND revision = ?"
        row = self._backend.one(
            f"SELECT json, extractor FROM records WHERE document = ? {which} ORDER BY revision DESC LIMIT 1",
            (document.id,) if revision is None else (document.id, revision),
        )
        return None if row is None else _read(str(row[0]), document, str(row[1]))

    def held(self, *, as_of: date | None = None, recorded: str | None = None, upto: Mark | None = None) -> list[Held]:
        """What the ledger held, by document id: documents published by `as_of`, only rows added by `recorded`, and only those
        that were there at the mark `upto`.

        A document without a date of publication is held only where `as_of` is None. `recorded` is written as by `clock.now`.
        """
        sql = (
            "SELECT d.id, r.revision, d.sha256, r.sha256 FROM documents d JOIN records r ON r.document = d.id "
            "WHERE r.revision = "
            "(SELECT MAX(l.revision) FROM records l WHERE l.document = d.id AND l.added_at <= ? AND l.seq <= ?) "
            "AND d.added_at <= ? AND d.seq <= ? AND (? = '' OR d.published <= ?) ORDER BY d.id"
        )
        moment, day = recorded or "~", as_of.isoformat() if as_of is not None else ""
        last = (LAST, LAST) if upto is None else (upto.records, upto.documents)
        rows = self._backend.rows(sql, (moment, last[0], moment, last[1], day, day))
        return [Held(str(d), int(revision or 0), str(sha), str(record_sha)) for d, revision, sha, record_sha in rows]

    def held_of(self, document: str) -> Held | None:
        """What the ledger holds of one document now; None if nothing."""
        sql = (
            "SELECT r.revision, d.sha256, r.sha256 FROM documents d JOIN records r ON r.document = d.id "
            "WHERE d.id = ? ORDER BY r.revision DESC LIMIT 1"
        )
        row = self._backend.one(sql, (document,))
        return None if row is None else Held(document, int(row[0] or 0), str(row[1]), str(row[2]))

    def __contains__(self, document: object) -> bool:
        return self._backend.one("SELECT 1 FROM records WHERE document = ?", (str(document),)) is not None

    def documents(self, since: str = "", most: int = LAST) -> Iterator[str]:
        """The documents that have a record, by id, from `since` on."""
        sql = "SELECT DISTINCT document FROM records WHERE document >= ? ORDER BY document LIMIT ?"
        return (str(document) for (document,) in self._backend.rows(sql, (since, most)))

    def in_force(self, documents: Iterable[str]) -> Iterator[tuple[Document, Record]]:
        """Those of some documents that have a record, with the one in force, by id a page at a time.

        Raises LedgerError for a record that does not fit its document.
        """
        left = iter(documents)
        while page := list(islice(left, PAGE)):
            sql = (
                f"SELECT r.json, r.extractor, r.sha256, {_COLUMNS} FROM documents d JOIN records r ON r.document = d.id "
                f"WHERE d.id IN ({', '.join('?' * len(page))}) "
                "AND r.revision = (SELECT MAX(l.revision) FROM records l WHERE l.document = d.id) ORDER BY d.id"
            )
            for text, extractor, digest, *row in self._backend.rows(sql, page):
                document = document_of(tuple(row))
                yield document, _read_kept(str(text), document, str(extractor), str(digest))

    def came_after(self, mark: Mark) -> list[str]:
        """The documents of which a record came after a mark."""
        return [str(d) for (d,) in self._backend.rows("SELECT DISTINCT document FROM records WHERE seq > ?", (mark.records,))]

    def read(self, held: Iterable[Held]) -> Iterator[tuple[Document, Record]]:
        """The documents and records that `held` names, in its order, a page at a time.

        Raises LedgerError for a record that is not the one that was held, or does not fit its document.
        """
        page: list[Held] = []
        for one in held:
            page.append(one)
            if len(page) == PAGE:
                yield from self._read_page(page)
                page = []
        yield from self._read_page(page)

    def _read_page(self, page: list[Held]) -> Iterator[tuple[Document, Record]]:
        if not page:
            return
        # The page stands first, so that each of its records is looked up: pairs asked for by IN have SQLite read every record.
        sql = (
            f"WITH wanted (document, revision) AS (VALUES {', '.join(['(?, ?)'] * len(page))}) "
            f"SELECT r.json, r.extractor, {_COLUMNS} FROM wanted w "
            "JOIN records r ON r.document = w.document AND r.revision = w.revision JOIN documents d ON d.id = w.document"
        )
        digests = {one.document: one.record_sha256 for one in page}
        found = {}
        for text, extractor, *row in self._backend.rows(sql, [x for one in page for x in (one.document, one.revision)]):
            document = document_of(tuple(row))
            found[document.id] = document, _read_kept(str(text), document, str(extractor), digests[document.id])
        for one in page:
            yield found[one.document]

    def documents_of_claim(self, claim_prefix: str) -> list[tuple[str, str]]:
        """The claims whose id begins with `claim_prefix`, each with its document, by claim id."""
        sql = "SELECT DISTINCT id, document FROM claims WHERE id >= ? AND id < ? ORDER BY id"
        return [(str(c), str(d)) for c, d in self._backend.rows(sql, (claim_prefix, claim_prefix + "~"))]

    def places_of_claim(self, claim: str) -> list[tuple[str, int, str, int, int]]:
        """Where a claim stands: document, revision, type, and its trigger's span; a row for each revision that has it."""
        sql = 'SELECT document, revision, type, start, "end" FROM claims WHERE id = ? ORDER BY revision'
        return [(str(d), int(r or 0), str(t), int(s or 0), int(e or 0)) for d, r, t, s, e in self._backend.rows(sql, (claim,))]

    def claims_at(self, document: str, revision: int, start: int, end: int) -> list[tuple[str, str, int, int]]:
        """The claims of a revision whose trigger overlaps a span: id, type and the trigger's own span."""
        sql = (
            'SELECT id, type, start, "end" FROM claims '
            'WHERE document = ? AND revision = ? AND start < ? AND "end" > ? ORDER BY id'
        )
        rows = self._backend.rows(sql, (document, revision, end, start))
        return [(str(i), str(t), int(s or 0), int(e or 0)) for i, t, s, e in rows]


def _read(text: str, document: Document, extractor: str) -> Record:
    try:
        return record_of(text, document, extractor)
    except ValueError as error:
        raise _unfit(document, error) from error


def _read_kept(text: str, document: Document, extractor: str, digest: str) -> Record:
    """The record, which was checked before it was kept: that it is the same, its checksum tells."""
    try:
        if record_digest(extractor, text) != digest:
            raise ValueError(f"its text has another checksum than {digest}")
        return from_kept(json.loads(text), document, extractor)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _unfit(document, error) from error


def _unfit(document: Document, error: Exception) -> LedgerError:
    return LedgerError(
        f"the record of document {document.id} does not fit it: {error}; `warledger verify` tells all that is wrong"
    )
