"""The ledger as it stands now: its view, brought up to date by what came since it was last asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Final, TypeVar
from weakref import ref

from warledger.core import Document, Event, Issue, Judgement, Record, Source, Spell, View, frozen
from warledger.errors import BusyError, StorageError, WarledgerError
from warledger.ledger import growing, state, streaming
from warledger.ledger.late import LateMapping, LateSequence, PassingSequence
from warledger.ledger.loading import Loader
from warledger.ledger.streaming import EveryRecord, Parts, Reader
from warledger.store import Mark, Store, read_mark

FORM: Final = 1
"""The form of the rows in which the present state is kept."""
FEW: Final = 16
"""So many documents more, or so small a part of all, are taken in one by one; for more all is gone through."""
PART_OF_ALL: Final = 1 / 50

Value = TypeVar("Value")


class Now:
    """The present state of one ledger. Views of it read events and spells only when they are asked for them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._latest: tuple[Mark, state.Derived] | None = None
        self._unread: list[tuple[Mark, ref[Collection[object]]]] = []

    def close(self) -> None:
        """Have the views that somebody holds read what they will need when the ledger is closed."""
        self._latest = None
        with suppress(WarledgerError):  # what cannot be read is told when it is asked for
            for late in (one() for _, one in self._unread):
                if late is not None:
                    len(late)
        self._unread.clear()

    def _settle(self) -> None:
        """Have the views that were given of these rows read what they will need when the rows are others."""
        readable = self._kept()
        unread, self._unread = self._unread, []
        for mark, one in unread:
            late = one()
            if late is not None and mark == readable:
                len(late)
            elif late is not None:
                self._unread.append((mark, one))

    def derived(self) -> state.Derived:
        """The view of all that the ledger holds, and the judgements that could not be applied."""
        mark = read_mark(self._store.backend)
        if self._latest is None or self._latest[0] != mark:
            self._latest = None  # what nobody looks at need not be read before it changes
            self._latest = self._bring()
        return self._latest[1]

    def _bring(self) -> tuple[Mark, state.Derived]:
        """The view of what there is, for which the rows are brought up to date, and how far the ledger has grown by then."""
        with suppress(StorageError, BusyError, LookupError):  # only to be read, or too much of it is new
            mark = read_mark(self._store.backend)
            if self._kept() != mark:
                mark = self._grow()
            return mark, self._late(mark)
        return self._anew()

    def reading_through(self) -> View | None:
        """The view for reading through (see `streaming`), while nothing is written; None where it is not kept or is held."""
        mark = read_mark(self._store.backend)
        if self._kept() != mark or (self._latest is not None and self._latest[0] == mark):
            return None
        reader = Reader(self._store, EveryRecord(self._store), state.judging(self._judgements()))
        events = Parts(_EventTexts(self._store), Event, reader.want)
        links, spells = PassingSequence(self._store.links.of_records), PassingSequence(self._spells)
        view = View(reader.documents, reader.records, links, self._sources(), events, spells, None)
        # A view works these out of everything when it is first asked for them; here each is looked up.
        vars(view).update(claims=reader.claims, events_by_id=_EventsById(self._store, events))
        return view

    def _kept(self) -> Mark | None:
        """How far the ledger had grown when the rows were brought up to date; None if they are of other code, or not there."""
        text = self._store.current.one("mark", "")
        form, code, *numbers = json.loads(text) if text is not None else ("", "")
        return Mark(*numbers) if [form, code] == [FORM, state.code_hash()] else None

    def _grow(self) -> Mark:
        """Bring the rows up to date. Raises LookupError where all must be worked out anew."""
        store = self._store
        with store.transaction():
            kept, mark = self._kept(), read_mark(store.backend)
            if kept is None or (kept.judgements, kept.sources) != (mark.judgements, mark.sources):
                raise LookupError("what is known or decided is not what it was")
            new = store.documents.came_after(kept)
            if len(new) > max(FEW, kept.documents * PART_OF_ALL):
                raise LookupError("there is much that is new")
            if kept != mark:
                self._settle()
                growing.grow(store, kept, state.sources_of(store, new), state.code_hash())
                self._put_mark(mark)
        return mark

    def _anew(self) -> tuple[Mark, state.Derived]:
        """Work all out, and write the rows, unless they are of a later state by then."""
        store = self._store
        with store.reading():
            mark, all_of_it = read_mark(store.backend), state.read_state(store, None, None)
        made = state.work_out(store, all_of_it, None, remembering=True)
        with suppress(StorageError, BusyError):
            self.keep(mark, growing.whole(all_of_it, made.found, made.placed))
        return mark, made.derived

    def keep(self, mark: Mark, rows: Iterable[growing.Row]) -> None:
        """Keep rows as all that follows from what there was at a mark, unless a later state is kept by now."""
        store = self._store
        with store.transaction():
            pass  # where nothing can be written, nothing need be gathered
        store.current.gather(rows)
        with store.transaction():
            kept = self._kept()
            if kept is None or kept.records <= mark.records:
                self._settle()
                store.current.replace()
                self._put_mark(mark)

    def _put_mark(self, mark: Mark) -> None:
        numbers = [mark.documents, mark.records, mark.judgements, mark.sources]
        self._store.current.put([("mark", "", "", json.dumps([FORM, state.code_hash(), *numbers]))])

    # Views that read late

    def _late(self, mark: Mark) -> state.Derived:
        """A view of the rows, which are those of `mark`. Raises LookupError if they are not."""
        store = self._store
        with store.reading():
            if self._kept() != mark:
                raise LookupError("the rows have been changed again")
            judgements, issues = self._judgements(), frozen.load(Issue, store.current.one("issues", "") or "[]")

        @cache
        def loader() -> Loader:
            return Loader(store, {one.document: one for one in state.read_held(store, upto=mark)})

        def at(read: Callable[[], Value], otherwise: Callable[[View], Value]) -> Value:
            """What is read of the rows; of the view that they had, where another process has changed them since."""
            with store.reading():
                if self._kept() == mark:
                    return read()
            return otherwise(state.work_out(store, state.read_state(store, None, None, upto=mark), None).derived.view)

        documents: Mapping[str, Document] = LateMapping(lambda: loader().documents)
        records: Mapping[str, Record] = LateMapping(lambda: state.judged(store, loader().records, judgements))
        links = LateSequence(lambda: state.links_among(store, list(loader().held.values())))
        sources: Mapping[str, Source] = LateMapping(lambda: at(self._sources, lambda view: view.sources))
        events = LateSequence(lambda: at(self._events, lambda view: view.events))
        spells = LateSequence(lambda: at(lambda: tuple(self._spells()), lambda view: view.spells))
        self._unread += [(mark, ref(late)) for late in (links, sources, events, spells)]
        return state.Derived(View(documents, records, links, sources, events, spells, None), issues)

    def _judgements(self) -> tuple[Judgement, ...]:
        return frozen.load(Judgement, self._store.current.one("judgements", "") or "[]")

    def _sources(self) -> dict[str, Source]:
        rows = self._store.current.every("source")
        return {name: source for name, _, text in rows for source in frozen.load(Source, text)}

    def _events(self) -> Sequence[Event]:
        from warledger.reconcile.rows import with_relations

        rows = self._store.current
        related = _grouped(rows.every("related"))
        texts = {event: text for event, _, text in rows.every("event")}
        return [
            frozen.restored(Event, with_relations(texts.pop(event), related.get(event, ())))
            for _, event, _ in rows.every("order")
        ]

    def _spells(self) -> Iterator[Spell]:
        """The spells of one place after another."""
        rows = self._store.current
        return (s for place in rows.keys("spells") for s in frozen.load(Spell, rows.one("spells", place) or "[]"))


