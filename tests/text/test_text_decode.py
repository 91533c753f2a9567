"""Bytes to text: marks, UTF-8, detection, and what is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.errors import DecodeError
from warledger.text import decode, encoding_of

ENGLISH = "The army’s men left the café in Deir ez-Zor – 5 of them “under fire”, the mayor said on Thursday."
ARABIC = "قال الجيش إن القوات انسحبت من المدينة يوم الخميس بعد معارك عنيفة في الريف الشمالي، وأضاف أن السكان عادوا إلى بيوتهم."
RUSSIAN = "Армия сообщила, что войска покинули город в четверг после тяжёлых боёв на севере области и отошли к реке."


def test_utf8_needs_no_assumption() -> None:
    assert decode(ENGLISH.encode()) == decode(codecs.BOM_UTF8 + ENGLISH.encode())
    assert decode(ENGLISH.encode()).assumed == ()
    assert decode(b"").text == ""


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_with_and_without_a_mark(name: str) -> None:
    marked = decode(("\ufeff" + ARABIC).encode(name))
    assert (marked.text, marked.encoding, marked.assumed) == (ARABIC, name, ())
    bare = decode("The army left the town.".encode(name))
    assert (bare.text, bare.encoding) == ("The army left the town.", name)
    assert bare.assumed == (f"encoding {name}, without a byte order mark",)


@pytest.mark.parametrize(("text", "name"), [(ENGLISH, "cp1252"), (ARABIC, "cp1256"), (RUSSIAN, "cp1251")])
def test_one_byte_encodings_are_detected_and_reported(text: str, name: str) -> None:
    decoded = decode(text.encode(name))
    assert (decoded.text, decoded.encoding) == (text, name)
    assert decoded.assumed == (f"encoding {name}, as detected",)


def test_an_encoding_asked_for_is_used() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), encoding="KOI8-R").text == RUSSIAN
    assert decode(ENGLISH.encode("utf-16"), encoding="utf-16").text == ENGLISH
    assert decode(codecs.BOM_UTF8 + b"Hama", encoding="utf8").text == "Hama"
    with pytest.raises(DecodeError, match="cannot be read as ascii"):
        decode(ENGLISH.encode(), encoding="ascii")
    for unknown in ("martian", "base64", "a\0b"):
        with pytest.raises(DecodeError, match="no text encoding"):
            decode(b"abc", encoding=unknown)


def test_bytes_that_break_late_are_detected_where_they_break() -> None:
    text = "Plain words. " * 10_000 + ENGLISH
    decoded = decode(text.encode("cp1252"))
    assert decoded.text == text
    assert decoded.assumed == ("encoding cp1252, as detected",)


def test_a_character_that_the_encoding_lacks_is_replaced_and_counted() -> None:
    raw = codecs.BOM_UTF16_LE + "Hama".encode("utf-16-le") + b"\x00\xd8" + "x".encode("utf-16-le")
    decoded = decode(raw)
    assert "\ufffd" in decoded.text
    assert any("U+FFFD" in a for a in decoded.assumed)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"text with a \x00 in it", "NUL"),
        (b"\0" * 100, "NUL"),
        (bytes(range(1, 32)) * 10, "control characters"),
        (bytes(range(128, 256)) * 3 + bytes(range(1, 32)) * 40, "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_its_kind(raw: bytes, what: str) -> None:
    with pytest.raises(DecodeError, match=what):
        decode(raw)


def test_a_character_cut_off_at_the_end_of_the_head_is_no_fault() -> None:
    head = "é".encode() * 10
    assert encoding_of(head[:-1]) == ("utf-8", ())
    assert encoding_of(head[:-1], complete=True)[0] != "utf-8"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_decode_error(raw: bytes) -> None:
    try:
        decode(raw).text.encode("utf-8", "surrogatepass")
    except DecodeError as error:
        assert str(error)  # noqa: PT017


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs", "Cc")), max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if not text.startswith("\ufeff") and encoding_of(text.encode())[0] == "utf-8":
        assert decode(text.encode()).text == text
