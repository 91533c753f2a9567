"""Who stands with whom, and when."""

from datetime import date

import pytest

from warledger.lexicon.actors import ActorLexicon

LEXICON = ActorLexicon.load()
OFFENSIVE = date(2024, 12, 5)


@pytest.mark.parametrize(
    ("name", "country", "on", "side"),
    [
        ("Syrian Armed Forces", "SY", OFFENSIVE, "Government of Syria"),
        ("Bashar al-Assad", "SY", OFFENSIVE, "Government of Syria"),
        ("Syrian Arab News Agency", "SY", OFFENSIVE, "Government of Syria"),
        ("Russian Armed Forces", "SY", OFFENSIVE, "Government of Syria"),
        ("Russian Armed Forces", "SY", date(2013, 1, 1), "Government of Russia"),
        ("Wagner Group", "SY", date(2018, 2, 7), "Government of Syria"),
        ("Hezbollah", "SY", OFFENSIVE, "Government of Syria"),
        ("Hezbollah", "LB", OFFENSIVE, "Hezbollah"),
        ("Hayat Tahrir al-Sham", "SY", OFFENSIVE, "Syrian opposition"),
        ("Hayat Tahrir al-Sham", "SY", date(2024, 12, 8), "Syrian opposition"),
        ("Hayat Tahrir al-Sham", "SY", date(2024, 12, 9), "Government of Syria"),
        ("Hayat Tahrir al-Sham", "SY", date(2025, 1, 5), "Government of Syria"),
        ("Military Operations Command", "SY", OFFENSIVE, "Syrian opposition"),
        ("Military Operations Administration", "SY", date(2024, 12, 8), "Syrian opposition"),
        ("Abu Mohammed al-Jolani", "SY", OFFENSIVE, "Syrian opposition"),
        ("Syrian Ministry of Defence", "SY", OFFENSIVE, "Government of Syria"),
        ("Turkish Armed Forces", "SY", OFFENSIVE, "Syrian opposition"),
        ("People's Protection Units", "SY", OFFENSIVE, "Syrian Democratic Forces"),
        ("rebels (Syria)", "", OFFENSIVE, "Syrian opposition"),
        ("opposition fighters (Syria)", "SY", OFFENSIVE, "Syrian opposition"),
        ("pro-government forces (Syria)", "SY", OFFENSIVE, "Government of Syria"),
        ("Kurdish fighters (Syria)", "SY", OFFENSIVE, "Syrian Democratic Forces"),
        ("Syrian state media", "SY", OFFENSIVE, "Government of Syria"),
        ("Egyptian police", "EG", None, "Government of Egypt"),
        ("Maoist rebels (India)", "IN", None, "Communist Party of India (Maoist)"),
        ("Rapid Support Forces", "SD", date(2022, 1, 1), "Government of Sudan"),
        ("Rapid Support Forces", "SD", date(2024, 1, 1), "Rapid Support Forces"),
        ("Islamic State – Khorasan Province", "AF", date(2022, 1, 1), "Islamic State"),
        ("civilians (Syria)", "SY", OFFENSIVE, ""),
        ("Reuters", "SY", OFFENSIVE, ""),
        ("nobody at all", "", None, ""),
    ],
)
def test_a_side_is_that_of_the_country_and_day(name: str, country: str, on: date | None, side: str) -> None:
    assert LEXICON.side_of(name, country=country, on=on) == side


@pytest.mark.parametrize(
    ("one", "other", "country", "on", "answer"),
    [
        ("Syrian Armed Forces", "Hayat Tahrir al-Sham", "SY", OFFENSIVE, True),
        ("Hezbollah", "rebels (Syria)", "SY", OFFENSIVE, True),
        ("SDF", "Syrian National Army", "SY", date(2024, 12, 9), True),
        ("Russian Armed Forces", "Syrian Armed Forces", "SY", OFFENSIVE, False),
        ("Syrian Democratic Forces", "Syrian Armed Forces", "SY", OFFENSIVE, None),
        ("Syrian Democratic Forces", "Turkish Armed Forces", "SY", OFFENSIVE, True),
        ("Syrian Democratic Forces", "Hayat Tahrir al-Sham", "SY", OFFENSIVE, None),
        ("Kata'ib Hezbollah", "United States Armed Forces", "IQ", date(2024, 1, 28), True),
        ("Sudanese Armed Forces", "Rapid Support Forces", "SD", date(2022, 1, 1), False),
        ("Sudanese Armed Forces", "Rapid Support Forces", "SD", date(2024, 1, 1), True),
        ("Ukrainian Armed Forces", "Russian Armed Forces", "UA", date(2023, 1, 1), True),
        ("Ukrainian Armed Forces", "Russian Armed Forces", "", date(2023, 1, 1), True),
        ("Reuters", "Russian Armed Forces", "UA", date(2023, 1, 1), None),
    ],
)
def test_enemies_are_only_those_known_to_fight(one: str, other: str, country: str, on: date, answer: bool | None) -> None:
    assert LEXICON.enemies(one, other, country=country, on=on) is answer
    assert LEXICON.enemies(other, one, country=country, on=on) is answer
