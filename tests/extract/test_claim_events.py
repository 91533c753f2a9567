"""Which claims of a document tell of one event: how two compare, and how what they are is weighed."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Claim, Evidence, Figure, Place, Span, Voice, When
from warledger.extract.claim_events import NOT_COMPARED, compared, gathered
from warledger.extract.event_levels import TOLD_AS, TOLD_TOGETHER, Told, Weights, are_rivals, compare, load_weights

WORDS = "word "
"""Every claim of these documents stands on one of these, and each is a sentence."""
PLACES = (
    Place("p1", "Exampleville", "city", lat=35.0, lon=36.0),
    Place("p2", "Exampleville Airport", "facility", lat=35.1, lon=36.1),
    Place("p3", "Otherville", "city", lat=36.5, lon=37.5),
    Place("p4", "Example Province", "province", lat=35.5, lon=36.5),
    Place("p5", "somewhere", "village"),
)


def claim(number, kind="airstrike", place="p1", when="2024-12-05", event="", **more):
    """The `number`-th claim of a document, in an event of its own unless one is given."""
    start = number * len(WORDS)
    base = Claim(
        id=f"c{number}",
        document="d1",
        sentence=number,
        event=event or f"own{number}",
        type=kind,
        trigger=Evidence("d1", Span(start, start + 4), "word"),
        place=place,
        when=When.parse(when) if when else None,
    )
    return replace(base, **more)


def told(*claims, text="", **chances):
    """A document's claims; `chances` are the network's, by the numbers of the later and the earlier claim: c2_c1=0.5."""
    pairs = {tuple(name.split("_")): chance for name, chance in chances.items()}
    return Told.of(text or WORDS * (len(claims) + 1), claims, PLACES, pairs)


def levels(one, two, text=""):
    return set(compare(told(one, two, text=text), one, two, 0.0, 0.0, 1.0))


def events(made, **weights):
    """The events where only the named findings weigh something: "type: same" is type__same."""
    named = {name.replace("__", ": ").replace("_", " "): weight for name, weight in weights.items()}
    return [c.event for c in gathered(made, Weights(named.pop("intercept", -1.0), named, 0.0))]


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ({}, {}, "type: same"),
        ({"kind": "bombing"}, {"kind": "toll"}, "type: one told as the other"),
        ({"kind": "clash"}, {"kind": "offensive"}, "type: told together"),
        ({"kind": "airstrike"}, {"kind": "bombing"}, "type: of one family"),
        ({"kind": "airstrike"}, {"kind": "seize"}, "type: different"),
        ({"kind": "accuse"}, {}, "kind: speech"),
        ({"kind": "control"}, {"kind": "control"}, "kind: state"),
        ({}, {}, "kind: violence"),
        ({}, {}, "place: same"),
        ({"place": "p3"}, {"place": "p1", "also_places": ("p3",)}, "place: same"),
        ({}, {"place": "p2"}, "place: near"),
        ({}, {"place": "p3"}, "place: different"),
        ({}, {"place": "p4"}, "place: an area and another place"),
        ({}, {"place": "p5"}, "place: different"),
        ({}, {"place": ""}, "place: one not given"),
        ({"place": ""}, {"place": ""}, "place: neither given"),
        ({}, {}, "time: same"),
        ({}, {"when": "2024-12-01/2024-12-07"}, "time: days in common"),
        ({}, {"when": "2024-12-01"}, "time: apart"),
        ({}, {"when": ""}, "time: one not given"),
        ({"when": ""}, {"when": ""}, "time: neither given"),
        ({"initiator": ("a1", "a2")}, {"initiator": ("a2",)}, "initiator: shared"),
        ({"initiator": ("a1",)}, {"initiator": ("a2",)}, "initiator: different"),
        ({"target": ("a1",)}, {"target": ("a2",)}, "target: different"),
        ({"status": "denied"}, {}, "status: different"),
        ({"frame": "background"}, {}, "frame: different"),
        ({"frame": "background"}, {"frame": "background"}, "frame: both background"),
        ({}, {"sentence": 0}, "distance: same sentence"),
        ({}, {}, "distance: next sentence"),
        ({}, {"sentence": 4}, "distance: a few sentences apart"),
        ({}, {"sentence": 5}, "distance: far apart"),
        ({}, {"sentence": 2}, "distance: one opens the report"),
    ],
)
def test_a_pair_has_the_finding(one, two, level):
    first, second = claim(0, **one), claim(1, **two)
    found = levels(first, second)
    assert level in found
    assert len([name for name in found if name.startswith(level.split(": ")[0] + ": ")]) <= 2


def test_a_figure_told_again_is_found():
    count = Figure("killed", "people", 12, 12, words=Evidence("d1", Span(0, 4), "word"))
    one, same, other = (claim(n, figures=(f,)) for n, f in enumerate((count, count, replace(count, low=13, high=13))))
    assert "figures: same" in levels(one, same)
    assert "figures: different" in levels(one, other)
    assert not any(name.startswith("figures") for name in levels(one, claim(3)))


def test_the_words_before_and_of_the_trigger_are_read():
    text = "A bomb went off. The bombing hurt nobody, a bombing did."
    spots = {"bomb": 2, "The bombing": 21, "a bombing": text.index("a bombing") + 2}
    bomb, the, a = (
        claim(n, "bombing", trigger=Evidence("d1", Span(at, at + len(word)), word))
        for n, (word, at) in enumerate(zip(("bomb", "bombing", "bombing"), spots.values(), strict=True))
    )
    assert {"words: the later is definite", "words: same trigger"} <= levels(bomb, the, text)
    assert "words: the later is definite" not in levels(bomb, a, text)
    assert "words: same trigger" not in levels(bomb, claim(0), text)


def test_the_network_is_heard_by_claim_and_by_event():
    made = told(claim(0, event="x"), claim(1, event="x"), claim(2), c1_c0=0.75, c2_c0=0.25, c2_c1=0.5)
    found = {(m, n): row for m, n, row in compared(made)}
    assert found[0, 1]["network: linked"] == 1
    assert found[0, 1]["network: nothing told before"] == pytest.approx(0.25)
    assert found[0, 2]["network: linked"] == 0
    assert (found[0, 2]["network: this claim"], found[1, 2]["network: this claim"]) == (0.25, 0.5)
    assert {found[n, 2]["network: this claim's event"] for n in (0, 1)} == {0.75}
    assert {found[n, 2]["network: nothing told before"] for n in (0, 1)} == {0.25}


def test_only_types_that_are_told_together_are_compared_unless_the_network_thinks_of_it():
    one, other = claim(0, "airstrike"), claim(1, "accuse")
    assert list(compared(told(one, other))) == []
    assert [(m, n) for m, n, _ in compared(told(one, other, c1_c0=0.1))] == [(0, 1)]
    assert [(m, n) for m, n, _ in compared(told(one, replace(other, event=one.event)))] == [(0, 1)]
    assert events(told(one, other), intercept=5.0) == ["e1", "e2"]


def test_claims_are_joined_from_the_threshold_on():
    pair = told(claim(0), claim(1))
    assert events(pair, type__same=1.0) == ["e1", "e1"]
    assert events(pair, type__same=0.99) == ["e1", "e2"]
    assert events(told(claim(0), claim(1, place="p3")), type__same=2.0, place__different=-2.0) == ["e1", "e2"]


def test_the_network_alone_joins_nothing_that_the_rest_speaks_against():
    linked = told(claim(0, event="x"), claim(1, when="2024-11-01", event="x"), c1_c0=0.9)
    assert events(linked, network__linked=2.0) == ["e1", "e1"]
    assert events(linked, network__linked=2.0, time__apart=-3.0) == ["e1", "e2"]


def test_a_chance_likeness_chains_nothing():
    chain = told(claim(0, place="p1"), claim(1, place="p1", also_places=("p3",)), claim(2, place="p3"))
    assert events(chain, place__same=2.0, place__different=-4.0) == ["e1", "e1", "e2"]
    assert events(chain, place__same=2.0, place__different=0.5) == ["e1", "e1", "e1"]


def test_what_was_not_compared_counts_as_doubt():
    assert load_weights().join_at > NOT_COMPARED
    three = told(claim(0, "clash"), claim(1, "offensive"), claim(2, "shelling"))
    assert events(three, intercept=1.0) == ["e1", "e1", "e2"]


def test_events_are_numbered_in_order_and_none_is_needed():
    made = told(claim(0, "seize"), claim(1, "toll"), claim(2, "seize"), claim(3, "toll"))
    assert events(made, type__same=5.0) == ["e1", "e2", "e1", "e2"]
    assert gathered(told()) == ()


def test_what_two_speakers_each_say_is_two_events():
    made = [claim(n, kind="demand", initiator=(who,) if who else ()) for n, who in enumerate(("a1", "a2", "a1", ""))]
    always = Weights(5.0, {}, 0.0)
    assert [c.event for c in gathered(told(*made[:3]), always)] == ["e1", "e2", "e1"]
    assert [c.event for c in gathered(told(made[0], made[3]), always)] == ["e1", "e1"]
    deeds = [replace(c, type="airstrike") for c in made[:2]]
    assert [c.event for c in gathered(told(*deeds), always)] == ["e1", "e1"]


def test_the_packaged_weights_join_what_agrees_and_keep_apart_what_does_not():
    sure = told(claim(0, event="x"), claim(1, event="x"), c1_c0=0.95)
    assert [c.event for c in gathered(sure)] == ["e1", "e1"]
    other = told(claim(0), claim(1, place="p3", when="2024-11-01", initiator=("a1",)))
    assert [c.event for c in gathered(other)] == ["e1", "e2"]


def test_types_that_are_told_as_one_another_may_be_told_together():
    assert all(any(pair <= group for group in TOLD_TOGETHER) for pair in TOLD_AS)


KINDS = st.sampled_from(("airstrike", "toll", "attack", "bombing", "clash", "accuse"))
ROWS = st.lists(st.tuples(KINDS, st.sampled_from(("", "p1", "p2", "p3")), st.sampled_from(("", "2024-12-05"))), max_size=8)


@given(ROWS, st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(0, 1), max_size=6))
def test_nothing_but_the_event_changes_and_no_two_events_should_be_joined(rows, ties):
    claims = [claim(n, kind, place, when) for n, (kind, place, when) in enumerate(rows)]
    made = Told.of(WORDS * 9, claims, PLACES, {(f"c{a}", f"c{b}"): p for (a, b), p in ties.items() if b < a < len(rows)})
    found, weights = gathered(made), load_weights()
    assert [replace(c, event="") for c in found] == [replace(c, event="") for c in claims]
    scores = {(m, n): max(-8.0, min(8.0, weights.score(row))) for m, n, row in compared(made)}
    members = defaultdict(list)
    for number, one in enumerate(found):
        members[one.event].append(number)
    for mine in members.values():
        for yours in members.values():
            if mine < yours:
                pairs = [(min(m, n), max(m, n)) for m in mine for n in yours]
                assert sum(scores.get(pair, NOT_COMPARED) for pair in pairs) / len(pairs) < weights.join_at + 1e-6


@pytest.mark.parametrize(
    ("words", "pairs"),
    [("The word began. The word went on.", 1), ("A word began. A separate big word began.", 0), ("A word. Another word.", 1)],
)
def test_what_is_called_separate_is_not_what_was_told_before(words, pairs):
    first, second = words.index("word"), words.rindex("word")
    one, two = (replace(claim(n), trigger=Evidence("d1", Span(at, at + 4), "word")) for n, at in enumerate((first, second)))
    assert len(list(compared(told(one, two, text=words)))) == pairs


def test_a_running_total_is_no_count_of_one_days_deed():
    def count(number, low, basis, when):
        figure = Figure("killed", "people", low, low, Evidence("d1", Span(0, 4), "word"), basis=basis)
        return claim(number, "airstrike", when=when, figures=(figure,))

    struck, total = count(0, 16, "incident", "2024-12-05"), count(1, 320, "cumulative", "2024-11-27/2024-12-05")
    assert events(told(struck, total), intercept=5.0) == ["e1", "e2"]
    assert events(told(struck, count(1, 320, "cumulative", "2024-12-05")), intercept=5.0) == ["e1", "e1"]
    assert events(told(struck, count(1, 320, "incident", "2024-11-27/2024-12-05")), intercept=5.0) == ["e1", "e1"]


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ({"kind": "suicide_bombing", "initiator": ("a1",)}, {"kind": "attack", "target": ("a1",)}, 2),
        ({"kind": "attack", "target": ("a1",)}, {"kind": "attack", "initiator": ("a1",)}, 2),
        ({"kind": "attack", "initiator": ("a1",)}, {"kind": "attack", "initiator": ("a1",)}, 1),
        ({"kind": "clash", "initiator": ("a1",)}, {"kind": "clash", "target": ("a1",)}, 1),
    ],
)
def test_what_is_done_to_who_did_it_is_another_deed(one, two, count):
    assert len(set(events(told(claim(0, **one), claim(1, **two)), intercept=5.0))) == count


@pytest.mark.parametrize(
    ("kind", "one", "two", "said", "count"),
    [
        ("airstrike", "2024-12-03", "2024-12-05", True, 2),
        ("airstrike", "2024-12-03", "2024-12-05", False, 1),
        ("airstrike", "2024-12-03", "2024-12-03", True, 1),
        ("airstrike", "2024-12-03/2024-12-05", "2024-12-05", True, 1),
        ("airstrike", "2024-12-01/2024-12-03", "2024-12-05", True, 2),
        ("negotiate", "2024-12-03", "2024-12-05", True, 1),
    ],
)
def test_what_words_date_to_two_times_is_two_deeds(kind, one, two, said, count):
    words = Evidence("d1", Span(0, 4), "word") if said else None
    both = [claim(n, kind, when=when, when_text=words) for n, when in enumerate((one, two))]
    assert len(set(events(told(*both), intercept=5.0))) == count


@pytest.mark.parametrize(
    ("kind", "first", "second", "count"),
    [
        ("attack", {"initiator": ("a1",)}, {"initiator": ("a2",)}, 2),
        ("attack", {"initiator": ("a1",)}, {"initiator": ("a1",)}, 1),
        ("attack", {"initiator": ("a1",)}, {"initiator": ("a3",)}, 1),
        ("attack", {"initiator": ("a1",)}, {}, 1),
        ("chemical_attack", {"initiator": ("a1",)}, {"initiator": ("a2",)}, 1),
        ("clash", {"initiator": ("a1",)}, {"initiator": ("a2",)}, 1),
        ("attack", {"initiator": ("a1",), "voice": (Voice("a2"),)}, {"initiator": ("a2",), "voice": (Voice("a1"),)}, 1),
        ("attack", {"initiator": ("a1",), "voice": (Voice("a1"),)}, {"initiator": ("a2",), "voice": (Voice("a2"),)}, 2),
    ],
)
def test_what_a_state_does_and_what_irregulars_do_is_two_unless_each_blames_the_other(kind, first, second, count):
    sides = {"a1": "state", "a2": "irregular"}
    made = Told.of(WORDS * 3, (claim(0, kind, **first), claim(1, kind, **second)), PLACES, {}, sides=sides)
    assert len({c.event for c in gathered(made, Weights(5.0, {}, 0.0))}) == count


@pytest.mark.parametrize(
    ("one", "two", "foes", "rivals"),
    [
        ({"kind": "seize", "initiator": ("a1",)}, {"kind": "control", "initiator": ("a2",)}, {("a1", "a2")}, True),
        ({"kind": "seize", "initiator": ("a1",)}, {"kind": "seize", "initiator": ("a2",)}, set(), False),
        ({"kind": "seize", "initiator": ("a1",)}, {"kind": "seize", "initiator": ("a2", "a1")}, {("a1", "a2")}, False),
        ({"kind": "clash", "initiator": ("a1",)}, {"kind": "clash", "initiator": ("a2",)}, {("a1", "a2")}, False),
        ({"kind": "seize", "initiator": ("a1",)}, {"kind": "seize"}, {("a1", "a2")}, False),
    ],
)
def test_enemies_who_each_take_a_place_are_two_events(one, two, foes, rivals):
    first, second = claim(0, **one), claim(1, **two)
    both = frozenset(foes) | {(b, a) for a, b in foes}
    assert are_rivals(first, second, both) is rivals
    made = Told.of(WORDS * 3, (first, second), PLACES, {}, both)
    assert len({c.event for c in gathered(made, Weights(5.0, {}, 0.0))}) == (2 if rivals else 1)
