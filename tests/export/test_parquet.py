"""Parquet tables of events and claims, their GeoParquet metadata and their check."""

from __future__ import annotations

import json
import struct
import sys
from datetime import date

import pytest
from made_events import ARMY, REBELS, Happening, view_of, with_spells

from warledger.core import EventFilter
from warledger.errors import InputError, UsageError
from warledger.export import export, validate
from warledger.export import parquet as writing
from warledger.export.points import point

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

VIEW = with_spells(
    view_of(
        Happening("seize", (REBELS,), (ARMY,), figures=(("killed", "people", 30, 40, "some thirty"),)),
        Happening("control", (REBELS,), place=None, when=""),
        Happening("airstrike", (ARMY,), (REBELS,), when="2024-12-01/.."),
    ),
    (ARMY[0], "", "2024-12-05", 1),
    (REBELS[0], "2024-12-04/2024-12-05", "", 0),
)
FORMS = ("parquet", "parquet-claims", "parquet-spells")


def made(folder, form="parquet", view=VIEW, filters=None):
    path = folder / f"{form}.parquet"
    assert export(view, form, path, filters) == []
    return path


def rules(form, path):
    return sorted({fault.rule for fault in validate(form, path)})


def test_an_event_a_row(tmp_path):
    first, second, third = pq.read_table(made(tmp_path)).to_pylist()
    assert (first["id"], first["types"], first["initiator"]) == (VIEW.events[0].id, ["seize"], [REBELS[0]])
    assert (first["date_first"], third["date_last"], second["date_edtf"]) == (date(2024, 12, 5), None, None)
    assert (first["killed_low"], first["killed_high"]) == (30, 40)
    assert first["figures"][0]["measure"] == "killed"
    assert struct.unpack("<BIdd", first["geometry"]) == (1, 1, 36.7578, 35.1318)
    assert second["geometry"] is None


def test_a_claim_a_row(tmp_path):
    table = pq.read_table(made(tmp_path, "parquet-claims")).to_pylist()
    assert [row["event"] for row in table] == [event.id for event in VIEW.events]
    claim = VIEW.claims[table[0]["id"]]
    assert (table[0]["trigger"], table[0]["span_start"], table[0]["span_end"]) == (claim.trigger.quote, 0, 5)
    assert table[0]["sentence"].startswith("Something of the type seize")
    assert (table[0]["published"], table[0]["source"]) == (date(2024, 12, 6), "Example Wire")


def test_a_spell_a_row(tmp_path):
    before, after = pq.read_table(made(tmp_path, "parquet-spells")).to_pylist()
    assert (before["holder"], before["since_edtf"], before["until_first"]) == (ARMY[0], None, date(2024, 12, 5))
    assert (after["since_first"], after["since_last"]) == (date(2024, 12, 4), date(2024, 12, 5))
    assert (after["until_last"], after["last_known"], after["layer"]) == (None, date(2024, 12, 5), "control")
    assert after["claims"] == list(VIEW.events[0].claims)
    assert struct.unpack("<BIdd", after["geometry"]) == (1, 1, 36.7578, 35.1318)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_passes_its_check(form, tmp_path):
    for view in (VIEW, view_of()):
        assert rules(form, made(tmp_path, form, view)) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{form}.parquet"]


@pytest.mark.parametrize("form", FORMS)
def test_geoparquet_is_there_where_a_point_is(form, tmp_path):
    told = json.loads(pq.read_schema(made(tmp_path, form)).metadata[b"geo"])
    assert told["columns"][told["primary_column"]] == {
        "encoding": "WKB", "geometry_types": ["Point"], "bbox": [36.7578, 35.1318, 36.7578, 35.1318],
    }  # fmt: skip
    nowhere = made(tmp_path, form, filters=EventFilter(types=("found" if form == "parquet-spells" else "control",)))
    assert b"geo" not in (pq.read_schema(nowhere).metadata or {})


