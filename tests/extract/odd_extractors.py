"""Extractors that worker processes can load by name, each with a fault of its own; run as a program, one that is killed."""

from __future__ import annotations

import os
import signal
import sys
import time

from warledger.core import Document, Record
from warledger.errors import ModelError
from warledger.extract.workers import Workers


class Odd:
    """Names the process that read a document; does what a document's text asks for."""

    def extract(self, document: Document) -> Record:
        match document.text:
            case "refuse":
                raise ModelError("the network is another one")
            case "refuse strangely":
                raise StrangeError(1, 2)
            case "end":
                os._exit(3)
            case "print":
                os.write(1, b"a library speaks")
            case "last":
                time.sleep(30)
        return Record(document.id, extractor=str(os.getpid()))


class Lost:
    """Cannot be made where it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return _lose, ()

    def extract(self, document: Document) -> Record:
        return Record(document.id)


def _lose() -> None:
    raise ModelError("the network is gone")


class StrangeError(Exception):
    """Cannot be made again from what it keeps."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def asked(text: str) -> Document:
    return Document(text, text, "Example Wire", None)


if __name__ == "__main__":
    from odd_extractors import Odd as Importable  # a worker knows no class of this program

    with Workers(Importable(), 2) as workers:
        readers = {workers.submit(asked(f"number {n}")).result().extractor for n in range(20)}
        sys.stdout.write(" ".join(readers))
        sys.stdout.flush()
        if sys.argv[1:] == ["killed"]:
            os.kill(os.getpid(), signal.SIGKILL)
