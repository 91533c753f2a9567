"""`add`: paths to documents with records, each kept in one transaction with all that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING

from warledger.config import Settings
from warledger.core import NOT_EXTRACTED, Document, DocumentLink, Issue, Record, Run
from warledger.errors import InputError
from warledger.ledger.extracting import RecordFile, RecordMaker, empty, extract_all, failed
from warledger.ledger.summary import AddSummary, Tally
from warledger.store import Store

if TYPE_CHECKING:
    from warledger.ingest import CopyEntry, ReadOptions

Advance = Callable[[int, int | None], None]
"""Called with how many documents are done and how many there will be, None while that is not known."""
READABLE = "en"
"""The one language that claims are read in."""
BY_HAND = "by hand"
LOT = 256
"""So many issues are written in one transaction: a table may have one for each of its rows."""
MOST_UNTRACED = 1_000
"""So many documents' traces are held in memory, some five kilobytes each."""
SAID_ONCE = frozenset({"no-record", "record-unused"})
"""Issues of a records file that are not said again when it is added once more."""


class Copies:
    """Finds copies and revisions among all that the ledger holds, also what other processes add meanwhile.

    The traces by which documents are found are written many at a time: each of them lies elsewhere in the file.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._untraced: dict[int, tuple[CopyEntry, list[int]]] = {}
        self._with_trace: dict[int, list[int]] = defaultdict(list)
        self._seen = store.links.last_traced()

    def find(self, document: Document, signature: bytes) -> list[DocumentLink]:
        """The links of a document; to be called in the transaction that adds it."""
        from warledger.ingest import links_of, sought, traces

        for number, other, kept in self._store.links.signatures(after=self._seen):
            entry = _entry(other, kept)
            self._untraced[number] = entry, traces(entry)
            for trace in self._untraced[number][1]:
                self._with_trace[trace].append(number)
            self._seen = number
        entry = _entry(document, signature)
        wanted = sought(entry)
        near = {n: self._untraced[n][0] for trace in wanted for n in self._with_trace.get(trace, ())}
        near |= {number: _entry(other, kept) for number, other, kept in self._store.links.traced(wanted)}
        return links_of(entry, near.values())

    def write(self, least: int = 1) -> None:
        """Write the traces that are not written yet, if they are of so many documents at least."""
        if len(self._untraced) >= least:
            with self._store.transaction():
                self._store.links.add_traces({number: found for number, (_, found) in self._untraced.items()})
            self._untraced.clear()
            self._with_trace.clear()


def _entry(document: Document, signature: bytes) -> CopyEntry:
    from warledger.ingest import CopyEntry

    return CopyEntry(document.id, document.source, document.published, document.url, document.title, signature)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be added, and how. `again` has documents that are there read again by another extractor."""

    paths: tuple[str | PathLike[str], ...]
    options: ReadOptions
    jobs: int
    again: bool = False
    advance: Advance | None = None
    items: Iterable[Document | Issue] | None = None
    """What was read already, in the place of what lies at `paths`."""


