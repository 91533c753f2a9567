"""Every column, code and coding rule of ACLED's form: a row that breaks it is caught, one that does not is let through."""

from __future__ import annotations

import pytest
from broken import rules, table
from hypothesis import given
from hypothesis import strategies as st

from warledger.export.acled import COLUMNS, check_acled
from warledger.export.acled.columns import INTERACTION_CODES, interactions

BATTLE = {
    "event_id_cnty": "SYR12345",
    "event_date": "2024-12-05",
    "year": "2024",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Non-state actor overtakes territory",
    "actor1": "Opposition Rebels (Syria)",
    "assoc_actor_1": "",
    "inter1": "Rebel group",
    "actor2": "Military Forces of Syria (2000-2024)",
    "assoc_actor_2": "",
    "inter2": "State forces",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "iso": "760",
    "region": "Middle East",
    "country": "Syria",
    "admin1": "Hama",
    "admin2": "",
    "admin3": "",
    "location": "Hama",
    "latitude": "35.1318",
    "longitude": "36.7578",
    "geo_precision": "1",
    "source": "Example Wire; Example Post",
    "source_scale": "National",
    "notes": "On 5 December 2024, rebels took Hama.",
    "fatalities": "0",
    "tags": "",
    "timestamp": "1733443200",
}
ATTACK = BATTLE | {
    "event_id_cnty": "SYR12346",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor2": "Civilians (Syria)",
    "inter2": "Civilians",
    "interaction": "Rebel group-Civilians",
    "civilian_targeting": "Civilians targeted",
}
PROTEST = BATTLE | {
    "event_id_cnty": "SYR12347",
    "disorder_type": "Demonstrations",
    "event_type": "Protests",
    "sub_event_type": "Peaceful protest",
    "actor1": "Protesters (Syria)",
    "inter1": "Protesters",
    "actor2": "",
    "inter2": "",
    "interaction": "Protesters only",
    "tags": "crowd size=no report",
}
ARREST = BATTLE | {
    "event_id_cnty": "SYR12348",
    "disorder_type": "Strategic developments",
    "event_type": "Strategic developments",
    "sub_event_type": "Arrests",
    "actor1": "Police Forces of Syria (2000-2024)",
    "inter1": "State forces",
    "actor2": "",
    "inter2": "",
    "interaction": "State forces only",
}
STRIKE = BATTLE | {
    "event_id_cnty": "SYR12349",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Russia (2000-)",
    "inter1": "External/Other forces",
    "actor2": "Civilians (Syria)",
    "inter2": "Civilians",
    "interaction": "External/Other forces-Civilians",
    "civilian_targeting": "Civilians targeted",
}
BASES = {"battle": BATTLE, "attack": ATTACK, "protest": PROTEST, "arrest": ARREST, "strike": STRIKE}


def found(*rows, severity=None):
    return rules(check_acled, table(rows, COLUMNS), severity)


def test_rows_that_keep_the_rules():
    assert found(*BASES.values()) == []


@pytest.mark.parametrize(
    ("column", "bad"),
    [
        ("event_id_cnty", "12345"),
        ("event_id_cnty", "SY1"),
        ("event_date", "05 December 2024"),
        ("event_date", "2024-02-30"),
        ("year", "24"),
        ("time_precision", "4"),
        ("time_precision", ""),
        ("disorder_type", "Violence"),
        ("event_type", "Battle"),
        ("sub_event_type", "Armed clashes"),
        ("actor1", ""),
        ("assoc_actor_1", "a;;b"),
        ("inter1", ""),
        ("inter1", "Rebels"),
        ("inter2", "9"),
        ("assoc_actor_2", ";"),
        ("interaction", "Rebel group-State forces"),
        ("interaction", "21"),
        ("civilian_targeting", "yes"),
        ("iso", "SYR"),
        ("region", "Levant"),
        ("country", ""),
        ("location", ""),
        ("latitude", "91"),
        ("latitude", "35.13181"),
        ("latitude", "35,1"),
        ("longitude", "181"),
        ("longitude", "east"),
        ("geo_precision", "0"),
        ("source", "Example Wire; "),
        ("source_scale", "World"),
        ("source_scale", "National-National"),
        ("notes", " "),
        ("fatalities", "-1"),
        ("fatalities", "10.5"),
        ("fatalities", ""),
        ("tags", "a=b;"),
        ("timestamp", "now"),
    ],
)
def test_a_cell_that_breaks_its_column(column, bad):
    assert (2, column, column) in found(BATTLE | {column: bad}, severity="error")


def test_every_column_with_a_rule_is_broken_above():
    free = {"actor2", "admin1", "admin2", "admin3"}
    broken = {mark.args[1][n][0] for mark in test_a_cell_that_breaks_its_column.pytestmark for n in range(len(mark.args[1]))}
    assert broken | free == set(COLUMNS)


