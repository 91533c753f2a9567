"""Who says a claim, with which word, through which medium, and on whose word."""

import pytest
from fake_network import FakeNetwork

from warledger.core import Actor, Document, Voice
from warledger.extract.actors import Actors
from warledger.extract.voices import chain, disowned, has_ended, is_quoted, set_apart, speaks_beside, speaks_of_itself


def chain_of(net, speaker, *, owner, mentions=None, trigger=0):
    """The voice of a trigger whose speaker is the actor with this index."""
    tagged = net.read()
    document = Document("d1", net.text, "Example Wire", None, sentences=net.sentences)
    actors = Actors(tuple(Actor(f"a{n + 1}", f"Actor {n + 1}", "other") for n in range(max(owner) + 1)), owner)
    if mentions is None:
        mentions = [n for n, one in enumerate(owner) if one == speaker]
    return chain(document, tagged, tagged.triggers[trigger], speaker, mentions, actors)


def test_the_speaker_and_the_reporting_word():
    net = FakeNetwork("The army said rebels shelled the town.")
    net.mention("actor", "The army").mention("actor", "rebels").mention("cue", "said").trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0, 1)) == (Voice("a1", "said"),)


def test_no_reporting_word_none_given():
    net = FakeNetwork("For the army, rebels shelled the town.")
    net.mention("actor", "the army").mention("actor", "rebels").trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0, 1)) == (Voice("a1"),)


@pytest.mark.parametrize(
    ("text", "cue"), [("The army has said it took the town.", "said"), ("The army says, took it.", "says")]
)
def test_a_reporting_word_right_behind_the_speaker_needs_no_network(text, cue):
    net = FakeNetwork(text).mention("actor", "The army").trigger("took", "seize")
    assert chain_of(net, 0, owner=(0,)) == (Voice(who="a1", cue=cue),)


def test_the_word_nearest_to_the_speaker():
    net = FakeNetwork("Rebels claimed gains but the town was shelled, the monitor said.")
    net.mention("actor", "the monitor").mention("cue", "claimed").mention("cue", "said").trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0,)) == (Voice("a1", "said"),)


def test_a_word_of_the_speakers_sentence_before_one_of_the_claims():
    net = FakeNetwork("So reported from the northern front the monitor.\nRebels claimed they shelled it.\nAnother word: said.")
    net.mention("actor", "the monitor").mention("cue", "claimed").mention("cue", "reported").mention("cue", "said")
    net.trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0,)) == (Voice("a1", "reported"),)
    other = FakeNetwork("The monitor was there.\nIt said rebels shelled it.\nAnother word: added.")
    other.mention("actor", "The monitor").mention("cue", "said").mention("cue", "added").trigger("shelled", "shelling")
    assert chain_of(other, 0, owner=(0,)) == (Voice("a1", "said"),)


def test_the_mention_in_the_claims_sentence_counts():
    later = "Rebels shelled the old town, its market and its port all through Monday, the army said on state television."
    net = FakeNetwork(f"The army denied it in a report.\n{later}")
    net.mention("actor", "The army").mention("actor", "the army").mention("cue", "denied").mention("cue", "said")
    net.trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0, 0)) == (Voice("a1", "said", "state television"),)
    assert chain_of(net, 0, owner=(0, 0), mentions=[0]) == (Voice("a1", "denied", "a report"),)


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("said on Telegram", "Telegram"),
        ("said on its Telegram channel", "its Telegram channel"),
        ("said in a statement", "a statement"),
        ("said in a video statement", "a video statement"),
        ("told reporters", "reporters"),
        ("told the local journalists", "the local journalists"),
        ("said via Twitter", "Twitter"),
        ("told state media", "state media"),
        ("said at a rally", ""),
        ("said on Monday", ""),
        ("told a friend", ""),
    ],
)
def test_the_medium(said, channel):
    net = FakeNetwork(f"Rebels shelled the town, the army {said}.")
    net.mention("actor", "the army").mention("cue", said.split()[0]).trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0,)) == (Voice("a1", said.split()[0], channel),)


def test_the_medium_nearest_to_the_reporting_word():
    net = FakeNetwork("The town was shelled, seen on television, and the army said so on Telegram.")
    net.mention("actor", "the army").mention("cue", "said").trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0,)) == (Voice("a1", "said", "Telegram"),)


def test_a_medium_of_another_sentence_is_none():
    net = FakeNetwork("The army said rebels shelled it.\nThis was on Telegram.")
    net.mention("actor", "The army").mention("cue", "said").trigger("shelled", "shelling")
    assert chain_of(net, 0, owner=(0,)) == (Voice("a1", "said"),)


@pytest.mark.parametrize("word", ["citing", "quoting"])
def test_who_is_only_passed_on_speaks_first(word):
    net = FakeNetwork(f"Rebels shelled it, the agency reported, {word} a security source.")
    net.mention("actor", "Rebels").mention("actor", "the agency").mention("actor", "a security source")
    net.mention("cue", "reported").trigger("shelled", "shelling")
    assert chain_of(net, 1, owner=(0, 1, 2)) == (Voice("a3", word), Voice("a2", "reported"))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Rebels shelled it, the agency reported, citing a long list of many old papers of a security source.", (0, 1, 2)),
        ("Rebels shelled it, the agency reported and a security source.", (0, 1, 2)),
        ("Rebels shelled it, the agency reported, citing a security source.", (0, 1, 1)),
        ("Rebels shelled it, the agency reported, according to a security source.", (0, 1, 2)),
        ("Citing a security source, Rebels shelled it, the agency reported.", (2, 0, 1)),
        ("Rebels shelled it, the agency reported.\nIt was citing a security source.", (0, 1, 2)),
    ],
)
def test_who_is_not_plainly_passed_on_is_left_out(text, owner):
    net = FakeNetwork(text)
    for said in ("Rebels", "the agency", "a security source"):
        net.mention("actor", said)
    net.mention("cue", "reported").trigger("shelled", "shelling")
    assert chain_of(net, 1, owner=owner) == (Voice("a2", "reported"),)


