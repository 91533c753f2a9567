"""Casualties that a sentence counts are a claim, also where the network finds none."""

import numpy as np
import pytest
from fake_network import SURE, FakeNetwork

from warledger.extract.negation import is_negated
from warledger.model import layout

NONE = 0.75 * SURE


def nothing_likely(text):
    """A network that takes no word for a trigger, and none for one by half."""
    net = FakeNetwork(text)
    net.tags[:, layout.COLUMNS["trigger"].start] = NONE
    return net


def found(net):
    return [(t.span.of(net.text), t.type, t.sentence) for t in net.read().triggers]


@pytest.mark.parametrize(
    ("text", "figure", "word"),
    [
        ("Eighteen others were wounded.", "Eighteen others", "wounded"),
        ("At least 17 people were killed, hospitals said.", "At least 17 people", "killed"),
        ("A woman was killed at her door.", "A woman", "killed"),
        ("A fire in the camp killed nine people.", "nine people", "killed"),
        ("Two villagers died on the way.", "Two villagers", "died"),
    ],
)
def test_a_count_of_casualties_is_a_claim(text, figure, word):
    net = nothing_likely(text).mention("figure", figure)
    assert [(said, sentence) for said, _, sentence in found(net)] == [(word, 0)]


def test_the_word_that_the_network_thinks_of_is_preferred_with_its_type():
    net = nothing_likely("Two men were killed when a drone hit a car.").mention("figure", "Two men")
    net.label("trigger", "airstrike", net.at("hit")[0], NONE - 0.5)  # a little less likely than none
    assert found(net) == [("hit", "airstrike", 0)]


def test_the_network_tells_a_toll_from_an_attack():
    net = nothing_likely("The rebels killed 66 people.").mention("figure", "66 people")
    net.label("trigger", "attack", net.at("killed")[0], NONE / 2)
    assert found(net) == [("killed", "attack", 0)]


@pytest.mark.parametrize("kind", ["shelling", "toll", "clash"])
def test_a_sentence_that_has_such_a_claim_has_one(kind):
    net = nothing_likely("Shells killed two people and wounded ten.").trigger("Shells", kind)
    net.mention("figure", "two people").mention("figure", "ten")
    assert found(net) == [("Shells", kind, 0)]


def test_several_counts_of_a_sentence_are_one_claim_and_each_sentence_has_its_own():
    net = nothing_likely("Two people were killed and ten wounded.\nThree soldiers were injured.")
    net.mention("figure", "Two people").mention("figure", "ten wounded").mention("figure", "Three soldiers")
    assert [(said, sentence) for said, _, sentence in found(net)] == [("killed", 0), ("injured", 1)]


def test_a_claim_of_another_kind_beside_it_counts_no_dead():
    net = nothing_likely("The group, which pledged loyalty, killed six people.").trigger("pledged", "declare")
    net.mention("figure", "six people")
    assert [said for said, *_ in found(net)] == ["pledged", "killed"]


def test_a_count_of_anything_else_is_none():
    net = nothing_likely("Ten lorries reached the town.").mention("figure", "Ten lorries")
    assert found(net) == []


def test_it_is_as_sure_as_such_claims_are_often_right():
    net = nothing_likely("Eighteen others were wounded.").mention("figure", "Eighteen others")
    (trigger,) = net.read().triggers
    assert np.isclose(trigger.score, 0.7)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("There was no |fighting in the town.", True),
        ("There was no immediate |claim of responsibility.", True),
        ("Nobody |claimed responsibility.", True),
        ("No one has |claimed responsibility.", True),
        ("The army had not |attacked the village.", True),
        ("They were never deliberately |targeted.", True),
        ("Planes didn't |bomb the town.", True),
        ("The group no longer |holds the town.", True),
        ("The army would not have |attacked the village.", False),
        ("There is no doubt |attacks went on.", False),
        ("It said no. |Fighting went on.", False),
        ("Not far from the town |fighting went on.", False),
        ("The army |attacked the village.", False),
        ("The |counter-attack that the army had announced never came.", True),
        ("The |crackdown did not happen there.", True),
        ("The |attack that came at dawn never stopped.", False),
    ],
)
def test_what_a_negation_stands_right_before_is_denied(said, expected):
    at = said.index("|")
    text = said.replace("|", "")
    assert is_negated(text, at, at + len(text[at:].split()[0])) is expected
    net = nothing_likely(text)
    net.trigger(text[at:].split()[0].strip(".,"), "attack")
    assert [t.status for t in net.read().triggers] == ["denied" if expected else "happened"]
