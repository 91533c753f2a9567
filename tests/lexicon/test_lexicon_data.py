"""The data files: every reference is met, no name means two actors, every date and kind is valid."""

from collections import defaultdict
from itertools import pairwise

import pytest

from warledger.core import vocabulary as v
from warledger.lexicon import cues, tables
from warledger.lexicon.actors import ActorLexicon, actor_files
from warledger.lexicon.nations import nations
from warledger.lexicon.sources import SourceLexicon

UNNAMED = {"rebels", "Maoist rebels", "Kurdish forces"}


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return ActorLexicon.load()


def test_there_are_enough_of_each() -> None:
    assert sum(1 for name in actor_files() for _ in tables.rows(name)) >= 350
    people = list(tables.rows("people"))
    assert len(people) >= 150
    assert sum(row["kind"] == "spokesperson" for row in people) >= 40
    assert len(list(tables.rows("sources"))) >= 150
    assert len(list(tables.rows("organisations"))) >= 60
    assert len(nations()) >= 190


def test_kinds_and_countries_are_those_of_the_guide(lexicon: ActorLexicon) -> None:
    for actor in lexicon.actors.values():
        assert actor.kind in v.ACTOR_KINDS, actor
        assert not actor.country or actor.country in nations(), actor
        for alias in actor.aliases:
            assert not alias.country or alias.country in nations(), (actor.name, alias)


def test_every_actor_that_another_row_names_exists(lexicon: ActorLexicon) -> None:
    outlets = {row["name"] for row in tables.rows("sources")}
    for actor in lexicon.actors.values():
        assert not actor.side or actor.side in lexicon.actors, actor.name
        assert not actor.formerly or actor.formerly in lexicon.actors, actor.name
        if actor.name not in outlets:  # an outlet may belong to a company
            assert [tie.name for tie in actor.ties if tie.name not in lexicon.actors] == [], actor.name


def test_no_span_of_days_ends_before_it_begins(lexicon: ActorLexicon) -> None:
    for actor in lexicon.actors.values():
        spans = [(actor.since, actor.until)]
        spans += [(alias.since, alias.until) for alias in actor.aliases] + [(tie.since, tie.until) for tie in actor.ties]
        for since, until in spans:
            assert since is None or until is None or since <= until, actor.name


def test_no_name_or_alias_means_two_actors_in_one_context(lexicon: ActorLexicon) -> None:
    meant = defaultdict(set)
    for actor in lexicon.actors.values():
        meant[tables.key(actor.name), ""].add(actor.name)
        for alias in actor.aliases:
            meant[tables.key(alias.text), alias.country].add(actor.name)
    assert {form: names for form, names in meant.items() if len(names) > 1} == {}


def test_no_name_stands_twice_in_a_file() -> None:
    for name in (*actor_files(), "people", "organisations", "sources", "publishers"):
        names = [row["name"] for row in tables.rows(name)]
        assert len(names) == len(set(names)), name


def test_a_lineage_has_no_ring(lexicon: ActorLexicon) -> None:
    for actor in lexicon.actors.values():
        seen, name = {actor.name}, actor.formerly
        while name:
            assert name not in seen
            seen.add(name)
            name = lexicon.actors[name].formerly


def test_sides_and_their_members_are_actors(lexicon: ActorLexicon) -> None:
    for row in tables.rows("sides"):
        assert row["country"] in nations()
        assert row["side"] in lexicon.actors, row
        assert row["member"] in lexicon.actors or row["member"] in UNNAMED, row
        tables.during(row["during"])


def test_enmities_are_between_sides_or_members_of_that_country() -> None:
    known = defaultdict(set)
    for row in tables.rows("sides"):
        known[row["country"]] |= {row["side"], row["member"]}
    named = {"Free Syrian Army", "Syrian National Army"}
    for row in tables.rows("enmities"):
        assert {row["side"], row["against"]} <= known[row["country"]] | named, row
        assert row["side"] != row["against"]


def test_offices_are_held_by_people_of_the_lexicon_and_by_one_at_a_time(lexicon: ActorLexicon) -> None:
    held = defaultdict(list)
    for row in tables.rows("offices"):
        assert lexicon.actors[row["person"]].person, row
        since, until = tables.during(row["held"])
        assert since is not None
        held[row["country"], row["office"]].append((since, until))
    for office, spans in held.items():
        spans.sort()
        for (_, until), (since, _) in pairwise(spans):
            assert until is not None, office
            assert until <= since, office


def test_nations_have_iso_codes_and_the_great_cases_hold() -> None:
    assert all(len(n.iso2) == 2 and len(n.iso3) == 3 for n in nations().values())
    assert len({n.iso3 for n in nations().values()}) == len(nations())
    assert nations()["US"].government == "Government of the United States"
    assert nations()["GB"].forces == "British Armed Forces"
    assert nations()["SY"].capital == "Damascus"


def test_sources_have_a_kind_of_the_file_and_domains_of_their_own() -> None:
    domains = []
    for row in (*tables.rows("sources"), *tables.rows("publishers")):
        assert row["kind"] in v.SOURCE_KINDS, row
        if row["kind"] in ("state media", "party to the conflict"):
            assert row["side"] or row["country"] in ("CN", "KP"), row
        domains += tables.values(row["domains"])
    assert len(domains) == len(set(domains))
    assert all(domain == domain.lower() and "/" not in domain and not domain.startswith("www.") for domain in domains)
    assert len(SourceLexicon.load().sources) >= 150


def test_cues_are_of_known_classes_and_stand_once_in_each() -> None:
    rows = [(row["class"], row["words"]) for row in tables.rows("cues")]
    assert {name for name, _ in rows} == set(cues.CLASSES)
    assert len(rows) == len(set(rows))


def test_a_row_with_another_number_of_cells_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "broken.tsv").write_text("# head\nname\tkind\nonly one cell\n", encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    with pytest.raises(ValueError, match=r"broken\.tsv line 3 has 1 cells"):
        list(tables.rows("broken"))


def test_values_with_qualifications_are_read_and_others_refused() -> None:
    text, since, until, country = tables.qualified("SNA [2017-12-30/..] {SY}")
    assert (text, str(since), until, country) == ("SNA", "2017-12-30", None, "SY")
    assert tables.qualified("Free Army") == ("Free Army", None, None, "")
    with pytest.raises(ValueError, match="is not of the form"):
        tables.qualified("SNA {SY} [2017/..] {SO}")


def test_the_key_of_a_name_drops_article_points_and_apostrophes() -> None:
    assert tables.key("The U.N. Security Council") == "un security council"
    assert tables.key("Kurdistan Workers’ Party") == tables.key("Kurdistan Workers Party") == "kurdistan workers party"
    assert tables.key("Recep Tayyip Erdoğan") == "recep tayyip erdogan"
    assert tables.key("The") == "the"
