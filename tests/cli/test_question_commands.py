"""`held`, `control`, `toll`, `diff`, `review` and `sources` on a small ledger, as a person would use them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from small_ledger import FIRST, SECOND, at, first_record_json, second_record_json

TOLL = (
    "The monitor said that 30 people, 14 of them civilians, had died in Exampletown since 1 December. Another counted 9 dead."
)
PROVINCE = "Rebels hold most of Example province, but nobody spoke of Exampleton, where shells fell."


def toll_record_json() -> dict[str, object]:
    """The record of TOLL: a running total with its part, and a lower count of another voice."""

    def killed(words: str, low: int, group: str = "people") -> dict[str, object]:
        return {
            "measure": "killed", "group": group, "low": low, "high": low, "basis": "cumulative", "since": "2024-12-01",
            "text": words, "span": at(TOLL, words),
        }  # fmt: skip

    told = {"type": "toll", "place": "p1", "when": "2024-12-01/2024-12-07"}
    return {
        "doc": "third.txt",
        "actors": [{"id": "a1", "name": "Example Monitor", "kind": "monitor", "spans": [at(TOLL, "The monitor")]}],
        "places": [{"id": "p1", "name": "Exampletown", "kind": "town", "country": "SY", "spans": [at(TOLL, "Exampletown")]}],
        "claims": [
            told | {
                "s": 0, "event": "e1", "trigger": "died", "span": at(TOLL, "died"), "voice": [{"who": "a1", "cue": "said"}],
                "figures": [killed("30 people", 30), killed("14 of them civilians", 14, "civilians")],
            },
            told | {"s": 1, "event": "e2", "trigger": "dead", "span": at(TOLL, "dead"), "figures": [killed("9 dead", 9)]},
        ],
    }  # fmt: skip


def province_record_json() -> dict[str, object]:
    """The record of PROVINCE: a province is held, and a village in it is shelled."""
    return {
        "doc": "fourth.txt",
        "actors": [{"id": "a1", "name": "rebels (Exampleland)", "kind": "rebel_group", "spans": [at(PROVINCE, "Rebels")]}],
        "places": [
            {
                "id": "p1", "name": "Example", "kind": "province", "country": "SY", "admin1": "7",
                "spans": [at(PROVINCE, "Example")],
            },
            {
                "id": "p2", "name": "Exampleton", "kind": "village", "country": "SY", "admin1": "7",
                "spans": [at(PROVINCE, "Exampleton")],
            },
        ],
        "claims": [
            {
                "s": 0, "event": "e1", "type": "control", "trigger": "hold", "span": at(PROVINCE, "hold"), "initiator": ["a1"],
                "place": "p1",
            },
            {"s": 0, "event": "e2", "type": "shelling", "trigger": "shells", "span": at(PROVINCE, "shells"), "place": "p2",
             "confidence": 0.3},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Four documents from 5 to 8 December."""
    from warledger.cli.main import main

    folder: Path = tmp_path_factory.mktemp("questions")
    (folder / "docs").mkdir()
    texts = {"first": (FIRST, 5), "second": (SECOND, 6), "third": (TOLL, 7), "fourth": (PROVINCE, 8)}
    for name, (text, day) in texts.items():
        source = {"first": "Example Wire", "second": "Example Post"}.get(name, "Example Daily")
        (folder / "docs" / f"{name}.txt").write_text(f"source: {source}\ndate: 2024-12-0{day}\n\n{text}\n")
    records = (first_record_json(), second_record_json(), toll_record_json(), province_record_json())
    (folder / "records.jsonl").write_text("".join(json.dumps(row) + "\n" for row in records))
    path = folder / "war.db"
    assert main(["--ledger", str(path), "-q", "add", str(folder / "docs"), "--records", str(folder / "records.jsonl")]) == 0
    return path


