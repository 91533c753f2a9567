"""Checks an evidence package: every checksum, every quote, every reference."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from warledger.core import document_id
from warledger.export.checking import Fault
from warledger.export.jsonchecking import event_faults, spell_faults
from warledger.export.package import layout
from warledger.export.package.reading import DAMAGED, Package

_ENTRY: Final = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")
_EVENT: Final = ("id", "type", "types", "status", "frame", "grade", "claims", "documents")
_SPELL: Final = ("id", "place", "layer", "holder", "grade")


def check_package(path: Path) -> Iterator[Fault]:
    """Every fault of a package, folder or zip file. A fault's `column` is the file that it stands in.

    Quotes are read against the texts where the package has these, else only against each other. Raises InputError for what is
    no package at all.
    """
    with Package(path) as package:
        for name, what in package.strange:
            yield _fault(name, "strange-file", what)
        missing = [name for name in layout.REQUIRED if name not in package.names]
        for name in missing:
            yield _fault(name, "missing-file", "the package does not have this file")
        yield from _Checks(package).faults()


def _fault(file: str, rule: str, message: str, line: int = 0) -> Fault:
    return Fault(line, file, rule, "error", message)


class _Checks:
    """What has been read of one package so far."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.documents: dict[str, Mapping[str, Any]] = {}
        self.claims: dict[str, str] = {}
        self._text: tuple[str, str | None] = ("", None)

    def faults(self) -> Iterator[Fault]:
        yield from self._manifest(layout.TAG_MANIFEST, payload=False)
        yield from self._manifest(layout.MANIFEST, payload=True)
        yield from self._metadata()
        for line, row, fault in self._rows(layout.DOCUMENTS):
            yield from [fault] if fault is not None else self._document(line, row)
        yield from self._stray_texts()
        for line, row, fault in self._rows(layout.CLAIMS):
            yield from [fault] if fault is not None else self._claim(line, row)
        seen: set[str] = set()
        for line, row, fault in self._rows(layout.EVENTS):
            yield from [fault] if fault is not None else self._event(line, row, seen)
        for line, row, fault in self._rows(layout.SPELLS):
            yield from [fault] if fault is not None else self._spell(line, row, seen)

    def _manifest(self, manifest: str, *, payload: bool) -> Iterator[Fault]:
        if manifest not in self.package.names:
            return
        listed: set[str] = set()
        try:
            lines = self.package.read(manifest).decode("utf-8").splitlines()
        except DAMAGED as error:
            yield _fault(manifest, "unreadable", str(error))
            return
        for number, text in enumerate(lines, 1):
            entry = _ENTRY.fullmatch(text)
            if entry is None:
                yield _fault(manifest, "manifest", "the line is no SHA-256 and name", number)
                continue
            digest, name = entry[1].lower(), entry[2]
            listed.add(name)
            if name not in self.package.names:
                yield _fault(name, "missing-file", f"line {number} of {manifest} names it, and it is not there")
                continue
            try:
                found, _ = self.package.sha256(name)
            except DAMAGED as error:
                yield _fault(name, "unreadable", str(error))
                continue
            if found != digest:
                yield _fault(name, "checksum", f"its SHA-256 is {found}, in {manifest} it is {digest}")
        for name in self.package.names:
            if name.startswith(layout.PAYLOAD) is payload and name not in listed and name != layout.TAG_MANIFEST:
                yield _fault(name, "not-in-manifest", f"{manifest} has no checksum of it")

    def _metadata(self) -> Iterator[Fault]:
        name = layout.METADATA
        if name not in self.package.names:
            return
        try:
            graph = json.loads(self.package.read(name).decode("utf-8", "surrogatepass"))["@graph"]
            entities = {entity["@id"]: entity for entity in graph}
            parts = [part["@id"] for part in entities["./"].get("hasPart", [])]
            conforms = entities["ro-crate-metadata.json"]["conformsTo"]["@id"]
        except (*DAMAGED, KeyError, TypeError, AttributeError, RecursionError) as error:
            yield _fault(name, "metadata", f"it is no RO-Crate with a root data set: {type(error).__name__} {error}")
            return
        if not str(conforms).startswith("https://w3id.org/ro/crate/"):
            yield _fault(name, "metadata", f"it conforms to {conforms!r}, which is no version of RO-Crate")
        for part in parts:
            if f"{layout.PAYLOAD}{part}" not in self.package.names or part not in entities:
                yield _fault(name, "reference", f"the part {part!r} is not there, or is not described")

    def _rows(self, name: str) -> Iterator[tuple[int, Mapping[str, Any], Fault | None]]:
        if name not in self.package.names:
            return
        number = 0
        try:
            for number, raw in enumerate(self.package.lines(name), 1):
                try:
                    row = json.loads(raw.decode("utf-8", "surrogatepass"))
                except (ValueError, RecursionError) as error:
                    yield number, {}, _fault(name, "json", f"the line is no JSON: {error}", number)
                    continue
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    yield number, row, None
                else:
                    yield number, {}, _fault(name, "json", "the line is no object with an id", number)
        except DAMAGED as error:
            yield number, {}, _fault(name, "unreadable", str(error), number)

    def _document(self, line: int, row: Mapping[str, Any]) -> Iterator[Fault]:
        ident, file = row["id"], layout.DOCUMENTS
        if ident in self.documents:
            yield _fault(file, "id-twice", f"{ident} is there twice", line)
        self.documents[ident] = {key: row.get(key) for key in ("characters", "text_sha256")}
        for key in ("text_sha256", "raw_sha256"):
            value = row.get(key)
            if not (isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value)) and not (
                key == "raw_sha256" and value is None
            ):
                yield _fault(file, "hash", f"{key} of {ident} is no SHA-256", line)
        if not isinstance(row.get("characters"), int):
            yield _fault(file, "required", f"{ident} does not say how many characters its text has", line)
        name = layout.text_name(ident)
        if name not in self.package.names:
            return
        try:
            raw = self.package.read(name)
            text = raw.decode("utf-8", "surrogatepass")
        except DAMAGED as error:
            yield _fault(name, "unreadable", str(error))
            return
        if hashlib.sha256(raw).hexdigest() != row.get("text_sha256"):
            yield _fault(name, "text-changed", f"it is not the text whose hash is on line {line} of {file}")
        if document_id(text, str(row.get("source", ""))) != ident:
            yield _fault(file, "id-changed", f"text and source do not give the id {ident}", line)

    def _stray_texts(self) -> Iterator[Fault]:
        known = {layout.text_name(ident) for ident in self.documents}
        for name in self.package.names:
            if name.startswith(layout.TEXTS) and name not in known:
                yield _fault(name, "reference", f"it is the text of no document in {layout.DOCUMENTS}")

    def _claim(self, line: int, row: Mapping[str, Any]) -> Iterator[Fault]:
        ident, file = row["id"], layout.CLAIMS
        if ident in self.claims:
            yield _fault(file, "id-twice", f"{ident} is there twice", line)
        document = row.get("document")
        self.claims[ident] = document if isinstance(document, str) else ""
        if not isinstance(document, str) or document not in self.documents:
            yield _fault(file, "reference", f"the document {document!r} of {ident} is not in {layout.DOCUMENTS}", line)
            return
        quotes = row.get("quotes")
        if not isinstance(quotes, list) or not quotes:
            yield _fault(file, "required", f"{ident} has no quotes", line)
            return
        if not any(
            q.get("span") == row.get("span") and q.get("quote") == row.get("trigger") for q in quotes if isinstance(q, dict)
        ):
            yield _fault(file, "quote", f"the trigger of {ident} is not among its quotes", line)
        sentence = next((q for q in quotes if isinstance(q, dict) and q.get("of") == "sentence" and _is_quote(q)), None)
        for quote in quotes:
            if fault := self._quote_fault(quote, document, sentence):
                yield _fault(file, "quote", f"{ident}: {fault}", line)

    def _quote_fault(self, quote: object, document: str, sentence: Mapping[str, Any] | None) -> str:
        if not isinstance(quote, dict) or not _is_quote(quote):
            return f"{str(quote)[:80]} is no quote with a span of its own length"
        (start, end), words = quote["span"], quote["quote"]
        size = self.documents[document]["characters"]
        if isinstance(size, int) and end > size:
            return f"[{start}, {end}] lies past the {size} characters of {document}"
        text = self._text_of(document)
        if text is not None:
            return (
                ""
                if text[start:end] == words
                else f"the text has {text[start:end][:80]!r} at [{start}, {end}], not {words[:80]!r}"
            )
        if sentence is not None:
            first, last = sentence["span"]
            if first <= start and end <= last and sentence["quote"][start - first : end - first] != words:
                return f"{words[:80]!r} is not what the sentence quoted has at [{start}, {end}]"
        return ""

    def _text_of(self, document: str) -> str | None:
        """The document's text, if the package has it; the last one is kept, for claims stand by document."""
        if self._text[0] != document:
            try:
                text = self.package.read(layout.text_name(document)).decode("utf-8", "surrogatepass")
            except (*DAMAGED, KeyError):
                self._text = (document, None)
            else:
                self._text = (document, text)
        return self._text[1]

    def _event(self, line: int, row: Mapping[str, Any], seen: set[str]) -> Iterator[Fault]:
        ident, file = row["id"], layout.EVENTS
        if ident in seen:
            yield _fault(file, "id-twice", f"{ident} is there twice", line)
        seen.add(ident)
        try:
            for fault in event_faults(line, row, _EVENT):
                yield _fault(file, fault.rule, f"{ident}: {fault.message}", line)
            claims, documents = list(row.get("claims", [])), set(row.get("documents", []))
            for claim in claims:
                if claim not in self.claims:
                    yield _fault(file, "reference", f"{ident}: its claim {claim} is not in {layout.CLAIMS}", line)
                elif self.claims[claim] not in documents:
                    yield _fault(file, "reference", f"{ident}: the document of its claim {claim} is not among its own", line)
            for document in sorted(documents - self.documents.keys()):
                yield _fault(file, "reference", f"{ident}: its document {document} is not in {layout.DOCUMENTS}", line)
            told = {c for part in (row["grade"], *row.get("origins", [])) for c in part.get("claims", [])}
            told |= {figure["claim"] for figure in row.get("figures", [])}
            for claim in sorted(told - set(claims)):
                yield _fault(
                    file, "reference", f"{ident}: grade, origins or figures rest on {claim}, which is no claim of it", line
                )
        except (TypeError, KeyError, AttributeError) as error:
            yield _fault(file, "form", f"{ident}: a field has another form than an event's: {error}", line)

    def _spell(self, line: int, row: Mapping[str, Any], seen: set[str]) -> Iterator[Fault]:
        ident, file = row["id"], layout.SPELLS
        if ident in seen:
            yield _fault(file, "id-twice", f"{ident} is there twice", line)
        seen.add(ident)
        for fault in spell_faults(line, row, _SPELL):
            yield _fault(file, fault.rule, f"{ident}: {fault.message}", line)
        claims = row.get("claims")
        if not isinstance(claims, list) or not claims:
            yield _fault(file, "required", f"{ident} has no claims", line)
            return
        for claim in claims:
            if not isinstance(claim, str) or claim not in self.claims:
                yield _fault(file, "reference", f"{ident}: its claim {claim} is not in {layout.CLAIMS}", line)


def _is_quote(quote: Mapping[str, Any]) -> bool:
    span, words = quote.get("span"), quote.get("quote")
    if not isinstance(words, str) or not isinstance(span, list) or len(span) != 2 or not all(type(x) is int for x in span):
        return False
    start, end = span
    return bool(0 <= start < end and end - start == len(words))
