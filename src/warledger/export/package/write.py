"""Writes an evidence package. The same events and texts give the same bytes, whenever and wherever it is made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from warledger.core import Claim, Document, Event, EventFilter, Evidence, Span, Spell, View
from warledger.errors import UsageError
from warledger.export.control import spell_row
from warledger.export.form import chosen, line, whole_file
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.package import layout
from warledger.export.rows import claim_row, document_row, event_row
from warledger.export.spooling import Ids, Sorted

ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name: it stands for none."""
_BLOCK: Final = 1 << 20


def write_package(view: View, goal: Path, filters: EventFilter, *, with_texts: bool = False) -> LeftOut:
    """Write the admitted events and spells with their claims and documents to a folder, or to one file where `goal` ends in
    .zip.

    Gives the events and spells of which the view does not hold every claim and document. The package is there only when it is
    whole.
    Raises UsageError for a folder that is there already.
    """
    goal = goal.resolve()
    packed = goal.suffix.casefold() == ".zip"
    if not packed and goal.exists():
        raise UsageError(f"{goal} is there already; name a folder that is not, or a file that ends in .zip")
    folder = goal.with_name(f".{goal.name}.{os.getpid()}.folder")
    folder.mkdir()
    try:
        skipped = _write_folder(view, folder, filters, with_texts=with_texts)
        if packed:
            with whole_file(goal) as part:
                _pack(folder, part)
        else:
            folder.replace(goal)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return skipped


def text_bytes(text: str) -> bytes:
    """A document's text as it stands in a package, and as its hash is taken."""
    return text.encode("utf-8", "surrogatepass")


class _Folder:
    """Writes files under one folder and keeps hashes and sizes: of the payload in a list, of the few other files by name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tags: dict[str, str] = {}
        self.files = self.bytes = 0
        self._listed = Sorted()

    def write(self, name: str, parts: Iterable[bytes], title: str = "", address: str = "") -> None:
        """Write a file; `title` and `address` are those of the document whose text it is."""
        with self.file(name, title, address) as add:
            for one in parts:
                add(one)

    @contextmanager
    def file(self, name: str, title: str = "", address: str = "") -> Iterator[Callable[[bytes], None]]:
        """A file to add to; its hash and size are known when it is closed."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as stream:

            def add(part: bytes) -> None:
                nonlocal size
                stream.write(part)
                digest.update(part)
                size += len(part)

            yield add
        if name.startswith(layout.PAYLOAD):
            self._listed.add(name, text=json.dumps([name, size, digest.hexdigest(), title, address]))
            self.files, self.bytes = self.files + 1, self.bytes + size
        else:
            self.tags[name] = digest.hexdigest()

    def payload(self) -> Iterator[layout.Listed]:
        """The files of the payload, by name."""
        return (layout.Listed(*json.loads(text)) for text in self._listed)


def _write_folder(view: View, root: Path, filters: EventFilter, *, with_texts: bool) -> LeftOut:
    skipped = LeftOut()
    claims, documents, counts = Ids(), Ids(), Counter[str]()

    def whole_events() -> Iterator[bytes]:
        for event in chosen(view, filters):
            if _whole(event.id, event.claims, event.documents, view, skipped):
                claims.update(event.claims)
                documents.update({*event.documents, *(view.claims[claim].document for claim in event.claims)})
                counts["events"] += 1
                yield _json_line(_event(event, view))

    def whole_spells() -> Iterator[bytes]:
        for spell in view.spells:
            more = [claim for claim in spell.claims if claim not in claims]  # those of the events are known to be there
            if filters.admits_spell(spell, view) and _whole(spell.id, more, (), view, skipped):
                claims.update(more)
                documents.update(view.claims[claim].document for claim in more)
                counts["spells"] += 1
                yield _json_line(_spell(spell, view))

    folder = _Folder(root)
    folder.write(layout.EVENTS, whole_events())
    folder.write(layout.SPELLS, whole_spells())
    links = _Links(view)
    latest = ""
    with folder.file(layout.CLAIMS) as add_claim, folder.file(layout.DOCUMENTS) as add_document:
        for ident in documents:
            document = view.documents[ident]
            latest = max(latest, document.published.isoformat() if document.published is not None else "")
            add_document(_json_line(_document(document, view, links.of(ident))))
            for claim in _in_order(claim for claim in view.records[ident].claims if claim.id in claims):
                add_claim(_json_line(claim_with_quotes(claim, view)))
            if with_texts:
                words = text_bytes(document.text)
                folder.write(layout.text_name(ident), [words], document.title or document.label, document.url)
    published = view.as_of.isoformat() if view.as_of is not None else latest
    told = layout.crate(folder.payload, events=counts["events"], spells=counts["spells"], published=published)
    folder.write(layout.METADATA, (part.encode("utf-8", "surrogatepass") for part in told))
    folder.write(layout.MANIFEST, (f"{one.sha256}  {one.name}\n".encode() for one in folder.payload()))
    folder.write(layout.BAGIT, [layout.BAGIT_TEXT.encode()])
    folder.write(layout.BAG_INFO, [f"Payload-Oxum: {folder.bytes}.{folder.files}\n".encode()])
    folder.write(layout.TAG_MANIFEST, [f"{sha256}  {name}\n".encode() for name, sha256 in sorted(folder.tags.items())])
    return skipped


