"""Labels of words become spans: where they begin and end, what is left out, and when a stretch is a mention at all."""

import re
from itertools import pairwise

import numpy as np
import pytest
from fake_network import SURE, FakeNetwork
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Span
from warledger.extract.tagged import LAYERS, PRONOUNS, dateline_span, groups_as_actors, read_tags, softmax, whole_words
from warledger.model import Words, layout


def said(net, layer, **thresholds):
    return [t.span.of(net.text) for t in net.read(**thresholds).mentions[layer]]


def test_a_stretch_is_a_beginning_and_what_goes_on():
    net = FakeNetwork("The rebel fighters took the town from army units .")
    net.mention("actor", "rebel fighters").mention("actor", "army units").mention("place", "town")
    tagged = net.read()
    found = tagged.mentions["actor"]
    assert [(t.first, t.last, t.sentence) for t in found] == [(1, 2, 0), (7, 8, 0)]
    assert [t.span.of(net.text) for t in found] == ["rebel fighters", "army units"]
    assert all(t.score > 0.99 for t in found)


def test_a_capital_that_speaks_is_an_actor_and_no_place():
    net = FakeNetwork("The town fell. Kyiv has also denied it, but Moscow said so. They met in Kyiv.")
    net.mention("place", "Kyiv", 0).mention("place", "Kyiv", 1)
    assert said(net, "actor")[:2] == ["Kyiv", "Moscow"]
    places = net.read().mentions["place"]
    assert [(t.span.of(net.text), t.span.start) for t in places] == [("Kyiv", net.text.rindex("Kyiv"))]


def test_a_capital_in_which_somebody_speaks_does_not():
    net = FakeNetwork("The man in Kyiv said so, and activists near Moscow denied it.")
    assert said(net, "actor") == []


def test_neighbours_that_both_begin_are_two():
    net = FakeNetwork("Rebels soldiers fought")
    net.mention("actor", "Rebels").mention("actor", "soldiers")
    assert said(net, "actor") == ["Rebels", "soldiers"]


def test_going_on_without_a_beginning_begins():
    net = FakeNetwork("The rebel fighters left")
    for word in (1, 2):
        net.label("actor", "I", word)
    assert said(net, "actor") == ["rebel fighters"]


def test_a_gap_parts_two_stretches():
    net = FakeNetwork("Rebels and soldiers")
    net.mention("actor", "Rebels")
    net.label("actor", "I", 2)
    assert said(net, "actor") == ["Rebels", "soldiers"]


def test_a_stretch_ends_with_its_sentence():
    net = FakeNetwork("They met rebel\nfighters left")
    net.mention("actor", "rebel")
    net.label("actor", "I", 3)
    found = net.read().mentions["actor"]
    assert [(t.span.of(net.text), t.sentence) for t in found] == [("rebel", 0), ("fighters", 1)]


def test_the_threshold_is_taken_from_outside():
    net = FakeNetwork("Rebels left")
    net.label("actor", "O", 0, 1.0)
    net.label("actor", "B", 0, 0.5)
    assert said(net, "actor") == []
    assert said(net, "actor", actor=0.6) == ["Rebels"]
    assert said(net, "actor", place=0.6) == []
    (tag,) = net.read(actor=0.6).mentions["actor"]
    assert tag.score == pytest.approx(1 - np.exp(1) / (np.exp(1) + np.exp(0.5) + 1), abs=1e-5)


def test_triggers_have_their_type_and_labels():
    net = FakeNetwork("They will take control of the town after air strikes")
    net.trigger("take control", "seize", status="planned", frame="background", when="words").trigger("air strikes", "airstrike")
    one, two = net.read().triggers
    assert (one.type, one.status, one.frame, one.when) == ("seize", "planned", "background", "words")
    assert (two.type, two.status, two.frame, two.when) == ("airstrike", "happened", "news", "none")
    assert (one.span.of(net.text), two.span.of(net.text)) == ("take control", "air strikes")
    assert one.score > 0.99


