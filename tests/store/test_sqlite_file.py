"""The SQLite file: its versions, its locks, and what is said when the disk or the file is at fault."""

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import make_document, make_record

from warledger.errors import BusyError, LedgerError, SchemaError, StorageError
from warledger.store import Store
from warledger.store.sqlite import APPLICATION_ID, SqliteBackend, migrations

LATEST = len(migrations())


def add(store: Store, number: int = 1) -> None:
    document = make_document(number)
    store.add(document, make_record(document), store.log.begin_run("add", "0"), signature=b"s")


def test_a_new_ledger_bears_its_mark_and_uses_a_log(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db") as store:
        assert store.backend.one("PRAGMA application_id") == (APPLICATION_ID,)
        assert store.backend.one("PRAGMA journal_mode") == ("wal",)
        assert store.backend.one("PRAGMA foreign_keys") == (1,)
        assert store.backend.schema_version == LATEST
    with pytest.raises(LedgerError, match="closed"):
        store.documents.get("d1")


def copy_rows(old: SqliteBackend) -> None:
    """A document with all that belongs to it, in the columns that the old ledger has."""
    with Store.open(":memory:") as new:
        add(new)
        for table in ("runs", "documents", "records", "claims", "signatures"):
            columns = ", ".join(f'"{row[1]}"' for row in old.rows(f"PRAGMA table_info({table})"))
            for row in new.backend.rows(f"SELECT {columns} FROM {table}"):  # noqa: S608
                old.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608


def test_a_ledger_of_version_1_is_brought_to_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(SqliteBackend(path)) as backend:
        assert backend.migrate(1) == 1
        copy_rows(backend)
        with pytest.raises(LedgerError, match="no such table"):
            Store(backend).derived.get("s", "events")
    with pytest.raises(SchemaError, match="open it for writing once"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert store.backend.schema_version == LATEST > 1
        assert store.documents.get(make_document().id) == make_document()
        store.derived.put("s", {"events": "[]"}, keep=1)
        add(store, 2)
        assert list(store.verify()) == []


def test_a_migration_that_fails_leaves_the_version_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (migrations()[0], "CREATE TABLE half (x TEXT) STRICT;\nCREATE TABLE half (x TEXT) STRICT;\n")
    monkeypatch.setattr("warledger.store.sqlite.migrations", lambda: broken)
    with closing(SqliteBackend(tmp_path / "a.db")) as backend:
        with pytest.raises(LedgerError, match="half"):
            backend.migrate()
        assert backend.schema_version == 1
        assert backend.one("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'") == (0,)


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with Store.open(path) as store:
        store.backend.execute(f"PRAGMA user_version = {LATEST + 1}")
    with pytest.raises(SchemaError, match="use a newer one"):
        Store.open(path)


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (x)")
    text = tmp_path / "notes.txt"
    text.write_text("These are notes, which somebody would not like to lose. " * 40)
    for path, said in ((other, "not a warledger ledger"), (text, "some other kind of file"), (tmp_path, "is a folder")):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(LedgerError, match=said):
            Store.open(path)
        assert not path.is_file() or path.read_bytes() == before


def test_an_absent_ledger_is_made_only_where_that_was_asked(tmp_path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(LedgerError, match="there is no ledger at"):
            Store.open(tmp_path / "a.db", **options)
    with pytest.raises(StorageError, match="there is no folder"):
        Store.open(tmp_path / "none" / "a.db")
    (tmp_path / "empty.db").touch()
    with Store.open(tmp_path / "empty.db", create=False) as store:
        add(store)


def test_a_ledger_open_for_reading_refuses_to_write(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        add(store)
    with Store.open(tmp_path / "a.db", read_only=True) as store:
        assert len(store.documents) == 1
        with pytest.raises(StorageError, match="cannot be written"):
            add(store, 2)
        assert list(store.verify()) == []


def test_a_reader_sees_what_is_there_while_another_writes(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as writer, Store.open(tmp_path / "a.db", read_only=True) as reader:
        with writer.transaction():
            add(writer)
            assert len(reader.documents) == 0
        assert len(reader.documents) == 1


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists(), reason="root may write everywhere")
def test_a_ledger_in_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    with Store.open(folder / "a.db") as store:
        add(store)
    (folder / "a.db").chmod(0o444)
    folder.chmod(0o555)
    program = (
        "import sys; from warledger.store import Store; s = Store.open(sys.argv[1], create=False)\n"
        "print(len(s.documents), list(s.verify()))\n"
        "try: s.log.begin_run('add', '0')\n"
        "except OSError as error: print(type(error).__name__, error)\n"
    )
    command = [sys.executable, "-c", program, str(folder / "a.db")]
    if os.geteuid() == 0:
        for parent in folder.parents[: len(folder.parents) - 2]:
            parent.chmod(parent.stat().st_mode | 0o111)
        command = ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all", *command]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert ended.stdout.startswith("1 []\nStorageError"), ended.stderr
    assert "see whether the file and its folder allow it" in ended.stdout


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        add(store)
        (pages,) = store.backend.one("PRAGMA page_count")
        store.backend.one(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StorageError, match=r"disk is full.*make room") as error:
            all(add(store, number) is None for number in range(2, 200))
        assert isinstance(error.value, OSError)
        kept = len(store.documents)
        assert list(store.verify()) == []
    with Store.open(path) as store:
        for number in range(1, 40):
            add(store, number)
        assert kept < len(store.documents) == 39


def test_another_writer_is_waited_for_and_then_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as first, Store.open(tmp_path / "a.db", busy_timeout_s=0.05) as second:
        with first.transaction(), pytest.raises(BusyError, match=r"for 0\.05 seconds"):
            add(second)
        add(second)
    with Store.open(tmp_path / "a.db") as first, Store.open(tmp_path / "a.db") as second:
        waited = threading.Thread(target=add, args=(second, 2))
        with first.transaction():
            waited.start()
            waited.join(0.1)
            assert waited.is_alive()
        waited.join()
        assert len(first.documents) == 2


def test_a_log_that_cannot_be_turned_on_at_once_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError):
            Store.open(path, busy_timeout_s=0.05)


def _open_and_add(path: str, number: int) -> None:
    with Store.open(path) as store:
        add(store, number)


def test_a_ledger_that_another_process_makes_between_two_looks_is_one(tmp_path: Path) -> None:
    class Between:
        """The connection of one that has looked once when the other makes the ledger."""

        def __init__(self, connection: sqlite3.Connection) -> None:
            self.connection = connection

        def execute(self, sql: str) -> sqlite3.Cursor:
            (value,) = self.connection.execute(sql).fetchone()
            with closing(SqliteBackend(tmp_path / "a.db")) as other:
                other.migrate()
            return self.connection.execute("SELECT ?", (value,))

    with closing(SqliteBackend(tmp_path / "a.db")) as backend:
        own = backend._connection
        backend._connection = Between(own)  # type: ignore[assignment]
        assert not backend._is_foreign()
        backend._connection = own


def test_processes_that_make_a_ledger_at_once_make_one(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_open_and_add, args=(path, number)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    with Store.open(path) as store:
        assert len(store.documents) == 4
        assert list(store.verify()) == []


def test_damage_stops_the_command_with_a_word_on_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        for number in range(300):
            add(store, number)
    raw = bytearray(path.read_bytes())
    raw[4096 * 100 : 4096 * 140] = b"\xff" * (4096 * 40)
    path.write_bytes(raw)
    with Store.open(path) as store:
        faults = list(store.verify())
        assert {fault.code for fault in faults} == {"damaged"}
        with pytest.raises(LedgerError, match="damaged"):
            list(store.dump())


def test_documents_are_looked_up_however_many_there_are(tmp_path: Path) -> None:
    """Nothing that reads some documents, or what is kept of some events, goes through all of a table."""
    with Store.open(tmp_path / "a.db") as store:
        for number in range(3):
            add(store, number)
        held = store.records.held()
        connection = store.backend._connection  # type: ignore[attr-defined]
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        assert len(list(store.records.read(held[:2]))) == 2
        assert len(list(store.records.in_force(one.document for one in held[:2]))) == 2
        assert len(list(store.records.documents(held[1].document, 1))) == 1
        list(store.current.behind("order", "a", "b", 2))
        list(store.current.under("event", ["a", "b"]))
        connection.set_trace_callback(None)
        assert len(asked) == 5
        for sql in asked:
            plan = [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
            gone_through = [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step]
            assert gone_through in ([], ["SCAN w"]), plan
