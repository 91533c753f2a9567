from dataclasses import replace

import pytest

from warledger.brief.names import Namer
from warledger.core import Place


@pytest.fixture
def namer(dossier):
    dossier.papers[0].actor("Hassan Karim", "spokesperson", ("Hassan Karim",))
    dossier.papers[0].relation("speaks_for", "Hassan Karim", "rebels (Syria)")
    return Namer(dossier.view())


@pytest.mark.parametrize(
    ("name", "said", "plural"),
    [
        ("rebels (Syria)", "Syrian rebels", True),
        ("civilians (Syria)", "civilians", True),
        ("civilians (Ukraine)", "Ukrainian civilians", True),
        ("police (Damascus)", "police in Damascus", True),
        ("terrorists (Aleppo)", "“terrorists” in Aleppo", True),
        ("Kurds (Syria)", "Syrian Kurds", True),
        ("civilians (Kurdish, Syria)", "Kurdish civilians", True),
        ("official (unnamed)", "an unnamed official", False),
        ("Rebels led by Black Banner", "rebels led by Black Banner", True),
        ("Presidency of Syria", "the Syrian presidency", False),
        ("World Food Programme", "the World Food Programme", False),
        ("Syrian Armed Forces", "the Syrian army", False),
        ("Russian Armed Forces", "Russian forces", True),
        ("United States Armed Forces", "US forces", True),
        ("Government of Turkey", "the Turkish government", False),
        ("Government of the United States", "the US government", False),
        ("Government of Ruritania", "the government of Ruritania", False),
        ("Syrian Democratic Forces", "the Syrian Democratic Forces", True),
        ("Free Syrian Army", "the Free Syrian Army", False),
        ("United Nations", "the United Nations", False),
        ("White Helmets", "the White Helmets", True),
        ("Hayat Tahrir al-Sham", "Hayat Tahrir al-Sham", False),
        ("Islamic State", "Islamic State", False),
        ("Reuters", "Reuters", False),
        ("War Monitor", "the War Monitor", False),
        ("source in Hasaka", "a source in Hasaka", False),
        ("residents of Manbij", "residents of Manbij", True),
        ("US-led coalition", "the US-led coalition", False),
        ("media reports", "media reports", True),
        ("Syrian state media", "Syrian state media", True),
        ("those who fled", "those who fled", True),
        ("the Front", "the Front", False),
        ("governor of the Example region", "the governor of the Example region", False),
        ("World Health Organization head", "the World Health Organization head", False),
        ("rebel leader (Syria)", "a Syrian rebel leader", False),
        ("Three Brotherhood Alliance", "the Three Brotherhood Alliance", False),
        ("foreign minister (Oman)", "the Omani foreign minister", False),
        ("gunmen (Somalia)", "Somali gunmen", True),
        ("Two commanders", "two commanders", True),
        ("Hundreds of fighters of the Front", "hundreds of fighters of the Front", True),
    ],
)
def test_actors(namer, name, said, plural):
    phrase = namer.actor(name)
    assert (phrase.text, phrase.plural) == (said, plural)


def test_a_state_that_speaks_is_its_country_but_not_the_one_at_war(namer):
    assert namer.country == "SY"
    assert namer.actor("Government of Turkey", state=True).text == "Turkey"
    assert namer.actor("Government of the United States", state=True).text == "the United States"
    assert namer.actor("Government of Syria", state=True).text == "the Syrian government"


def test_several_actors(namer):
    assert namer.actors(("Syrian Armed Forces", "Government of Syria")).text == "the Syrian army"
    assert namer.actors(("Russian Armed Forces", "Turkish Armed Forces")).text == "Russian and Turkish forces"
    assert namer.actors(("suicide bomber (Homs)", "Islamic State")).text == "Islamic State"
    assert namer.actors(("suicide bomber (Homs)",)).text == "a suicide bomber in Homs"
    assert namer.actors(("suicide bomber (Homs)",), here=True).text == "a suicide bomber"
    assert namer.actors(("rebels (Syria)", "Hezbollah")).plural


def test_people_speak_for_somebody(namer):
    assert namer.speaker("Hassan Karim").text == "Hassan Karim of Syrian rebels"
    assert namer.speaker("Hassan Karim").pronoun == "they"
    assert namer.speaker("Reuters").text == "Reuters"


@pytest.mark.parametrize(
    ("name", "kind", "precision", "said"),
    [
        ("Hama", "city", "", "in Hama"),
        ("Hama", "city", "near", "near Hama"),
        ("Abu al-Duhur air base", "base", "", "at Abu al-Duhur air base"),
        ("M5 highway", "road", "", "on the M5 highway"),
        ("Syrian-Turkish border", "region", "", "on the Syrian-Turkish border"),
        ("northern Syria", "region", "", "in northern Syria"),
        ("road from Homs to Hama", "road", "", "on the road from Homs to Hama"),
        ("United States", "country", "", "in the United States"),
    ],
)
def test_places(namer, name, kind, precision, said):
    assert namer.at(Place("p", name, kind, precision=precision)) == said


def test_a_group_is_called_by_its_own_name_and_never_by_its_enemys_word(desk):
    paper = desk.paper("a", "Agency", "2024-12-05", "A source said that gunmen of terrorist groups overran the town of Hama.")
    told = paper.claim("seize", "overran", by=["terrorist groups (Syria)"], at="Hama", when="2024-12-05")
    desk.events.append(replace(desk.event(told), initiator=("Northern Front",)))
    named = Namer(desk.view())
    assert named.actor("Northern Front").text == "the Northern Front"
    assert named.canonical("terrorist groups (Syria)") == "terrorist groups (Syria)"


def test_a_group_is_called_as_its_documents_call_it(desk):
    paper = desk.paper("a", "Agency", "2024-12-05", "The Northern Command overran the town of Hama.")
    told = paper.claim("seize", "overran", by=["Northern Command"], at="Hama", when="2024-12-05")
    desk.events.append(replace(desk.event(told), initiator=("Northern Front",)))
    named = Namer(desk.view())
    assert named.actor("Northern Front").text == "Northern Command"
    assert named.canonical("Northern Command") == "Northern Front"
