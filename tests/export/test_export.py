import csv
import io
import json
from datetime import date

import pytest
from broken import formats
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventFigure,
    EventFilter,
    EventPlace,
    Evidence,
    Figure,
    Grade,
    Mention,
    Origin,
    Place,
    Record,
    Span,
    View,
    Voice,
    When,
    claim_id,
    document_id,
)
from warledger.core.codec import from_json
from warledger.errors import UsageError
from warledger.export import FORMATS, Skipped, export
from warledger.export.entries import EVENTS
from warledger.export.tables import safe

TEXT = "On Thursday rebels seized Hama, the army said in a statement. At least nine people died in a raid on a village."


def document(text, name, source="Example Wire", published=date(2024, 12, 5)):
    return Document(
        document_id(text, source),
        text,
        source,
        published,
        title="=A title",
        name=name,
        url="https://example.org/a",
        author="Jana Doe",
    )


def evidence(doc, words):
    at = doc.text.index(words)
    return Evidence(doc.id, Span(at, at + len(words)), words)


@pytest.fixture
def view():
    doc, unread = document(TEXT, "w1"), document("Nothing to read.", "a0")
    seize = Claim(
        claim_id(doc.id, "seize", evidence(doc, "seized").span),
        doc.id,
        0,
        "e1",
        "seize",
        evidence(doc, "seized"),
        initiator=("a1",),
        target=("a2",),
        place="p1",
        when=When.parse("2024-12-05"),
        voice=(Voice("a2", "said", "a statement"), Voice()),
        confidence=0.75,
    )
    raid = Claim(
        claim_id(doc.id, "airstrike", evidence(doc, "raid").span),
        doc.id,
        1,
        "e2",
        "airstrike",
        evidence(doc, "raid"),
        place="p2",
        figures=(Figure("killed", "people", 9, None, evidence(doc, "At least nine people")),),
    )
    record = Record(
        doc.id,
        (
            Actor("a1", "rebels (Syria)", "rebel_group", (Mention(evidence(doc, "rebels").span, "rebels"),), "SY"),
            Actor("a2", "Syrian Armed Forces", "state_forces", (Mention(evidence(doc, "the army").span, "the army"),)),
        ),
        (
            Place("p1", "Hama", "city", "SY", 35.13, 36.75, (Mention(evidence(doc, "Hama").span, "Hama"),)),
            Place("p2", "a village", "village"),
        ),
        (seize, raid),
    )
    events = (
        Event(
            "e1",
            "seize",
            ("seize",),
            EventPlace("hama", "Hama", "city", "SY", 35.13, 36.75, "exact"),
            When.parse("2024-12-05"),
            ("rebels (Syria)",),
            ("Syrian Armed Forces",),
            "happened",
            "news",
            (seize.id,),
            (doc.id,),
            (Origin("Syrian Armed Forces", "state_forces", True, (seize.id,)),),
            Grade("claimed", "one interested origin", (seize.id,)),
            related=(("answered_by", "e9"),),
        ),
        Event(
            "e2",
            "airstrike",
            ("airstrike",),
            EventPlace("village", "a village", "village"),
            None,
            (),
            (),
            "happened",
            "news",
            (raid.id,),
            (doc.id,),
            (Origin("Example Wire", "media", False, (raid.id,)),),
            Grade("reported", "one other origin"),
            (
                EventFigure("killed", "people", 9, None, False, "incident", None, "", "Example Wire", raid.id, "2024-12-05"),
                EventFigure("killed", "people", 12, 14, True, "incident", None, "", "=SUM(A1)", raid.id, "2024-12-06"),
                EventFigure("killed", "children", 2, 2, False, "incident", None, "", "", raid.id, "", 0),
                EventFigure(
                    "displaced", "people", 50, 50, False, "cumulative", When.parse("2024-11-27/.."), "", "", raid.id, ""
                ),
            ),
        ),
        Event(
            "e3", "agree", ("agree",), None, None, (), (), "planned", "news", ("gone",), ("gone",), (), Grade("reported", "r")
        ),
    )
    return View({doc.id: doc, unread.id: unread}, {doc.id: record}, events=events)


def written(view, form, **filters):
    out = io.StringIO(newline="")
    return export(view, form, out, EventFilter(**filters)), out.getvalue()


def test_the_formats():
    assert list(FORMATS) == [
        "jsonl", "jsonl-claims", "jsonl-spells", "csv", "csv-claims", "csv-spells", "geojson", "geojson-claims",
        "geojson-spells", "kml", "kml-claims", "kml-spells", "acled", "ucdp", "plover", "polecat", "hxl", "hxl-ucdp", "ftm",
        "records", "clusters",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="geojson"):
        export(View({}, {}), "xlsx", io.StringIO())


@pytest.mark.parametrize("form", formats(FORMATS))
def test_an_empty_view_is_written(form):
    out = io.StringIO(newline="")
    assert export(View({}, {}), form, out) == []
    if form.startswith("geojson"):
        assert json.loads(out.getvalue()) == {"type": "FeatureCollection", "features": []}
    else:
        heads = {"csv": 1, "acled": 1, "ucdp": 1, "polecat": 1, "hxl": 2, "hxl-ucdp": 2, "kml": 3}
        assert out.getvalue().count("\n") == heads.get(form.removesuffix("-claims").removesuffix("-spells"), 0)