def test_a_trigger_that_only_goes_on_has_the_likeliest_type():
    net = FakeNetwork("Troops withdrew today")
    net.label("trigger", "I", 1)
    net.label("trigger", "withdraw", 1, 2.0)
    net.label("trigger", "seize", 1, 1.0)
    (trigger,) = net.read().triggers
    assert trigger.type == "withdraw"


def test_two_types_beside_each_other_are_two_triggers():
    net = FakeNetwork("Shelling clashes went on")
    net.trigger("Shelling", "shelling").trigger("clashes", "clash")
    assert [t.type for t in net.read().triggers] == ["shelling", "clash"]


def test_the_threshold_of_triggers_and_of_time():
    net = FakeNetwork("Shelling hit it")
    net.label("trigger", "O", 0, 1.0)
    net.label("trigger", "shelling", 0, 0.5)
    net.label("when", "none", 0, 1.0)
    net.label("when", "day", 0, 0.5)
    assert net.read().triggers == ()
    assert net.read(trigger=0.6).triggers[0].when == "none"
    assert net.read(trigger=0.6, when=0.6).triggers[0].when == "day"


@pytest.mark.parametrize(
    ("text", "tagged", "kept"),
    [
        ("He met ( the army ) .", "( the army ) .", "the army"),
        ("the “ Example Brigade ” said", "“ Example Brigade ”", "Example Brigade"),
        ("the Example Party (South) said", "Example Party (South)", "Example Party (South)"),
        ("the Example Party (South ). So", "Example Party (South ).", "Example Party (South )"),
        ("rebels ) left", "rebels )", "rebels"),
    ],
)
def test_punctuation_at_the_ends_is_no_part(text, tagged, kept):
    assert said(FakeNetwork(text).mention("actor", tagged), "actor") == [kept]


@pytest.mark.parametrize("text", [". . .", "—", "“ ”"])
def test_punctuation_alone_is_no_mention(text):
    net = FakeNetwork(text)
    for layer in LAYERS:
        net.mention(layer, text)
    assert not any(net.read().mentions.values())


@pytest.mark.parametrize("pronoun", ["They", "who", "its", "nobody"])
def test_a_pronoun_is_nobody_and_nowhere(pronoun):
    assert pronoun.casefold() in PRONOUNS
    net = FakeNetwork(f"{pronoun} left")
    net.mention("actor", pronoun).mention("place", pronoun).mention("time", pronoun)
    assert said(net, "actor") == said(net, "place") == []
    assert said(net, "time") == [pronoun]


@pytest.mark.parametrize(
    ("words", "kept"), [("Tens of", 0), ("over 18000", 0), ("Four", 0), ("Four men", 1), ("Seventh Brigade", 1)]
)
def test_a_number_alone_is_no_actor(words, kept):
    assert len(FakeNetwork(f"{words} came").mention("actor", words).read().mentions["actor"]) == kept


def test_a_country_in_capitals_is_no_pronoun():
    net = FakeNetwork("The US left us")
    assert said(net.mention("actor", "US").mention("actor", "us"), "actor") == ["US"]


def test_a_name_without_its_end_is_nobody():
    net = FakeNetwork("The leader of the Front")
    assert said(net.mention("actor", "The leader of").mention("actor", "the Front"), "actor") == ["the Front"]


