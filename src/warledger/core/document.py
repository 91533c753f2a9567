"""What is read, and who published it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from warledger.core.ids import content_id

LinkKind = Literal["copy", "revision"]


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a document, or is known to publish: `owner`, `kind` and `side` decide whose word it is.

    `country` is ISO 3166, two letters; `addresses` are its hosts on the web, without "www.".
    """

    name: str
    owner: str = ""
    kind: str = "unknown"
    side: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    addresses: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything is known of whose word it is."""
        return self.kind != "unknown" or bool(self.owner or self.side)


@dataclass(frozen=True, slots=True)
class Document:
    """One dated report as it was read. `text` is what every span counts in.

    `published` is the day of publication, None only where the user allowed it. `name` is the id that the file itself
    gave (the `doc` field of a corpus, else the file's name and row); `raw_sha256` is the hash of the bytes read,
    `origin` where they came from, `assumed` what had to be assumed to read them ("encoding windows-1256"). `author` is who
    wrote it, as it says itself; whose word it is follows from `source` alone.
    """

    id: str
    text: str
    source: str
    published: date | None
    title: str = ""
    url: str = ""
    name: str = ""
    language: str = "en"
    origin: str = ""
    raw_sha256: str = ""
    assumed: tuple[str, ...] = ()
    sentences: tuple[tuple[int, int], ...] = field(default=())
    author: str = ""

    @property
    def label(self) -> str:
        """The name under which records and clusters speak of it."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, order=True)
class DocumentLink:
    """`document` is a copy or a revision of the earlier `of`; `similarity` is their MinHash Jaccard estimate, 0 to 1."""

    document: str
    of: str
    kind: LinkKind
    similarity: float


def document_id(text: str, source: str) -> str:
    """The id of a document: its words (spacing and Unicode form aside) and its source."""
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return content_id("d", words, source.strip().casefold())
