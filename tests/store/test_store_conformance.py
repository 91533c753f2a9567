"""What every backend must do: keep what it is given, once, whole, and give it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from store_samples import make_document, make_record

from warledger.core import DocumentLink, Issue, Record, Source, When
from warledger.errors import InputError, LedgerError, RecordError
from warledger.geo import GazetteerPlace
from warledger.store import Store, issue_id

ISSUE = Issue("no-date", "in/x.txt", "no date", "a date", "give --date")


def test_what_was_added_comes_back_as_it_was(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document()
    record = make_record(document)
    assert store.add(document, record, run, signature=b"\x00\xff", issues=[replace(ISSUE, document=document.id)]) == ()
    assert store.documents.get(document.id) == document
    kept = store.records.get(document)
    assert kept == replace(record, claims=record.claims[::-1], actors=kept.actors)
    assert {m.text for m in kept.actors[1].mentions} == {"soldiers", "an officer"}
    assert list(store.links.signatures()) == [(1, document, b"\x00\xff")]
    assert [issue.document for _, issue in store.log.issues()] == [document.id]
    assert document.id in store.documents
    assert len(store.documents) == 1
    assert store.documents.get("d0") is None
    assert store.records.get(make_document(2)) is None
    assert list(store.verify()) == []


def test_the_same_document_twice_changes_nothing(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document()
    store.add(document, make_record(document), run)
    before = list(store.dump())
    assert store.add(document, make_record(document, extractor="other"), run) is None
    assert not store.documents.add_sighting(document, run)
    assert list(store.dump()) == before


def test_other_words_about_the_same_document_are_kept_beside_it(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document()
    assert not store.documents.add_sighting(document, run)
    store.add(document, make_record(document), run)
    other = replace(document, published=None, name="again", origin="elsewhere")
    assert store.documents.add_sighting(other, run)
    assert not store.documents.add_sighting(other, run)
    assert store.documents.get(document.id) == document
    assert any('"table":"sightings"' in line for line in store.dump())


def test_a_transaction_is_whole_or_not_at_all(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document()

    def fail() -> tuple[DocumentLink, ...]:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        store.add(document, make_record(document), run, links=fail)
    assert len(store.documents) == 0
    assert store.add(document, make_record(document), run) is not None
    with pytest.raises(LedgerError), store.transaction():
        store.links.add([DocumentLink(document.id, "d-not-there", "copy", 1.0)], run)
    assert list(store.verify()) == []


def test_a_record_that_does_not_fit_its_document_is_refused_whole(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document, other = make_document(1), make_document(22)
    with pytest.raises(RecordError):
        store.add(document, replace(make_record(other), document=document.id), run)
    assert len(store.documents) == 0


def test_half_a_surrogate_pair_is_refused(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = replace(make_document(), text="bad \ud800 text")
    with pytest.raises(InputError, match="character 4"):
        store.add(document, Record(document.id), run)


def test_a_better_record_is_a_new_revision(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document()
    first, second = make_record(document), make_record(document, extractor="better", confidence=0.5)
    store.add(document, first, run)
    assert store.records.add(document, first, run) == 0
    assert store.records.add(document, second, run) == 2
    assert store.records.extractor_of(document.id) == "better"
    assert [(n, e) for n, e, _ in store.records.revisions(document.id)] == [(1, "by hand"), (2, "better")]
    assert store.records.get(document).claims[0].confidence == 0.5
    assert store.records.get(document, revision=1).claims[0].confidence == 0.75
    assert store.records.get(document, revision=3) is None
    assert [held.revision for held in store.records.held()] == [2]
    assert list(store.verify()) == []


def test_held_follows_publication_and_addition(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    early, late, undated = make_document(1, day=5), make_document(2, day=7), replace(make_document(3), published=None)
    for document in (early, late):
        store.add(document, make_record(document), run)
    moment = store.records.revisions(late.id)[0][2]
    store.add(undated, make_record(undated), run)
    store.records.add(early, make_record(early, extractor="better"), run)
    assert {h.document for h in store.records.held()} == {early.id, late.id, undated.id}
    assert {h.document for h in store.records.held(as_of=date(2031, 3, 6))} == {early.id}
    assert {h.document for h in store.records.held(as_of=date(2031, 3, 7))} == {early.id, late.id}
    then = store.records.held(recorded=moment)
    assert {(h.document, h.revision) for h in then} == {(early.id, 1), (late.id, 1)}
    assert [d.id for d, _ in store.records.read(then)] == [h.document for h in then]


def test_a_record_that_is_not_the_one_held_is_refused(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    store.add(make_document(), make_record(make_document()), run)
    (held,) = store.records.held()
    with pytest.raises(LedgerError, match=r"another checksum.*warledger verify"):
        list(store.records.read([replace(held, record_sha256="0" * 64)]))


def test_many_documents_are_read_a_page_at_a_time(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    with store.transaction():
        for number in range(450):
            document = make_document(number)
            store.add(document, Record(document.id, extractor="none"), run, signature=b"s")
    ids = sorted(make_document(n).id for n in range(450))
    assert [d.id for d in store.documents] == ids
    assert [d.id for d, _ in store.records.read(store.records.held())] == ids
    assert len(list(store.links.signatures(after=3))) == 447
    assert list(store.verify()) == []


def test_claims_rows_tell_what_the_record_tells(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document(7)
    store.add(document, make_record(document), run)
    rows = list(
        store.backend.rows(
            "SELECT type, initiator, target, voice, place_folded, country, admin1, first_day, last_day, confidence "
            "FROM claims ORDER BY type"
        )
    )
    assert rows == [
        ("seize", '["fighters (Northland)"]', "[]", '["Army of Northland"]', "brook hill 7", "NL", "03",
         "2031-03-06", "2031-03-06", 0.75),
        ("toll", "[]", '["Army of Northland"]', "[]", "", "", "", None, None, None),
    ]  # fmt: skip
    claim = make_record(document).claims[0]
    assert store.records.documents_of_claim(claim.id[:9]) == [(claim.id, document.id)]
    assert store.records.documents_of_claim("c-none") == []


def test_links_and_names(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    first, second = make_document(1), make_document(1, source="Other Post")
    store.add(first, make_record(first), run)
    link = DocumentLink(second.id, first.id, "copy", 1.0)
    assert store.add(second, make_record(second), run, links=lambda: [link]) == (link,)
    assert store.links.add([link], run) == 0
    assert list(store.links) == [link]
    assert store.documents.named("report-1") == sorted([first.id, second.id])
    assert list(store.documents.names()) == ["report-1"]
    assert store.documents.sources() == ["Example Wire", "Other Post"]


def test_the_same_issue_is_one_row(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    assert store.log.add_issues([ISSUE, ISSUE, replace(ISSUE, where="in/y.txt")], run) == 2
    assert next(store.log.issues()) == (issue_id(ISSUE), ISSUE)


def test_runs_have_counts_when_they_end(store: Store) -> None:
    ended, broken = store.log.begin_run("add a", "1.0"), store.log.begin_run("add b", "1.0")
    store.log.end_run(ended, {"new": 3, "already there": 1})
    runs = {run.command: run for run in store.log.runs()}
    assert runs["add a"].counts == (("already there", 1), ("new", 3))
    assert runs["add b"] == broken


def test_judgements_come_back_in_order(store: Store) -> None:
    one = store.log.judge("same", ["e1", "e2"], [], user="reader", reason="the same raid")
    two = store.log.judge("claim", ["c1"], [("status", "denied")], user="reader", reason="")
    assert store.log.judgements() == (one, two)
    assert store.log.judgements(recorded=one.made_at) == (one,)
    assert list(store.verify()) == []


def test_places_and_sources(store: Store) -> None:
    run = store.log.begin_run("gazetteer add", "0")
    place = GazetteerPlace("x:1", "Brook Hill", "town", "NL", "03", 52.5, 5.25, 900, ("Broekheuvel",))
    assert store.knowledge.add_places([place, place], run) == 1
    assert list(store.knowledge.places()) == [place]
    lying = replace(place, admin2="Hill District", admin3="Hill")
    assert store.knowledge.add_places([lying, replace(lying, name="Other", admin2="Other District")], run) == 1
    assert list(store.knowledge.places()) == [lying]
    wire = Source("Example Wire", kind="wire")
    assert store.knowledge.add_sources([wire], run)
    assert not store.knowledge.add_sources([wire], run)
    owned = replace(wire, owner="Example Media", aliases=("EW",))
    assert store.knowledge.add_sources([owned], run)
    assert store.knowledge.sources() == {"Example Wire": owned}
    assert store.knowledge.sources(recorded="2000") == {}


def test_derived_values_are_replaced_and_thrown_away(store: Store) -> None:
    store.derived.put("s1", {"events": "[1]", "spells": "[]"}, keep=2)
    store.derived.put("s1", {"events": "[2]", "spells": "[]"}, keep=2)
    store.derived.put("s2", {"events": "[3]"}, keep=2)
    assert (store.derived.get("s1", "events"), store.derived.get("s2", "spells")) == ("[2]", None)
    store.derived.put("s3", {"events": "[4]"}, keep=2)
    assert (store.derived.get("s1", "events"), store.derived.get("s3", "events")) == (None, "[4]")


def test_rows_of_the_present_are_changed_one_by_one(store: Store) -> None:
    rows = store.current
    rows.put([("near", "a", "e1", ""), ("near", "a", "e2", "1"), ("near", "b", "e1", ""), ("mark", "", "", "[1]")])
    rows.put([("near", "a", "e2", "2")])
    assert rows.items("near", "a") == {"e1": "", "e2": "2"}
    assert list(rows.under("near", ["b", "a", "c"])) == [("a", "e1", ""), ("a", "e2", "2"), ("b", "e1", "")]
    assert (rows.one("mark", ""), rows.one("mark", "x"), rows.count("near", "a"), rows.count("near", "c")) == (
        "[1]",
        None,
        2,
        0,
    )
    rows.drop([("near", "a", "e1"), ("near", "c", "e1")])
    assert list(rows.every("near")) == [("a", "e2", "2"), ("b", "e1", "")]
    rows.gather([("near", "d", "e2", ""), ("near", "c", "e1", ""), ("near", "d", "e2", "")])
    assert rows.count("near", "b") == 1
    rows.replace()
    assert list(rows.every("near")) == [("c", "e1", ""), ("d", "e2", "")]


def test_documents_are_found_by_the_traces_of_their_signatures(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    documents = [make_document(number) for number in range(3)]
    for document in documents:
        store.add(document, make_record(document), run, signature=document.id.encode())
    assert store.links.last_traced() == 0
    store.links.add_traces({1: [5, 6], 2: [5, 7]})
    assert store.links.last_traced() == 2
    assert store.links.traced([6]) == [(1, documents[0], documents[0].id.encode())]
    assert [document for _, document, _ in store.links.traced([5, 7])] == documents[:2]
    assert store.links.traced([9]) == store.links.traced([]) == []


@pytest.mark.parametrize(
    "table",
    ["documents", "records", "claims", "links", "signatures", "issues", "judgements", "runs", "places", "place_divisions"],
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_rows_are_never_changed_or_taken_out(store: Store, table: str, statement: str) -> None:
    run = store.log.begin_run("add", "0")
    first, second = make_document(1), make_document(1, source="Other Post")
    store.add(first, make_record(first), run)
    store.add(second, make_record(second), run, links=lambda: [DocumentLink(second.id, first.id, "copy", 1.0)], issues=[ISSUE])
    store.log.judge("same", ["e1"], [], user="", reason="")
    store.knowledge.add_places(
        [GazetteerPlace("x:1", "Brook Hill", "town", "NL", "03", 52.5, 5.25, admin2="Hill District")], run
    )
    column = {"place_divisions": "place"}.get(
        table, "document" if table in ("records", "claims", "links", "signatures") else "id"
    )
    with pytest.raises(LedgerError, match="never changed"):
        store.backend.execute(statement.format(table, column, column))


def test_two_ledgers_of_the_same_input_are_the_same_whatever_the_order(open_store: Callable[[], Store]) -> None:
    forward, backward = open_store(), open_store()
    documents = [make_document(n) for n in range(20)]
    for store, order in ((forward, documents), (backward, documents[::-1])):
        run = store.log.begin_run("add", "0")
        for document in order:
            store.add(document, make_record(document), run, signature=document.id.encode())
    assert list(forward.dump()) == list(backward.dump())
    assert list(forward.dump()) != []


def test_reading_is_of_one_moment(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    document = make_document()
    with store.reading(), store.reading():
        assert len(store.documents) == 0
        with pytest.raises(LedgerError, match="before or after"):
            store.add(document, make_record(document), run)
    store.add(document, make_record(document), run)
    assert store.records.get(document).claims[0].when == When.parse("2031-03-06")


def test_the_records_in_force_are_read_by_document(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    for number in range(5):
        document = make_document(number)
        store.add(document, make_record(document), run)
    store.records.add(make_document(3), make_record(make_document(3), extractor="better"), run)
    ids = sorted(make_document(n).id for n in range(5))
    assert list(store.records.documents()) == ids
    assert list(store.records.documents(ids[2], 2)) == ids[2:4]
    assert list(store.records.documents(ids[2] + "0")) == ids[3:]
    assert make_document(3).id in store.records
    assert make_document(9).id not in store.records
    found = list(store.records.in_force([ids[3], "d0", ids[0]]))
    assert [d.id for d, _ in found] == [ids[0], ids[3]]
    held = {one.document: one for one in store.records.held()}
    assert found == list(store.records.read([held[ids[0]], held[ids[3]]]))
    assert [r.extractor for d, r in store.records.in_force(ids) if d == make_document(3)] == ["better"]


def test_links_of_documents_with_records(store: Store) -> None:
    run = store.log.begin_run("add", "0")
    first, second, third = (make_document(n) for n in range(3))
    for document in (first, second):
        store.add(document, make_record(document), run)
    store.documents.add(third, run)
    links = [DocumentLink(second.id, first.id, "copy", 0.9), DocumentLink(third.id, first.id, "copy", 0.8)]
    store.links.add(links, run)
    assert list(store.links) == sorted(links)
    assert list(store.links.of_records()) == links[:1]
