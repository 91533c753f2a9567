"""Working out only what is new comes to the same as working out all, whatever was added, judged and asked before."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warledger.core import View
from warledger.ledger import Ledger
from warledger.ledger.state import Derived, derive, read_state
from warledger.reconcile.drafting import Drafter
from warledger.reconcile.reading import Reader

ACTORS = {
    "rebels": ("rebels (Syria)", "rebel_group"), "front": ("Northern Front", "rebel_group"),
    "army": ("Syrian Armed Forces", "state_forces"), "omar": ("Ali Omar", "spokesperson"),
    "monitor": ("Orontes Monitor", "monitor"), "people": ("civilians (Syria)", "civilians"),
}  # fmt: skip
PLACES: dict[str, dict[str, Any]] = {
    "Marwa": {"kind": "city", "lat": 35.10, "lon": 36.70}, "Marwah": {"kind": "city", "lat": 35.11, "lon": 36.71},
    "Tell Aswad": {"kind": "town", "lat": 34.60, "lon": 36.95}, "Orontes": {"kind": "province", "lat": 35.0, "lon": 36.8},
}  # fmt: skip
ACTS = {
    "captured": ("seize", "rebels", "army"), "retook": ("seize", "army", "rebels"), "left": ("withdraw", "army", ""),
    "bombed": ("airstrike", "army", "people"), "attacked": ("attack", "front", "army"),
    "claimed responsibility": ("declare", "front", ""), "denied": ("reject", "army", ""),
    "holds": ("control", "rebels", ""), "lost men": ("toll", "", "people"),
}  # fmt: skip
Row = tuple[int, str, str, int, int]

row = st.tuples(
    st.integers(1, 8), st.sampled_from(sorted(ACTS)), st.sampled_from(sorted(PLACES)), st.integers(0, 40), st.integers(0, 11)
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.lists(row, min_size=1, max_size=3), min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["again", "same", "different", "claim", "undo", "lose"]), st.randoms(use_true_random=False)),
        st.tuples(st.just("ask"), st.integers(1, 9)),
    ),
    min_size=2,
    max_size=7,
)


def report(number: int, rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document of one sentence an act, and its record; every few of them are copies, and some name whom a spokesman is of."""
    text, claims = "", []
    for day, verb, town, dead, more in rows:
        kind, doer, target = ACTS[verb]
        sentence = f"It is said that {doer or 'somebody'} {verb} {town}, with {dead} dead. "
        start, told = len(text) + sentence.index(f" {verb} ") + 1, f"{dead} dead"
        at = len(text) + sentence.index(told)
        claim: dict[str, Any] = {
            "type": kind, "trigger": verb, "span": [start, start + len(verb)], "s": len(claims), "place": town,
            "initiator": [doer] if doer else [], "target": [target] if target else [], "event": f"e{len(claims)}",
        }  # fmt: skip
        figure = {"measure": "killed", "group": "people", "low": dead, "high": dead, "text": told}
        claim["figures"] = [figure | {"span": [at, at + len(told)]}]
        if more % 2:
            claim["when"] = f"2031-03-0{day}"
        if more % 3 == 0:
            claim["voice"] = [{"who": "omar" if more % 4 else "monitor"}]
        if more == 5:
            claim["status"] = "denied"
        if more == 10:
            claim["confidence"] = 0.7
        claims.append(claim)
        text += sentence
    day, more = rows[0][0], rows[0][4]
    ties = [{"s": 0, "type": "speaks_for", "from": "omar", "to": "front" if more % 4 == 2 else "army"}] if more % 2 == 0 else []
    ties += [{"s": 0, "type": "same_as", "from": "front", "to": "omar" if more == 9 else "rebels"}] if more in {7, 9} else []
    places = {c["place"] for c in claims}
    document = {"doc": f"r{number}", "source": f"Wire {more % 3}", "date": f"2031-03-0{day}", "text": text}
    return document, {
        "doc": f"r{number}",
        "actors": [{"id": k, "name": n, "kind": kind, "country": "SY"} for k, (n, kind) in ACTORS.items()],
        "places": [{"id": p, "name": p, "country": "SY", **PLACES[p]} for p in sorted(places)],
        "claims": claims,
        "relations": ties,
    }


