"""What the ledger says at a moment: its state, and the events and spells that follow from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from typing import TYPE_CHECKING

from warledger.core import Document, DocumentLink, Event, Issue, Judgement, Record, Source, Spell, View, frozen
from warledger.errors import BusyError, StorageError
from warledger.ledger.judging import carry_over
from warledger.ledger.loading import Loader
from warledger.ledger.ordering import oldest_first
from warledger.ledger.streaming import EventsById, Parts, Reader, parts_of
from warledger.store import Held, Store

if TYPE_CHECKING:
    from warledger.geo import GazetteerPlace
    from warledger.lexicon.sources import SourceLexicon

IN_MEMORY = 4_000
"""Documents with records that are held in memory while all are worked through: some 200 MB of long reports."""
FORM = 2
"""The form in which derived values are kept: events and spells in parts, events in the order of days."""
EVENT, SPELL, ISSUES = "event", "spell", "issues"
DERIVING = ("core", "ontology", "lexicon", "reconcile", "control")
"""The packages whose code and data decide what follows from a state."""

ADDRESSES_READ = 200
"""So many documents of a publisher tell whose addresses it has."""


@dataclass(frozen=True, slots=True)
class State:
    """All that events and spells follow from, as the ledger held it."""

    held: tuple[Held, ...]
    links: tuple[DocumentLink, ...]
    sources: tuple[tuple[str, Source], ...]
    judgements: tuple[Judgement, ...]

    @property
    def key(self) -> str:
        """A hash over all of it and over the code: what was derived under the same key is the same."""
        digest = hashlib.sha256(f"{FORM} {code_hash()}".encode())
        digest.update(frozen.dump((self,)).encode())
        return digest.hexdigest()


def read_state(store: Store, as_of: date | None, recorded: date | datetime | None) -> State:
    """The state of documents published by `as_of`, of rows added by `recorded`; None for all."""
    at = moment(recorded)
    with store.reading():
        held = tuple(store.records.held(as_of=as_of, recorded=at))
        inside = {one.document for one in held}
        links = tuple(link for link in store.links if link.document in inside and link.of in inside)
        known = store.knowledge.sources(recorded=at)
        sources = _sources(store, known, inside)
        judgements = carry_over(store, store.log.judgements(recorded=at), held)
        return State(held, links, sources, judgements)


def _sources(store: Store, known: Mapping[str, Source], inside: Collection[str]) -> tuple[tuple[str, Source], ...]:
    """Every source that is known, and those of the documents by the names they have there.

    What was added to the ledger goes before what comes with warledger. A name that nobody knows means the source at whose
    addresses its documents are, if they all are at one's; of an unknown source there is only its name.
    """
    from warledger.lexicon.sources import SourceLexicon

    packaged = SourceLexicon.load()
    lexicon = SourceLexicon(known.values(), over=packaged) if known else packaged
    found = dict(lexicon.sources)
    for name in filter(None, store.documents.sources()):
        found[name] = lexicon.match(name) or _by_address(store, name, inside, lexicon) or Source(name)
    return tuple(sorted(found.items()))


def _by_address(store: Store, name: str, inside: Collection[str], lexicon: SourceLexicon) -> Source | None:
    """The one known source at whose addresses the documents of a publisher are; None if some are elsewhere, or have none."""
    told: Source | None = None
    addresses = (url for document, url in store.documents.addresses(name) if document in inside)
    for url in islice(addresses, ADDRESSES_READ):
        found = lexicon.match(url) if url.startswith(("http://", "https://")) else None
        if found is None or told not in (None, found):
            return None
        told = found
    return told


def moment(recorded: date | datetime | None) -> str | None:
    """`recorded` as the ledger writes moments; a day counts to its end, and a time without a zone is UTC."""
    if recorded is None:
        return None
    if not isinstance(recorded, datetime):
        recorded = datetime.combine(recorded, time.min, UTC) + timedelta(days=1) - timedelta(microseconds=1)
    zoned = recorded.replace(tzinfo=UTC) if recorded.tzinfo is None else recorded.astimezone(UTC)
    return zoned.isoformat(timespec="microseconds").replace("+00:00", "Z")


def places_hash(places: Sequence[GazetteerPlace]) -> str:
    """Eight hex digits over places: an extractor that knows other places is another extractor."""
    return hashlib.sha256(frozen.dump(places).encode()).hexdigest()[:8]


@cache
def code_hash() -> str:
    """The SHA-256 over every file of the packages that events and spells are derived by."""
    digest = hashlib.sha256()
    for package in DERIVING:
        for path, raw in _files(files("warledger") / package, package):
            digest.update(f"{path}\0{len(raw)}\0".encode() + raw)
    return digest.hexdigest()


def _files(folder: Traversable, path: str) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name) if folder.is_dir() else ():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{path}/{entry.name}")
        elif entry.is_file():
            yield f"{path}/{entry.name}", entry.read_bytes()


@dataclass(frozen=True, slots=True)
class Derived:
    """A view, and the judgements that could not be applied to it."""

    view: View
    issues: tuple[Issue, ...]


def derive(store: Store, state: State, as_of: date | None, *, keep: int) -> Derived:
    """The view of a state: what the ledger keeps of it, else worked out and kept, for the last `keep` states."""
    loader, key = Loader(store, state.held), state.key
    issues = store.derived.get(key, ISSUES)
    if issues is not None:
        records = _judged(store, loader.records, state.judgements)
        events, spells = tuple(Parts(store, key, Event, EVENT)), tuple(Parts(store, key, Spell, SPELL))
        return Derived(_view(state, loader.documents, records, events, spells, as_of), frozen.load(Issue, issues))
    result = _work_out(store, state, loader, as_of, remembering=keep > 0)
    values = {
        **parts_of(EVENT, result.view.events), **parts_of(SPELL, result.view.spells), ISSUES: frozen.dump(result.issues)
    }  # fmt: skip
    if keep:
        # Open for reading alone, or another process is writing: it will be worked out again.
        with suppress(StorageError, BusyError):
            store.derived.put(key, values, keep=keep)
    return result


def stream(store: Store, state: State, as_of: date | None) -> View | None:
    """The view of a state for reading through (see `streaming`); None where the ledger keeps nothing of it."""
    key = state.key
    if store.derived.get(key, ISSUES) is None:
        return None
    reader = Reader(store, state.held, _judging(state.judgements))
    documents, records = reader.documents, reader.records
    events, spells = Parts(store, key, Event, EVENT, reader.want), Parts(store, key, Spell, SPELL)
    view = _view(state, documents, records, events, spells, as_of)
    # A view works these out of everything when it is first asked for them; here each is looked up.
    vars(view).update(claims=reader.claims, events_by_id=EventsById(events))
    return view


def _work_out(store: Store, state: State, loader: Loader, as_of: date | None, *, remembering: bool) -> Derived:
    """The view of a state, each step taken that none before it took."""
    from warledger.ledger.placing import all_spells
    from warledger.ledger.remembering import LedgerMemory
    from warledger.lexicon.actors import ActorLexicon
    from warledger.reconcile import reconcile

    passing = Loader(store, state.held, most=IN_MEMORY)
    memory = LedgerMemory(store, state.held, code_hash()) if remembering else None
    lexicon = ActorLexicon.load()
    found = reconcile(
        passing.documents,
        passing.records,
        links=state.links,
        sources=dict(state.sources),
        judgements=state.judgements,
        lexicon=lexicon,
        memory=memory,
    )
    held = all_spells(found, passing.documents, lexicon, memory)
    records = _judged(store, loader.records, state.judgements)
    return Derived(_view(state, loader.documents, records, oldest_first(found.events), held, as_of), found.issues)


def _judged(store: Store, records: Mapping[str, Record], judgements: tuple[Judgement, ...]) -> Mapping[str, Record]:
    """The records as judgements on claims make them; those that none speaks of as they are, and still unread."""
    from warledger.reconcile.judging import JudgedRecords, judged_records

    decided = _on_claims(judgements)
    rows = (row for judgement in decided for claim in judgement.subjects for row in store.records.places_of_claim(claim))
    spoken_of = sorted({document for document, *_ in rows} & set(records)) if decided else []
    changed = judged_records({d: records[d] for d in spoken_of}, decided)[0]
    return JudgedRecords(records, records, changed) if changed else records


def _judging(judgements: tuple[Judgement, ...]) -> Callable[[Record], Record]:
    """What makes one record as judgements on claims have it."""
    from warledger.reconcile.judging import judged_records

    decided = _on_claims(judgements)
    if not decided:
        return lambda record: record
    return lambda record: judged_records({record.document: record}, decided)[0][record.document]


def _on_claims(judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    if not judgements:
        return ()
    from warledger.reconcile import in_force

    return tuple(judgement for judgement in in_force(judgements) if judgement.kind == "claim")


def _view(
    state: State,
    documents: Mapping[str, Document],
    records: Mapping[str, Record],
    events: Sequence[Event],
    spells: Sequence[Spell],
    as_of: date | None,
) -> View:
    return View(documents, records, state.links, dict(state.sources), events, spells, as_of)
