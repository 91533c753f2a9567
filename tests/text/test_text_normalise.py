"""Cleaning: what goes, what stays, and that doing it twice changes nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.text import normalise

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("given_text", "clean"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("page one\x0cpage two", "page one\npage two"),
        ("\ufeffHama\ufeff", "Hama"),
        ("Ha\x00m\x07a\x1b", "Hama"),
        ("the \u202eyalp\u202c city", "the yalp city"),
        ("\u200fحماة\u200e", "حماة"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("tab\tstays", "tab\tstays"),
        ("a\r\x00\nb", "a\nb"),
    ],
)
def test_what_is_cleaned(given_text: str, clean: str) -> None:
    assert normalise(given_text) == clean


@pytest.mark.parametrize(
    "text",
    ["cafe\u0301", "Erdoğan’s “word” – and\u00a0more…", "mark \x95 of windows-1252", "zero\u200cwidth", "  two  spaces \n\n"],
)
def test_what_a_reader_sees_stays(text: str) -> None:
    assert normalise(text) == text


@given(st.text(st.characters(codec=None), max_size=200))
def test_twice_is_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["train", "dev", "agreement"])
def test_offsets_into_the_corpora_stay_valid(name: str) -> None:
    path = SHARED / "corpus" / f"{name}.docs.jsonl"
    if not path.exists():
        pytest.skip("the corpora are not here")
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert [t for t in texts if normalise(t) != t] == []
