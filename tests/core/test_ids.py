"""Ids come from content alone, over an encoding that no two lists of parts share; folding and slugs are stable."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import content_id, fold, slug

parts = st.lists(st.text(max_size=6), max_size=5)


def test_an_id_is_the_same_on_every_machine():
    assert content_id("c", "one", "two") == "c498df273324bee20"
    assert content_id("c") == "ce3b0c44298fc1c14"


@given(parts, parts)
def test_different_parts_have_different_ids(one, other):
    assert (content_id("x", *one) == content_id("x", *other)) == (one == other)


@given(st.text(min_size=1, max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_where_the_parts_are_cut_matters(text, left, right):
    left, right = min(left, len(text)), min(right, len(text))
    same = content_id("x", text[:left], text[left:]) == content_id("x", text[:right], text[right:])
    assert same == (left == right)


def test_an_empty_part_counts():
    assert len({content_id("x", *p) for p in ((), ("",), ("", ""), ("a",), ("a", ""), ("", "a"))}) == 6


@given(parts)
def test_an_id_is_its_prefix_and_sixteen_digits(some):
    assert re.fullmatch(r"ev[0-9a-f]{16}", content_id("ev", *some))


def test_half_a_character_has_an_id():
    assert content_id("x", "\ud800") != content_id("x", "\udfff")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_a_folded_text_is_words_and_single_spaces(text):
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(c == " " or c == "_" or c.isalnum() for c in folded)
    assert not any(unicodedata.combining(c) for c in folded)


@given(st.text(max_size=40))
def test_the_unicode_form_does_not_matter(text):
    assert len({fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}) == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Déraa", "deraa"), ("  Hayat   Tahrir al-Sham ", "hayat tahrir al sham"), ("STRASSE", "strasse"),
        ("straße", "strasse"), ("Ba'ath", "ba ath"), ("İdlib", "idlib"), ("حلب", "حلب"), ("—", ""), ("", ""),
    ],
)  # fmt: skip
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_a_slug_of_a_slug_is_itself(text):
    assert slug(slug(text)) == slug(text)


@given(st.text(max_size=40))
def test_a_slug_can_stand_in_an_address(text):
    found = slug(text)
    assert found
    assert all(part and all(c.isalnum() for c in part) for part in found.split("-"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Hayat Tahrir al-Sham", "hayat-tahrir-al-sham"), ("a_b", "a-b"), ("_a__b_", "a-b"), ("_", "unnamed"), ("", "unnamed")],
)
def test_slug(text, expected):
    assert slug(text) == expected
