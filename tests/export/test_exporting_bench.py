"""The measure of exports makes a ledger that can be exported, with what is derived already in it."""

from __future__ import annotations

import gc
import importlib.util
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from warledger import Ledger

BENCH = Path(__file__).parents[2] / "bench" / "exporting.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("exporting", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_ledger_that_is_measured_has_its_events_and_spells(bench, tmp_path, monkeypatch):
    bench.make(tmp_path / "a.db", 25)
    monkeypatch.setattr("warledger.ledger.state.work_out", None)  # nothing is left to be worked out
    with Ledger.open(tmp_path / "a.db") as ledger:
        for form, count in (("jsonl", 25), ("jsonl-claims", 50), ("jsonl-spells", 5)):
            out = io.StringIO()
            assert ledger.export(form, out) == []
            assert len([json.loads(line) for line in out.getvalue().splitlines()]) == count


def test_what_is_measured_are_all_formats(bench):
    from warledger.export import FILE_FORMATS, FORMATS

    assert set(bench.FORMATS) == {*FORMATS, *FILE_FORMATS}


@pytest.fixture(scope="module")
def ledgers(bench, tmp_path_factory):
    """A ledger, and one with five times as many events on the same days."""
    folder = tmp_path_factory.mktemp("ledgers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench, "DAYS", 8)
        for events in (400, 2000):
            bench.make(folder / f"{events}.db", events)
    return folder / "400.db", folder / "2000.db"


@pytest.mark.parametrize("form", ["jsonl", "jsonl-spells", "acled", "records", "package"])
def test_memory_does_not_grow_with_the_ledger(form, ledgers, tmp_path, monkeypatch):
    """Little is held of each event, document, spell or entry of the list of what was left out."""
    for what, few in (
        ("ledger.streaming.PART", 16), ("ledger.streaming.PAGE", 16), ("ledger.streaming.MOST_DOCUMENTS", 32),
        ("export.leftout.HELD", 32), ("export.spooling.HELD", 32),
    ):  # fmt: skip
        monkeypatch.setattr(f"warledger.{what}", few)
    peaks = []
    for number, path in enumerate((ledgers[0], *ledgers)):  # the first time modules and tables of codes are loaded
        with Ledger.open(path) as ledger:
            gc.collect()
            tracemalloc.start()
            ledger.export(form, tmp_path / str(number))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[2] - peaks[1] < 1600 * 300, peaks