def test_a_pronoun_with_a_noun_is_somebody():
    assert said(FakeNetwork("their fighters left").mention("actor", "their fighters"), "actor") == ["their fighters"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("EXAMPLEVILLE - Rebels left", "Rebels"),
        ("EXAMPLEVILLE, May 3 (Wire) — Rebels left", "Rebels"),
        ("EXAMPLEVILLE Rebels left", "EXAMPLEVILLE Rebels"),
        ("Example-backed Rebels left", "Example-backed Rebels"),
    ],
)
def test_a_dateline_is_no_part_of_an_actor(text, kept):
    assert said(FakeNetwork(text).mention("actor", text.removesuffix(" left")), "actor") == [kept]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("EXAMPLEVILLE - Rebels left.", "Rebels left."),
        ("EXAMPLEVILLE, May 3 (Wire) — Rebels left.", "Rebels left."),
        ("Rebels left.", "Rebels left."),
        ("Rebels left - and came back.", "Rebels left - and came back."),
        (f"{'A' * 90} - Rebels left.", f"{'A' * 90} - Rebels left."),
        ("", ""),
    ],
)
def test_where_a_dateline_spans(text, rest):
    assert text[dateline_span(text)[1] :] == rest


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("the market", []),
        ("northern countryside", ["northern countryside"]),
        ("the city", ["the city"]),
        ("Hill 7", ["Hill 7"]),
    ],
)
def test_a_place_has_a_name_a_side_of_the_compass_or_is_the_one_named_before(words, kept):
    assert said(FakeNetwork(f"They took {words} then").mention("place", words), "place") == kept


def test_a_number_is_read_from_its_first_digit():
    net = FakeNetwork("about 1,200 people and 3.5 million others, 12 of them")
    assert said(net.mention("figure", "200 people").mention("figure", "12"), "figure") == ["1,200 people", "12"]


def repeated(text, *tagged, layer="actor"):
    net = FakeNetwork(text)
    for words, nth in tagged:
        net.mention(layer, words, nth)
    return [(t.span.of(text), t.sentence) for t in net.read().mentions[layer]]


def test_a_name_is_a_mention_wherever_it_stands():
    text = "Example Army left.\nThe Example Army came to ExampleTown."
    assert repeated(text, ("Example Army", 0)) == [("Example Army", 0), ("Example Army", 1)]
    assert repeated(text, ("Example Army", 0), layer="place") == [("Example Army", 0), ("Example Army", 1)]
    assert repeated(text, ("Example Army", 0), layer="cue") == [("Example Army", 0)]


def test_words_that_name_no_place_are_of_the_name_behind_them():
    net = FakeNetwork("They hold the capital Exampleville and southern Samplia and Aville Bville .")
    net.mention("place", "the capital").mention("place", "Exampleville").mention("place", "southern").mention(
        "place", "Samplia"
    )
    net.mention("place", "Aville").mention("place", "Bville")
    assert said(net, "place") == ["the capital Exampleville", "southern Samplia", "Aville", "Bville"]


def test_what_is_no_name_or_mostly_no_mention_is_not_repeated():
    assert repeated("the army left.\nthe army came.", ("the army", 0)) == [("the army", 0)]
    assert repeated("Example left.\nExample came.\nExample fell.", ("Example", 1)) == [("Example", 1)]


def test_a_part_of_a_longer_mention_is_no_mention():
    text = "Example Army left.\nExample fell."
    assert repeated(text, ("Example Army", 0), ("Example", 1)) == [("Example Army", 0), ("Example", 1)]
    text = "Example Army left.\nExample fell.\nExample rose.\nExample Army came."
    found = repeated(text, ("Example Army", 0), ("Example", 1), ("Example", 2))
    assert found == [("Example Army", 0), ("Example", 1), ("Example", 2), ("Example Army", 3)]


@given(st.text(alphabet="Aa _1.", max_size=30), st.text(alphabet="Aa 1", min_size=1, max_size=3))
def testwhole_words_are_those_of_the_pattern(text, form):
    hits = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    assert [(s.start, s.end) for s in whole_words(form, text)] == hits


def test_context_is_not_read_twice():
    net = FakeNetwork("Rebels left. Soldiers came. Rebels fled.", cores=(0, 3, 6), left=3)
    net.mention("actor", "Rebels").mention("actor", "Soldiers").mention("actor", "Rebels", 1).trigger("fled", "displace")
    tagged = net.read()
    assert [t.span.of(net.text) for t in tagged.mentions["actor"]] == ["Rebels", "Soldiers", "Rebels"]
    assert [t.first for t in tagged.triggers] == [7]
    assert len(tagged.tags) == len(net.words.chars)