class _EventTexts:
    """The events in their order, so many to a part, each part as `frozen.dump` would write it."""

    def __init__(self, store: Store) -> None:
        self._rows = store.current
        self._size = streaming.PART
        order = enumerate(self._rows.every("order"))
        self._firsts = [(key, event) for number, (key, event, _) in order if number % self._size == 0]

    def __len__(self) -> int:
        return len(self._firsts)

    def __getitem__(self, number: int) -> str:
        from warledger.reconcile.rows import text_of, with_relations

        events = [event for _, event, _ in self._rows.behind("order", *self._firsts[number], self._size)]
        texts = {event: text for event, _, text in self._rows.under("event", events)}
        for event, related in _grouped(self._rows.under("related", events)).items():
            texts[event] = text_of(with_relations(texts[event], related))
        return "[" + ",".join(texts[event] for event in events) + "]"


class _EventsById(Mapping[str, Event]):
    """Events by id, each read when it is asked for."""

    def __init__(self, store: Store, events: Sequence[Event]) -> None:
        self._rows = store.current
        self._events = events

    def __getitem__(self, ident: str) -> Event:
        from warledger.reconcile.rows import with_relations

        text = self._rows.one("event", ident)
        if text is None:
            raise KeyError(ident)
        return frozen.restored(Event, with_relations(text, self._rows.items("related", ident)))

    def __iter__(self) -> Iterator[str]:
        return (event.id for event in self._events)

    def __len__(self) -> int:
        return len(self._events)


def _grouped(rows: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """The items of rows by key."""
    found: dict[str, list[str]] = {}
    for key, item, _ in rows:
        found.setdefault(key, []).append(item)
    return found