class War:
    """A ledger that reports are added to one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger.open(folder / "a.db")
        self.count = 0
        self.told: list[Sequence[Row]] = []

    def add(self, reports: Sequence[Sequence[Row]]) -> None:
        self.told += reports
        made = [report(self.count + number, rows) for number, rows in enumerate(reports)]
        self.count += len(made)
        docs, records = self.folder / f"docs{self.count}.jsonl", self.folder / f"records{self.count}.jsonl"
        for path, rows in zip((docs, records), zip(*made, strict=True), strict=True):
            path.write_text("".join(json.dumps(one) + "\n" for one in rows))
        self.ledger.add(docs, records=records)

    def again(self, chance: random.Random) -> None:
        """Add a report that is nearly another one: a copy of it, a version, or only like it."""
        if self.told:
            (day, verb, place, dead, _), *rest = chance.choice(self.told)
            self.add([[(day, verb, place, dead + chance.randrange(2), chance.randrange(12)), *rest]])

    def judge(self, kind: str, chance: random.Random) -> None:
        view = self.ledger.view()
        claims = sorted(view.claims)
        if kind == "undo" and self.ledger.judgements():
            self.ledger.undo(chance.choice(self.ledger.judgements()).id)
        elif kind == "claim" and claims:
            change = chance.choice([{"status": "denied"}, {"reject": "yes"}, {"place": ""}, {"when": "2031-03-02"}])
            self.ledger.judge("claim", [chance.choice(claims)], change)
        elif kind in {"same", "different"} and len(claims) > 1:
            event = chance.choice(view.events)
            first = chance.choice(event.claims) if kind == "different" else chance.choice(claims)
            others = [c for c in (event.claims if kind == "different" and len(event.claims) > 1 else claims) if c != first]
            self.ledger.judge(kind, [first, chance.choice(others)])

    def lose(self, chance: random.Random) -> None:
        """Throw some of what was worked out away, as it may be at any time."""
        rows = list(self.ledger.store.backend.rows("SELECT code, kind, key FROM steps ORDER BY kind, key"))
        for code, kind, key in chance.sample(rows, len(rows) // 2):
            self.ledger.store.steps.drop(str(code), str(kind), [str(key)])
        self.ledger.store.backend.execute("DELETE FROM derived")


def anew(ledger: Ledger, as_of: date | None = None) -> Derived:
    """What follows from the ledger's state, worked out from the beginning."""
    return derive(ledger.store, read_state(ledger.store, as_of, None), as_of, keep=0)


def answers(view: View) -> tuple[Any, ...]:
    return view.events, view.spells, view.links, dict(view.records)


