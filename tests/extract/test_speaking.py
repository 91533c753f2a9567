"""Who says a claim: what is found for and against each actor."""

import pytest
from fake_network import FakeNetwork

from warledger.core import Actor, Document
from warledger.extract import casting
from warledger.extract.actors import Actors
from warledger.extract.links import Links
from warledger.extract.places import Places
from warledger.extract.reading import Reading
from warledger.extract.speaking import Hearing
from warledger.extract.times import TextTimes
from warledger.extract.weighing import Weights, load_weights

NOBODY = dict.fromkeys(("initiator", "target", "voice", "place", "also", "figure", "time"), ())


def hearing(text, trigger, *, actors=(), cues=(), kind="seize", voice=(), initiator=(), none=0.5):
    net = FakeNetwork(text).trigger(trigger, kind)
    for actor in actors:
        net.mention("actor", actor)
    for cue in cues:
        net.mention("cue", cue)
    document = Document("d1", text, "Example Wire", None, sentences=net.sentences)
    people = Actors(tuple(Actor(f"a{n}", name, "other") for n, name in enumerate(actors)), tuple(range(len(actors))))
    links = Links({**NOBODY, "voice": voice, "initiator": initiator}, {"place": 1.0, "time": 1.0, "voice": none}, ())
    times = TextTimes.of(text, None)
    reading = Reading(document, times, net.read(), [links], people, Places((), ()), {}, frozenset(), lambda *_: False)
    return Hearing(casting.Stage(reading), 0, links)


def found(heard, owner):
    return heard.findings(next(one for one in heard.speakers if one.owner == owner))


def test_who_stands_beside_a_reporting_word_may_speak_though_the_network_links_nobody():
    heard = hearing("Rebels took the town, the mayor said.", "took", actors=("Rebels", "the mayor"), cues=("said",))
    assert [one.owner for one in heard.speakers] == [1]
    assert {
        "before its reporting word, here",
        "speaks behind the trigger, next",
        "where: here, a reporting word here, quoted: False",
    } <= set(found(heard, 1))


def test_who_stands_right_before_a_reporting_word_that_the_network_overlooks_is_told_from_others():
    heard = hearing("Exampleland has said it took the town.", "took", actors=("Exampleland",), voice=((0, 0.3),))
    assert "before an overlooked reporting word, here" in found(heard, 0)
    heard = hearing("Exampleland has seen that they took the town.", "took", actors=("Exampleland",), voice=((0, 0.3),))
    assert "beside no reporting word, here" in found(heard, 0)


def test_who_the_network_links_may_speak_from_an_earlier_sentence():
    text = "The mayor spoke on.\nRebels took the town."
    heard = hearing(text, "took", actors=("The mayor", "Rebels"), cues=("spoke",), voice=((0, 0.6),), none=0.4)
    names = found(heard, 0)
    assert {"where: sentence before, none here, quoted: False", "rank: first", "its speech has ended"} <= set(names)
    assert names["network: over none"] > 0
    assert names["network"] > 0


@pytest.mark.parametrize(
    ("text", "actors", "finding"),
    [
        ("The group said it took the town.", ("The group",), "says it"),
        ("The group said it took the town.", ("The group",), "speaks of itself"),
        ("The mayor said so.\nIt is over, it added, they took the town.", ("The mayor",), "resumed"),
    ],
)
def test_clauses_tell_who_speaks(text, actors, finding):
    cues = ("said", "added") if "added" in text else ("said",)
    assert finding in found(hearing(text, "took", actors=actors, cues=cues), 0)


def test_nobody_named_before_it_speaks_in_a_clause_of_the_reports_own():
    text = "The mayor vowed to fight, while allies, officials said, took the town."
    net = FakeNetwork(text).trigger("vowed", "threaten").trigger("took", "seize").mention("cue", "said")
    for words in ("The mayor", "officials"):
        net.mention("actor", words)
    document = Document("d1", text, "Example Wire", None, sentences=net.sentences)
    people = Actors((Actor("a0", "the mayor", "leader"), Actor("a1", "officials", "political")), (0, 1))
    links = Links({**NOBODY, "voice": ((0, 0.9), (1, 0.1))}, {"place": 1.0, "time": 1.0, "voice": 0.1}, ())
    places = Places((), ())
    reading = Reading(
        document, TextTimes.of(text, None), net.read(), [links] * 2, people, places, {}, frozenset(), lambda *_: False
    )
    stage = casting.Stage(reading)
    assert [[one.owner for one in Hearing(stage, n, links).speakers] for n in (0, 1)] == [[0, 1], [1]]


def test_the_likeliest_is_taken_if_it_is_likely_enough():
    heard = hearing("The mayor and the clerk took it.", "took", actors=("The mayor", "the clerk"), voice=((0, 0.3), (1, 0.6)))
    assert heard.best(Weights(0.0, {"network": 1.0}, 0.5)).owner == 1
    assert heard.best(Weights(0.0, {"network": 1.0}, 0.9)) is None
    assert hearing("They took it.", "took").best(Weights(0.0, {}, 0.0)) is None


def test_packaged_weights_can_be_read():
    for name in ("times", "voices"):
        weights = load_weights(name)
        assert 0 < weights.least < 1
        assert 0 < weights.chance({"type: seize": 1.0, "never seen": 1.0}) < 1
