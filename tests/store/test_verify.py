"""Reading a ledger again finds every change that was made behind its back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import make_document, make_record

from warledger.core import DocumentLink, Issue
from warledger.store import Store
from warledger.store.rows import record_digest, sha256

DOCUMENT = make_document()
RECORD = make_record(DOCUMENT)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        run = store.log.begin_run("add", "0")
        issue = Issue("language", "in/x", "Dutch", "English", "translate it", "note", DOCUMENT.id)
        store.add(DOCUMENT, RECORD, run, signature=b"s", issues=[issue])
        other = make_document(source="Other Post")
        store.add(
            other, make_record(other), run, signature=b"s", links=lambda: [DocumentLink(other.id, DOCUMENT.id, "copy", 1.0)]
        )
        store.log.judge("same", ["e1", "e2"], [("a", "b")], user="reader", reason="alike")
        assert list(store.verify()) == []
    return path


def tamper(path: Path, sql: str, *parameters: object, keep_schema: bool = True) -> list[str]:
    """Do what a person with another program could do, and give the codes of what verify then finds."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(sql, parameters).rowcount != 0
        for _, statement in triggers if keep_schema else ():
            connection.execute(statement)
        connection.commit()
    with Store.open(path) as store:
        faults = list(store.verify())
    assert all(fault.found and fault.expected and fault.todo and fault.severity == "error" for fault in faults)
    return sorted({fault.code for fault in faults})


@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("UPDATE documents SET text = replace(text, 'officer', 'Officer')", ["id-changed", "quote-changed", "text-changed"]),
        ("UPDATE documents SET text = replace(text, ' an ', '  an ')", ["quote-changed", "text-changed"]),
        ("UPDATE documents SET text = text || ' '", ["text-changed"]),
        ("UPDATE documents SET title = 'another'", ["document-changed"]),
        ("UPDATE documents SET published = '2031-03-04'", ["document-changed"]),
        ("UPDATE documents SET published = 'soon'", ["document-changed"]),
        ("UPDATE documents SET sentences = '[[0,'", ["document-changed"]),
        ("UPDATE documents SET assumed = '{}' WHERE assumed <> '{}'", ["document-changed"]),
        ("UPDATE records SET json = replace(json, '\"took\"', '\"TOOK\"')", ["quote-changed", "record-changed"]),
        ("UPDATE records SET json = replace(json, '0.75', '0.76')", ["claims-changed", "record-changed"]),
        ("UPDATE records SET extractor = 'me'", ["record-changed"]),
        ("UPDATE records SET json = '{'", ["quote-changed", "record-changed"]),
        ("UPDATE records SET revision = 2", ["claims-changed", "damaged", "record-missing"]),
        ("UPDATE claims SET quote = 'lost'", ["claims-changed"]),
        ("UPDATE claims SET id = 'c0' WHERE type = 'toll'", ["claims-changed"]),
        ("DELETE FROM claims WHERE type = 'toll'", ["claims-changed"]),
        ("DELETE FROM records", ["damaged", "no-record"]),
        ("DELETE FROM documents WHERE source = 'Other Post'", ["damaged"]),
        ("UPDATE links SET similarity = 7", ["link-changed"]),
        ("DELETE FROM signatures", ["signature-missing"]),
        ("UPDATE issues SET found = 'German'", ["issue-changed"]),
        ("UPDATE judgements SET reason = 'unlike'", ["judgement-changed"]),
        ("UPDATE judgements SET change = '[['", ["judgement-changed"]),
        ("CREATE TABLE mine (x)", ["damaged"]),
    ],
)  # fmt: skip
def test_each_change_is_found_by_its_name(path: Path, sql: str, codes: list[str]) -> None:
    assert tamper(path, sql) == codes


def test_missing_guards_are_found(path: Path) -> None:
    assert tamper(path, "UPDATE documents SET title = title", keep_schema=False) == ["damaged"]


def test_a_forged_checksum_does_not_hide_a_changed_quote(path: Path) -> None:
    with Store.open(path) as store:
        text, extractor = store.backend.one("SELECT json, extractor FROM records WHERE document = ?", (DOCUMENT.id,))
    for old, new in (('"trigger":"took"', '"trigger":"lost"'), ('"mentions":["Fighters"]', '"mentions":["Rebels"]')):
        forged = text.replace(old, new)
        assert forged != text
        sql = "UPDATE records SET json = ?, sha256 = ? WHERE document = ?"
        assert tamper(path, sql, forged, record_digest(extractor, forged), DOCUMENT.id) == ["quote-changed"]


def test_a_forged_text_still_fails_its_quotes_and_its_id(path: Path) -> None:
    forged = DOCUMENT.text.replace("took", "lost")
    sql = "UPDATE documents SET text = ?, text_sha256 = ? WHERE id = ?"
    codes = tamper(path, sql, forged, sha256(forged), DOCUMENT.id)
    assert codes == ["document-changed", "id-changed", "quote-changed"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(DOCUMENT.text.encode()) - 1), byte=st.integers(1, 127))
def test_any_one_changed_byte_of_a_text_is_found(path: Path, at: int, byte: int) -> None:
    raw = bytearray(DOCUMENT.text.encode())
    with Store.open(path) as store:
        if raw[at] == byte:
            assert list(store.verify()) == []
            return
        raw[at] = byte
    forged = bytes(raw)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER documents_no_update")
        connection.execute("UPDATE documents SET text = CAST(? AS TEXT) WHERE id = ?", (forged, DOCUMENT.id))
        connection.commit()
    with Store.open(path) as store:
        found = {fault.code for fault in store.verify()}
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE documents SET text = ? WHERE id = ?", (DOCUMENT.text, DOCUMENT.id))
        connection.execute(
            "CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents "
            "BEGIN SELECT RAISE(ABORT, 'rows of documents are never changed or taken out; add a row instead'); END"
        )
        connection.commit()
    assert found & {"text-changed", "damaged"}, found
    with Store.open(path) as store:
        assert list(store.verify()) == []


def test_the_documents_of_a_fault_are_named(path: Path) -> None:
    tamper(path, "UPDATE documents SET title = 'x' WHERE id = ?", DOCUMENT.id)
    with Store.open(path) as store:
        assert [fault.document for fault in store.verify()] == [DOCUMENT.id]
    assert replace(DOCUMENT, title="x") != DOCUMENT
