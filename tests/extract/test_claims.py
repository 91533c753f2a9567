"""Claims are put together from triggers, links and mentions under the guide's rules."""

from dataclasses import replace

import pytest
from fake_network import FakeNetwork
from made_claims import NONE, build, built, links, reading, scene

from warledger.core import Actor, Place, Voice, When, claim_id
from warledger.core.codec import from_json, to_json
from warledger.extract import casting, claims
from warledger.extract.actors import Actors
from warledger.extract.claim_times import restated
from warledger.extract.claims import MAX_ACTORS
from warledger.extract.places import Places
from warledger.extract.weighing import Weights

pytestmark = pytest.mark.usefixtures("no_plain_clauses")


def test_a_claim_has_its_trigger_and_labels():
    net = scene()
    net.label("status", "denied", net.at("seized")[0])
    net.label("frame", "background", net.at("seized")[0])
    claim, *_ = build(reading(net, [links(), links(), links()]), [0.12345, 0.5, 0.5])
    assert (claim.type, claim.trigger.quote, claim.sentence, claim.document) == ("seize", "seized", 0, "d1")
    assert (claim.status, claim.frame, claim.confidence) == ("denied", "background", 0.123)
    assert claim.id == claim_id("d1", "seize", claim.span)
    assert (claim.initiator, claim.target, claim.place, claim.voice, claim.figures, claim.when) == ((), (), "", (), (), None)


def test_events_are_joined_along_the_likelier_links():
    net = scene()
    net.label("trigger", "declare", net.at("vowed")[0], 0.0)
    net.label("trigger", "seize", net.at("vowed")[0])
    apart = built(net, links(), links(earlier=((0, 0.49),)), links(earlier=((1, 0.3), (0, 0.2))))
    assert [c.event for c in apart] == ["e1", "e2", "e3"]
    one = built(net, links(), links(earlier=((0, 0.6),)), links(earlier=((0, 0.1), (1, 0.7))))
    assert [c.event for c in one] == ["e1", "e1", "e1"]
    last_two = built(net, links(), links(), links(earlier=((0, 0.5), (1, 0.5))))
    assert [c.event for c in last_two] == ["e1", "e2", "e2"]
    eager = built(net, links(), links(earlier=((0, 0.2),)), links(), thresholds={"event": 0.2})
    assert [c.event for c in eager] == ["e1", "e1", "e2"]


def test_types_that_tell_of_no_one_thing_are_not_joined():
    joined = built(scene(), links(), links(), links(earlier=((0, 0.9),)))
    assert [c.event for c in joined] == ["e1", "e2", "e3"]


def test_an_actor_takes_part_once_in_its_likelier_role():
    net = scene()
    (claim, *_) = built(net, links(initiator=((0, 0.9), (1, 0.6)), target=((1, 0.7), (2, 0.8), (3, 0.55))), links(), links())
    assert (claim.initiator, claim.target) == (("a1",), ("a2",))


def test_an_unlikely_actor_is_left_out():
    net = scene()
    found = links(initiator=((0, 0.49),), target=((1, 0.5),))
    (claim, *_) = built(net, found, links(), links())
    assert (claim.initiator, claim.target) == ((), ("a2",))
    more = links(initiator=((0, 0.49), (1, 0.6)))
    assert built(net, more, links(), links())[0].initiator == ("a2",)


def test_people_lose_no_place():
    net = FakeNetwork("Rebels took a prison and freed inmates.").mention("actor", "Rebels").mention("actor", "inmates")
    net.trigger("took", "seize").trigger("freed", "release")
    found = [links(initiator=((0, 0.9),), target=((1, 0.8),))] * 2
    read = reading(net, found, owner=(0, 1), places=(), text=net.text)
    people = replace(read.actors.actors[1], kind="civilians")
    read = replace(read, actors=Actors((read.actors.actors[0], people), (0, 1)))
    assert [(c.type, c.initiator, c.target) for c in build(read, [0.9, 0.9])] == [
        ("seize", ("a1",), ()),
        ("release", ("a1",), ("a2",)),
    ]


