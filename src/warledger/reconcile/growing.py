"""Documents more: what follows from a set of documents, worked out from what followed from all but a few of them.

Only what the new ones touch is looked up and worked out: the documents of their blocks, the clusters that may change, the
events whose questions to the books have another answer now, and what these are related to. The rows are brought to what they
would be, had all been worked out anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from warledger.core import Document, Event, EventPlace, Judgement, Record, Source, fold
from warledger.reconcile.blocking import Filing, comparable, sought
from warledger.reconcile.drafting import Books, Drafter
from warledger.reconcile.knowledge import ActorKnowledge
from warledger.reconcile.making import Maker
from warledger.reconcile.matching import compared_further
from warledger.reconcile.memory import Shelf
from warledger.reconcile.origins import WitnessBook, by_folded_name
from warledger.reconcile.pairing import crowd_level
from warledger.reconcile.partition import Join, Part, Scorer, partition
from warledger.reconcile.places import Node, PlaceBook, Told
from warledger.reconcile.reading import Met, Reader, Reading, from_text, meetings_text, to_text
from warledger.reconcile.relating import INVERSE, Relater, filed_under, looked_for, tells_of_others
from warledger.reconcile.rowbooks import (
    LinkBook,
    Lookup,
    Replaced,
    Roots,
    RowActors,
    RowGazette,
    RowNames,
    bodies_of,
    linked,
)
from warledger.reconcile.rows import KeptEvent, Rows, counted, kept_event, of_met, of_reading, told_text
from warledger.reconcile.scoring import Model, load_model

_OWNS: Final = "claims_responsibility"


@dataclass(frozen=True, slots=True)
class Ground:
    """What growth stands on: documents and records (as judgements make them) by id, read when they are asked for; the links;
    sources by name, before and now; judgements in force, oldest first, and those by which a document is read otherwise.
    """

    documents: Mapping[str, Document]
    records: Mapping[str, Record]
    links: LinkBook
    sources_before: Mapping[str, Source]
    sources: Mapping[str, Source]
    decided: Sequence[Judgement]
    judged: Mapping[str, Sequence[Judgement]]
    lexicon: ActorKnowledge | None


@dataclass(frozen=True, slots=True)
class Growth:
    """What came of it: each event that was made anew or is no more, as it was and as it is, without its relations; the folded
    names that another stands for than before; the row of the shelf that says that all documents were compared.
    """

    events: Mapping[str, tuple[Event | None, Event | None]]
    renamed: frozenset[str]
    compared: str


def grow(rows: Rows, ground: Ground, new: Sequence[str], shelf: Shelf, compared: str, model: Model | None = None) -> Growth:
    """Bring `rows` to what they are with the documents `new`, of which no judgement speaks.

    `shelf` keeps readings and comparisons for other states too; `compared` is its row that says that the documents before were
    compared. Raises LookupError where something that was kept is missing: then all must be worked out anew.
    """
    return _Grower(rows, ground, shelf, model or load_model()).grow(sorted(new), compared)


class _Grower:
    """One growth under way."""

    def __init__(self, rows: Rows, ground: Ground, shelf: Shelf, model: Model) -> None:
        self.rows, self.ground, self.shelf, self.model = rows, ground, shelf, model
        self.reader = Reader(ground.documents, ground.records, ground.judged, ground.lexicon, model)
        self.scorer = Scorer(model)
        self.read: dict[str, Reading] = {}
        self.kept: dict[str, KeptEvent] = {}
        self.made: dict[str, KeptEvent] = {}
        self.gone: set[str] = set()
        self.telling = cache(self._telling)
        self.crowd = cache(self._crowd)
        self.published = Lookup(lambda document: self.reading(document).published)

    def grow(self, new: Sequence[str], compared: str) -> Growth:
        """Do it, step by step."""
        readings = {d: self._read(d) for d in new}
        asking = self._sources_changed() | self._linked_anew(new)
        asking, renamed = asking | self._count(readings.values()), self._rename(readings.values())
        compared, crowded = self._meet(readings, compared)
        parts, replaced = self._partition({f.telling for r in readings.values() for f in r.filings} | crowded)
        parts += [self._event(event).making.part for event in sorted(asking - replaced)]
        before = {event: self._event(event).event for event in sorted(replaced | asking)}
        self._make(parts, replaced)
        for event in self._relate():
            if self.rows.one("event", event) is not None:
                before[event] = self._event(event, before=True).event
        self._write(before)
        now = {event: made.event for event, made in self.made.items()}
        events = {event: (before.get(event), now.get(event)) for event in sorted(before.keys() | now.keys())}
        return Growth(events, renamed, compared)

    # What is kept

    def reading(self, document: str) -> Reading:
        """The reading of a document. Raises LookupError if it is not kept."""
        if document not in self.read:
            text = self.shelf.one("readings", self._key(document))
            if text is None:
                raise LookupError(f"no reading of {document}")
            self.read[document] = from_text(text)
        return self.read[document]

    def _key(self, document: str) -> str:
        return self.rows.one("document", document) or self.shelf.key_of(document)

    def _telling(self, telling: str) -> tuple[str, str, bool]:
        """Its document, its crowd, and whether it was read."""
        document, crowd, read = json.loads(self._row("telling", telling))
        return document, crowd, read

    def _row(self, kind: str, key: str) -> str:
        text = self.rows.one(kind, key)
        if text is None:
            raise LookupError(f"no {kind} {key}")
        return text

    def _crowd(self, crowd: str) -> float:
        return crowd_level(self.rows.count("crowd", crowd))

    def _filing(self, telling: str) -> Filing:
        return next(f for f in self.reading(self.telling(telling)[0]).filings if f.telling == telling)

    def _event(self, event: str, *, before: bool = False) -> KeptEvent:
        """An event as it is by now, or as it was before."""
        if event in self.made and not before:
            return self.made[event]
        if event not in self.kept:
            self.kept[event] = kept_event(self._row("event", event), self._row("making", event))
        return self.kept[event]

    def _asked(self, keys: Iterable[str]) -> set[str]:
        return {event for key in keys for event in self.rows.items("asked", key)}

    # Reading and counting

    def _read(self, document: str) -> Reading:
        reading, key = self.reader.read(document), self.shelf.key_of(document)
        self.read[document] = reading
        self.shelf.keep("readings", {key: to_text(reading)})
        return reading

    def _sources_changed(self) -> set[str]:
        """The events that asked for a source of which something else is known now."""
        if self.ground.sources == self.ground.sources_before:
            return set()
        old, new = by_folded_name(self.ground.sources_before), by_folded_name(self.ground.sources)
        return self._asked(f"sources {name}" for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name))

    def _linked_anew(self, new: Sequence[str]) -> set[str]:
        """The events of documents that hang together with new ones as copies or versions."""
        others = {other for document in new for other in linked(self.ground.links, document)[0]}.difference(new)
        return self._events_in(sorted(others))

    def _events_in(self, documents: Iterable[str]) -> set[str]:
        """The events that documents tell of."""
        return {
            event
            for document in documents
            for filing in self.reading(document).filings
            if (event := self.rows.one("of", filing.telling)) is not None
        }

    def _count(self, readings: Iterable[Reading]) -> set[str]:
        """Count what the readings say of bodies and places; the events that were answered otherwise before."""
        counts = counted(readings)
        who = sorted({key for kind, key, _ in counts if kind == "body"})
        told = sorted({place for reading in readings for _, place in reading.places}, key=told_text)
        bodies, places = {one: bodies_of(self.rows, one) for one in who}, self._places(told)
        for (kind, key, item), count in sorted(counts.items()):
            known = int(self.rows.items(kind, key).get(item, 0))
            self.rows.put([(kind, key, item, str(known + count))])
        asked = [f"bodies {one}" for one in who if bodies_of(self.rows, one) != bodies[one]]
        now = self._places(told)
        for node, (place, tellings) in now.items():
            if node in places and places[node][0] != place:
                asked += [f"places {told_text(one)}" for one in tellings]
        return self._asked(asked)

    def _places(self, told: Iterable[Told]) -> dict[Node, tuple[EventPlace | None, list[Told]]]:
        """Every node of the families of what is told: which place it is, and what is told of it."""
        book = PlaceBook({}, RowGazette(self.rows))
        return {
            node: (book.shown(next(iter(tellings))), list(tellings))
            for one in told
            for node, tellings in book.family(one).items()
        }

    def _rename(self, readings: Iterable[Reading]) -> frozenset[str]:
        """Take in which names mean one group; the folded names that another stands for than before."""
        pairs = [row for reading in readings for row in of_reading(reading, "") if row[0] == "same"]
        if not pairs:
            return frozenset()
        before = RowNames(self.rows)
        old = {fold(name): before.get(fold(name)) for _, key, _, _ in pairs for name in (key, *before.group(key))}
        self.rows.put(pairs)
        after = RowNames(self.rows)
        new = {fold(name): after.get(fold(name)) for _, key, _, _ in pairs for name in after.group(key)}
        return frozenset(name for name, stands in new.items() if old.get(name, "") != stands)

    # Comparing and joining

    def _meet(self, readings: Mapping[str, Reading], compared: str) -> tuple[str, set[str]]:
        """Compare the new documents with those of their blocks; the row that says so, and the tellings about which it is more
        crowded than before, with all that they were compared with.
        """
        meetings: list[tuple[str, str, tuple[Met, ...]]] = []
        crowds = {f.crowd: self._crowd(f.crowd) for reading in readings.values() for f in reading.filings}
        for document, reading in readings.items():
            words = {word for filing in reading.filings for word in sought(filing)}
            found = {other for word in sorted(words) for other in self.rows.items("filed", word)}
            for other in sorted(found - {document}):
                if any(comparable(a, b) for a in reading.filings for b in self.reading(other).filings):
                    one, two = (document, other) if document < other else (other, document)
                    meetings.append((one, two, self.reader.meet(self.reading(one), self.reading(two))))
            self.rows.put(of_reading(reading, self.shelf.key_of(document)))
        self.rows.put(row for _, _, met in meetings for one in met for row in of_met(one))
        self.shelf.keep("meetings", meetings_text([(self._key(a), self._key(b), met) for a, b, met in meetings]))
        if compared:
            further = compared_further([self._key(d) for d in readings], len(meetings), compared)
            self.shelf.keep("compared", further)
            (compared,) = further
        fuller = [crowd for crowd, level in crowds.items() if self._crowd(crowd) != level]
        crowded = {telling for crowd in fuller for telling in self.rows.items("crowd", crowd)}
        return compared, crowded | {other for telling in crowded for other in self.rows.items("met", telling)}

    def _met(self, telling: str) -> Iterator[tuple[str, Met, bool]]:
        """What a telling was compared with, how that came out, and whether it is of the same document."""
        for other, text in self.rows.items("met", telling).items():
            score, apart, inner = json.loads(text)
            yield other, Met(min(telling, other), max(telling, other), score, apart), inner

    def _joins(self, telling: str) -> Iterator[str]:
        """The tellings that hang together with one."""
        yield from self.rows.items("tied", telling)
        _, crowd, read = self.telling(telling)
        for other, met, inner in self._met(telling):
            _, other_crowd, other_read = self.telling(other)
            if inner:
                score = self.scorer.inner(met)
            else:
                score = self.scorer.join(met, min(self.crowd(crowd), self.crowd(other_crowd)), read=read or other_read).score
            if self.scorer.is_strong(score):
                yield other

    def _partition(self, touched: Iterable[str]) -> tuple[list[Part], set[str]]:
        """The parts of the tellings that hang together with those that are touched, but for those that are as they were; and
        the events that they take the place of.
        """
        inside: set[str] = set()
        ahead = sorted(touched)
        while ahead:
            telling = ahead.pop()
            if telling not in inside:
                inside.add(telling)
                ahead += self._joins(telling)
        filings = [self._filing(telling) for telling in sorted(inside)]
        met = [(one, inner) for t in sorted(inside) for other, one, inner in self._met(t) if t < other and other in inside]
        parts = partition(
            filings,
            [one for one, inner in met if not inner],
            [one for one, inner in met if inner],
            self.ground.decided,
            self.model,
            {f.telling: self.crowd(f.crowd) for f in filings},
        )
        home = {telling: self.rows.one("of", telling) for telling in inside}
        changed, replaced = [], set()
        for part in parts:
            events = {event for telling in part.tellings if (event := home[telling]) is not None}
            if len(events) != 1 or self._event(*events).making.part != part:
                changed.append(part)
                replaced |= events
        if any(home.get(t) != event for event in replaced for t in self._event(event).making.part.tellings):
            raise LookupError("an event reaches further than what hangs together")
        return changed, replaced

    # Making

    def _make(self, parts: Sequence[Part], replaced: set[str]) -> None:
        ground, books = self.ground, self._books()
        filings = Lookup(self._filing)
        dropped, first = Replaced(ground.links), Roots(ground.links, self.published)
        drafter = Drafter(ground.documents, ground.records, filings, books, dropped, self._reasons)
        self.maker = Maker(drafter, books, filings, Lookup(self._key), first, self.shelf)
        for part in parts:
            self._made(self.maker.event(part))
        self.gone = replaced - self.made.keys()
        self.rows.put(("of", t, "", event) for event, made in self.made.items() for t in made.making.part.tellings)

    def _made(self, event: Event) -> None:
        self.made[event.id] = KeptEvent(event, self.maker.made[event.id])

    def _books(self) -> Books:
        self.actors = RowActors(self.rows, self.ground.lexicon)
        places = PlaceBook(Lookup(lambda document: dict(self.reading(document).places)), RowGazette(self.rows))
        self.told = places.told
        first = Roots(self.ground.links, self.published)
        witnesses = WitnessBook(self.ground.documents, self.ground.records, self.ground.sources, self.actors, first)
        return Books(self.actors, places, witnesses)

    def _reasons(self, join: Join, one: str, two: str) -> tuple[str, ...]:
        return self.reader.reasons(self.reading(one), self.reading(two), join.left, join.right, join.crowd)

    # Relating

    def _relate(self) -> list[str]:
        """Relate anew what was made, and what tells of others in its documents; the attacks that were made once more since who
        takes them upon themselves changed.
        """
        old = {event: self._event(event, before=True).event for event in self.gone}
        old |= {event: self.kept[event].event for event in self.made if event in self.kept}
        documents = {d for event in (*old.values(), *(m.event for m in self.made.values())) for d in event.documents}
        mates = self._events_in(sorted(documents))
        tellers = {event for event in mates if tells_of_others(self._event(event).event)}
        again = self.made.keys() | tellers
        beside = self._events_in(sorted({d for event in tellers for d in self._event(event).event.documents}))
        self._file_anew(old)
        words = sorted({word for event in again for word in looked_for(self._event(event).event)})
        near = {event for word in words for event in self.rows.items("near", word)}
        scope = [self._event(event).event for event in sorted(again | mates | beside | near)]
        standings = Lookup(lambda document: self.reading(document).standings)
        relations = Relater(scope, self.published, standings, self.actors).relations()
        owned: set[str] = set()
        for event in sorted(again | self.gone):
            now = {f"{kind} {other}" for kind, other in relations.get(event, ())} if event in again else set()
            owned |= self._set_related(event, now)
        return self._made_again(sorted(owned - self.gone))

    def _file_anew(self, old: Mapping[str, Event]) -> None:
        """File what was made where those look that it may be related to, and what it was before no longer."""
        now = {("near", word, event) for event, made in self.made.items() for word in filed_under(made.event)}
        before = {("near", word, event.id) for event in old.values() for word in filed_under(event)}
        self.rows.drop(sorted(before - now))
        self.rows.put((*row, "") for row in sorted(now - before))

    def _set_related(self, event: str, now: set[str]) -> set[str]:
        """Set the relations of an event, from both ends; the attacks that somebody takes upon themselves by it or no longer."""
        before = set(self.rows.items("related", event))
        self.rows.drop(row for item in sorted(before - now) for row in _both_ends(event, item))
        self.rows.put((*row, "") for item in sorted(now - before) for row in _both_ends(event, item))
        owned = {other for kind, other in (item.split(" ") for item in before | now) if kind == _OWNS}
        return owned | ({event} if any(item.startswith(INVERSE[_OWNS]) for item in before | now) else set())

    def _made_again(self, attacks: Sequence[str]) -> list[str]:
        """Make attacks with what takes them upon itself."""
        for attack in attacks:
            items = [item.split(" ") for item in self.rows.items("related", attack)]
            owners = [other for kind, other in items if kind == INVERSE[_OWNS]]
            part = self._event(attack).making.part
            self._made(self.maker.event(part, [self._event(owner).making.part for owner in owners]))
        return list(attacks)

    # Writing

    def _write(self, before: Mapping[str, Event]) -> None:
        """Keep what was made, and nothing of what is no more."""
        self.maker.done()
        old = {row[:3]: row for event in before for row in self._event(event, before=True).rows(self.told)}
        now = {row[:3]: row for made in self.made.values() for row in made.rows(self.told)}
        self.rows.drop(sorted(key for key in old.keys() - now.keys() if key[0] != "of"))
        self.rows.put(row for key, row in sorted(now.items()) if old.get(key) != row)
        stale = {self._event(event, before=True).making.row for event in before}
        self.shelf.forget("events", sorted(stale - {made.making.row for made in self.made.values()}))


def _both_ends(event: str, item: str) -> list[tuple[str, str, str]]:
    """The rows of a relation, at the event that has it and at the other."""
    kind, other = item.split(" ")
    back = INVERSE.get(kind) or next(one for one, inverse in INVERSE.items() if inverse == kind)
    return [("related", event, item), ("related", other, f"{back} {event}")]
