"""The dossier's reports on Hama, exported to every format from the command line, checked, and led back to their events."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from broken import formats

from warledger.export import FILE_FORMATS, FORMATS

ROOT = Path(__file__).parents[2]
REPORTS = ("12-state-denies-hama.txt", "14-wire-hama-falls.txt", "15-opposition-hama.txt")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    from warledger import Ledger

    folder = tmp_path_factory.mktemp("hama")
    (folder / "reports").mkdir()
    for name in REPORTS:
        shutil.copy(ROOT / "examples" / "dossier" / name, folder / "reports" / name)
    path = folder / "warledger.db"
    with Ledger.open(path) as opened:
        opened.add(folder / "reports", records=ROOT / "tests" / "docs" / "hama.records.jsonl")
    return path


@pytest.fixture
def run(capsys, ledger):
    from warledger.cli.main import main

    def call(*arguments):
        capsys.readouterr()
        own = [] if arguments[0] == "validate" else ["--ledger", ledger]
        status = main([str(one) for one in (*own, *arguments)])
        return status, *capsys.readouterr()

    return call


def exported(run, form, folder):
    out = folder / f"out.{form}"
    status, _, told = run("export", form, "-o", out)
    assert status == 0
    return out, [json.loads(line) for line in Path(f"{out}.skipped.jsonl").read_text("utf-8").splitlines()], told


@pytest.mark.parametrize("form", formats((*FORMATS, *FILE_FORMATS)))
def test_an_export_passes_its_check_and_says_what_it_left_out(form, run, tmp_path):
    out, skipped, told = exported(run, form, tmp_path)
    assert run("validate", form, out)[0] == 0
    assert all(one["id"] and one["rule"] and one["reason"] for one in skipped)
    assert {one["rule"] for one in skipped} == set(re.findall(r"^  ([\w-]+): \d", told, re.MULTILINE))


def ids_of(form, out):
    """The ids of a file's rows, by how the format writes them."""
    if form.startswith("parquet"):
        table = pytest.importorskip("pyarrow.parquet").read_table(out)
        return [row["id"] for row in table.to_pylist()]
    if form == "package":
        return [
            json.loads(row)["id"] for path in sorted(out.glob("data/*.jsonl")) for row in path.read_text("utf-8").splitlines()
        ]
    text = out.read_text("utf-8")
    if form.startswith("geojson"):
        return [feature["id"] for feature in json.loads(text)["features"]]
    if form.startswith("kml"):
        return re.findall(r'<Placemark id="(\w+)"', text)
    if form in TABLES or form.startswith("csv"):
        column, delimiter = TABLES.get(form, ("", ","))
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
        names = {"csv": "event_id", "csv-claims": "claim_id", "csv-spells": "spell_id"}
        found = [row[column or names[form]] for row in rows]
        return found[1:] if form.startswith("hxl") else found
    key = {"records": "doc", "clusters": "cluster"}.get(form, "id")
    return [json.loads(row)[key] for row in text.splitlines()]


