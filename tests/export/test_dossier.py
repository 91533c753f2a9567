"""The whole example dossier, with records made by hand, in every format: checked, compared with itself, and led back."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from broken import formats

from warledger import Ledger
from warledger.export import FILE_FORMATS, FORMATS, event_of_row, validate
from warledger.export.acled import COLUMNS as ACLED
from warledger.export.comparison import compare, read_reference
from warledger.export.ucdp import COLUMNS as UCDP

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    sys.path.insert(0, str(GOLDEN))
    try:
        from golden_files import make
    finally:
        sys.path.remove(str(GOLDEN))
    path = tmp_path_factory.mktemp("dossier") / "dossier.db"
    make(path)
    with Ledger.open(path) as opened:
        yield opened


def table(ledger, form):
    out = io.StringIO(newline="")
    skipped = ledger.export(form, out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""))), skipped


@pytest.mark.parametrize("form", formats((*FORMATS, *FILE_FORMATS)))
def test_it_passes_the_check_without_an_error_and_nothing_is_lost_in_silence(form, ledger, tmp_path):
    if form.startswith("parquet"):
        pytest.importorskip("pyarrow")
    out = tmp_path / f"out.{form}"
    skipped = ledger.export(form, out)
    assert [fault for fault in validate(form, out) if fault.severity == "error"] == []
    assert all(one.id and one.rule and one.reason for one in skipped)


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_every_event_is_a_row_or_has_a_reason(form, ledger):
    rows, skipped = table(ledger, form)
    column = {"acled": "event_id_cnty", "ucdp": "id"}[form]
    assert rows
    assert tuple(rows[0]) == {"acled": ACLED, "ucdp": UCDP}[form]
    told = {event_of_row(row[column]) for row in rows}
    left = {one.id for one in skipped}
    for event in ledger.view().events:
        assert event.id in left or any(event.id.startswith(start) for start in told)


@pytest.mark.parametrize("form", ["acled", "ucdp", "hxl", "hxl-ucdp"])
def test_an_export_that_is_read_back_matches_itself_wholly(form, ledger, tmp_path):
    out = tmp_path / f"{form}.csv"
    ledger.export(form, out)
    kind, events, faulty = read_reference(out)
    found = compare(ledger.view(), kind, events)
    assert (kind, faulty) == (form.removeprefix("hxl-") if form != "hxl" else "acled", [])
    assert (found.only_here, found.only_there) == ((), ())
    assert len(found.both) == len(events) > 0
    for pair in found.both:
        assert (pair.here.id, pair.score, pair.km, pair.days, pair.toll) == (pair.there.id, 1.0, 0.0, 0, True)


def acled_of(ledger, place, day):
    return [
        (row["event_type"], row["sub_event_type"], row["actor1"], row["actor2"])
        for row in table(ledger, "acled")[0]
        if (row["location"], row["event_date"]) == (place, day)
    ]


def test_towns_that_changed_hands_are_coded_as_the_codebook_would(ledger):
    army, rebels = "Military Forces of Syria (2000-2024)", "Opposition Rebels (Syria)"
    (hama,) = [row for row in acled_of(ledger, "Hama", "2024-12-05") if row[0] == "Battles"]
    assert hama[1] == "Non-state actor overtakes territory"
    assert hama[3] == army
    assert acled_of(ledger, "Deir ez-Zor", "2024-12-06") == [
        ("Strategic developments", "Non-violent transfer of territory", "QSD: Syrian Democratic Forces", army)
    ]
    (lost,) = acled_of(ledger, "Maardas", "2024-11-30")
    assert lost == ("Battles", "Armed clash", rebels, army), "held for a day"
    (retaken,) = acled_of(ledger, "Maardas", "2024-12-01")
    assert retaken[:3] == ("Battles", "Government regains territory", army)


def test_what_acled_would_not_take_has_its_reason(ledger):
    _, skipped = table(ledger, "acled")
    reasons = {one.id: one for one in skipped}
    for event in ledger.events(type="toll", frame="news"):
        assert event.type != "toll" or "refused until it can be split" in reasons[event.id].reason
    assert {one.rule for one in skipped} >= {"no-equivalent", "not-happened", "denied", "background", "told-by-takeover"}


def test_deaths_of_ucdp_are_those_that_are_told(ledger):
    rows, skipped = table(ledger, "ucdp")
    idlib = next(row for row in rows if row["where_coordinates"] == "Idlib")
    assert (idlib["best"], idlib["type_of_violence"], idlib["side_b"]) == ("25", "3", "Civilians")
    assert any(one.rule == "no-deaths" and "seize" in one.reason for one in skipped)