def test_who_accuses_it_of_a_deed_has_not_done_it():
    net = FakeNetwork("The front left. Rebels accused it of shelling the town.").mention("actor", "The front")
    net.mention("actor", "Rebels").trigger("accused", "accuse").trigger("shelling", "shelling")
    accusing, doing = links(initiator=((1, 0.9),), target=((0, 0.8),)), links(initiator=((1, 0.9),))
    read = reading(net, [accusing, doing], owner=(0, 1), places=(), text=net.text)
    assert [c.initiator for c in build(read, [0.9, 0.9])] == [("a2",), ("a1",)]
    nobody = replace(read, links=[links(initiator=((1, 0.9),)), doing])
    assert [c.initiator for c in build(nobody, [0.9, 0.9])] == [("a2",), ()]


@pytest.mark.parametrize(
    ("text", "doers"),
    [("Rebels freed inmates, while the army left.", ("a1",)), ("Rebels freed inmates and the army left.", ("a1", "a2"))],
)
def test_who_is_named_in_another_clause_does_not_do_it(text, doers):
    net = FakeNetwork(text).mention("actor", "Rebels").mention("actor", "the army").trigger("freed", "release")
    (claim,) = built(net, links(initiator=((0, 0.95), (1, 0.95))), owner=(0, 1), places=(), text=text)
    assert claim.initiator == doers


def test_a_list_of_actors_is_cut_to_the_likeliest():
    names = [f"Group{n}" for n in range(MAX_ACTORS + 2)]
    text = f"{' '.join(names)} fled"
    net = FakeNetwork(text).trigger("fled", "displace")
    for name in names:
        net.mention("actor", name)
    chances = tuple((n, 0.6 + n / 100) for n in range(len(names)))
    (claim,) = built(net, links(target=chances), owner=tuple(range(len(names))), places=(), text=text)
    assert claim.target == tuple(f"a{n + 1}" for n in range(2, len(names)))


def test_enemies_do_nothing_together_but_fight_and_talk():
    net = scene()
    found = links(initiator=((0, 0.8), (1, 0.9)))
    assert built(net, found, links(), links())[0].initiator == ("a1", "a2")
    assert built(net, found, links(), links(), enemies=[(0, 1)])[0].initiator == ("a2",)
    fight = FakeNetwork("Rebels soldiers clashed").mention("actor", "Rebels").mention("actor", "soldiers")
    fight.trigger("clashed", "clash")
    (clash,) = built(fight, found, owner=(0, 1), places=(), enemies=[(0, 1)], text=fight.text)
    assert (clash.initiator, clash.target) == (("a1",), ("a2",))


def test_enemies_in_one_list_are_both_meant():
    text = "The envoy urged Exampleland and Otherland to talk."
    net = FakeNetwork(text).mention("actor", "Exampleland").mention("actor", "Otherland").trigger("urged", "demand")
    found = links(target=((0, 0.7), (1, 0.6)))
    (claim,) = built(net, found, owner=(0, 1), places=(), enemies=[(0, 1)], text=text)
    assert claim.target == ("a1", "a2")


def test_three_parties_agree_together_and_two_with_each_other():
    text = "Exampleland, Otherland and Thirdland agreed."
    net = FakeNetwork(text).trigger("agreed", "agree")
    for said in ("Exampleland", "Otherland", "Thirdland"):
        net.mention("actor", said)
    three = links(initiator=((0, 0.7), (1, 0.6), (2, 0.6)))
    (claim,) = built(net, three, owner=(0, 1, 2), places=(), text=text)
    assert (claim.initiator, claim.target) == (("a1", "a2", "a3"), ())
    (claim,) = built(net, links(initiator=((0, 0.7), (1, 0.6))), owner=(0, 1, 2), places=(), text=text)
    assert (claim.initiator, claim.target) == (("a1",), ("a2",))


@pytest.mark.plain
def test_the_subject_of_a_passive_is_the_target():
    text = "The guards were arrested."
    net = FakeNetwork(text).mention("actor", "The guards").trigger("arrested", "arrest")
    (claim,) = built(net, links(initiator=((0, 0.9),)), owner=(0,), places=(), text=text)
    assert (claim.initiator, claim.target) == ((), ("a1",))


