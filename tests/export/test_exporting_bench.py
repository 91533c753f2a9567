"""The measure of exports makes a ledger that can be exported, with what is derived already in it."""

from __future__ import annotations

import importlib.util
import io
import json
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