@pytest.mark.parametrize(
    ("base", "change", "rule"),
    [
        ("battle", {"year": "2023"}, "year-of-date"),
        ("battle", {"event_type": "Riots"}, "sub-event-of-event"),
        ("battle", {"disorder_type": "Demonstrations"}, "disorder-of-sub-event"),
        ("battle", {"disorder_type": "Political violence; Demonstrations"}, "disorder-of-sub-event"),
        ("battle", {"interaction": "Rebel group only"}, "interaction-of-inters"),
        ("strike", {"interaction": "Civilians-External/Other forces"}, "interaction"),
        ("battle", {"actor2": ""}, "inter2-of-actor2"),
        ("battle", {"assoc_actor_2": "Civilians (Syria)"}, "civilians-in-battle"),
        (
            "battle",
            {"actor2": "Civilians (Syria)", "inter2": "Civilians", "interaction": "Rebel group-Civilians"},
            "civilians-fight",
        ),
        ("battle", {"actor2": "", "inter2": "", "interaction": "Rebel group only"}, "battle-of-one"),
        ("attack", {"inter2": "State forces", "interaction": "State forces-Rebel group"}, "civilians-are-actor2"),
        ("attack", {"civilian_targeting": ""}, "civilians-targeted"),
        ("arrest", {"civilian_targeting": "Civilians targeted"}, "civilians-not-targeted"),
        ("arrest", {"inter1": "Rebel group", "interaction": "Rebel group only"}, "arrested-by-state"),
        ("protest", {"inter1": "Civilians", "interaction": "Civilians only"}, "protest-needs-protesters"),
        (
            "protest",
            {"event_type": "Riots", "sub_event_type": "Mob violence", "disorder_type": "Political violence"},
            "riot-needs-rioters",
        ),
        (
            "attack",
            {
                "event_type": "Protests",
                "sub_event_type": "Excessive force against protesters",
                "disorder_type": "Political violence; Demonstrations",
            },
            "protesters-are-there",
        ),
        (
            "battle",
            {
                "sub_event_type": "Government regains territory",
                "inter2": "External/Other forces",
                "interaction": "Rebel group-External/Other forces",
            },
            "regained-by-state",
        ),
        (
            "battle",
            {"inter1": "State forces", "interaction": "State forces-State forces"},
            "overtaken-by-non-state",
        ),
        ("battle", {"iso": "792"}, "iso-of-country"),
        ("battle", {"location": "Syria"}, "country-level"),
    ],
)
def test_a_coding_rule_that_is_broken(base, change, rule):
    assert rule in [name for _, _, name in found(BASES[base] | change, severity="error")]


@pytest.mark.parametrize(
    ("base", "change", "rule"),
    [
        ("battle", {"region": "Europe"}, "region-of-country"),
        ("battle", {"event_id_cnty": "ETH1"}, "id-of-country"),
        ("protest", {"fatalities": "2"}, "peaceful-and-deadly"),
        ("arrest", {"fatalities": "2"}, "deadly-development"),
        ("battle", {"notes": "=HYPERLINK()"}, "formula"),
        ("battle", {"actor1": "Unidentified Armed Group (Syria)"}, "unidentified-inter"),
        ("battle", {"actor2": "Military Forces of Turkey (2016-)"}, "foreign-forces-inter"),
        ("strike", {"sub_event_type": "Suicide bomb"}, "suicide-bomber-counted"),
    ],
)
def test_what_is_only_worth_a_look(base, change, rule):
    assert [name for _, _, name in found(BASES[base] | change, severity="warning")] == [rule]
    assert found(BASES[base] | change, severity="error") == []


def test_rows_beside_each_other():
    other = BATTLE | {"event_id_cnty": "SYR99999"}
    swapped = other | {
        "actor1": BATTLE["actor2"],
        "actor2": BATTLE["actor1"],
        "inter1": "State forces",
        "inter2": "Rebel group",
    }
    assert found(BATTLE, ATTACK, BATTLE | {"event_date": "2024-12-16"}) == [(4, "event_id_cnty", "id-twice")]
    assert found(BATTLE, other) == [(3, "", "row-twice")]
    assert found(BATTLE, swapped) == [(3, "", "row-twice")]
    assert found(BATTLE, other | {"location": "Homs"}) == []


