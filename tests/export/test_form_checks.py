"""HXL, KML and our own forms, and their checks."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from broken import formats, rules, table
from hypothesis import given
from hypothesis import strategies as st
from made_events import ARMY, HAMA, REBELS, SYRIA, Happening, view_of, with_spells

from warledger.errors import InputError, UsageError
from warledger.export import CHECKERS, FORMATS, event_of_row, export, validate, write_skipped
from warledger.export.acled import COLUMNS as ACLED
from warledger.export.hxl import ACLED_TAGS, UCDP_TAGS, check_hxl, check_hxl_ucdp
from warledger.export.kml import check_kml
from warledger.export.leftout import Skipped
from warledger.export.rowids import acled_id, event_number, pair_id
from warledger.export.tables import FORMULA
from warledger.export.ucdp import COLUMNS as UCDP

VIEW = view_of(
    Happening("seize", (REBELS,), (ARMY,), figures=(("killed", "people", 30, 30, "thirty <people> & more"),), source="A & B"),
    Happening("control", (REBELS,), place=None, when=""),
    Happening("airstrike", (ARMY,), (REBELS,), when="2024-12-01/..", place=SYRIA),
)


def written(form, view=VIEW):
    out = io.StringIO(newline="")
    skipped = export(view, form, out)
    return out.getvalue(), skipped


def test_every_format_has_a_check():
    assert list(CHECKERS) == list(FORMATS)


@pytest.mark.parametrize("form", formats(FORMATS))
def test_what_is_written_passes_its_check(form):
    assert rules(CHECKERS[form], written(form)[0], "error") == []
    assert rules(CHECKERS[form], written(form, view_of())[0], "error") == []


@pytest.mark.parametrize("form", formats(FORMATS))
@given(text=st.text(max_size=80))
def test_no_text_makes_a_check_fail(form, text):
    rules(CHECKERS[form], text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
@pytest.mark.parametrize("form", ["csv", "csv-claims", "csv-spells", "acled", "ucdp", "hxl", "hxl-ucdp", "polecat"])
def test_no_cell_of_a_table_is_a_formula(form, start):
    def evil(word):
        return f"{start}cmd|{word}"

    place = replace(HAMA, name=evil("place"))
    band, others = (evil("band"), "rebel_group", "SY"), (evil("others"), "militia", "SY")
    told = Happening(
        "clash", (band,), (others,), f"{evil('words')}.", place, figures=(("killed", "people", 30, 30, "thirty people"),),
        source=evil("source"), title=evil("title"), author=evil("author"),
    )  # fmt: skip
    text, _ = written(form, with_spells(view_of(told), (evil("holder"), "2024-12-05", "", 0)))
    delimiter = "\t" if form == "polecat" else ","
    quoting = csv.QUOTE_NONE if form == "polecat" else csv.QUOTE_MINIMAL
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    assert len(rows) == (3 if form.startswith("hxl") else 2)
    cells = [cell for row in rows for cell in row]
    assert any("cmd|" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA) and not cell.lstrip("-").replace(".", "").isdigit()] == []


class TestRowIds:
    EVENT = "e0123456789abcdef"

    def test_each_form_leads_back(self):
        number = event_number(self.EVENT)
        assert event_of_row(acled_id("SYR", self.EVENT, 7)) == "e0123456789abc"
        assert event_of_row(str(number)) == "e0123456789abc"
        assert event_of_row(pair_id(self.EVENT, 12)) == self.EVENT

    @pytest.mark.parametrize(
        "other", ["", "Hama", "e0123456789abcdef", "SYR", "syr123456", "SYR12345678901234567890", "e01-1", "9999999999999999"]
    )
    def test_other_words_lead_nowhere(self, other):
        assert event_of_row(other) == ""

    @given(st.text("0123456789abcdef", min_size=16, max_size=16), st.integers(1, 999))
    def test_any_event_and_row(self, digits, row):
        assert event_of_row(acled_id("SYR", f"e{digits}", row)) == f"e{digits[:13]}"
        assert event_number(f"e{digits}") < 2**53

    def test_an_id_of_another_form_has_a_number_too(self):
        assert 0 <= event_number("e1") < 2**52
        assert event_number("e1") != event_number("e2")


class TestHxl:
    def test_the_row_of_tags(self):
        for form, columns, tags in (("hxl", ACLED, ACLED_TAGS), ("hxl-ucdp", UCDP, UCDP_TAGS)):
            head, marks, *rows = list(csv.reader(io.StringIO(written(form)[0], newline="")))
            assert head == list(columns)
            assert {name: tag for name, tag in zip(head, marks, strict=True) if tag} == dict(tags)
            assert len(rows) == 1

    def tagged(self, **change):
        marks = ACLED_TAGS | change
        return rules(check_hxl, table([], ACLED, extra=[[marks.get(c, "") for c in ACLED]]))

    def test_tags_that_are_wrong(self):
        assert self.tagged() == []
        assert self.tagged(actor1="#group + first + name") == []
        assert self.tagged(actor1="") == [(2, "actor1", "tag-missing")]
        assert self.tagged(actor1="group") == [(2, "actor1", "tag")]
        assert self.tagged(actor1="#org") == [(2, "actor1", "tag-other")]

    def test_a_table_without_tags(self):
        assert (2, "", "tag-row") in rules(check_hxl, written("acled")[0])
        assert (2, "", "tag-row") in rules(check_hxl_ucdp, written("ucdp")[0])

    def test_the_rules_of_the_table_hold_below_the_tags(self):
        head, marks, row = list(csv.reader(io.StringIO(written("hxl")[0], newline="")))
        text = table([dict(zip(head, row, strict=True)) | {"year": "1999"}], head, extra=[marks])
        assert rules(check_hxl, text) == [(3, "year", "year-of-date")]


class TestKml:
    def test_a_placemark(self):
        text, skipped = written("kml")
        assert "<coordinates>36.7578,35.1318</coordinates>" in text
        assert "<TimeStamp><when>2024-12-05</when></TimeStamp>" in text
        assert "<TimeSpan><begin>2024-12-01</begin></TimeSpan>" in text
        assert "A &amp; B" in text
        assert '<Data name="killed_lowest"><value>30</value></Data>' in text
        assert [s.rule for s in skipped] == ["no-place"]

    def test_characters_that_xml_cannot_hold(self):
        text, _ = written("kml", view_of(Happening("clash", (("A\x00\x0b<b>", "militia", ""),))))
        assert "A&lt;b&gt;" in text
        assert rules(check_kml, text) == []

    @pytest.mark.parametrize(
        ("old", "new", "rule"),
        [
            ("36.7578,35.1318", "35.1318,136.7578", "coordinates"),
            ("36.7578,35.1318", "here", "coordinates"),
            ("36.7578,35.1318", "1", "coordinates"),
            ("<when>2024-12-05", "<when>2024-12-35", "time"),
            ("<Point><coordinates>36.7578,35.1318</coordinates></Point>", "", "no-coordinates"),
            ("kml/2.2", "kml/1", "root"),
            ("</Document>", "", "xml"),
            ("<kml", '<!DOCTYPE kml [<!ENTITY a "b">]><kml', "entities"),
        ],
    )
    def test_a_file_that_breaks_a_rule(self, old, new, rule):
        text = written("kml")[0]
        assert old in text
        assert rule in [name for _, _, name in rules(check_kml, text.replace(old, new, 1))]

    def test_an_id_twice(self):
        text = written("kml")[0].replace(VIEW.events[2].id, VIEW.events[0].id)
        assert [name for _, _, name in rules(check_kml, text)] == ["id-twice"]


class TestJson:
    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ({"type": "war"}, "type"),
            ({"status": "over"}, "status"),
            ({"frame": "old"}, "frame"),
            ({"grade": {"name": "sure"}}, "grade"),
            ({"grade": "sure"}, "grade"),
            ({"when": "yesterday"}, "when"),
            ({"figures": [{}]}, "figure"),
            ({"figures": [3]}, "figure"),
            ({"figures": [{"low": 3, "high": 2}]}, "figure"),
        ],
    )
    def test_an_event_that_breaks_a_rule(self, change, rule):
        row = json.loads(written("jsonl")[0].splitlines()[0]) | change
        assert [name for _, _, name in rules(CHECKERS["jsonl"], json.dumps(row))] == [rule]

    def test_an_event_without_its_fields(self):
        assert [c for _, c, _ in rules(CHECKERS["jsonl"], "{}")] == ["id", "type", "types", "status", "frame", "grade"]
        assert [r for _, _, r in rules(CHECKERS["jsonl"], "3")] == ["json"]

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("{", "json"),
            ("[]", "collection"),
            ('{"type": "FeatureCollection", "features": [3]}', "feature"),
            ('{"type": "FeatureCollection", "features": [], "crs": 3}', "crs"),
            ('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": 3}]}', "geometry"),
            (
                '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": 3}]}',
                "properties",
            ),
            (
                (
                    '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", '
                    '"coordinates": [35, 136]}}]}'
                ),
                "point",
            ),
        ],
    )
    def test_a_map_that_breaks_a_rule(self, text, rule):
        assert [name for _, _, name in rules(CHECKERS["geojson"], text)] == [rule]

    def test_other_maps_are_let_through(self):
        area = '{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}, "properties": null}'
        assert rules(CHECKERS["geojson"], f'{{"type": "FeatureCollection", "features": [{area}]}}') == []

    def test_records_and_clusters(self):
        assert [r for _, _, r in rules(CHECKERS["records"], '{"claims": [{"type": "war"}]}\n[]')] == [
            "required",
            "claim-type",
            "json",
        ]
        assert [r for _, _, r in rules(CHECKERS["clusters"], '{"claims": [["d", 1]]}\n{"cluster": "e1"}\n[]')] == [
            "required",
            "claim-place",
            "claim-place",
            "json",
        ]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"type": "war"}, "type"),
        ({"types": "seize; war"}, "types"),
        ({"status": ""}, "status"),
        ({"grade": "x"}, "grade"),
        ({"lat": "99"}, "lat"),
        ({"lon": ""}, "coordinates-together"),
        ({"killed_low": "-1"}, "killed_low"),
        ({"date_last": "2020-01-01"}, "dates-in-order"),
        ({"date_first": "x"}, "date_first"),
        ({"country": "Syria"}, "country"),
        ({"event_id": ""}, "event_id"),
        ({"place_kind": "planet"}, "place_kind"),
        ({"origins": "x"}, "origins"),
    ],
)
def test_a_row_of_the_csv_that_breaks_a_rule(change, rule):
    rows = list(csv.DictReader(io.StringIO(written("csv")[0], newline="")))
    columns = list(rows[0])
    assert rule in [name for _, _, name in rules(CHECKERS["csv"], table([rows[0] | change], columns))]
    assert [name for _, _, name in rules(CHECKERS["csv"], table([rows[0], rows[0]], columns))] == ["id-twice"]


class TestValidate:
    def test_a_file_and_its_faults(self, tmp_path):
        file = tmp_path / "a.csv"
        file.write_bytes(b"\xef\xbb\xbf" + written("acled")[0].encode() + b"caf\xe9\r\n")
        assert [(f.line, f.rule) for f in validate("acled", file)] == [(3, "row-width")]

    def test_what_cannot_be_checked(self, tmp_path):
        with pytest.raises(UsageError, match="acled"):
            validate("xlsx", tmp_path)
        with pytest.raises(InputError):
            validate("acled", tmp_path / "none")


def test_what_was_left_out_is_written_as_json_lines():
    out = io.StringIO()
    write_skipped([Skipped("e1", "no-date", "it has no time")], out)
    assert json.loads(out.getvalue()) == {"id": "e1", "rule": "no-date", "reason": "it has no time"}
