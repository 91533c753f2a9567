"""Which place is meant by words that name only its kind, and by words around a name."""

import pytest
from test_actors_places import places

from warledger.core import Place
from warledger.extract.places_meant import Anaphor, anaphor, name_of, part_of, place_meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("the city", Anaphor("city")),
        ("The town's", Anaphor("town")),
        ("the ravaged western city", Anaphor("city")),
        ("the Kurdish-controlled city", Anaphor("city")),
        ("the Syrian capital", Anaphor("capital", "SY")),
        ("Syrias capital", Anaphor("capital", "SY")),
        ("a rebel-held Syrian town", Anaphor("town", "SY", introduces=True)),
        ("the provincial capital", Anaphor("capital", is_of_province=True)),
        ("The hospital", Anaphor("hospital")),
        ("al-Fua town", None),
        ("Hama city", None),
        ("the city of Hama", None),
        ("Example Town", None),
        ("Hama", None),
    ],
)
def test_words_that_name_only_a_kind(words, meant):
    assert anaphor(words) == meant


def test_capitals_and_countries_have_names():
    assert name_of(Anaphor("capital"), ("LY", "SY")) == "Tripoli"
    assert name_of(Anaphor("capital", "SY"), ("LY",)) == "Damascus"
    assert name_of(Anaphor("country"), ("LY",)) == "Libya"
    assert name_of(Anaphor("capital", is_of_province=True), ("LY",)) == ""
    assert name_of(Anaphor("territory"), ("LY",)) == ""
    assert name_of(Anaphor("city"), ("LY",)) == ""
    assert name_of(Anaphor("capital"), ()) == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the east", "eastern Libya"),
        ("the north-west of the country", "north-western Libya"),
        ("the country's south", "southern Libya"),
        ("the eastern part of the country", "eastern Libya"),
        ("the east of the city", ""),
        ("the northern front", ""),
        ("eastern Libya", ""),
    ],
)
def test_a_part_of_the_country_has_a_name(words, name):
    assert part_of(words, ("LY",)) == name
    assert part_of(words, ()) == ""


def spots(*kinds):
    return [Place(f"p{n}", f"Example {kind} {n}", kind, country="SY") for n, kind in enumerate(kinds)]


def test_a_place_counts_by_how_often_and_how_lately_it_was_named():
    towns = spots("city", "city", "village")
    assert place_meant(Anaphor("city"), [0, 1], [], towns) == 0
    assert place_meant(Anaphor("city"), [1, 0, 0, 0, 0, 0, 0], [], towns) == 0
    assert place_meant(Anaphor("city"), [2, 1], [], towns) == 1
    assert place_meant(Anaphor("village"), [0, 1], [2], towns) == 2
    assert place_meant(Anaphor("province"), [0, 1], [2], towns) == -1


def test_a_place_that_is_introduced_is_named_afterwards():
    towns = spots("town", "town")
    assert place_meant(Anaphor("town", introduces=True), [0], [1], towns) == 1
    assert place_meant(Anaphor("town", introduces=True), [0], [], towns) == 0
    assert place_meant(Anaphor("town"), [0], [1], towns) == 0


def test_a_country_and_a_facilitys_noun_must_fit():
    towns = [*spots("town"), Place("p9", "Example hospital", "facility")]
    assert place_meant(Anaphor("town", "LY"), [0], [], towns) == -1
    assert place_meant(Anaphor("hospital"), [0, 1], [], towns) == 1


def test_the_capital_is_one_place_with_its_name():
    found, read = places("They left [city:Hama] for [city:the Syrian capital]. [city:Damascus] was quiet.")
    assert [(name, mentions) for name, _, mentions in found] == [
        ("Hama", ["Hama"]),
        ("Damascus", ["the Syrian capital", "Damascus"]),
    ]
    assert read.owner == (0, 1, 1)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("[country:Syrias] war", "Syria"),
        ("the [city:liberation of Raqqa]", "Raqqa"),
        ("[city:Raqqa airstrikes]", "Raqqa"),
        ("[country:throughout Syria]", "Syria"),
        ("[city:the Syrian capital Damascus]", "Damascus"),
        ("[city:hometown Hama]", "Hama"),
    ],
)
def test_words_around_a_known_name_are_left_out(source, name):
    found, read = places(source)
    assert found[0][0] == name
    assert read.places[0].lat is not None


def test_what_has_its_own_name_is_not_the_place_in_it():
    found, _ = places("on the [road:Damascus airport road] near [city:Damascus]")
    assert [name for name, _, _ in found] == ["Damascus airport road", "Damascus"]


def test_a_city_is_named_inside_a_longer_name_too():
    found, _ = places("They left [city:Aleppo] for [region:eastern Aleppo] and [neighbourhood:Aleppo’s Midan].")
    assert found[0][2] == ["Aleppo", "Aleppo", "Aleppo"]
    found, _ = places("from [neighbourhood:Midan] to [district:the Midan area]")
    assert [mentions for _, _, mentions in found] == [["Midan"], ["the Midan area"]]


def test_a_part_of_a_country_keeps_its_side():
    found, read = places("in [region:southern Syria]")
    assert (found[0][0], read.places[0].country) == ("southern Syria", "SY")


def test_a_famous_city_is_not_a_small_town_that_is_called_after_it():
    _, read = places("[country:America] wants talks in [city:Geneva], [country:America] said.", ("US", "SY"))
    assert [p.country for p in read.places] == ["US", "CH"]
