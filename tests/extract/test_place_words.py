"""The name in a place mention."""

import pytest

from warledger.extract.place_words import kind_said, name_in, names_a_place


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Hama", "Hama"),
        ("Syrian city of Hama", "Hama"),
        ("mostly Kurdish-controlled city of Kobani", "Kobani"),
        ("IS-bastion town of al-Bab", "al-Bab"),
        ("Old Quarter neighbourhood of Homs", "Old Quarter neighbourhood"),
        ("Kurdish region of Afrin", "Afrin"),
        ("Syria’s Daraa province", "Daraa province"),
        ("Syrias capital Damascus", "Damascus"),
        ("provincial capital Idlib", "Idlib"),
        ("rebel-held Douma", "Douma"),
        ("Douma east of Damascus", "Douma"),
        ("Daraa province in", "Daraa province"),
        ("Libyan Tripoli", "Tripoli"),
        ("Damascus countryside", "Damascus countryside"),
        ("north-west Syria", "north-west Syria"),
        ("eastern Ghouta", "eastern Ghouta"),
        ("United States", "United States"),
        ("South Sudan", "South Sudan"),
        ("Central African Republic", "Central African Republic"),
        ("Gulf of Aden", "Gulf of Aden"),
        ("West Bank", "West Bank"),
        ("Philippines", "Philippines"),
        ("Syrian border", "Syrian border"),
        ("in", "in"),
    ],
)
def test_the_name_is_what_is_left(words, name):
    assert name_in(words) == name


@pytest.mark.parametrize("words", ["central", "Kurdish", "rebel-held Syrian", "the countryside"])
def test_words_that_only_describe_name_no_place(words):
    assert not names_a_place(words)


@pytest.mark.parametrize(
    "words", ["Hama", "north-west Syria", "al-bab", "Syria", "Turkish border", "M5 highway", "Damascus countryside"]
)
def test_names_are_places(words):
    assert names_a_place(words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the major city of Hama", "city"),
        ("Daraa governorate", "province"),
        ("the village of Kafr Nabl", "village"),
        ("Hama city", "city"),
        ("Hama", ""),
        ("the town of Salqin in Idlib province", ""),
        ("the City of London", "city"),
        ("Mexico City airport", ""),
    ],
)
def test_a_mention_says_its_kind(words, kind):
    assert kind_said(words) == kind
