"""Which names of places a record keeps."""

from datetime import date

import pytest
from fake_network import FakeNetwork

from warledger.core import Actor, Claim, Document, Evidence, Mention, Place, Span, claim_id
from warledger.extract.actors import Actors
from warledger.extract.named import Name, Naming, kept, names_of
from warledger.extract.places import Places
from warledger.extract.reading import Reading
from warledger.extract.times import TextTimes
from warledger.extract.weighing import Weights

TEXT = "Samplia said that rebels took Exampleville. Exampleville fell."


def mention(said, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(said, start + 1)
    return Mention(Span(start, start + len(said)), said)


SAMPLIA = Place("p1", "Samplia", "country", mentions=(mention("Samplia"),))
TOWN = Place("p2", "Exampleville", "town", mentions=(mention("Exampleville"), mention("Exampleville", 1)))


@pytest.fixture
def reading():
    net = FakeNetwork(TEXT).mention("actor", "Samplia").mention("place", "Exampleville").mention("place", "Exampleville", 1)
    day = date(2024, 12, 6)
    document = Document("d1", TEXT, "Example Wire", day, name="one", sentences=net.sentences)
    return Reading(
        document=document,
        times=TextTimes.of(TEXT, day),
        tagged=net.read(),
        links=[],
        actors=Actors((Actor("a1", "Samplia", "government"),), (0,)),
        places=Places((SAMPLIA, TOWN), (1, 1)),
        thresholds={},
        written_from=frozenset(),
        enemies=lambda one, other: False,
    )


def seized(place):
    span = mention("took").span
    words = Evidence("d1", span, "took")
    return Claim(claim_id("d1", "seize", span), "d1", 0, "e1", "seize", words, place=place)


def test_forms_of_a_place_are_names_of_their_own():
    place = Place("p3", "Aleppo", "city", mentions=(Mention(Span(0, 6), "Aleppo"), Mention(Span(10, 18), "the city")))
    assert [(n.place.id, [m.text for m in n.mentions]) for n in names_of((place,))] == [
        ("p3", ["Aleppo"]),
        ("p3", ["the city"]),
    ]


def test_a_name_has_findings(reading):
    naming = Naming(reading)
    found = naming.findings(Name(SAMPLIA, SAMPLIA.mentions), {"p2"})
    assert found["network"] < -2
    assert found["inside actors"] == 1.0
    assert {"once", "unused", "country, unused"} <= found.keys()
    found = naming.findings(Name(TOWN, TOWN.mentions), {"p2"})
    assert found["network"] > 2
    assert found["inside actors"] == 0.0
    assert {"sometimes", "used", "town, used"} <= found.keys()


def test_an_unlikely_name_is_kept_only_where_a_claim_uses_its_place(reading):
    weights = Weights(0.0, {"network": 1.0}, 0.5)
    assert [p.id for p in kept(reading, (), weights)] == ["p2"]
    assert kept(reading, (seized("p1"),), weights) == (SAMPLIA, TOWN)