def test_fighting_between_two_is_of_one_against_the_other():
    text = "Fighting between the army and rebels went on."
    net = FakeNetwork(text).mention("actor", "the army").mention("actor", "rebels").trigger("Fighting", "clash")
    found = links(initiator=((1, 0.9),), target=((1, 0.1),))
    (claim,) = built(net, found, owner=(0, 1), places=(), text=text)
    assert (claim.initiator, claim.target) == (("a1",), ("a2",))


def test_who_does_what_a_trigger_does():
    text = "A brigade's raid destroyed the bridge of the militia."
    net = FakeNetwork(text).mention("actor", "A brigade").mention("actor", "the militia")
    net.trigger("raid", "attack").trigger("destroyed", "destroy")
    raid, ruin = built(net, links(initiator=((0, 0.9),)), links(initiator=((1, 0.9),)), owner=(0, 1), places=(), text=text)
    assert (raid.initiator, ruin.initiator, ruin.target) == (("a1",), ("a1",), ())


def test_who_has_a_building_is_not_hit_in_it():
    text = "A bomb hit a police station and police on patrol."
    net = FakeNetwork(text).mention("actor", "police").mention("actor", "police", 1).trigger("bomb", "bombing")
    (claim,) = built(net, links(target=((0, 0.9),)), owner=(0, 0), places=(), text=text)
    assert claim.target == ()
    (claim,) = built(net, links(target=((0, 0.9), (1, 0.8))), owner=(0, 0), places=(), text=text)
    assert claim.target == ("a1",)


def test_the_place_is_the_one_whose_mentions_are_likelier_together():
    net = scene()
    none = {"place": 0.35}.items()
    found = links(place=((0, 0.4), (1, 0.25)), none=none)
    assert built(net, found, links(), links())[0].place == "p1"
    assert built(net, found, links(), links(), places=(1, 0))[0].place == "p2"
    assert built(net, links(place=((0, 0.3), (1, 0.3)), none=none), links(), links(), places=(0, 0))[0].place == "p1"
    assert built(net, links(place=((0, 0.3), (1, 0.3)), none=none), links(), links())[0].place == ""


def test_a_mention_of_no_place_is_none():
    net = scene()
    found = links(place=((0, 0.9),), also=((0, 0.9), (1, 0.9)), none={"place": 0.1}.items())
    assert built(net, found, links(), links(), places=(-1, 0))[0].place == ""
    claim = built(net, replace(found, roles={**found.roles, "place": ((1, 0.9),)}), links(), links(), places=(-1, 0))[0]
    assert (claim.place, claim.also_places) == ("p1", ())


def test_further_places_are_those_likely_enough():
    net = scene()
    none = {"place": 0.1}.items()
    assert built(net, links(place=((0, 0.9),), also=((1, 0.6),), none=none), links(), links())[0].also_places == ("p2",)
    assert built(net, links(place=((0, 0.9),), also=((1, 0.4),), none=none), links(), links())[0].also_places == ()
    assert built(net, links(also=((1, 0.9),)), links(), links())[0].also_places == ()


def test_where_it_was_written_is_not_where_it_happened():
    net = scene()
    found = links(place=((0, 0.9), (1, 0.05)), none={"place": 0.02}.items())
    assert built(net, found, links(), links(), written_from=frozenset({0}))[0].place == "p2"


def test_a_time_is_the_likeliest_and_likelier_than_none():
    net = scene()
    near = links(time=((0, 0.6),), none={"time": 0.4}.items())
    first, second, _ = built(net, near, near, links())
    assert (str(first.when), first.when_text.quote) == ("2024-12-05", "on Thursday")
    assert (str(second.when), second.when_text) == ("2024-12-05", None)
    (unlikely, *_) = built(net, links(time=((0, 0.4),), none={"time": 0.6}.items()), links(), links())
    assert (unlikely.when, unlikely.when_text) == (None, None)


