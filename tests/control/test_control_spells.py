"""Who holds what: events of our own making, and the spells that come of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.control import changes, held, spells
from warledger.control.spells import end_day, first_day
from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventPlace,
    Evidence,
    Grade,
    Origin,
    Record,
    Span,
    When,
)

PARTIES = {
    "rebels (Syria)": "rebel_group",
    "Syrian Armed Forces": "state_forces",
    "Black Banner": "jihadist_group",
    "Northern Front": "rebel_group",
}
REBELS, ARMY, BANNER, FRONT = PARTIES
MARWA = EventPlace("marwa.sy", "Marwa", "city", "SY", 35.1, 36.7)
DAY = date(2031, 5, 6)


class World:
    """Events, with a document and a record behind each."""

    def __init__(self):
        self.events, self.records, self.documents = [], {}, {}

    def tell(
        self, kind, who="", target="", when="2031-05-06", *, place=MARWA, trigger="took", status="happened", grade="reported",
        published=DAY, frame="news",
    ):  # fmt: skip
        number = len(self.events)
        document = Document(f"d{number:03}", trigger, "wire", published)
        actors = tuple(Actor(name, name, kind_) for name, kind_ in PARTIES.items())
        initiator, targets = ((who,) if who else ()), ((target,) if target else ())
        time = When.parse(when) if when else None
        claim = Claim(
            f"c{number:03}", document.id, 0, "e1", kind, Evidence(document.id, Span(0, len(trigger)), trigger),
            initiator=initiator, target=targets, when=time, status=status, frame=frame,
        )  # fmt: skip
        self.documents[document.id] = document
        self.records[document.id] = Record(document.id, actors, (), (claim,))
        self.events.append(
            Event(
                f"e{number:03}", kind, (kind,), place, time, initiator, targets, status, frame, (claim.id,), (document.id,),
                (Origin("wire", "media", False, (claim.id,)),), Grade(grade, "said"),
            )
        )  # fmt: skip
        return self

    def spells(self, lexicon=None):
        return spells(self.events, self.records, self.documents, lexicon=lexicon)

    def lines(self):
        """holder, since, until."""
        return [(s.holder, s.since and s.since.edtf, s.until and s.until.edtf) for s in self.spells() if s.layer == "control"]


def test_a_seizure_ends_the_spell_of_who_lost_it():
    world = World().tell("seize", REBELS, ARMY)
    assert world.lines() == [(ARMY, None, "2031-05-06"), (REBELS, "2031-05-06", None)]
    before, after = world.spells()
    assert (before.side, after.side) == ("government", "opposition")
    assert [s.holder for s in held("marwa", DAY - timedelta(1), world.spells())] == [ARMY]
    assert [s.holder for s in held("marwa.sy", DAY, world.spells())] == [REBELS]
    assert held("Atlantis", DAY, world.spells()) == ()
    (change,) = changes(DAY, world.spells())
    assert (change.before, change.after) == (before, after)
    assert changes(DAY + timedelta(1), world.spells()) == ()


def test_a_week_stays_a_week():
    world = World().tell("seize", REBELS, ARMY, "2031-05-05/2031-05-11")
    assert world.lines()[1][1] == "2031-05-05/2031-05-11"
    assert len(held("Marwa", date(2031, 5, 8), world.spells())) == 2, "within the week it may be either"


def test_told_again_more_exactly_and_by_name():
    world = (
        World().tell("seize", REBELS, ARMY, "2031-05-05/2031-05-11").tell("seize", FRONT, "", "2031-05-11", grade="confirmed")
    )
    assert world.lines() == [(ARMY, None, "2031-05-11"), (FRONT, "2031-05-11", None)]
    assert world.spells()[1].grade == "confirmed"
    assert world.spells()[1].events == ("e000", "e001")


def test_twice_changed_hands():
    world = (
        World()
        .tell("seize", REBELS, ARMY, "2031-05-06")
        .tell("seize", ARMY, REBELS, "2031-06-01")
        .tell("seize", BANNER, "", "2031-07-01")
    )
    assert world.lines() == [
        (ARMY, None, "2031-05-06"),
        (REBELS, "2031-05-06", "2031-06-01"),
        (ARMY, "2031-06-01", "2031-07-01"),
        (BANNER, "2031-07-01", None),
    ]
    assert [c.when.edtf for c in changes(date(2031, 6, 1), world.spells())] == ["2031-07-01", "2031-06-01"]


def test_a_withdrawal_ends_a_spell_and_hands_over_only_to_whom_it_names():
    assert World().tell("withdraw", ARMY).lines() == [(ARMY, None, "2031-05-06")]
    assert World().tell("withdraw", ARMY, REBELS).lines() == [(ARMY, None, "2031-05-06"), (REBELS, "2031-05-06", None)]
    world = World().tell("seize", REBELS, ARMY).tell("withdraw", ARMY, "", "2031-05-07")
    assert world.lines()[-1] == (REBELS, "2031-05-06", None), "the loser's going does not end the winner's spell"
    assert "e001" in world.spells()[-1].events


def test_a_withdrawal_and_the_seizure_of_one_day_are_one_change():
    assert World().tell("withdraw", ARMY).tell("seize", REBELS).lines() == [
        (ARMY, None, "2031-05-06"),
        (REBELS, "2031-05-06", None),
    ]


def test_states_keep_alive_begin_and_change_with_their_doubt():
    world = (
        World()
        .tell("control", ARMY, "", "2031-05-01")
        .tell("control", ARMY, "", "2031-05-04")
        .tell("control", REBELS, "", "2031-05-09")
    )
    assert world.lines() == [(ARMY, None, "2031-05-04/2031-05-09"), (REBELS, "2031-05-04/2031-05-09", None)]
    assert world.spells()[0].last_known.edtf == "2031-05-04"
    world = World().tell("withdraw", ARMY, "", "2031-05-01").tell("control", REBELS, "", "2031-05-09")
    assert world.lines()[-1] == (REBELS, "2031-05-01/2031-05-09", None)
    world = World().tell("control", REBELS, "", "2031-05-01").tell("control", FRONT, "", "2031-05-02")
    assert world.lines() == [(FRONT, None, None)]


def test_a_standing_fact_never_overrules_what_is_dated():
    world = World().tell("seize", REBELS, ARMY).tell("control", ARMY, "", None, frame="background", published=date(2031, 5, 8))
    assert world.lines()[-1] == (REBELS, "2031-05-06", None)
    world = World().tell("seize", REBELS, ARMY).tell("control", REBELS, "", None, published=date(2031, 5, 8))
    assert world.spells()[-1].last_known.edtf == "2031-05-08"
    assert World().tell("control", ARMY, "", None).lines() == [(ARMY, None, None)]
    old = World().tell("seize", ARMY, REBELS, None, frame="background").tell("seize", REBELS, ARMY, "2031-05-02")
    assert old.lines()[-1] == (REBELS, "2031-05-02", None)


def test_a_seizure_without_a_day_comes_after_the_last_word_for_the_holder():
    world = World().tell("control", ARMY, "", "2031-05-01").tell("seize", REBELS, "", None)
    assert world.lines() == [(ARMY, None, "2031-05-01/2031-05-06"), (REBELS, "2031-05-01/2031-05-06", None)]


def test_contested_only_where_both_claim_the_day_and_there_is_fighting():
    world = World().tell("seize", REBELS, "").tell("seize", ARMY, "")
    assert "contested" not in {s.holder for s in world.spells()}
    world.tell("clash", REBELS, ARMY)
    contested = [s for s in world.spells() if s.holder == "contested"]
    assert len(contested) == 1
    assert contested[0].grade == "contested"


def test_the_side_that_most_claims_name_holds_by_its_most_telling_name():
    world = World().tell("seize", REBELS).tell("seize", FRONT).tell("seize", ARMY)
    claims = tuple(c for r in world.records.values() for c in r.claims)
    first = replace(world.events[0], claims=tuple(c.id for c in claims), initiator=(ARMY, FRONT, REBELS))
    (spell,) = spells([first], world.records, world.documents)
    assert (spell.holder, spell.side) == (FRONT, "opposition")


def test_a_siege_is_a_layer_and_ends_with_the_fall():
    world = (
        World()
        .tell("control", REBELS, "", "2031-05-01")
        .tell("besiege", ARMY, REBELS, "2031-05-06")
        .tell("besiege", ARMY, "", "2031-05-09")
    )
    siege = [s for s in world.spells() if s.layer == "besieged"]
    assert [(s.holder, s.since.edtf, s.until, s.last_known.edtf) for s in siege] == [(ARMY, "2031-05-06", None, "2031-05-09")]
    assert held("Marwa", date(2031, 5, 7), world.spells(), layer="besieged") == tuple(siege)
    assert world.lines() == [(REBELS, None, None)]
    world.tell("seize", ARMY, REBELS, "2031-05-20").tell("besiege", BANNER, ARMY, "2031-05-25").tell(
        "besiege", REBELS, ARMY, "2031-06-01"
    )
    siege = [(s.holder, s.since.edtf, s.until and s.until.edtf) for s in world.spells() if s.layer == "besieged"]
    assert siege == [(ARMY, "2031-05-06", "2031-05-20"), (BANNER, "2031-05-25", "2031-06-01"), (REBELS, "2031-06-01", None)]


def test_a_surrender_hands_over_what_is_held():
    world = World().tell("control", REBELS, "", "2031-05-01").tell("agree", REBELS, ARMY, trigger="surrender terms")
    assert world.lines()[-1] == (ARMY, "2031-05-06", None)
    assert World().tell("control", REBELS, "", "2031-05-01").tell("agree", REBELS, ARMY, trigger="truce").lines() == [
        (REBELS, None, None)
    ]
    assert World().tell("agree", REBELS, ARMY, trigger="surrender").lines() == []


def test_what_does_not_count():
    near = EventPlace("marwa.sy", "Marwa", "city", "SY", precision="near")
    country = EventPlace("syria", "Syria", "country", "SY")
    for world in (
        World().tell("seize", REBELS, ARMY, status="planned"),
        World().tell("seize", REBELS, ARMY, grade="retracted"),
        World().tell("seize", REBELS, ARMY, grade="denied"),
        World().tell("seize", REBELS, ARMY, place=near),
        World().tell("seize", REBELS, ARMY, place=country),
        World().tell("seize", REBELS, ARMY, place=None),
        World().tell("airstrike", ARMY, REBELS),
        World().tell("seize", ""),
        World().tell("seize", REBELS, "", None, published=None),
    ):
        assert world.spells() == ()


def test_a_province_says_nothing_of_its_town():
    province = EventPlace("marwa-area.sy", "Marwa", "province", "SY")
    world = World().tell("control", ARMY, "", "2031-05-01").tell("seize", REBELS, ARMY, "2031-05-06", place=province)
    assert [s.holder for s in world.spells() if s.place.kind == "city"] == [ARMY]
    assert [s.holder for s in world.spells() if s.place.kind == "province"] == [ARMY, REBELS]


class Lexicon:
    """One name for two, and sides by day."""

    def match(self, name, *, country="", on=None):
        return Actor("x", "Grand Front", "rebel_group") if name in {REBELS, FRONT} else None

    def side_of(self, name, *, country="", on=None):
        return "the front's" if name == "Grand Front" and on is not None else ""


def test_the_lexicon_names_holders_and_sides():
    world = World().tell("seize", REBELS, ARMY)
    assert [(s.holder, s.side) for s in world.spells(Lexicon())] == [(ARMY, "government"), ("Grand Front", "the front's")]


acts = st.lists(
    st.tuples(
        st.sampled_from(["seize", "withdraw", "control", "besiege", "clash", "agree"]),
        st.sampled_from(list(PARTIES)),
        st.sampled_from(["", *PARTIES]),
        st.integers(0, 12),
        st.sampled_from([0, 0, 0, 3, 9, None]),
        st.sampled_from(["news", "background"]),
    ),
    max_size=9,
)


@settings(max_examples=300, deadline=None)
@given(acts, st.randoms(use_true_random=False))
def test_spells_never_overlap_and_do_not_depend_on_order(drawn, random):
    world = World()
    for kind, who, target, start, length, frame in drawn:
        first = date(2031, 5, 1) + timedelta(start)
        when = None if length is None else When.of(first, first + timedelta(length)).edtf
        trigger = "surrender" if kind == "agree" else "took"
        world.tell(kind, who, target if target != who else "", when, trigger=trigger, published=first, frame=frame)
    found = world.spells()
    for layer in ("control", "besieged"):
        row = [s for s in found if s.layer == layer]
        for before, after in pairwise(row):
            assert before.until is not None
            assert after.since is not None
            assert (before.until.first or date.min) <= (after.since.first or date.min), "the order of time"
            certain_end, certain_start = before.until.first or date.min, after.since.last or date.max
            assert certain_end <= certain_start, "no day is certainly both's"
        for spell in row:
            assert spell.since is None or spell.until is None or first_day(spell) <= end_day(spell)
    shuffled = list(world.events)
    random.shuffle(shuffled)
    assert spells(shuffled, world.records, world.documents) == found
    assert len({s.id for s in found}) == len(found)
