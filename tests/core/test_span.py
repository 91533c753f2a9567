"""Spans are half-open and never empty; evidence reads back what it quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Evidence, Span


@st.composite
def spans(draw, most=60):
    start = draw(st.integers(0, most - 1))
    return Span(start, draw(st.integers(start + 1, most)))


@given(spans(), spans())
def test_overlap_is_a_shared_character(one, other):
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@given(spans(), spans())
def test_within_is_every_character(one, other):
    assert one.within(other) == (set(range(one.start, one.end)) <= set(range(other.start, other.end)))


@given(spans(), st.text(min_size=60, max_size=80))
def test_the_words_of_a_span_fill_it(span, text):
    words = span.of(text)
    assert len(words) == len(span)
    assert text[: span.start] + words + text[span.end :] == text


@given(st.lists(spans()))
def test_spans_sort_by_where_they_start(found):
    assert sorted(found) == sorted(found, key=lambda s: (s.start, s.end))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (4, 3), (-1, 2), (-3, -1)])
def test_no_span_is_empty_or_before_the_text(start, end):
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


def test_neighbours_do_not_overlap():
    assert not Span(0, 3).overlaps(Span(3, 5))


def test_past_the_end_there_are_no_words():
    assert Span(10, 12).of("short") == ""


@given(spans(), st.text(min_size=60, max_size=80))
def test_evidence_holds_in_its_own_text_only(span, text):
    evidence = Evidence("d1", span, span.of(text))
    assert evidence.holds(text)
    other = "x" if evidence.quote[0] != "x" else "y"
    assert not evidence.holds(text[: span.start] + other + text[span.start + 1 :])
    assert not evidence.holds(text[: span.end - 1])


def test_a_quote_fills_its_span():
    with pytest.raises(ValueError, match="3 characters cannot fill a span of 4"):
        Evidence("d1", Span(2, 6), "abc")
