"""The tables of documents: what was read, met again, linked, and the signatures by which copies are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from warledger.core import Document, DocumentLink, Run
from warledger.store.backend import Backend, Row
from warledger.store.clock import now
from warledger.store.current import Mark
from warledger.store.rows import DOCUMENT_COLUMNS, document_digest, document_of, document_row, sha256

PAGE: Final = 200
"""Rows held at once while all are gone through: a few megabytes of text."""

_COLUMNS = ", ".join(DOCUMENT_COLUMNS)
TRACED: Final = 0
"""The trace of every signature that has its traces."""
_SIGNED: Final = (
    f"SELECT s.seq, s.signature, {', '.join(f'd.{name}' for name in DOCUMENT_COLUMNS)} "
    "FROM signatures s JOIN documents d ON d.id = s.document"
)


class Documents:
    """Documents by id. Each is written once."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def add(self, document: Document, run: Run) -> bool:
        """Keep a document; False if it is there already. Raises InputError for a text that is no Unicode text."""
        row = document_row(document)
        marks = ", ".join("?" * (len(row) + 4))
        sql = (
            f"INSERT INTO documents ({_COLUMNS}, text_sha256, sha256, added_at, run) "
            f"VALUES ({marks}) ON CONFLICT (id) DO NOTHING"
        )
        return self._backend.execute(sql, (*row, sha256(document.text), document_digest(row), now(), run.id)) == 1

    def add_sighting(self, document: Document, run: Run) -> bool:
        """Note that a document that is there was met with other words about it; False if they are the same, or known."""
        kept = self.get(document.id)
        if kept is None or _about(kept) == _about(document):
            return False
        sql = (
            "INSERT INTO sightings (document, name, published, title, url, origin, added_at, run) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        )
        return self._backend.execute(sql, (document.id, *_about(document), document.origin, now(), run.id)) == 1

    def __contains__(self, ident: object) -> bool:
        return self._backend.one("SELECT 1 FROM documents WHERE id = ?", (str(ident),)) is not None

    def __len__(self) -> int:
        found = self._backend.one("SELECT COUNT(*) FROM documents")
        return int(found[0] or 0) if found is not None else 0

    def get(self, ident: str) -> Document | None:
        """The document with this id; None if there is none."""
        row = self._backend.one(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", (ident,))
        return None if row is None else document_of(row)

    def added_at(self, ident: str) -> str | None:
        """The moment at which a document was added; None if there is none."""
        row = self._backend.one("SELECT added_at FROM documents WHERE id = ?", (ident,))
        return None if row is None else str(row[0])

    def __iter__(self) -> Iterator[Document]:
        """Every document, by id, a page at a time: the ledger may be larger than the memory."""
        after = ""
        sql = f"SELECT {_COLUMNS} FROM documents WHERE id > ? ORDER BY id LIMIT {PAGE}"
        while page := list(self._backend.rows(sql, (after,))):
            after = str(page[-1][0])
            yield from map(document_of, page)

    def came_after(self, mark: Mark) -> list[str]:
        """The ids of the documents that came after a mark, in the order in which they came."""
        sql = "SELECT id FROM documents WHERE seq > ? ORDER BY seq"
        return [str(i) for (i,) in self._backend.rows(sql, (mark.documents,))]

    def named(self, name: str) -> list[str]:
        """The ids of the documents that bear this name."""
        return [str(i) for (i,) in self._backend.rows("SELECT id FROM documents WHERE name = ? ORDER BY id", (name,))]

    def names(self) -> Iterator[str]:
        """Every name that a document bears, once."""
        return (str(n) for (n,) in self._backend.rows("SELECT DISTINCT name FROM documents WHERE name <> '' ORDER BY name"))

    def sources(self) -> list[str]:
        """The names of the sources that documents have."""
        return [str(n) for (n,) in self._backend.rows("SELECT DISTINCT source FROM documents ORDER BY source")]

    def addresses(self, source: str) -> Iterator[tuple[str, str]]:
        """Id and address of every document of a source that has one, by id."""
        sql = "SELECT id, url FROM documents WHERE source = ? AND url <> '' ORDER BY id"
        return ((str(ident), str(url)) for ident, url in self._backend.rows(sql, (source,)))


def _about(document: Document) -> tuple[str, str, str, str]:
    published = document.published.isoformat() if document.published is not None else ""
    return document.name, published, document.title, document.url


class Links:
    """Copies and revisions, and the signatures by which they are found."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def add(self, links: Iterable[DocumentLink], run: Run) -> int:
        """Keep links between documents that are there; how many were new."""
        sql = (
            'INSERT INTO links (document, "of", kind, similarity, added_at, run) '
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        )
        return sum(
            self._backend.execute(sql, (link.document, link.of, link.kind, link.similarity, now(), run.id))
            for link in sorted(links)
        )

    def __iter__(self) -> Iterator[DocumentLink]:
        """Every link, in order."""
        yield from map(
            _link, self._backend.rows('SELECT document, "of", kind, similarity FROM links ORDER BY document, "of", kind')
        )

    def of_records(self) -> Iterator[DocumentLink]:
        """Every link between documents that have records, in order."""
        sql = (
            'SELECT document, "of", kind, similarity FROM links l '
            "WHERE EXISTS (SELECT 1 FROM records r WHERE r.document = l.document) "
            'AND EXISTS (SELECT 1 FROM records r WHERE r.document = l."of") ORDER BY document, "of", kind'
        )
        yield from map(_link, self._backend.rows(sql))

    def touching(self, document: str) -> list[DocumentLink]:
        """The links that a document has on either side, in order."""
        sql = 'SELECT document, "of", kind, similarity FROM links WHERE document = ? OR "of" = ? ORDER BY document, "of", kind'
        return [_link(row) for row in self._backend.rows(sql, (document, document))]

    def add_signature(self, document: str, signature: bytes) -> None:
        """Keep the signature of a document."""
        sql = "INSERT INTO signatures (document, signature) VALUES (?, ?) ON CONFLICT (document) DO NOTHING"
        self._backend.execute(sql, (document, signature))

    def signatures(self, after: int = 0) -> Iterator[tuple[int, Document, bytes]]:
        """Each signature that came after number `after`, with its number and its document."""
        sql = f"{_SIGNED} WHERE s.seq > ? ORDER BY s.seq LIMIT {PAGE}"
        while page := list(self._backend.rows(sql, (after,))):
            for row in page:
                signed = _signed(row)
                after = signed[0]
                yield signed

    def last_traced(self) -> int:
        """The number of the last signature of which, as of all before it, traces are kept; 0 if there is none."""
        row = self._backend.one("SELECT MAX(signature) FROM traces WHERE trace = ?", (TRACED,))
        return int(row[0] or 0) if row is not None else 0

    def add_traces(self, traces: Mapping[int, Iterable[int]]) -> None:
        """Keep the traces (positive numbers) by which the documents of signatures are found, by the signature's number."""
        rows = {(trace, signature) for signature, found in traces.items() for trace in (TRACED, *found)}
        self._backend.execute_many("INSERT INTO traces (trace, signature) VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(rows))

    def traced(self, traces: Sequence[int]) -> list[tuple[int, Document, bytes]]:
        """Every signature that has one of some traces, with its number and its document, in the order in which they came."""
        marks = ", ".join("?" * len(traces))
        sql = f"{_SIGNED} WHERE s.seq IN (SELECT signature FROM traces WHERE trace IN ({marks})) ORDER BY s.seq"
        return [_signed(row) for row in self._backend.rows(sql, traces)]


def _link(row: Row) -> DocumentLink:
    document, of, kind, similarity = row
    return DocumentLink(str(document), str(of), kind, float(similarity or 0))  # type: ignore[arg-type]


def _signed(row: Row) -> tuple[int, Document, bytes]:
    number, signature, *columns = row
    return int(number), document_of(tuple(columns)), bytes(signature)  # type: ignore[arg-type]
