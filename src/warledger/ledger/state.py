"""What the ledger says at a moment: its state, and the events and spells that follow from it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from typing import TYPE_CHECKING, Final

from warledger.core import Document, DocumentLink, Event, Issue, Judgement, Record, Source, Spell, View, frozen
from warledger.errors import BusyError, StorageError
from warledger.ledger.judging import carry_over
from warledger.ledger.loading import Loader
from warledger.ledger.ordering import oldest_first
from warledger.ledger.streaming import EventsById, HeldRecords, KeptTexts, Parts, Reader, parts_of
from warledger.store import Held, Mark, Store

if TYPE_CHECKING:
    from warledger.geo import GazetteerPlace
    from warledger.ledger.placing import Placed
    from warledger.lexicon.sources import SourceLexicon
    from warledger.reconcile import Reconciliation

LOG: Final = logging.getLogger("warledger.ledger")
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


def read_state(store: Store, as_of: date | None, recorded: date | datetime | None, *, upto: Mark | None = None) -> State:
    """The state of documents published by `as_of`, of rows added by `recorded`, of what was there at the mark `upto`; None for
    all.
    """
    at = moment(recorded)
    with store.reading():
        held = tuple(store.records.held(as_of=as_of, recorded=at, upto=upto))
        inside = {one.document for one in held}
        known = store.knowledge.sources(recorded=at, upto=upto)
        sources = _sources(store, known, inside)
        judgements = carry_over(store, store.log.judgements(recorded=at, upto=upto), held)
        return State(held, links_among(store, held), sources, judgements)


def read_held(store: Store, *, upto: Mark) -> list[Held]:
    """The documents with their records that were there at a mark."""
    return store.records.held(upto=upto)


def links_among(store: Store, held: Iterable[Held]) -> tuple[DocumentLink, ...]:
    """The links between documents that are held."""
    inside = {one.document for one in held}
    return tuple(link for link in store.links if link.document in inside and link.of in inside)


def _sources(store: Store, known: Mapping[str, Source], inside: Collection[str]) -> tuple[tuple[str, Source], ...]:
    """Every source that is known, and those of the documents by the names they have there.

    What was added to the ledger goes before what comes with warledger. A name that nobody knows means the source at whose
    addresses its documents are, if they all are at one's; of an unknown source there is only its name.
    """
    lexicon = _known_sources(known)
    found = dict(lexicon.sources)
    for name in filter(None, store.documents.sources()):
        found[name] = lexicon.match(name) or _by_address(store, name, inside, lexicon) or Source(name)
    return tuple(sorted(found.items()))


def _known_sources(known: Mapping[str, Source]) -> SourceLexicon:
    from warledger.lexicon.sources import SourceLexicon

    packaged = SourceLexicon.load()
    return SourceLexicon(known.values(), over=packaged) if known else packaged


def sources_of(store: Store, documents: Iterable[str]) -> dict[str, Source]:
    """The sources of some documents by the names they have there, as a state of all that the ledger holds has them."""
    lexicon = _known_sources(store.knowledge.sources())
    names = {document.source for ident in documents if (document := store.documents.get(ident)) is not None} - {""}
    return {name: lexicon.match(name) or _by_address(store, name, None, lexicon) or Source(name) for name in sorted(names)}


def _by_address(store: Store, name: str, inside: Collection[str] | None, lexicon: SourceLexicon) -> Source | None:
    """The one known source at whose addresses the documents of a publisher are; None if some are elsewhere, or have none."""
    told: Source | None = None
    addresses = (url for document, url in store.documents.addresses(name) if inside is None or document in inside)
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


@dataclass(frozen=True, slots=True)
class Made:
    """What was worked out of a state, and on the way to it."""

    derived: Derived
    found: Reconciliation
    placed: Placed


def derive(store: Store, state: State, as_of: date | None, *, keep: int) -> Derived:
    """The view of a state: what the ledger keeps of it, else worked out and kept, for the last `keep` states."""
    loader, key = Loader(store, by_document(state.held)), state.key
    issues = store.derived.get(key, ISSUES)
    if issues is not None:
        records = judged(store, loader.records, state.judgements)
        events = tuple(Parts(KeptTexts(store, key, EVENT), Event))
        spells = tuple(Parts(KeptTexts(store, key, SPELL), Spell))
        return Derived(_view(state, loader.documents, records, events, spells, as_of), frozen.load(Issue, issues))
    result = work_out(store, state, as_of, remembering=keep > 0).derived
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
    reader = Reader(store, HeldRecords(store, state.held), judging(state.judgements))
    documents, records = reader.documents, reader.records
    events, spells = Parts(KeptTexts(store, key, EVENT), Event, reader.want), Parts(KeptTexts(store, key, SPELL), Spell)
    view = _view(state, documents, records, events, spells, as_of)
    # A view works these out of everything when it is first asked for them; here each is looked up.
    vars(view).update(claims=reader.claims, events_by_id=EventsById(events))
    return view


def work_out(store: Store, state: State, as_of: date | None, *, remembering: bool = False) -> Made:
    """The view of a state, each step taken that none before it took; `remembering` those, and to keep what is new. How many
    documents are gone through is logged before, since of many it takes minutes.
    """
    from warledger.ledger.placing import place_all
    from warledger.ledger.remembering import LedgerMemory
    from warledger.lexicon.actors import ActorLexicon
    from warledger.reconcile import reconcile

    count = len(state.held)
    LOG.info("working out what follows from %s documents", f"{count:,}", extra={"documents": count})
    loader = Loader(store, by_document(state.held))
    passing = Loader(store, loader.held, most=IN_MEMORY)
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
    placed = place_all(found, passing.documents, lexicon, memory)
    records = judged(store, loader.records, state.judgements)
    view = _view(state, loader.documents, records, oldest_first(found.events), placed.every, as_of)
    return Made(Derived(view, found.issues), found, placed)


def by_document(held: Iterable[Held]) -> dict[str, Held]:
    """What is held, by document."""
    return {one.document: one for one in held}


def judged(store: Store, records: Mapping[str, Record], judgements: tuple[Judgement, ...]) -> Mapping[str, Record]:
    """The records as judgements on claims make them; those that none speaks of as they are, and still unread."""
    from warledger.reconcile.judging import JudgedRecords, judged_records

    decided = _on_claims(judgements)
    rows = (row for judgement in decided for claim in judgement.subjects for row in store.records.places_of_claim(claim))
    spoken_of = sorted({document for document, *_ in rows} & set(records)) if decided else []
    changed = judged_records({d: records[d] for d in spoken_of}, decided)[0]
    return JudgedRecords(records, records, changed) if changed else records


def judging(judgements: tuple[Judgement, ...]) -> Callable[[Record], Record]:
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
