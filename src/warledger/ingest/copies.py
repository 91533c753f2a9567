"""Copies (the same text under another source) and revisions (a changed version of the same report).

Texts are compared by MinHash over shingles of five words (Broder, 1997); candidates come from locality-sensitive hashing
and from what headlines and addresses share. Whether two documents are linked depends on the two alone, so the set of links
is the same in whatever order they arrive.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from warledger.core import DocumentLink, fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PERMUTATIONS: Final = 128
"""The standard error of a similarity is at most 0.044 (the root of s(1-s)/128)."""
SHINGLE_WORDS: Final = 5
SEED: Final = 20_241_127
COPY: Final = 0.8
"""Jaccard similarity of a wire text under two sources, a changed headline and an added byline allowed for."""
CONTAINED: Final = 0.85
"""So much of the shorter text stands in the longer one: a copy cut short."""
MIN_CONTAINED_SHINGLES: Final = 20
REVISED: Final = 0.5
REVISED_TITLE: Final = 0.1
"""With the same or nearly the same headline, or the same address, so little in common is enough: a rewrite keeps its quotes."""
TITLES_ALIKE: Final = 0.6
"""Share of words that two headlines have in common (Jaccard)."""
REVISION_DAYS: Final = 7
"""A report is corrected within about a week; later, the same words are a new report that quotes the old."""
BANDS: Final = 42
BAND_ROWS: Final = 3
"""42 bands of 3: a pair of similarity 0.8 is found with near certainty, of 0.5 in 99.6 %, of 0.3 in 68 % of cases."""

_WORD: Final = re.compile(r"\w+")
_VERSION_BYTES: Final = 2
_SIZE_BYTES: Final = 4
_LENGTH: Final = _VERSION_BYTES + _SIZE_BYTES + 4 * PERMUTATIONS
_MARKED: Final = re.compile(
    r"^(?:correct(?:ion|ed)|update[d]?|clarification|amended|refile|recast|writethru|revised)\b[\s\d:–—-]*", re.IGNORECASE
)
_TRACKING: Final = re.compile(r"(?:utm_\w+|fbclid|gclid|ref|cmp|at_\w+)=[^&]*&?")


def signature(text: str) -> bytes:
    """The MinHash of `text`: version of the hash (2 bytes), number of shingles (4), then 128 values of 4 bytes, little-endian.

    The same on every machine: neither the process nor PYTHONHASHSEED plays a part. Case and punctuation do not count.
    """
    import numpy as np
    from rensa import RMinHash

    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    shingles = sorted({" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last)}) if words else []
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(shingles)
    version: int = RMinHash.ALGORITHM_VERSION
    head = version.to_bytes(_VERSION_BYTES, "little") + len(shingles).to_bytes(_SIZE_BYTES, "little")
    values: bytes = np.asarray(sketch.digest(), dtype="<u4").tobytes()
    return head + values


def similarity(a: bytes, b: bytes) -> float:
    """The estimated Jaccard similarity of two signatures, 0 to 1; 0 for an empty text or another version of the hash."""
    if len(a) != _LENGTH or len(b) != _LENGTH or a[:_VERSION_BYTES] != b[:_VERSION_BYTES] or not _size(a) or not _size(b):
        return 0.0
    return float((_values(a) == _values(b)).mean())


def _size(raw: bytes) -> int:
    return int.from_bytes(raw[_VERSION_BYTES : _VERSION_BYTES + _SIZE_BYTES], "little")


def _values(raw: bytes) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(raw, dtype="<u4", offset=_VERSION_BYTES + _SIZE_BYTES)


@dataclass(frozen=True)
class CopyEntry:
    """What of a document decides whether it is a copy or revision of another; `signature` is that of its text."""

    document: str
    source: str
    published: date | None
    url: str
    title: str
    signature: bytes

    @cached_property
    def outlet(self) -> str:
        """The source for comparing; empty where unknown."""
        return fold(self.source)

    @cached_property
    def address(self) -> str:
        """The address without scheme, "www." and tracking; empty for none and for a site's front page."""
        parts = urlsplit(self.url.strip()) if "://" in self.url else urlsplit("//" + self.url.strip())
        path = parts.path.rstrip("/")
        query = _TRACKING.sub("", parts.query).rstrip("&")
        return f"{parts.netloc.lower().removeprefix('www.')}{path}?{query}".rstrip("?") if path or query else ""

    @cached_property
    def headline(self) -> str:
        """The title for comparing, without "Correction:" and the like."""
        return fold(_MARKED.sub("", self.title.strip()))

    @property
    def marked(self) -> bool:
        """Whether the title itself says that this is a new version."""
        return _MARKED.match(self.title.strip()) is not None

    @property
    def order(self) -> tuple[date, str]:
        """Earlier published first, then by id; undated last."""
        return self.published or date.max, self.document


