"""Tolls: series by scope, revision, nesting, what is derived from them and what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import (
    Claim,
    Document,
    Event,
    EventFigure,
    EventPlace,
    Evidence,
    Figure,
    Grade,
    Record,
    Span,
    View,
    When,
    claim_id,
    content_id,
    document_id,
)
from warledger.reconcile.tolls import Series, toll_series
from warledger.reconcile.tolls_rules import RULES, bounds, derive, unreconciled

MARWA = EventPlace("marwa", "Marwa", "city", "SY", 35.1, 36.7, "exact")
ASWAD = EventPlace("aswad", "Tell Aswad", "town", "SY", 34.6, 36.95, "exact")
SINCE = When.parse("2031-03-01/..")


class Desk:
    """Collects counts into events and a view. Each count stands in a document of its own, in a sentence of its own."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.records: dict[str, Record] = {}
        self.events: list[Event] = []

    def figure(self, low: int | None, high: int | None = -1, *, by: str = "Monitor", on: str = "2031-03-05", **more: Any):
        """One count: `high` is `low` if it is not given; `how` is the sentence before it, `parts` counts told within it."""
        how, parts = more.pop("how", "were killed"), more.pop("parts", ())
        high = low if high == -1 else high
        text = f"{low} to {high} people {how}, {by} said on {on}, number {len(self.documents)}."
        document = Document(
            document_id(text, by), text, by, date.fromisoformat(on) if on else None, sentences=((0, len(text)),)
        )
        span = Span(0, len(str(low)))
        trigger = Evidence(document.id, span, span.of(text))
        ident = claim_id(document.id, "toll", span)
        made = [{"measure": "killed", "group": "people", "low": low, "high": high} | more]
        made += [{"measure": "killed", "low": n, "high": n} | {"group": group} | more for group, n in parts]
        told = [
            Figure(
                m["measure"], m["group"], m["low"], m["high"], trigger, m.get("about", False), "", m.get("basis", "incident"),
                m.get("since"),
            )
            for m in made
        ]  # fmt: skip
        claim = Claim(ident, document.id, 0, "e1", "toll", trigger, figures=tuple(told))
        self.documents[document.id] = document
        self.records[document.id] = Record(document.id, claims=(claim,))
        return [
            EventFigure(f.measure, f.group, f.low, f.high, f.about, f.basis, f.since, m.get("side", ""), by, ident, on,
                        0 if index else None)
            for index, (f, m) in enumerate(zip(told, made, strict=True))
        ]  # fmt: skip

    def event(self, *figures: list[EventFigure], at: EventPlace | None = MARWA, when: str = "", **more: Any) -> Event:
        flat: list[EventFigure] = []
        for told in figures:
            base = len(flat)
            flat += [replace(f, nested_in=f.nested_in + base) if f.nested_in is not None else f for f in told]
        claims = tuple(dict.fromkeys(f.claim for f in flat))
        made = Event(
            content_id("e", str(len(self.events))), "toll", ("toll",), at, When.parse(when) if when else None, (), (),
            more.get("status", "happened"), "news", claims, (), (), Grade(more.get("grade", "reported"), "rule"), tuple(flat),
            related=more.get("related", ()),
        )  # fmt: skip
        self.events.append(made)
        return made

    @property
    def view(self) -> View:
        return View(self.documents, self.records, events=tuple(self.events))

    @property
    def series(self) -> tuple[Series, ...]:
        return toll_series(self.view)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def values(series: Series) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {d.rule: (d.low, d.best, d.high) for d in derive(series)}


def test_a_voice_s_later_count_takes_the_place_of_its_earlier_one(desk: Desk) -> None:
    desk.event(
        desk.figure(12, on="2031-03-05"), desk.figure(17, on="2031-03-06"), desk.figure(17, on="2031-03-07"),
        desk.figure(15, on="2031-03-08"),
    )  # fmt: skip
    (series,) = desk.series
    assert [(c.low, c.move, c.replaced_by) for c in series.counts] == [
        (12, "first", 1), (17, "rises", 2), (17, "again", 3), (15, "falls", None),
    ]  # fmt: skip
    assert values(series) == {"lowest": (15, None, None), "low_best_high": (15, 15, 15), "range": (15, None, 15)}
    (fall,) = unreconciled([series])
    assert (fall.kind, "17 by Monitor" in fall.words, "then 15" in fall.words) == ("falls", True, True)


