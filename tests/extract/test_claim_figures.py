"""Which figures a claim has, and what they count."""

from dataclasses import replace
from datetime import date

import pytest
from fake_network import FakeNetwork
from made_claims import build, built, links, reading, scene

from warledger.core import Actor
from warledger.extract.actors import Actors

pytestmark = pytest.mark.usefixtures("no_plain_clauses")


def test_a_figure_has_its_bounds_measure_and_group():
    net = scene()
    (claim, *_) = built(net, links(figure=((0, 0.9),)), links(), links())
    (figure,) = claim.figures
    assert (figure.measure, figure.group, figure.low, figure.high) == ("killed", "combatants", 12, 12)
    assert (figure.words.quote, figure.basis, figure.since) == ("12 soldiers", "incident", None)


def test_figures_stand_in_the_order_of_the_text():
    net = scene()
    (claim, *_) = built(net, links(figure=((1, 0.9), (0, 0.6))), links(), links())
    assert [(f.low, f.high, f.words.quote) for f in claim.figures] == [(12, 12, "12 soldiers"), (3, 9, "several others")]


def test_others_are_of_the_group_before_them_in_their_sentence():
    text = "Shelling killed 12 civilians and wounded 30 others.\nRaids wounded 5 others."
    net = FakeNetwork(text).trigger("Shelling", "shelling").trigger("Raids", "attack")
    net.mention("figure", "12 civilians", measure="killed", group="people")
    net.mention("figure", "30 others", measure="injured", group="people")
    net.mention("figure", "5 others", measure="injured", group="people")
    first, second = built(net, links(figure=((0, 0.9), (1, 0.9))), links(figure=((2, 0.9),)), owner=(), places=(), text=text)
    assert [f.group for f in (*first.figures, *second.figures)] == ["civilians", "civilians", "people"]


def test_a_verb_beside_a_figure_outweighs_the_network():
    net = scene()
    net.label("measure", "injured", net.at("12 soldiers")[0], 20)
    net.label("measure", "injured", net.at("3 lives")[0], 20)
    first, second, _ = built(net, links(figure=((0, 0.9),)), links(figure=((2, 0.9),)), links())
    assert (first.figures[0].measure, second.figures[0].measure) == ("killed", "injured")


@pytest.mark.parametrize(
    ("kind", "words", "group", "measure"),
    [
        ("arrest", "nine men", "people", "detained"),
        ("deploy", "nine men", "people", "forces"),
        ("control", "9,000 people", "people", "population"),
        ("control", "nine fighters", "combatants", "forces"),
        ("arrest", "nine trucks", "vehicles", "other"),
        ("attack", "nine men", "people", "other"),
    ],
)
def test_a_figure_is_of_what_claims_of_its_type_count(kind, words, group, measure):
    net = FakeNetwork(f"They took {words} away.").trigger("took", kind)
    net.mention("figure", words, measure="other", group=group)
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=net.text)
    assert claim.figures[0].measure == measure


def test_the_second_of_a_list_is_counted_for_what_the_first_is():
    text = "Shelling hit the town, injuring two guards and three medics."
    net = FakeNetwork(text).trigger("Shelling", "shelling")
    net.mention("figure", "two guards", measure="injured").mention("figure", "three medics", measure="killed")
    (claim,) = built(net, links(figure=((0, 0.9), (1, 0.9))), owner=(), places=(), text=text)
    assert [f.measure for f in claim.figures] == ["injured", "injured"]


@pytest.mark.parametrize(
    ("words", "measure", "group", "counted"),
    [
        ("78", "destroyed", "people", ("destroyed", "other")),
        ("78 men", "destroyed", "people", ("killed", "people")),
        ("78 tanks", "killed", "vehicles", ("destroyed", "vehicles")),
    ],
)
def test_people_are_not_destroyed_nor_things_killed(words, measure, group, counted):
    net = FakeNetwork(f"Shelling hit, of all, {words} there.").trigger("Shelling", "shelling")
    net.mention("figure", words, measure=measure, group=group)
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=net.text)
    assert [(f.measure, f.group) for f in claim.figures] == [counted]


def test_an_agreement_counts_nobody():
    net = FakeNetwork("Forty soldiers agreed there.").trigger("agreed", "agree")
    net.mention("figure", "Forty soldiers", measure="killed", group="combatants")
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=net.text)
    assert claim.figures == ()


def test_fighters_who_did_it_are_strength():
    text = "A convoy was ambushed by 40 gunmen, who killed two guards."
    net = FakeNetwork(text).trigger("ambushed", "attack")
    net.mention("figure", "40 gunmen", measure="killed").mention("figure", "two guards", measure="killed")
    (claim,) = built(net, links(figure=((0, 0.9), (1, 0.9))), owner=(), places=(), text=text)
    assert [f.measure for f in claim.figures] == ["forces", "killed"]


