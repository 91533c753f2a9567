"""`show`: from an id, its beginning, or a name to the thing it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial

from warledger.core import Claim, Document, Event, Issue, Judgement, Place, Spell, View, fold, slug
from warledger.errors import NotFoundError, UsageError
from warledger.store import Store

SHORTEST = 3
"""Characters of an id: its letter and two digits."""
HEX = frozenset("0123456789abcdef")
MOST_NAMED = 5
"""Ids or names that a message lists."""


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor as the documents name it: `id` is its name as an address, `claims` those that it acts, suffers or speaks in."""

    id: str
    name: str
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    mentions: tuple[str, ...]
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place as the documents name it, with the readings of it; `spells` are the ids of who held it."""

    id: str
    name: str
    readings: tuple[Place, ...]
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    events: tuple[str, ...]
    spells: tuple[str, ...]


Found = Document | Claim | Event | Spell | Issue | Judgement | ActorEntry | PlaceEntry


def find(wanted: str, view: View, store: Store) -> Found:
    """What `wanted` means: an id or the beginning of one, a document's name, the id of an exported row (its event or actor),
    then the name of an actor or a place.

    Raises NotFoundError, with names that are like it, if nothing is called so; UsageError if several ids begin so.
    """
    wanted = wanted.strip()
    if (found := _by_id(wanted, view, store)) is not None:
        return found
    named = [d for d in store.documents.named(wanted) if d in view.documents]
    if len(named) > 1:
        raise UsageError(f"{len(named)} documents are called {wanted!r}: {_listed(named)}; name one by its id")
    if named:
        return view.documents[named[0]]
    from warledger.export.rowids import actor_of_row, event_of_row

    if (exported := event_of_row(wanted)) and (found := _by_id(exported, view, store)) is not None:
        return found
    if (name := actor_of_row(wanted, _everyone(view))) and (actor := _actor(name, view) or _known_as(name, view)) is not None:
        return actor
    for entry in (_actor(wanted, view), _place(wanted, view)):
        if entry is not None:
            return entry
    near = get_close_matches(wanted, _names(view, store), n=MOST_NAMED, cutoff=0.6)
    hint = f"; there is {_listed(near)}" if near else ""
    raise NotFoundError(f"the ledger has nothing called {wanted!r}{hint}")


def _by_id(wanted: str, view: View, store: Store) -> Found | None:
    """The one thing whose id is or begins with `wanted`."""
    if len(wanted) < SHORTEST or any(c not in HEX for c in wanted[1:]):
        return None
    found: dict[str, Callable[[], Found]] = {}
    match wanted[0]:
        case "d":
            found = {i: partial(view.documents.__getitem__, i) for i in view.documents if i.startswith(wanted)}
        case "c":
            documents = dict(store.records.documents_of_claim(wanted))
            found = {i: partial(_claim, i, d, view) for i, d in documents.items() if d in view.documents}
        case "e":
            found = {e.id: partial(_same, e) for e in view.events if e.id.startswith(wanted)}
        case "s":
            found = {s.id: partial(_same, s) for s in view.spells if s.id.startswith(wanted)}
        case "i":
            found = {i: partial(_same, issue) for i, issue in store.log.issues() if i.startswith(wanted)}
        case "j":
            found = {j.id: partial(_same, j) for j in store.log.judgements() if j.id.startswith(wanted)}
    if wanted in found:
        return found[wanted]()
    if len(found) > 1:
        raise UsageError(f"{wanted!r} is the beginning of {len(found)} ids: {_listed(sorted(found))}")
    return next(iter(found.values()))() if found else None


def _same(value: Found) -> Found:
    return value


def _claim(ident: str, document: str, view: View) -> Claim:
    for claim in view.records[document].claims:
        if claim.id == ident:
            return claim
    raise NotFoundError(
        f"claim {ident} is of an earlier reading of document {document}; `warledger show {document}` has the new one"
    )


def _actor(wanted: str, view: View) -> ActorEntry | None:
    """The actor of this name or address; else those that some document calls so."""
    everyone = [(actor, document) for document, record in view.records.items() for actor in record.actors]
    names = {a.name for a, _ in everyone if wanted in (slug(a.name), a.name) or fold(a.name) == fold(wanted)}
    names = names or {a.name for a, _ in everyone if fold(wanted) in {fold(m.text) for m in a.mentions}}
    if not names:
        return None
    ours = [(actor, document) for actor, document in everyone if actor.name in names]
    local = {(document, actor.id) for actor, document in ours}
    claims = [
        claim
        for document in dict.fromkeys(d for _, d in ours)
        for claim in view.records[document].claims
        if any((document, i) in local for i in (*claim.initiator, *claim.target, *(v.who for v in claim.voice)))
    ]
    name = min(names, key=lambda n: (-sum(a.name == n for a, _ in ours), n))
    return ActorEntry(
        id=slug(name),
        name=name,
        kinds=_sorted(actor.kind for actor, _ in ours),
        countries=_sorted(actor.country for actor, _ in ours if actor.country),
        mentions=_sorted(mention.text for actor, _ in ours for mention in actor.mentions),
        documents=_sorted(document for _, document in ours),
        claims=tuple(claim.id for claim in claims),
        events=_events(claims, view),
    )


def _everyone(view: View) -> Iterator[str]:
    """Every name that a document or an event gives an actor; events may know one by another name than the documents."""
    yield from (actor.name for record in view.records.values() for actor in record.actors)
    yield from (name for event in view.events for name in (*event.initiator, *event.target))


def _known_as(name: str, view: View) -> ActorEntry | None:
    """The actor that events, but no document, call so."""
    events = [event for event in view.events if name in (*event.initiator, *event.target)]
    if not events:
        return None
    return ActorEntry(
        id=slug(name),
        name=name,
        kinds=(),
        countries=(),
        mentions=(),
        documents=_sorted(document for event in events for document in event.documents),
        claims=tuple(claim for event in events for claim in event.claims),
        events=tuple(event.id for event in events),
    )


def _place(wanted: str, view: View) -> PlaceEntry | None:
    """The place of this name or address; else those that some document calls so."""
    everywhere = [(place, document) for document, record in view.records.items() for place in record.places]
    names = {p.name for p, _ in everywhere if wanted in (slug(p.name), p.name) or fold(p.name) == fold(wanted)}
    names = names or {p.name for p, _ in everywhere if fold(wanted) in {fold(m.text) for m in p.mentions}}
    if not names:
        return None
    ours = [(place, document) for place, document in everywhere if place.name in names]
    local = {(document, place.id) for place, document in ours}
    claims = [
        claim
        for document in dict.fromkeys(d for _, d in ours)
        for claim in view.records[document].claims
        if any((document, i) in local for i in (claim.place, *claim.also_places))
    ]
    name = min(names, key=lambda n: (-sum(p.name == n for p, _ in ours), n))
    return PlaceEntry(
        id=slug(name),
        name=name,
        readings=tuple(dict.fromkeys(replace(place, id="p", mentions=()) for place, _ in ours)),
        documents=_sorted(document for _, document in ours),
        claims=tuple(claim.id for claim in claims),
        events=_events(claims, view),
        spells=tuple(spell.id for spell in view.spells if spell.place.name in names),
    )


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _events(claims: Iterable[Claim], view: View) -> tuple[str, ...]:
    return tuple(dict.fromkeys(view.event_of[c.id].id for c in claims if c.id in view.event_of))


def _names(view: View, store: Store) -> list[str]:
    """Every name that something in the ledger has, once."""
    records = list(view.records.values())
    actors = {actor.name for record in records for actor in record.actors}
    places = {place.name for record in records for place in record.places}
    return sorted(actors | places | set(store.documents.names()))


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join(every[:MOST_NAMED]) + (" …" if len(every) > MOST_NAMED else "")
