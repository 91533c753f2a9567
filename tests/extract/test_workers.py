"""Worker processes read documents as the calling process would, give back its errors, and end with it."""

import os
import pickle
import signal
import subprocess
import sys
import time
from datetime import date

import odd_extractors
import pytest
from odd_extractors import Lost, Odd, asked

from warledger.core import Document
from warledger.errors import ModelError, WarledgerError
from warledger.extract import Extractor, extractor
from warledger.extract.workers import PATIENCE, Workers
from warledger.lexicon.actors import ActorLexicon
from warledger.model import Network

OWN = str(os.getpid())


@pytest.fixture
def workers():
    with Workers(Odd(), 2) as started:
        yield started


def again(thing):
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - written here


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(process):
    until = time.monotonic() + 20
    while alive(process) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(process)


def test_every_document_is_read_by_another_process(workers):
    records = [future.result() for future in [workers.submit(asked(f"number {n}")) for n in range(9)]]
    assert [r.document for r in records] == [f"number {n}" for n in range(9)]
    readers = {r.extractor for r in records}
    assert OWN not in readers
    assert len(readers) <= 2


def test_an_error_is_raised_where_it_was_asked_and_the_worker_goes_on(workers):
    with pytest.raises(ModelError, match="the network is another one"):
        workers.submit(asked("refuse")).result()
    assert workers.submit(asked("next")).result().document == "next"


def test_an_error_that_cannot_be_sent_says_what_it_was(workers):
    with pytest.raises(RuntimeError, match="StrangeError: 1 and 2"):
        workers.submit(asked("refuse strangely")).result()


def test_an_extractor_that_cannot_be_made_there_is_an_error_for_every_document(capfd):
    with Workers(Lost(), 1) as workers:
        for text in ("first", "next"):
            with pytest.raises(ModelError, match="the network is gone"):
                workers.submit(asked(text)).result()
    assert capfd.readouterr().err == ""


def test_what_is_printed_is_no_answer(workers):
    assert workers.submit(asked("print")).result().document == "print"


def test_a_worker_that_is_gone_is_an_error_for_what_it_had_and_for_what_it_is_asked_later():
    with Workers(Odd(), 1) as workers:
        for text in ("end", "next"):
            with pytest.raises(WarledgerError, match="a worker process ended"):
                workers.submit(asked(text)).result()


def test_a_worker_in_the_midst_of_a_document_is_ended():
    with Workers(Odd(), 1) as workers:
        process = int(workers.submit(asked("first")).result().extractor)
        workers.submit(asked("last"))
        began = time.monotonic()
    assert time.monotonic() - began < PATIENCE + 5
    assert not alive(process)


@pytest.mark.parametrize("end", ["", "killed"])
def test_no_worker_outlives_the_process_that_started_it(end):
    command = [sys.executable, odd_extractors.__file__, end]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == (-signal.SIGKILL if end else 0)
    processes = [int(number) for number in done.stdout.split()]
    assert processes
    assert all(wait_until_gone(process) for process in processes)


def test_a_module_that_lies_where_the_user_is_is_not_run(tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("raise SystemExit('a stranger ran')")
    monkeypatch.chdir(tmp_path)
    with Workers(Odd(), 1) as workers:
        assert workers.submit(asked("first")).result().document == "first"


def test_many_documents_are_read_alike_by_threads_and_by_processes(monkeypatch):
    monkeypatch.setattr(extractor, "THREADED", 4)
    text = "Rebels shelled {} on Friday, killing 5 soldiers, the army said."
    documents = [
        Document(name, text.format(name), "Example Wire", date(2024, 12, 6))
        for name in ("Homs", "Hama", "Idlib", "Raqqa", "Aleppo", "Latakia", "Palmyra", "Kobani", "Manbij")
    ]
    reader = Extractor.load()
    assert list(reader.extract_many(documents, jobs=2)) == [reader.extract(document) for document in documents]


def test_a_network_that_was_pickled_keeps_its_tables():
    network = Network.load()
    network.tables.thresholds["trigger"] = 0.125
    read = again(network)
    assert read.digest == network.digest
    assert read.tables.thresholds == network.tables.thresholds


def test_a_lexicon_that_was_pickled_knows_the_same_actors():
    packaged = ActorLexicon.load()
    assert again(packaged) is packaged
    few = ActorLexicon(list(packaged.actors.values())[:3])
    assert again(few).actors == few.actors
