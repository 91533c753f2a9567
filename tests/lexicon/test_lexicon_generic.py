"""Phrases that name nobody in particular, unknown names, and the two put together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import vocabulary as v
from warledger.lexicon import offices
from warledger.lexicon.actors import ActorLexicon
from warledger.lexicon.generic import describe
from warledger.lexicon.kinds import guess_kind
from warledger.lexicon.naming import name_actor
from warledger.lexicon.phrases import take_apart

LEXICON = ActorLexicon.load()
DAY = date(2016, 12, 1)


@pytest.mark.parametrize(
    ("phrase", "country", "name", "kind"),
    [
        ("Syrian rebels", "", "rebels (Syria)", "rebel_group"),
        ("rebel fighters", "SY", "rebels (Syria)", "rebel_group"),
        ("at least 20 rebels", "LY", "rebels (Libya)", "rebel_group"),
        ("rebels", "", "rebels", "rebel_group"),
        ("Syrian rebels", "LY", "rebels (Syria)", "rebel_group"),
        ("government forces", "SY", "Syrian Armed Forces", "state_forces"),
        ("regime troops", "SY", "Syrian Armed Forces", "state_forces"),
        ("the army", "SY", "Syrian Armed Forces", "state_forces"),
        ("Russian warplanes", "SY", "Russian Armed Forces", "external_forces"),
        ("Israeli airstrikes", "SY", "Israel Defense Forces", "external_forces"),
        ("the Turkish military", "TR", "Turkish Armed Forces", "state_forces"),
        ("security forces", "LY", "security forces (Libya)", "state_forces"),
        ("riot police", "EG", "Egyptian police", "state_forces"),
        ("Turkish border guards", "SY", "Turkish border guards", "state_forces"),
        ("pro-government militias", "SY", "pro-government militias (Syria)", "militia"),
        ("Iran-backed militias", "SY", "Iran-backed militias", "militia"),
        ("Turkish-backed rebels", "SY", "Turkish-backed rebels (Syria)", "rebel_group"),
        ("Russian-backed government forces", "SY", "Syrian Armed Forces", "state_forces"),
        ("Kurdish fighters", "SY", "Kurdish fighters (Syria)", "militia"),
        ("Kurdish-led forces", "SY", "Kurdish forces (Syria)", "militia"),
        ("jihadists", "ML", "jihadists (Mali)", "jihadist_group"),
        ("gunmen", "NG", "gunmen (Nigeria)", "other"),
        ("migrants", "YE", "migrants (Yemen)", "civilians"),
        ("mourners", "PK", "mourners (Pakistan)", "civilians"),
        ("protesters", "EG", "protesters (Egypt)", "civilians"),
        ("residents of Homs", "SY", "residents of Homs", "civilians"),
        ("local residents", "SY", "residents (Syria)", "civilians"),
        ("innocent civilians", "SY", "civilians (Syria)", "civilians"),
        ("civilians in Aleppo", "SY", "civilians (Aleppo)", "civilians"),
        ("Syrians", "SY", "civilians (Syria)", "civilians"),
        ("the people of Libya", "", "civilians (Libya)", "civilians"),
        ("the Syrian regime", "SY", "Government of Syria", "government"),
        ("the government in Damascus", "", "Government of Syria", "government"),
        ("Syrias government", "SY", "Government of Syria", "government"),
        ("US officials", "SY", "US officials", "government"),
        ("the Russian Defense Ministry", "SY", "Russian Ministry of Defence", "government"),
        ("the French foreign ministry", "", "French Ministry of Foreign Affairs", "government"),
        ("a rebel commander", "SY", "rebel commander (Syria)", "leader"),
        ("a military spokesman", "IQ", "military spokesman (Iraq)", "spokesperson"),
        ("state media", "SY", "Syrian state media", "media"),
        ("state-run TV", "EG", "Egyptian state television", "media"),
        ("the UN envoy", "SY", "UN envoy", "igo"),
        ("human rights groups", "SY", "human rights groups", "ngo"),
        ("Western governments", "SY", "Western governments", "government"),
        ("Druze residents", "SY", "Druze residents (Syria)", "civilians"),
    ],
)
def test_a_phrase_gets_the_name_and_kind_of_the_guide(phrase: str, country: str, name: str, kind: str) -> None:
    found = describe(phrase, country=country)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)


def test_a_state_acts_as_its_forces_and_speaks_as_its_government() -> None:
    acting, speaking = describe("Russia", country="SY", acting=True), describe("Russia", country="SY", acting=False)
    assert acting is not None
    assert speaking is not None
    assert (acting.name, acting.kind) == ("Russian Armed Forces", "external_forces")
    assert (speaking.name, speaking.kind) == ("Government of Russia", "government")
    moscow = describe("Moscow", country="SY", acting=True)
    assert moscow is not None
    assert moscow.name == "Government of Russia"
    assert describe("Vatican", country="IT", acting=True) is None


@pytest.mark.parametrize(
    ("phrase", "acting", "name"),
    [
        ("the opposition", True, "rebels (Syria)"),
        ("the opposition", False, "Syrian opposition"),
        ("the Kurds", True, "Kurdish forces (Syria)"),
        ("the Kurds", None, "Kurds (Syria)"),
        ("US-backed", None, "Government of the United States"),
        ("US-led", None, "US-led coalition"),
    ],
)
def test_what_it_does_decides_who_is_meant(phrase: str, acting: bool | None, name: str) -> None:
    found = describe(phrase, country="SY", acting=acting)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("phrase", ["Boris", "", "the", "warplanes", "Hama", "French-led", "16", "state media"])
def test_what_is_not_generic_or_lacks_a_state_is_left_alone(phrase: str) -> None:
    assert describe(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "country", "on", "name"),
    [
        ("the Russian president", "SY", DAY, "Vladimir Putin"),
        ("the US president", "SY", DAY, "Barack Obama"),
        ("the US president", "SY", date(2018, 1, 1), "Donald Trump"),
        ("the prime minister", "GB", DAY, "Theresa May"),
        ("the foreign secretary", "SY", DAY, "Boris Johnson"),
        ("the US Secretary of State", "SY", DAY, "John Kerry"),
        ("Syria's president", "", None, "president (Syria)"),
        ("the former Egyptian president", "EG", DAY, "president (Egypt)"),
        ("the president", "", None, "president"),
    ],
)
def test_an_office_is_its_holder_on_the_day(phrase: str, country: str, on: date | None, name: str) -> None:
    found = describe(phrase, country=country, on=on)
    assert found is not None
    assert (found.name, found.kind) == (name, "leader")


def test_offices_have_other_names() -> None:
    assert offices.office_of("premier") == offices.Office("prime minister")
    assert offices.office_of("minister of defense") == offices.Office("defence minister")
    assert offices.office_of("rebels") is None
    assert offices.holder("SY", "president", date(2024, 12, 20)) is None


def test_a_phrase_is_taken_apart() -> None:
    parts = take_apart("dozens of Syrian civilians in Aleppo")
    assert (parts.core, parts.nation, parts.place, parts.plain) == ("civilians", "SY", "Aleppo", "")
    assert take_apart("Russia's").plain == "Russia's"
    assert take_apart("us fighters").nation == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Northern Observatory for Human Rights", "monitor"),
        ("Valley News Agency", "media"),
        ("Ministry of Health", "government"),
        ("Free Valley Brigade", "rebel_group"),
        ("Liwa al-Wadi", "rebel_group"),
        ("12th Rifle Regiment", "state_forces"),
        ("National Unity Party", "political"),
        ("Valley Relief Foundation", "ngo"),
        ("journalist Jane Roe", "media"),
        ("Governor John Doe", "leader"),
        ("army spokesman John Doe", "spokesperson"),
        ("a shopkeeper named Omar", "civilians"),
        ("Jane Roe", ""),
    ],
)
def test_an_unknown_name_tells_its_kind_where_its_words_do(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


@pytest.mark.parametrize(
    ("words", "acting", "name", "kind"),
    [
        ("Gaddafi's forces", True, "Libyan Armed Forces", "state_forces"),
        ("troops loyal to Gaddafi", True, "Libyan Armed Forces", "state_forces"),
        ("the Gaddafi regime", True, "Government of Libya", "government"),
        ("Haftar's forces", True, "Libyan National Army", "state_forces"),
        ("an NTC spokesman", None, "NTC spokesman", "spokesperson"),
        ("a spokesman for the Libyan National Army", None, "Libyan National Army spokesman", "spokesperson"),
        ("members of the Libyan National Army", True, "Libyan National Army", "state_forces"),
        ("Nato", True, "NATO", "external_forces"),
        ("Nato", False, "NATO", "igo"),
        ("Libyan rebels", True, "rebels (Libya)", "rebel_group"),
        ("Turkish jets", True, "Turkish Armed Forces", "external_forces"),
        ("Mustapha Abdel Jaleel", None, "Mustafa Abdel Jalil", "leader"),
        ("UN officials", None, "UN officials", "igo"),
    ],
)
def test_naming_puts_lexicon_and_patterns_together(words: str, acting: bool | None, name: str, kind: str) -> None:
    found = name_actor(words, lexicon=LEXICON, country="LY", on=date(2011, 5, 1), acting=acting)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)
    assert 0 < found.score <= 1


def test_naming_leaves_unknown_names_to_the_caller() -> None:
    assert name_actor("Jane Roe", lexicon=LEXICON, country="SY") is None
    assert name_actor("Jane Roe's forces", lexicon=LEXICON, country="SY") is None


@given(st.text(max_size=50), st.sampled_from(["", "SY", "US"]), st.sampled_from([None, True, False]))
def test_any_phrase_is_read_without_failing(phrase: str, country: str, acting: bool | None) -> None:
    found = describe(phrase, country=country, acting=acting, on=DAY)
    assert found is None or (found.name and found.kind in v.ACTOR_KINDS)
