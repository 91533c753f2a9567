"""Bytes to text: marks at the start, then UTF-8, then a guess, and what had to be assumed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from warledger.errors import DecodeError

PROBE_BYTES: Final = 64 * 1024
"""So many bytes from the start decide the encoding where the bytes do not say it themselves."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"PAR1", "a Parquet file"),
)
_USUAL: Final = ("cp1252", "cp1256", "cp1251", "latin_1")
"""Taken where the bytes read the same in several encodings."""
_CONTROLS: Final = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27}) + b"\x7f"
_MAX_CONTROL_SHARE: Final = 0.01
"""More control characters than one in a hundred is no text in any encoding that writes letters in one byte."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in (Python's name), and what had to be assumed, as phrases for a reader."""

    text: str
    encoding: str
    assumed: tuple[str, ...] = ()


def decode(raw: bytes, *, encoding: str | None = None) -> Decoded:
    """`raw` as text. A byte order mark decides first, then strict UTF-8, then detection; `encoding` overrides all three.

    Raises DecodeError for what is no text (an image, an archive, bytes full of NULs), for an unknown `encoding`, and
    where `raw` does not fit the one that was asked for.
    """
    name, assumed = encoding_of(raw[:PROBE_BYTES], encoding=encoding, complete=len(raw) <= PROBE_BYTES)
    raw = raw[mark_length(raw, name) :]
    try:
        return Decoded(raw.decode(name), name, assumed)
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise DecodeError(
                f"byte {error.start} cannot be read as {encoding}; leave the encoding out to have it detected"
            ) from error
    if name == "utf-8":  # the first part was UTF-8, something later is not
        name, assumed = _detected(_probe_around(raw))
    text = raw.decode(name, errors="replace")
    broken = text.count("\ufffd")
    if broken:
        assumed = (*assumed, f"{broken} characters that {name} does not have were read as U+FFFD")
    return Decoded(text, name, assumed)


def encoding_of(head: bytes, *, encoding: str | None = None, complete: bool = False) -> tuple[str, tuple[str, ...]]:
    """The encoding of a file that begins with `head`, and what was assumed; `complete` says that `head` is all of it.

    Raises DecodeError as `decode` does.
    """
    if encoding is not None:
        return _known(encoding), (f"encoding {encoding}, as asked for",)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, ()
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise DecodeError(f"{what}, not a text")
    if b"\0" in head:
        return _wide(head)
    if head and len(head) - len(head.translate(None, _CONTROLS)) > len(head) * _MAX_CONTROL_SHARE:
        raise DecodeError("binary data: too many control characters for a text")
    if trial_text(head, "utf-8", complete=complete) is not None:
        return "utf-8", ()
    return _detected(head)


def trial_text(head: bytes, encoding: str, *, complete: bool = False) -> str | None:
    """`head` in `encoding`, a character cut off at its end left out unless it is `complete`; None where it does not fit."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(head, complete)
    except UnicodeDecodeError:
        return None


def _known(encoding: str) -> str:
    try:
        info = codecs.lookup(encoding)
        "".encode(info.name)  # a codec from bytes to bytes ("base64") is no encoding of text
    except (LookupError, ValueError) as error:
        raise DecodeError(
            f"there is no text encoding {encoding!r}; utf-8, windows-1252 and windows-1256 are usual ones"
        ) from error
    return info.name


def mark_length(raw: bytes, name: str) -> int:
    """How many bytes of a byte order mark stand before the text and are left there by the codec `name`."""
    canonical = codecs.lookup(name).name
    return next((len(mark) for mark, of in _MARKS if raw.startswith(mark) and codecs.lookup(of).name == canonical), 0)


def _wide(head: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-16 or UTF-32 without a mark shows as NULs at every second (or three of four) places; all else is binary."""
    for name, width, letter in (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1)):
        units = len(head) // width
        if not units:
            continue
        lanes = [head[i : units * width : width] for i in range(width)]
        nuls = [lane.count(0) / units for lane in lanes]
        ascii_text = nuls[letter] < 0.02 and all(
            n > 0.7 for i, n in enumerate(nuls) if i != letter and not (width == 4 and n > 0.98)
        )
        if ascii_text and trial_text(head, name) is not None:
            return name, (f"encoding {name}, without a byte order mark",)
    raise DecodeError("binary data: it has NUL bytes, which no text has")


def _probe_around(raw: bytes) -> bytes:
    """A part of `raw` that holds the first bytes which are not UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return raw[max(0, error.start - PROBE_BYTES // 2) : error.start + PROBE_BYTES // 2]
    return raw[:PROBE_BYTES]


def _telling(head: bytes) -> bytes:
    """The words of `head` with bytes beyond ASCII and a few around each: in a plain English text the rest only dilutes them."""
    words = head.split()
    near = sorted({j for i, word in enumerate(words) if not word.isascii() for j in range(max(0, i - 3), i + 4)})
    return b" ".join(words[j] for j in near[:3_000] if j < len(words)) or head


def _detected(head: bytes) -> tuple[str, tuple[str, ...]]:
    """The likeliest encoding of bytes that are not UTF-8, by charset-normalizer."""
    from charset_normalizer import from_bytes

    best = from_bytes(_telling(head)).best()
    if best is None:
        raise DecodeError("bytes that fit no known text encoding")
    name = next((usual for usual in _USUAL if usual in best.could_be_from_charset), best.encoding)
    return name, (f"encoding {name}, as detected",)