def test_a_toll_that_rises_to_a_number_overtakes_lower_counts_of_others(desk: Desk) -> None:
    desk.event(
        desk.figure(9, by="Wire"), desk.figure(14, by="Hospital", on="2031-03-06", how="died as the death toll rises to it")
    )
    desk.event(desk.figure(9, by="Wire"), desk.figure(14, by="Hospital", on="2031-03-06"))
    revised, apart = sorted(desk.series, key=lambda s: len(s.standing))
    assert [c.low for c in revised.standing] == [14]
    assert revised.counts[1].move == "rises"
    assert [c.low for c in apart.standing] == [9, 14]
    assert {u.series for u in unreconciled(desk.series)} == {(apart.id,)}


def test_counts_of_two_events_two_places_and_two_beginnings_never_meet(desk: Desk) -> None:
    desk.event(desk.figure(5))
    desk.event(desk.figure(7))
    for at in (MARWA, ASWAD, None):
        desk.event(desk.figure(300, None, basis="cumulative", since=SINCE), at=at)
    desk.event(desk.figure(4000, basis="cumulative", since=When.parse("2029")))
    desk.event(desk.figure(301, basis="cumulative", since=When.parse("2031-03-01"), by="Relief"), at=MARWA)
    found = [sorted(c.low or 0 for c in s.counts) for s in desk.series]
    assert sorted(found) == [[5], [7], [300], [300], [300, 301], [4000]]
    kinds = {u.kind for u in unreconciled(desk.series)}
    assert kinds == {"place-unknown"}


def test_a_part_is_told_within_its_whole_and_is_not_added(desk: Desk) -> None:
    desk.event(desk.figure(720, None, basis="cumulative", since=SINCE, parts=[("civilians", 111), ("children", 20)]))
    by_group = {s.scope.group: s for s in desk.series}
    assert by_group["people"].within == ""
    assert by_group["civilians"].within == by_group["people"].id
    assert by_group["children"].within == by_group["civilians"].id
    assert by_group["civilians"].counts[0].part_of == (720, None)
    assert values(by_group["people"])["latest"] == (720, None, None)
    assert values(by_group["people"])["low_best_high"] == (720, 720, 720)
    assert values(by_group["civilians"])["latest"] == (111, None, 111)
    assert desk.series[0].scope.group == "people"


def test_a_part_over_its_whole_is_said(desk: Desk) -> None:
    desk.event(desk.figure(10, by="Wire"), desk.figure(14, by="Hospital", group="civilians"))
    (found,) = unreconciled(desk.series)
    assert found.kind == "part-over-whole"
    assert "14 civilians killed are more than the people killed: 10 by Wire" in found.words


def test_casualties_contain_the_killed(desk: Desk) -> None:
    desk.event(desk.figure(40, measure="casualties"), desk.figure(6), desk.figure(2, group="children"))
    named = {(s.scope.measure, s.scope.group): s for s in desk.series}
    assert named["killed", "people"].within == named["casualties", "people"].id
    assert named["killed", "children"].within == named["killed", "people"].id


def test_sides_are_kept_apart(desk: Desk) -> None:
    desk.event(desk.figure(30, group="combatants", side="Army"), desk.figure(8, group="combatants", side="Front"))
    assert {(s.scope.side, values(s)["low_best_high"]) for s in desk.series} == {("Army", (30,) * 3), ("Front", (8,) * 3)}


def test_running_totals_may_rise_between_voices_but_not_fall(desk: Desk) -> None:
    told = {"basis": "cumulative", "since": SINCE}
    desk.event(desk.figure(100, by="Monitor", on="2031-03-04", **told), desk.figure(130, by="Relief", on="2031-03-06", **told))
    assert unreconciled(desk.series) == ()
    assert values(desk.series[0])["latest"] == (130, None, 130)
    desk.event(desk.figure(90, by="Ministry", on="2031-03-07", **told))
    (found,) = unreconciled(desk.series)
    assert found.kind == "conflict"
    assert [words in found.words for words in ("100 by Monitor", "130 by Relief", "90 by Ministry")] == [True] * 3


