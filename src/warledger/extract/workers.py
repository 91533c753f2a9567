"""Processes that extract beside the calling one. Python runs one thread at a time, so that threads share among several cores
only what the network does; a process has a Python of its own.

A worker is a program (`python -m warledger.extract.workers`) that reads pickled documents from its standard input and writes
pickled answers to its standard output. It ends when its input does, so none outlives the process that started it, however that
ends; and unlike the workers of `multiprocessing` it never runs the caller's main script again.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, Self, cast

from warledger.errors import WarledgerError

if TYPE_CHECKING:
    from warledger.core import Document, Record

GONE: Final = "a worker process ended before its work was done; it may have run out of memory: try fewer jobs"
PATIENCE: Final = 1.0
"""Seconds that a process has to end by itself."""


class Extracting(Protocol):
    """What a worker is given to work with. Must be picklable."""

    def extract(self, document: Document, /) -> Record:
        """The record of one document."""


class Worker:
    """One worker process, with what it extracts by."""

    def __init__(self, extractor: Extracting) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],  # -P: no module is looked for where the user happens to be
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C is for the process that started it
        )
        self._requests, self._answers = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        self._has_worked = False
        self._send(pickle.dumps(extractor, pickle.HIGHEST_PROTOCOL))  # a whole, which is read even if nothing can be made of it

    def extract(self, document: Document) -> Record:
        """The record of one document. Raises what the extraction raised, and WarledgerError where the process is gone."""
        self._send(document)
        try:
            answer: Record | Exception = pickle.load(self._answers)  # noqa: S301 - written by our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise WarledgerError(GONE) from error
        self._has_worked = True
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End the process: by the end of its input where it has worked, so that it ends in order, or else at once."""
        with suppress(OSError):  # what is left to write to a process that is gone
            self._requests.close()
        try:
            self._process.wait(PATIENCE if self._has_worked else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()

    def _send(self, thing: object) -> None:
        try:
            pickle.dump(thing, self._requests, pickle.HIGHEST_PROTOCOL)
            self._requests.flush()
        except OSError as error:
            raise WarledgerError(GONE) from error


class Workers:
    """`count` worker processes. Used as a context, which ends them."""

    def __init__(self, extractor: Extracting, count: int) -> None:
        self._workers = [Worker(extractor) for _ in range(count)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(count)

    def submit(self, document: Document) -> Future[Record]:
        """Have a document read by the next worker that is free."""
        return self._threads.submit(self._extract, document)

    def _extract(self, document: Document) -> Record:
        worker = self._free.get()
        try:
            return worker.extract(document)
        finally:
            self._free.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._threads.shutdown()


def main() -> None:
    """Work: the first thing read is the extractor, each after it a document, to be answered by its record or by an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    with suppress(EOFError, BrokenPipeError):
        extract = _loaded(pickle.load(requests))  # noqa: S301 - written by the process that started this one
        while True:
            document: Document = pickle.load(requests)  # noqa: S301
            answer: Record | Exception
            try:
                answer = extract(document)
            except Exception as error:  # noqa: BLE001 - raised again where it was asked
                answer = error
            answers.write(_pickled(answer))
            answers.flush()


def _loaded(extractor: bytes) -> Callable[[Document], Record]:
    """What extracts; where it cannot be made here, what says so of every document."""
    try:
        made: Extracting = pickle.loads(extractor)  # noqa: S301 - written by the process that started this one
    except Exception as error:  # noqa: BLE001 - it is raised where a record is asked for
        failure = error

        def refuse(_: Document) -> Record:
            raise failure

        return refuse
    return made.extract


def _pickled(answer: Record | Exception) -> bytes:
    """An answer as bytes; an error that cannot be pickled and read again, by what it says."""
    try:
        raw = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        if isinstance(answer, Exception):
            pickle.loads(raw)  # noqa: S301 - written above
    except Exception:  # noqa: BLE001 - some errors cannot be made again from their arguments
        return pickle.dumps(RuntimeError(f"{type(answer).__name__}: {answer}"))
    return raw


if __name__ == "__main__":
    main()
