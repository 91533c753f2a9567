"""Scores of links become chances: of one filler or none, of several, of an earlier trigger, of a relation."""

import math

import numpy as np
import pytest
from fake_network import SURE, FakeNetwork

from warledger.extract.links import LAYER_OF, SINGLE, link, relations, sigmoid
from warledger.model import layout

TEXT = "Rebels took the town from soldiers on Friday\nSoldiers said Thursday that 7 people died in the village"


def scene(**windows):
    net = FakeNetwork(TEXT, **windows)
    net.mention("actor", "Rebels").mention("actor", "soldiers").mention("actor", "Soldiers")
    net.mention("place", "town").mention("place", "village").mention("time", "Friday").mention("time", "Thursday")
    net.mention("figure", "7 people").trigger("took", "seize").trigger("died", "attack")
    return net


def linked(net):
    return link(net.read(), net.tables)


def test_every_role_has_its_layer():
    assert set(LAYER_OF) | {"event"} == set(layout.ROLES)


def test_what_is_not_tied_is_not_linked():
    one, two = linked(scene())
    assert set(one.roles) == set(LAYER_OF)
    assert not any(one.roles.values())
    assert one.earlier == two.earlier == ()
    assert set(one.none) == set(SINGLE)
    assert all(p == pytest.approx(1, abs=1e-4) for p in one.none.values())


def test_a_role_of_several_is_one_chance_each():
    net = scene()
    took, _ = net.at("took")
    net.tie(took, "initiator", net.at("Rebels"), 2.0)
    net.tie(took, "initiator", net.at("Soldiers"), 0.0)
    one, two = linked(net)
    assert one.roles["initiator"] == ((0, pytest.approx(1 / (1 + math.exp(-2)), abs=1e-4)), (2, pytest.approx(0.5, abs=1e-4)))
    assert two.roles["initiator"] == ()
    assert one.roles["target"] == ()


def test_a_role_of_one_shares_its_chance_with_none():
    net = scene()
    took, _ = net.at("took")
    net.tie(took, "place", net.at("town"), 1.0)
    net.tie(took, "place", net.at("village"), 0.0)
    net.null[took, layout.ROLES.index("place")] = 0.5
    (one, _) = linked(net)
    total = math.exp(1) + 1 + math.exp(0.5)
    assert one.roles["place"] == ((0, pytest.approx(math.exp(1) / total, abs=1e-3)), (1, pytest.approx(1 / total, abs=1e-3)))
    assert one.none["place"] == pytest.approx(math.exp(0.5) / total, abs=1e-3)


@pytest.mark.parametrize("role", SINGLE)
def test_a_threshold_makes_none_less_likely(role):
    net = scene()
    took, _ = net.at("took")
    net.tie(took, role, net.at({"place": "town", "time": "Friday", "voice": "Soldiers"}[role]), 0.0)
    net.tables.thresholds[f"{role}_link"] = 2.0
    one, _ = linked(net)
    assert one.none[role] == pytest.approx(1 / (1 + math.exp(2)), abs=1e-3)
    assert one.roles[role][0][1] == pytest.approx(1 / (1 + math.exp(-2)), abs=1e-3)


def test_a_mention_counts_by_its_first_and_last_word():
    net = scene()
    died, _ = net.at("died")
    net.tie(died, "figure", net.at("7 people"))
    _, two = linked(net)
    assert two.roles["figure"] == ((0, pytest.approx(1, abs=1e-3)),)


def test_only_earlier_triggers_are_earlier():
    net = scene()
    took, died = net.at("took"), net.at("died")
    net.tie(took[0], "event", died)
    net.tie(died[0], "event", took)
    net.tie(died[0], "event", died)
    one, two = linked(net)
    assert one.earlier == ()
    assert two.earlier == ((0, pytest.approx(1, abs=1e-3)),)


def test_no_earlier_trigger_is_likelier_than_the_chance_of_none():
    net = scene()
    took, died = net.at("took"), net.at("died")
    net.tie(died[0], "event", took, 0.0)
    net.null[died[0], layout.ROLES.index("event")] = 1.0
    assert linked(net)[1].earlier == ((0, pytest.approx(1 / (1 + math.e), abs=1e-3)),)


