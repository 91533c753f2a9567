"""What `review` finds doubtful, on events written by hand."""

from dataclasses import replace
from datetime import date

import pytest
from marwa import WEEK, write

from warledger import Ledger
from warledger.core import Judgement, Match, View
from warledger.ledger.reviewing import LOW_CONFIDENCE, consequence, doubts
from warledger.reconcile.scoring import load_model


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    docs, records = write(folder, WEEK)
    with Ledger.open(folder / "war.db") as ledger:
        ledger.add(docs, records=records)
        found = ledger.view()
        return View(dict(found.documents), dict(found.records), found.links, found.sources, found.events, found.spells)


def seized(view):
    return next(e for e in view.events if e.type == "seize" and len(e.claims) > 1)


def with_events(view, *events):
    return View(view.documents, view.records, view.links, view.sources, events)


def rated(view, event, confidence):
    """The view with its one event's claims rated by an extractor."""
    records = {
        d: replace(r, claims=tuple(replace(c, confidence=confidence) if c.id in event.claims else c for c in r.claims))
        for d, r in view.records.items()
    }
    return View(view.documents, records, view.links, view.sources, (event,))


def judged(kind, *subjects):
    return Judgement("j1", kind, subjects, (), "ann", "2031-03-09T00:00:00Z", "")


def test_a_narrow_join_is_worth_a_look_until_it_is_judged(view):
    event, join_at = seized(view), load_model().join_at
    left, right = event.claims[:2]
    narrow = replace(event, matches=(Match(left, right, join_at + 0.2, ()), Match(left, right, join_at + 5, ())))
    (found,) = (d for d in doubts(with_events(view, narrow)) if d.kind == "near-match")
    assert found.judge == f"warledger judge different {left} {right}"
    assert 0.4 < found.doubt < 0.5
    assert not [d for d in doubts(with_events(view, narrow), [judged("same", right, left)]) if d.kind == "near-match"]


def test_a_quarrel_is_worth_a_look_and_nobodys_word_is_rejected_for_it(view):
    event = seized(view)
    denied, *others = event.claims
    contested = replace(event, grade=replace(event.grade, name="contested", claims=(denied, *others)))
    (found,) = (d for d in doubts(with_events(view, contested)) if d.kind == "contested")
    other = found.judge.split()[-1]
    assert found.judge == f"warledger judge different {denied} {other}"
    assert other in others
    for kind in ("same", "different"):
        left = doubts(with_events(view, contested), [judged(kind, denied, other)])
        assert not [d for d in left if d.kind == "contested"]


def test_two_alike_events_of_different_documents_may_be_one(view):
    event = seized(view)
    one = replace(event, id="e1", claims=event.claims[:1], documents=event.documents[:1])
    two = replace(event, id="e2", claims=event.claims[-1:], documents=event.documents[-1:])
    (found,) = (d for d in doubts(with_events(view, one, two)) if d.kind == "kept-apart")
    assert found.judge == "warledger judge same e1 e2"
    same_document = replace(two, documents=one.documents)
    assert not [d for d in doubts(with_events(view, one, same_document)) if d.kind == "kept-apart"]
    settled = judged("different", one.claims[0], two.claims[0])
    assert not [d for d in doubts(with_events(view, one, two), [settled]) if d.kind == "kept-apart"]


def test_low_confidence_counts_only_where_nothing_surer_tells_of_it(view):
    event = replace(seized(view), grade=replace(seized(view).grade, name="reported"))
    (found,) = (d for d in doubts(rated(view, event, 0.4)) if d.kind == "low-confidence")
    assert found.doubt == 0.6
    assert found.judge == f"warledger judge claim {found.claims[0]} reject=yes"
    assert not [d for d in doubts(rated(view, event, LOW_CONFIDENCE)) if d.kind == "low-confidence"]
    assert not [d for d in doubts(with_events(view, event)) if d.kind == "low-confidence"]
    assert not [d for d in doubts(rated(view, seized(view), 0.4)) if d.kind == "low-confidence"]
    settled = judged("claim", found.claims[0])
    assert not [d for d in doubts(rated(view, event, 0.4), [settled]) if d.kind == "low-confidence"]


@pytest.mark.parametrize(
    ("candidates", "reason"),
    [
        ((("Marwa", 35.1, 36.7, 0.5), ("Marwah", 31.0, 44.0, 0.49)), "Marwa may also be Marwah at 31.00, 44.00."),
        ((("Marwa", 35.1, 36.7, 0.5), ("Marwah", 31.0, 44.0, 0.1)), ""),
        ((("Marwa", 35.1, 36.7, 0.5), ("Marwa", 35.2, 36.8, 0.5)), ""),
    ],
)
def test_a_place_with_another_reading_is_worth_a_look(view, candidates, reason):
    event = seized(view)
    records = {
        d: replace(r, places=tuple(replace(p, candidates=candidates) if p.name == "Marwa" else p for p in r.places))
        for d, r in view.records.items()
    }
    found = [d.reason for d in doubts(View(view.documents, records, events=(event,))) if d.kind == "place"]
    assert found == ([reason] if reason else [])


def test_territory_and_many_dead_weigh_more(view):
    event = seized(view)
    talk = replace(event, type="declare")
    assert consequence(event) > consequence(replace(event, type="clash")) > consequence(talk)
    assert consequence(replace(event, frame="background")) < consequence(event)
    deadly = next(e for e in view.events if e.type == "toll")
    assert consequence(deadly) > consequence(replace(deadly, figures=()))


def test_the_record_is_of_the_state_asked_for(tmp_path):
    docs, records = write(tmp_path, WEEK)
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(docs, records=records)
        (doubt,) = (d for d in ledger.review() if d.kind == "place")
        ledger.judge("claim", [doubt.claims[0]], {"status": "denied"})
        assert "place" not in {d.kind for d in ledger.review()}
        assert "place" not in {d.kind for d in ledger.review(as_of=date(2031, 3, 8))}