def test_nothing_is_read_in_nothing():
    empty = Words(np.zeros((0, 2), np.int32), np.zeros(0, np.int32), np.zeros((0, 2), np.int32), np.zeros(0, np.int32))
    tagged = read_tags("", empty, [], [], {})
    assert tagged.triggers == ()
    assert set(tagged.mentions) == set(LAYERS)
    assert not any(tagged.mentions.values())


def test_label_is_the_likeliest_of_its_head():
    net = FakeNetwork("Rebels left").mention("actor", "Rebels", actor_kind="rebel_group")
    assert net.read().label("actor_kind", 0) == "rebel_group"
    assert net.read().label("measure", 0) == layout.HEADS["measure"][0]


def test_softmax_of_great_logits():
    assert softmax(np.array([[1e4, 0, 0], [0, 0, 0]], np.float32)).tolist() == [
        [1, 0, 0],
        pytest.approx([1 / 3] * 3),
    ]


@given(st.data())
def test_any_labels_give_spans_of_the_text_in_order(data):
    words = ["Rebels", "they", "(", ")", "town", ".", "north", "12", ",", "500", "Example Town"]
    lines = data.draw(st.lists(st.lists(st.sampled_from(words), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4))
    net = FakeNetwork("\n".join(lines))
    for layer in LAYERS:
        for word in range(len(net.words.chars)):
            net.label(layer, data.draw(st.sampled_from(layout.BIO)), word, data.draw(st.floats(-SURE, SURE)))
    for found in net.read().mentions.values():
        for tag in found:
            assert tag.span == Span(int(net.words.chars[tag.first, 0]), int(net.words.chars[tag.last, 1]))
            assert 0 <= tag.score <= 1
            assert tag.sentence == net.words.sentence[tag.last]
        assert list(found) == sorted(found, key=lambda t: t.first)
        assert all(a.last < b.first for a, b in pairwise(found))


def test_the_place_of_a_dateline_is_no_actor():
    text = "EXAMPLEVILLE - Exampleville denied it."
    net = FakeNetwork(text).mention("actor", "EXAMPLEVILLE").mention("actor", "Exampleville")
    assert said(net, "actor") == ["Exampleville"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army redeployed its units outside the town .", "withdraw"),
        ("The army re-deployed away from the border .", "withdraw"),
        ("The army redeployed to the hills outside the town .", "deploy"),
        ("The army deployed outside the town .", "deploy"),
        ("The army redeployed its units . Rebels stood outside the town .", "deploy"),
    ],
)
def test_to_redeploy_out_of_a_place_is_to_withdraw(text, kind):
    net = FakeNetwork(text)
    net.trigger(re.search(r"\S*deployed", text)[0], "deploy")
    assert [t.type for t in net.read().triggers] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The leader vowed that there would be no reprisals .", "declare"),
        ("The leader pledged never again to attack the town .", "declare"),
        ("The leader vowed to attack the town .", "threaten"),
        ("The leader vowed no surrender .", "threaten"),
        ("The leader vowed to fight . No revenge followed .", "threaten"),
    ],
)
def test_a_vow_of_restraint_is_declared(text, kind):
    net = FakeNetwork(text).trigger(text.split()[2], "threaten")
    assert [t.type for t in net.read().triggers] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The union called a general strike .", "protest"),
        ("Doctors went on strike .", "protest"),
        ("A general said a strike hit the town .", "airstrike"),
    ],
)
def test_a_strike_of_workers_hits_nobody(text, kind):
    net = FakeNetwork(text).trigger("strike", "airstrike")
    assert [t.type for t in net.read().triggers] == [kind]