def test_a_mention_outside_the_window_is_no_candidate():
    start = TEXT[: TEXT.index("\n")].count(" ") + 1
    far, near = scene(cores=(0, start)), scene(cores=(0, start), left=2)
    for net in (far, near):
        died, _ = net.at("died")
        net.tie(died, "time", net.at("Friday"))
        net.tie(died, "initiator", net.at("Rebels"))
        net.tie(died, "event", net.at("took"))
    assert linked(far)[1].roles["time"] == linked(far)[1].roles["initiator"] == linked(far)[1].earlier == ()
    assert [m for m, _ in linked(near)[1].roles["time"]] == [0]
    assert linked(near)[1].roles["initiator"] == ()


def test_a_mention_that_the_window_cuts_is_no_candidate():
    text = "The Example Army\nleft today"
    net = FakeNetwork(text, cores=(0, 3), left=1)
    net.mention("actor", "Example Army").trigger("left", "withdraw")
    net.tie(net.at("left")[0], "initiator", net.at("Example Army"))
    assert linked(net)[0].roles["initiator"] == ()


def test_a_mention_that_goes_on_in_the_next_window_is_no_candidate():
    net = FakeNetwork("Left has the Example Army", cores=(0, 4))
    net.mention("actor", "Example Army").trigger("Left", "withdraw")
    net.tie(net.at("Left")[0], "initiator", net.at("Example Army"))
    assert linked(net)[0].roles["initiator"] == ()


def test_every_trigger_is_linked_once_whatever_the_windows():
    for cores in ((0,), (0, 8), (0, 3, 12), (0, 1, 2, 3)):
        net = scene(cores=cores, left=20)
        net.tie(net.at("died")[0], "place", net.at("village"))
        found = linked(net)
        assert len(found) == 2
        assert [m for m, _ in found[1].roles["place"]] == [1]


def test_distance_and_sentence_have_their_bias():
    net = scene()
    took, _ = net.at("took")
    r = layout.ROLES.index("target")
    net.tables.bias[r, :] = 0
    kinds = len(layout.DISTANCES) + 1
    net.tables.bias[r, kinds : kinds + 4] = (1.0, 2.0, 4.0, 8.0)  # the same sentence, the one before, earlier, later
    net.tables.bias[r, np.searchsorted(layout.DISTANCES, -1, side="right")] = 16.0  # Rebels, one word before
    one, two = linked(net)
    chances = dict(one.roles["target"])
    assert {n: round(float(np.log(p / (1 - p))), 1) for n, p in chances.items() if n} == {1: 1.0, 2: 8.0}
    assert chances[0] == pytest.approx(1)
    before = dict(two.roles["target"])
    assert {n: round(float(np.log(p / (1 - p))), 1) for n, p in before.items()} == {0: 2.0, 1: 2.0, 2: 1.0}
    assert took == 1


def test_no_triggers_no_links():
    assert linked(FakeNetwork("Nothing at all")) == []


def test_relations_of_one_sentence():
    net = scene()
    net.relate(net.at("Rebels"), "opposed_to", net.at("soldiers"))
    net.relate(net.at("Rebels"), "leads", net.at("Soldiers"))
    assert list(relations(net.read(), net.tables)) == [(0, 1, "opposed_to", pytest.approx(1, abs=1e-3))]


def test_an_unlikely_relation_is_left_out():
    net = scene()
    net.relate(net.at("Rebels"), "opposed_to", net.at("soldiers"), -1.5)
    assert list(relations(net.read(), net.tables)) == []
    net.relate(net.at("Rebels"), "opposed_to", net.at("soldiers"), -1.0)
    assert [row[:3] for row in relations(net.read(), net.tables)] == [(0, 1, "opposed_to")]


def test_a_relation_is_read_in_one_window_only():
    net = FakeNetwork("Rebels fight soldiers\nSoldiers left", cores=(0, 3), left=3)
    net.mention("actor", "Rebels").mention("actor", "soldiers").mention("actor", "Soldiers")
    net.relate(net.at("Rebels"), "opposed_to", net.at("soldiers"))
    assert len(list(relations(net.read(), net.tables))) == 1


def test_sigmoid():
    assert sigmoid(np.array([0.0, SURE, -SURE, 1e30, -1e30], np.float32)) == pytest.approx([0.5, 1, 0, 1, 0], abs=1e-4)
