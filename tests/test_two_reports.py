"""The two reports that the project began from, read as a user would read them: what a careful reader takes from them is there.

They lie beside the project, not in it; where they are absent the tests are skipped. Nothing in the project knows them.
"""

import csv
import io
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


@pytest.mark.parametrize("day", ["2024-12-05", "2024-12-06"])
def test_who_held_the_city_before_and_after(ledger, day):
    """As of either day: the government until the 5th, the rebels from then, each with its evidence."""
    view = ledger.view(as_of=date.fromisoformat(day))
    before, after = (s for s in view.spells if s.place.name == "Hama" and s.layer == "control")
    assert before.holder in ARMY
    assert before.since is None
    assert str(before.until) == str(after.since) == "2024-12-05"
    assert after.holder in REBELS
    assert after.until is None
    assert before.claims
    assert after.claims


@pytest.mark.parametrize("day", ["2024-12-05", "2024-12-06"])
def test_aleppo_fell_in_the_week_before(ledger, day):
    view = ledger.view(as_of=date.fromisoformat(day))
    spells = [s for s in view.spells if s.place.name == "Aleppo" and s.until is None]
    assert [(s.holder in REBELS, str(s.since)) for s in spells] == [(True, "2024-11-25/2024-12-01")]


def test_the_prison_is_one_event(ledger):
    (event,) = ledger.events(type="release")
    assert set(event.initiator) <= set(REBELS)


def test_who_declares_victory_is_one_person(ledger):
    declared = [event.initiator for event in ledger.events(type="declare")]
    assert declared
    assert all(initiator == ("Ahmed al-Sharaa",) for initiator in declared)


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


@pytest.fixture(scope="module")
def acled(ledger):
    """The rows by the id of their event, the reasons by that of the event left out, and the faults of the file."""
    from warledger.export import event_of_row
    from warledger.export.acled import check_acled

    out = io.StringIO(newline="")
    skipped = ledger.export("acled", out)
    rows = {}
    for row in csv.DictReader(io.StringIO(out.getvalue(), newline="")):
        event = next(e.id for e in ledger.events() if e.id.startswith(event_of_row(row["event_id_cnty"])))
        rows.setdefault(event, []).append(row)
    faults = [f for f in check_acled(io.StringIO(out.getvalue(), newline="")) if f.severity == "error"]
    return rows, {one.id: one for one in skipped}, faults


class TestAsAcled:
    """What ACLED would make of it, and why not of the rest."""

    def told(self, acled, event):
        """What became of an event: the sub-events of its rows, or the rule that left it out."""
        rows, skipped, _ = acled
        return {row["sub_event_type"] for row in rows.get(event.id, ())} or {skipped[event.id].rule}

    def test_it_passes_the_check_and_every_event_is_told_of(self, ledger, acled):
        rows, skipped, faults = acled
        assert faults == []
        assert rows.keys() | skipped.keys() == {event.id for event in ledger.events()}

    def test_the_seizure_is_a_battle_in_which_territory_was_overtaken(self, ledger, acled):
        event = next(e for e in seizures(ledger, "Hama") if str(e.when) == "2024-12-05")
        (row,) = acled[0][event.id]
        assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Non-state actor overtakes territory")
        assert (row["event_date"], row["location"], row["country"]) == ("2024-12-05", "Hama", "Syria")
        assert row["inter1"] == "Rebel group"
        assert row["fatalities"] == "0"
        assert "Sources: " in row["notes"]

    def test_the_army_s_departure_is_a_movement_or_told_by_the_takeover(self, ledger, acled):
        left = [
            event
            for event in ledger.events(place="Hama", frame="news", status="happened")
            if event.type in ("withdraw", "deploy") and set(event.initiator) & set(ARMY)
        ]
        assert left
        for event in left:
            assert self.told(acled, event) <= {"Change to group/activity", "told-by-takeover", "no-date", "merged"}

    def test_the_prison_has_no_code_of_its_own(self, ledger, acled):
        for event in ledger.events(type="release", status="happened"):
            assert self.told(acled, event) <= {"Other", "no-date", "background", "merged"}

    def test_a_total_over_the_offensive_is_refused_until_it_can_be_split(self, ledger, acled):
        total = next(e for e in ledger.events(type="toll") if any(f.low in (720, 721) for f in e.figures))
        assert self.told(acled, total) == {"no-equivalent"}
        assert "refused until it can be split" in acled[1][total.id].reason
        assert all(int(row["fatalities"]) < 111 for rows in acled[0].values() for row in rows)