def test_what_a_verb_counts_right_behind_it_is_its_own():
    text = "The shelling of the town came a day after rebels kidnapped eight men."
    net = FakeNetwork(text).trigger("shelling", "shelling").trigger("kidnapped", "abduct")
    net.mention("figure", "eight men", measure="killed", group="people")
    likelier = links(figure=((0, 0.9),)), links(figure=((0, 0.05),))
    first, second = built(net, *likelier, owner=(), places=(), text=text)
    assert first.figures == ()
    assert [f.measure for f in second.figures] == ["detained"]


def test_the_dead_are_an_attacks_rather_than_what_was_destroyed_with_them():
    text = "The raids that destroyed the bridge killed, in all, eight men."
    net = FakeNetwork(text).trigger("raids", "airstrike").trigger("destroyed", "destroy")
    net.mention("figure", "eight men", measure="killed", group="people")
    first, second = built(net, links(figure=((0, 0.3),)), links(figure=((0, 0.6),)), owner=(), places=(), text=text)
    assert [f.low for f in first.figures] == [8]
    assert second.figures == ()


def test_those_who_say_it_are_no_figure():
    text = "Rebels killed eight men, two rebel commanders said."
    net = FakeNetwork(text).trigger("killed", "attack")
    net.mention("figure", "eight men", measure="killed").mention("figure", "two rebel commanders", measure="killed")
    (claim,) = built(net, links(figure=((0, 0.9), (1, 0.9))), owner=(), places=(), text=text)
    assert [f.words.quote for f in claim.figures] == ["eight men"]


def test_a_verb_beside_a_figure_outweighs_the_type_of_its_claim():
    net = FakeNetwork("They arrested some and killed nine men.").trigger("arrested", "arrest")
    net.mention("figure", "nine men", measure="killed", group="people")
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=net.text)
    assert claim.figures[0].measure == "killed"


def test_tags_of_one_figure_are_one():
    text = "Shelling killed another 113 people and a man and his daughter."
    net = FakeNetwork(text).trigger("Shelling", "shelling")
    for words in ("another", "113", "a man", "his daughter"):
        net.mention("figure", words, measure="killed", group="people")
    (claim,) = built(net, links(figure=((0, 0.2), (1, 0.9), (2, 0.9), (3, 0.9))), owner=(), places=(), text=text)
    assert [(f.words.quote, f.low) for f in claim.figures] == [("another 113 people", 113), ("a man and his daughter", 2)]


def test_words_without_a_number_are_no_figure():
    text = "Shelling killed many people"
    net = FakeNetwork(text).trigger("Shelling", "shelling").mention("figure", "many people", measure="killed")
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=text)
    assert claim.figures == ()


def test_lives_that_people_lose_are_no_second_count():
    text = "In the shelling 11 people lost their lives."
    net = FakeNetwork(text).trigger("shelling", "shelling")
    net.mention("figure", "11 people", measure="killed").mention("figure", "their lives", measure="killed")
    (claim,) = built(net, links(figure=((0, 0.9), (1, 0.9))), owner=(), places=(), text=text)
    assert [f.words.quote for f in claim.figures] == ["11 people"]


def test_a_figure_goes_to_the_likeliest_trigger_of_its_sentence():
    text = "Shelling and clashes killed 7 people.\nRaids went on."
    net = FakeNetwork(text).trigger("Shelling", "shelling").trigger("clashes", "clash").trigger("Raids", "attack")
    net.mention("figure", "7 people", measure="killed")

    def counted(*chances, **thresholds):
        found = [links(figure=((0, c),) if c else ()) for c in chances]
        return [len(c.figures) for c in built(net, *found, owner=(), places=(), text=text, thresholds=thresholds)]

    assert counted(0.3, 0.4, 0.9) == [0, 1, 0]
    assert counted(0.3, 0.3, 0) == [1, 0, 0]
    assert counted(0.6, 0.7, 0) == [0, 1, 0]
    assert counted(0.1, 0.14, 0) == [0, 0, 0]
    assert counted(0.1, 0.14, 0, figure_least=0.12) == [0, 1, 0]
    assert counted(0.1, 0.14, 0, figure_link=0.12) == [0, 1, 0]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("7,000 people, many of whom have fled, live there.", 0),
        ("7,000 people, many of them fled there.", 0),
        ("7,000 people fled, many of them children.", 1),
        ("7,000 people, many of them children, fled.", 1),
    ],
)
def test_what_some_do_does_not_count_all(text, counted):
    net = FakeNetwork(text).trigger("fled", "displace").mention("figure", "7,000 people", measure="displaced")
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=text)
    assert len(claim.figures) == counted


