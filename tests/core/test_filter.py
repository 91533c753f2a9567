from dataclasses import replace
from datetime import date

import pytest

from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventFilter,
    EventPlace,
    Evidence,
    Grade,
    Mention,
    Place,
    Record,
    Span,
    Spell,
    View,
    Voice,
    When,
    claim_id,
    document_id,
)
from warledger.core.filter import names_match, place_matches, sentence_of
from warledger.errors import UsageError

TEXT = "On Thursday HTS seized Hama, the army said. The front has long held Idlib."


@pytest.fixture
def view():
    doc = Document(document_id(TEXT, "Wire"), TEXT, "Wire", date(2024, 12, 5), name="w", sentences=((0, 43), (44, len(TEXT))))

    def at(words):
        start = TEXT.index(words)
        return Evidence(doc.id, Span(start, start + len(words)), words)

    def mention(words):
        return (Mention(at(words).span, words),)

    seize = Claim(
        claim_id(doc.id, "seize", at("seized").span),
        doc.id,
        0,
        "e1",
        "seize",
        at("seized"),
        ("a1",),
        (),
        "p1",
        ("p2",),
        When.parse("2024-12-05"),
        voice=(Voice("a2", "said"), Voice()),
        confidence=0.6,
    )
    held = Claim(
        claim_id(doc.id, "control", at("held").span),
        doc.id,
        1,
        "e2",
        "control",
        at("held"),
        ("a1",),
        (),
        "p2",
        frame="background",
    )
    record = Record(
        doc.id,
        (
            Actor("a1", "Hayat Tahrir al-Sham", "jihadist_group", mention("HTS")),
            Actor("a2", "Syrian Armed Forces", "state_forces", mention("the army")),
        ),
        (Place("p1", "Hama", "city", "SY"), Place("p2", "Idlib", "province", "SY")),
        (seize, held),
    )
    events = (
        Event(
            "e1",
            "seize",
            ("seize", "offensive"),
            EventPlace("place:hama", "Hama", "city", "SY"),
            When.parse("2024-12-05"),
            ("Hayat Tahrir al-Sham",),
            (),
            "happened",
            "news",
            (seize.id,),
            (doc.id,),
            (),
            Grade("claimed", "r"),
        ),
        Event(
            "e2",
            "control",
            ("control",),
            None,
            None,
            ("Hayat Tahrir al-Sham",),
            (),
            "happened",
            "background",
            (held.id, "gone"),
            (doc.id,),
            (),
            Grade("reported", "r"),
        ),
    )
    return View({doc.id: doc}, {doc.id: record}, events=events)


@pytest.mark.parametrize(
    ("filters", "events"),
    [
        ({}, "e1 e2"),
        ({"place": "hama"}, "e1"),
        ({"place": "place:hama"}, "e1"),
        ({"place": "sy"}, "e1 e2"),
        ({"place": "Idlib"}, "e1 e2"),
        ({"place": "Ham"}, ""),
        ({"actor": "tahrir"}, "e1 e2"),
        ({"actor": "HTS"}, "e1 e2"),
        ({"actor": "army"}, ""),
        ({"types": ("offensive",)}, "e1"),
        ({"types": ("clash", "control")}, "e2"),
        ({"since": date(2024, 12, 5)}, "e1"),
        ({"since": date(2024, 12, 6)}, ""),
        ({"until": date(2024, 12, 4)}, ""),
        ({"since": date(2024, 12, 1), "until": date(2024, 12, 9)}, "e1"),
        ({"grades": ("claimed",)}, "e1"),
        ({"statuses": ("planned",)}, ""),
        ({"frames": ("background",)}, "e2"),
        ({"voice": "the army"}, "e1"),
        ({"voice": "Syrian Armed Forces"}, "e1"),
        ({"text": "ON THURSDAY"}, "e1"),
        ({"text": "long held"}, "e2"),
        ({"min_confidence": 0.7}, "e2"),
    ],
)
def test_events_and_claims(view, filters, events):
    asked = EventFilter(**filters)
    assert [e.id for e in view.events if asked.admits(e, view)] == events.split()
    if filters.get("types") != ("offensive",) and filters.get("place") != "place:hama":
        assert [c.event for c in view.claims.values() if asked.admits_claim(c, view)] == events.split()


HELD = Spell(
    "s1", EventPlace("place:hama", "Hama", "city", "SY"), "Hayat Tahrir al-Sham", "Syrian opposition", "control",
    When.parse("2024-12-04/2024-12-05"), When.parse("2024-12-20"), None, "confirmed", ("e1",), ("gone",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        ({}, True),
        ({"place": "hama"}, True),
        ({"place": "place:hama"}, True),
        ({"place": "SY"}, True),
        ({"place": "Homs"}, False),
        ({"actor": "tahrir"}, True),
        ({"actor": "opposition"}, True),
        ({"actor": "army"}, False),
        ({"grades": ("confirmed",)}, True),
        ({"grades": ("claimed",)}, False),
        ({"since": date(2024, 12, 20)}, True),
        ({"since": date(2024, 12, 21)}, False),
        ({"until": date(2024, 12, 4)}, True),
        ({"until": date(2024, 12, 3)}, False),
        ({"types": ("seize",)}, True),
        ({"types": ("clash",)}, False),
        ({"types": ("seize",), "frames": ("background",)}, False),
        ({"statuses": ("planned",)}, False),
        ({"voice": "the army"}, True),
        ({"text": "on thursday"}, True),
        ({"min_confidence": 0.9}, False),
    ],
)
def test_spells(view, filters, admitted):
    claim = next(claim.id for claim in view.claims.values() if claim.type == "seize")
    assert EventFilter(**filters).admits_spell(replace(HELD, claims=("gone", claim)), view) is admitted


def test_a_spell_that_is_open_is_of_every_day():
    endless, nowhere = replace(HELD, since=None, until=None), View({}, {})
    assert EventFilter(since=date(2030, 1, 1)).admits_spell(endless, nowhere)
    assert EventFilter(until=date(1990, 1, 1)).admits_spell(endless, nowhere)
    assert not EventFilter(types=("seize",)).admits_spell(endless, nowhere)


def test_a_claim_of_no_event_has_no_grade(view):
    bare = View(view.documents, view.records)
    claim = next(iter(view.claims.values()))
    assert not EventFilter(grades=("claimed",)).admits_claim(claim, bare)
    assert EventFilter().admits_claim(claim, bare)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"types": ("war",)}, "type 'war'"),
        ({"grades": ("sure",)}, "grade 'sure'"),
        ({"statuses": ("done",)}, "status 'done'"),
        ({"frames": ("now",)}, "frame 'now'"),
        ({"min_confidence": 1.5}, "1.5"),
        ({"since": date(2024, 12, 5), "until": date(2024, 12, 4)}, "before it begins"),
    ],
)
def test_what_cannot_be_asked(wrong, says):
    with pytest.raises(UsageError, match=says):
        EventFilter(**wrong)


def test_names_match_by_whole_words():
    assert names_match("al-sham", "Hayat Tahrir al-Shām")
    assert not names_match("sham", "Shamil")
    assert not names_match("", "Anyone")
    assert place_matches("SY", "Hama", "SY")
    assert not place_matches("SY", "Hama", "")


def test_the_sentence_of_a_claim(view):
    first, second = view.claims.values()
    assert sentence_of(first, view) == "On Thursday HTS seized Hama, the army said."
    assert sentence_of(second, view) == "The front has long held Idlib."
    assert sentence_of(first, View({}, view.records)) == "seized"
