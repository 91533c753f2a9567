"""The example dossier as the packaged extractor reads it: what `make demo` shows holds by more than records made by hand."""

from datetime import date
from pathlib import Path

import pytest

from warledger import Ledger

DOSSIER = Path(__file__).parents[1] / "examples" / "dossier"
REBELS, ARMY, SDF = "rebels (Syria)", "Syrian Armed Forces", "Syrian Democratic Forces"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("dossier") / "dossier.db") as opened:
        opened.add(DOSSIER, jobs=1)
        yield opened


def hands(ledger, place):
    spells = [s for s in ledger.view().spells if s.place.name == place and s.layer == "control"]
    return [(s.holder, str(s.since or ""), str(s.until or "")) for s in spells]


def test_a_town_changes_hands_twice(ledger):
    assert hands(ledger, "Maardas") == [
        (REBELS, "2024-11-30", "2024-12-01"),
        (ARMY, "2024-12-01", "2024-12-03"),
        (REBELS, "2024-12-03", ""),
    ]
    (first, second, third) = hands(ledger, "Deir ez-Zor")
    assert first == (ARMY, "", "2024-12-06")
    assert second == (SDF, "2024-12-06", "2024-12-11")
    assert "Hayat Tahrir al-Sham" in third[0]
    assert third[1:] == ("2024-12-11", "")


def test_who_speaks_of_one_loss_does_not_admit_another(ledger):
    """The army says that it took Maardas back; that the rebels had held it is the wire's word."""
    grades = [(s.holder, s.grade) for s in ledger.view().spells if s.place.name == "Maardas"]
    assert grades[:2] == [(REBELS, "reported"), (ARMY, "claimed")]


def test_a_running_toll_without_a_place_is_of_no_town_and_no_strike_and_goes_on(ledger):
    (total,) = (s for s in ledger.tolls() if s.scope.group == "people" and s.counts[-1].low == 826)
    assert (total.scope.basis, total.scope.place, total.scope.cause) == ("cumulative", "", "")
    assert 320 in {count.low for count in total.counts}


def test_a_copy_and_a_correction_are_known(ledger):
    assert sorted(link.kind for link in ledger.view().links) == ["copy", "revision"]


def test_a_denial_is_overtaken_by_what_the_loser_admits(ledger):
    def grades(day):
        events = ledger.events(place="Hama", type="seize", as_of=day)
        return {e.grade.name for e in events if e.frame == "news" and e.when is not None and str(e.when) == "2024-12-05"}

    assert ledger.events(place="Hama", grade="denied", as_of=date(2024, 12, 4))
    assert grades(date(2024, 12, 5)) == {"confirmed"}


def test_a_part_of_a_toll_is_never_added_to_it(ledger):
    counts = {(count.low, s.scope.group): count for s in ledger.tolls() for count in s.counts}
    for part, whole in ((44, 320), (111, 826)):
        assert counts[part, "civilians"].part_of is not None
        assert counts[part, "civilians"].part_of[0] == whole
    assert not {(364, "people"), (937, "people"), (1466, "people")} & counts.keys()
