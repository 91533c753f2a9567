"""Comparing a ledger with tables of other people's events."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from broken import table
from hypothesis import given
from hypothesis import strategies as st
from made_events import ARMY, CIVILIANS, HAMA, IS, REBELS, RUSSIA, SYRIA, Happening, view_of

from warledger.core import EventPlace
from warledger.errors import InputError
from warledger.export import export
from warledger.export.acled import COLUMNS as ACLED
from warledger.export.comparison import compare, read_reference
from warledger.export.comparison.reference import cameo_types, gdelt_event
from warledger.ontology.tables import rows as table_rows

HOMS = EventPlace("homs", "Homs", "city", "SY", 34.7324, 36.7137, "exact")
TWELVE = (("killed", "people", 12, 12, "twelve people"),)
VIEW = view_of(
    Happening("clash", (REBELS,), (ARMY,), figures=TWELVE),
    Happening(
        "airstrike", (RUSSIA,), (CIVILIANS,), place=HOMS, when="2024-12-06", figures=(("killed", "people", 3, 5, "3 to 5"),)
    ),
    Happening("seize", (IS,), (ARMY,), place=HOMS, when="2024-12-07"),
    Happening("control", (REBELS,)),
    Happening("clash", (REBELS,), (ARMY,), when="2024-12-01/2024-12-03"),
)


@pytest.fixture
def reference(tmp_path):
    def write(text):
        path = tmp_path / "table"
        path.write_text(text, "utf-8", newline="")
        return read_reference(path)

    return write


def exported(form, view=VIEW):
    out = io.StringIO(newline="")
    export(view, form, out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["acled", "ucdp", "hxl", "hxl-ucdp"])
def test_an_export_matches_itself(form, reference):
    kind, events, faulty = reference(exported(form))
    assert faulty == []
    assert events
    found = compare(VIEW, kind, events)
    assert [(p.here.id, p.place, p.date, p.toll) for p in found.both] == [(p.there.id, True, True, True) for p in found.both]
    assert len(found.both) == len(events)
    assert found.only_here == found.only_there == ()
    assert "no-equivalent" in {s.rule for s in found.left_out}


ROW = {
    "event_id_cnty": "SYR1", "event_date": "2024-12-05", "year": "2024", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Opposition Rebels (Syria)", "assoc_actor_1": "",
    "actor2": "Military Forces of Syria (2000-2024)", "assoc_actor_2": "", "location": "Hamah", "latitude": "35.14",
    "longitude": "36.75", "geo_precision": "1", "fatalities": "9",
}  # fmt: skip


def paired(reference, **change):
    """The pairing of a row with the first event of the view, or None."""
    kind, events, _ = reference(table([dict.fromkeys(ACLED, "") | ROW | change], ACLED))
    found = compare(view_of(Happening("clash", (REBELS,), (ARMY,), figures=TWELVE)), kind, events)
    assert len(found.both) + len(found.only_here) == len(found.both) + len(found.only_there) == 1
    return found.both[0] if found.both else None


def test_a_row_beside_an_event(reference):
    pairing = paired(reference)
    assert (pairing.place, pairing.date, pairing.toll, pairing.days) == (True, True, False, 0)
    assert pairing.km == pytest.approx(1.1, abs=0.2)


@pytest.mark.parametrize(
    ("change", "place", "day"),
    [
        ({"event_date": "2024-12-06"}, True, False),
        ({"latitude": "35.28"}, False, True),
        ({"event_date": "2024-12-08", "time_precision": "2"}, True, True),
        ({"sub_event_type": "Non-state actor overtakes territory"}, True, True),
        ({"actor1": "QSD: Syrian Democratic Forces"}, True, True),
    ],
)
def test_what_is_still_the_same_event(change, place, day, reference):
    pairing = paired(reference, **change)
    assert pairing is not None
    assert (pairing.place, pairing.date) == (place, day)


@pytest.mark.parametrize(
    "change",
    [
        {"event_date": "2024-12-08"},
        {"latitude": "35.6"},
        {"event_type": "Protests", "sub_event_type": "Peaceful protest"},
        {"latitude": "35.28", "event_date": "2024-12-07", "actor1": "IS", "actor2": "QSD"},
    ],
)
def test_what_is_another_event(change, reference):
    assert paired(reference, **change) is None


def test_each_event_has_one_partner_and_the_best_one(reference):
    near = dict.fromkeys(ACLED, "") | ROW
    far = near | {"event_id_cnty": "SYR2", "event_date": "2024-12-06"}
    kind, events, _ = reference(table([far, near], ACLED))
    view = view_of(Happening("clash", (REBELS,), (ARMY,)))
    for order in (events, events[::-1]):
        found = compare(view, kind, order)
        assert [p.there.id for p in found.both] == ["SYR1"]
        assert [e.id for e in found.only_there] == ["SYR2"]


def gdelt(**change):
    cells = [""] * 61
    for index, value in {
        0: "900", 1: "20241205", 6: "REBEL", 16: "SYRIAN ARMY", 26: "193", 28: "19", 51: "4", 52: "Hama, Syria", 56: "35.13",
        57: "36.75",
    }.items():  # fmt: skip
        cells[index] = value
    for index, value in change.items():
        cells[int(index.removeprefix("c"))] = value
    return "\t".join(cells)


class TestGdelt:
    def test_a_row_is_paired_by_place_time_and_type(self, reference):
        kind, events, faulty = reference("\n".join([gdelt(), gdelt(c0="901", c26="010"), gdelt(c0="902", c56="")]) + "\n")
        assert (kind, faulty) == ("gdelt", [3])
        found = compare(VIEW, kind, events)
        assert [(p.there.id, p.toll) for p in found.both] == [("900", None)]
        assert [e.id for e in found.only_there] == ["901"]
        assert len(found.only_here) == 4

    @pytest.mark.parametrize(
        ("code", "wanted"),
        [("195", "airstrike"), ("1951", "airstrike"), ("0871", "agree"), ("1411", "protest"), ("173", "arrest")],
    )
    def test_the_finest_code_that_is_known_counts(self, code, wanted):
        assert wanted in gdelt_event(gdelt(c26=code).split("\t"), 1).types

    def test_a_country_is_far_reaching(self):
        assert gdelt_event(gdelt(c51="1").split("\t"), 1).reach_km == 500

    def test_what_the_ledger_cannot_place_or_date_is_left_out(self):
        view = view_of(
            Happening("clash", (REBELS,), (ARMY,), when=""), Happening("clash", (REBELS,), (ARMY,), place=None),
            Happening("clash", (REBELS,), (ARMY,), place=SYRIA),
        )  # fmt: skip
        found = compare(view, "gdelt", [])
        assert [s.rule for s in found.left_out] == ["no-date", "no-place"]
        assert len(found.only_here) == 1

    def test_codes_mean_types_of_the_guide(self):
        from warledger.core.vocabulary import CLAIM_TYPES

        assert all(types <= set(CLAIM_TYPES) for types in cameo_types().values())
        assert all(row["reason"] for row in table_rows("cameo.csv"))


class TestFiles:
    def test_rows_that_are_no_event_are_counted(self, reference):
        good = dict.fromkeys(ACLED, "") | ROW
        text = table([good, good | {"event_date": "soon"}, good | {"latitude": "nan"}, good | {"fatalities": "many"}], ACLED)
        kind, events, faulty = reference(text + "SYR9,2024\n")
        assert (kind, len(events), faulty) == ("acled", 1, [3, 4, 5, 6])

    @pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00"])
    def test_a_file_of_another_kind(self, text, reference):
        with pytest.raises(InputError, match="neither"):
            reference(text)

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_reference(tmp_path / "none")

    @given(st.text(max_size=60))
    def test_a_cell_of_any_text(self, text):
        row = dict.fromkeys(ACLED, text) | {"event_date": "2024-12-05"}
        from warledger.export.comparison.reference import acled_event

        try:
            assert acled_event(row, 1).first == date(2024, 12, 5)
        except ValueError:
            assert text not in ("1", "2")


def test_a_long_event_is_found_by_any_of_its_days(reference):
    view = view_of(Happening("clash", (REBELS,), (ARMY,), when="2024-10", figures=TWELVE))
    kind, events, _ = reference(exported("ucdp", view))
    (one,) = events
    later = replace(one, first=date(2024, 10, 20), last=date(2024, 10, 20))
    found = compare(view, kind, [later])
    assert found.both[0].days == 0


def test_the_command(tmp_path, monkeypatch, capsys):
    from warledger import Ledger
    from warledger.cli.main import main

    monkeypatch.chdir(tmp_path)
    Ledger.open("warledger.db").close()
    monkeypatch.setattr(Ledger, "view", lambda *_, **__: VIEW)
    lines = exported("acled").splitlines(keepends=True)
    (tmp_path / "a.csv").write_text("".join(lines[:3]) + "broken\r\n", "utf-8", newline="")
    assert main(["compare", "a.csv", "--format", "jsonl"]) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["where"] for row in rows] == ["both", "both", "only here", "only here", "only here", "only here"]
    assert rows[0]["agree"] == {"place": True, "date": True, "toll": True}
    assert "1 lines of a.csv are no event, the first is line 4" in err
    assert "acled: 2 in both, 4 only here, 0 only there" in err
    assert main(["compare", "a.csv", "--until", "2024-12-01", "--format", "table", "-q"]) == 0
    assert "only there" not in capsys.readouterr().out
    assert HAMA.name == "Hama"