class TestJsonLines:
    def test_an_event_carries_everything_behind_it(self, view):
        skipped, text = written(view, "jsonl")
        assert skipped == []
        first, second, third = map(json.loads, text.splitlines())
        assert first["place"] == {
            "key": "hama",
            "name": "Hama",
            "kind": "city",
            "country": "SY",
            "lat": 35.13,
            "lon": 36.75,
            "precision": "exact",
        }
        (claim,) = first["claims"]
        assert TEXT[slice(*claim["span"])] == claim["trigger"] == "seized"
        assert claim["initiator"] == ["rebels (Syria)"]
        assert claim["voice"][0] == {"who": "Syrian Armed Forces", "cue": "said", "channel": "a statement"}
        assert claim["confidence"] == 0.75
        assert first["documents"] == [
            {
                "id": view.events[0].documents[0],
                "label": "w1",
                "source": "Example Wire",
                "published": "2024-12-05",
                "title": "=A title",
                "url": "https://example.org/a",
                "author": "Jana Doe",
            }
        ]
        assert first["grade"]["rule"] == "one interested origin"
        assert first["related"] == [{"kind": "answered_by", "event": "e9"}]
        assert first["origins"][0]["interested"] is True
        assert [f.get("nested_in") for f in second["figures"]] == [None, None, 0, None]
        assert "high" not in second["figures"][0]
        assert second["figures"][3]["since"] == "2024-11-27/.."
        assert third["documents"] == [{"id": "gone"}]
        assert "claims" not in third
        assert "when" not in third

    def test_a_filter_holds(self, view):
        assert [json.loads(x)["id"] for x in written(view, "jsonl", types=("airstrike",))[1].splitlines()] == ["e2"]


class TestCsv:
    def test_one_row_an_event(self, view):
        skipped, text = written(view, "csv")
        assert skipped == []
        assert text.count("\r\n") == 4
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [row["event_id"] for row in rows] == ["e1", "e2", "e3"]
        assert tuple(rows[0]) == EVENTS.columns
        assert (rows[0]["date_first"], rows[0]["date_last"], rows[0]["lat"]) == ("2024-12-05", "2024-12-05", "35.13")
        assert (rows[0]["initiator"], rows[0]["origins"], rows[0]["document_labels"]) == ("rebels (Syria)", "1", "w1")
        assert rows[2]["place"] == rows[2]["sources"] == rows[2]["date_edtf"] == ""

    def test_figures_are_ranged_and_never_added(self, view):
        row = list(csv.DictReader(io.StringIO(written(view, "csv")[1], newline="")))[1]
        assert (row["killed_low"], row["killed_high"]) == ("9", "")
        assert (row["displaced_low"], row["displaced_high"]) == ("", "")
        assert row["figures"].split("; ") == [
            "killed people 9.. [Example Wire]",
            "killed people about 12..14 [=SUM(A1)]",
            "killed children 2 (within another figure)",
            "displaced people 50 cumulative since 2024-11-27/..",
        ]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
    def test_no_cell_is_a_formula(self, start):
        assert safe(f"{start}cmd") == f"'{start}cmd"

    def test_numbers_and_gaps_stay(self):
        assert [safe(x) for x in (-36.5, 3, None, "plain", "a\x00b")] == ["-36.5", "3", "", "plain", "ab"]

    @given(st.text())
    def test_any_text_comes_back_out_of_the_file(self, text):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerow([safe(text), "end"])
        cells = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
        assert cells[-1] == "end"
        assert not cells[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cells[0].removeprefix("'") == text.replace("\x00", "").removeprefix("'")


class TestGeojson:
    def test_features_are_points_longitude_first(self, view):
        skipped, text = written(view, "geojson")
        found = json.loads(text)
        assert found["type"] == "FeatureCollection"
        (feature,) = found["features"]
        assert feature["geometry"] == {"type": "Point", "coordinates": [36.75, 35.13]}
        assert feature["id"] == "e1"
        assert feature["properties"]["grade"]["name"] == "claimed"
        assert "crs" not in found
        assert skipped == [
            Skipped("e2", "no-coordinates", "a village has no coordinates"),
            Skipped("e3", "no-place", "the event (agree) has no place"),
        ]

    def test_several_features_are_one_document(self, view):
        twice = View(view.documents, view.records, events=(view.events[0], view.events[0]))
        assert len(json.loads(written(twice, "geojson")[1])["features"]) == 2


class TestRecords:
    def test_a_record_reads_back(self, view):
        skipped, text = written(view, "records")
        (row,) = map(json.loads, text.splitlines())
        doc = next(d for d in view.documents.values() if d.name == "w1")
        again = from_json(row, doc)
        assert again.claims == view.records[doc.id].claims
        assert row["doc"] == "w1"
        assert [s.rule for s in skipped] == ["no-record"]

    def test_a_filter_takes_whole_documents(self, view):
        skipped, text = written(view, "records", types=("seize",))
        assert len(json.loads(text)["claims"]) == 2
        assert skipped == []


def test_clusters_name_each_claim_by_its_place_in_the_text(view):
    skipped, text = written(view, "clusters")
    first, second = map(json.loads, text.splitlines())
    at = TEXT.index("seized")
    assert first == {"cluster": "e1", "claims": [["w1", at, at + 6]]}
    assert second["cluster"] == "e2"
    assert [s.id for s in skipped] == ["e3"]


def test_a_format_can_be_written_to_a_path(view, tmp_path):
    stream = io.StringIO(newline="")
    export(view, "csv", stream)
    export(view, "csv", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode() == stream.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    with pytest.raises(UsageError, match="goes to a file"):
        export(view, "parquet", stream)
    with pytest.raises(UsageError, match="package only"):
        export(view, "csv", stream, with_texts=True)
