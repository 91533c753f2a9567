"""What a user says of sources: one owner is one origin, a side's word is one side's word, and who is still unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from marwa import SEIZE, TAKEN, Report, write

from warledger.cli.main import main
from warledger.config import load
from warledger.core import Event, Source
from warledger.errors import ConfigError, InputError
from warledger.ledger import Ledger

NO_VOICE = {key: value for key, value in SEIZE.items() if key != "voice"}
OTHER = "In the evening it was plain that rebels had entered Marwa, and lorries left the town by the road to the coast."
REPORTS = (
    Report("1", "Hill Wire", "2031-03-04", TAKEN.replace("a rebel commander", "somebody"), (NO_VOICE,)),
    Report("2", "valley.example", "2031-03-05", OTHER, (NO_VOICE | {"trigger": "entered"},)),
)
ONE_OWNER = """
[[source]]
name = "Hill Wire"
owner = "Ridge Media"
kind = "newspaper"

[[source]]
name = "The Valley Voice"
addresses = ["valley.example"]
owner = "Ridge Media"
kind = "broadcaster"
"""
ONE_SIDE = """
[[source]]
name = "Hill Wire"
side = "Government of Syria"
[[source]]
name = "Valley"
aliases = ["valley.example"]
side = "Government of Syria"
owner = "Government of Syria"
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    docs, records = write(tmp_path, REPORTS)
    with Ledger.open(tmp_path / "w.db") as opened:
        opened.add(docs, records=records)
        yield opened


def only(ledger: Ledger) -> Event:
    (event,) = ledger.events()
    return event


def test_two_outlets_of_one_owner_are_one_origin(ledger: Ledger, tmp_path: Path) -> None:
    assert (only(ledger).grade.name, len(only(ledger).origins)) == ("corroborated", 2)
    (tmp_path / "own.toml").write_text(ONE_OWNER, "utf-8")
    assert ledger.sources_add("own.toml") == (2, 2)
    assert ledger.sources_add("own.toml") == (2, 0)
    (origin,) = only(ledger).origins
    assert (origin.name, origin.interested, only(ledger).grade.name) == ("Ridge Media", False, "reported")
    assert list(ledger.verify()) == []