TABLES = {
    "acled": ("event_id_cnty", ","), "hxl": ("event_id_cnty", ","), "ucdp": ("id", ","), "hxl-ucdp": ("id", ","),
    "polecat": ("Event ID", "\t"),
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(ledger):
    from warledger import Ledger

    with Ledger.open(ledger) as found:
        yield found


@pytest.mark.parametrize("form", formats((*FORMATS, *FILE_FORMATS)))
def test_every_row_leads_back(form, opened, run, tmp_path):
    out = tmp_path / f"out.{form}"
    opened.export(form, out)
    ids = ids_of(form, out)
    assert ids or form in ("ucdp", "hxl-ucdp")
    kinds = {
        "records": {"Document"}, "ftm": {"Document", "ActorEntry", "Event"}, "package": {"Document", "Claim", "Event", "Spell"},
    }  # fmt: skip
    of_entries = {"-claims": {"Claim"}, "-spells": {"Spell"}}.get(form[-7:], {"Event"})
    assert {type(opened.show(ident)).__name__ for ident in ids} == (kinds.get(form, of_entries) if ids else set())
    for ident in ids[:1]:
        status, shown, told = run("why", ident)
        assert (status, told) == (0, "")
        assert json.loads(shown)


def test_a_number_of_ucdp_leads_back_too(run, tmp_path):
    from warledger.export.rowids import event_number

    out, _, _ = exported(run, "jsonl", tmp_path)
    event = json.loads(out.read_text("utf-8").splitlines()[0])["id"]
    assert json.loads(run("why", event_number(event))[1])["event"]["id"] == event
    assert run("why", "SYR1234567890123456")[0] == 4
    assert run("why", "a0123456789abcdef")[0] == 4


def test_an_actor_s_row_leads_to_the_actor(run):
    from warledger.export.rowids import actor_id

    found = json.loads(run("why", actor_id("Syrian Armed Forces"))[1])
    assert (found["object"], found["name"]) == ("actor", "Syrian Armed Forces")


def test_a_spell_s_row_leads_to_its_sentences(run, tmp_path):
    out, _, _ = exported(run, "jsonl-spells", tmp_path)
    row = json.loads(out.read_text("utf-8").splitlines()[-1])
    shown = run("why", row["id"], "--format", "table")[1]
    assert "In these words" in shown
    assert row["evidence"][0]["claim"] in shown


def test_hama_is_coded_as_the_codebook_would(run, tmp_path):
    out, skipped, _ = exported(run, "acled", tmp_path)
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted((row["event_type"], row["sub_event_type"]) for row in rows) == [
        ("Battles", "Non-state actor overtakes territory"),
        ("Strategic developments", "Other"),
    ]
    assert {one["rule"] for one in skipped} >= {"background", "no-equivalent", "told-by-takeover", "wide-time"}


def test_a_bloodless_capture_is_no_event_of_ucdp(run, tmp_path):
    out, skipped, _ = exported(run, "ucdp", tmp_path)
    assert out.read_text("utf-8").count("\n") == 1
    assert any(one["rule"] == "no-deaths" and "seize" in one["reason"] for one in skipped)


def test_faults_are_told_with_their_lines_and_end_in_status_one(run, tmp_path):
    out, _, _ = exported(run, "acled", tmp_path)
    broken = out.read_text("utf-8").replace("Middle East", "The Levant", 1)
    out.write_text(broken, "utf-8", newline="")
    status, shown, told = run("validate", "acled", out, "--format", "jsonl")
    assert status == 1
    assert [(f["line"], f["column"], f["severity"]) for f in map(json.loads, shown.splitlines())] == [(2, "region", "error")]
    assert "1 error, 0 warnings" in told


def test_warnings_alone_end_in_status_nought(run, tmp_path):
    out, _, _ = exported(run, "acled", tmp_path)
    out.write_text(out.read_text("utf-8").replace("Middle East", "Europe"), "utf-8", newline="")
    status, shown, told = run("validate", "acled", out)
    assert (status, "0 errors, 2 warnings" in told) == (0, True)
    assert shown.count("region-of-country") == 2
    status, shown, told = run("validate", "acled", "-q", out)
    assert (status, shown, told) == (0, "", "")


def test_standard_output_has_no_side_file(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, shown, _ = run("export", "acled", "-o", "-")
    assert status == 0
    assert shown.startswith("event_id_cnty")
    assert list(tmp_path.iterdir()) == []
    assert run("export", "acled", "-o", os.devnull)[0] == 0
    assert not Path(f"{os.devnull}.skipped.jsonl").exists()


def test_a_side_file_can_be_named_for_standard_output_too(run, tmp_path):
    status, shown, told = run("export", "acled", "--skipped", tmp_path / "left.jsonl")
    assert status == 0
    assert shown.startswith("event_id_cnty")
    left = [json.loads(line) for line in (tmp_path / "left.jsonl").read_text("utf-8").splitlines()]
    assert left
    assert told.startswith(f"{len(left)} could not be written")
    assert told.endswith(f"What was left out is in {tmp_path / 'left.jsonl'}.\n")
    assert run("export", "jsonl", "-o", tmp_path / "all.jsonl")[2].startswith("Nothing was left out.\n")


@pytest.mark.parametrize("form", formats((*FORMATS, *FILE_FORMATS)))
def test_filters_hold_for_every_format(form, opened, tmp_path):
    def ids(name, **asked):
        opened.export(form, tmp_path / name, **asked)
        return set(ids_of(form, tmp_path / name))

    everything = ids("all")
    assert ids("sure", min_confidence=1) == everything, "records made by hand carry no confidence"
    assert ids("elsewhere", place="Damascus") < everything or not everything
    assert ids("before", as_of=date(2024, 12, 3)) == set()
    assert ids("then", as_of=date(2024, 12, 4)) != everything or not everything


def test_the_command_takes_the_filters(run):
    everything = run("export", "jsonl-claims")[1]
    assert run("export", "jsonl-claims", "--min-confidence", "1")[1] == everything
    assert run("export", "jsonl-claims", "--as-of", "2024-12-03")[1] == ""
    assert run("export", "jsonl-claims", "--min-confidence", "2")[0] == 2


def test_a_package_is_verified_without_a_ledger(run, tmp_path):
    for name in ("hama", "hama.zip"):
        assert run("export", "package", "-q", "--place", "Hama", "--with-texts", "-o", tmp_path / name)[0] == 0
        assert Path(tmp_path / f"{name}.skipped.jsonl").read_text("utf-8") == ""
        assert run("verify", tmp_path / name) == (0, "", "No fault found.\n")
    text = next((tmp_path / "hama" / "data" / "texts").iterdir())
    text.write_text(text.read_text("utf-8").upper(), "utf-8")
    status, shown, told = run("verify", tmp_path / "hama")
    assert status == 1
    assert {json.loads(row)["rule"] for row in shown.splitlines()} == {"checksum", "text-changed", "id-changed", "quote"}
    assert told == f"{len(shown.splitlines())} faults found.\n"


def test_a_file_is_asked_for_and_texts_are_for_packages_alone(run, tmp_path):
    for form in FILE_FORMATS:
        for where in ((), ("-o", "-")):
            status, _, told = run("export", form, *where)
            assert (status, "goes to a file" in told) == (2, True)
    status, _, told = run("export", "csv", "--with-texts", "-o", tmp_path / "a.csv")
    assert (status, "for a package" in told) == (2, True)
    assert run("validate", "csv", tmp_path)[0] == 3
    assert list(tmp_path.iterdir()) == []
