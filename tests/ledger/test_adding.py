"""Adding documents: once, whole, whatever the order, the number of jobs, and who else is adding."""

import io
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from ledger_samples import FakeExtractor, write_reports
from silent import wait_for_documents

from warledger.config import load
from warledger.core import NOT_EXTRACTED, Document, Issue, Record, codec
from warledger.errors import InputError, ModelError, NotFoundError, UsageError
from warledger.ingest import ReadOptions
from warledger.ledger import AddSummary, Ledger
from warledger.ledger.adding import LOT, SAID_ONCE
from warledger.ledger.extracting import RecordMaker, extract_all
from warledger.store import Store


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.db", settings=load(environment={}).settings) as opened:
        yield opened


def dump(path: Path) -> list[str]:
    with Store.open(path, create=False) as store:
        return list(store.dump())


def test_documents_are_read_and_kept_with_their_claims(ledger: Ledger, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 12)
    (reports / "undated.txt").write_text("Fighters captured Alderby, without a day.")
    (reports / "empty.txt").touch()
    seen: list[tuple[int, int | None]] = []
    summary = ledger.add([reports], extractor=FakeExtractor(), progress=lambda done, total: seen.append((done, total)))
    assert (summary.read, summary.new, summary.already_there, summary.claims) == (12, 12, 0, 24)
    assert summary.claims_by_type == (("seize", 12), ("withdraw", 12))
    assert summary.copies + summary.revisions > 0
    assert dict(summary.issues_by_code)["empty"] == 1
    assert any("undated" in issue.where for issue in summary.skipped)
    assert summary.skipped_count == len(summary.skipped)
    assert seen[-1] == (12, 12)
    assert list(ledger.verify()) == []
    (run,) = ledger.store.log.runs()
    assert run.id == summary.run
    assert dict(run.counts)["new"] == 12


def test_adding_again_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 9)
    ledger.add(str(reports), extractor=FakeExtractor())
    before = list(ledger.store.dump())
    extractor = FakeExtractor("better")
    summary = ledger.add(reports, extractor=extractor)
    assert (summary.new, summary.already_there, summary.revised, summary.claims) == (0, 9, 0, 0)
    assert extractor.calls == []
    assert list(ledger.store.dump()) == before


def test_the_extractor_is_not_loaded_for_nothing(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = write_reports(tmp_path / "in", 2)
    ledger.add(reports, extractor=FakeExtractor())
    monkeypatch.setattr("warledger.ledger.ledger.Ledger._maker", lambda *_: pytest.fail)
    assert ledger.add(reports).already_there == 2


def test_nothing_to_add_is_a_mistake(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="nothing to add"):
        ledger.add([])


def test_standard_input_has_no_known_total(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"date 2031-03-07\nFighters captured Alderby on Thursday, residents said."))
    monkeypatch.setattr(sys, "stdin", stream)
    seen: list[tuple[int, int | None]] = []
    summary = ledger.add("-", source="Example Wire", extractor=FakeExtractor(), progress=lambda *a: seen.append(a))
    assert (summary.new, seen) == (1, [(1, None)])
    (document,) = ledger.store.documents
    assert (document.source, document.published) == ("Example Wire", date(2031, 3, 7))


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_and_jobs_do_not_matter(tmp_path: Path, jobs: int) -> None:
    reports = write_reports(tmp_path / "in", 20)
    files = sorted(reports.iterdir())
    shuffled = files[:]
    random.Random(3).shuffle(shuffled)  # noqa: S311 - any other order will do
    for name, order, using in (("a.db", files, 1), ("b.db", shuffled, jobs)):
        with Ledger.open(tmp_path / name) as ledger:
            for part in (order[:7], order[7:]):
                ledger.add(part, extractor=FakeExtractor(), jobs=using)
    assert dump(tmp_path / "a.db") == dump(tmp_path / "b.db")


