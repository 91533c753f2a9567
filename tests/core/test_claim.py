"""What a document says is built whole and valid, or not at all."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import (
    Actor,
    Claim,
    Evidence,
    Figure,
    Mention,
    Place,
    Record,
    Relation,
    Span,
    claim_id,
    nearest_mention,
)
from warledger.errors import RecordError

WORDS = Evidence("d1", Span(4, 9), "seven")
ACTOR = Actor("a1", "Example Army", "state_forces")
PLACE = Place("p1", "Exampleville", "village", lat=10.0, lon=20.0)
FIGURE = Figure("killed", "people", 7, 7, WORDS)
CLAIM = Claim("c1", "d1", 0, "e1", "attack", WORDS)
RELATION = Relation(0, "leads", "a1", "a2")


@pytest.mark.parametrize(
    ("thing", "change", "fault"),
    [
        (ACTOR, {"kind": "army"}, "actor kind 'army' is not one of: state_forces, government"),
        (ACTOR, {"id": ""}, "needs an id and a name"),
        (ACTOR, {"name": ""}, "needs an id and a name"),
        (PLACE, {"kind": "hamlet"}, "place kind 'hamlet'"),
        (PLACE, {"id": ""}, "needs an id and a name"),
        (PLACE, {"name": ""}, "needs an id and a name"),
        (PLACE, {"lat": None}, "only one of lat and lon"),
        (PLACE, {"lon": None}, "only one of lat and lon"),
        (PLACE, {"lat": 90.01}, "off the globe"),
        (PLACE, {"lon": -180.5}, "off the globe"),
        (PLACE, {"lat": float("nan")}, "off the globe"),
        (PLACE, {"lon": float("inf")}, "off the globe"),
        (FIGURE, {"measure": "hurt"}, "measure 'hurt'"),
        (FIGURE, {"group": "men"}, "group 'men'"),
        (FIGURE, {"basis": "total"}, "basis 'total'"),
        (FIGURE, {"low": None, "high": None}, "'seven' has neither low nor high"),
        (FIGURE, {"low": 8}, "low 8 over high 7"),
        (CLAIM, {"type": "raid"}, "claim type 'raid'"),
        (CLAIM, {"status": "done"}, "status 'done'"),
        (CLAIM, {"frame": "past"}, "frame 'past'"),
        (RELATION, {"type": "likes"}, "relation type 'likes'"),
    ],
)
def test_what_breaks_a_rule_cannot_be_built(thing, change, fault):
    with pytest.raises(RecordError, match=fault):
        replace(thing, **change)


@pytest.mark.parametrize("change", [{"low": None}, {"high": None}, {"low": 0, "high": 0}, {"about": True}])
def test_one_bound_is_enough(change):
    assert replace(FIGURE, **change)


@pytest.mark.parametrize(("lat", "lon"), [(-90, -180), (90, 180), (0, 0), (None, None)])
def test_the_edges_of_the_globe_are_on_it(lat, lon):
    assert replace(PLACE, lat=lat, lon=lon).lat == lat


def test_nothing_built_can_be_changed():
    with pytest.raises(FrozenInstanceError):
        CLAIM.status = "denied"


def test_a_claims_span_is_its_triggers():
    assert CLAIM.span == Span(4, 9)


def test_a_record_finds_its_actors_and_places():
    record = Record("d1", (ACTOR,), (PLACE,))
    assert record.actor("a1") is ACTOR
    assert record.place("p1") is PLACE
    assert record.place("") is None
    with pytest.raises(KeyError, match="a2"):
        record.actor("a2")
    with pytest.raises(KeyError, match="p2"):
        record.place("p2")


def test_a_claims_id_comes_from_document_type_and_span():
    ids = {
        claim_id("d1", "attack", Span(4, 9)),
        claim_id("d2", "attack", Span(4, 9)),
        claim_id("d1", "clash", Span(4, 9)),
        claim_id("d1", "attack", Span(4, 91)),
        claim_id("d1", "attack", Span(49, 91)),
        claim_id("d14", "attack", Span(9, 91)),
    }
    assert len(ids) == 6
    assert claim_id("d1", "attack", Span(4, 9)) in ids


def at(start, end):
    return Mention(Span(start, end), "x" * (end - start))


SENTENCE, TRIGGER = Span(100, 200), Span(150, 155)


@pytest.mark.parametrize(
    ("mentions", "best"),
    [
        ([], None),
        ([at(148, 149), at(160, 165)], at(148, 149)),  # near before, near after
        ([at(101, 105), at(156, 160)], at(101, 105)),  # before outweighs nearness
        ([at(101, 105), at(140, 145)], at(140, 145)),  # nearer before
        ([at(156, 160), at(190, 195)], at(156, 160)),  # nearer after
        ([at(90, 99), at(190, 195)], at(190, 195)),  # the sentence outweighs all
        ([at(10, 15), at(90, 99), at(201, 205)], at(90, 99)),  # no mention in the sentence
        ([at(95, 103), at(205, 210)], at(95, 103)),  # partly in the sentence
        ([at(150, 155), at(140, 145)], at(150, 155)),  # the trigger itself
    ],
)
def test_nearest_mention(mentions, best):
    assert nearest_mention(tuple(mentions), TRIGGER, SENTENCE) == best
    assert nearest_mention(tuple(reversed(mentions)), TRIGGER, SENTENCE) == best


@given(st.lists(st.tuples(st.integers(0, 290), st.integers(1, 9)), min_size=1, max_size=8))
def test_the_nearest_mention_does_not_depend_on_the_order(found):
    mentions = tuple(at(start, start + size) for start, size in found)
    best = nearest_mention(mentions, TRIGGER, SENTENCE)
    assert best == nearest_mention(tuple(sorted(mentions)), TRIGGER, SENTENCE)
    if any(m.span.overlaps(SENTENCE) for m in mentions):
        assert best.span.overlaps(SENTENCE)