def test_the_word_of_a_side_is_claimed(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(ONE_SIDE, "utf-8")
    ledger.sources_add("own.toml")
    assert all(origin.interested for origin in only(ledger).origins)
    assert only(ledger).grade.name != "corroborated"


@pytest.mark.parametrize(
    ("hosts", "owner"),
    [
        (("www.bbc.co.uk", "news.bbc.co.uk"), "British Broadcasting Corporation"),
        (("hill.example", "hill.example"), "Ridge Media"),
        (("www.bbc.co.uk", "www.reuters.com"), "News - Middle East"),
        (("www.bbc.co.uk", "other.example"), "News - Middle East"),
        (("", ""), "News - Middle East"),
    ],
)
def test_a_name_that_nobody_knows_is_told_by_its_addresses(tmp_path: Path, hosts: tuple[str, str], owner: str) -> None:
    """As feeds have it: their title is no outlet's name, their items lie at its address."""
    docs, records = write(tmp_path, REPORTS[:1])
    for number, host in enumerate(hosts):
        url = f"url: https://{host}/{number}\n" if host else ""
        text = f"date: 2031-03-05\nsource: News - Middle East\n{url}\nIn report {number} nothing fell on Marwa but rain."
        (docs / f"n{number}.txt").write_text(text, "utf-8")
    with Ledger.open("w.db") as ledger:
        ledger.source_add(Source("Hill Wire", "Ridge Media", "newspaper", addresses=("hill.example",)))
        ledger.add(docs, records=records)
        source = ledger.view().sources["News - Middle East"]
        assert (source.owner or source.name) == owner
        assert source.is_known is (owner != "News - Middle East")


def test_unknown_publishers_are_listed_until_something_is_known(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["sources", "--unknown", "--ledger", "w.db"]
    assert main([*asked, "--format", "jsonl"]) == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == ["Hill Wire", "valley.example"]
    assert main([*asked, "--format", "toml"]) == 0
    blank = capsys.readouterr().out
    assert main(["sources", "add", "w.toml", "--ledger", "w.db"]) == 2
    (tmp_path / "w.toml").write_text(blank, "utf-8")
    assert main(["sources", "add", "w.toml", "--ledger", "w.db"]) == 0
    assert "2 sources read; of 2 of them" in capsys.readouterr().err
    assert [row.known for row in ledger.source_health()] == [False, False]
    (tmp_path / "w.toml").write_text(blank.replace('owner = ""', 'owner = "Ridge"', 1), "utf-8")
    assert main(["sources", "add", "w.toml", "--ledger", "w.db", "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert [row.known for row in ledger.source_health()] == [True, False]
    (tmp_path / "w.toml").write_text("[[source]]\nkind = 'x'\n", "utf-8")
    assert main(["sources", "add", "w.toml", "--ledger", "w.db"]) == 3
    assert "line 2, kind" in capsys.readouterr().err


def test_what_is_known_is_printed_as_a_file(ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import tomllib

    assert main(["sources", "--format", "toml", "--ledger", "nowhere.db"]) == 0
    packaged = tomllib.loads(capsys.readouterr().out)["source"]
    assert not (tmp_path / "nowhere.db").exists()
    ledger.source_add(Source("Hill Wire", "Ridge Media", "newspaper", country="SY", addresses=("hill.example",)))
    assert main(["sources", "--format", "toml", "--ledger", "w.db"]) == 0
    first, *rest = tomllib.loads(capsys.readouterr().out)["source"]
    assert first == {
        "name": "Hill Wire", "addresses": ["hill.example"], "owner": "Ridge Media", "kind": "newspaper", "country": "SY",
    }  # fmt: skip
    assert rest == packaged


def test_as_it_was_recorded_before_nothing_was_known(ledger: Ledger, tmp_path: Path) -> None:
    (run, *_) = ledger.store.log.runs()
    (tmp_path / "own.toml").write_text(ONE_OWNER, "utf-8")
    ledger.sources_add("own.toml")
    assert ledger.view().sources["Hill Wire"].owner == "Ridge Media"
    before = datetime.fromisoformat(run.began_at)
    assert "Hill Wire" not in {s.name for s in ledger.sources_known(recorded=before)}
    assert "Hill Wire" in {s.name for s in ledger.sources_known()}


def test_the_file_of_the_settings_is_taken_in_by_add(tmp_path: Path) -> None:
    docs, records = write(tmp_path, REPORTS)
    (tmp_path / "sources.toml").write_text(ONE_OWNER, "utf-8")
    with Ledger.open(tmp_path / "s.db") as ledger:
        ledger.add(docs, records=records)
        assert len(only(ledger).origins) == 1
        (tmp_path / "sources.toml").write_text("[[source]]\nname = 5\n", "utf-8")
        with pytest.raises(InputError, match="line 2, name"):
            ledger.add(docs, records=records)
    settings = replace(load({"ledger": "t.db"}).settings, sources=Path("mine.toml"))
    with Ledger.open(settings=settings) as ledger, pytest.raises(ConfigError, match=r"mine\.toml"):
        ledger.add(docs, records=records)


def test_it_is_said_that_a_source_fell_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    daily = [
        Report(f"d{n}", "Hill Wire", f"2031-03-{n:02}", f"On day {n} of the month nothing fell on Marwa.") for n in range(1, 25)
    ]
    docs, records = write(tmp_path, [*daily, Report("x", "Valley", "2031-04-20", "A month later it was quiet in Marwa.")])
    with Ledger.open("w.db") as ledger:
        ledger.add(docs, records=records)
    assert main(["sources", "--ledger", "w.db"]) == 0
    assert "Hill Wire (silent)." in capsys.readouterr().err
    assert main(["sources", "--health", "--ledger", "w.db", "--format", "jsonl"]) == 0
    (silent, other) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (silent["name"], silent["last"], silent["per_day"], silent["warning"]) == ("Hill Wire", "2031-03-24", 0.0, "silent")
    assert "warning" not in other