def test_the_same_text_twice_in_one_run_is_one_document(ledger: Ledger, tmp_path: Path) -> None:
    row = {"text": "Fighters captured Alderby on Thursday, residents of the valley said.", "source": "Example Wire"}
    rows = [row | {"date": "2031-03-07", "doc": "first"}, row | {"date": "2031-03-08", "doc": "second"}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    summary = ledger.add(tmp_path / "in.jsonl", extractor=FakeExtractor())
    assert (summary.new, summary.already_there) == (1, 1)
    sightings = [json.loads(line) for line in ledger.store.dump() if '"table":"sightings"' in line]
    assert [(s["name"], s["published"]) for s in sightings] == [("second", "2031-03-08")]


def test_another_language_is_kept_without_claims(ledger: Ledger, tmp_path: Path) -> None:
    text = "Die Soldaten verließen am Donnerstag die Stadt, wie Bewohner des Tals berichteten; die Straße zur Küste sei frei."
    (tmp_path / "a.txt").write_text(f"date 2031-03-07\n{text}")
    extractor = FakeExtractor()
    summary = ledger.add(tmp_path / "a.txt", extractor=extractor)
    assert (summary.new, summary.not_extracted, summary.claims, extractor.calls) == (1, 1, 0, [])
    (document,) = ledger.store.documents
    assert ledger.store.records.extractor_of(document.id) == f"{NOT_EXTRACTED}: language de"
    assert [(issue.code, issue.document) for issue in ledger.issues()] == [("language", document.id)]
    assert ledger.reextract(extractor=extractor).revised == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_document_that_cannot_be_read_does_not_stop_the_others(ledger: Ledger, tmp_path: Path, jobs: int) -> None:
    reports = write_reports(tmp_path / "in", 8)
    (reports / "report-003.txt").write_text(
        "date: 2031-03-07\n\nFighters captured Carrow; quicksand is what nobody can read here."
    )
    summary = ledger.add(reports, extractor=FakeExtractor(fails_on="quicksand"), jobs=jobs)
    assert (summary.new, summary.not_extracted, summary.claims) == (8, 1, 14)
    (issue,) = [issue for issue in ledger.issues() if issue.code == "extract-failed"]
    assert "ArithmeticError: cannot read quicksand" in issue.found
    assert list(ledger.verify()) == []
    again = ledger.add(reports, extractor=FakeExtractor(), again=True)
    assert (again.revised, again.claims) == (1, 1)


def test_a_record_that_does_not_fit_is_an_issue_of_its_document(ledger: Ledger, tmp_path: Path) -> None:
    class Careless(FakeExtractor):
        def extract(self, document: Document) -> Record:
            record = super().extract(document)
            wrong = replace(record.claims[0].trigger, quote="CAPTURED")
            return replace(record, claims=(replace(record.claims[0], trigger=wrong),))

    reports = write_reports(tmp_path / "in", 2)
    summary = ledger.add(reports, extractor=Careless())
    assert (summary.new, summary.not_extracted, summary.claims) == (2, 2, 0)
    assert {issue.code for issue in ledger.issues()} == {"extract-failed"}
    assert ledger.reextract(extractor=Careless("again")).issues == 2


def test_a_broken_model_stops_the_run(ledger: Ledger, tmp_path: Path) -> None:
    class Broken(FakeExtractor):
        def extract(self, document: Document) -> Record:
            raise ModelError("the weights are gone")

    with pytest.raises(ModelError):
        ledger.add(write_reports(tmp_path / "in", 2), extractor=Broken())
    assert len(ledger.store.documents) == 0


def test_a_failure_to_read_is_not_taken_for_a_failure_to_extract() -> None:
    def documents() -> Iterator[Document]:
        yield Document("d1", "Fighters captured Alderby", "", None)
        raise RuntimeError("reading broke")

    with pytest.raises(RuntimeError, match="reading broke"):
        list(extract_all(FakeExtractor(), documents(), 1))


def test_after_a_failure_the_documents_in_hand_are_read_one_by_one() -> None:
    class Ahead(FakeExtractor):
        """Takes three documents before it gives a record, as one with several workers does."""

        def extract_many(self, documents: Iterable[Document], jobs: int = 1) -> Iterator[Record]:
            taken: list[Document] = []
            for document in documents:
                taken.append(document)
                if len(taken) == 3:
                    yield self.extract(taken.pop(0))
            yield from map(self.extract, taken)

    documents = [Document(f"d{n}", f"Fighters captured Alderby {n}", "", None) for n in range(8)]
    found = list(extract_all(Ahead(fails_on="Alderby 4"), iter(documents), 3))
    assert [document.id for document, _, _ in found] == [d.id for d in documents]
    assert [len(record.claims) for _, record, _ in found] == [1, 1, 1, 1, 0, 1, 1, 1]
    assert [len(issues) for _, _, issues in found] == [0, 0, 0, 0, 1, 0, 0, 0]
    with pytest.raises(ModelError):
        list(extract_all(_modelless(), iter(documents), 1))


def _modelless() -> RecordMaker:
    class Once(FakeExtractor):
        def extract(self, document: Document) -> Record:
            raise ModelError("gone") if self.calls else ValueError(self.calls.append(document.id))

    return Once()


def test_a_better_extractor_reads_again_what_no_hand_has_made(ledger: Ledger, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 4)
    ledger.add(reports, extractor=FakeExtractor())
    assert ledger.reextract(extractor=FakeExtractor()).revised == 0
    first = next(iter(ledger.store.documents))
    by_hand = replace(FakeExtractor().extract(first), extractor="by hand", claims=())
    (tmp_path / "r.jsonl").write_text(json.dumps(codec.to_json(by_hand, first.label)) + "\n")
    assert ledger.add(reports / first.name, records=tmp_path / "r.jsonl").revised == 1
    seen: list[tuple[int, int | None]] = []
    summary = ledger.reextract(extractor=FakeExtractor("fake 2"), progress=lambda *a: seen.append(a))
    assert (summary.revised, summary.new, summary.claims) == (3, 0, 6)
    assert ledger.store.records.extractor_of(first.id) == "by hand"
    assert seen[-1][1] == 4
    assert list(ledger.verify()) == []


def test_records_made_elsewhere_are_taken_by_the_name_of_their_document(ledger: Ledger, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 4)
    made = [codec.to_json(r, d.label) | {"extractor": "another 2.0"} for d, r in _extracted(reports)]
    wrong = made[1] | {"claims": [made[1]["claims"][0] | {"trigger": "seized"}]}
    lines = [json.dumps(made[0]), json.dumps(wrong), json.dumps(made[3]), "", json.dumps(made[0]), "{", '{"doc": 4}', "[1]"]
    lines.append(json.dumps({"doc": "elsewhere", "claims": []}))
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    summary = ledger.add(reports, records=tmp_path / "r.jsonl")
    assert (summary.new, summary.not_extracted, summary.claims) == (4, 2, 4)
    codes = dict(summary.issues_by_code)
    assert codes == {"record": 1, "no-record": 1, "record-twice": 2, "record-form": 2, "record-unused": 1}
    assert sorted({ledger.store.records.extractor_of(d.id) for d in ledger.store.documents}) == [
        "another 2.0",
        f"{NOT_EXTRACTED}: faulty record in r.jsonl",
        f"{NOT_EXTRACTED}: no record in r.jsonl",
    ]
    assert list(ledger.verify()) == []
    again = ledger.add(reports, records=tmp_path / "r.jsonl")
    assert (again.new, again.already_there, again.revised) == (0, 4, 0)
    assert dict(again.issues_by_code) == {"record": 1, "record-twice": 2, "record-form": 2}, "a note is made once"
    assert len([issue for _, issue in ledger.store.log.issues() if issue.code in SAID_ONCE]) == 2
    with pytest.raises(InputError, match="cannot be read"):
        ledger.add(reports, records=tmp_path / "absent.jsonl")


def test_issues_are_written_in_lots(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{n},2031-03-06,\n" for n in range(2 * LOT))
    (tmp_path / "table.csv").write_text("id,date,text\n" + rows + "9999,2031-03-06,Fighters captured Alderby.\n")
    begun = []
    transaction = Store.transaction
    monkeypatch.setattr(Store, "transaction", lambda self: begun.append(1) or transaction(self))
    summary = ledger.add(tmp_path / "table.csv", extractor=FakeExtractor())
    assert summary.issues >= 2 * LOT
    assert len(list(ledger.store.log.issues())) == summary.issues
    assert len(begun) < 10


def _extracted(reports: Path) -> list[tuple[Document, Record]]:
    with Ledger.open(":memory:") as ledger:
        found = ledger.extract(reports, extractor=FakeExtractor())
        return [item for item in found if not isinstance(item, Issue)]


def test_extracting_keeps_nothing(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 3)
    (reports / "a-empty.txt").touch()
    with Ledger.open(tmp_path / "a.db") as ledger:
        found = list(ledger.extract([reports], extractor=FakeExtractor()))
        assert [type(item).__name__ for item in found] == ["tuple", "Issue", "tuple", "tuple"]
        (reports / "a-empty.txt").rename(reports / "z-empty.txt")
        assert isinstance(list(ledger.extract(reports, extractor=FakeExtractor()))[-1], Issue)
        assert list(ledger.store.dump()) == []


def test_text_that_no_file_can_hold_is_refused_and_said_so(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = Document("d1", "Fighters captured \ud800 town", "", date(2031, 3, 7), origin="in.jsonl:1")
    monkeypatch.setattr("warledger.ingest.read", lambda *_: iter([bad]))
    summary = ledger.add("in.jsonl", extractor=FakeExtractor())
    assert (summary.read, summary.new, dict(summary.issues_by_code)) == (1, 0, {"not-text": 1})


def _add(database: str, reports: str, extractor: str = "fake 1") -> None:
    with Ledger.open(database) as ledger:
        ledger.add(reports, extractor=FakeExtractor(extractor))


def test_when_a_document_was_read_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    ledger.add(write_reports(tmp_path / "in", 1), extractor=FakeExtractor())
    (document,) = ledger.store.documents
    read_at = ledger.read_at(document.id)
    assert before - timedelta(milliseconds=1) <= read_at <= datetime.now(UTC)
    ledger.add(tmp_path / "in", extractor=FakeExtractor())
    assert ledger.read_at(document.id) == read_at
    with pytest.raises(NotFoundError):
        ledger.read_at("d0")


def test_two_processes_may_add_at_once(tmp_path: Path) -> None:
    reports = str(write_reports(tmp_path / "in", 40))
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_add, args=(str(tmp_path / "a.db"), reports)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    _add(str(tmp_path / "b.db"), reports)
    assert dump(tmp_path / "a.db") == dump(tmp_path / "b.db")
    with Ledger.open(tmp_path / "a.db") as ledger:
        assert list(ledger.verify()) == []


@pytest.mark.slow
def test_killed_at_any_moment_it_verifies_and_goes_on_where_it_was(tmp_path: Path) -> None:
    reports = str(write_reports(tmp_path / "in", 60))
    began = time.monotonic()
    _add(str(tmp_path / "whole.db"), reports)
    whole_s = time.monotonic() - began
    expected = dump(tmp_path / "whole.db")
    chance = random.Random(20)  # noqa: S311 - the moments of the kills
    context = multiprocessing.get_context("fork")
    database = tmp_path / "killed.db"
    kept = []
    for _ in range(20):
        worker = context.Process(target=_add, args=(str(database), reports))
        worker.start()
        wait_for_documents(database, sum(kept[-1:]) + chance.randrange(4), timeout_s=max(2.0, whole_s))
        time.sleep(chance.uniform(0, whole_s / 60))
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        with Ledger.open(database) as ledger:
            assert list(ledger.verify()) == []
            kept.append(len(ledger.store.documents))
    assert kept == sorted(kept)
    _add(str(database), reports)
    assert dump(database) == expected
    assert len(set(kept)) > 3, "the moments should fall within the run"


def test_a_summary_says_what_it_counted(ledger: Ledger, tmp_path: Path) -> None:
    summary = ledger.add(write_reports(tmp_path / "in", 1), extractor=FakeExtractor())
    assert isinstance(summary, AddSummary)
    assert summary.issues == sum(n for _, n in summary.issues_by_code)


def test_the_largest_file_is_a_setting(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 2)
    (reports / "report-001.txt").write_text("date 2031-03-07\n" + "Fighters captured Carrow. " * 100)
    settings = load({"max_file_bytes": 1000}, environment={}).settings
    with Ledger.open(tmp_path / "a.db", settings=settings) as ledger:
        assert dict(ledger.add(reports, extractor=FakeExtractor()).issues_by_code) == {"too-large": 1}
        found = list(ledger.extract(reports, extractor=FakeExtractor()))
        assert [type(item).__name__ for item in found] == ["tuple", "Issue"]
        wide = ReadOptions(max_bytes=10_000)
        assert ledger.add(reports, options=wide, extractor=FakeExtractor()).new == 1