class _Links:
    """The links of documents, which are asked for in the order of ids: so only one document's are held."""

    def __init__(self, view: View) -> None:
        self._left = groupby(view.links, key=attrgetter("document"))
        self._next: tuple[str, list[dict[str, str]]] | None = ("", [])

    def of(self, document: str) -> list[dict[str, str]]:
        while self._next is not None and self._next[0] < document:
            found = next(self._left, None)
            self._next = (found[0], [{"kind": link.kind, "of": link.of} for link in found[1]]) if found is not None else None
        return self._next[1] if self._next is not None and self._next[0] == document else []


def _whole(ident: str, claims: Iterable[str], documents: Iterable[str], view: View, skipped: LeftOut) -> bool:
    """Whether an event or spell can be shown in full: the view has each of its claims, and each document of them."""
    for claim in claims:
        if claim not in view.claims:
            skipped.append(Skipped(ident, "claim-not-held", f"its claim {claim} is not in this view"))
            return False
    for document in sorted({*documents, *(view.claims[claim].document for claim in claims)}):
        if document not in view.documents:
            skipped.append(Skipped(ident, "document-not-held", f"its document {document} is not in this view"))
            return False
    return True


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims of a document in the order of its text."""
    return sorted(claims, key=lambda claim: (claim.span, claim.id))


def _event(event: Event, view: View) -> dict[str, Any]:
    """The event, its claims and documents by their ids, which are in files of their own."""
    return event_row(event, view, by_id=True)


def _spell(spell: Spell, view: View) -> dict[str, Any]:
    """The spell, its claims by their ids; an event that it rests on may be outside the package."""
    return {**spell_row(spell, view, by_id=True), "claims": list(spell.claims)}


def claim_with_quotes(claim: Claim, view: View) -> dict[str, Any]:
    """The claim with every stretch of text that it rests on: the sentence, the trigger, the words of time and figures."""
    quotes = [{"of": of, "span": [e.span.start, e.span.end], "quote": e.quote} for of, e in _evidence(claim, view)]
    return {**claim_row(claim, view), "quotes": quotes}


def _evidence(claim: Claim, view: View) -> Iterator[tuple[str, Evidence]]:
    document = view.documents[claim.document]
    for start, end in document.sentences:
        if start <= claim.span.start < end:
            yield "sentence", Evidence(document.id, Span(start, end), document.text[start:end])
            break
    yield "trigger", claim.trigger
    if claim.when_text is not None:
        yield "when", claim.when_text
    for figure in claim.figures:
        yield f"{figure.measure} {figure.group}", figure.words


def _document(document: Document, view: View, links: list[dict[str, str]]) -> dict[str, Any]:
    row = {
        **document_row(document.id, view),
        "language": document.language,
        "characters": len(document.text),
        "text_sha256": hashlib.sha256(text_bytes(document.text)).hexdigest(),
        "raw_sha256": document.raw_sha256,
        "assumed": list(document.assumed),
        "links": links,
    }
    return {key: value for key, value in row.items() if value not in ("", [])}


def _json_line(row: dict[str, Any]) -> bytes:
    return line(row).encode("utf-8", "surrogatepass")


def _pack(folder: Path, goal: Path) -> None:
    """Put the folder into a zip file, uncompressed: what a compressor makes of it differs between machines."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(layout.ZIP_FOLDER + name, ZIP_TIME)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, _BLOCK)
