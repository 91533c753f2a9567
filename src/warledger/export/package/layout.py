"""Names of the files in a package, and what its metadata says of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

PAYLOAD: Final = "data/"
METADATA: Final = "data/ro-crate-metadata.json"
EVENTS: Final = "data/events.jsonl"
SPELLS: Final = "data/spells.jsonl"
CLAIMS: Final = "data/claims.jsonl"
DOCUMENTS: Final = "data/documents.jsonl"
TEXTS: Final = "data/texts/"
BAGIT: Final = "bagit.txt"
BAG_INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
ZIP_FOLDER: Final = "evidence/"
"""The one folder in a zip file, which holds all others (RFC 8493, 4.2); never another, so that equal content is equal bytes."""

BAGIT_TEXT: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
REQUIRED: Final = (METADATA, EVENTS, CLAIMS, DOCUMENTS, BAGIT, MANIFEST, TAG_MANIFEST)
CRATE_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
CRATE_PROFILE: Final = "https://w3id.org/ro/crate/1.1"

_JSON_LINES: Final = "application/jsonl"
_TOLD: Final = {
    EVENTS: ("Events", "An event a line: what several claims tell of, with grade, origins and figures.", _JSON_LINES),
    SPELLS: ("Spells", "A spell a line: who held a place, since when and until when, and the claims that say so.", _JSON_LINES),
    CLAIMS: ("Claims", "A claim a line, with the words that it was read in and where they stand.", _JSON_LINES),
    DOCUMENTS: ("Documents", "A document a line: source, day, address, hashes of its text and of the bytes read.", _JSON_LINES),
}  # fmt: skip
_RIGHTS: Final = "#rights"


def text_name(document_id: str) -> str:
    """The name of the file with a document's text."""
    return f"{TEXTS}{document_id}.txt"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a package's payload; of a text the document's title and address, else empty."""

    name: str
    size: int
    sha256: str
    title: str
    address: str


def crate(payload: Callable[[], Iterable[Listed]], *, events: int, spells: int, published: str) -> Iterator[str]:
    """The metadata of a package, as pieces of JSON with an indent of one; `payload` gives the files, by name.

    `published` is a day, empty where none is known. RO-Crate asks for a date; the clock is never read, for equal content must
    be equal bytes.
    """
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": CRATE_PROFILE},
        "about": {"@id": "./"},
    }
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Evidence on events of an armed conflict",
        "description": (
            f"{events:,} events and {spells:,} spells of control with the claims that tell of them, their words, and the "
            "documents' hashes."
        ),
        **({"datePublished": published} if published else {}),
        "license": {"@id": _RIGHTS},
    }
    rights = {
        "@id": _RIGHTS,
        "@type": "CreativeWork",
        "name": "Rights",
        "description": "Quotes and texts belong to those who published them; each document's source is stated.",
    }
    context = _indented({"@context": CRATE_CONTEXT}, 0).removesuffix("\n}")
    yield f'{context},\n "@graph": [\n  {_indented(descriptor, 2)},\n  '
    yield _indented(root, 2).removesuffix("\n  }") + ',\n   "hasPart": ['
    between = ""
    for one in payload():
        yield f"{between}\n    {_flat({'@id': one.name.removeprefix(PAYLOAD)}, 4)}"
        between = ","
    yield f"\n   ]\n  }},\n  {_indented(rights, 2)}"
    for one in payload():
        yield f",\n  {_flat(_entity(one), 2)}"
    yield "\n ]\n}\n"


def _entity(one: Listed) -> dict[str, str]:
    title, description, media = _TOLD.get(one.name, (one.title, "", "text/plain"))
    return {
        "@id": one.name.removeprefix(PAYLOAD),
        "@type": "File",
        "contentSize": str(one.size),
        **({"isBasedOn": one.address} if one.address else {}),
        "name": title,
        "encodingFormat": media,
        **({"description": description} if description else {}),
    }


def _indented(value: Mapping[str, Any], depth: int) -> str:
    """A value as JSON at a depth of other values."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def _flat(value: Mapping[str, str], depth: int) -> str:
    """The same of texts. Of these there may be one a document, and json's own way of indenting leaves garbage behind."""
    pad = "\n" + " " * depth
    return "{" + ",".join(f"{pad} {_text(key)}: {_text(text)}" for key, text in value.items()) + pad + "}"


_text: Final = json.JSONEncoder(ensure_ascii=False).encode