def test_where_words_say_the_time_the_likeliest_are_taken():
    net = scene()
    net.label("when", "words", net.at("seized")[0])
    (claim, *_) = built(net, links(time=((0, 0.2),), none={"time": 0.8}.items()), links(), links())
    assert str(claim.when) == "2024-12-05"
    (claim, *_) = built(net, links(), links(), links())
    assert claim.when is None


def test_a_claim_of_the_reports_day_takes_it_if_there_is_one():
    net = scene()
    net.label("when", "day", net.at("seized")[0])
    (claim, *_) = built(net, links(), links(), links())
    assert (str(claim.when), claim.when_text) == ("2024-12-06", None)
    (claim, *_) = built(net, links(), links(), links(), published=None)
    assert claim.when is None


def test_words_that_say_no_day_are_kept_without_one():
    text = "Rebels recently seized it"
    net = FakeNetwork(text).trigger("seized", "seize").mention("time", "recently")
    (claim,) = built(net, links(time=((0, 0.9),), none={"time": 0.1}.items()), owner=(), places=(), text=text)
    assert (claim.when, claim.when_text.quote) == (None, "recently")


def test_a_restatement_takes_its_events_time():
    net = scene()
    net.label("when", "none", net.at("vowed")[0])
    told = links(time=((0, 0.9),), none={"time": 0.1}.items())
    first, second, third = restated(built(net, told, links(earlier=((0, 0.9),)), links()))
    assert (str(first.when), str(second.when), third.when) == ("2024-12-05", "2024-12-05", None)
    assert second.when_text is None


def test_words_of_another_telling_go_before_the_day_of_the_news():
    told = links(time=((0, 0.9),), none={"time": 0.1}.items())
    first, second, _ = built(scene(), told, links(earlier=((0, 0.9),)), links())
    undated = replace(second, when=When.parse("2024-12-06"))
    assert [str(c.when) for c in restated((first, undated))] == ["2024-12-05", "2024-12-05"]
    assert str(restated((first, replace(undated, event="e9")))[1].when) == "2024-12-06"


def test_what_did_not_happen_gives_no_time_to_others():
    net = scene()
    net.label("status", "planned", net.at("seized")[0])
    told = links(time=((0, 0.9),), none={"time": 0.1}.items())
    first, second, _ = restated(built(net, told, links(earlier=((0, 0.9),)), links()))
    assert first.when is not None
    assert second.when is None


def test_a_restatement_with_vague_words_keeps_them():
    text = "Rebels seized it on Thursday.\nThey recently captured it."
    net = FakeNetwork(text).trigger("seized", "seize").trigger("captured", "seize")
    net.mention("time", "on Thursday").mention("time", "recently")
    sure = {"time": 0.1}.items()
    first, second = built(
        net,
        links(time=((0, 0.9),), none=sure),
        links(time=((1, 0.9),), none=sure, earlier=((0, 0.9),)),
        owner=(),
        places=(),
        text=text,
    )
    assert (str(first.when), second.when, second.when_text.quote) == ("2024-12-05", None, "recently")


def test_who_loses_people_has_not_killed_them():
    text = "The army lost 11 men."
    net = FakeNetwork(text).trigger("lost", "toll").mention("actor", "The army")
    (claim,) = built(net, links(initiator=((0, 0.9),)), owner=(0,), places=(), text=text)
    assert (claim.initiator, claim.target) == ((), ("a1",))


def test_a_claim_has_its_speaker():
    net = scene()
    voiced = links(voice=((2, 0.9),), none={"voice": 0.1}.items())
    _, second, _ = built(net, links(), voiced, links())
    assert second.voice == (Voice("a2", "said"),)
    _, unsure, _ = built(net, links(), links(voice=((2, 0.4),), none={"voice": 0.6}.items()), links())
    assert unsure.voice == ()