@pytest.fixture
def ask(run, made, monkeypatch, tmp_path):
    """Runs a command on the ledger."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARLEDGER_LEDGER", str(made))
    monkeypatch.setenv("COLUMNS", "160")
    return run


def rows(out):
    return [json.loads(line) for line in out.splitlines()]


def test_held_says_who_since_when_and_in_which_words(ask):
    (row,) = rows(ask("held", "exampletown")[1])
    (spell,) = row["control"]
    assert (spell["holder"], spell["since"], spell["grade"]) == ("rebels (Exampleland)", "2024-12-05", "confirmed")
    assert "Example Army" in spell["said_by"]
    assert spell["evidence"][0]["sentence"] in FIRST
    table = ask("held", "Exampletown", "--on", "2024-12-05", "--format", "table")[1]
    assert "rebels (Exampleland)" in table
    assert "“Rebels captured Exampletown on Thursday, the army confirmed.”" in table
    assert rows(ask("held", "Exampletown", "--on", "2024-12-01")[1])[0]["control"][0]["holder"] == "Example Army"


def test_held_tells_a_province_beside_its_village(ask):
    (row,) = rows(ask("held", "Exampleton")[1])
    assert "control" not in row
    assert (row["province"], row["province_control"][0]["holder"]) == ("Example", "rebels (Exampleland)")
    table = ask("held", "Exampleton", "--format", "table")[1]
    assert "No document says who holds Exampleton." in table
    assert "Example (the province)" in table
    status, out, err = ask("held", "Exampletow")
    assert (status, out) == (4, "")
    assert "Exampletown" in err


def test_control_lists_places_as_table_lines_csv_and_map(ask, tmp_path):
    found = {row["place"]["name"]: row["holder"] for row in rows(ask("control")[1])}
    assert found == {"Exampletown": "rebels (Exampleland)", "Example": "rebels (Exampleland)"}
    assert "Example, SY (province)" in ask("control", "--format", "table")[1]
    before = rows(ask("control", "--on", "2024-12-01")[1])
    assert {row["place"]["name"]: row["holder"] for row in before}["Exampletown"] == "Example Army"
    table = list(csv.DictReader(io.StringIO(ask("control", "--format", "csv")[1])))
    assert {(row["place"], row["since"]) for row in table} == {("Exampletown", "2024-12-05"), ("Example", "")}
    status, out, err = ask("control", "--format", "geojson", "-o", "map.geojson")
    assert (status, out) == (0, "")
    assert "Example has no coordinates" in err
    (feature,) = json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]
    assert feature["geometry"]["coordinates"] == [36.5, 35.0]
    assert feature["properties"]["holder"] == "rebels (Exampleland)"
    assert ask("control", "--as-of", "2024-12-01", "--format", "table")[2] == "No document says who holds anything then.\n"


@pytest.mark.parametrize("words", [("control",), ("control", "--changes"), ("diff", "--from", "2024-12-04")], ids=" ".join)
def test_the_form_may_stand_before_the_name_of_the_command(ask, words):
    table = ask("--format", "table", *words)
    assert table == ask(*words, "--format", "table")
    assert table[1] != ask(*words, "--format", "jsonl")[1]
    assert ask("--format", "table", *words, "--format", "jsonl") == ask(*words)


def test_control_lists_changes(ask):
    (row,) = rows(ask("control", "--changes", "--since", "2024-12-05")[1])
    assert (row["before"], row["holder"], row["since"]) == ("Example Army", "rebels (Exampleland)", "2024-12-05")
    assert rows(ask("control", "--changes", "--since", "2024-12-06")[1]) == []
    assert "Example Army" in ask("control", "--changes", "--format", "table")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("control", "--since", "2024-12-05"),
        ("control", "--changes", "--on", "2024-12-05"),
        ("control", "--changes", "--format", "csv"),
        ("control", "-o", "x.txt"),
        ("diff",),
        ("diff", "--from", "yesterday"),
        ("diff", "--from", "2024-12-06", "--to", "2024-12-05"),
        ("toll", "--group", "cats"),
        ("events", "--recorded", "noon"),
        ("review", "--limit", "0"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(ask, words):
    status, out, err = ask(*words)
    assert (status, out) == (2, "")
    assert err


def test_toll_lists_series_with_their_parts_and_what_is_open(ask):
    found = rows(ask("toll", "--place", "Exampletown")[1])
    by_scope = {(row["basis"], row["group"]): row for row in found}
    total, part = by_scope["cumulative", "people"], by_scope["cumulative", "civilians"]
    assert part["within"] == total["id"]
    assert sorted((c["low"], c["stands"]) for c in total["counts"]) == [(9, True), (30, True)]
    assert {d["rule"] for d in total["derived"]} == {"lowest", "low_best_high", "range", "latest"}
    assert all(d["trace"] and d["says"] for d in total["derived"])
    assert [u["kind"] for u in total["unreconciled"]] == ["conflict"]
    assert by_scope["incident", "civilians"]["event"].startswith("e")
    table = ask("toll", "--format", "table", "--trace")[1]
    for words in (
        "running total",
        "counted within: people killed",
        "What could not be reconciled",
        "not to be added up",
        "within 30",
    ):
        assert words in table
    assert re.findall(r"\b(?:39|44|53)\b", table) == []
    assert "(UCDP GED" in table
    assert "(UCDP GED" not in ask("toll", "--format", "table")[1]
    assert ask("toll", "--side", "Nobody", "--format", "table")[2] == "Nothing of that is counted.\n"
    assert "Nothing: within each of these" in ask("toll", "--group", "civilians", "--format", "table")[1]


def test_diff_says_what_changed_and_by_which_document(ask):
    status, out, err = ask("diff", "--from", "2024-12-05", "--to", "2024-12-07")
    assert status == 0
    assert {row["kind"] for row in rows(out)} == {"new", "toll"}
    assert all(row["cause"] == "Example Daily, 2024-12-07" for row in rows(out))
    assert err.startswith("2 documents more, ")
    assert ask("-q", "diff", "--from", "2024-12-05")[2] == ""
    table = ask("diff", "--from", "2024-12-04", "--format", "table")[1]
    assert "changed hands" in table
    assert "NEW EVENTS" in ask("diff", "--from", "2024-12-04", "--format", "txt")[1]
    assert ask("diff", "--from", "2024-12-08", "--format", "table")[2].startswith("Nothing changed.")


def test_review_ranks_and_names_the_command(ask):
    found = rows(ask("review")[1])
    assert {"low-confidence", "place", "toll"} <= {row["kind"] for row in found}
    assert found[0]["weight"] == max(row["weight"] for row in found)
    table = ask("review", "--format", "table")[1]
    assert "warledger judge claim c" in table
    assert "more; --limit" in ask("review", "--limit", "1")[2]


def test_sources_lists_how_lone_claims_fared(ask):
    found = {row["name"]: row for row in rows(ask("sources")[1])}
    assert found["Example Monitor"]["alone"] == found["Example Monitor"]["open"] == 1
    assert "told by others" in ask("sources", "--format", "table")[1]


def test_recorded_leaves_out_what_was_added_since(ask):
    for command in ("events", "claims", "control", "toll", "review", "sources", "timeline"):
        assert ask(command, "--recorded", "2020-01-01T12:00")[1] == ""
        assert ask(command, "--recorded", "2020-01-01")[1] == ""
    assert rows(ask("events", "--recorded", "2999-01-01")[1]) == rows(ask("events")[1])


def test_show_and_why_name_related_events(ask):
    total = next(row for row in rows(ask("events", "--type", "toll")[1]) if row.get("related"))
    kind, other = total["related"][0]["kind"], total["related"][0]["event"]
    assert kind == "covers"
    for command in ("show", "why"):
        assert other[:7] in ask(command, total["id"], "--format", "table")[1].partition("Related events")[2]


def test_every_column_of_the_csv_of_control_is_documented():
    from warledger.export.control import CONTROL_COLUMNS

    page = (Path(__file__).parents[2] / "docs" / "how-to" / "who-held-what.md").read_text("utf-8")
    table = "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    assert re.findall(r"`(\w+)`", table) == list(CONTROL_COLUMNS)


@pytest.mark.parametrize(
    "name",
    "events claims show why held control toll sources brief timeline export review".split(),
)
def test_every_question_can_be_asked_of_an_earlier_state(name):
    from warledger.cli.main import cli

    command = cli.get_command(None, name)
    assert {"--as-of", "--recorded"} <= {option for p in command.params for option in p.opts}
