"""Claims are put together from triggers, links and mentions under the guide's rules."""

from dataclasses import replace
from datetime import date

import pytest
from fake_network import FakeNetwork

from warledger.core import Actor, Document, Place, Voice, When, claim_id
from warledger.core.codec import from_json, to_json
from warledger.extract import casting, casualties, claims, clauses
from warledger.extract.actors import Actors
from warledger.extract.claim_times import restated
from warledger.extract.claims import MAX_ACTORS, told
from warledger.extract.links import Links
from warledger.extract.places import Places
from warledger.extract.reading import Reading
from warledger.extract.times import TextTimes
from warledger.extract.weighing import Weights

PUBLISHED = date(2024, 12, 6)
TEXT = (
    "Rebels seized Exampleville on Thursday, killing 12 soldiers and several others.\n"
    "The army said the capture cost 3 lives in Otherville.\n"
    "Rebels vowed to go on."
)
NONE = {"place": 1.0, "time": 1.0, "voice": 1.0}


@pytest.fixture(autouse=True)
def no_plain_clauses(monkeypatch, request):
    """Links alone decide here, but where a test asks for what clauses say: they have tests of their own."""
    monkeypatch.setattr(casualties, "untold", lambda *_: ())
    if "plain" not in request.keywords:
        monkeypatch.setattr(clauses, "subjects", lambda *_: ())
        monkeypatch.setattr(clauses, "objects", lambda *_: ())
        monkeypatch.setattr(clauses, "place_of", lambda *_: None)
        monkeypatch.setattr(clauses, "time_of", lambda *_: None)
        monkeypatch.setattr(clauses, "is_verb", lambda *_: False)
        zero, even = (dict.fromkeys(casting.ROLES, x) for x in (0.0, 0.5))
        plain = casting.Weights(zero, {role: {"network": 1.0} for role in casting.ROLES}, even, even)
        monkeypatch.setattr(casting, "load_weights", lambda: plain)
        monkeypatch.setattr(claims, "load_weights", lambda _: Weights(0.0, {"network: over none": 1.0}, 0.5))


def build(read, confidence):
    """The claims with the events that the network's links alone make."""
    return told(read, confidence).claims


def links(*, earlier=(), none=(), **roles):
    """Links of one trigger: by role, (mention, chance)."""
    empty = dict.fromkeys(("initiator", "target", "voice", "place", "also", "time", "figure"), ())
    return Links({**empty, **roles}, {**NONE, **dict(none)}, earlier)


def scene():
    """Three triggers; actors Rebels, soldiers, the army (one with soldiers), Rebels again."""
    net = FakeNetwork(TEXT)
    for said, nth in (("Rebels", 0), ("soldiers", 0), ("The army", 0), ("Rebels", 1)):
        net.mention("actor", said, nth)
    net.mention("place", "Exampleville").mention("place", "Otherville").mention("time", "on Thursday").mention("cue", "said")
    net.mention("figure", "12 soldiers", measure="killed", group="combatants")
    net.mention("figure", "several others", measure="injured", group="people")
    net.mention("figure", "3 lives", measure="killed", group="people")
    net.trigger("seized", "seize").trigger("capture", "seize").trigger("vowed", "declare")
    return net


def reading(net, found, *, owner=(0, 1, 1, 0), places=(0, 1), enemies=(), text=TEXT, published=PUBLISHED, **more):
    document = Document("d1", text, "Example Wire", published, name="one", sentences=net.sentences)
    actors = tuple(Actor(f"a{n + 1}", f"Actor {n + 1}", "political") for n in range(max(owner, default=-1) + 1))
    spots = tuple(Place(f"p{n + 1}", f"Place {n + 1}", "town") for n in range(max(places, default=-1) + 1))
    base = Reading(
        document=document,
        times=TextTimes.of(text, published),
        tagged=net.read(),
        links=list(found),
        actors=Actors(actors, owner),
        places=Places(spots, places),
        thresholds={},
        written_from=frozenset(),
        enemies=lambda one, other: {one, other} in [set(e) for e in enemies],
    )
    return replace(base, **more)


def built(net, *found, **more):
    return build(reading(net, found, **more), [0.5] * len(found))


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


def test_who_loses_people_has_not_killed_them():
    text = "The army lost 11 men."
    net = FakeNetwork(text).trigger("lost", "toll").mention("actor", "The army")
    (claim,) = built(net, links(initiator=((0, 0.9),)), owner=(0,), places=(), text=text)
    assert (claim.initiator, claim.target) == ((), ("a1",))


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


def test_a_figure_goes_to_what_counts_it():
    text = "Shelling drove people out and killed 12 soldiers."
    net = FakeNetwork(text).trigger("Shelling", "shelling").trigger("drove people out", "displace")
    net.mention("figure", "12 soldiers", measure="killed", group="combatants")
    first, second = built(net, links(figure=((0, 0.2),)), links(figure=((0, 0.9),)), owner=(), places=(), text=text)
    assert ([f.measure for f in first.figures], second.figures) == (["killed"], ())


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


def test_a_first_since_is_no_beginning_of_a_count():
    text = "Jets struck Exampleville for the first time since 2016, killing 16 people."
    net = FakeNetwork(text).mention("figure", "16 people", measure="killed", group="people").trigger("struck", "airstrike")
    claim = build(reading(net, [links(figure=((0, 0.9),))], owner=(), places=(), text=text), [0.5])[0]
    assert [(f.low, f.basis, f.since) for f in claim.figures] == [(16, "incident", None)]


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
