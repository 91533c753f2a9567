"""The crosswalks answer for every claim type, name only codes of their codebooks, and give a reason beside each row."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from warledger.core import vocabulary as v
from warledger.ontology import crosswalk
from warledger.ontology.countries import country_codes
from warledger.ontology.tables import rows

TABLES = sorted(
    path.name
    for path in (files("warledger.ontology") / "data").iterdir()
    if path.name.startswith(("acled", "ucdp", "plover", "countries"))
)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_reason(table):
    found = rows(table)
    assert found
    assert [row for row in found if not row["reason"].strip()] == []
    assert [row for row in found if None in row or None in row.values()] == []


@pytest.mark.parametrize("scheme", ["acled", "plover", "ucdp"])
@pytest.mark.parametrize("claim_type", v.CLAIM_TYPES)
def test_every_type_has_a_last_row_that_needs_no_fact(scheme, claim_type):
    assert crosswalk.coding(scheme, claim_type).reason


def test_a_row_without_a_code_says_that_there_is_no_equivalent():
    for table, column in (("acled.csv", "sub_event_type"), ("plover.csv", "event"), ("ucdp.csv", "coded")):
        for row in rows(table):
            assert bool(row[column]) != row["reason"].startswith("no equivalent"), (table, row)


def test_acled_names_only_codes_of_its_own():
    order = crosswalk.acled_order()
    assert len(order) == 25
    for row in rows("acled.csv"):
        if row["sub_event_type"]:
            assert order[row["sub_event_type"]].event_type == row["event_type"]
            assert row["days"] in ("one", "each")
    assert list(dict.fromkeys(s.event_type for s in order.values())) == [
        "Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians", "Strategic developments",
    ]  # fmt: skip


def test_plover_names_only_codes_of_its_own():
    events = crosswalk.plover_events()
    assert len(events) == 16
    assert len(crosswalk.plover_contexts()) == 37
    for row in rows("plover.csv"):
        if row["event"]:
            assert not row["mode"] or row["mode"] in events[row["event"]].modes, row
            assert set(filter(None, row["contexts"].split(";"))) <= crosswalk.plover_contexts()
            assert -10 <= float(row["scale"]) <= 10
    assert {row["kind"] for row in rows("plover_sectors.csv")} == set(v.ACTOR_KINDS)


def test_the_first_row_whose_facts_hold_is_taken():
    def sub(claim_type, *facts):
        return crosswalk.coding("acled", claim_type, frozenset(facts))["sub_event_type"]

    assert sub("seize", "fought", "initiator-known") == "Non-state actor overtakes territory"
    assert sub("seize", "fought", "initiator-state") == "Government regains territory"
    assert sub("seize", "fought", "brief", "initiator-state") == "Armed clash"
    assert sub("seize", "unresisted", "fought") == "Non-violent transfer of territory"
    assert sub("withdraw", "told-by-takeover", "initiator-known") == ""
    assert sub("arrest", "initiator-armed") == "Abduction/forced disappearance"
    assert sub("arrest", "initiator-armed", "initiator-state") == "Arrests"


def test_actors_and_regimes_have_their_days():
    assert crosswalk.acled_regime("SY", date(2024, 12, 5)) == "(2000-2024)"
    assert crosswalk.acled_regime("SY", date(2024, 12, 8)) == "(2024-)"
    assert crosswalk.acled_regime("FR", date(2024, 12, 8)) == ""
    assert crosswalk.acled_actor("rebels (Syria)", date(2024, 12, 5)) == "Opposition Rebels (Syria)"
    assert crosswalk.ucdp_actor("Islamic State") == "IS"
    assert crosswalk.ucdp_actor("Nobody at all") == "Nobody at all"


def test_group_types():
    group = crosswalk.acled_group_type
    assert group("syrian armed forces", "state_forces", abroad=False) == "State forces"
    assert group("turkish armed forces", "state_forces", abroad=True) == "External/Other forces"
    assert group("tribal fighters", "militia", abroad=False) == "Identity militia"
    assert group("somebody", "other", abroad=False) == ""
    assert list(crosswalk.acled_group_types().values()) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_scales_of_sources():
    assert crosswalk.acled_scale("wire", at_home=False) == "International"
    assert crosswalk.acled_scale("newspaper", at_home=True) == "National"
    assert crosswalk.acled_scale("a kind that is new", at_home=True) == "Other"


def test_countries_have_one_number_each():
    codes = country_codes()
    assert (codes["SY"].iso3, codes["SY"].iso_numeric, codes["SY"].gw) == ("SYR", 760, 652)
    assert (codes["UA"].gw, codes["RU"].gw, codes["YE"].gw, codes["DE"].gw) == (369, 365, 678, 260)
    for field in ("iso3", "iso_numeric", "acled_name"):
        values = [getattr(c, field) for c in codes.values()]
        assert len(values) == len(set(values)), field
    numbers = [c.gw for c in codes.values() if c.gw is not None and c.iso2 != "PS"]
    assert len(numbers) == len(set(numbers))
    assert "?" not in {c.acled_region for c in codes.values()}
    assert {c.ucdp_region for c in codes.values()} == {"Africa", "Americas", "Asia", "Europe", "Middle East"}
    assert all(len(c.iso3) == 3 and c.iso3.isupper() for c in codes.values())
