"""The two reports that the project began from, read as a user would read them: what a careful reader takes from them is there.

They lie beside the project, not in it; where they are absent the tests are skipped. Nothing in the project knows them.
"""

from datetime import date
from pathlib import Path

import pytest

from warledger import Ledger

REPORTS = Path(__file__).parents[1].parent / "shared" / "reports"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not (REPORTS / "000.txt").exists(), reason="the two reports are not here"),
]
REBELS = ("rebels (Syria)", "Hayat Tahrir al-Sham", "Military Operations Administration")
ARMY = ("Syrian Armed Forces", "Government of Syria")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("two") / "two.db") as opened:
        opened.add([str(REPORTS / "000.txt"), str(REPORTS / "004.txt")], jobs=1)
        yield opened


def seizures(ledger, place, **more):
    found = ledger.events(place=place, type="seize", **more)
    there = [e for e in found if e.type == "seize" and e.place is not None and e.place.name == place]
    return [e for e in there if e.frame == "news" and set(e.initiator) & set(REBELS)]


def test_the_city_was_seized_once_on_one_day(ledger):
    dated = [e for e in seizures(ledger, "Hama") if e.when is not None]
    assert [str(e.when) for e in dated] == ["2024-12-05"]
    assert len(dated[0].documents) == 2


def test_it_is_confirmed_because_the_losing_side_admits_it(ledger):
    event = next(e for e in seizures(ledger, "Hama") if e.when is not None)
    assert event.grade.name == "confirmed"
    assert any(origin.name in ARMY for origin in event.origins)
    assert len(event.origins) >= 3


def test_who_held_the_city_before_and_after(ledger):
    spells = [s for s in ledger.view().spells if s.place.name == "Hama" and s.layer == "control"]
    assert {s.holder for s in spells if s.until is not None and str(s.until) == "2024-12-05"} <= set(ARMY)
    after = [s for s in spells if s.since is not None and str(s.since) == "2024-12-05"]
    assert len(after) == 1
    assert after[0].holder in REBELS
    assert after[0].claims


def test_aleppo_fell_in_the_week_before(ledger):
    spells = [s for s in ledger.view().spells if s.place.name == "Aleppo" and s.until is None]
    assert [(s.holder in REBELS, str(s.since)) for s in spells] == [(True, "2024-11-25/2024-12-01")]


def test_the_prison_is_one_event(ledger):
    assert len(ledger.events(type="release")) == 1


def test_counts_of_different_scope_stay_apart(ledger):
    counts = {(f.low, f.group) for e in ledger.events(type="toll") for f in e.figures}
    assert {(720, "people"), (111, "civilians")} <= counts or {(721, "people"), (111, "civilians")} <= counts
    assert any(low is not None and low >= 500_000 for low, _ in counts)
    assert not counts & {(831, "people"), (832, "people"), (831, "civilians")}


def test_the_part_is_nested_in_its_whole(ledger):
    event = next(e for e in ledger.events(type="toll") if any(f.low == 111 for f in e.figures))
    part = next(f for f in event.figures if f.low == 111)
    assert part.nested_in is not None
    assert event.figures[part.nested_in].low in (720, 721)


def test_the_day_before_knows_nothing_of_the_toll(ledger):
    then = ledger.events(as_of=date(2024, 12, 5))
    assert then
    assert not [f for e in then for f in e.figures if f.low in (111, 720, 721)]


def test_everything_verifies(ledger):
    assert list(ledger.verify()) == []
