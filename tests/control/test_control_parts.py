"""Claims of several places, of a part of one, of what lies near, and of a side that came in: what spells they make."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.control import spells
from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventPlace,
    Evidence,
    Grade,
    Mention,
    Origin,
    Place,
    Record,
    Span,
    When,
)

REBELS, ARMY, BANNER = "rebels (Syria)", "Syrian Armed Forces", "Black Banner"
KINDS = {REBELS: "rebel_group", ARMY: "state_forces", BANNER: "jihadist_group"}
SPOTS = {"Marwa": (35.10, 36.70), "Nahr": (35.12, 36.71), "Tell Aswad": (34.60, 36.95)}
TOWNS = {name: EventPlace(f"{name.lower()}.sy", name, "town", "SY", *spot) for name, spot in SPOTS.items()}


class World:
    """Events with one claim or several, each in a document of its own whose sentence names the places."""

    def __init__(self):
        self.events, self.records, self.documents = [], {}, {}

    def claim(self, number, kind, sentence, trigger, who, target, when, published, voice):
        text = f"{sentence}."
        document = Document(f"d{number}", text, "wire", published, sentences=((0, len(text)),))
        places = tuple(
            Place(name, name, "town", "SY", *SPOTS[name], (Mention(Span(at, at + len(name)), name),))
            for name in SPOTS
            if (at := text.find(name)) >= 0
        )
        named = sorted((p for p in places), key=lambda p: p.mentions[0].span)
        at = text.index(trigger)
        claim = Claim(
            f"c{number}", document.id, 0, "e1", kind, Evidence(document.id, Span(at, at + len(trigger)), trigger),
            initiator=(who,) if who else (), target=(target,) if target else (),
            place=named[0].id, also_places=tuple(p.id for p in named[1:]), when=When.parse(when) if when else None,
        )  # fmt: skip
        self.documents[document.id] = document
        actors = tuple(Actor(name, name, kind_) for name, kind_ in KINDS.items())
        self.records[document.id] = Record(document.id, actors, places, (claim,))
        return claim, named

    def tell(self, kind, sentence, who="", target="", when="2031-05-06", *, trigger="took", grade="reported", more=()):
        """An event; `more` are further claims of it: (sentence, trigger, interested)."""
        number, published = f"{len(self.events):02}", date(2031, 5, 20)
        claims, places, origins = [], [], []
        for n, (words, verb, partial) in enumerate(((sentence, trigger, False), *more)):
            claim, named = self.claim(f"{number}{n}", kind, words, verb, who, target, when, published, n)
            claims.append(claim)
            places += [TOWNS[p.name] for p in named]
            origins.append(Origin(f"witness {n}", "media", partial, (claim.id,)))
        first, *others = dict.fromkeys(places)
        self.events.append(
            Event(
                f"e{number}", kind, (kind,), first, claims[0].when, (who,) if who else (), (target,) if target else (),
                "happened", "news", tuple(c.id for c in claims), tuple(c.document for c in claims), tuple(origins),
                Grade(grade, "said", (claims[0].id,)), also_places=tuple(others),
            )
        )  # fmt: skip
        return self

    def spells(self):
        return spells(self.events, self.records, self.documents)

    def lines(self, town="Marwa"):
        """extent, holder, since, until."""
        return [
            (s.extent, s.holder, s.since and s.since.edtf, s.until and s.until.edtf)
            for s in self.spells()
            if s.layer == "control" and s.place.name == town
        ]


def test_each_of_several_towns_gets_its_spell():
    world = World().tell("seize", "Rebels took Marwa and Tell Aswad", REBELS, ARMY)
    taken = [("", ARMY, None, "2031-05-06"), ("", REBELS, "2031-05-06", None)]
    assert world.lines("Marwa") == world.lines("Tell Aswad") == taken
    world = World().tell("withdraw", "The army left Marwa and Tell Aswad", ARMY, trigger="left")
    assert world.lines("Tell Aswad") == [("", ARMY, None, "2031-05-06")]


def test_a_town_that_only_one_claim_names_has_no_more_support_than_that():
    """Two witnesses tell of Marwa; only one, who takes a side, of Tell Aswad. A neighbour with a name of its own is not it."""
    world = World().tell(
        "seize",
        "Rebels took Marwa",
        REBELS,
        grade="corroborated",
        more=(("They took Marwa, Nahr and Tell Aswad", "took", True),),
    )
    grades = {s.place.name: s.grade for s in world.spells()}
    assert grades == {"Marwa": "corroborated", "Nahr": "claimed", "Tell Aswad": "claimed"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels took hills near Marwa",
        "Rebels took a base outside the town of Marwa",
        "Rebels took villages north of Marwa",
        "Rebels took ground in Marwa's countryside",
        "Rebels took the outskirts of Marwa",
    ],
)
def test_what_lies_near_a_town_says_nothing_of_it(sentence):
    assert World().tell("seize", sentence, REBELS, ARMY).lines() == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Rebels took most of the town of Marwa", "most of"),
        ("Rebels took large parts of Marwa", "large parts of"),
        ("Rebels took several districts of Marwa", "parts of"),
        ("Rebels took eastern Marwa", "parts of"),
        ("Rebels took Marwa's eastern districts", "parts of"),
        ("Rebels took Marwa, the army's stronghold near the border", ""),
        ("Rebels, who came from near the border, took Marwa", ""),
    ],
)
def test_a_part_is_kept_as_a_part(sentence, words):
    assert World().tell("seize", sentence, REBELS).lines() == [(words, REBELS, "2031-05-06", None)]


def test_who_takes_a_part_from_one_who_holds_it_makes_it_contested():
    world = World().tell("seize", "Rebels took most of Marwa", REBELS, ARMY)
    assert world.lines() == [("", ARMY, None, "2031-05-06"), ("most of", "contested", "2031-05-06", None)]
    assert world.spells()[1].between == (REBELS, ARMY)
    world.tell("seize", "Rebels took parts of Marwa", REBELS, ARMY, "2031-05-07")
    assert len(world.lines()) == 2, "told again"
    assert world.tell("seize", "Rebels took Marwa", REBELS, ARMY, "2031-05-09").lines()[1:] == [
        ("most of", "contested", "2031-05-06", "2031-05-09"), ("", REBELS, "2031-05-09", None),
    ]  # fmt: skip


def test_when_one_leaves_a_contested_town_the_other_has_it():
    world = World().tell("seize", "Rebels took most of Marwa", REBELS, ARMY)
    world.tell("withdraw", "Rebels left Marwa", REBELS, "", "2031-05-09", trigger="left")
    assert world.lines()[1:] == [("most of", "contested", "2031-05-06", "2031-05-09"), ("", ARMY, "2031-05-09", None)]


def test_two_who_hold_parts_of_a_town_contest_it():
    world = World().tell("control", "The army holds parts of Marwa", ARMY, trigger="holds", when="2031-05-01")
    world.tell("control", "Rebels hold parts of Marwa", REBELS, trigger="hold", when="2031-05-03")
    assert world.lines() == [
        ("parts of", ARMY, None, "2031-05-01/2031-05-03"), ("parts of", "contested", "2031-05-01/2031-05-03", None),
    ]  # fmt: skip


def test_leaving_a_part_ends_nothing():
    world = World().tell("control", "The army holds Marwa", ARMY, trigger="holds", when="2031-05-01")
    world.tell("withdraw", "The army left parts of Marwa", ARMY, trigger="left")
    assert world.lines() == [("", ARMY, None, None)]
    assert World().tell("withdraw", "The army left parts of Marwa", ARMY, trigger="left").lines() == []


def test_who_entered_has_it_at_the_latest_when_the_other_left():
    held = ("control", "The army holds Marwa", ARMY, "", "2031-05-01")
    left = ("withdraw", "The army left Marwa", ARMY, "", "2031-05-08")
    world = World().tell(*held, trigger="holds").tell("seize", "Rebels entered Marwa", REBELS, trigger="entered")
    changed = "2031-05-06/2031-05-08"
    assert world.tell(*left, trigger="left").lines() == [("", ARMY, None, changed), ("", REBELS, changed, None)]
    world = World().tell(*held, trigger="holds").tell("seize", "Rebels took Marwa", REBELS)
    assert world.tell(*left, trigger="left").lines()[1] == ("", REBELS, "2031-05-06", None)


def test_a_spell_says_what_it_began_and_ended_with():
    world = (
        World().tell("seize", "Rebels took Marwa", REBELS, ARMY).tell("seize", "The army took Marwa", ARMY, "", "2031-05-12")
    )
    before, rebels, army = world.spells()
    assert (before.begun_by, before.ended_by) == ((), ("c000",))
    assert (rebels.begun_by, rebels.ended_by) == (("c000",), ("c010",))
    assert (army.begun_by, army.ended_by) == (("c010",), ())


SENTENCES = {
    "whole": "{who} took Marwa",
    "most": "{who} took most of Marwa",
    "near": "{who} took hills near Marwa",
    "in": "{who} took Marwa and Tell Aswad",
    "part": "{who} took parts of Marwa and Tell Aswad",
}
acts = st.lists(
    st.tuples(
        st.sampled_from(["seize", "withdraw", "control", "besiege", "clash"]),
        st.sampled_from(sorted(SENTENCES)),
        st.sampled_from(sorted(KINDS)),
        st.sampled_from(["", *sorted(KINDS)]),
        st.integers(0, 12),
        st.sampled_from([0, 0, 0, 3, None]),
        st.booleans(),
    ),
    max_size=9,
)


@settings(max_examples=300, deadline=None)
@given(acts)
def test_spells_of_one_place_and_layer_never_overlap(drawn):
    world = World()
    for kind, words, who, target, start, length, enters in drawn:
        first = date(2031, 5, 1) + timedelta(start)
        when = None if length is None else When.of(first, first + timedelta(length)).edtf
        sentence = SENTENCES[words].format(who=who.title())
        trigger = "entered" if enters else "took"
        world.tell(kind, sentence.replace("took", trigger), who, target if target != who else "", when, trigger=trigger)
    found = world.spells()
    for town in TOWNS.values():
        for layer in ("control", "besieged"):
            row = [s for s in found if s.layer == layer and s.place == town]
            for before, after in pairwise(row):
                assert before.until is not None
                assert after.since is not None
                ends, starts = before.until.first or date.min, after.since.last or date.max
                assert ends <= starts, "no day is certainly both's"
            for spell in row:
                assert (spell.holder == "contested") == bool(spell.between) or not spell.extent
                assert set(spell.begun_by) | set(spell.ended_by) <= set(spell.claims)
    assert len({s.id for s in found}) == len(found)