def link(a: CopyEntry, b: CopyEntry) -> DocumentLink | None:
    """How the later of the two depends on the earlier one; None if it does not. The same whichever is given first."""
    if a.document == b.document:
        return None
    alike = similarity(a.signature, b.signature)
    same_outlet = a.outlet == b.outlet
    earlier, later = sorted((a, b), key=lambda entry: entry.order)
    if same_outlet and _is_revision(earlier, later, alike):
        return DocumentLink(later.document, earlier.document, "revision", round(alike, 4))
    known_same = same_outlet and a.outlet != ""
    if not known_same and (alike >= COPY or _contained(a, b, alike)):
        return DocumentLink(later.document, earlier.document, "copy", round(alike, 4))
    return None


def _is_revision(earlier: CopyEntry, later: CopyEntry, alike: float) -> bool:
    if earlier.address and earlier.address == later.address:
        return alike >= REVISED_TITLE or earlier.headline == later.headline
    near = _days_apart(earlier, later) <= REVISION_DAYS
    if near and _titles_alike(earlier.headline, later.headline):
        return alike >= REVISED_TITLE or earlier.marked or later.marked
    return near and earlier.outlet != "" and alike >= REVISED


def _days_apart(a: CopyEntry, b: CopyEntry) -> int:
    if a.published is None or b.published is None:
        return REVISION_DAYS + 1
    return abs((a.published - b.published).days)


def _titles_alike(a: str, b: str) -> bool:
    if not a or not b:
        return False
    one, two = set(a.split()), set(b.split())
    return a == b or (min(len(one), len(two)) >= 3 and len(one & two) / len(one | two) >= TITLES_ALIKE)


def _contained(a: CopyEntry, b: CopyEntry, alike: float) -> bool:
    """Whether the shorter text stands nearly whole in the longer: the shared shingles from the similarity and both sizes."""
    sizes = _size(a.signature), _size(b.signature)
    if min(sizes) < MIN_CONTAINED_SHINGLES:
        return False
    shared = alike / (1 + alike) * sum(sizes)
    return shared / min(sizes) >= CONTAINED


def links_of(entry: CopyEntry, others: Iterable[CopyEntry]) -> list[DocumentLink]:
    """The links between `entry` and `others`, sorted; each names the later document first."""
    return sorted(found for other in others if (found := link(entry, other)) is not None)


def traces(entry: CopyEntry) -> list[int]:
    """The numbers under which an entry is filed, so that its copies and versions find it: positive, of at most 63 bits."""
    return _numbers(entry, [_week(entry.published)])


def sought(entry: CopyEntry) -> list[int]:
    """The numbers of which one is among the `traces` of every entry that `entry` may be linked to."""
    week = _week(entry.published)
    return _numbers(entry, [week - 1, week, week + 1])


def _numbers(entry: CopyEntry, weeks: Iterable[int]) -> list[int]:
    keys = _band_keys(entry.signature)
    if entry.address:
        keys.append(repr(("address", entry.outlet, entry.address)).encode())
    words = _telling_words(entry.headline)
    keys += [repr(("headline", entry.outlet, word, week)).encode() for week in weeks for word in words]
    return sorted({int.from_bytes(blake2b(key, digest_size=8).digest(), "big") >> 1 or 1 for key in keys})


def _week(day: date | None) -> int:
    """A number so that days at most REVISION_DAYS apart have the same or neighbouring ones; undated go together."""
    return -9 if day is None else day.toordinal() // REVISION_DAYS


def _telling_words(headline: str) -> list[str]:
    """Words of which two headlines that are alike must share one: the first of each in a fixed order, long (rare) words first.

    Prefix filtering (Chaudhuri et al., 2006): of n words, n - ceil(t n) + 1 are enough for Jaccard similarity t.
    """
    words = sorted(set(headline.split()), key=lambda word: (-len(word), word))
    return words[: len(words) - math.ceil(TITLES_ALIKE * len(words)) + 1]


def _band_keys(raw: bytes) -> list[bytes]:
    """The keys of a signature's bands: band number and values; none for an empty text or a signature of another kind."""
    if len(raw) != _LENGTH or not _size(raw):
        return []
    start, width = _VERSION_BYTES + _SIZE_BYTES, 4 * BAND_ROWS
    return [bytes([band]) + raw[start + band * width : start + (band + 1) * width] for band in range(BANDS)]
