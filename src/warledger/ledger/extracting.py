"""Records for documents: from an extractor, one document's failure kept from the others, or from a file made elsewhere."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from warledger.core import NOT_EXTRACTED, Document, Issue, Record, codec
from warledger.errors import InputError, LedgerError, ModelError, RecordError


class RecordMaker(Protocol):
    """What makes records of documents; `warledger.extract.Extractor` is one."""

    name: str

    def extract(self, document: Document, /) -> Record:
        """The record of one document."""

    def extract_many(self, documents: Iterable[Document], /, jobs: int = 1) -> Iterator[Record]:
        """The records of many, in order."""


def empty(document: Document, reason: str) -> Record:
    """A record without claims that says why there are none."""
    return Record(document.id, extractor=f"{NOT_EXTRACTED}: {reason}")


def extract_all(
    extractor: RecordMaker, documents: Iterable[Document], jobs: int
) -> Iterator[tuple[Document, Record, tuple[Issue, ...]]]:
    """Each document with its record, in order, and the issue where its extraction failed.

    After a failure the documents that were in hand are read one by one, so that only the one at fault has an empty record.
    ModelError and LedgerError stop the run: they would come again with every document.
    """
    source = iter(documents)
    waiting: deque[Document] = deque()
    unread: list[Exception] = []

    def feed() -> Iterator[Document]:
        while True:
            try:
                document = next(source)
            except StopIteration:
                return
            except Exception as error:
                unread.append(error)
                raise
            waiting.append(document)
            yield document

    while True:
        try:
            for record in extractor.extract_many(feed(), jobs):
                yield waiting.popleft(), record, ()
        except (ModelError, LedgerError):
            raise
        except Exception:
            if unread or not waiting:
                raise
        if not waiting:
            return
        while waiting:
            yield _alone(extractor, waiting.popleft())


def _alone(extractor: RecordMaker, document: Document) -> tuple[Document, Record, tuple[Issue, ...]]:
    try:
        return document, extractor.extract(document), ()
    except (ModelError, LedgerError):
        raise
    except Exception as error:  # noqa: BLE001 - one document's failure becomes an issue, and the run goes on
        return document, empty(document, "failure"), (failed(document, error),)


def failed(document: Document, error: Exception) -> Issue:
    """The issue of a document whose extraction failed."""
    return Issue(
        "extract-failed",
        document.origin or document.label,
        found=f"{type(error).__name__}: {error}",
        expected="a record of what the document says",
        todo="report it with the document; the document is kept, and `warledger add --again` tries once more",
        document=document.id,
    )


class RecordFile:
    """Records made elsewhere, by the label of their document: one JSON object a line with the field `doc`.

    Raises InputError for a file that cannot be read. A line that is no record is an issue.
    """

    def __init__(self, path: str | Path) -> None:
        self.name = Path(path).name
        self.issues: list[Issue] = []
        self._lines: dict[str, str] = {}
        self._unused: dict[str, int] = {}
        try:
            with Path(path).open(encoding="utf-8-sig") as stream:
                for number, line in enumerate(stream, start=1):
                    if line.strip():
                        self._take(line, number)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the records in {path} cannot be read: {error}") from error

    def _take(self, line: str, number: int) -> None:
        try:
            row = json.loads(line)
            label = row["doc"]
        except (ValueError, TypeError, KeyError, RecursionError):
            self._fault("record-form", number, "a line that is no JSON object with a field `doc`", "one record a line")
            return
        if not isinstance(label, str) or label in self._lines:
            self._fault("record-twice", number, f"a second record of {label!r}", "one record a document; the first is taken")
            return
        self._lines[label] = line
        self._unused[label] = number

    def _fault(self, code: str, number: int, found: str, expected: str) -> None:
        self.issues.append(Issue(code, f"{self.name}:{number}", found, expected, "mend the line and add it again"))

    def record(self, document: Document) -> tuple[Record, tuple[Issue, ...]]:
        """The record of a document; an empty one and an issue where there is none or it does not fit the text."""
        line = self._lines.get(document.label)
        if line is None:
            found = f"no record of {document.label!r} in {self.name}"
            issue = Issue(
                "no-record", document.origin, found, "a record whose `doc` is the document's name",
                "add it to the records, or leave --records out to have the document read", "note", document.id,
            )  # fmt: skip
            return empty(document, f"no record in {self.name}"), (issue,)
        self._unused.pop(document.label, None)
        row = json.loads(line)
        try:
            return codec.from_json(row, document, _maker(row)), ()
        except RecordError as error:
            issue = Issue(
                "record", f"{self.name}: {document.label}", str(error), "a record that fits the text of its document",
                "mend the record and add it again; the document is kept without claims", document=document.id,
            )  # fmt: skip
            return empty(document, f"faulty record in {self.name}"), (issue,)

    def unused(self) -> Iterator[Issue]:
        """An issue for each record whose document was not met."""
        for label, number in self._unused.items():
            yield Issue(
                "record-unused", f"{self.name}:{number}", f"a record of {label!r}, which was not among the documents",
                "a document of that name", "give the document's path too", "warning",
            )  # fmt: skip


def _maker(row: Mapping[str, object]) -> str:
    said = row.get("extractor")
    return said if isinstance(said, str) and said else "by hand"
