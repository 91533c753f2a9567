"""Names are replaced where they stand alone, places move with them, and every change of a claim is seen."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.evaluate.flip import Changes, Flip, changes, flip_names, flip_sides, left_whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rebels shelled the depot.", "Government forces shelled the depot."),
        ("The rebels fought government troops.", "The government forces fought rebel fighters."),
        ("Syrian rebels left rebel-held Homeville.", "Syrian government forces left government-held Homeville."),
        ("pro-rebels marched", "pro-rebels marched"),
        ("Northern Front rebels left.", "Northern Front rebels left."),
        ("Islamist rebels left.", "Islamist rebels left."),
        ("The rebels supporter Elsewhereland agreed.", "The rebels supporter Elsewhereland agreed."),
        ("Regime forces hit rebel positions.", "Rebel forces hit government positions."),
        ("The government said so.", "The government said so."),
    ],
)
def test_sides_are_exchanged(old, new):
    assert flip_sides(old).text == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The Syrian army met the Iraqi president.", "The Iraqi army met the Iraqi president."),
        ("American warplanes hit Hezbollah.", "Syrian warplanes hit Hamas."),
        ("It is told.", "It is told."),
        ("IS took it", "Nusra Front took it"),
        ("ISIS, or Islamic State, fought the al-Nusra Front.", "Nusra Front, or Nusra Front, fought the Islamic State."),
        ("the Hezbollah al-Nujaba movement", "the Hezbollah al-Nujaba movement"),
        ("the Exampleland Hezbollah", "the Exampleland Hezbollah"),
        ("this isis", "this isis"),
    ],
)
def test_names_are_exchanged(old, new):
    assert flip_names(old).text == new


def test_places_move_with_the_text():
    flip = flip_sides("The rebels left. Then the rebels came.")
    assert flip.text == "The government forces left. Then the government forces came."
    for words in ("left", "Then", "came"):
        start, end = flip.span((flip.old.index(words), flip.old.index(words) + len(words)))
        assert flip.text[start:end] == words
    start, end = flip.span((4, 10))
    assert flip.text[start:end] == "government forces"
    assert flip.span((6, 8)) == (start, end)
    assert flip.touches((0, 16))
    assert not flip.touches((10, 16))


@given(st.lists(st.sampled_from(["rebels", "government forces", "the", "town", ".", "Syrian army"]), max_size=12))
def test_what_is_not_replaced_stays_where_it_was(words):
    text = " ".join(words)
    for flip in (flip_sides(text), flip_names(text)):
        for at, letter in enumerate(text):
            if not flip.touches((at, at + 1)):
                start, end = flip.span((at, at + 1))
                assert flip.text[start:end] == letter


OLD = "The rebels shelled the camp of the army. It rained."
SENTENCES = [(0, 40), (41, 51)]


def record(flip=None, *, roles=("a1", "a2"), claims=1, **more):
    def at(words, text=None):
        start = OLD.index(words)
        place = (start, start + len(words))
        return list(flip.span(place) if flip else place)

    figure = {"measure": "killed", "group": "people", "low": more.pop("low", 3), "span": at("camp")}
    claim = {"type": "shelling", "span": at("shelled"), "initiator": [roles[0]], "target": [roles[1]], "figures": [figure]}
    return {
        "actors": [{"id": "a1", "spans": [at("rebels")]}, {"id": "a2", "spans": [at("army")]}],
        "claims": [claim | more] * claims,
    }


def test_the_same_claims_have_not_changed():
    flip = flip_sides(OLD)
    assert changes(flip, SENTENCES, record(), record(flip)) == Changes(claims=1)


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ({"type": "attack"}, {"type": 1, "core": 1, "any": 1}),
        ({"status": "denied"}, {"status": 1, "core": 1, "any": 1}),
        ({"low": 4}, {"figures": 1, "core": 1, "any": 1}),
        ({"roles": ("a2", "a1")}, {"roles": 1}),
        ({"claims": 0}, {"lost": 1, "any": 1}),
        ({"type": "attack", "low": 4}, {"type": 1, "figures": 1, "core": 1, "any": 1}),
    ],
)
def test_each_change_is_counted(after, changed):
    flip = flip_sides(OLD)
    assert changes(flip, SENTENCES, record(), record(flip, **after)) == Changes(claims=1, **changed)


def test_a_new_claim_is_a_change_and_other_sentences_do_not_count():
    flip = flip_sides(OLD)
    assert changes(flip, SENTENCES, record(claims=0), record(flip)) == Changes(claims=1, new=1, any=1)
    before, after = record(), record(flip)
    after["claims"].append({"type": "attack", "span": list(flip.span((44, 50)))})
    assert changes(flip, SENTENCES, before, after) == Changes(claims=1)
    assert changes(Flip(OLD, ()), SENTENCES, record(), record(claims=0)) == Changes()


def test_a_sentence_counts_where_every_party_was_exchanged():
    text = "The rebels fled. The rebels fought the regime. Rain fell."
    sentences = [(0, 16), (17, 46), (47, 57)]
    regime = [text.index("the regime"), text.index("the regime") + 10]
    before = {"actors": [{"kind": "rebel_group", "spans": [[4, 10], [21, 27]]}, {"kind": "government", "spans": [regime]}]}
    assert left_whole(flip_sides(text), sentences, before) == [(0, 16)]
    before["actors"][1]["kind"] = "civilians"
    assert left_whole(flip_sides(text), sentences, before) == [(0, 16), (17, 46)]


def test_shares_are_of_all_claims():
    total = Changes(claims=3, core=1) + Changes(claims=1, roles=2)
    assert (total.share("core"), total.share("roles")) == (0.25, 0.5)
    assert math.isnan(Changes().share("core"))
