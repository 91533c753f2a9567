"""A view for reading through: events, documents and records come from the ledger as they are asked for, few at a time.

What `View` offers is the same; only going back and forth is slow. Memory does not grow with the ledger; for an earlier state of
it by some words an event or document. For ledgers of which what is derived is kept (see `state`).
"""

from __future__ import annotations

import gc
import sys
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import Generic, Protocol, TypeVar, overload

from warledger.core import Claim, Document, Event, Record, frozen
from warledger.store import Held, Store

Value = TypeVar("Value")

PART = 128
"""Events or spells that are kept, read and decoded together."""
PARTS_HELD = 2
MOST_DOCUMENTS = 2048
"""Documents with their records that are held at a time, of the usual size some forty megabytes."""
MOST_CHARACTERS = 32_000_000
"""Characters of their texts together."""
PAGE = 256
_BITS = 32
_MASK = (1 << _BITS) - 1


@contextmanager
def uncollected() -> Iterator[None]:
    """Nobody looks for cycles of garbage meanwhile: reading through makes none, and looking takes a fifth of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def parts_of(name: str, values: Sequence[object]) -> dict[str, str]:
    """Values in parts, by the kind under which the ledger keeps each."""
    return {f"{name} {n:06}": frozen.dump(values[n * PART : (n + 1) * PART]) for n in range(-(-len(values) // PART))}


class Texts(Protocol):
    """The texts of parts."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> str: ...


class KeptTexts:
    """The parts of a name that the ledger keeps of a state."""

    def __init__(self, store: Store, state: str, name: str) -> None:
        self._store, self._state = store, state
        self._names = store.derived.kinds(state, f"{name} ")

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, number: int) -> str:
        return self._store.derived.get(self._state, self._names[number]) or "[]"


