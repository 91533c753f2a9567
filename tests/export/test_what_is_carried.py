"""The table of what each format cannot carry says what the exporters do: a row of it is an event, or what is told of one."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from broken import needs_ftm
from made_events import ARMY, CIVILIANS, HAMA, HTS, REBELS, Happening, view_of

from warledger.core import EventPlace
from warledger.export import export

ROOT = Path(__file__).parents[2]
DEAD = ("killed", "people", 3, 3, "Three people died.")
NOWHERE = EventPlace("name:hill", "A hill", "natural", "SY", None, None, "")
HOMS = EventPlace("gn169577", "Homs", "city", "SY", 34.7268, 36.7234, "exact")
FORMATS = ("acled", "ucdp", "plover", "polecat", "kml", "geojson", "csv", "jsonl", pytest.param("ftm", marks=needs_ftm))
COLUMN = {"acled": 1, "ucdp": 2, "plover": 3, "polecat": 3, "kml": 4, "geojson": 5, "csv": 6, "jsonl": 7, "ftm": 8}
EVENTS = {
    "planned, possible or denied events": Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,), status="possible"),
    "attempts that failed": Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,), status="failed"),
    "events graded denied or retracted": Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,), grade="retracted"),
    "history told as background": Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,), frame="background"),
    "events without a place or coordinates": Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,), place=NOWHERE),
    "events without a date": Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,), when=""),
}
"""Row of the table → an event that is such a one and would else be written in every format."""
WORDS = {
    "injured, displaced, detained": "1717",
    "sentences": "were shelled all morning",
    "grades": "corroborated",
    "relations of events": "answered_by",
}
"""Row of the table → what stands in an export that has it."""
IN_PART = {
    "only with `--frame background`": False,
    "the same": False,
    "announced ones, where an event stands for that": False,
    "no": False,
    "claims": False,
    "claims; yes in a package": False,
    "yes": True,
    "in the notes": True,
    "one, quoted": True,
}
"""What a cell says → whether the event, or what is told of it, is in the export of events as it is by itself."""
OF_PLOVER = ("injured and arrested (PLOVER)", "one (PLOVER)")
TOLD = Happening(
    "shelling", (ARMY, REBELS), (CIVILIANS,), "The markets were shelled all morning.", grade="corroborated",
    figures=(DEAD, ("injured", "people", 1717, 1717, "1,717 were hurt.")),
    more={"related": (("answered_by", "e0123456789abcdef"),), "also_places": (HOMS,)},
)  # fmt: skip


def cell(row: str, form: str) -> str:
    text = (ROOT / "docs" / "reference" / "formats" / "README.md").read_text("utf-8")
    (line,) = re.findall(rf"^\| {re.escape(row)} \|.*$", text, re.MULTILINE)
    return line.strip("| ").split(" | ")[COLUMN[form]]


def written(form: str, *happenings: Happening) -> str:
    out = io.StringIO(newline="")
    export(view_of(*happenings), form, out)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_an_event_that_every_format_takes_is_there(form):
    assert "Hama" in written(form, Happening("airstrike", (ARMY,), (HTS,), figures=(DEAD,)))


@pytest.mark.parametrize("row", EVENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_which_events_are_written(form, row):
    place = EVENTS[row].place or HAMA
    assert (place.name in written(form, EVENTS[row])) is IN_PART[cell(row, form)]


@pytest.mark.parametrize("row", WORDS)
@pytest.mark.parametrize("form", FORMATS)
def test_what_is_told_of_an_event(form, row):
    said = cell(row, form)
    assert (WORDS[row] in written(form, TOLD)) is (form == "plover" if said in OF_PLOVER else IN_PART[said])


def test_several_places_are_told_as_the_table_says():
    assert written("acled", TOLD).count(",Homs,") == 1
    assert [form for form in ("ucdp", "plover", "polecat") if "Homs" in written(form, TOLD)] == []
    assert all("Homs" in written(form, TOLD) for form in ("kml", "geojson", "csv", "jsonl"))
    assert "34.7268" in written("geojson", TOLD)
    assert "34.7268" not in written("csv", TOLD) + written("kml", TOLD)
