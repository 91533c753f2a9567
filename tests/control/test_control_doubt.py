"""What an extractor read wrongly or unsurely makes no spell; what it read well does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from warledger.control import spells
from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventPlace,
    Evidence,
    Grade,
    Origin,
    Place,
    Record,
    Relation,
    Span,
    When,
)  # fmt: skip

REBELS, ARMY, FRONT, BANNER, GUARD = (
    "rebels (Syria)", "Syrian Armed Forces", "Northern Front", "Black Banner", "Banner Guard",
)  # fmt: skip
KINDS = {
    BANNER: "jihadist_group",
    GUARD: "jihadist_group",
    REBELS: "rebel_group",
    ARMY: "state_forces",
    FRONT: "rebel_group",
    "units": "other",
    "Sami Haddad": "leader",
}
PLACES = {
    "Marwa": Place("Marwa", "Marwa", "city", "SY", 35.1, 36.7),
    "Tell Aswad": Place("Tell Aswad", "Tell Aswad", "town", "SY", 34.6, 36.95),
    "Syria": Place("Syria", "Syria", "country", "SY"),
    "Marwa prison": Place("Marwa prison", "Marwa prison", "facility", "SY", 35.1, 36.71),
    "Marwa town": Place("Marwa town", "Marwah", "city", "SY", 35.11, 36.7),
}
MARWA = EventPlace("marwa.sy", "Marwa", "city", "SY", 35.1, 36.7)


class Reading:
    """Events as an extractor's claims make them: each claim with its sureness, and with or without words for its time."""

    def __init__(self):
        self.events, self.records, self.documents = [], {}, {}

    def event(self, kind, *claims, when, initiator=(), target=(), grade="reported", place=MARWA, origins=1):
        number = len(self.events)
        ids = []
        for n, claim in enumerate(claims):
            ids.append(self._claim(f"{number:02}{n}", kind, when, initiator, target, claim))
        who = tuple(Origin(f"wire {n}", "media", False, tuple(ids)) for n in range(origins))
        time = When.parse(when) if when else None
        self.events.append(
            Event(
                f"e{number:03}", kind, (kind,), place, time, initiator, target, "happened", "news", tuple(ids),
                tuple(f"d{i[1:]}" for i in ids), who, Grade(grade, "said"),
            )
        )  # fmt: skip
        return self

    def _claim(self, number, kind, when, initiator, target, given):
        told = {"kind": kind, "when": when, "sure": 0.9, "words": True, "at": "Marwa", "by": initiator, "on": target} | given
        document = Document(f"d{number}", "took it", "wire", date(2031, 5, 9))
        actors = tuple(Actor(name, name, kind_) for name, kind_ in KINDS.items())
        words = Evidence(document.id, Span(0, 4), "took")
        claim = Claim(
            f"c{number}", document.id, 0, "e1", told["kind"], words, initiator=tuple(told["by"]), target=tuple(told["on"]),
            place=told["at"], when=When.parse(told["when"]) if told["when"] else None,
            when_text=words if told["words"] and told["when"] else None, confidence=told["sure"],
        )  # fmt: skip
        self.documents[document.id] = document
        self.records[document.id] = Record(document.id, actors, tuple(PLACES.values()), (claim,))
        return claim.id

    def lines(self):
        found = spells(self.events, self.records, self.documents)
        return [(s.holder, s.since and s.since.edtf, s.until and s.until.edtf) for s in found if s.layer == "control"]


def took(**more):
    return {"by": (REBELS,), **more}


def test_a_sure_reading_makes_a_spell():
    assert Reading().event("seize", took(), when="2031-05-06", initiator=(REBELS,)).lines() == [(REBELS, "2031-05-06", None)]


@pytest.mark.parametrize(
    "claim",
    [
        took(sure=0.3),
        took(at=""),
        took(at="Syria"),
        took(at="Tell Aswad"),
        took(at="Marwa prison"),
        took(by=("Sami Haddad",)),
        took(when="2016"),
    ],
)
def test_what_is_unsure_or_about_another_place_makes_none(claim):
    """A country or a building is not the town, and a leader holds no town."""
    assert Reading().event("seize", claim, when="2031-05-06", initiator=(REBELS,)).lines() == []


def test_a_taking_told_with_no_end_begins_on_no_day():
    assert Reading().event("seize", took(), when="2031-05-06/..", initiator=(REBELS,)).lines() == [(REBELS, None, None)]