def test_two_counts_of_one_voice_on_one_day_are_no_conflict_of_accounts(desk: Desk) -> None:
    desk.event(desk.figure(100), desk.figure(7), desk.figure(100, by="Wire"))
    (found, other) = unreconciled(desk.series)
    assert (found.kind, other.kind) == ("conflict", "scope-unclear")
    assert "100 by Monitor" in other.words
    assert "7 by Monitor" in other.words
    assert "100 by Wire" not in other.words


def test_a_total_without_a_beginning_is_compared_with_no_other(desk: Desk) -> None:
    for number in (50, 80):
        desk.event(desk.figure(number, basis="cumulative", since=When.parse("../2031-03-01") if number > 50 else None))
    assert len(desk.series) == 2
    assert [u.kind for u in unreconciled(desk.series)] == ["no-beginning", "no-beginning"]
    desk.event(desk.figure(90, basis="cumulative"), when="2031-02")
    assert len(desk.series) == 3
    assert len(unreconciled(desk.series)) == 2


def test_best_is_what_most_voices_agree_with(desk: Desk) -> None:
    desk.event(
        desk.figure(20, by="Ministry"), desk.figure(31, 35, by="Wire"), desk.figure(33, by="Hospital"),
        desk.figure(30, about=True, by="Relief"), desk.figure(None, 60, by="Front"),
    )  # fmt: skip
    (series,) = desk.series
    assert values(series) == {"lowest": (20, None, None), "low_best_high": (20, 30, 60), "range": (20, None, 60)}
    trace = derive(series)[1].trace
    assert "best 30: about 30 by Relief, 2031-03-05; 4 of 5 voices agree with it" in trace
    assert {u.kind for u in unreconciled([series])} == {"conflict"}


def test_what_is_denied_planned_or_withdrawn_counts_nothing(desk: Desk) -> None:
    desk.event(desk.figure(5), grade="denied")
    desk.event(desk.figure(6), grade="retracted")
    desk.event(desk.figure(7), status="planned")
    desk.event(desk.figure(8, measure="displaced"))
    assert desk.series == ()
    assert len(toll_series(desk.view, measures=("displaced",))) == 1


def test_a_total_names_the_events_that_it_covers_and_its_days(desk: Desk) -> None:
    attack = desk.event(desk.figure(4), when="2031-03-03")
    desk.event(desk.figure(4, on=""), when="")
    desk.event(desk.figure(60, basis="cumulative", since=SINCE), related=(("covers", attack.id), ("denies", "e2")))
    total = next(s for s in desk.series if s.scope.basis == "cumulative")
    assert total.covers == (attack.id,)
    assert total.days == (date(2031, 3, 1), date(2031, 3, 5))
    assert sorted(str(s.days[0]) for s in desk.series) == ["2031-03-01", "2031-03-03", "None"]
    assert total.counts[0].words == "60"


def test_what_one_kind_of_attack_killed_is_a_part_and_no_total(desk: Desk) -> None:
    desk.event(desk.figure(40, basis="cumulative", since=SINCE))
    strikes = desk.event(desk.figure(19, basis="cumulative", since=SINCE))
    desk.events[-1] = replace(strikes, type="airstrike", types=("airstrike",))
    total, part = desk.series
    assert [(s.scope.cause, [c.low for c in s.counts]) for s in (total, part)] == [("", [40]), ("airstrike", [19])]
    assert (total.within, part.within) == ("", total.id)


def test_one_side_s_losses_are_a_part_of_all(desk: Desk) -> None:
    desk.event(desk.figure(132, None, group="combatants", basis="cumulative", since=SINCE))
    desk.event(desk.figure(200, group="combatants", basis="cumulative", since=SINCE, side="Army", on="2031-03-09"))
    desk.event(desk.figure(90, group="combatants", basis="cumulative", since=SINCE, on="2031-03-06"))
    whole, part = desk.series
    assert (part.scope.side, part.within) == ("Army", whole.id)
    assert {u.kind for u in unreconciled(desk.series)} == {"falls"}, "the whole has grown since it was told"
    desk.event(desk.figure(150, group="combatants", basis="cumulative", since=SINCE, on="2031-03-12"))
    assert "part-over-whole" in {u.kind for u in unreconciled(desk.series)}


