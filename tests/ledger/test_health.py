"""Who gives how many documents a day, and who has fallen silent, judged against its own past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from warledger.core import Document, Source, View
from warledger.ledger.health import SourceHealth, source_health

END = date(2024, 12, 5)


def view(**days_ago: Sequence[int | None]) -> View:
    """Documents of each source so many days before END; None is a document without a day."""
    documents = {
        f"{source}{n}": Document(f"{source}{n}", "Shells fell.", source, None if ago is None else END - timedelta(days=ago))
        for source, each in days_ago.items()
        for n, ago in enumerate(each)
    }
    return View(documents, {}, sources={"wire": Source("wire", kind="wire"), "blog": Source("blog")})


def of(found: tuple[SourceHealth, ...]) -> dict[str, SourceHealth]:
    return {row.name: row for row in found}


def test_documents_a_day_and_what_is_known() -> None:
    rows = of(source_health(view(wire=range(30), blog=[0, None], other=[None])))
    assert list(rows) == ["wire", "blog", "other"]
    wire = rows["wire"]
    assert (wire.documents, wire.first, wire.last) == (30, END - timedelta(days=29), END)
    assert (wire.per_day, wire.usual_per_day, wire.warning, wire.known) == (1.0, 1.0, "", True)
    assert (rows["blog"].documents, rows["blog"].known, rows["other"].last) == (2, False, None)
    assert source_health(View({}, {})) == ()


def test_a_source_that_falls_silent_or_drops_is_warned_of() -> None:
    daily = [ago for ago in range(7, 60) for _ in range(3)]
    rows = of(source_health(view(silent=daily, fewer=[*daily, 1, 2, 3, 4, 5], steady=[*daily, *list(range(7)) * 3], now=[0])))
    assert {name: row.warning for name, row in rows.items()} == {"silent": "silent", "fewer": "fewer", "steady": "", "now": ""}


def test_one_that_writes_seldom_is_measured_by_its_pauses() -> None:
    weekly = [7 * n for n in range(4, 12)]
    assert of(source_health(view(weekly=weekly, now=[0])))["weekly"].warning == "silent"
    assert of(source_health(view(weekly=weekly), END - timedelta(days=15)))["weekly"].warning == ""
    assert of(source_health(view(rare=[300, 200], now=[0])))["rare"].warning == ""


def test_the_day_to_judge_by_leaves_later_documents_out() -> None:
    row = of(source_health(view(wire=range(40)), END - timedelta(days=30)))["wire"]
    assert (row.documents, row.last, row.warning) == (10, END - timedelta(days=30), "")
    assert of(source_health(view(wire=range(40)), END + timedelta(days=30)))["wire"].warning == "silent"