@pytest.mark.parametrize(
    ("text", "itself"),
    [
        ("The rebels said they had fully captured it", True),
        ("The rebels said that they captured it", True),
        ("The rebels said Monday that their fighters captured it", True),
        ("The rebels said on Sunday that they had captured it", True),
        ("The rebels said late last month they captured it", True),
        ("The rebels said on May 3 they captured it", True),
        ("The rebels said the town was captured", False),
        ("The rebels said soldiers had captured it", False),
        ("The rebels said they saw how soldiers captured it", False),
        ("They captured it, the rebels said", False),
        ("They said so.\nThey captured it", False),
    ],
)
def test_a_speaker_who_speaks_of_itself(text, itself):
    net = FakeNetwork(text).mention("cue", "said").trigger("captured", "seize")
    if "soldiers" in text:
        net.mention("actor", "soldiers")
    tagged = net.read()
    assert speaks_of_itself(text, tagged, tagged.triggers[0]) == itself


def test_an_actor_between_speaks_of_another():
    net = FakeNetwork("The rebels said they captured it").mention("cue", "said").mention("actor", "they captured")
    net.trigger("it", "seize")
    tagged = net.read()
    assert not speaks_of_itself(net.text, tagged, tagged.triggers[0])


@pytest.mark.parametrize(
    ("second", "ended"),
    [
        ("Planes shelled it at noon.", True),
        ("Planes shelled it, she added.", False),
        ("“Planes shelled it at noon.”", False),
        ("The monitor saw planes that shelled it.", False),
    ],
)
def test_a_speech_ends_with_its_sentence_unless_the_next_goes_on(second, ended):
    net = FakeNetwork(f"The monitor said the town was lost.\n{second}")
    net.mention("actor", "The monitor").mention("cue", "said").trigger("shelled", "shelling")
    if "added" in second:
        net.mention("cue", "added")
    tagged = net.read()
    named = [0, 1] if "The monitor" in second else [0]
    assert has_ended(net.text, tagged, tagged.triggers[0], named) is ended


def test_a_speech_of_long_before_is_not_judged():
    net = FakeNetwork("The monitor said so.\nIt rained.\nPlanes shelled it.").trigger("shelled", "shelling")
    tagged = net.read()
    assert not has_ended(net.text, tagged, tagged.triggers[0], [0])
    assert not has_ended(net.text, tagged, tagged.triggers[0], [])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We left", True),
        ("“We left” and fought", False),
        ('He said "we left', True),
        ('"We left" and fought', False),
        ("We left", False),
    ],
)
def test_what_stands_in_a_quotation(text, quoted):
    assert is_quoted(text, len(text)) is quoted


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Rebels seized the town, and the army said on Sunday that it had shot at them.", True),
        ("Rebels seized the town, while the army said rain fell on the hills.", True),
        ("Rebels seized the town and a mill, the army said on Sunday.", False),
        ("Rebels seized the town, and people fled, the army said.", False),
        ("Rebels seized the town, and the army said.", False),
        ("Rebels seized the town, and the army of the far north in the hills above the sea in a letter said it fled.", False),
    ],
)
def test_what_stands_before_a_speech_in_a_clause_of_its_own_is_told_beside_it(text, beside):
    net = FakeNetwork(text)
    net.mention("actor", "the army").mention("cue", "said").trigger("seized", "seize")
    document = Document("d1", net.text, "Example Wire", None, sentences=net.sentences)
    tagged = net.read()
    assert speaks_beside(document, tagged, tagged.triggers[0], 0) is beside


def test_a_speech_that_says_its_day_first_is_of_its_speaker_too():
    net = FakeNetwork("Rebels seized the town, and the army said on Sunday that it had shelled it.")
    net.mention("actor", "the army").mention("cue", "said").trigger("shelled", "shelling")
    tagged = net.read()
    assert speaks_of_itself(net.text, tagged, tagged.triggers[0])


@pytest.mark.parametrize(
    ("text", "kind", "apart"),
    [
        ("The leader accused the West of meddling, while allies offered support.", "accuse", True),
        ("The leader accused the West of meddling while allies offered support.", "accuse", False),
        ("The leader accused the West of meddling and offered support.", "accuse", False),
        ("The leader hit the West for meddling, while allies offered support.", "attack", False),
    ],
)
def test_a_speech_act_ends_where_the_report_goes_on_with_a_clause_of_its_own(text, kind, apart):
    net = FakeNetwork(text).trigger(text.split()[2], kind).trigger("support", "support")
    tagged = net.read()
    assert [bool(set_apart(text, tagged, t)) for t in tagged.triggers] == [False, apart]


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Exampleland denies that it had any part in the offensive.", True),
        ("Exampleland denied responsibility for the long offensive.", True),
        ("Exampleland denied that the offensive had begun.", False),
        ("Exampleland denied any part in it. The offensive went on.", False),
    ],
)
def test_who_disowns_a_deed_does_not_tell_of_it(text, is_so):
    tagged = FakeNetwork(text).trigger("offensive", "offensive").read()
    assert bool(disowned(text, 0, tagged.triggers[-1])) is is_so
