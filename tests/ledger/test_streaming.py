"""A view for reading through: it says what the view that is held says, whatever is let go of in between."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from ledger_samples import FakeExtractor, write_reports

from warledger.config import load
from warledger.core import EventFilter, View
from warledger.export import FILE_FORMATS, FORMATS, export
from warledger.ledger import Ledger, streaming
from warledger.ledger.now import Now
from warledger.ledger.state import read_state, stream

TEXTS = [form for form in FORMATS if form != "ftm"]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A ledger whose parts have two entries each, and of which three documents are held."""
    monkeypatch.setattr(streaming, "PART", 2)
    monkeypatch.setattr(streaming, "PAGE", 2)
    monkeypatch.setattr(streaming, "MOST_DOCUMENTS", 3)
    with Ledger.open(tmp_path / "a.db", settings=load(environment={}).settings) as opened:
        opened.add(write_reports(tmp_path / "in", 24), extractor=FakeExtractor())
        yield opened


@pytest.fixture
def both(ledger: Ledger) -> Callable[..., tuple[View, View]]:
    def views(as_of: date | None = None) -> tuple[View, View]:
        whole = ledger.view(as_of=as_of)
        store = ledger.store
        passing = stream(store, read_state(store, as_of, None), as_of) if as_of is not None else Now(store).reading_through()
        assert passing is not None
        assert type(passing.events) is streaming.Parts
        return whole, passing

    return views


def test_it_has_the_same_events_spells_documents_and_claims(both: Callable[..., tuple[View, View]]) -> None:
    whole, passing = both()
    assert len(whole.events) > 4
    assert tuple(passing.events) == tuple(whole.events)
    assert tuple(passing.spells) == tuple(whole.spells)
    assert list(passing.documents.values()) == list(whole.documents.values())
    assert dict(passing.records) == dict(whole.records)
    assert dict(passing.claims) == dict(whole.claims)
    assert len(passing.claims) == len(whole.claims)
    assert dict(passing.events_by_id) == dict(whole.events_by_id)
    assert len(passing.events_by_id) == len(passing.events)
    assert (passing.areas, passing.links, passing.sources) == (whole.areas, whole.links, whole.sources)


def test_entries_are_found_in_any_order(both: Callable[..., tuple[View, View]]) -> None:
    whole, passing = both()
    for index in (-1, 0, len(whole.events) - 1, 1):
        assert passing.events[index] == whole.events[index]
    assert passing.events[1:4] == tuple(whole.events[1:4])
    for ident in reversed(list(whole.claims)):
        assert passing.claims[ident] == whole.claims[ident]
    assert "d0" not in passing.documents
    assert "c0" not in passing.claims
    assert "e0" not in passing.events_by_id
    for found, wanted in ((passing.documents, "d0"), (passing.claims, "c0"), (passing.events_by_id, "e0")):
        with pytest.raises(KeyError):
            found[wanted]
    with pytest.raises(IndexError):
        passing.events[len(whole.events)]


def test_few_documents_are_held(both: Callable[..., tuple[View, View]], monkeypatch: pytest.MonkeyPatch) -> None:
    _, passing = both()
    reader = passing.documents._reader  # type: ignore[attr-defined]
    for event in passing.events:
        for claim in event.claims:
            assert passing.record_of(passing.claims[claim])
        assert len(reader._pairs) <= 3
        assert {claim.document for claim in reader.claims_held.values()} <= set(reader._pairs)
    monkeypatch.setattr(streaming, "MOST_CHARACTERS", 1)
    assert [d.id for d in passing.documents.values()] == list(passing.documents)
    assert len(reader._pairs) == 1


@pytest.mark.parametrize(
    "filters", [{}, {"types": ("seize",)}, {"place": "Alderby"}, {"text": "captured"}, {"min_confidence": 0.6}]
)
@pytest.mark.parametrize("form", TEXTS)
def test_an_export_is_the_same(form: str, filters: dict[str, object], both: Callable[..., tuple[View, View]]) -> None:
    texts, lists = [], []
    for view in both():
        out = io.StringIO(newline="")
        lists.append(export(view, form, out, EventFilter(**filters)))  # type: ignore[arg-type]
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert lists[0] == lists[1]


@pytest.mark.parametrize("form", FILE_FORMATS)
def test_a_file_is_the_same(form: str, both: Callable[..., tuple[View, View]], tmp_path: Path) -> None:
    if form.startswith("parquet"):
        pytest.importorskip("pyarrow")
    files = []
    for number, view in enumerate(both()):
        path = tmp_path / f"{number}.zip"
        export(view, form, path)
        files.append(path.read_bytes())
    assert files[0] == files[1]


def test_judgements_hold(ledger: Ledger, both: Callable[..., tuple[View, View]]) -> None:
    first, second, *_ = ledger.claims()
    ledger.judge("claim", [first.id], {"reject": "yes"}, user="tester")
    ledger.judge("claim", [second.id], {"status": "denied"}, user="tester")
    whole, passing = both()
    assert first.id not in passing.claims
    assert passing.claims[second.id].status == "denied"
    assert dict(passing.records) == dict(whole.records)


def test_an_earlier_state_is_another_view(both: Callable[..., tuple[View, View]]) -> None:
    whole, passing = both(date(2031, 3, 7))
    assert tuple(passing.events) == tuple(whole.events)
    assert len(passing.documents) == len(whole.documents) < 24
    later = next(ident for ident in both()[0].documents if ident not in whole.documents)
    assert later not in passing.documents


def test_the_ledger_reads_through_what_it_does_not_hold(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.export("jsonl", tmp_path / "worked-out.jsonl")
    with Ledger.open(ledger.store.backend.name) as again:
        monkeypatch.setattr(Now, "derived", lambda *_, **__: pytest.fail("held whole"))
        again.export("jsonl", tmp_path / "read-through.jsonl")
        again.export("jsonl", tmp_path / "chosen.jsonl", place="Alderby")
    texts = [(tmp_path / f"{name}.jsonl").read_text("utf-8") for name in ("worked-out", "read-through", "chosen")]
    assert texts[0] == texts[1]
    assert 0 < len(texts[2]) < len(texts[1])


def test_nothing_kept_is_nothing_to_read_through(ledger: Ledger) -> None:
    assert Now(ledger.store).reading_through() is None
    assert stream(ledger.store, read_state(ledger.store, None, None), None) is None


def test_an_empty_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "b.db", settings=load(environment={}).settings) as opened:
        assert opened.view().events == ()
        passing = Now(opened.store).reading_through()
        assert passing is not None
        assert (len(passing.events), list(passing.events), len(passing.claims)) == (0, [], 0)