def test_another_spelling_at_the_same_spot_is_the_same_place():
    assert Reading().event("seize", took(at="Marwa town"), when="2031-05-06", initiator=(REBELS,)).lines() != []


def test_the_founding_of_a_group_makes_no_spell():
    assert Reading().event("found", took(), when="2031-05-06", initiator=(REBELS,)).lines() == []


def test_a_group_under_another_name_keeps_what_it_held():
    world = Reading().event("control", {"by": (BANNER,)}, when="2031-05-01", initiator=(BANNER,))
    world.event("control", {"by": (GUARD,)}, when="2031-05-06", initiator=(GUARD,))
    assert [holder for holder, _, _ in world.lines()] == [BANNER, GUARD]
    document, record = next(iter(world.records.items()))
    world.records[document] = replace(record, relations=(Relation(0, "same_as", BANNER, GUARD),))
    assert world.lines() == [(BANNER, None, None)]


@pytest.mark.parametrize("name", ["north", "the countryside"])
def test_a_stretch_without_a_name_is_held_by_nobody(name):
    place = EventPlace("north.sy", name, "region", "SY", 35.9, 36.9)
    world = Reading().event("control", {"by": (REBELS,), "at": "Marwa"}, when="2031-05-06", initiator=(REBELS,), place=place)
    assert world.lines() == []


def test_whom_the_event_does_not_count_among_the_takers_holds_nothing():
    wrong, right = took(by=(ARMY, "units"), sure=0.95), took(by=(REBELS,), sure=0.7)
    assert Reading().event("seize", wrong, right, when="2031-05-06", initiator=(REBELS,)).lines()[-1][0] == REBELS


def test_a_doubtful_week_gives_way_to_the_exact_day():
    world = (
        Reading()
        .event("seize", took(words=False), when="2031-04-28/2031-05-04", initiator=(REBELS,), grade="claimed")
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,), grade="corroborated", origins=2)
    )
    assert world.lines() == [(REBELS, "2031-05-06", None)]


def test_a_week_in_words_stays_beside_a_day_that_is_only_the_reports():
    world = (
        Reading()
        .event("seize", took(), when="2031-04-28/2031-05-04", initiator=(REBELS,))
        .event("seize", took(words=False), when="2031-05-04", initiator=(REBELS,))
    )
    assert world.lines() == [(REBELS, "2031-04-28/2031-05-04", None)]


def test_a_boast_begins_no_spell_before_what_others_say():
    world = (
        Reading()
        .event("seize", took(), when="2031-05-04", initiator=(REBELS,), grade="claimed")
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,), grade="confirmed")
    )
    assert world.lines() == [(REBELS, "2031-05-06", None)]


def test_a_doubtful_contrary_reading_of_those_days_changes_nothing():
    well = {"grade": "confirmed", "origins": 3}
    for kind, wrong in (("seize", took(by=(ARMY,), words=False)), ("withdraw", took(words=False))):
        doer = wrong["by"]
        world = Reading().event("seize", took(), when="2031-05-06", initiator=(REBELS,), **well)
        world.event(kind, wrong, when="2031-05-07", initiator=doer)
        assert world.lines() == [(REBELS, "2031-05-06", None)], kind


def test_who_takes_a_place_anew_two_days_later_had_lost_it_to_a_doubtful_taker():
    """A doubtful word against what is confirmed counts for nothing, unless the side takes the place once more after it."""
    world = Reading().event("seize", took(), when="2031-05-01", initiator=(REBELS,), grade="confirmed", origins=2)
    world.event("seize", took(by=(ARMY,), words=False), when="2031-05-02", initiator=(ARMY,), grade="claimed")
    assert world.lines() == [(REBELS, "2031-05-01", None)]
    world.event("seize", took(), when="2031-05-04", initiator=(REBELS,))
    found = [(REBELS, "2031-05-01", "2031-05-02"), (ARMY, "2031-05-02", "2031-05-04"), (REBELS, "2031-05-04", None)]
    assert world.lines() == found


def test_a_doubtful_state_of_the_day_of_the_taking_tells_of_that():
    world = (
        Reading()
        .event("control", took(sure=0.5), when="2031-05-06", initiator=(REBELS,))
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,))
    )
    assert world.lines() == [(REBELS, "2031-05-06", None)]


def test_a_taking_told_again_begins_no_later_spell():
    world = (
        Reading()
        .event("seize", took(), when="2031-04-20", initiator=(REBELS,))
        .event("seize", took(by=(ARMY,)), when="2031-04-27", initiator=(ARMY,))
        .event("seize", took(words=False), when="2031-05-09", initiator=(REBELS,))
    )
    assert world.lines() == [(REBELS, "2031-04-20", "2031-04-27"), (ARMY, "2031-04-27", None)]


