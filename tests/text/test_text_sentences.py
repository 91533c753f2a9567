"""Sentence bounds: the cases of news text, what holds for any text, and the measure on the corpora."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.text import split
from warledger.text.sentences import MAX_CHARS

SHARED = Path(__file__).parents[2].parent / "shared"


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Troops left the town.", "Nobody was hurt."],
        ["Gen. Omar Haddad spoke to Mr. Khalil.", "He left at 5 p.m. on Friday."],
        ["The talks ended at 5 p.m.", "The delegates flew home."],
        ["Officials of the U.S. and the U.N. met.", "It lasted an hour."],
        ["He lives in the U.S.", "The army declined to comment."],
        ["J. K. Rahal said that 3.5 million people fled.", "Some came back."],
        ["Lt. Col. A. Nasser died on Dec. 5 near St. Simeon.", "His men fled."],
        ["It fell within 24 hours!", "Why?", "No one knows…", "The front is calm."],
        ["“We will stay. We will not go,” the mayor said.", "Later he left."],
        ['"We will stay. We will not go," the mayor said.', "Later he left."],
        ["“Will they come back?” she asked.", "Nobody answered."],
        ["He warned: “No mercy.”", "Then the line went dead."],
        ["They asked for No. 5 and Art. 12 of the charter.", "Both were refused."],
        ["The bank of A.B. Sons Ltd. was looted.", "Police came late."],
        ["AZAZ, Syria (Example Wire) – Shells hit a market.", "Two died."],
        ["The convoy (about 40 lorries.) arrived.", "It was met with joy."],
        ["Fighting resumed ... and then stopped.", "Calm returned."],
        ["Was it over?!", "It was not."],
        ["قال الجيش إنه انسحب.", "هل عاد؟", "لا أحد يعرف."],
    ],
)
def test_sentences_of_a_line(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_line_end_always_ends_a_sentence() -> None:
    assert sentences("Rebels near Homs\n\n  Troops pulled back overnight\r\nIt was quiet.") == [
        "Rebels near Homs",
        "Troops pulled back overnight",
        "It was quiet.",
    ]


def test_a_quotation_that_never_closes_is_not_held_together() -> None:
    assert sentences("“They came at night. They took my son. Nobody saw it.") == [
        "“They came at night.",
        "They took my son.",
        "Nobody saw it.",
    ]


def test_a_run_without_stops_is_cut_at_spaces() -> None:
    text = "word " * 2_000
    parts = sentences(text)
    assert len(parts) >= 5
    assert all(0 < len(p) <= MAX_CHARS and p == p.strip() for p in parts)
    assert sentences("x" * 5_000) == ["x" * MAX_CHARS, "x" * MAX_CHARS, "x" * 1_000]


@given(st.text(st.sampled_from("aB1 .!?\n\"'“”()’\u00a0,-…"), max_size=300))
def test_bounds_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    bounds = split(text)
    last = 0
    for start, end in bounds:
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize("unit", ["a. ", "A. ", "“a. ", '" ', "U.S. ", ".", "?! ", "(a. ", "word "])
def test_time_grows_with_the_length_only(unit: str) -> None:
    began = time.process_time()
    split(unit * 60_000)
    assert time.process_time() - began < 3


@pytest.mark.shared
@pytest.mark.parametrize("name", ["train", "dev"])
def test_bounds_agree_with_the_corpora(name: str) -> None:
    path = SHARED / "corpus" / f"{name}.docs.jsonl"
    if not path.exists():
        pytest.skip("the corpora are not here")
    both = mine = gold = 0
    for line in path.read_text("utf-8").splitlines():
        document = json.loads(line)
        expected = {end for _, end in document["sentences"]}
        found = {end for _, end in split(document["text"])}
        both, mine, gold = both + len(expected & found), mine + len(found), gold + len(expected)
    assert 2 * both / (mine + gold) >= 0.98