class Parts(Sequence[Value]):
    """Values that the ledger keeps in parts. `read` is told of each part that was decoded."""

    def __init__(self, texts: Texts, kind: type[Value], read: Callable[[tuple[Value, ...]], None] | None = None) -> None:
        self._texts, self._kind, self._read = texts, kind, read
        self._held: OrderedDict[int, tuple[Value, ...]] = OrderedDict()
        self._size = (len(texts) - 1) * PART + len(self.part(len(texts) - 1)) if len(texts) else 0

    def text(self, number: int) -> str:
        """A part as it is kept."""
        return self._texts[number]

    def part(self, number: int) -> tuple[Value, ...]:
        """A part's values; the last few parts are held."""
        if number not in self._held:
            self._held[number] = frozen.load(self._kind, self.text(number))
            if len(self._held) > PARTS_HELD:
                self._held.popitem(last=False)
            if self._read is not None:
                self._read(self._held[number])
        return self._held[number]

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Value]:
        for number in range(len(self._texts)):
            yield from self.part(number)

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, index: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self.part(at // PART)[at % PART]


class EventsById(Mapping[str, Event]):
    """Events by id; of a part that is kept, one alone is decoded. Sixteen bytes an event say where it is."""

    def __init__(self, events: Parts[Event]) -> None:
        self._events = events
        self._part = -1, ""

    @cached_property
    def _index(self) -> tuple[array[int], array[int]]:
        """The hashes of the ids in their order, and for each the event's part and where it begins in the part's text."""
        hashes, places = array("q"), array("q")
        for number in range(-(-len(self._events) // PART)):
            for row, start in frozen.starts(self._events.text(number)):
                hashes.append(hash(row[0]))
                places.append((number << _BITS) | start)
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        return array("q", (hashes[i] for i in order)), array("q", (places[i] for i in order))

    def __getitem__(self, ident: str) -> Event:
        hashes, places = self._index
        wanted = hash(ident)
        for at in range(bisect_left(hashes, wanted), len(hashes)):
            if hashes[at] != wanted:
                break
            number, start = places[at] >> _BITS, places[at] & _MASK
            if self._part[0] != number:
                self._part = number, self._events.text(number)
            event = frozen.load_at(Event, self._part[1], start)
            if event.id == ident:
                return event
        raise KeyError(ident)

    def __iter__(self) -> Iterator[str]:
        return (event.id for event in self._events)

    def __len__(self) -> int:
        return len(self._events)


class Shelf(Protocol):
    """The documents with their records that a view has."""

    def __contains__(self, document: object, /) -> bool: ...

    def __len__(self) -> int: ...

    def documents(self, since: str = "", most: int = sys.maxsize) -> Iterator[str]:
        """Ids in their order, from `since` on."""
        ...

    def read(self, documents: Sequence[str]) -> Iterable[tuple[Document, Record]]:
        """Those of some documents that it has."""
        ...


class EveryRecord:
    """All that a ledger holds now. Nothing is kept of it in memory."""

    def __init__(self, store: Store) -> None:
        self._records = store.records

    def __contains__(self, document: object) -> bool:
        return document in self._records

    def __len__(self) -> int:
        return sum(1 for _ in self.documents())

    def documents(self, since: str = "", most: int = sys.maxsize) -> Iterator[str]:
        """As `Shelf.documents`."""
        return self._records.documents(since, most)

    def read(self, documents: Sequence[str]) -> Iterator[tuple[Document, Record]]:
        """As `Shelf.read`."""
        return self._records.in_force(documents)


class HeldRecords:
    """What a ledger held at some moment."""

    def __init__(self, store: Store, held: Sequence[Held]) -> None:
        self._records = store.records
        self._held = {one.document: one for one in held}
        self._order = list(self._held)

    def __contains__(self, document: object) -> bool:
        return document in self._held

    def __len__(self) -> int:
        return len(self._held)

    def documents(self, since: str = "", most: int = sys.maxsize) -> Iterator[str]:
        """As `Shelf.documents`."""
        at = bisect_left(self._order, since)
        return islice(self._order, at, at + most if most < len(self._order) else None)

    def read(self, documents: Sequence[str]) -> Iterator[tuple[Document, Record]]:
        """As `Shelf.read`."""
        return self._records.read([self._held[document] for document in documents if document in self._held])


class Reader:
    """Documents with their records, of which the last ones are held. Those of the events in hand are read together."""

    def __init__(self, store: Store, shelf: Shelf, judged: Callable[[Record], Record]) -> None:
        self.shelf = shelf
        self.claims_held: dict[str, Claim] = {}
        self._judged = judged
        self._pairs: OrderedDict[str, tuple[Document, Record]] = OrderedDict()
        self._characters = 0
        self._wanted: frozenset[str] = frozenset()
        self._next = next(shelf.documents("", 1), "")
        self.documents: Mapping[str, Document] = _Read(self, lambda pair: pair[0])
        self.records: Mapping[str, Record] = _Read(self, lambda pair: pair[1])
        self.claims: Mapping[str, Claim] = _Claims(self, store)

    def __contains__(self, ident: object) -> bool:
        return ident in self._pairs or ident in self.shelf

    def want(self, events: Iterable[Event]) -> None:
        """Say which events are in hand."""
        self._wanted = frozenset(document for event in events for document in event.documents)

    def pair(self, ident: str) -> tuple[Document, Record]:
        """A document and its record. Raises KeyError for a document that was not held."""
        found = self._pairs.get(ident)
        if found is None:
            if ident in self._wanted:
                self.read(one for one in sorted(self._wanted) if one not in self._pairs)
            if ident not in self._pairs:
                self.read(self._behind(ident))
                # Of long documents fewer than a page are held, and the first to come are the first to go.
                self.read([] if ident in self._pairs else [ident])
            found = self._pairs[ident]
        self._pairs.move_to_end(ident)
        return found

    def _behind(self, ident: str) -> Sequence[str]:
        """The page of documents that a document begins, where they are asked for in their order; else nothing."""
        in_order = ident == self._next
        most = PAGE if in_order else 1
        page = list(self.shelf.documents(ident, most + 1))
        if page[:1] != [ident]:
            return ()
        self._next = page[most] if len(page) > most else ""
        return [one for one in page[:most] if one not in self._pairs] if in_order else ()

    def read(self, idents: Iterable[str]) -> None:
        """Read documents, and let go of those that were not asked for in the longest time."""
        for document, record in self.shelf.read(list(idents)):
            judged = self._judged(record)
            self._pairs[document.id] = document, judged
            self._characters += len(document.text)
            self.claims_held.update((claim.id, claim) for claim in judged.claims)
        while len(self._pairs) > MOST_DOCUMENTS or (self._characters > MOST_CHARACTERS and len(self._pairs) > 1):
            document, record = self._pairs.popitem(last=False)[1]
            self._characters -= len(document.text)
            for claim in record.claims:
                self.claims_held.pop(claim.id, None)


class _Read(Mapping[str, Value], Generic[Value]):
    """Documents or records in the order of ids; going through all of them reads a page at a time."""

    def __init__(self, reader: Reader, which: Callable[[tuple[Document, Record]], Value]) -> None:
        self._reader, self._which = reader, which

    def __getitem__(self, ident: str) -> Value:
        return self._which(self._reader.pair(ident))

    def __contains__(self, ident: object) -> bool:
        return ident in self._reader

    def __iter__(self) -> Iterator[str]:
        return self._reader.shelf.documents()

    def __len__(self) -> int:
        return len(self._reader.shelf)

    def values(self) -> ValuesView[Value]:
        """The values, read a page at a time."""
        return _Values(self, self._reader)


class _Values(ValuesView[Value]):
    def __init__(self, mapping: _Read[Value], reader: Reader) -> None:
        super().__init__(mapping)
        self._read_by, self._reader = mapping, reader

    def __iter__(self) -> Iterator[Value]:
        left = self._reader.shelf.documents()
        while page := list(islice(left, PAGE)):
            self._reader.read(page)
            yield from (self._read_by[ident] for ident in page)


class _Claims(Mapping[str, Claim]):
    """Claims by id, found by the document that they are read in."""

    def __init__(self, reader: Reader, store: Store) -> None:
        self._reader, self._store = reader, store

    def __getitem__(self, ident: str) -> Claim:
        if ident not in self._reader.claims_held:
            for claim, document in self._store.records.documents_of_claim(ident):
                if claim == ident and document in self._reader:
                    self._reader.pair(document)
        return self._reader.claims_held[ident]

    def __iter__(self) -> Iterator[str]:
        return (claim.id for record in self._reader.records.values() for claim in record.claims)

    def __len__(self) -> int:
        return sum(1 for _ in self)