def test_a_beginning_is_kept_as_exactly_as_it_was_given(desk: Desk) -> None:
    for since in ("2024", "2024/2031-03-01", "2024/..", "2024-01", "2024-01-01", "2024-01-01/2031-03"):
        desk.event(desk.figure(5000, None, basis="cumulative", since=When.parse(since)))
    assert sorted((str(s.scope.since), len(s.counts)) for s in desk.series) == [
        ("2024-01-01/..", 2), ("2024-01/..", 1), ("2024/..", 3),
    ]  # fmt: skip
    assert bounds(desk.series[0].counts[0]) == "5,000 or more"


def test_every_rule_is_stated() -> None:
    assert set(RULES) == {"lowest", "low_best_high", "range", "latest"}


numbers = st.integers(0, 400)
told_counts = st.lists(
    st.tuples(
        numbers, st.one_of(st.none(), numbers), st.sampled_from(["Monitor", "Wire", "Ministry"]), st.integers(0, 4),
        st.sampled_from(["incident", "cumulative"]), st.integers(0, 2), st.lists(numbers, max_size=2), st.booleans(),
    ),
    min_size=1,
    max_size=10,
)  # fmt: skip


def written(rows: list[Any]) -> Desk:
    """A desk with the counts, put in three events."""
    desk = Desk()
    figures: dict[int, list[list[EventFigure]]] = {}
    for low, more, by, day, basis, event, parts, about in rows:
        high = None if more is None else low + more
        inner = [
            (g, n) for g, n in zip(("civilians", "combatants"), parts, strict=False) if n <= (low if high is None else high)
        ]
        figures.setdefault(event, []).append(
            desk.figure(
                low, high, by=by, on=str(date(2031, 3, 5) + timedelta(days=day)), basis=basis, about=about, parts=inner,
                since=SINCE if basis == "cumulative" else None,
            )
        )  # fmt: skip
    for event in sorted(figures):
        desk.event(*figures[event])
    return desk


@given(told_counts)
def test_no_number_is_made_of_two_scopes(rows: list[Any]) -> None:
    """Every number derived is a bound of a count of that very series, and every figure told is in just one series."""
    desk = written(rows)
    told = sorted((f.measure, f.group, f.low or 0, f.claim) for e in desk.events for f in e.figures)
    assert sorted((s.scope.measure, s.scope.group, c.low or 0, c.claim) for s in desk.series for c in s.counts) == told
    for series in desk.series:
        own = {c.low for c in series.counts} | {c.high for c in series.counts} | {None}
        for one in derive(series):
            assert {one.low, one.best, one.high} <= own
            assert set(one.claims) <= {c.claim for c in series.counts}
            assert one.trace
            if one.low is not None and one.high is not None:
                assert one.low <= (one.best if one.best is not None else one.low) <= one.high


@given(told_counts)
def test_nested_counts_never_exceed_their_whole(rows: list[Any]) -> None:
    by_id = {s.id: s for s in written(rows).series}
    for series in by_id.values():
        for count in series.counts:
            if count.part_of is not None:
                low, high = count.part_of
                assert count.top <= (high if high is not None else low or 0)
        if series.within:
            whole = by_id[series.within]
            least, over = values(series)["lowest"][0], [c for c in whole.standing if least_over(series, c.reach[1])]
            open_ = any("part-over-whole" in u.kind and series.id in u.series for u in unreconciled(tuple(by_id.values())))
            assert open_ == (len(over) == len(whole.standing) and least is not None)


def least_over(series: Series, most: float) -> bool:
    lows = [c.low for c in series.standing if c.low is not None]
    return bool(lows) and min(lows) > most


@given(told_counts, st.randoms(use_true_random=False))
def test_series_do_not_depend_on_the_order_of_events(rows: list[Any], chance: Any) -> None:
    desk = written(rows)
    shuffled = list(desk.events)
    chance.shuffle(shuffled)
    assert toll_series(desk.view, shuffled) == desk.series
    assert unreconciled(desk.series) == unreconciled(toll_series(desk.view, shuffled))


def test_bounds_read_as_a_trace_has_them(desk: Desk) -> None:
    desk.event(desk.figure(12), desk.figure(720, None), desk.figure(None, 40), desk.figure(10, 15), desk.figure(50, about=True))
    assert sorted(bounds(c) for c in desk.series[0].counts) == ["10 to 15", "12", "720 or more", "about 50", "up to 40"]