def test_who_left_when_it_was_taken_held_it_before():
    world = (
        Reading()
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,), grade="corroborated", origins=2)
        .event("withdraw", took(by=(ARMY,), words=False), when="2031-05-07", initiator=(ARMY,))
    )
    assert world.lines() == [(ARMY, None, "2031-05-06"), (REBELS, "2031-05-06", None)]


@pytest.mark.parametrize(("words", "until"), [(False, "2031-05-06"), (True, "2031-04-28/2031-05-04")])
def test_a_departure_without_words_for_its_time_is_of_the_day_of_the_taking(words, until):
    world = (
        Reading()
        .event("withdraw", took(by=(ARMY,), words=words), when="2031-04-28/2031-05-04", initiator=(ARMY,))
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,), grade="corroborated", origins=2)
    )
    assert world.lines() == [(ARMY, None, until), (REBELS, "2031-05-06", None)]


def test_a_departure_long_before_a_taking_keeps_its_time():
    world = (
        Reading()
        .event("withdraw", took(by=(ARMY,), words=False), when="2031-04-20", initiator=(ARMY,))
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,), grade="corroborated", origins=2)
    )
    assert world.lines()[0] == (ARMY, None, "2031-04-20")


def test_who_admits_that_another_took_a_place_had_it():
    world = Reading().event("seize", took(), when="2031-05-06", initiator=(REBELS,), grade="confirmed")
    world.events[0] = replace(
        world.events[0],
        origins=(Origin(ARMY, "state_forces", True, ("c000",)),),
        grade=Grade("confirmed", "Admitted.", ("c000",)),
    )
    assert world.lines() == [(ARMY, None, "2031-05-06"), (REBELS, "2031-05-06", None)]


def test_contested_needs_both_beyond_doubt():
    fight = {"by": (REBELS,)}
    for words, contested in ((True, True), (False, False)):
        world = Reading().event("clash", fight, when="2031-05-06", initiator=(REBELS,))
        world.event("seize", took(), when="2031-05-06", initiator=(REBELS,))
        world.event("seize", took(by=(ARMY,), words=words), when="2031-05-06", initiator=(ARMY,))
        assert ("contested" in {holder for holder, _, _ in world.lines()}) is contested


def test_who_takes_a_place_anew_had_lost_it_unreported():
    world = (
        Reading()
        .event("seize", took(), when="2016", initiator=(REBELS,))
        .event("seize", took(), when="2031-05-06", initiator=(REBELS,))
    )
    assert world.lines() == [(REBELS, "2016", "2016-12-31/2031-05-06"), (REBELS, "2031-05-06", None)]


class Victors:
    """A lexicon in which the front becomes the government, and is known as the opposition."""

    def match(self, name, *, country="", on=None):
        return None

    def side_of(self, name, *, country="", on=None):
        opposition = on is None or on < date(2031, 5, 8)
        return ("opposition of the land" if opposition else "government of the land") if name == FRONT else ""


def test_who_won_the_war_meanwhile_is_still_who_holds_the_town():
    world = Reading().event("seize", took(by=(FRONT,)), when="2031-05-06", initiator=(FRONT,))
    world.event("control", {"by": (FRONT,), "when": "2031-05-09"}, when="2031-05-09", initiator=(FRONT,))
    found = spells(world.events, world.records, world.documents, lexicon=Victors())
    assert [(s.holder, s.last_known.edtf) for s in found] == [(FRONT, "2031-05-09")]


class Breakaway(Victors):
    """A lexicon in which the front came from the government's side, and fights it."""

    def side_of(self, name, *, country="", on=None):
        if name == FRONT:
            return "government of the land" if on is None else FRONT
        return "government of the land" if name == ARMY else ""

    def enemies(self, one, other, *, country="", on=None):
        return FRONT in (one, other) and one != other


def test_who_broke_with_its_side_is_no_longer_with_it():
    world = Reading().event("seize", took(by=(FRONT,)), when="2031-05-06", initiator=(FRONT,))
    world.event("withdraw", {"by": (ARMY,), "when": "2031-05-07"}, when="2031-05-07", initiator=(ARMY,))
    found = spells(world.events, world.records, world.documents, lexicon=Breakaway())
    assert [(s.holder, s.until is None) for s in found] == [(ARMY, False), (FRONT, True)]