def test_a_running_total_is_cumulative_since_its_beginning():
    text = "Shelling has killed 300 people since Thursday."
    net = FakeNetwork(text).trigger("Shelling", "toll").mention("figure", "300 people", measure="killed")
    (claim,) = built(net, links(figure=((0, 0.9),)), owner=(), places=(), text=text)
    (figure,) = claim.figures
    assert figure.basis == "cumulative"
    assert figure.since.first == date(2024, 12, 5)


def test_the_network_can_say_that_a_figure_is_cumulative():
    net = scene()
    net.label("basis", "cumulative", net.at("12 soldiers")[0])
    (claim, *_) = built(net, links(figure=((0, 0.9),)), links(), links())
    assert (claim.figures[0].basis, claim.figures[0].since) == ("cumulative", None)


def test_a_figure_goes_to_what_counts_it():
    text = "Shelling drove people out and killed 12 soldiers."
    net = FakeNetwork(text).trigger("Shelling", "shelling").trigger("drove people out", "displace")
    net.mention("figure", "12 soldiers", measure="killed", group="combatants")
    first, second = built(net, links(figure=((0, 0.2),)), links(figure=((0, 0.9),)), owner=(), places=(), text=text)
    assert ([f.measure for f in first.figures], second.figures) == (["killed"], ())


def test_a_first_since_is_no_beginning_of_a_count():
    text = "Jets struck Exampleville for the first time since 2016, killing 16 people."
    net = FakeNetwork(text).mention("figure", "16 people", measure="killed", group="people").trigger("struck", "airstrike")
    claim = build(reading(net, [links(figure=((0, 0.9),))], owner=(), places=(), text=text), [0.5])[0]
    assert [(f.low, f.basis, f.since) for f in claim.figures] == [(16, "incident", None)]


def test_a_figure_of_fighters_or_arms_has_the_side_that_its_words_name():
    text = "Jets killed 12 Example fighters and 3 civilians and wounded 5 others."
    net = FakeNetwork(text).trigger("killed", "airstrike").mention("actor", "Jets").mention("actor", "Example fighters")
    net.mention("figure", "12 Example fighters", group="combatants")
    found = links(figure=((0, 0.9),))
    assert sides(net, found, text, ("state_forces", "rebel_group")) == ["a2"]
    assert sides(net, found, text, ("state_forces", "civilians")) == [""]
    net.mention("figure", "3 civilians", group="civilians")
    assert sides(net, links(figure=((0, 0.9), (1, 0.9))), text, ("state_forces", "rebel_group")) == ["a2", ""]


def test_losses_without_a_name_are_the_targets_and_strength_the_senders():
    text = "Jets destroyed two tanks in a strike on the rebels who have 300 fighters and 5 others."
    net = FakeNetwork(text).trigger("strike", "airstrike").mention("actor", "Jets").mention("actor", "the rebels")
    net.mention("figure", "two tanks", measure="destroyed", group="vehicles")
    net.mention("figure", "300 fighters", measure="forces", group="combatants")
    net.mention("figure", "5 others", measure="forces", group="combatants")
    found = links(figure=((0, 0.9), (1, 0.9), (2, 0.9)), initiator=((0, 0.9),), target=((1, 0.9),))
    armed = ("state_forces", "rebel_group")
    assert sides(net, found, text, armed) == ["a2", "a1", "a1"]
    assert sides(net, found, text, ("state_forces", "civilians")) == ["", "a1", "a1"]
    two = replace(found, roles={**found.roles, "target": ((0, 0.9), (1, 0.9)), "initiator": ()})
    assert sides(net, two, text, armed) == ["", "", ""]


def sides(net, found, text, kinds):
    read = reading(net, [found], owner=tuple(range(len(kinds))), places=(), text=text)
    actors = tuple(Actor(f"a{n + 1}", f"Actor {n + 1}", kind) for n, kind in enumerate(kinds))
    (claim,) = build(replace(read, actors=Actors(actors, tuple(range(len(kinds))))), [0.5])
    return [figure.side for figure in claim.figures]


@pytest.mark.parametrize(
    ("when", "basis"), [("in 1982", "incident"), ("between 1980 and 1982", "cumulative"), ("", "cumulative")]
)
def test_what_is_counted_of_one_year_does_not_run_up(when, basis):
    text = f"The crackdown on the revolt killed 9,000 people {when}."
    net = FakeNetwork(text).trigger("crackdown", "attack").mention("figure", "9,000 people", measure="killed", group="people")
    found = links(figure=((0, 0.9),))
    if when:
        net.mention("time", when)
        found = links(figure=((0, 0.9),), time=((0, 0.9),), none={"time": 0.1}.items())
    (claim,) = built(net, found, owner=(), places=(), text=text)
    assert [f.basis for f in claim.figures] == [basis]