def test_who_speaks_in_a_speech_act_is_no_voice_of_it():
    net = scene()
    voiced = {"voice": ((3, 0.9),), "none": {"voice": 0.1}.items()}
    *_, own = built(net, links(), links(), links(initiator=((3, 0.9),), **voiced))
    assert (own.type, own.initiator, own.voice) == ("declare", ("a1",), ())
    *_, others = built(net, links(), links(), links(initiator=((1, 0.9),), **voiced))
    assert others.voice == (Voice("a1"),)
    first, *_ = built(net, links(initiator=((0, 0.9),), voice=((0, 0.9),), none={"voice": 0.1}.items()), links(), links())
    assert first.voice == ()  # no word says that it speaks of it
    _, second, *_ = built(net, links(), links(initiator=((2, 0.9),), voice=((2, 0.9),), none={"voice": 0.1}.items()), links())
    assert [(v.who, v.cue) for v in second.voice] == [("a2", "said")]


def test_who_is_alone_may_be_less_likely(monkeypatch):
    weights = replace(casting.load_weights(), alone={"initiator": 0.25, "target": 0.35})
    monkeypatch.setattr(casting, "load_weights", lambda: weights)
    net = scene()
    found = links(initiator=((0, 0.3), (1, 0.2)), target=((1, 0.3),))
    (claim, *_) = built(net, found, links(), links())
    assert (claim.initiator, claim.target) == (("a1",), ())
    weights.alone["initiator"] = 0.31
    assert built(net, found, links(), links())[0].initiator == ()


@pytest.mark.parametrize(("day", "frame"), [("on Thursday", "news"), ("in 2016", "background")])
def test_what_is_of_the_last_fortnight_is_news(day, frame):
    text = f"Rebels seized it {day}."
    net = FakeNetwork(text).trigger("seized", "seize", frame="background").mention("time", day)
    (claim,) = built(net, links(time=((0, 0.9),), none={"time": 0.1}.items()), owner=(), places=(), text=text)
    assert claim.frame == frame


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Rebels seized it on 1 November.", "background"),
        ("Rebels seized it on 20 November.", "news"),
        ("Rebels seized it.", "news"),
    ],
)
def test_what_words_date_to_more_than_three_weeks_before_is_background(text, frame):
    day = text.removeprefix("Rebels seized it").strip(" .")
    net = FakeNetwork(text).trigger("seized", "seize")
    found = links()
    if day:
        net.mention("time", day)
        found = links(time=((0, 0.9),), none={"time": 0.1}.items())
    (claim,) = built(net, found, owner=(), places=(), text=text)
    assert claim.frame == frame


def test_words_of_a_later_sentence_must_be_surer():
    text = "Rebels seized it.\nThey came on Thursday."
    net = FakeNetwork(text).trigger("seized", "seize").mention("time", "on Thursday")
    for chance, when in ((0.6, "None"), (0.8, "2024-12-05")):
        (claim,) = built(net, links(time=((0, chance),), none={"time": 0.1}.items()), owner=(), places=(), text=text)
        assert str(claim.when) == when


def test_somebody_speaks_in_a_speech_act():
    net = scene()
    *_, vowed = built(net, links(), links(), links(initiator=((0, 0.1), (1, 0.2)), target=((1, 0.1),)))
    assert (vowed.initiator, vowed.target) == (("a2",), ())


def test_nobody_speaks_in_a_speech_act_that_is_denied():
    net = scene()
    net.label("status", "denied", net.at("vowed")[0])
    assert built(net, links(), links(), links(initiator=((3, 0.05),)))[2].initiator == ()


def test_a_speaker_who_speaks_of_itself_is_the_initiator():
    text = "The rebels told soldiers they had captured the town"
    net = FakeNetwork(text).mention("actor", "The rebels").mention("actor", "soldiers").mention("cue", "told soldiers")
    net.trigger("captured", "seize")
    found = links(target=((0, 0.9), (1, 0.8)), voice=((0, 0.9),), none={"voice": 0.1}.items())
    (claim,) = built(net, found, owner=(0, 1), places=(), text=text)
    assert (claim.initiator, claim.target, claim.voice) == (("a1",), ("a2",), (Voice("a1", "told soldiers"),))
    (claim,) = built(net, replace(found, none={**NONE, "voice": 0.95}), owner=(0, 1), places=(), text=text)
    assert (claim.initiator, claim.target, claim.voice) == (("a1",), ("a2",), (Voice("a1", "told soldiers"),))