class TestChangesOfHands:
    """Of several takings of one place only what lasts is a change of hands."""

    REGAINED = BATTLE | {"event_id_cnty": "SYR99998", "sub_event_type": "Government regains territory"}

    def took(self, day, **more):
        return BATTLE | {"event_id_cnty": f"SYR{day[-2:]}{len(more)}", "event_date": day} | more

    def test_a_place_that_is_held_for_a_day(self):
        lost = self.REGAINED | {"event_date": "2024-12-06"}
        assert found(lost, self.took("2024-12-05")) == [(3, "sub_event_type", "held-briefly")]
        assert found(self.took("2024-12-05"), lost | {"event_date": "2024-12-07"}) == []

    def test_a_place_that_one_side_takes_twice(self):
        again = self.took("2024-12-09")
        assert found(self.took("2024-12-05"), again) == [(2, "sub_event_type", "not-final")]
        assert found(self.took("2024-12-05"), self.took("2024-12-13")) == []
        lost = self.REGAINED | {"event_date": "2024-12-07"}
        assert found(self.took("2024-12-05"), again, lost) == []

    def test_the_order_of_sides_has_no_meaning(self):
        swapped = self.took("2024-12-09") | {
            "actor1": BATTLE["actor2"], "actor2": BATTLE["actor1"], "inter1": "State forces", "inter2": "Rebel group",
        }  # fmt: skip
        assert found(self.took("2024-12-05"), swapped) == [(2, "sub_event_type", "not-final")]

    @pytest.mark.parametrize(
        "change",
        [
            {"location": "Homs"},
            {"time_precision": "2"},
            {"sub_event_type": "Armed clash"},
            {"actor2": "A front", "inter2": "Rebel group", "interaction": "Rebel group-Rebel group"},
        ],
    )
    def test_what_is_no_taking_of_the_place_by_that_side_on_a_day(self, change):
        assert found(self.took("2024-12-05"), self.took("2024-12-06", **change)) == []


def test_civilians_hit_beside_an_armed_side_are_its_associates_in_remote_violence():
    beside = STRIKE | {
        "actor2": "Opposition Rebels (Syria)", "assoc_actor_2": "Civilians (Syria)", "inter2": "Rebel group",
        "interaction": "Rebel group-External/Other forces", "civilian_targeting": "",
    }  # fmt: skip
    assert found(beside) == []


def test_numbers_stand_for_group_types_as_in_the_api():
    assert found(BATTLE | {"inter1": "2", "inter2": "1", "interaction": "12"}) == []
    assert found(PROTEST | {"inter1": "6", "inter2": "0", "interaction": "60"}) == []
    assert found(BATTLE | {"inter1": "2", "inter2": "1", "interaction": "13"}) == [(2, "interaction", "interaction-of-inters")]


def test_the_forty_four_interactions():
    assert len(INTERACTION_CODES) == len(interactions()) == 44
    labels = {code: label for label, code in interactions().items()}
    assert labels[78] == "External/Other forces-Civilians"
    assert labels[27] == "Rebel group-Civilians"
    assert labels[20] == "Rebel group only"
    assert labels[44] == "Identity militia-Identity militia"


class TestHeader:
    def test_a_missing_column(self):
        text = table([BATTLE], [c for c in COLUMNS if c != "tags"])
        assert rules(check_acled, text) == [(1, "tags", "column-missing")]

    def test_columns_that_are_gone(self):
        text = table([BATTLE | {"iso3": "SYR"}], (*COLUMNS, "iso3"))
        assert rules(check_acled, text) == [(1, "iso3", "column-unknown")]

    def test_columns_of_population_may_be_there(self):
        text = table([BATTLE | {"population_best": "1200"}], (*COLUMNS, "population_best"))
        assert rules(check_acled, text) == []
        text = table([BATTLE | {"population_best": "many"}], (*COLUMNS, "population_best"))
        assert rules(check_acled, text) == [(2, "population_best", "population_best")]

    def test_another_order_is_a_warning(self):
        assert rules(check_acled, table([BATTLE], COLUMNS[::-1])) == [(1, "", "column-order")]

    def test_a_column_twice(self):
        assert (1, "tags", "column-twice") in rules(check_acled, table([BATTLE], (*COLUMNS, "tags")))

    def test_semicolons_between_cells(self):
        assert rules(check_acled, table([BATTLE], COLUMNS, ";")) == [(1, "", "delimiter")]

    def test_an_empty_file_and_one_of_another_kind(self):
        assert rules(check_acled, "") == [(1, "", "empty")]
        assert len(rules(check_acled, "a,b\n1,2\n")) == len(COLUMNS) + 2


def test_a_row_of_another_width_and_lines_within_cells():
    text = (
        table([BATTLE | {"notes": "two\nlines"}], COLUMNS)
        + "SYR1,2024\r\n"
        + table([BATTLE | {"year": "2023"}], COLUMNS).split("\r\n")[1]
    )
    assert rules(check_acled, text) == [
        (4, "", "row-width"),
        (5, "year", "year-of-date"),
        (5, "event_id_cnty", "id-twice"),
        (5, "", "row-twice"),
    ]


def test_bytes_that_are_not_utf8():
    assert (2, "notes", "encoding") in found(BATTLE | {"notes": "caf\udce9"})


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12), max_size=6))
def test_no_cell_makes_the_check_fail(cells):
    found(BATTLE | cells)


@given(st.text(max_size=200))
def test_no_file_makes_the_check_fail(text):
    rules(check_acled, text)
