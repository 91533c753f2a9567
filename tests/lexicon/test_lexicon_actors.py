"""Finding actors by name: aliases, contexts, days, titles, transliterations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.lexicon.actors import ActorLexicon, in_country, within

LEXICON = ActorLexicon.load()


def name_of(words: str, country: str = "", on: date | None = None) -> str | None:
    found = LEXICON.match(words, country=country, on=on)
    return found.name if found is not None else None


@pytest.mark.parametrize(
    ("words", "country", "name"),
    [
        ("HTS", "SY", "Hayat Tahrir al-Sham"),
        ("hayat tahrir al-sham", "SY", "Hayat Tahrir al-Sham"),
        ("the Nusra Front", "SY", "al-Nusra Front"),
        ("“Jabhat al-Nusra”", "", "al-Nusra Front"),
        ("Hizbullah", "LB", "Hezbollah"),
        ("the PKK's", "TR", "Kurdistan Workers' Party"),
        ("Kurdistan Workers Party (PKK)", "", "Kurdistan Workers' Party"),
        ("SNA", "SY", "Syrian National Army"),
        ("SNA", "SO", "Somali National Army"),
        ("SDF", "LY", "Special Deterrence Force"),
        ("SDF", "SY", "Syrian Democratic Forces"),
        ("al-Shabab", "MZ", "Ansar al-Sunna (Mozambique)"),
        ("al-Shabab", "SO", "al-Shabaab"),
        ("AFP", "PH", "Armed Forces of the Philippines"),
        ("AFP", "SY", "Agence France-Presse"),
        ("the coalition", "YE", "Saudi-led coalition"),
        ("the coalition", "IQ", "US-led coalition"),
        ("U.N.", "", "United Nations"),
        ("the White Helmets", "", "Syrian Civil Defence"),
        ("M23 rebels", "CD", "M23"),
    ],
)
def test_an_alias_means_what_it_means_in_its_context(words: str, country: str, name: str) -> None:
    assert name_of(words, country) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("HTS militants", "Hayat Tahrir al-Sham"),
        ("the Kurdish-led Syrian Democratic Forces (SDF)", "Syrian Democratic Forces"),
        ("the Lebanese militant group Hezbollah", "Hezbollah"),
        ("the state news agency SANA", "Syrian Arab News Agency"),
        ("the al-Qaeda-linked Nusra Front", "al-Nusra Front"),
        ("ISIS fighters", "Islamic State"),
        ("Syrian President Bashar al-Assad", "Bashar al-Assad"),
        ("President Bashar al-Assads", "Bashar al-Assad"),
        ("the Turkish foreign minister, Mevlüt Çavuşoğlu", "Mevlüt Çavuşoğlu"),
        ("Observatory director Rami Abdurrahman", "Rami Abdel Rahman"),
        ("Mr Lavrov", "Sergei Lavrov"),
        ("Gen Haftar", "Khalifa Haftar"),
    ],
)
def test_words_around_a_name_do_not_hide_it(words: str, name: str) -> None:
    assert name_of(words, "SY") == name


@pytest.mark.parametrize(
    "words", ["HTS-led rebels", "Assad supporters", "forces loyal to Gaddafi", "is", "who", "time", "care", "", "  ", "…"]
)
def test_what_is_no_name_of_an_actor_is_left_alone(words: str) -> None:
    assert name_of(words, "SY") is None


def test_an_ambiguous_name_without_context_is_left_open() -> None:
    assert name_of("SNA") is None
    assert name_of("Aoun") in (None, "Michel Aoun")
    assert name_of("Khan") is None


def test_another_transliteration_is_found_with_a_lower_score() -> None:
    found = LEXICON.find("Jaysh al-Islaam", country="SY")
    assert found is not None
    assert (found.actor.name, found.rule) == ("Jaish al-Islam", "spelling")
    exact = LEXICON.find("Jaysh al-Islam", country="SY")
    assert exact is not None
    assert exact.score > found.score


def test_what_only_shares_consonants_is_no_other_spelling():
    lexicon = ActorLexicon.load()
    assert lexicon.find("Abu Ahmed", country="SY") is None
    assert lexicon.find("Ukrainian security source", country="UA") is None
    assert lexicon.find("the wives of fighters") is None
    found = lexicon.find("Abou Bakr al-Bagdadi", country="IQ")
    assert found is not None
    assert found.actor.name == "Abu Bakr al-Baghdadi"


def test_a_name_outside_its_days_still_matches_and_says_so() -> None:
    before = LEXICON.find("Nusra Front", country="SY", on=date(2014, 5, 1))
    after = LEXICON.find("Nusra Front", country="SY", on=date(2024, 12, 5))
    assert before is not None
    assert after is not None
    assert before.actor is after.actor
    assert before.in_time
    assert not after.in_time
    assert before.score > after.score


def test_states_speak_and_act_under_their_own_names() -> None:
    assert name_of("Moscow") == "Government of Russia"
    assert name_of("the Kremlin") == "Government of Russia"
    assert name_of("the Syrian government") == "Government of Syria"
    assert name_of("Turkish troops", "SY") == "Turkish Armed Forces"


def test_the_kind_follows_the_country_of_the_report() -> None:
    at_home, abroad = LEXICON.match("Turkish troops", country="TR"), LEXICON.match("Turkish troops", country="SY")
    assert at_home is not None
    assert abroad is not None
    assert (at_home.kind, abroad.kind) == ("state_forces", "external_forces")
    hezbollah = LEXICON.actors["Hezbollah"]
    assert in_country(hezbollah, "SY") is hezbollah


def test_get_and_parents() -> None:
    assert LEXICON.get("No Such Army") is None
    force = LEXICON.get("Quds Force")
    assert force is not None
    assert force.parent == "Islamic Revolutionary Guard Corps"
    assert LEXICON.above("Quds Force") == ("Quds Force", "Islamic Revolutionary Guard Corps", "Government of Iran")
    assert LEXICON.above("nobody") == ("nobody",)
    nusra = LEXICON.actors["al-Nusra Front"]
    assert nusra.ties_on(date(2012, 6, 1)) == ()
    assert nusra.ties_on(date(2015, 6, 1)) == ("al-Qaeda",)


def test_lineage_runs_through_changes_of_name() -> None:
    assert LEXICON.lineage("Hayat Tahrir al-Sham") == LEXICON.lineage("Jabhat Fatah al-Sham") == "al-Nusra Front"
    assert LEXICON.lineage("rebels (Syria)") == "rebels (Syria)"


def test_search_ranks_the_whole_name_first_and_is_stable() -> None:
    assert LEXICON.search("hezbollah")[0].name == "Hezbollah"
    assert "Hayat Tahrir al-Sham" in [a.name for a in LEXICON.search("tahrir")]
    assert LEXICON.search("wagner")[0].name == "Wagner Group"
    assert LEXICON.search("") == []
    assert LEXICON.search("zzzz") == []
    assert len(LEXICON.search("army", limit=3)) == 3
    assert LEXICON.search("front") == LEXICON.search("front")


@given(st.sampled_from(sorted(LEXICON.actors)))
def test_every_actor_is_found_by_its_own_name(name: str) -> None:
    found = LEXICON.find(name)
    assert found is not None
    assert found.actor.name == name


@given(st.text(max_size=40), st.sampled_from(["", "SY", "LY"]))
def test_any_text_is_read_without_failing(text: str, country: str) -> None:
    found = LEXICON.find(text, country=country)
    assert found is None or 0 <= found.score <= 1


def test_days_lie_within_open_ends() -> None:
    assert within(None, date(2020, 1, 1), None)
    assert within(date(2020, 1, 1), None, date(2020, 1, 1))
    assert not within(date(2019, 12, 31), date(2020, 1, 1), None)


def test_a_name_that_holds_in_one_country_alone_means_nobody_where_the_country_is_not_known() -> None:
    assert [name_of("Civil Defence", country) for country in ("SY", "PS", "")] == ["Syrian Civil Defence", None, None]