def test_a_speaker_right_before_the_word_speaks_of_itself_whoever_spoke_before(monkeypatch):
    monkeypatch.setattr(claims, "load_weights", lambda _: Weights(0.0, {"network: over none": 1.0, "says it": 5.0}, 0.5))
    text = "The mayor spoke.\nThe group said it had captured the town."
    net = FakeNetwork(text).mention("actor", "The mayor").mention("actor", "The group").mention("cue", "said")
    net.trigger("captured", "seize")
    found = links(voice=((0, 0.9), (1, 0.1)), none={"voice": 0.0}.items())
    (claim,) = built(net, found, owner=(0, 1), places=(), text=text)
    assert (claim.initiator, claim.voice) == (("a2",), (Voice("a2", "said"),))


def test_no_triggers_no_claims():
    net = FakeNetwork("Nothing happened.")
    assert build(reading(net, [], owner=(), places=(), text=net.text), []) == ()


def test_the_last_sentence_is_the_last():
    read = reading(scene(), [])
    assert read.sentence(2) == "Rebels vowed to go on."
    assert read.sentence(3) == ""


@pytest.mark.parametrize("number", ["99,999,999,999,999", "12", "10 billion", "900 billion"])
def test_what_is_built_can_be_written_and_read_back(number):
    text = f"Shelling killed {number} people"
    net = FakeNetwork(text).trigger("Shelling", "shelling").mention("figure", f"{number} people", measure="killed")
    read = reading(net, [links(figure=((0, 0.9),))], owner=(), places=(), text=text)
    claims = build(read, [0.5])
    row = to_json(type("R", (), {"actors": (), "places": (), "claims": claims, "relations": ()}), "one")
    assert from_json(row, read.document).claims == claims


@pytest.mark.plain
def test_what_a_clause_says_plainly_outweighs_links():
    found = links(initiator=((0, 0.3), (1, 0.5)), place=((1, 0.9),), none={"place": 0.1})
    claim = built(scene(), found, links(), links())[0]
    assert (claim.initiator, claim.place) == (("a1",), "p1")


def test_within_days_counts_from_something_else():
    text = "Rebels seized Exampleville within three days."
    net = FakeNetwork(text).mention("time", "three days").mention("place", "Exampleville").trigger("seized", "seize")
    found = links(time=((0, 0.9),), none={"time": 0.1})
    claim = build(reading(net, [found], owner=(), places=(0,), text=text), [0.5])[0]
    assert claim.when is None
    assert claim.when_text is not None


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Jets struck Exampleville in the war.", "p2"),
        ("Jets struck Exampleville and Otherville in the war.", "p3"),
        ("Jets struck Exampleville in the war in Exampleland.", "p1"),
        ("Jets struck Farville in the war.", "p1"),
        ("Jets struck.", "p1"),
    ],
)
def test_a_country_gives_way_to_a_smaller_place_that_the_sentence_names(said, place):
    text = f"Exampleland is at war.\n{said}"
    net = FakeNetwork(text).trigger("struck", "airstrike").mention("place", "Exampleland")
    names = ["Exampleland", "Exampleville", "Otherville", "Farville"]
    for name in names[1:]:
        if name in said:
            net.mention("place", name)
    if "Exampleland" in said:
        net.mention("place", "Exampleland", 1)
    tags = net.read().mentions["place"]
    spots = (
        Place("p1", "Exampleland", "country", country="SY"),
        Place("p2", "Exampleville", "town", country="SY"),
        Place("p3", "Otherville", "town", country="SY"),
        Place("p4", "Farville", "town", country="LY"),
    )
    owner = tuple(names.index(tag.span.of(text)) for tag in tags)
    nearest = tuple((n, 0.01 * n) for n in range(len(tags)) if n)
    found = links(place=((0, 0.9), *nearest), none={"place": 0.01}.items())
    read = reading(net, [found], owner=(), places=(), text=text)
    (claim,) = build(replace(read, places=Places(spots, owner)), [0.5])
    assert claim.place == place


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("More than 300 people have been killed since Monday.", "p1"),
        ("More than 300 people have been killed in Otherville since Monday.", "p3"),
        ("More than 300 people were killed.", "p2"),
    ],
)
def test_a_running_toll_whose_sentence_names_no_place_is_of_no_town(said, place):
    text = f"Jets struck Exampleville in Exampleland.\n{said}"
    net = FakeNetwork(text).trigger("killed", "toll").mention("place", "Exampleland").mention("place", "Exampleville")
    net.mention("figure", "More than 300 people", measure="killed", group="people")
    names = ["Exampleland", "Exampleville", "Otherville"]
    if "Otherville" in said:
        net.mention("place", "Otherville")
    tags = net.read().mentions["place"]
    spots = (Place("p1", "Exampleland", "country"), Place("p2", "Exampleville", "town"), Place("p3", "Otherville", "town"))
    owner = tuple(names.index(tag.span.of(text)) for tag in tags)
    chances = {"Exampleland": 0.2, "Exampleville": 0.5, "Otherville": 0.9}
    near = tuple((n, chances[tag.span.of(text)]) for n, tag in enumerate(tags))
    found = links(place=near, figure=((0, 0.9),), none={"place": 0.01}.items())
    (claim,) = build(replace(reading(net, [found], owner=(), places=(), text=text), places=Places(spots, owner)), [0.5])
    assert claim.place == place