class Adding:
    """One `add` under way."""

    def __init__(self, store: Store, run: Run, order: Order) -> None:
        self._store = store
        self._run = run
        self._order = order
        self._tally = Tally()
        self._copies = Copies(store)
        self._issues: dict[str, list[Issue]] = {}
        self._noted: list[Issue] = []
        self._under_way: set[str] = set()
        self._twice: list[Document] = []
        self._total = count(order) if order.advance is not None else None

    def with_extractor(self, load: Callable[[], RecordMaker]) -> AddSummary:
        """Read all, and have the extractor, which is loaded only if there is something to read, make the records."""
        self._extract(load, self._to_extract(self._documents()))
        return self._end()

    def once_more(self, load: Callable[[], RecordMaker]) -> AddSummary:
        """Have the extractor read again what the ledger holds, where another one made the record."""
        kept = (d for d in self._store.documents if self._store.records.extractor_of(d.id) != BY_HAND)
        self._total = len(self._store.documents) if self._order.advance is not None else None
        self._extract(load, self._counted(kept))
        return self._end()

    def _counted(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            self._tally.counts.update(("read", "already there"))
            self._advance()
            yield document

    def _extract(self, load: Callable[[], RecordMaker], documents: Iterator[Document]) -> None:
        first = next(documents, None)
        if first is not None:
            extractor = load()
            chosen = self._other_than(extractor.name, first, documents)
            for document, record, issues in extract_all(extractor, chosen, self._order.jobs):
                self._keep(document, record, issues)

    def with_records(self, records: RecordFile) -> AddSummary:
        """Read all, and take the records from a file; a document that is there is given the file's record, if it is another."""
        for document in self._documents():
            record, issues = records.record(document)
            if document.id in self._store.documents:
                self._already_there(document)
                if not record.extractor.startswith(NOT_EXTRACTED):
                    self._revise(document, record)
                self._note([issue for issue in issues if issue.code not in SAID_ONCE])
            else:
                self._keep(document, record, issues)
        self._note([*records.issues, *records.unused()])
        return self._end()

    def _documents(self) -> Iterator[Document]:
        """The documents that are read; what is said of one is put by until it is kept, other issues are kept at once."""
        from warledger.ingest import read

        items = read(self._order.paths, self._order.options) if self._order.items is None else self._order.items
        for document, issues in _with_issues(items):
            if document is None:
                self._note(issues)
                continue
            self._tally.counts["read"] += 1
            if issues:
                self._issues[document.id] = issues
            yield document

    def _to_extract(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents that an extractor must read: new ones, and with `again` those that one has read before."""
        for document in documents:
            if document.id in self._under_way:
                self._already_there(document)
            elif document.id in self._store.documents:
                self._already_there(document)
                kept = self._store.documents.get(document.id)
                if self._order.again and kept is not None and self._store.records.extractor_of(document.id) != BY_HAND:
                    yield kept
            elif document.language != READABLE:
                self._keep(document, empty(document, f"language {document.language}"), ())
            else:
                self._under_way.add(document.id)
                yield document

    def _other_than(self, extractor: str, first: Document, rest: Iterator[Document]) -> Iterator[Document]:
        """Without the documents whose record is this very extractor's, or that it cannot read."""
        document: Document | None = first
        while document is not None:
            if document.language == READABLE and self._store.records.extractor_of(document.id) != extractor:
                yield document
            document = next(rest, None)

    def _keep(self, document: Document, record: Record, issues: Sequence[Issue]) -> None:
        """Keep a document, or a further record of one that is there."""
        from warledger.ingest import signature

        self._under_way.discard(document.id)
        if document.id in self._store.documents:
            self._revise(document, record)
            self._note(issues)
            return
        every = [*self._issues.pop(document.id, ()), *issues]
        sketch = signature(document.text)
        try:
            links = self._store.add(
                document, record, self._run, signature=sketch, links=lambda: self._copies.find(document, sketch), issues=every
            )
        except InputError as error:
            if record.extractor.startswith(NOT_EXTRACTED):
                self._refuse(document, error)
            else:
                self._keep(document, empty(document, "failure"), [*every, failed(document, error)])
            return
        self._copies.write(least=MOST_UNTRACED)
        self._count(document, record, links, every)

    def _count(
        self, document: Document, record: Record, links: tuple[DocumentLink, ...] | None, issues: Sequence[Issue]
    ) -> None:
        if links is None:  # another process was quicker
            self._already_there(document)
            return
        self._tally.counts["new"] += 1
        self._tally.counts["not extracted"] += record.extractor.startswith(NOT_EXTRACTED)
        self._tally.claims(record.claims)
        self._tally.links(links)
        for issue in issues:
            self._tally.issue(issue)
        self._advance()

    def _revise(self, document: Document, record: Record) -> None:
        try:
            with self._store.transaction():
                revision = self._store.records.add(document, record, self._run)
        except InputError as error:
            self._note([failed(document, error)])
            return
        if revision:
            self._tally.counts["revised"] += 1
            self._tally.claims(record.claims)

    def _refuse(self, document: Document, error: InputError) -> None:
        self._note(
            [
                Issue(
                    "not-text", document.origin or document.label, str(error), "text that can be written as UTF-8",
                    "mend the file and add it again",
                )
            ]
        )  # fmt: skip

    def _already_there(self, document: Document) -> None:
        self._tally.counts["already there"] += 1
        self._issues.pop(document.id, None)
        if document.id in self._under_way:
            self._twice.append(replace(document, text=""))
        else:
            self._store.documents.add_sighting(document, self._run)
        self._advance()

    def _note(self, issues: Sequence[Issue]) -> None:
        """Have issues kept with the next lot."""
        self._noted += issues
        if len(self._noted) >= LOT:
            self._keep_notes()

    def _keep_notes(self) -> None:
        """Keep the issues that wait, in one transaction; what is said only once counts where it is new."""
        waiting, self._noted = self._noted, []
        if not waiting:
            return
        with self._store.transaction():
            new = [self._store.log.add_issues([issue], self._run) for issue in waiting]
        for issue, is_new in zip(waiting, new, strict=True):
            if is_new or issue.code not in SAID_ONCE:
                self._tally.issue(issue)

    def _advance(self) -> None:
        if self._order.advance is not None:
            done = self._tally.counts["new"] + self._tally.counts["already there"]
            self._order.advance(done, self._total)

    def _end(self) -> AddSummary:
        for document in self._twice:
            self._store.documents.add_sighting(document, self._run)
        self._keep_notes()
        self._copies.write()
        self._store.log.end_run(self._run, self._tally.numbers())
        return self._tally.summary(self._run.id)


def limited(options: ReadOptions, settings: Settings) -> ReadOptions:
    """The options, with the limits of the settings where they have none of their own."""
    usual = type(options)()

    def limit(name: str, setting: int) -> int:
        own: int = getattr(options, name)
        return setting if own == getattr(usual, name) else own

    return replace(
        options,
        max_bytes=limit("max_bytes", settings.max_file_bytes),
        max_archive_bytes=limit("max_archive_bytes", settings.max_archive_bytes),
        max_archive_members=limit("max_archive_members", settings.max_archive_members),
        max_archive_depth=limit("max_archive_depth", settings.max_archive_depth),
        max_pages=limit("max_pages", settings.max_pages),
    )


def count(order: Order) -> int | None:
    """How many documents there will be; None where only reading them once tells (standard input)."""
    from warledger.ingest import read

    if "-" in order.paths:
        return None
    return sum(1 for item in read(order.paths, order.options) if isinstance(item, Document))


def _with_issues(items: Iterable[Document | Issue]) -> Iterator[tuple[Document | None, list[Issue]]]:
    """Each document with the issues about it that follow it; other issues by themselves."""
    document: Document | None = None
    issues: list[Issue] = []
    for item in items:
        if isinstance(item, Document):
            if document is not None:
                yield document, issues
            document, issues = item, []
        elif document is not None and item.document == document.id:
            issues.append(item)
        else:
            yield None, [item]
    if document is not None:
        yield document, issues
