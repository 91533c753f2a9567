"""Numbers, cue words, nations and sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.lexicon import cues
from warledger.lexicon.nations import (
    country_of,
    country_of_adjective,
    country_of_metonym,
    country_of_name,
    country_of_people,
    english_name,
    nations,
)
from warledger.lexicon.numbers import MAX_NUMBER, Number, is_count, read_number
from warledger.lexicon.sources import SourceLexicon


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("16", 16, 16),
        ("2,000", 2000, 2000),
        ("2 000", 2000, 2000),
        ("200000", 200_000, 200_000),
        ("1.5 million", 1_500_000, 1_500_000),
        ("3m", 3_000_000, 3_000_000),
        ("20k", 20_000, 20_000),
        ("half a million", 500_000, 500_000),
        ("a quarter of a million", 250_000, 250_000),
        ("one and a half million", 1_500_000, 1_500_000),
        ("sixteen", 16, 16),
        ("Twenty-one", 21, 21),
        ("a hundred and twenty", 120, 120),
        ("two thousand three hundred", 2300, 2300),
        ("one million two hundred thousand", 1_200_000, 1_200_000),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("dozen", 12, 12),
        ("a", 1, 1),
        ("a couple", 2, 2),
        ("zero", 0, 0),
        ("several", 3, 9),
        ("dozens", 24, 99),
        ("several dozen", 36, 99),
        ("hundreds", 200, 999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands", 200_000, 999_999),
        ("millions", 2_000_000, None),
    ],
)
def test_a_number_is_read(text: str, low: int, high: int | None) -> None:
    assert read_number(text) == Number(low, high)
    assert read_number(text).exact is (low == high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "-5",
        "1.5",
        "1.55 hundred thousands",
        "9" * 400,
        "99999999999",
        "twenty thirty",
        "one two",
        "hundred",
        "and five",
        "3 rebels",
        "two and three",
        "five and hundred",
        "million million",
        "half",
        "half rebel",
        "1.0000001 thousand",
        "12:30",
        "zero five",
        "four half million",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|larger"):
        read_number(text)
    assert not is_count(text)


@given(st.integers(min_value=0, max_value=MAX_NUMBER))
def test_digits_with_and_without_separators_agree(value: int) -> None:
    assert read_number(str(value)) == read_number(f"{value:,}") == Number(value, value)


UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(value: int) -> str:
    if value < 20:
        return UNITS[value]
    if value < 100:
        return TENS[value // 10 - 2] + (f"-{UNITS[value % 10]}" if value % 10 else "")
    for size, word in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            joint = " and " if size == 100 else " "
            return f"{spell(value // size)} {word}" + (f"{joint}{spell(rest)}" if rest else "")
    raise AssertionError


@given(st.integers(min_value=0, max_value=999_999_999))
def test_words_are_read_back(value: int) -> None:
    assert read_number(spell(value)) == Number(value, value)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = read_number(text)
    except ValueError:
        return
    assert number.low is not None
    assert 0 <= number.low <= MAX_NUMBER


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("said", ("report",)),
        ("told", ("report",)),
        ("confirmed", ("assert",)),
        ("claims", ("claim",)),
        ("denied", ("denial",)),
        ("blamed", ("accuse",)),
        ("called for", ("demand",)),
        ("pushed back", ("failure",)),
        ("reportedly", ("hedge",)),
        ("according to", ("attribution",)),
        ("will", ("plan",)),
        ("rejected", ("refusal",)),
        ("a statement", ("channel",)),
        ("banana", ()),
    ],
)
def test_a_cue_word_has_its_class_in_every_form(words: str, classes: tuple[str, ...]) -> None:
    assert cues.classes_of(words) == classes


def test_reporting_words_and_channels() -> None:
    assert cues.is_reporting("said")
    assert cues.is_reporting("according to")
    assert not cues.is_reporting("captured")
    assert cues.is_channel("Telegram")
    assert cues.is_channel("Syrian state television")
    assert not cues.is_channel("tank")
    with pytest.raises(KeyError):
        cues.cues("gossip")  # type: ignore[arg-type]


def test_the_pattern_of_a_class_finds_whole_words() -> None:
    found = [m[0] for m in cues.pattern("denial").finditer("The army Denied it; nobody undenied. It dismissed claims.")]
    assert found == ["Denied", "dismissed"]
    assert cues.forms("push back") == ("push back", "pushes back", "pushed back", "pushing back")
    assert "urging" in cues.forms("urge")
    assert cues.pattern("hedge").search("troops are believed to hold it") is not None


def test_a_state_is_known_by_all_its_words() -> None:
    assert country_of_name("the United States") == country_of_name("U.S.") == "US"
    assert country_of_adjective("British") == "GB"
    assert country_of_people("Turks") == "TR"
    assert country_of_metonym("the Kremlin") == country_of_metonym("Moscow") == "RU"
    assert country_of("Damascus") == "SY"
    assert country_of("Atlantis") == country_of_name("") == ""
    assert english_name("SY") == "Syria"
    assert english_name("QQ") == ""


def test_a_word_that_two_states_share_follows_the_context() -> None:
    assert country_of_adjective("Congolese") == "CD"
    assert country_of_adjective("Congolese", country="CG") == "CG"
    assert country_of_adjective("Dominican") == "DO"
    assert nations()["SY"].adjective == "Syrian"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reuters", "Reuters"),
        ("the BBC", "BBC"),
        ("SANA", "Syrian Arab News Agency"),
        ("https://www.reuters.com/world/some-story", "Reuters"),
        ("http://edition.cnn.com:80/x", "CNN"),
        ("sana.sy", "Syrian Arab News Agency"),
        ("//news.sky.com/story", "Sky News"),
        ("Al-Manar (Beirut)", "Al-Manar"),
        ("SOHR", "Syrian Observatory for Human Rights"),
        ("https://www.hrw.org/news/2024/12/05/x", "Human Rights Watch"),
    ],
)
def test_a_source_is_found_by_name_alias_or_address(text: str, name: str) -> None:
    found = SourceLexicon.load().match(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["Example Wire", "https://reuters.com.example.org/", "ABC", "", "notreuters.com"])
def test_an_unknown_or_ambiguous_source_is_not_guessed(text: str) -> None:
    assert SourceLexicon.load().match(text) is None


def test_a_source_says_whose_it_is() -> None:
    sana = SourceLexicon.load().match("SANA")
    assert sana is not None
    assert (sana.owner, sana.kind, sana.side) == ("Government of Syria", "state media", "Government of Syria")
    assert (sana.country, sana.addresses[0]) == ("SY", "sana.sy")