def test_nothing_is_done_to_who_is_called_as_a_town_is():
    net = scene()
    found = links(initiator=((0, 0.9),), target=((1, 0.9),))
    assert built(net, found, links(), links())[0].target == ("a2",)
    read = reading(net, [found, links(), links()])
    town = replace(read.places, places=(*read.places.places, Place("p9", "Actor 2", "town")))
    assert build(replace(read, places=town), [0.5] * 3)[0].target == ()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("The mayor vowed to crush the rebels, while his allies Exampleland and Otherland pledged support.", ("a1",)),
        (
            "The mayor vowed to crush the rebels, while his allies Exampleland and Otherland pledged support for the rebels.",
            ("a2",),
        ),
        ("The mayor vowed to crush the rebels, while Exampleland and Otherland pledged support.", ("a2",)),
    ],
)
def test_allies_support_whose_allies_they_are(text, target):
    net = FakeNetwork(text).trigger("support", "support")
    for words in ("The mayor", "the rebels", "Exampleland", "Otherland"):
        net.mention("actor", words)
    owner = (0, 1, 2, 3)
    if text.endswith("for the rebels."):
        net.mention("actor", "the rebels", 1)
        owner = (0, 1, 2, 3, 1)
    found = links(initiator=((2, 0.9), (3, 0.9)), target=((1, 0.9),))
    read = reading(net, [found], owner=owner, places=(), text=text)
    kinds = ("leader", "rebel_group", "government", "government")
    actors = tuple(Actor(f"a{n + 1}", f"Actor {n + 1}", kind) for n, kind in enumerate(kinds))
    (claim,) = build(replace(read, actors=Actors(actors, owner)), [0.5])
    assert claim.target == target


def test_a_place_that_the_clause_names_goes_before_a_doubtful_one_elsewhere():
    text = "They entered Exampleville.\nShelling of a school in Otherville went on."
    net = FakeNetwork(text).trigger("Shelling", "shelling").mention("place", "Exampleville").mention("place", "Otherville")

    def place(chance, **more):
        found = links(place=((0, chance), (1, 0.05)), none={"place": 0.02}.items())
        return built(net, found, owner=(), text=text, **more)[0].place

    assert place(0.6) == "p2"
    assert place(0.9) == "p1"
    assert place(0.6, written_from=frozenset({1})) == "p1"


@pytest.mark.parametrize(
    ("kind", "clause"),
    [("negotiate", "Talks in Otherville went on."), ("offensive", "Talks, which rebels in Otherville watched.")],
)
def test_a_place_of_another_clause_or_of_talks_does_not(kind, clause):
    text = f"They entered Exampleville.\n{clause}"
    net = FakeNetwork(text).trigger("Talks", kind).mention("place", "Exampleville").mention("place", "Otherville")
    found = links(place=((0, 0.6), (1, 0.05)), none={"place": 0.02}.items())
    assert built(net, found, owner=(), text=text)[0].place == "p1"
