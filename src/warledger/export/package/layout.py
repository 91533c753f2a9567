"""Names of the files in a package, and what its metadata says of them."""

from __future__ import annotations

from collections.abc import Mapping
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


def crate(
    sizes: Mapping[str, int], documents: Mapping[str, tuple[str, str]], *, events: int, spells: int, published: str
) -> dict[str, Any]:
    """The metadata of a package: `sizes` in bytes by file name, (title, address) by document id for the texts.

    `published` is a day, empty where none is known. RO-Crate asks for a date; the clock is never read, for equal content must
    be equal bytes.
    """
    files = sorted(name for name in sizes if name != METADATA)
    parts = [{"@id": name.removeprefix(PAYLOAD)} for name in files]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Evidence on events of an armed conflict",
        "description": (
            f"{events:,} events and {spells:,} spells of control with the claims that tell of them, their words, and the "
            "documents' hashes."
        ),
        "datePublished": published,
        "license": {"@id": _RIGHTS},
        "hasPart": parts,
    }
    if not published:
        del root["datePublished"]
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": CRATE_PROFILE},
            "about": {"@id": "./"},
        },
        root,
        {
            "@id": _RIGHTS,
            "@type": "CreativeWork",
            "name": "Rights",
            "description": "Quotes and texts belong to those who published them; each document's source is stated.",
        },
    ]
    for name in files:
        title, description, media = _TOLD.get(name, ("", "", "text/plain"))
        entity: dict[str, Any] = {"@id": name.removeprefix(PAYLOAD), "@type": "File", "contentSize": str(sizes[name])}
        if name.startswith(TEXTS):
            title, address = documents[name.removeprefix(TEXTS).removesuffix(".txt")]
            entity |= {"isBasedOn": address} if address else {}
        graph.append(entity | {"name": title, "encodingFormat": media} | ({"description": description} if description else {}))
    return {"@context": CRATE_CONTEXT, "@graph": graph}
