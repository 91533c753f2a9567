"""Each command on a small ledger made from records, as a person would use it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_ledger import FIRST, SECOND, first_record_json, second_record_json

from warledger.cli import progress
from warledger.core.codec import from_json


def lay_out(folder: Path) -> None:
    """Two documents and their records."""
    (folder / "docs").mkdir()
    (folder / "docs" / "first.txt").write_text(
        f"title: Rebels take Exampletown\nsource: Example Wire\ndate: 2024-12-05\n\n{FIRST}\n"
    )
    (folder / "docs" / "second.txt").write_text(f"source: Example Post\ndate: 2024-12-06\n\n{SECOND}\n")
    records = (first_record_json(), second_record_json())
    (folder / "records.jsonl").write_text("".join(json.dumps(row) + "\n" for row in records))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A ledger with the two documents, made once; tests that write to it take a copy."""
    from warledger.cli.main import main

    folder = tmp_path_factory.mktemp("ledger")
    lay_out(folder)
    path = folder / "war.db"
    assert main(["--ledger", str(path), "-q", "add", str(folder / "docs"), "--records", str(folder / "records.jsonl")]) == 0
    return path


@pytest.fixture
def ask(run, made, monkeypatch, tmp_path):
    """Runs a command on the ledger."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARLEDGER_LEDGER", str(made))
    return run


def rows(out):
    return [json.loads(line) for line in out.splitlines()]


def event_of_type(ask, kind):
    return next(row for row in rows(ask("events")[1]) if row["type"] == kind)


def test_add_says_what_was_read_and_twice_changes_nothing(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WARLEDGER_LEDGER", raising=False)
    lay_out(tmp_path)
    status, out, err = run("add", "docs", "--records", "records.jsonl")
    assert (status, out) == (0, "")
    assert "2 documents read into warledger.db: 2 new, 0 already there." in err
    assert "3 claims: 2 seize, 1 shelling." in err
    status, out, err = run("--format", "jsonl", "add", "docs", "--records", "records.jsonl", "--quiet")
    assert (status, err) == (0, "")
    assert (json.loads(out)["new"], json.loads(out)["already_there"]) == (0, 2)


def test_events_are_json_lines_with_their_claims_and_a_table_when_asked(ask):
    status, out, err = ask("events")
    assert (status, err) == (0, "")
    assert {row["type"] for row in rows(out)} == {"seize", "shelling"}
    assert all(row["claims"] and row["grade"]["rule"] for row in rows(out))
    table = ask("events", "--format", "table")[1].splitlines()
    assert table[0].split()[:4] == ["when", "type", "place", "who"]
    assert any("rebels (Exampleland) → Example Army" in line for line in table)


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        (("--type", "seize"), ["seize"]),
        (("--type", "seize", "--type", "shelling", "--place", "exampletown"), ["seize", "shelling"]),
        (("--actor", "Example Army"), ["seize"]),
        (("--text", "killed in shelling"), ["shelling"]),
        (("--voice", "residents"), ["seize"]),
        (("--place", "Nowhere"), []),
        (("--since", "2024-12-06"), []),
        (("--until", "2024-12-05", "--grade", "reported"), ["shelling"]),
        (("--status", "planned"), []),
        (("--frame", "news"), ["seize", "shelling"]),
    ],
)
def test_filters_choose_events(asked, types, ask):
    assert sorted(row["type"] for row in rows(ask("events", *asked)[1])) == types


def test_as_of_a_day_only_what_was_published_by_then_counts(ask):
    (seized,) = rows(ask("events", "--type", "seize", "--as-of", "2024-12-05")[1])
    assert len(seized["documents"]) == 1
    assert rows(ask("events", "--as-of", "2024-12-04")[1]) == []


def test_claims_carry_their_sentence_document_and_event(ask):
    found = rows(ask("claims", "--type", "shelling")[1])
    assert [row["sentence"] for row in found] == ["At least 12 civilians were killed in shelling of the town."]
    assert (found[0]["source"], found[0]["published"], found[0]["grade"]) == ("Example Wire", "2024-12-05", "reported")
    assert found[0]["figures"][0]["low"] == 12
    table = ask("claims", "--format", "table")[1]
    assert "12+ civilians" in table
    assert "residents of" in table


def test_show_takes_short_ids_names_and_says_what_is_alike(ask):
    event = event_of_type(ask, "seize")
    status, out, _ = ask("show", event["id"][:7], "--format", "table")
    assert status == 0
    assert "warledger why" in out
    assert rows(ask("show", "first.txt")[1])[0]["object"] == "document"
    assert rows(ask("show", "exampletown")[1])[0]["object"] == "place"
    status, out, err = ask("show", "Examplton")
    assert (status, out) == (4, "")
    assert "Exampletown" in err


def test_why_explains_an_event_as_a_sheet_and_as_one_object(ask):
    event = event_of_type(ask, "seize")
    (row,) = rows(ask("why", event["id"])[1])
    assert {"event", "tellings", "fields", "origins", "grade"} <= set(row)
    sheet = ask("why", event["id"][:8], "--format", "table")[1]
    for heading in ("Grade: ", "Independent origins", "Claims", "What each field rests on"):
        assert heading in sheet
    assert "[captured](seize)" in sheet


def test_a_briefing_is_written_in_each_form_and_the_name_of_the_file_tells_which(ask, tmp_path):
    assert "Exampletown" in ask("brief")[1]
    assert ask("brief", "--format", "md")[1].startswith("#")
    status, out, err = ask("brief", "-o", "out.html")
    assert (status, out, err) == (0, "", "Wrote out.html.\n")
    assert (tmp_path / "out.html").read_text("utf-8").lower().startswith("<!doctype html")
    assert ask("-q", "brief", "-o", "out.md") == (0, "", "")
    assert (tmp_path / "out.md").read_text("utf-8").startswith("#")


def test_a_timeline_has_a_line_an_event_oldest_first(ask):
    found = rows(ask("timeline")[1])
    assert [row["edtf"] for row in found] == ["2024-12-05", "2024-12-05"]
    assert "Exampletown" in ask("timeline", "--format", "table")[1]


def test_exports_are_written_in_each_form(ask, tmp_path):
    assert len(rows(ask("export", "jsonl")[1])) == 2
    assert {row["doc"] for row in rows(ask("export", "records")[1])} == {"first.txt", "second.txt"}
    assert all(row["claims"] for row in rows(ask("export", "clusters")[1]))
    assert json.loads(ask("export", "geojson", "-o", "map.geojson")[1] or (tmp_path / "map.geojson").read_text())["type"]
    table = list(csv.DictReader(io.StringIO(ask("export", "csv", "--type", "shelling")[1])))
    assert [row["killed_low"] for row in table] == ["12"]
    assert ask("export", "nonsense")[0] == 2


def test_what_an_export_could_not_take_is_said(ask, monkeypatch):
    from warledger import export
    from warledger.export.leftout import Skipped

    skipped = [Skipped(f"e{number}", "no-place", "it has no place") for number in range(12)]
    monkeypatch.setattr(export, "export", lambda *_, **__: skipped)
    _, _, err = ask("export", "geojson")
    assert err.startswith("12 could not be written in this form:\n  no-place: 12\n    e0 it has no place\n")
    assert "… and 9 more" in err
    assert ask("-q", "export", "geojson")[2] == ""


def test_verify_finds_nothing_and_then_a_changed_word(run, tmp_path):
    import sqlite3

    lay_out(tmp_path)
    path = tmp_path / "war.db"
    run("--ledger", path, "add", tmp_path / "docs", "--records", tmp_path / "records.jsonl")
    assert run("--ledger", path, "verify") == (0, "", "No fault found.\n")
    with sqlite3.connect(path) as connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        tables = {
            table: [column[1] for column in connection.execute(f'PRAGMA table_info("{table}")')]
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        (table,) = [name for name, columns in tables.items() if {"text", "source"} <= set(columns)]
        connection.execute(f"UPDATE \"{table}\" SET text = replace(text, 'captured', 'besieged')")  # noqa: S608
    connection.close()
    status, out, err = run("--ledger", path, "verify")
    assert status == 1
    assert rows(out)
    assert "faults found" in err
    assert run("--ledger", path, "verify", "--format", "table")[1].startswith("code")


def test_issues_are_listed(run, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "records.jsonl").write_text("")
    assert run("--ledger", tmp_path / "w.db", "add", tmp_path / "empty.txt", "--records", tmp_path / "records.jsonl")[0] == 3
    (row,) = rows(run("--ledger", tmp_path / "w.db", "issues")[1])
    assert row["code"] == "empty"
    assert "what to do" in run("--ledger", tmp_path / "w.db", "issues", "--format", "table")[1]


def test_a_judgement_changes_what_is_believed_and_can_be_taken_back(run, tmp_path, monkeypatch):
    lay_out(tmp_path)
    monkeypatch.setenv("WARLEDGER_LEDGER", str(tmp_path / "w.db"))
    monkeypatch.chdir(tmp_path)
    run("add", "docs", "--records", "records.jsonl")
    shelling = next(row for row in rows(run("claims")[1]) if row["type"] == "shelling")
    status, out, _ = run("judge", "claim", shelling["id"][:9], "status=denied", "--reason", "misread", "--user", "ann")
    judgement = json.loads(out)
    assert (status, judgement["user"], judgement["change"]) == (0, "ann", [["status", "denied"]])
    assert rows(run("claims", "--type", "shelling")[1])[0]["status"] == "denied"
    assert "reason" in run("show", judgement["id"], "--format", "table")[1]
    status, out, err = run("undo", judgement["id"], "--format", "table")
    assert status == 0
    assert "Take it back with: warledger undo" in err
    assert rows(run("claims", "--type", "shelling")[1])[0]["status"] == "happened"
    status, _, err = run("judge", "same", shelling["id"], "status=denied")
    assert status == 2
    assert "sets nothing" in err


def test_a_judgement_can_be_given_by_options_and_undone_by_its_own_command(run, tmp_path, monkeypatch):
    lay_out(tmp_path)
    monkeypatch.setenv("WARLEDGER_LEDGER", str(tmp_path / "w.db"))
    monkeypatch.chdir(tmp_path)
    run("add", "docs", "--records", "records.jsonl")
    claim = next(row for row in rows(run("claims")[1]) if row["type"] == "shelling")["id"]
    made = json.loads(run("judge", "claim", claim, "--set", "status=denied", "--set", "when=2024-12-02")[1])
    assert made["change"] == [["status", "denied"], ["when", "2024-12-02"]]
    assert json.loads(run("judge", "undo", made["id"])[1])["kind"] == "undo"
    assert json.loads(run("judge", "claim", claim, "--reject")[1])["change"] == [["reject", "yes"]]
    assert not rows(run("claims", "--type", "shelling")[1])
    for wrong, told in (
        (("same", claim, claim, "--reject"), "sets nothing"),
        (("claim", claim, "--set", "status"), "FIELD=VALUE"),
        (("undo", "j1", "j2"), "one judgement"),
    ):
        status, _, err = run("judge", *wrong)
        assert (status, told in err) == (2, True), wrong


def test_places_can_be_searched_and_added(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARLEDGER_LEDGER", str(tmp_path / "w.db"))
    assert rows(run("gazetteer", "search", "Hama", "--country", "sy", "--limit", "1")[1])[0]["country"] == "SY"
    assert not (tmp_path / "w.db").exists()
    (tmp_path / "places.csv").write_text("name,lat,lon,country,kind\nKafr Exampleh,35.1,36.2,SY,village\n")
    assert run("gazetteer", "add", "places.csv") == (0, "", "1 places read, 1 of them new.\n")
    assert "35.100, 36.200" in run("gazetteer", "search", "Kafr Exampleh", "--format", "table")[1]
    assert run("gazetteer", "add", "missing.csv")[0] == 2


def test_actors_can_be_searched(run):
    found = rows(run("actors", "search", "Hayat Tahrir al-Sham", "--limit", "3")[1])
    assert found[0]["name"] == "Hayat Tahrir al-Sham"
    assert "jihadist group" in run("actors", "search", "HTS", "--format", "table")[1]
    assert "No armed actor is called like" in run("actors", "search", "qqqqqqqq", "--format", "table")[2]


class WordExtractor:
    """Stands in for the network: a document that says "captured" has the one claim that it does."""

    name = "words"

    def extract(self, document):
        at = document.text.find("captured")
        claims = [{"s": 0, "type": "seize", "trigger": "captured", "span": [at, at + 8]}] if at >= 0 else []
        if "break" in document.text:
            raise ValueError("broken")
        return from_json({"claims": claims}, document, self.name)

    def extract_many(self, documents, jobs=1):
        yield from map(self.extract, documents)


@pytest.fixture
def words(monkeypatch):
    from warledger.extract import Extractor

    monkeypatch.setattr(Extractor, "load", classmethod(lambda *_, **__: WordExtractor()))


def test_extract_prints_records_and_says_what_it_could_not_read(run, words, tmp_path):
    lay_out(tmp_path)
    (tmp_path / "docs" / "third.txt").write_text("")
    (tmp_path / "docs" / "undated.txt").write_text("They captured and break nothing in the town of Examplet.")
    status, out, err = run("extract", tmp_path / "docs")
    assert status == 0
    assert [row["doc"] for row in rows(out)] == ["first.txt", "second.txt", "undated.txt"]
    assert [len(row["claims"]) for row in rows(out)] == [1, 0, 0]
    assert "empty" in err
    assert "extract-failed" in err
    assert run("extract", "-q", tmp_path / "docs")[2] == ""


def test_extract_shows_a_table_a_document(run, words, tmp_path):
    lay_out(tmp_path)
    out = run("extract", tmp_path / "docs", "--format", "table")[1]
    assert run("--format", "table", "extract", tmp_path / "docs")[1] == out
    assert "Example Wire, 2024-12-05, “Rebels take Exampletown”" in out
    assert "captured" in out


def test_where_nothing_can_be_extracted_the_status_says_so(run, words, tmp_path):
    (tmp_path / "a.txt").write_text("")
    assert run("extract", tmp_path / "a.txt")[0] == 3


def test_a_field_map_names_columns_and_a_wrong_one_is_refused(run, words, tmp_path):
    (tmp_path / "t.csv").write_text("body,day\nRebels captured Exampletown.,05/12/2024\n")
    status, out, _ = run("extract", tmp_path / "t.csv", "--map", "text=body", "--map", "date=day", "--day-first")
    assert (status, len(rows(out)[0]["claims"])) == (0, 1)
    for wrong in ("text", "=body", "nonsense=body"):
        assert run("extract", tmp_path / "t.csv", "--map", wrong)[0] == 2


@pytest.mark.slow
def test_ctrl_c_ends_with_a_word_and_130(tmp_path):
    (tmp_path / "records.jsonl").write_text("")
    script = (
        "import signal, sys; from warledger.cli.main import main; print('up', file=sys.stderr, flush=True)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests run in the background would ignore\n"
        "sys.exit(main())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "--ledger", "w.db", "add", "-", "--records", "records.jsonl"],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline() == "up\n"
    deadline = time.monotonic() + 30
    while not (tmp_path / "w.db").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "nothing that was added is lost" in err
    assert "Traceback" not in err


def test_the_bar_shows_done_and_total_on_a_terminal_unless_it_is_to_be_quiet(monkeypatch):
    outer, inner = pty.openpty()
    with os.fdopen(inner, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "80")
        with progress.progress("documents", quiet=False) as advance:
            advance(3, 7)
        with progress.progress("documents", quiet=True) as advance:
            assert advance is None
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while piece := os.read(outer, 65_536):
            shown += piece
    os.close(outer)
    assert b"3/7" in shown


@pytest.mark.parametrize("option", ["--format", "--as"])
def test_the_format_of_the_input_can_be_told(run, tmp_path, monkeypatch, option):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WARLEDGER_LEDGER", raising=False)
    Path("records.jsonl").write_text("")
    Path("odd.bin").write_text('{"text": "Shells fell on Azaz on Thursday, residents said.", "date": "2024-12-05"}\n')
    add = ("add", "odd.bin", "--records", "records.jsonl", "--date", "2024-12-06")
    read = json.loads(run("--format", "jsonl", *add, option, "text")[1])
    assert (read["new"], read["already_there"]) == (1, 0)
    (as_lines,) = rows(run("--format", "jsonl", *add, option, "jsonl")[1])
    assert (as_lines["new"], as_lines["already_there"]) == (1, 0)
    status, _, err = run(*add, option, "table")
    assert (status, "the formats are: text, html" in err) == (2, True)


def test_watch_says_that_no_feed_was_due(run, tmp_path):
    feed = ("--ledger", tmp_path / "w.db", "watch", "http://127.0.0.1:9/feed.xml", "--once")
    status, _, err = run(*feed)
    assert (status, "a private address" in err) == (3, True)
    assert run(*feed) == (0, "", "No feed was asked: each has failed and waits for its time, or is gone.\n")
    assert run(*feed, "-q") == (0, "", "")