@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_kept_of_earlier_runs_changes_nothing(taken: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        war = War(Path(folder))
        with war.ledger:
            for step, value in taken:
                day = None
                if step == "add":
                    war.add(value)
                elif step == "ask":
                    day = date(2031, 3, value)
                elif step == "lose":
                    war.lose(value)
                elif step == "again":
                    war.again(value)
                else:
                    war.judge(step, value)
                assert answers(war.ledger.view(as_of=day)) == answers(anew(war.ledger, day).view)
            assert list(war.ledger.verify()) == []


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """How many documents are read, pairs of them compared, and events made meanwhile."""
    counts = {"read": 0, "meet": 0, "event": 0}
    with monkeypatch.context() as patch:
        for owner, name in ((Reader, "read"), (Reader, "meet"), (Drafter, "event")):
            original = getattr(owner, name)

            def counted(*args: Any, _name: str = name, _original: Any = original) -> Any:
                counts[_name] += 1
                return _original(*args)

            patch.setattr(owner, name, counted)
        yield counts


def test_a_document_more_touches_only_its_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    war = War(tmp_path)
    with war.ledger as ledger:
        war.add([[(1 + n % 8, "bombed" if n % 2 else "captured", "Tell Aswad", n, 1)] for n in range(24)])
        war.add([[(1, "attacked", "Marwa", 3, 1)]])
        ledger.view()
        with counting(monkeypatch) as counts:
            war.add([[(1, "attacked", "Marwa", 4, 1)]])
            view = ledger.view()
        assert counts == {"read": 1, "meet": 1, "event": 1}
        assert any(len(e.documents) == 2 and e.place is not None and e.place.name == "Marwa" for e in view.events)
        with counting(monkeypatch) as counts:
            ledger.view(as_of=date(2031, 3, 5))
        assert counts["read"] == counts["meet"] == 0, "another state reads and compares nothing anew"


def test_what_no_run_needs_any_more_is_thrown_away(tmp_path: Path) -> None:
    war = War(tmp_path)
    with war.ledger as ledger:
        for number in range(8):
            war.add([[(1, "attacked", "Marwa", number, 1)]])
            ledger.view()
        (kept,) = ledger.store.backend.one("SELECT COUNT(*) FROM steps WHERE kind = 'events'") or (0,)
        assert 1 <= int(kept or 0) <= 5


def test_rows_of_other_code_are_thrown_away(tmp_path: Path) -> None:
    war = War(tmp_path)
    with war.ledger as ledger:
        ledger.store.steps.put("other code", "readings", {"k": "[]"})
        assert ledger.store.steps.rows("other code", "readings") == {"k": "[]"}
        war.add([[(1, "attacked", "Marwa", 3, 1)]])
        ledger.view()
        assert ledger.store.steps.rows("other code", "readings") == {}


def test_a_document_more_is_taken_in_without_working_all_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    war = War(tmp_path)
    with war.ledger as ledger:
        war.add([[(1, "captured", "Marwa", 3, 1)], [(2, "left", "Marwa", 0, 1)]])
        ledger.view()
        with monkeypatch.context() as patch:
            patch.setattr("warledger.ledger.state.work_out", lambda *_, **__: pytest.fail("all was worked out"))
            for number in range(3):
                war.add([[(1 + number, "captured", "Marwa", number, 1), (2, "bombed", "Orontes", number, 7)]])
                grown = ledger.view()
                assert len(grown.documents) == 3 + number
                answers(grown)
        assert answers(grown) == answers(anew(ledger).view)


def test_it_is_more_crowded_than_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warledger.reconcile.pairing.QUIET_CROWD", 1)
    war = War(tmp_path)
    with war.ledger as ledger:
        for number in range(6):
            war.add([[(1, "bombed", "Marwa", 3 * number + n, 1)] for n in range(2)])
            assert answers(ledger.view()) == answers(anew(ledger).view)


def test_a_view_stays_as_it_was_given(tmp_path: Path) -> None:
    war = War(tmp_path)
    with war.ledger as ledger:
        war.add([[(1, "captured", "Marwa", 3, 1)], [(1, "captured", "Marwa", 4, 2)]])
        was = answers(anew(ledger).view)
        ledger.view()
        with Ledger.open(tmp_path / "a.db") as other:
            before, unread = other.view(), ledger.view()
            war.add([[(2, "left", "Marwa", 0, 1)]])
            assert len(ledger.view().documents) == 3
            assert answers(unread) == was, "read before this process changed the rows"
            assert answers(before) == was, "worked out again, since another process changed the rows"
            assert answers(other.view()) == answers(anew(ledger).view)


def test_a_growth_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    war = War(tmp_path)
    with war.ledger as ledger:
        war.add([[(1, "captured", "Marwa", 3, 1)]])
        ledger.view()
        kept = list(ledger.store.backend.rows("SELECT * FROM current"))
        war.add([[(1, "captured", "Marwa", 4, 1)]])
        with monkeypatch.context() as patch:
            patch.setattr("warledger.ledger.growing._place", lambda *_: 1 // 0)
            with pytest.raises(ZeroDivisionError):
                ledger.view()
        assert list(ledger.store.backend.rows("SELECT * FROM current")) == kept
        assert answers(ledger.view()) == answers(anew(ledger).view)
