"""The worked example on each format's page is what the exporter writes of the dossier's reports on Hama."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from broken import needs_ftm
from made_events import ARMY, REBELS, Happening, view_of

from warledger import Ledger
from warledger.export import export

ROOT = Path(__file__).parents[2]
REPORTS = ("12-state-denies-hama.txt", "14-wire-hama-falls.txt", "15-opposition-hama.txt")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hama")
    for name in REPORTS:
        shutil.copy(ROOT / "examples" / "dossier" / name, folder / name)
    with Ledger.open(folder / "warledger.db") as opened:
        opened.add([folder / name for name in REPORTS], records=ROOT / "tests" / "docs" / "hama.records.jsonl")
        yield opened


@pytest.fixture
def written(ledger):
    def of(form):
        out = io.StringIO(newline="")
        ledger.export(form, out)
        return out.getvalue()

    return of


def example(page, language=""):
    """The block of a page's worked example."""
    text = (ROOT / "docs" / "reference" / "formats" / f"{page}.md").read_text("utf-8")
    return re.search(rf"^## Worked example\n.*?^```{language}\n(.+?)^```$", text, re.MULTILINE | re.DOTALL)[1]


def cells(block):
    """The rows of a table whose columns stand under their names: column → cell."""
    head, *lines = block.splitlines()
    starts = [found.start() for found in re.finditer(r"(?:(?<=  )|^)\S", head)]
    ends = [*starts[1:], None]
    return [{head[a:b].strip(): line[a:b].strip() for a, b in zip(starts, ends, strict=True)} for line in lines]


def shown(example, row):
    """Whether a row has all that an example shows of it; a text that ends in an ellipsis is cut short."""
    if isinstance(example, dict):
        return isinstance(row, dict) and all(key in row and shown(value, row[key]) for key, value in example.items())
    if isinstance(example, list) and example and isinstance(example[0], dict):
        return all(any(shown(one, other) for other in row) for one in example)
    if isinstance(example, str) and example.endswith(" …"):
        return isinstance(row, str) and row.startswith(example.removesuffix("…"))
    return bool(example == row)


def test_an_example_that_is_not_there_is_found():
    assert shown({"a": [{"b": 1}], "c": "one …"}, {"a": [{"b": 1, "d": 2}, {}], "c": "one two", "e": 3})
    assert not shown({"a": 1}, {"a": 2})
    assert not shown({"a": "one …"}, {"a": "two"})
    assert not shown({"a": [{"b": 1}]}, {"a": [{"b": 2}]})
    assert cells("a b  c\n1 2  3") == [{"a b": "1 2", "c": "3"}]


@pytest.mark.parametrize(("page", "form"), [("jsonl", "jsonl-claims"), ("plover", "plover"), ("clusters", "clusters")])
def test_objects(page, form, written):
    told = json.loads(example(page, "json"))
    name = "cluster" if form == "clusters" else "id"
    rows = {row[name]: row for row in map(json.loads, written(form).splitlines())}
    assert shown(told, rows[told[name]])


def test_a_feature(written):
    told = json.loads(example("geojson", "json"))
    features = {feature["id"]: feature for feature in json.loads(written("geojson-spells"))["features"]}
    assert shown(told, features[told["id"]])


def test_a_claim_of_a_package(ledger, tmp_path):
    told = json.loads(example("package"))
    ledger.export("package", tmp_path / "p")
    lines = (tmp_path / "p" / "data" / "claims.jsonl").read_text("utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    assert shown(told, rows[told["id"]])


@needs_ftm
def test_an_entity(written):
    told = json.loads(example("ftm"))
    rows = {row["id"]: row for row in map(json.loads, written("ftm").splitlines())}
    assert shown(told, rows[told["id"]])


@pytest.mark.parametrize(
    ("page", "form", "name", "delimiter"),
    [("csv", "csv-spells", "spell_id", ","), ("polecat", "polecat", "Event ID", "\t")],
)
def test_rows(page, form, name, delimiter, written):
    rows = {row[name]: row for row in csv.DictReader(io.StringIO(written(form), newline=""), delimiter=delimiter)}
    told = cells(example(page))
    assert told
    assert all(shown(one, rows[one[name]]) for one in told)


def test_rows_with_tags(written):
    """Three dots stand for any number of columns."""
    real = [",".join(row) for row in csv.reader(io.StringIO(written("hxl"), newline=""))]
    told = example("hxl").splitlines()
    assert len(told) == 3
    for line, row in zip(told, real, strict=False):
        pattern = re.escape(line).replace(re.escape(",...,"), ",(?:.*,)?").replace(re.escape(",..."), ",.*")
        assert re.fullmatch(pattern, row), line


def test_a_placemark(written):
    told = example("kml")
    ident = re.search(r"id=.(\w+)", told)[1]
    (mark,) = re.findall(rf'<Placemark id="{ident}">.*?</Placemark>', written("kml"), re.DOTALL)
    parts = re.findall(r"<name>.*?</name>|<TimeStamp>.*?</TimeStamp>|<Data .*?</Data>|<Point>.*?</Point>", told)
    assert len(parts) == 4
    assert [part for part in parts if part not in mark] == []


def test_a_query_of_parquet(ledger, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    ledger.export("parquet", tmp_path / "e.parquet")
    columns = re.search(r"SELECT (.+) FROM", example("parquet"))[1].split(", ")
    found = [row for row in parquet.read_table(tmp_path / "e.parquet").to_pylist() if row["type"] == "seize"]
    told = [line.split(" │ ") for line in example("parquet").splitlines()[1:]]
    assert told == [[str(row[column]).replace("'", "") for column in columns] for row in found]


def test_what_the_page_of_acled_says_of_hama(ledger, written):
    page = (ROOT / "docs" / "reference" / "formats" / "acled.md").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(written("acled"), newline="")))
    left = {one.rule for one in ledger.export("acled", io.StringIO())}
    taken, freed = rows
    line = next(line for line in page.splitlines() if line.startswith("| rebels take Hama"))
    said = (f"{taken['event_type']} / {taken['sub_event_type']}", taken["actor2"], taken["interaction"])
    assert all(words in line for words in (*said, f"fatalities {taken['fatalities']}"))
    assert f"{freed['event_type']} / {freed['sub_event_type']}" in page.partition("rebels free prisoners by force")[2][:80]
    assert {"told-by-takeover"} <= left
    assert "left out, `told-by-takeover`" in page


def test_what_the_page_of_ucdp_says_of_a_clash():
    text = (ROOT / "docs" / "reference" / "formats" / "ucdp.md").read_text("utf-8").partition("## Worked example")[2]
    told = dict(re.findall(r"^\| (`.+?) \| (.+?) \|$", text.partition("## Crosswalk")[0], re.MULTILINE))
    assert len(told) == 6
    out = io.StringIO(newline="")
    dead = ("killed", "people", 12, 12, "twelve people")
    export(view_of(Happening("clash", (REBELS,), (ARMY,), figures=(dead,))), "ucdp", out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    for names, values in told.items():
        assert ", ".join(row[name] for name in re.findall(r"`(\w+)`", names)) == values