def test_everything_verifies(ledger):
    assert list(ledger.verify()) == []


@pytest.fixture(scope="module")
def told(ledger):
    """Every claim in names: type, doers, whom it is done to, place, day, speakers, status, and its words' number."""
    view = ledger.view()
    rows = []
    for claim in view.claims.values():
        record = view.record_of(claim)
        names = [frozenset(record.actor(i).name for i in ids) for ids in (claim.initiator, claim.target)]
        place = record.place(claim.place).name if claim.place else ""
        voices = tuple(record.actor(v.who).name for v in claim.voice)
        rows.append((claim.type, *names, place, str(claim.when or ""), voices, claim.status))
    return rows


IRAN, RUSSIA, TURKEY = "Government of Iran", "Government of Russia", "Government of Turkey"
LEADER, HOLDER, FACTION = "Ahmed al-Sharaa", "Bashar al-Assad", "Hayat Tahrir al-Sham"
SPEAKER = "Hassan Abdel Ghany"


@pytest.mark.parametrize(
    ("row", "kind", "doers", "done_to", "place", "when", "voices", "status"),
    [
        (1, "seize", {"rebels (Syria)"}, None, "Hama", "2024-12-05", (), "happened"),
        (2, "withdraw", {ARMY[0]}, None, "Hama", "2024-12-05", ("Syrian state media",), "happened"),
        (2, "withdraw", {ARMY[0]}, None, "Hama", "", (ARMY[0],), "happened"),
        (3, "clash", {ARMY[0]}, {"rebels (Syria)"}, "Hama", "2024-12-05", (ARMY[0],), "happened"),
        (4, "release", {"rebels (Syria)"}, {"prisoners (Syria)"}, "Hama", None, ("rebels (Syria)",), "happened"),
        (5, "seize", {"rebels (Syria)"}, None, "Aleppo", "2024-11-25/2024-12-01", (), "happened"),
        (10, "airstrike", {"Russian Armed Forces"}, None, "Aleppo", "2016", (), "happened"),
        (12, "declare", {LEADER}, None, "Hama", "2024-12-06", (), "happened"),
        (14, "accuse", {"United Nations"}, None, None, "2024-12-02/2024-12-06", (), "happened"),
        (15, "threaten", {HOLDER}, {"rebels (Syria)"}, None, None, (), "happened"),
        (15, "accuse", {HOLDER}, {"Western powers"}, None, None, (), "happened"),
        (15, "support", {RUSSIA, IRAN}, {HOLDER}, None, None, (), "happened"),
        (16, "airstrike", {"Russian Armed Forces"}, {"rebels (Syria)"}, None, "2024-11-30/2024-12-06", (), "happened"),
        (17, "deploy", {IRAN}, None, "Syria", None, (IRAN,), "planned"),
        (18, "reject", {TURKEY}, None, None, None, (), "happened"),
        (18, "demand", {TURKEY}, {HOLDER}, None, None, (), "happened"),
        (19, "control", {"Syrian Democratic Forces"}, None, "Aleppo", None, (), "happened"),
        (21, "control", {FACTION}, None, "Aleppo", None, (), "happened"),
        (22, "sanction", {"United Nations", TURKEY}, {FACTION}, None, None, (), "happened"),
        (22, "found", {FACTION}, None, None, "2016", (), "happened"),
        (23, "seize", set(), None, "Hama", "2024-12-05", (SPEAKER,), "happened"),
    ],
)
def test_what_a_careful_reader_takes_from_them_is_told(told, row, kind, doers, done_to, place, when, voices, status):
    """A row of FACTS.md: doers and done-to are among those named; None: whatever it is."""
    assert any(
        (type_, said, stands) == (kind, voices, status)
        and doers <= by
        and (done_to is None or done_to == on)
        and place in (None, at)
        and when in (None, day)
        for type_, by, on, at, day, said, stands in told
    ), f"row {row} of FACTS.md: {[one for one in told if one[0] == kind]}"


def test_nobody_is_displaced_by_a_town_that_is_handed_back(told):
    assert all(place != "Hama" for kind, _, _, place, *_ in told if kind in ("displace", "deploy"))


def test_the_displaced_run_up_from_the_day_that_the_fighting_began(ledger):
    fled = next(c for c in ledger.claims(type="displace") if c.figures)
    (figure,) = fled.figures
    assert (figure.measure, figure.low, figure.basis) == ("displaced", 20_000, "cumulative")
    assert str((figure.since or fled.when).first) == "2024-11-27"
