"""Forms of names and the words around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import fold
from warledger.geo.names import consonants, key, similarity, spelling, unjoined
from warledger.geo.phrases import Phrase, parse


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Deir al-Zour", "Deir Ezzor".replace("Ezzor", "ez Zor")),
        ("al-Raqqa", "Ar Raqqah"),
        ("Hasakeh", "al-Ḩasakah"),
        ("Qamishli", "Kamishli"),
        ("Douma", "Dūmā"),
        ("Khan Sheikhoun", "Khān Shaykhūn"),
        ("Ma'arrat al-Nu'man", "Maarat an Numan"),
        ("Sana'a", "Ṣan‘ā’"),
        ("Kafr Nabl", "Kafrnabl"),
    ],
)
def test_usual_transliterations_share_a_spelling(one, other):
    assert spelling(key(one)) == spelling(key(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("Aleppo", "Idlib"), ("Kirkuk", "Karkh"), ("Basra", "Bosra al-Sham")]
)
def test_different_names_keep_different_spellings(one, other):
    assert spelling(key(one)) != spelling(key(other))


def test_consonants_join_what_vowels_part_and_are_empty_for_short_names():
    assert consonants(spelling("jarabulus")) == consonants(spelling("jarablus")) == "jrbls"
    assert consonants(spelling("hama")) == ""


def test_unjoined_takes_off_joined_articles_only():
    assert unjoined("jisr alhaj") == "jisr haj"
    assert unjoined("aleppo alma") == "aleppo alma".replace("aleppo", "aleppo")
    assert unjoined("homs") == "homs"


def test_a_name_of_articles_alone_keeps_its_words():
    assert spelling("al as") != ""


@given(st.text(max_size=60))
def test_key_is_stable_and_never_keeps_case_or_punctuation(text):
    folded = key(text)
    assert folded == folded.strip()
    assert "-" not in folded
    assert "'" not in folded
    assert key(folded) == folded


@given(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x52F, exclude_characters="'’‘`´ʻʼʽʾʿˈˊˋʹʺ′"), max_size=40)
)
def test_the_quick_key_is_the_folded_name(text):
    assert key(text) == fold(text)


@given(st.text(alphabet="abcdefghiklmnoqrstuwyz ", min_size=1, max_size=30))
def test_spelling_has_no_spaces_and_no_doubled_letters(text):
    form = spelling(key(text))
    assert " " not in form
    assert all(a != b for a, b in pairwise(form))


@given(st.text(max_size=12), st.text(max_size=12))
def test_similarity_is_symmetric_and_bounded(one, other):
    assert similarity(one, other) == pytest.approx(similarity(other, one))
    assert 0 <= similarity(one, other) <= 1
    assert (similarity(one, other) == 1) == (one == other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hama", Phrase("hama")),
        ("the city of Hama", Phrase("hama", kind="city")),
        ("Idlib province", Phrase("idlib", kind="province")),
        ("Province of Idlib", Phrase("idlib", kind="province")),
        ("north-west Syria", Phrase("syria", side="north-west")),
        ("northeastern Nigeria", Phrase("nigeria", side="north-east")),
        ("the south of Libya", Phrase("libya", side="south")),
        ("northern part of Mali", Phrase("mali", side="north")),
        ("northern Aleppo countryside", Phrase("aleppo", side="north", near=True)),
        ("Aleppo's eastern suburbs", Phrase("aleppo", side="east", near=True)),
        ("outskirts of Derna", Phrase("derna", near=True)),
        ("near Sarmin", Phrase("sarmin", near=True)),
        ("rural Homs", Phrase("homs", near=True)),
        ("Kweires military air base", Phrase("kweires", kind="base", facility=True)),
        ("University of Mosul", Phrase("mosul", kind="facility", facility=True)),
        ("Midan (Aleppo)", Phrase("midan", within="aleppo")),
        ("Zahra, Aleppo", Phrase("zahra", within="aleppo")),
        ("Tadmur/Palmyra town", Phrase("tadmur", others=("palmyra",))),
        ("Mount of Hill province district", Phrase("mount of", kind="district")),
        ("north", Phrase("north")),
        ("", Phrase("")),
    ],
)
def test_words_around_a_name_are_read(name, expected):
    assert parse(name) == expected


_WORDS = "the of north eastern city province near rural suburbs airport base camp town district Homs Hama part hill (Idlib) , /"


@given(st.lists(st.sampled_from(_WORDS.split(" ")), max_size=9))
def test_parse_ends_and_keeps_words_of_the_name(words):
    name = " ".join(words)
    phrase = parse(name)
    assert set(phrase.core.split()) <= set(key(name).split())
    assert bool(phrase.core) == bool(key(name))
