"""Which claims of a document tell of one event, by what they say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Claim, Evidence, Span, When
from warledger.extract.claim_events import TOLD_AS, TOLD_TOGETHER, agreeing


def claim(number, kind="airstrike", place="p1", when="2024-12-05", event="", **more):
    """The `number`-th claim of a document, in an event of its own unless one is given."""
    trigger = Evidence("d1", Span(10 * number, 10 * number + 4), "word")
    base = Claim(
        id=f"c{number}",
        document="d1",
        sentence=number,
        event=event or f"own{number}",
        type=kind,
        trigger=trigger,
        place=place,
        when=When.parse(when) if when else None,
    )
    return replace(base, **more)


def events(*claims):
    return [c.event for c in agreeing(claims)]


def test_deeds_of_one_type_place_and_time_are_one_event():
    assert events(claim(0), claim(1), claim(2)) == ["e1", "e1", "e1"]
    assert events(claim(0), claim(1, "shelling")) == ["e1", "e2"]
    assert events(claim(0), claim(1, place="p2")) == ["e1", "e2"]
    assert events(claim(0), claim(1, when="2024-12-04")) == ["e1", "e2"]


def test_what_is_undated_or_without_a_place_can_agree_too():
    assert events(claim(0, when=""), claim(1, when="")) == ["e1", "e1"]
    assert events(claim(0, place=""), claim(1, place="")) == ["e1", "e1"]
    assert events(claim(0, place="", when=""), claim(1, place="", when="")) == ["e1", "e2"]


@pytest.mark.parametrize("more", [{"kind": "accuse"}, {"frame": "background"}, {"status": "planned"}])
def test_only_deeds_of_the_news_that_happened_agree(more):
    assert events(claim(0, **more), claim(1, **more)) == ["e1", "e2"]


def test_actors_that_differ_in_both_roles_did_two_things():
    one, other = claim(0, initiator=("a1",), target=("a2",)), claim(1, initiator=("a2",), target=("a1",))
    assert events(one, other) == ["e1", "e2"]
    assert events(one, replace(other, target=("a2",))) == ["e1", "e1"]
    assert events(one, replace(other, target=())) == ["e1", "e1"]
    undated = [replace(c, when=None) for c in (one, replace(other, target=()))]
    assert events(*undated) == ["e1", "e2"]


def test_a_toll_is_the_attacks_where_place_and_day_are_the_same():
    assert events(claim(0, "bombing"), claim(1, "toll")) == ["e1", "e1"]
    assert events(claim(0, "bombing", place=""), claim(1, "toll", place="")) == ["e1", "e2"]
    assert events(claim(0, "bombing", when=""), claim(1, "toll", when="")) == ["e1", "e2"]
    assert events(claim(0, "clash"), claim(1, "toll")) == ["e1", "e2"]


def test_what_the_network_joined_stays_joined_and_is_numbered_in_order():
    joined = [claim(0, event="x"), claim(1, "seize", event="y"), claim(2, "toll", place="", when="", event="x"), claim(3)]
    assert events(*joined) == ["e1", "e2", "e1", "e1"]
    assert agreeing([]) == ()


def test_types_that_are_told_as_one_another_may_be_told_together():
    assert all(any(pair <= group for group in TOLD_TOGETHER) for pair in TOLD_AS)


KINDS = st.sampled_from(("airstrike", "toll", "attack", "bombing", "clash", "accuse"))
ACTORS = st.lists(st.sampled_from(("a1", "a2", "a3")), max_size=2, unique=True).map(tuple)


@given(st.lists(st.tuples(KINDS, st.sampled_from(("", "p1", "p2")), st.sampled_from(("", "2024-12-05")), ACTORS), max_size=8))
def test_nothing_but_the_event_changes_and_reading_again_changes_nothing(rows):
    claims = [claim(n, kind, place, when, initiator=actors) for n, (kind, place, when, actors) in enumerate(rows)]
    found = agreeing(claims)
    assert [replace(c, event="") for c in found] == [replace(c, event="") for c in claims]
    assert agreeing(found) == found
