"""A view finds its claims and events by id, and the names behind local ids."""

import pytest

from warledger.core import Actor, Claim, Event, Evidence, Grade, Record, Span, View


def claim(number, document):
    return Claim(
        f"c{number}", document, 0, "e1", "attack", Evidence(document, Span(number, number + 1), "x"), initiator=("a2", "a1")
    )


def event(number, *claims):
    return Event(
        f"E{number}", "attack", ("attack",), None, None, (), (), "happened", "news", claims, ("d1",), (), Grade("reported", "r")
    )


def view():
    one = Record("d1", (Actor("a1", "One", "other"), Actor("a2", "Two", "other")), (), (claim(1, "d1"), claim(2, "d1")))
    two = Record("d2", (Actor("a1", "Three", "other"), Actor("a2", "Four", "other")), (), (claim(3, "d2"),))
    return View({}, {"d1": one, "d2": two}, events=(event(1, "c1", "c3"), event(2, "c2")))


def test_claims_by_id():
    assert {i: c.id for i, c in view().claims.items()} == {"c1": "c1", "c2": "c2", "c3": "c3"}


def test_events_by_id_and_by_claim():
    seen = view()
    assert {i: e.id for i, e in seen.events_by_id.items()} == {"E1": "E1", "E2": "E2"}
    assert {i: e.id for i, e in seen.event_of.items()} == {"c1": "E1", "c2": "E2", "c3": "E1"}


def test_local_ids_are_read_in_the_claims_own_record():
    seen = view()
    assert seen.record_of(seen.claims["c3"]).document == "d2"
    assert seen.actor_names(seen.claims["c3"], ("a2", "a1")) == ("Four", "Three")
    assert seen.actor_names(seen.claims["c1"], ("a1",)) == ("One",)
    with pytest.raises(KeyError):
        seen.actor_names(seen.claims["c1"], ("a9",))


def test_an_empty_view_has_nothing():
    empty = View({}, {})
    assert (empty.claims, empty.event_of, empty.events_by_id, empty.as_of) == ({}, {}, {}, None)
