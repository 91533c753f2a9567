"""Events in UCDP's form, and every column, code and invariant of such a file broken once."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from broken import rules, table
from hypothesis import given
from hypothesis import strategies as st
from made_events import ARMY, CIVILIANS, HAMA, HTS, IS, REBELS, RUSSIA, SYRIA, Happening, view_of

from warledger.core import EventFilter
from warledger.export import event_of_row
from warledger.export.deaths import Toll, estimate
from warledger.export.ucdp import COLUMNS, check_ucdp, write_ucdp
from warledger.export.whereabouts import grid_cell

TWELVE = (("killed", "people", 12, 12, "twelve people"),)


def exported(*happenings, **filters):
    view = view_of(*happenings)
    out = io.StringIO(newline="")
    skipped = write_ucdp(view, out, EventFilter(**filters))
    assert rules(check_ucdp, out.getvalue(), "error") == []
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    numbers = {event.id: n for n, event in enumerate(view.events)}
    for row in rows:
        assert any(event.id.startswith(event_of_row(row["id"])) for event in view.events)
    assert len(rows) + len(skipped) == len([e for e in view.events if EventFilter(**filters).admits(e, view)])
    return rows, [(numbers[s.id], s.rule) for s in skipped]


def one(happening):
    rows, skipped = exported(happening)
    assert skipped == []
    return rows[0]


def deaths(row):
    return tuple(int(row[c]) for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high"))


def test_a_state_based_row():
    row = one(Happening("clash", (REBELS,), (ARMY,), figures=TWELVE, title="Twelve; killed"))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("1", "Government of Syria", "Syrian insurgents")
    assert row["dyad_name"] == "Government of Syria - Syrian insurgents"
    assert (row["gwnoa"], row["gwnob"], row["country_id"], row["region"]) == ("652", "", "652", "Middle East")
    assert deaths(row) == (0, 0, 0, 12, 12, 12, 12)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == ("2024-12-05 00:00:00.000", "2024-12-05 00:00:00.000", "1")
    assert row["geom_wkt"] == "POINT (36.757800 35.131800)"
    assert row["priogrid_gid"] == str(grid_cell(35.1318, 36.7578))
    assert (row["where_prec"], row["adm_1"], row["code_status"], row["event_clarity"]) == (
        "1",
        "Suwayda Governorate",
        "Clear",
        "1",
    )
    assert (row["source_headline"], row["source_date"], row["number_of_sources"]) == ("Twelve, killed", "2024-12-06", "1")
    assert row["active_year"] == "0"


@pytest.mark.parametrize(
    ("by", "to", "violence", "a", "b", "states"),
    [
        ((RUSSIA,), (HTS,), "1", "Government of Syria", "Hayat Tahrir al-Sham", ("652;365", "")),
        ((ARMY, RUSSIA), (IS,), "1", "Government of Syria", "IS", ("652;365", "")),
        ((ARMY,), (HTS, ARMY), "1", "Government of Syria", "Hayat Tahrir al-Sham", ("652", "")),
        ((HTS,), (IS,), "2", "Hayat Tahrir al-Sham", "IS", ("", "")),
        ((IS,), (HTS,), "2", "Hayat Tahrir al-Sham", "IS", ("", "")),
        ((IS,), (CIVILIANS,), "3", "IS", "Civilians", ("", "")),
        ((ARMY,), (CIVILIANS,), "3", "Government of Syria", "Civilians", ("652", "")),
        (
            (("Israel Defense Forces", "state_forces", "IL"),),
            (ARMY,),
            "1",
            "Government of Syria",
            "Government of Israel",
            ("652", "666"),
        ),
    ],
)
def test_dyads(by, to, violence, a, b, states):
    row = one(Happening("attack", by, to, figures=TWELVE))
    assert (row["type_of_violence"], row["side_a"], row["side_b"], (row["gwnoa"], row["gwnob"])) == (violence, a, b, states)


class TestDeaths:
    def test_sides_and_civilians_within_a_total(self):
        figures = (
            ("killed", "people", 20, 25, "20 to 25 people"),
            ("killed", "combatants", 5, 5, "5 soldiers", "Syrian Armed Forces", 0),
            ("killed", "combatants", 4, 4, "4 rebels", "rebels (Syria)", 0),
            ("killed", "civilians", 3, 3, "3 civilians", "", 0),
        )
        row = one(Happening("clash", (REBELS,), (ARMY,), figures=figures))
        assert deaths(row) == (5, 4, 3, 8, 20, 20, 25)

    def test_parts_without_a_total_are_the_total(self):
        figures = (
            ("killed", "combatants", 5, 5, "5 soldiers", "Syrian Armed Forces"),
            ("killed", "civilians", 3, 3, "3 civilians"),
        )
        assert deaths(one(Happening("clash", (REBELS,), (ARMY,), figures=figures))) == (5, 0, 3, 0, 8, 8, 8)

    def test_all_dead_of_one_sided_violence_are_civilians(self):
        assert deaths(one(Happening("attack", (IS,), (CIVILIANS,), figures=TWELVE))) == (0, 0, 12, 0, 12, 12, 12)

    def test_only_an_upper_bound_is_legal(self):
        row = one(Happening("clash", (REBELS,), (ARMY,), figures=(("killed", "people", None, 9, "up to 9"),)))
        assert deaths(row) == (0, 0, 0, 0, 0, 0, 9)

    @given(
        st.lists(
            st.tuples(
                st.integers(0, 99), st.none() | st.integers(0, 50), st.booleans(), st.integers(0, 30), st.integers(0, 30)
            ),
            min_size=1,
            max_size=6,
        ),
        st.booleans(),
    )
    def test_the_invariants_hold_for_whatever_is_told(self, told, one_sided):
        tolls = [
            Toll(f"c{n}", "x", str(n % 2), interested, True, low, None if more is None else low + more, civil, (("A", a),))
            for n, (low, more, interested, civil, a) in enumerate(told)
        ]
        found = estimate(tolls, ["A"], ["B"], victims_civilian=one_sided)
        assert found.low <= found.best <= found.high
        assert found.best == found.side_a + found.side_b + found.civilians + found.unknown
        assert found.unknown >= 0

    def test_a_witness_goes_before_a_party_and_the_latest_before_the_first(self):
        def toll(claim, interested, published, low):
            return Toll(claim, "x", published, interested, True, low, low, 0, ())

        found = estimate(
            [toll("a", True, "3", 90), toll("b", False, "1", 5), toll("c", False, "2", 7)], [], [], victims_civilian=False
        )
        assert (found.low, found.best, found.high) == (5, 7, 90)
        assert estimate([], [], [], victims_civilian=False) is None


@pytest.mark.parametrize(
    ("when", "precision", "clarity"),
    [
        ("2024-12-05", "1", "1"),
        ("2024-12-01/2024-12-06", "2", "1"),
        ("2024-12-02/2024-12-08", "3", "1"),
        ("2024-11", "4", "2"),
        ("2024-10-01/2024-12-05", "5", "2"),
        ("2024", "5", "2"),
    ],
)
def test_precision_of_dates(when, precision, clarity):
    row = one(Happening("clash", (REBELS,), (ARMY,), figures=TWELVE, when=when))
    assert (row["date_prec"], row["event_clarity"]) == (precision, clarity)


@pytest.mark.parametrize(
    ("kind", "precision", "code"),
    [
        ("city", "near", "2"),
        ("district", "district", "3"),
        ("province", "province", "4"),
        ("road", "exact", "5"),
        ("country", "country", "6"),
    ],
)
def test_precision_of_places(kind, precision, code):
    place = replace(HAMA, kind=kind, precision=precision)
    assert one(Happening("clash", (REBELS,), (ARMY,), figures=TWELVE, place=place))["where_prec"] == code


def test_a_dyad_is_active_in_the_years_with_25_deaths():
    def clash(when, count):
        return Happening(
            "clash", (REBELS,), (ARMY,), when=when, figures=(("killed", "people", count, count, f"{count} people"),)
        )

    rows, _ = exported(clash("2024-12-05", 12), clash("2024-12-06", 13), clash("2023-01-02", 24))
    assert [row["active_year"] for row in rows] == ["1", "1", "0"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"figures": ()}, "no-deaths"),
        ({"basis": "cumulative"}, "no-deaths"),
        ({"types": "toll"}, "no-equivalent"),
        ({"status": "planned"}, "not-happened"),
        ({"grade": "retracted"}, "denied"),
        ({"frame": "background"}, "background"),
        ({"place": None}, "no-place"),
        ({"place": replace(HAMA, lat=None, lon=None)}, "no-coordinates"),
        ({"place": replace(HAMA, country="")}, "no-country"),
        ({"when": ""}, "no-date"),
        ({"when": "../2024-12-05"}, "wide-time"),
        ({"by": ()}, "no-dyad"),
        ({"to": ()}, "no-dyad"),
        ({"by": (("fighters", "rebel_group", ""),)}, "no-dyad"),
    ],
)
def test_what_is_refused_and_why(change, rule):
    told = replace(Happening("seize", (REBELS,), (ARMY,), figures=TWELVE), **change)
    assert exported(told) == ([], [(0, rule)])


def test_a_country_is_a_place_for_ucdp():
    assert one(Happening("clash", (REBELS,), (ARMY,), figures=TWELVE, place=SYRIA))["where_coordinates"] == "Syria"


@pytest.mark.parametrize(
    ("lat", "lon", "cell"), [(-90, -180, 1), (-89.9, 179.9, 720), (90, 180, 259_200), (0, 0, 129_961), (35.13, 36.76, 180_434)]
)
def test_cells_of_the_grid(lat, lon, cell):
    assert grid_cell(lat, lon) == cell


# Checking

ROW = one(Happening("clash", (REBELS,), (ARMY,), figures=(("killed", "people", 30, 30, "thirty people"),)))


def found(*rows, severity=None):
    return rules(check_ucdp, table(rows, COLUMNS), severity)


def test_a_row_that_keeps_the_rules():
    assert found(ROW) == []


BAD_CELLS = [
    ("id", "x"),
    ("relid", ""),
    ("year", "24"),
    ("active_year", "2"),
    ("code_status", ""),
    ("type_of_violence", "4"),
    *((f"{what}_{kind}_id", "x") for what in ("conflict", "dyad", "side_a", "side_b") for kind in ("dset", "new")),
    ("conflict_name", ""),
    ("dyad_name", ""),
    ("side_a", ""),
    ("side_b", ""),
    ("number_of_sources", "-2"),
    ("where_prec", "8"),
    ("where_coordinates", ""),
    ("latitude", "99"),
    ("longitude", "x"),
    ("geom_wkt", "36.7 35.1"),
    ("priogrid_gid", "0"),
    ("priogrid_gid", "259201"),
    ("country", ""),
    ("country_id", "0"),
    ("region", "Middle-East"),
    ("event_clarity", "3"),
    ("date_prec", "6"),
    ("date_start", "2024-12-05"),
    ("date_start", "2024-12-05 12:00:00"),
    ("date_end", "2024-13-01 00:00:00.000"),
    ("deaths_a", "-1"),
    ("deaths_b", "x"),
    ("deaths_civilians", ""),
    ("deaths_unknown", "1.5"),
    ("best", "x"),
    ("high", "x"),
    ("low", "x"),
    ("gwnoa", "Syria"),
    ("gwnob", "1"),
]


@pytest.mark.parametrize(("column", "bad"), BAD_CELLS)
def test_a_cell_that_breaks_its_column(column, bad):
    assert (2, column, column) in found(ROW | {column: bad}, severity="error")


def test_every_column_with_a_rule_is_broken_above():
    free = {
        "source_article",
        "source_office",
        "source_date",
        "source_headline",
        "source_original",
        "where_description",
        "adm_1",
        "adm_2",
    }
    assert {column for column, _ in BAD_CELLS} | free == set(COLUMNS)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"best": "31"}, "best-is-the-sum"),
        ({"deaths_a": "1"}, "best-is-the-sum"),
        ({"best": "0", "low": "0", "high": "0", "deaths_unknown": "0"}, "no-deaths"),
        ({"date_end": "2024-12-04 00:00:00.000"}, "dates-in-order"),
        ({"year": "2023"}, "year-of-dates"),
        ({"geom_wkt": "POINT (35.1318 36.7578)"}, "point-of-coordinates"),
        ({"priogrid_gid": "1"}, "cell-of-coordinates"),
        ({"country_id": "640"}, "id-of-country"),
        ({"type_of_violence": "3"}, "one-sided-civilians"),
        ({"side_b": "Civilians"}, "civilians-fight"),
        ({"type_of_violence": "2"}, "non-state-state"),
    ],
)
def test_an_invariant_that_is_broken(change, rule):
    assert rule in [name for _, _, name in found(ROW | change, severity="error")]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"low": "40"}, "low-best-high"),
        ({"high": "20"}, "low-best-high"),
        ({"date_end": "2024-12-09 00:00:00.000"}, "date-prec-of-dates"),
        ({"gwnoa": ""}, "state-based-state"),
        ({"dyad_name": "Somebody - Somebody else"}, "name-of-dyad"),
        ({"best": "3", "deaths_unknown": "3", "low": "3", "active_year": "0"}, "dyad-never-active"),
        ({"active_year": "0"}, "active-year"),
        ({"region": "Africa"}, "region-of-country"),
        ({"gwnob": "645;652"}, "state-on-both-sides"),
    ],
)
def test_what_published_files_break_is_a_warning(change, rule):
    assert [name for _, _, name in found(ROW | change)] == [rule]


def test_best_of_nought_is_legal_where_high_is_one():
    assert found(ROW | {"best": "0", "low": "0", "high": "1", "deaths_unknown": "0"}, severity="error") == []
    assert found(ROW | {"number_of_sources": "-1", "gwnoa": "2;200;900"}, severity="error") == []


def test_a_dyad_s_other_years_are_listed_too():
    other = ROW | {
        "id": "9", "year": "2023", "date_start": "2023-01-02 00:00:00.000", "date_end": "2023-01-02 00:00:00.000",
        "best": "3", "deaths_unknown": "3", "low": "3", "high": "3", "active_year": "0",
    }  # fmt: skip
    assert found(ROW, other) == []
    assert found(ROW, other | {"active_year": "1"}) == [(3, "active_year", "active-year")]


def test_an_id_twice():
    assert (3, "id", "id-twice") in found(ROW, ROW)


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12), max_size=6))
def test_no_cell_makes_the_check_fail(cells):
    found(ROW | cells)


def test_a_state_against_a_state_and_a_leader_for_his_side():
    ukraine = ("Ukrainian Armed Forces", "state_forces", "UA")
    kyiv = replace(HAMA, key="kyiv", name="Kyiv", country="UA", lat=50.45, lon=30.52)
    row = one(Happening("shelling", (RUSSIA,), (ukraine,), place=kyiv, figures=TWELVE))
    assert (row["side_a"], row["side_b"]) == ("Government of Ukraine", "Government of Russia (Soviet Union)")
    assert (row["gwnoa"], row["gwnob"], row["country"]) == ("369", "365", "Ukraine")
    row = one(Happening("attack", (("Ahmed al-Sharaa", "leader", "SY"),), (ARMY,), figures=TWELVE))
    assert row["side_b"] == "Hayat Tahrir al-Sham"
