"""What speaks for an actor in a role, and that it is weighed."""

from dataclasses import replace

import pytest
from fake_network import FakeNetwork
from made_claims import links, reading, scene

from warledger.core import Place
from warledger.extract import casting
from warledger.extract.casting import LEAST, ROLES, Scene, Stage, Weights, load_weights
from warledger.extract.places import Places


def found(net, role="initiator", *, owner, triggers=None, number=0, **more):
    """By actor (index), the findings for it in a role."""
    triggers = triggers or (links(),)
    stage = Stage(reading(net, triggers, owner=owner, places=(), text=net.text, **more))
    seen = Scene(stage, number, triggers[number])
    return {one.owner: seen.findings(one, role) for one in seen.cast}


def test_the_packaged_weights_are_of_both_roles():
    weights = load_weights()
    for role in ROLES:
        assert 0 < weights.alone[role] <= weights.floor[role] < 1
        assert weights.levels[role]["network"] > 0
    assert weights.chance("initiator", {"network": 5.0}) > weights.chance("initiator", {"network": -4.0, "never seen": 9.0})


def test_a_chance_has_bounds():
    zero = dict.fromkeys(ROLES, 0.0)
    weights = Weights(zero, {role: {"network": 100.0} for role in ROLES}, zero, zero)
    assert weights.chance("target", {"network": 5.0}) == pytest.approx(1)
    assert weights.chance("target", {"network": -4.0}) == pytest.approx(0)


def test_every_actor_of_the_sentence_may_have_a_role():
    net = FakeNetwork("Rebels seized it from the army.").mention("actor", "Rebels").mention("actor", "the army")
    net.trigger("seized", "seize")
    one, other = found(net, owner=(0, 1), triggers=(links(initiator=((0, 0.9),)),)).values()
    assert {"rank: first", "clause: subject, this one", "side: before"} <= one.keys()
    assert {"rank: far behind", "clause: subject, another", "side: after", "word before: after, from"} <= other.keys()
    assert one["network"] > other["network"] == pytest.approx(casting.Candidate(0).logit("initiator"))
    assert pytest.approx(1 / (1 + 2.718281828 ** -other["network"]), abs=1e-3) == LEAST


def test_an_actor_of_another_sentence_needs_a_link():
    net = FakeNetwork("The army came.\nRebels seized it.\nThe monitor left.")
    net.mention("actor", "The army").mention("actor", "Rebels").mention("actor", "The monitor").trigger("seized", "seize")
    seen = found(net, "target", owner=(0, 1, 2), triggers=(links(target=((0, 0.6),)),))
    assert list(seen) == [0, 1]
    assert "where: sentence before" in seen[0]
    assert seen[0]["network, elsewhere"] == seen[0]["network"] > 0


def test_the_doer_of_the_trigger_before_is_told():
    net = FakeNetwork("The brigade's raid destroyed it.").mention("actor", "The brigade")
    net.trigger("raid", "attack").trigger("destroyed", "destroy")
    triggers = (links(initiator=((0, 0.8),)), links())
    seen = found(net, owner=(0,), triggers=triggers, number=1)
    assert seen[0]["trigger before: initiator"] == pytest.approx(0.8)
    first = found(net, owner=(0,), triggers=triggers[::-1])
    assert first[0]["trigger after: initiator"] == pytest.approx(0.8)


def test_a_list_is_told():
    net = FakeNetwork("The army and the militia seized it.").mention("actor", "The army").mention("actor", "the militia")
    net.trigger("seized", "seize")
    seen = found(net, owner=(0, 1), triggers=(links(initiator=((0, 0.9),)),))
    assert "rank: listed with the first" in seen[1]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It was seized", "passive"),
        ("They had seized", "perfect"),
        ("They seized", "-ed"),
        ("They are seizing", "-ing"),
        ("They plan to seize", "to"),
        ("The seizures", "plural"),
        ("The seizure", "bare"),
        ("They were freed", "passive"),
    ],
)
def test_how_a_trigger_is_built(text, form):
    word = text.rpartition(" ")[2]
    net = FakeNetwork(f"{text} of Rebels").mention("actor", "Rebels").trigger(word, "seize")
    assert f"side and form: after, {form}" in found(net, owner=(0,))[0]


def test_an_actor_may_stand_in_the_trigger():
    net = FakeNetwork("Rebels rule").mention("actor", "Rebels").trigger("Rebels rule", "control")
    assert "where: in the trigger" in found(net, owner=(0,))[0]


def test_all_of_a_scene_get_a_chance():
    net = scene()
    stage = Stage(reading(net, [links(), links(), links()]))
    chances = Scene(stage, 0, links()).chances(load_weights())
    assert set(chances) == set(ROLES)
    assert all(0 < x < 1 for of in chances.values() for x in of.values())


def test_who_is_called_as_a_town_is_a_town():
    net = FakeNetwork("Rebels took the town from Exampleville.").mention("actor", "Rebels").mention("actor", "Exampleville")
    net.trigger("took", "seize")
    read = reading(net, (links(),), owner=(0, 1), places=(), text=net.text)
    for kind, towns in (("town", {1}), ("country", set())):
        assert Stage(replace(read, places=Places((Place("p1", "Actor 2", kind),), ()))).towns == towns
