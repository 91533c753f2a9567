"""What a ledger of a small battle answers: who held what, what was known when, tolls, changes, doubts; what always holds."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marwa import WEEK, Report, killed, write

from warledger import Ledger
from warledger.brief import render, render_difference
from warledger.core import View
from warledger.errors import NotFoundError, UsageError
from warledger.reconcile.tolls_rules import derive, unreconciled

DAYS = [date(2031, 3, day) for day in range(3, 10)]
TODAY = DAYS[-1]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The whole week, read only."""
    folder = tmp_path_factory.mktemp("week")
    docs, records = write(folder, WEEK)
    with Ledger.open(folder / "war.db") as ledger:
        summary = ledger.add(docs, records=records)
        assert (summary.new, summary.skipped, summary.copies, summary.revisions) == (8, (), 1, 1)
        yield ledger


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the week that a test may write to."""
    docs, records = write(tmp_path, WEEK)
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(docs, records=records)
        yield ledger


def state(view: View) -> tuple[Any, ...]:
    return view.events, view.spells, tuple(view.documents), view.links


def dates_in(value: object) -> Iterator[str]:
    """Every document id that stands anywhere in a value."""
    if isinstance(value, str) and len(value) == 17 and value[0] == "d":
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from dates_in(getattr(value, field.name))
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from dates_in(one)


# What was known when


def test_as_of_today_is_now(week: Ledger) -> None:
    for day in (date(2031, 3, 8), TODAY, date(2040, 1, 1)):
        assert state(week.view(as_of=day)) == state(week.view())
    assert week.tolls(as_of=TODAY) == week.tolls()
    assert week.control(as_of=TODAY) == week.control()
    assert week.review(as_of=TODAY) == week.review()
    assert week.source_records(as_of=TODAY) == week.source_records()
    assert week.held("Marwa", as_of=TODAY) == week.held("Marwa")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_as_of_shows_no_document_of_a_later_day(week: Ledger, day: date) -> None:
    later = {d.id for d in week.view().documents.values() if d.published is None or d.published > day}
    view = week.view(as_of=day)
    shown = {d for thing in (view.events, view.spells, view.links, tuple(view.documents)) for d in dates_in(thing)}
    shown |= {view.claims[c].document for e in view.events for c in e.claims}
    shown |= {view.claims[c].document for s in view.spells for c in s.claims}
    shown |= {view.claims[c.claim].document for series in week.tolls(as_of=day) for c in series.counts}
    assert shown & later == set()
    assert bool(view.documents) == (day >= date(2031, 3, 4))
    for change in week.diff(DAYS[0], day).changes:
        assert set(change.documents) & later == set()


def test_what_was_contested_is_confirmed_a_day_later(week: Ledger) -> None:
    grades = [[e.grade.name for e in week.events(place="Marwa", type="seize", as_of=day)] for day in DAYS]
    assert grades[:3] == [[], ["contested"], ["confirmed"]]


def test_recorded_leaves_out_what_was_added_later(week: Ledger) -> None:
    assert week.tolls(recorded=date(2020, 1, 1)) == ()
    assert week.control(recorded=datetime(2020, 1, 1)) == ()  # noqa: DTZ001 - a time without a zone is UTC
    assert week.diff(DAYS[0], TODAY, recorded=date(2020, 1, 1)).changes == ()


# Who held what


def test_a_town_changes_hands_twice(week: Ledger) -> None:
    (then,) = week.held("Marwa", on=date(2031, 3, 5))
    (now,) = week.held("marwa")
    assert [s.holder for s in then.control] == ["rebels (Syria)"]
    assert [s.holder for s in now.control] == ["Syrian Armed Forces"]
    assert (now.others, now.note, now.control[0].grade) == (2, "", "confirmed")
    changes = week.control_changes(date(2031, 3, 1))
    assert [(c.before.holder if c.before else "", c.after.holder) for c in changes] == [
        ("rebels (Syria)", "Syrian Armed Forces"), ("Syrian Armed Forces", "rebels (Syria)"),
    ]  # fmt: skip
    assert len(week.control_changes(date(2031, 3, 6))) == 1
    (before,) = week.held("Marwa", on=date(2031, 3, 9), as_of=date(2031, 3, 5))
    assert [s.holder for s in before.control] == ["rebels (Syria)"]
    assert "The last word for it is of 2031-03-" in before.note


def test_a_province_is_told_beside_its_town_and_never_as_the_town_s(week: Ledger) -> None:
    (town,) = week.held("Tell Aswad")
    assert town.control == ()
    assert town.province == "Orontes"
    assert [s.holder for s in town.province_control] == ["rebels (Syria)"]
    assert "that is not said of Tell Aswad itself" in town.note
    assert {s.place.name for s in week.control()} == {"Marwa", "Orontes"}
    (village,) = week.held("Qasr")
    assert (village.province, village.note) == ("", "No document says who holds Qasr.")
    (early,) = week.held("Marwa", on=date(2031, 3, 1))
    assert [s.holder for s in early.control] == ["Syrian Armed Forces"]
    with pytest.raises(NotFoundError, match="there is Marwa"):
        week.held("Mawra")


def test_places_of_one_name_are_told_apart(tmp_path: Path) -> None:
    def at(name: str, month: str) -> Report:
        return Report(name, f"{name} Wire", f"2031-{month}-04", f"Rebels captured {name} of Marwa on Tuesday.", (
            {"type": "seize", "trigger": "captured", "initiator": ["rebels"], "place": "Marwa", "when": f"2031-{month}-04"},
        ))  # fmt: skip

    reports = [at("North", "03"), at("South", "09")]
    docs, records = write(tmp_path, reports)
    text = records.read_text("utf-8").splitlines()
    text[1] = text[1].replace('"country": "SY", "lat": 35.1, "lon": 36.7', '"country": "IQ", "lat": 31.0, "lon": 44.0')
    records.write_text("\n".join(text) + "\n", "utf-8")
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(docs, records=records)
        found = ledger.held("Marwa")
        assert [(h.place.country, len(h.control)) for h in found] == [("IQ", 1), ("SY", 1)]
        assert ledger.held(found[0].place.key) == found[:1]


# Tolls


def test_the_tolls_of_the_week(week: Ledger) -> None:
    told = {(s.scope.place, s.scope.group): s for s in week.tolls()}
    shelling, orontes, part = told["Marwa", "civilians"], told["Orontes", "people"], told["Orontes", "civilians"]
    assert [(c.low, c.move, c.replaced_by is None) for c in shelling.counts] == [(12, "first", False), (17, "rises", True)]
    assert part.within == orontes.id
    assert {d.rule: (d.low, d.high) for d in derive(orontes)}["latest"] == (46, 46)
    numbers = {n for s in week.tolls() for d in derive(s) for n in (d.low, d.best, d.high)}
    assert numbers <= {12, 17, 46, 23, 5, 9, None}
    (open_,) = unreconciled(week.tolls())
    assert (open_.kind, open_.series) == ("conflict", (told["Tell Aswad", "people"].id,))
    early = week.tolls(as_of=date(2031, 3, 6), place="Orontes", group="people")
    assert [d.low for s in early for d in derive(s) if d.rule == "latest"] == [40]


def test_tolls_are_chosen_by_place_period_group_and_measure(week: Ledger) -> None:
    assert {s.scope.place for s in week.tolls(place="Tell Aswad")} == {"Tell Aswad"}
    assert {s.scope.place for s in week.tolls(since=date(2031, 3, 8))} == {"Tell Aswad"}
    assert {s.scope.place for s in week.tolls(until=date(2031, 3, 4))} == {"Orontes"}
    assert {s.scope.group for s in week.tolls(group="civilians")} == {"civilians"}
    assert week.tolls(side="Army") == ()
    assert week.tolls(measures=["displaced"]) == ()
    with pytest.raises(UsageError, match="group 'cats'"):
        week.tolls(group="cats")
    with pytest.raises(UsageError, match="measure 'eaten'"):
        week.tolls(measures=["eaten"])


# What changed


def test_the_difference_says_what_changed_and_why(week: Ledger) -> None:
    found = week.diff(date(2031, 3, 4), date(2031, 3, 7))
    names = {d.id: d.name.removesuffix(".txt") for d in week.view().documents.values()}
    told = {(c.kind, c.place.name if c.place else ""): c for c in found.changes}
    assert sorted(names[d] for d in found.documents) == ["4-admitted", "5-toll", "6-back", "7-toll-corrected"]
    confirmed = told["confirmed", "Marwa"]
    assert (confirmed.before, confirmed.after) == ("contested", "confirmed")
    assert [names[d] for d in confirmed.documents] == ["4-admitted"]
    assert confirmed.cause == "South Wire, 2031-03-05"
    hands = told["hands", "Marwa"]
    assert (hands.before, hands.after, hands.cause) == ("rebels (Syria)", "Syrian Armed Forces", "North Wire, 2031-03-07")
    assert {c.kind for c in found.changes} == {"hands", "confirmed", "toll", "new"}
    (toll,) = (c for c in week.diff(date(2031, 3, 6), date(2031, 3, 7)).of("toll") if " people" in c.what)
    assert (toll.before, toll.after, toll.cause) == ("40", "46", "Orontes Monitor, 2031-03-07")
    (raised,) = week.diff(date(2031, 3, 5), date(2031, 3, 6)).of("toll")[:1]
    assert (raised.before, raised.after, raised.place.name if raised.place else "") == ("12 or more", "17", "Marwa")
    text = render_difference(found)
    for heading in ("CHANGED HANDS", "NEWLY CONFIRMED", "NEW OR REVISED TOLLS", "NEW EVENTS"):
        assert heading in text


def test_a_town_that_changed_hands_twice_in_between_is_told_twice(week: Ledger) -> None:
    changes = week.diff(date(2031, 3, 3), date(2031, 3, 8)).of("hands")
    assert sorted((c.before, c.after) for c in changes) == [
        ("Syrian Armed Forces", "rebels (Syria)"), ("rebels (Syria)", "Syrian Armed Forces"),
    ]  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_state_differs_in_nothing_from_itself_and_causes_are_new(week: Ledger, day: date) -> None:
    assert week.diff(day, day).changes == ()
    before, after = week.view(as_of=day), week.view()
    for change in week.diff(day).changes:
        assert set(change.claims) <= after.claims.keys() - before.claims.keys()
        assert set(change.documents) <= after.documents.keys() - before.documents.keys()
        assert change.cause
    with pytest.raises(UsageError, match="before the first"):
        week.diff(day, day - timedelta(days=1))


def test_a_judgement_is_a_cause_without_a_document(own: Ledger) -> None:
    from warledger.brief import difference

    before = own.view()
    (event,) = own.events(place="Qasr")
    own.judge("claim", [event.claims[0]], {"reject": "yes"})
    found = difference(before, own.view())
    assert [c.kind for c in found.changes] == ["gone"]
    assert "a judgement" in found.changes[0].cause
    back = difference(own.view(), before)
    assert [(c.kind, c.cause) for c in back.changes] == [("new", "another reading of documents that were there")]


def test_a_briefing_since_a_day_opens_with_what_changed(week: Ledger) -> None:
    briefing = week.brief(since=date(2031, 3, 6))
    assert briefing.sections[0].key == "difference"
    words = " ".join(item.text for item in briefing.sections[0].items)
    assert "Marwa came into the hands of Syrian government forces on 7 March 2031 (was: Syrian rebels)." in words
    assert all(item.references for item in briefing.sections[0].items)
    for form in ("md", "html", "txt"):
        assert "changed hands" in render(briefing, form).lower()
    assert "Marwa" not in " ".join(i.text for i in week.brief(since=date(2031, 3, 8), place="Tell Aswad").sections[0].items)
    assert week.brief(since=date(2031, 3, 4)).sections[0].key != "difference"
    assert week.brief().sections[0].key != "difference"
    assert week.brief(since=TODAY).sections[0].key != "difference"


# Doubt


def test_review_ranks_by_doubt_and_consequence(week: Ledger) -> None:
    found = week.review()
    assert [d.weight for d in found] == sorted((d.weight for d in found), reverse=True)
    assert {d.kind for d in found} >= {"toll", "place"}
    (contested,) = (d for d in week.review(as_of=date(2031, 3, 4)) if d.kind == "contested")
    assert "Denied" in contested.reason
    assert week.review(as_of=date(2031, 3, 4))[0] == contested


def test_a_command_of_review_can_be_given_and_settles_it(own: Ledger) -> None:
    (doubt,) = (d for d in own.review() if d.kind == "place")
    own.judge("claim", [doubt.claims[0]], {"reject": "yes"})
    assert "place" not in {d.kind for d in own.review()}


def test_the_record_of_a_source(week: Ledger) -> None:
    assert {r.name: r.alone for r in week.source_records(as_of=date(2031, 3, 4))} == {
        "Syrian Armed Forces": 0, "rebels (Syria)": 0,
    }  # fmt: skip
    lone = [r for r in week.source_records() if r.alone]
    for one in lone:
        assert one.alone == one.confirmed + one.corroborated + one.contradicted + one.retracted + one.open <= one.events


def test_a_lone_claim_is_later_confirmed_or_contradicted(tmp_path: Path) -> None:
    def told(name: str, day: str, verb: str, town: str, **more: Any) -> Report:
        claim = {
            "type": "seize",
            "trigger": verb,
            "initiator": ["rebels"],
            "target": ["army"],
            "place": town,
            "when": "2031-03-04",
        }
        return Report(name, f"{name} Wire", day, f"Of {town} it is said that rebels {verb} it on Tuesday.", (claim | more,))

    reports = [
        told("a", "2031-03-04", "captured", "Marwa", voice="rebels"),
        told("b", "2031-03-05", "overran", "Marwa", voice="army"),
        told("c", "2031-03-04", "captured", "Tell Aswad", voice="rebels"),
        told("d", "2031-03-05", "entered", "Tell Aswad", voice="army", status="denied"),
        told("e", "2031-03-04", "captured", "Qasr", voice="monitor"),
    ]
    docs, records = write(tmp_path, reports)
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(docs, records=records)
        fared = {r.name: r for r in ledger.source_records()}
    rebels, monitor = fared["rebels (Syria)"], fared["Orontes Monitor"]
    assert (rebels.alone, rebels.confirmed, rebels.contradicted, rebels.open) == (2, 1, 1, 0)
    assert (monitor.alone, monitor.open, monitor.interested) == (1, 1, False)


@pytest.mark.parametrize(("made", "fate"), [("2031-03-04", "contradicted"), ("2031-03-03", "open")])
def test_a_denial_is_contradicted_by_what_happened_unless_it_came_before(tmp_path: Path, made: str, fate: str) -> None:
    text = "Of Marwa it is said that rebels captured it on Tuesday."
    claim = {"type": "seize", "trigger": "captured", "initiator": ["rebels"], "target": ["army"], "place": "Marwa"}
    denial = claim | {"status": "denied", "voice": "army", "when": made}
    reports = [
        Report("a", "a Wire", made, text, (denial,)),
        Report("b", "b Wire", "2031-03-05", text + " So it is.", (claim | {"when": "2031-03-04", "voice": "monitor"},)),
    ]
    docs, records = write(tmp_path, reports)
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(docs, records=records)
        if len(ledger.view().events) > 1:
            ledger.judge("same", [event.id for event in ledger.view().events])
        (army,) = (r for r in ledger.source_records() if r.name == "Syrian Armed Forces")
    assert (army.alone, getattr(army, fate)) == (1, 1)


# What must always hold


def test_a_document_added_twice_changes_nothing(own: Ledger, tmp_path: Path) -> None:
    before = state(own.view())
    summary = own.add(tmp_path / "docs", records=tmp_path / "records.jsonl")
    assert (summary.new, summary.already_there, summary.revised) == (0, 8, 0)
    assert state(own.view()) == before


def test_undo_restores_and_different_keeps_apart(own: Ledger) -> None:
    before = state(own.view())
    event = max(own.view().events, key=lambda e: (len(e.documents), e.id))
    assert len(event.documents) >= 3
    first, other = event.claims[0], event.claims[-1]
    parted = own.judge("different", [first, other])
    apart = own.view()
    assert apart.event_of[first] != apart.event_of[other]
    assert len(apart.events) == len(before[0]) + 1
    own.undo(parted.id)
    assert state(own.view()) == before


def test_different_still_keeps_apart_when_more_is_added(own: Ledger, tmp_path: Path) -> None:
    event = max(own.view().events, key=lambda e: (len(e.documents), e.id))
    first, other = event.claims[0], event.claims[-1]
    own.judge("different", [first, other])
    more = Report(
        "9-again", "West Wire", "2031-03-08", "Rebels captured the city of Marwa last Tuesday, it is now agreed by all.",
        ({"type": "seize", "trigger": "captured", "initiator": ["rebels"], "target": ["army"], "place": "Marwa",
          "when": "2031-03-04"},),
    )  # fmt: skip
    docs, records = write(tmp_path / "more", [more])
    own.add(docs, records=records)
    view = own.view()
    assert view.event_of[first] != view.event_of[other]


acts = st.lists(
    st.tuples(
        st.integers(1, 9), st.sampled_from(["seize", "withdraw", "control", "besiege"]), st.sampled_from(["rebels", "army"]),
        st.sampled_from(["Marwa", "Tell Aswad"]), st.booleans(), st.integers(0, 60),
    ),
    min_size=2,
    max_size=7,
)  # fmt: skip
VERBS = {"seize": "captured", "withdraw": "left", "control": "hold", "besiege": "surround"}


def reports_of(rows: list[Any]) -> list[Report]:
    """One document an act, in words that differ."""
    out = []
    for number, (day, kind, who, town, dated, dead) in enumerate(rows):
        text = f"Report {number}: the {who} {VERBS[kind]} {town}, with {dead} dead, as of day {day}."
        claim: dict[str, Any] = {"type": kind, "trigger": VERBS[kind], "initiator": [who], "place": town}
        claim["figures"] = [killed(f"{dead} dead", dead, dead)]
        if dated:
            claim["when"] = f"2031-03-0{day}"
        out.append(Report(f"r{number}", f"Wire {number % 3}", f"2031-03-0{day}", text, (claim,)))
    return out


@given(acts, st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_war_is_order_free_idempotent_and_undone_and_its_spells_never_overlap(rows: list[Any], chance: Any) -> None:
    reports = reports_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        docs, records = write(Path(folder), reports)
        with Ledger.open(Path(folder) / "a.db") as ledger:
            ledger.add(docs, records=records)
            whole = state(ledger.view())
            check_spells(ledger.view())
            day = date(2031, 3, chance.randint(1, 9))
            check_spells(ledger.view(as_of=day))
            assert all(d.published is not None and d.published <= day for d in ledger.view(as_of=day).documents.values())
            assert state(ledger.view(as_of=date(2031, 3, 9))) == whole
            ledger.add(docs, records=records)
            assert state(ledger.view()) == whole, "a document added twice changes nothing"
            check_judgements(ledger, chance)
            assert state(ledger.view()) == whole, "undo restores"
        names = [f"r{number}.txt" for number in range(len(reports))]
        chance.shuffle(names)
        with Ledger.open(Path(folder) / "b.db") as ledger:
            for name in names:
                ledger.add(docs / name, records=records)
            found = state(ledger.view())
            assert (found[0], found[1], sorted(found[2])) == (whole[0], whole[1], sorted(whole[2]))


def check_judgements(ledger: Ledger, chance: Any) -> None:
    """What is called different is apart, what is called the same is together; both are taken back."""
    view = ledger.view()
    claims = sorted(view.claims)
    for kind in ("different", "same"):
        one, other = chance.sample(claims, 2)
        if view.claims[one].document != view.claims[other].document:
            judged = ledger.judge(kind, [one, other])
            event_of = ledger.view().event_of
            assert (event_of[one] == event_of[other]) == (kind == "same")
            ledger.undo(judged.id)


def check_spells(view: View) -> None:
    """Within a place and layer every spell ends at or before the next one begins."""
    lanes = defaultdict(list)
    for spell in view.spells:
        lanes[spell.place.key, spell.layer].append(spell)
    for spells in lanes.values():
        for one, two in pairwise(spells):
            assert one.until is not None
            assert two.since is not None
            assert (one.until.first or date.min) <= (two.since.first or two.since.last or date.max)
            assert (one.until.last or one.until.first or date.min) <= (two.since.last or two.since.first or date.max)


def test_the_side_of_a_toll_is_named_as_reports_name_it(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with Ledger.open(tmp_path / "dossier.db") as ledger:
        ledger.add(root / "examples" / "dossier", records=root / "tests" / "golden" / "dossier.records.jsonl")

        def sides(name: str) -> set[str]:
            return {series.scope.side for series in ledger.tolls(side=name)}

        army = "Syrian Armed Forces"
        assert sides(army) == sides("Syrian army") == {army}
        assert army in sides("government")
        assert sides("opposition")
        assert army not in sides("opposition")
        assert sides("Hezbollah") == set()