def test_rows_go_out_in_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "GROUP_ROWS", 2)
    path = made(tmp_path)
    assert pq.ParquetFile(path).num_row_groups == 2
    assert rules("parquet", path) == []


def test_equal_content_is_equal_bytes(tmp_path):
    (tmp_path / "b").mkdir()
    assert made(tmp_path).read_bytes() == made(tmp_path / "b").read_bytes()


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for form in FORMS:
        with pytest.raises(UsageError, match=r"warledger\[parquet\]"):
            export(VIEW, form, tmp_path / "a.parquet")
    with pytest.raises(UsageError, match=r"warledger\[parquet\]"):
        rules("parquet", tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


def changed(path, **columns):
    """The file with values of its first row changed."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[0] |= columns
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    return path


@pytest.mark.parametrize(
    ("form", "change", "rule"),
    [
        ("parquet", {"type": "war"}, "type"),
        ("parquet", {"grade": "sure"}, "grade"),
        ("parquet", {"date_edtf": "soon"}, "when"),
        ("parquet", {"id": ""}, "required"),
        ("parquet", {"id": VIEW.events[1].id}, "id-twice"),
        ("parquet", {"figures": [{"measure": "killed", "low": 3, "high": 2}]}, "figure"),
        ("parquet", {"geometry": b"here"}, "point"),
        ("parquet", {"geometry": point(35.1318, 36.7578)}, "point"),
        ("parquet", {"geometry": point(200, 0), "lon": 200, "lat": 0}, "point"),
        ("parquet-claims", {"status": "over"}, "status"),
        ("parquet-claims", {"span_end": 0}, "span"),
        ("parquet-claims", {"span_end": None}, "span"),
        ("parquet-claims", {"trigger": "other words"}, "span"),
        ("parquet-claims", {"confidence": 1.5}, "confidence"),
        ("parquet-spells", {"layer": "cake"}, "layer"),
        ("parquet-spells", {"grade": "sure"}, "grade"),
        ("parquet-spells", {"holder": ""}, "required"),
        ("parquet-spells", {"until_edtf": "soon"}, "when"),
        ("parquet-spells", {"since_edtf": "2024-12-06"}, "dates-in-order"),
        ("parquet-spells", {"geometry": point(35.1318, 36.7578)}, "point"),
    ],
)
def test_a_value_that_breaks_a_rule(form, change, rule, tmp_path):
    assert rules(form, changed(made(tmp_path, form), **change)) == [rule]


def test_columns_that_are_wrong(tmp_path):
    path = made(tmp_path)
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["grade"]).append_column("mood", pa.nulls(3)), path)
    assert rules("parquet", path) == ["column", "column-other"]
    pq.write_table(table.set_column(0, "id", pa.array([1, 2, 3])), path)
    assert rules("parquet", path) == ["column-type"]


def geo(version="1.0.0", encoding="WKB", column="geometry"):
    return json.dumps(
        {"version": version, "primary_column": column, "columns": {column: {"encoding": encoding, "geometry_types": []}}}
    )


@pytest.mark.parametrize(
    ("metadata", "severity"),
    [
        ("no JSON", "error"),
        ('{"version": "1.0.0"}', "error"),
        (geo(column="x"), "error"),
        (geo(encoding="WKT"), "error"),
        (geo(version="2.0.0"), "warning"),
    ],
)
def test_geo_metadata_that_is_wrong(metadata, severity, tmp_path):
    path = made(tmp_path)
    pq.write_table(pq.read_table(path).replace_schema_metadata({"geo": metadata}), path)
    assert [(fault.rule, fault.severity) for fault in validate("parquet", path)] == [("geo", severity)]


def test_a_file_of_another_kind(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"not at all")
    assert rules("parquet", path) == ["parquet"]
    with pytest.raises(InputError):
        rules("parquet", tmp_path / "nowhere.parquet")
