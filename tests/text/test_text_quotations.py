"""Quotations: every kind of mark, apostrophes, marks that never close."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.text import quoted


def words(text: str) -> list[str]:
    return [span.of(text) for span in quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we hold it" and "we stay".', ['"we hold it"', '"we stay"']),
        ("He said “we won’t go” on Friday.", ["“we won’t go”"]),
        ("Он сказал «нет», а потом «да».", ["«нет»", "«да»"]),
        ("Er sagte „niemals“ und ging.", ["„niemals“"]),
        ("The rebels' chief said 'it is the army's loss' today.", ["'it is the army's loss'"]),
        ("‘We don’t know,’ the rebels’ envoy said.", ["‘We don’t know,’"]),
        ("He called the ‘rebels’ bandits.", ["‘rebels’"]),
        ("In the '90s, the soldiers' wives waited.", []),
        ("It's the town's last bridge.", []),
        ("The ``terrorists'' left.", ["``terrorists''"]),
        ("A ` so-called' truce held.", ["` so-called'"]),
        ("“Outer ‘inner’ words” end.", ["“Outer ‘inner’ words”"]),
        ('A 5" shell and no more', []),
        ("stray ” mark and » too", []),
        ("ends with an opening mark “", []),
        ("", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quotation_over_paragraphs_opens_again_in_each() -> None:
    assert words("“The first day was quiet.\n“The second was not,” she said.") == [
        "“The first day was quiet.",
        "“The second was not,”",
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert words("He wrote: “they took everything\nThe army denied it.") == ["“they took everything"]


@given(st.text(st.sampled_from("ab s.,\n\"'“”‘’«»„`"), max_size=200))
def test_spans_are_ordered_apart_and_within_a_paragraph(text: str) -> None:
    last = 0
    for span in quoted(text):
        assert last <= span.start
        assert "\n" not in span.of(text)
        last = span.end
    assert last <= len(text)


@pytest.mark.parametrize("unit", ['"', "'a ", "'as' ", "“a ", "`a ", "''"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    began = time.process_time()
    quoted(unit * 30_000)
    assert time.process_time() - began < 3
