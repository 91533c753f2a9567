"""PLOVER records and POLECAT rows: what events are coded as, and each rule of such files broken once."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from broken import rules, table
from hypothesis import given
from hypothesis import strategies as st
from made_events import ARMY, CIVILIANS, HTS, REBELS, Happening, view_of

from warledger.core import EventFilter
from warledger.export import event_of_row
from warledger.export.plover import COLUMNS, check_plover, check_polecat, write_plover, write_polecat


def exported(*happenings, **filters):
    view = view_of(*happenings)
    out, tsv = io.StringIO(), io.StringIO()
    skipped = write_plover(view, out, EventFilter(**filters))
    assert write_polecat(view, tsv, EventFilter(**filters)) == skipped
    assert rules(check_plover, out.getvalue()) == []
    assert rules(check_polecat, tsv.getvalue()) == []
    records = [json.loads(line) for line in out.getvalue().splitlines()]
    rows = list(csv.DictReader(io.StringIO(tsv.getvalue()), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [r["id"] for r in records] == [r["Event ID"] for r in rows]
    assert {event_of_row(r["id"]) for r in records} | {s.id for s in skipped} == {e.id for e in view.events}
    return records, rows, [s.rule for s in skipped]


def one(happening):
    records, rows, skipped = exported(happening)
    assert skipped == []
    return records[0], rows[0]


@pytest.mark.parametrize(
    ("told", "event", "mode", "quad"),
    [
        (Happening("seize", (REBELS,), (ARMY,)), "ASSAULT", ["heavy-weapons"], 4),
        (Happening("withdraw", (ARMY,)), "RETREAT", ["withdraw"], 2),
        (Happening("withdraw", (ARMY,), status="planned"), "CONCEDE", None, 1),
        (Happening("release", (REBELS,), (CIVILIANS,)), "RETREAT", ["release"], 2),
        (Happening("arrest", (REBELS,), (ARMY,)), "ASSAULT", ["abduct"], 4),
        (Happening("arrest", (ARMY,), (CIVILIANS,)), "COERCE", ["arrest"], 4),
        (Happening("displace", (ARMY,), (CIVILIANS,)), "SANCTION", ["expel"], 4),
        (Happening("airstrike", (ARMY,), (REBELS,)), "ASSAULT", ["aerial"], 4),
        (Happening("airstrike", (ARMY,), (REBELS,), "A drone hit the depot."), "ASSAULT", ["drone"], 4),
        (Happening("airstrike", (ARMY,), (REBELS,), "Warplanes and drones hit it."), "ASSAULT", ["aerial"], 4),
        (Happening("seize", (HTS,), (ARMY,), status="planned"), "THREATEN", ["territory"], 3),
        (Happening("demand", (REBELS,), (ARMY,)), "REQUEST", ["change"], 3),
        (Happening("agree", (REBELS,), (ARMY,), "A truce began at dawn."), "RETREAT", ["ceasefire"], 2),
        (Happening("agree", (REBELS,), (ARMY,)), "AGREE", None, 1),
    ],
)
def test_the_code_of_an_event(told, event, mode, quad):
    record, row = one(told)
    assert (record["event"], record.get("mode"), record["quad_code"]) == (event, mode, quad)
    assert row["Event Type"] == event
    assert row["Event Mode"] == (mode[0] if mode else "None")


def test_a_record_in_full():
    figures = (("killed", "people", 12, 12, "twelve people"), ("injured", "people", 4, 9, "several hurt"))
    record, row = one(
        Happening("seize", (REBELS,), (ARMY,), "Rebels took the city.", figures=figures, when="2024-12-04/2024-12-05")
    )
    assert record["actor"] == {"code": "SYR", "sector": "REB", "entity_text": "rebels (Syria)"}
    assert record["recipient"]["sector"] == "MIL"
    assert (record["date"], record["enddate"]) == ("2024-12-04", "2024-12-05")
    assert record["context"] == ["military", "territory"]
    assert record["size"] == {"dead": 12, "injured": 4}
    assert record["event_loc"]["geonameid"] == "170017"
    assert (record["event_loc"]["country_code"], record["event_loc"]["resolution"]) == ("SYR", 4)
    assert record["text"] == "Rebels took the city."
    assert (row["Actor COW"], row["Quad Code"], row["Recipient Name"]) == ("652", "MATERIAL CONFLICT", "Syrian Armed Forces")
    assert (row["Story People"], row["City"], row["Publication Date"]) == ("None", "Hama", "2024-12-06")


def test_a_row_for_each_pair_of_actor_and_recipient():
    records, _, _ = exported(Happening("clash", (REBELS, HTS), (ARMY, CIVILIANS)))
    assert [(r["actor"]["entity_text"][:3], r["recipient"]["sector"]) for r in records] == [
        ("reb", "MIL"),
        ("reb", "CVL"),
        ("Hay", "MIL"),
        ("Hay", "CVL"),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "country", "code"),
    [
        ("United Nations", "igo", "", "UNO"),
        ("European Union", "igo", "", "EUR"),
        ("A league", "igo", "", "IGO"),
        ("A charity", "ngo", "", "NGO"),
        ("A jihad", "jihadist_group", "", "ISM"),
        ("Kosovo force", "militia", "XK", "KOS"),
        ("X", "other", "", None),
    ],
)
def test_codes_of_actors(name, kind, country, code):
    assert one(Happening("accuse", ((name, kind, country),), (ARMY,)))[0]["actor"].get("code") == code


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"types": "control"}, "no-equivalent"),
        ({"by": ()}, "no-actor"),
        ({"types": "displace", "to": ()}, "no-recipient"),
        ({"status": "possible"}, "not-happened"),
        ({"types": "agree", "status": "planned"}, "not-happened"),
        ({"grade": "denied"}, "denied"),
        ({"frame": "background"}, "background"),
        ({"when": ""}, "no-date"),
    ],
)
def test_what_is_refused_and_why(change, rule):
    records, _, skipped = exported(replace(Happening("clash", (REBELS,), (ARMY,)), **change))
    assert (records, skipped) == ([], [rule])


def test_an_event_needs_no_place():
    record, row = one(Happening("clash", (REBELS,), (ARMY,), place=None))
    assert "event_loc" not in record
    assert row["Placename"] == row["Latitude"] == "None"


def test_tabs_and_new_lines_stay_out_of_a_row():
    _, row = one(Happening("clash", (("A\tgroup\nof =men", "militia", ""),), (ARMY,)))
    assert row["Actor Name"] == "A group of =men"


RECORD, ROW = one(Happening("seize", (REBELS,), (ARMY,)))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"id": ""}, "required"),
        ({"date": None}, "required"),
        ({"actor": {}}, "required"),
        ({"event": ""}, "required"),
        ({"date": "5.12.2024"}, "date"),
        ({"enddate": "2024-12-01"}, "dates-in-order"),
        ({"event": "CAPTURE"}, "event"),
        ({"mode": ["ceasefire"]}, "mode-of-event"),
        ({"context": ["war"]}, "context"),
        ({"quad_code": 3}, "quad-of-event"),
        ({"event_scale": -11}, "event-scale"),
        ({"event": "AID", "mode": [], "quad_code": 2, "recipient": None}, "recipient-of-event"),
        ({"actor": "rebels"}, "entity"),
        ({"actor": {"code": "SY"}}, "entity-code"),
        ({"recipient": {"sector": "ARMY"}}, "entity-sector"),
        ({"actor": {"identifier_id": "1"}}, "entity-identifier"),
        ({"actor": {"colour": "red"}}, "entity-field"),
        ({"event_loc": "Hama"}, "location"),
        ({"event_loc": {"lat": 91}}, "lat"),
        ({"event_loc": {"lon": "east"}}, "lon"),
        ({"event_loc": {"country_code": "SY"}}, "country-code"),
        ({"event_loc": {"resolution": 6}}, "resolution"),
        ({"event_loc": {"planet": "Earth"}}, "location-field"),
        ({"size": {"dead": -1}}, "size"),
        ({"colour": "red"}, "field-unknown"),
    ],
)
def test_a_record_that_breaks_a_rule(change, rule):
    assert [name for _, _, name in rules(check_plover, json.dumps(RECORD | change))] == [rule]


def test_the_manual_is_of_two_minds_about_sanctions():
    record = RECORD | {"event": "SANCTION", "mode": ["expel"], "quad_code": 3}
    assert rules(check_plover, json.dumps(record), "error") == []
    assert rules(check_plover, json.dumps(record), "warning") == [(1, "quad_code", "quad-of-event")]


def test_lines_that_are_no_records():
    text = "\n".join([json.dumps(RECORD), "", "[1]", "{", json.dumps(RECORD)])
    assert rules(check_plover, text) == [(3, "", "json"), (4, "", "json"), (5, "id", "id-twice")]


BAD_CELLS = [
    ("Event ID", ""),
    ("Event Date", "None"),
    ("Event Type", "CAPTURE"),
    ("Intensity", "-12"),
    ("Quad Code", "4"),
    ("Contexts", "military; war"),
    ("Actor Country", "SY"),
    ("Actor COW", "x"),
    ("Primary Actor Sector", "ARMY"),
    ("Actor Sectors", "REB; ARMY"),
    ("Recipient Country", "SY"),
    ("Recipient COW", "x"),
    ("Primary Recipient Sector", "X"),
    ("Recipient Sectors", "X"),
    ("Country", "Syria"),
    ("Latitude", "91"),
    ("Longitude", "x"),
    ("GeoNames ID", "x"),
    ("Publication Date", "today"),
    ("Language", "English"),
    ("Source", ""),
]


@pytest.mark.parametrize(("column", "bad"), BAD_CELLS)
def test_a_cell_that_breaks_its_column(column, bad):
    text = table([ROW | {column: bad}], COLUMNS, "\t")
    assert (2, column, column) in rules(check_polecat, text, "error")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"Event Mode": "ceasefire"}, "mode-of-event"),
        ({"Quad Code": "VERBAL CONFLICT"}, "quad-of-event"),
        (
            {"Event Type": "AID", "Event Mode": "None", "Quad Code": "MATERIAL COOPERATION", "Recipient Name": "None"},
            "recipient-of-event",
        ),
        ({"Actor Name": "None"}, "actor-of-event"),
        ({"Latitude": "None"}, "coordinates-together"),
    ],
)
def test_a_row_that_breaks_a_rule(change, rule):
    assert [name for _, _, name in rules(check_polecat, table([ROW | change], COLUMNS, "\t"))] == [rule]


def test_the_header_and_ids():
    assert len(COLUMNS) == 40
    assert rules(check_polecat, table([ROW], COLUMNS[:-1], "\t")) == [(1, "Version", "column-missing")]
    assert rules(check_polecat, table([ROW, ROW], COLUMNS, "\t")) == [(3, "Event ID", "id-twice")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "lat", "dead", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*sorted(RECORD), "enddate", "size", "recipient"]), json_values))
def test_no_record_makes_the_check_fail(change):
    rules(check_plover, json.dumps(RECORD | change))
