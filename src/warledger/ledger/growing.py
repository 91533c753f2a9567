"""What follows from the ledger as it stands now, kept row by row: written as a whole once, and then only where it changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from warledger.core import Event, Issue, Judgement, Record, Source, Spell, frozen
from warledger.ledger.loading import Loader
from warledger.ledger.ordering import order_text
from warledger.ledger.placing import Asserted, Placed, asserted
from warledger.ledger.remembering import LedgerShelf
from warledger.store import Held, Mark, Store

if TYPE_CHECKING:
    from warledger.ledger.state import State
    from warledger.reconcile import Reconciliation
    from warledger.reconcile.places import Told

IN_MEMORY: Final = 1_000
"""Documents with records that are held in memory while a ledger grows."""
Row = tuple[str, str, str, str]


def whole(state: State, found: Reconciliation, placed: Placed) -> Iterator[Row]:
    """All the rows of a state."""
    from warledger.reconcile import rows as kept

    workings = found.workings
    if workings is None:
        raise ValueError("nothing is known of how the events were made")
    yield from shown(state, found.events, placed.spells, found.issues)
    yield "compared", "", "", workings.compared
    yield from (("judged", document, "", json.dumps([j.id for j in own])) for document, own in workings.judged.items())
    for document, reading in workings.readings.items():
        yield from kept.of_reading(reading, found.keys[document])
    yield from ((*key, str(count)) for key, count in kept.counted(workings.readings.values()).items())
    for met in workings.met:
        yield from kept.of_met(met)
    telling_of = {c: f.telling for r in workings.readings.values() for f in r.filings for c in f.claims}
    yield from kept.of_ties(telling_of, workings.decided)
    places = {document: dict(reading.places) for document, reading in workings.readings.items()}

    def told(question: str) -> Told:
        document, local = question.split(" ", 1)
        return places[document][local]

    for event in found.events:
        rows = kept.KeptEvent(event, workings.made[event.id]).rows(told)
        yield from (row for row in rows if row[0] != "event")
        yield from _of_asserted(event.id, placed.asserted[event.id])


def shown(
    state: State, events: Iterable[Event], spells: Mapping[str, Sequence[Spell]], issues: Sequence[Issue]
) -> Iterator[Row]:
    """The rows of a state that a view of it reads; `spells` by the keys of places."""
    from warledger.reconcile.rows import event_text

    yield "issues", "", "", frozen.dump(issues)
    yield "judgements", "", "", frozen.dump(state.judgements)
    yield from (("source", name, "", frozen.dump([source])) for name, source in state.sources)
    for event in events:
        yield "event", event.id, "", event_text(event)
        yield "order", order_text(event), event.id, ""
        yield from (("related", event.id, f"{kind} {other}", "") for kind, other in event.related)
    yield from (("spells", place, "", frozen.dump(held)) for place, held in spells.items())


def _of_asserted(event: str, one: Asserted) -> Iterator[Row]:
    """The rows of what an event asserts; none if it asserts nothing."""
    by_place = one.by_place
    if one.assertions or one.asked:
        yield "asserts", event, "", json.dumps([sorted(by_place), [name for name, _ in one.asked]], ensure_ascii=False)
    yield from (("asserted", place, event, frozen.dump(own)) for place, own in by_place.items())
    yield from (("asked", f"names {name}", event, "") for name, _ in one.asked)


def grow(store: Store, before: Mark, known: Mapping[str, Source], code: str) -> None:
    """Bring the rows from a mark to now, within a transaction. Raises LookupError where that cannot be told from the rows."""
    from warledger.lexicon.actors import ActorLexicon
    from warledger.reconcile import growing, in_force
    from warledger.reconcile.judging import event_id
    from warledger.reconcile.rowbooks import Lookup, RowNames

    rows = store.current
    new = store.documents.came_after(before)
    if not set(store.records.came_after(before)).issubset(new):
        raise LookupError("a document that was there has another record")
    judgements = {one.id: one for one in frozen.load(Judgement, _one(store, "judgements"))}
    decided = in_force(judgements.values())
    judged = {document: [judgements[j] for j in json.loads(ids)] for document, _, ids in rows.every("judged")}
    held = Lookup(lambda document: _held(store, document))
    loader = Loader(store, held, most=IN_MEMORY)
    subjects = {subject for one in decided for subject in one.subjects}
    if subjects and any(not subjects.isdisjoint((c.id, event_id(c.id))) for d in new for c in loader.records[d].claims):
        raise LookupError("a judgement speaks of a new document")
    records = _judged(loader, judged, decided)
    sources = {name: source for name, _, text in rows.every("source") for source in frozen.load(Source, text)}
    added = {name: known[name] for name in known if sources.get(name) != known[name]}
    rows.put(("source", name, "", frozen.dump([source])) for name, source in sorted(added.items()))
    lexicon = ActorLexicon.load()
    ground = growing.Ground(loader.documents, records, store.links, sources, sources | added, decided, judged, lexicon)
    found = growing.grow(rows, ground, new, LedgerShelf(store, [held[d] for d in new], code), _one(store, "compared"))
    rows.put([("compared", "", "", found.compared)])
    for old, event in found.events.values():
        if old is not None:
            rows.drop([("order", order_text(old), old.id)])
        if event is not None:
            rows.put([("order", order_text(event), event.id, "")])
    again = {event for name in found.renamed for event in rows.items("asked", f"names {name}")}
    events = {ident: event for ident, (_, event) in found.events.items()}
    events |= {ident: frozen.load_one(Event, _one(store, "event", ident)) for ident in again - events.keys()}
    _place(store, events, lambda event: asserted(event, records, loader.documents, lexicon, RowNames(rows)))


def _one(store: Store, kind: str, key: str = "") -> str:
    text = store.current.one(kind, key)
    if text is None:
        raise LookupError(f"no {kind} {key}")
    return text


def _held(store: Store, document: str) -> Held:
    held = store.records.held_of(document)
    if held is None:
        raise KeyError(document)
    return held


def _judged(loader: Loader, judged: Mapping[str, list[Judgement]], decided: Sequence[Judgement]) -> Mapping[str, Record]:
    """The records as judgements have them."""
    from warledger.reconcile.judging import judged_records
    from warledger.reconcile.rowbooks import Lookup

    changed = judged_records({document: loader.records[document] for document in judged}, decided)[0] if judged else {}
    return Lookup(lambda document: changed.get(document) or loader.records[document])


def _place(store: Store, events: Mapping[str, Event | None], read: Callable[[Event], Asserted]) -> None:
    """Take in what changed events assert, and write the spells of the places that they speak of anew."""
    from warledger.control import Assertion, spells_of

    rows = store.current
    touched: set[str] = set()
    for ident, event in sorted(events.items()):
        places, names = json.loads(rows.one("asserts", ident) or "[[], []]")
        rows.drop([("asserts", ident, ""), *(("asserted", place, ident) for place in places)])
        rows.drop([("asked", f"names {name}", ident) for name in names])
        now = read(event) if event is not None else Asserted((), ())
        rows.put(_of_asserted(ident, now))
        touched |= {*places, *now.by_place}
    for place in sorted(touched):
        assertions = [one for text in rows.items("asserted", place).values() for one in frozen.load(Assertion, text)]
        if assertions:
            rows.put([("spells", place, "", frozen.dump(spells_of(assertions)))])
        else:
            rows.drop([("spells", place, "")])
