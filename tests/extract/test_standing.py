"""Standing relations that the words say outright, between the document's actors and those that only a tie names."""

from datetime import date

import pytest
from test_actors_places import lexicon, marked

from warledger.core import Document
from warledger.extract.actors import ActorReader
from warledger.extract.standing import relations_of
from warledger.model.network import Tables


def read(source, country="SY"):
    text, tagged = marked(source)
    published = date(2024, 12, 5)
    reader = ActorReader(text, tagged, lexicon(), country=country, published=published, acting=frozenset())
    document = Document("d1", text, "Example Wire", published)
    tables = Tables(None, None, None, {}, ())
    everyone, found = relations_of(document, tagged, reader.read(), tables, lexicon(), country=country)
    names = {a.id: a.name for a in everyone}
    return [a.name for a in everyone], [(names[r.source], r.type, names[r.target]) for r in found]


@pytest.mark.parametrize(
    ("source", "relation"),
    [
        (
            "[leader:Turkey's president, Jane Example], spoke.",
            ("Jane Example", "leads", "Government of Turkey"),
        ),
        ("[government:Moscow] met [political:rebel backer Turkey].", ("rebels (Syria)", "backed_by", "Government of Turkey")),
        (
            "[state_forces:Forces loyal to President Bashar al-Assad] left.",
            ("Bashar al-Assad", "leads", "Syrian Armed Forces"),
        ),
        ("[political:Regime ally Iran] spoke.", ("Government of Iran", "allied_with", "Government of Syria")),
        ("[rebel_group:US-backed Hill men] won.", ("US-backed Hill men", "backed_by", "Government of the United States")),
    ],
)
def test_a_tie_names_who_is_named_nowhere_else(source, relation):
    everyone, found = read(source)
    assert found == [relation]
    assert {relation[0], relation[2]} <= set(everyone)


def test_a_tie_finds_who_is_named_elsewhere():
    source = "[rebel_group:The Hill Brigade] won, said [leader:Hill Brigade leader Jane Example]."
    everyone, found = read(source)
    assert len(everyone) == 2
    assert [kind for _, kind, _ in found] == ["leads"]
    assert found[0][2] == "Hill Brigade"


def test_an_office_of_nobody_known_ties_nobody():
    assert read("[leader:Hill Brigade leader Jane Example] spoke.")[1] == []


def test_an_affiliate_is_tied_to_whose_it_is():
    everyone, found = read("[jihadist_group:al-Hill Front] won. [rebel_group:The al-Hill Front-linked Brigade] left.")
    assert len(everyone) == 2
    assert [kind for _, kind, _ in found] == ["affiliated_with"]


def test_the_head_of_a_monitor_counts_as_one_of_its_people():
    assert [kind for _, kind, _ in read("[monitor:The Watch] said so, [monitor:Watch director Jane Example] added.")[1]] == [
        "leads"
    ]


def test_an_office_ties_a_known_person_to_the_body_that_the_report_names():
    leads = ("Bashar al-Assad", "leads", "Government of Syria")
    assert read("[government:Damascus] denied it. [leader:The ruler, Bashar al-Assad], spoke.")[1] == [leads]
    assert read("[government:Ankara] denied it. [leader:The ruler, Bashar al-Assad], spoke.")[1] == []
    assert read("[government:Damascus] denied it. [leader:The ruler, Jane Example], spoke.")[1] == []