def test_a_place_that_is_called_as_a_group_is_an_actor():
    net = FakeNetwork("Example fought in Otherville")
    net.mention("place", "Example").mention("place", "Otherville")
    found = groups_as_actors(net.text, net.read(), lambda words: words == "Example").mentions
    assert [[t.span.of(net.text) for t in found[layer]] for layer in ("actor", "place")] == [["Example"], ["Otherville"]]
    net.mention("actor", "Example fought")
    found = groups_as_actors(net.text, net.read(), lambda words: words == "Example").mentions
    assert [[t.span.of(net.text) for t in found[layer]] for layer in ("actor", "place")] == [["Example fought"], ["Otherville"]]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The ministry denied reports that it was involved in the raid .", ["reject"]),
        ("The group denies any responsibility .", ["reject"]),
        ("The ministry denied that the town had fallen .", []),
        ("The ministry denied it . The group had a role in the raid .", []),
    ],
)
def test_to_deny_a_part_in_something_is_to_reject(text, kinds):
    assert [t.type for t in FakeNetwork(text).read().triggers] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The group formally broke ties with the movement .", [("found", "words")]),
        ("The group had severed all its links .", [("found", "words")]),
        ("The army cut the road .", []),
        ("Jets broke the ties of the bridge .", []),
    ],
)
def test_a_group_that_breaks_ties_splits(text, kinds):
    assert [(t.type, t.when) for t in FakeNetwork(text).read().triggers] == kinds


def test_a_denial_that_the_network_reads_otherwise_is_left_to_it():
    net = FakeNetwork("The ministry denied a role in the raid .").trigger("denied", "accuse")
    assert [t.type for t in net.read().triggers] == ["accuse"]


@pytest.mark.parametrize(
    ("text", "word", "kind", "found"),
    [
        ("Rebels freed prisoners .", "freed", "arrest", "release"),
        ("Rebels freed the town .", "freed", "seize", "seize"),
        ("Police arrested six men .", "arrested", "abduct", "arrest"),
        ("Gunmen kidnapped six men .", "kidnapped", "arrest", "abduct"),
        ("The ministry urged calm .", "urged", "accuse", "demand"),
        ("Rebels encircled the town .", "encircled", "seize", "besiege"),
        ("The urgent aid came .", "urgent", "aid", "aid"),
    ],
)
def test_some_words_are_of_one_type_alone(text, word, kind, found):
    net = FakeNetwork(text).trigger(word, kind)
    assert [t.type for t in net.read().triggers] == [found]


def test_a_name_ends_before_what_leads_it():
    net = FakeNetwork("Rebels led by the Front and Exampleland-backed fighters met those backed by others.")
    net.mention("actor", "Rebels led").mention("actor", "Exampleland-backed fighters").mention("actor", "backed", 1)
    assert said(net, "actor") == ["Rebels", "Exampleland-backed fighters", "backed"]


def test_a_particle_or_a_word_for_fighters_alone_carries_no_type():
    net = FakeNetwork("The army had driven them out and went back to the town with more forces.")
    net.trigger("driven", "seize").trigger("out", "control").trigger("went back", "deploy").trigger("forces", "deploy")
    assert [t.span.of(net.text) for t in net.read().triggers] == ["driven", "went back"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army reportedly seized the town .", "possible"),
        ("The army is believed to have seized the town .", "possible"),
        ("The army fled, reportedly, and rebels seized the town .", "happened"),
        ("The army repelled a raid, and rebels seized the town .", "happened"),
        ("The army failed to seize the town .", "failed"),
        ("The army was preparing to seize the town .", "planned"),
        ("The army said it would soon seize the town .", "planned"),
        ("It failed. The army seized the town .", "happened"),
        ("The army seized the town .", "happened"),
    ],
)
def test_what_is_doubted_or_tried_in_vain(text, status):
    net = FakeNetwork(text).trigger("seize" if "seize " in text else "seized", "seize")
    assert [t.status for t in net.read().triggers] == [status]


def test_what_the_network_doubts_stays_so():
    net = FakeNetwork("The army reportedly seized the town .").trigger("seized", "seize", status="planned")
    assert [t.status for t in net.read().triggers] == ["planned"]
