"""The whole of reconciliation, from records to events: a pure function of what it is given.

Each step is a function of little: a reading of one document, a comparison of two, an event of its claims and of what the books
answer about them. So a run that has a `Memory` works out only what no run before it did, and comes to the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from warledger.core import Document, DocumentLink, Event, Issue, Judgement, Record, Source
from warledger.reconcile.drafting import Books, Drafter
from warledger.reconcile.judging import in_force
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge
from warledger.reconcile.making import Maker, Making
from warledger.reconcile.matching import Matching
from warledger.reconcile.memory import Memory, NoMemory
from warledger.reconcile.origins import WitnessBook, roots, superseded
from warledger.reconcile.partition import Part, partition
from warledger.reconcile.places import PlaceBook
from warledger.reconcile.reading import Met, Reading
from warledger.reconcile.relating import Relater
from warledger.reconcile.scoring import Model, load_model


@dataclass(frozen=True, slots=True)
class Workings:
    """What a run that has a memory came by on its way: the readings by document, all that met in two documents, how each event
    was made, which judgements decide how a document is read, and all that are in force; `compared` as of `Matching`.
    """

    readings: Mapping[str, Reading]
    met: Sequence[Met]
    made: Mapping[str, Making]
    judged: Mapping[str, Sequence[Judgement]]
    decided: Sequence[Judgement]
    compared: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was derived. `records` are the records as judgements on claims make them; `events` rest on these. `issues` are the
    judgements that could not be applied, `same_names` the pairs of names that documents say to be one actor's. `keys` stand for
    the documents as they were read: the same key, the same words and the same record. `workings` are there where there is
    a memory.
    """

    events: tuple[Event, ...]
    records: Mapping[str, Record]
    issues: tuple[Issue, ...] = ()
    same_names: tuple[tuple[str, str], ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    workings: Workings | None = None


def reconcile(
    documents: Mapping[str, Document],
    records: Mapping[str, Record],
    *,
    links: Iterable[DocumentLink] = (),
    sources: Mapping[str, Source] | None = None,
    judgements: Iterable[Judgement] = (),
    lexicon: ActorKnowledge | None = None,
    model: Model | None = None,
    memory: Memory | None = None,
) -> Reconciliation:
    """Every event that the records tell of, each claim in one of them. Records without their document are left out.

    The result depends on what is given and not on its order. `links` and `sources` tell copies, revisions and owners; `lexicon`
    knows actors, and without it names alone are compared; `model` replaces the weights that come with the package, and must
    always be the same for a `memory`, which makes no difference but to how long it takes.
    """
    decided, model = in_force(judgements), model or load_model()
    matching = Matching(documents, records, decided, lexicon, model, memory or NoMemory())
    readings = matching.readings.values()
    filings = {f.telling: f for reading in readings for f in reading.filings}
    inner = (met for reading in readings for met in reading.inner)
    met = list(matching.met())
    parts = partition(list(filings.values()), met, inner, decided, model)
    actors = ActorBook({}, lexicon, said=(said for reading in readings for said in reading.bodies))
    copied = tuple(sorted(set(links)))
    published = {d: matching.readings[d].published if d in matching.readings else documents[d].published for d in documents}
    first = roots(published, copied)
    books = Books(
        actors,
        PlaceBook({reading.document: dict(reading.places) for reading in readings}),
        WitnessBook(documents, matching.records, sources or {}, actors, first),
    )
    dropped = superseded(matching.records, copied)
    drafter = Drafter(documents, matching.records, filings, books, dropped, matching.reasons)
    maker = Maker(drafter, books, filings, matching.keys, first, memory)
    events = _related(maker, parts, matching, actors)
    maker.done()
    same_names = tuple(sorted({pair for reading in readings for pair in reading.same_names}))
    workings = None
    if memory is not None:
        workings = Workings(matching.readings, met, maker.made, matching.judged, decided, matching.compared)
    return Reconciliation(events, matching.records, matching.issues, same_names, matching.keys, workings)


def _related(maker: Maker, parts: Sequence[Part], matching: Matching, actors: ActorBook) -> tuple[Event, ...]:
    """The events of all parts with their relations, by id; those that somebody takes upon itself are graded by that too."""
    made = {event.id: (event, part) for part in parts for event in (maker.event(part),)}
    published = {d: reading.published for d, reading in matching.readings.items()}
    standings = {d: reading.standings for d, reading in matching.readings.items()}
    relater = Relater([event for event, _ in made.values()], published, standings, actors)
    owned: dict[str, list[Part]] = defaultdict(list)
    for _, declared, attack in relater.responsibility():
        owned[attack].append(made[declared][1])
    events = {ident: maker.event(part, owned[ident]) if ident in owned else event for ident, (event, part) in made.items()}
    related = relater.relations()
    return tuple(replace(events[ident], related=related.get(ident, ())) for ident in sorted(events))
