"""Claims and spells of control in each form of our own, and the checks of these files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from broken import rules, table
from made_events import ARMY, REBELS, Happening, view_of, with_spells

from warledger.core import EventFilter, View
from warledger.export import CHECKERS, export
from warledger.export.entries import CLAIMS, SPELLS

VIEW = with_spells(
    view_of(
        Happening(
            "seize",
            (REBELS,),
            (ARMY,),
            "=Rebels took it.",
            figures=(("killed", "people", 30, 40, "some thirty"),),
            source="A & B",
        ),
        Happening("control", (ARMY,), place=None, when=""),
    ),
    (ARMY[0], "", "2024-12-05", 1),
    (REBELS[0], "2024-12-04/2024-12-05", "", 0),
)
SEIZED, HELD = (next(iter(event.claims)) for event in VIEW.events)
BEFORE, AFTER = VIEW.spells


def written(form, view=VIEW, **filters):
    out = io.StringIO(newline="")
    skipped = export(view, form, out, EventFilter(**filters))
    return out.getvalue(), [(one.id, one.rule) for one in skipped]


def cells(form, **filters):
    return list(csv.DictReader(io.StringIO(written(form, **filters)[0], newline="")))


class TestClaims:
    def test_a_row_has_the_claim_its_event_and_its_document(self):
        first, second = cells("csv-claims")
        assert tuple(first) == CLAIMS.columns
        assert (first["claim_id"], first["event_id"]) == (SEIZED, VIEW.events[0].id)
        assert (first["trigger"], first["span_start"], first["span_end"]) == ("'=Rebe", "0", "5")
        assert first["sentence"] == "'=Rebels took it."
        assert (first["figures"], first["source"], first["document_label"]) == ("killed people: some thirty", "A & B", "r0")
        assert (first["title"], first["author"]) == ("A title", "Jana Doe")
        assert (second["place"], second["date_edtf"], second["confidence"]) == ("", "", "")

    def test_an_object_has_place_figures_and_sentence(self):
        first, second = map(json.loads, written("jsonl-claims")[0].splitlines())
        assert (first["event"], first["place"]["name"], first["when"]) == (VIEW.events[0].id, "Hama", "2024-12-05")
        assert first["figures"] == [{"measure": "killed", "group": "people", "low": 30, "high": 40, "basis": "incident"}]
        assert (first["sentence"], first["document"]["source"]) == ("=Rebels took it.", "A & B")
        assert first["document"]["author"] == "Jana Doe"
        assert "place" not in second
        assert "figures" not in second

    @pytest.mark.parametrize("form", ["geojson-claims", "kml-claims"])
    def test_a_map_leaves_out_what_has_no_place(self, form):
        text, skipped = written(form)
        assert SEIZED in text
        assert skipped == [(HELD, "no-place")]
        assert "some thirty" in text or '"low": 30' in text

    @pytest.mark.parametrize("form", ["csv-claims", "jsonl-claims", "geojson-claims", "kml-claims"])
    def test_what_was_read_less_surely_than_is_asked_is_left_out_and_told(self, form):
        record = VIEW.records[VIEW.claims[SEIZED].document]
        unsure = replace(VIEW.claims[SEIZED], confidence=0.3)
        sure = replace(unsure, id="c1111111111111111", confidence=0.9)
        event = replace(VIEW.events[0], claims=(SEIZED, sure.id))
        view = View(VIEW.documents, {record.document: replace(record, claims=(unsure, sure))}, events=(event,))
        text, skipped = written(form, view, min_confidence=0.8)
        assert (SEIZED in text, sure.id in text) == (False, True)
        assert skipped == [(SEIZED, "low-confidence")]
        assert written(form, view, min_confidence=0.95) == (written(form, View({}, {}))[0], [])

    def test_a_claim_that_the_view_does_not_hold_is_told(self):
        event = replace(VIEW.events[0], claims=("c0",))
        assert written("csv-claims", replace(VIEW, events=(event,)))[1] == [(event.id, "claim-not-held")]


class TestSpells:
    def test_a_row_has_holder_times_and_what_it_rests_on(self):
        before, after = cells("csv-spells")
        assert tuple(after) == SPELLS.columns
        assert (before["since"], before["until"], before["holder"]) == ("", "2024-12-05", ARMY[0])
        assert (after["since"], after["until"], after["spell_id"]) == ("2024-12-04/2024-12-05", "", AFTER.id)
        assert (after["claims"], after["events"]) == (SEIZED, VIEW.events[0].id)

    def test_an_object_has_the_sentences(self):
        before, after = map(json.loads, written("jsonl-spells")[0].splitlines())
        assert "since" not in before
        assert [one["sentence"] for one in after["evidence"]] == ["=Rebels took it."]

    def test_a_feature_and_a_placemark(self):
        first, second = json.loads(written("geojson-spells")[0])["features"]
        assert (first["id"], first["geometry"]["coordinates"]) == (BEFORE.id, [36.7578, 35.1318])
        assert second["properties"]["holder"] == REBELS[0]
        text, skipped = written("kml-spells")
        assert skipped == []
        assert f"<name>Hama, held by {REBELS[0]}</name>" in text
        assert "<TimeSpan><begin>2024-12-04</begin></TimeSpan>" in text
        assert "<TimeSpan><end>2024-12-05</end></TimeSpan>" in text

    def test_a_filter_holds(self):
        assert [row["holder"] for row in cells("csv-spells", actor="army")] == []
        assert [row["holder"] for row in cells("csv-spells", actor=ARMY[0])] == [ARMY[0]]
        assert [row["holder"] for row in cells("csv-spells", types=("seize",))] == [REBELS[0]]
        assert [row["holder"] for row in cells("csv-spells", place="Homs")] == []

    def test_a_place_without_coordinates_is_on_no_map(self):
        nowhere = replace(AFTER, place=replace(AFTER.place, lat=None, lon=None))
        for form in ("geojson-spells", "kml-spells"):
            assert written(form, replace(VIEW, spells=(nowhere,)))[1] == [(AFTER.id, "no-coordinates")]


def fault_rules(form, text):
    return [name for _, _, name in rules(CHECKERS[form], text)]


@pytest.mark.parametrize(
    ("form", "change", "rule"),
    [
        ("jsonl-claims", {"type": "war"}, "type"),
        ("jsonl-claims", {"status": "over"}, "status"),
        ("jsonl-claims", {"span": [0, 4]}, "span"),
        ("jsonl-claims", {"span": [5, 5]}, "span"),
        ("jsonl-claims", {"span": "0-5"}, "span"),
        ("jsonl-claims", {"confidence": 2}, "confidence"),
        ("jsonl-claims", {"confidence": "sure"}, "confidence"),
        ("jsonl-claims", {"when": "soon"}, "when"),
        ("jsonl-claims", {"figures": [{"low": 3, "high": 2}]}, "figure"),
        ("jsonl-spells", {"layer": "cake"}, "layer"),
        ("jsonl-spells", {"grade": "sure"}, "grade"),
        ("jsonl-spells", {"until": "2024-12-01"}, "dates-in-order"),
        ("jsonl-spells", {"last_known": "soon"}, "when"),
    ],
)
def test_an_object_that_breaks_a_rule(form, change, rule):
    row = json.loads(written(form)[0].splitlines()[0]) | {"since": "2024-12-02"} | change
    assert fault_rules(form, json.dumps(row)) == [rule]
    geo = {"type": "Feature", "id": "x", "geometry": None, "properties": row}
    collection = json.dumps({"type": "FeatureCollection", "features": [geo]})
    assert fault_rules(form.replace("jsonl", "geojson"), collection) == [rule]


@pytest.mark.parametrize("form", ["jsonl", "jsonl-claims", "jsonl-spells"])
def test_an_object_without_its_fields_or_twice(form):
    assert set(fault_rules(form, "{}")) == {"required"}
    assert fault_rules(form, written(form)[0] * 2) == ["id-twice"] * 2


def test_a_feature_twice():
    feature = {"type": "Feature", "id": "s1", "geometry": None, "properties": {}}
    text = json.dumps({"type": "FeatureCollection", "features": [feature, feature]})
    assert fault_rules("geojson-spells", text) == ["id-twice"]


@pytest.mark.parametrize(
    ("form", "change", "rule"),
    [
        ("csv-claims", {"claim_id": ""}, "claim_id"),
        ("csv-claims", {"type": "war"}, "type"),
        ("csv-claims", {"trigger": ""}, "trigger"),
        ("csv-claims", {"span_start": "x"}, "span_start"),
        ("csv-claims", {"span_start": "9"}, "span"),
        ("csv-claims", {"confidence": "1.5"}, "confidence"),
        ("csv-claims", {"published": "today"}, "published"),
        ("csv-claims", {"date_edtf": "soon"}, "date_edtf"),
        ("csv-claims", {"date_last": "2024-12-01"}, "dates-in-order"),
        ("csv-claims", {"lat": ""}, "coordinates-together"),
        ("csv-spells", {"layer": "cake"}, "layer"),
        ("csv-spells", {"holder": ""}, "holder"),
        ("csv-spells", {"claims": ""}, "claims"),
        ("csv-spells", {"since": "soon"}, "since"),
        ("csv-spells", {"since": "2024-12-06", "until": "2024-12-05"}, "dates-in-order"),
        ("csv-spells", {"grade": "sure"}, "grade"),
        ("csv-spells", {"country": "Syria"}, "country"),
    ],
)
def test_a_row_that_breaks_a_rule(form, change, rule):
    row = cells(form)[0]
    assert fault_rules(form, table([row | change], list(row))) == [rule]


@pytest.mark.parametrize("form", ["csv-claims", "csv-spells"])
def test_a_row_twice(form):
    row = cells(form)[0]
    assert fault_rules(form, table([row, row], list(row))) == ["id-twice"]
