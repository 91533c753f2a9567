"""All documents read, each pair of them that has to be compared, and what of it earlier runs have done already."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from warledger.core import Document, Issue, Judgement, Record
from warledger.reconcile.asking import digest
from warledger.reconcile.blocking import candidate_pairs
from warledger.reconcile.judging import JudgedRecords, judged_records
from warledger.reconcile.knowledge import ActorKnowledge
from warledger.reconcile.memory import Memory
from warledger.reconcile.partition import Join
from warledger.reconcile.reading import Met, Reader, Reading, from_text, meetings_text, to_text
from warledger.reconcile.scoring import Model

LOT: Final = 200
"""So many readings or comparisons are kept at once: what a killed run had kept is not worked out again."""

Item = TypeVar("Item")


class Matching:
    """The readings of a set of documents, as judgements in force (oldest first) make them, and how any two compare.

    `keys` stand for the readings: the same key, the same reading. When all have met, `compared` is the key under which memory
    has that just these were compared; empty if it does not say so.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        records: Mapping[str, Record],
        decided: Sequence[Judgement],
        lexicon: ActorKnowledge | None,
        model: Model,
        memory: Memory,
    ) -> None:
        self.documents, self.memory = documents, memory
        self.names = sorted(d for d in records if d in documents)
        self.records: Mapping[str, Record] = JudgedRecords(records, self.names, {})
        self.issues: tuple[Issue, ...] = ()
        self.compared = ""
        self.readings: dict[str, Reading] = {}
        self.keys = {d: memory.key_of(d) for d in self.names}
        self._reader = Reader(documents, self.records, {}, lexicon, model)
        kept = memory.recall("readings")
        self._read(self.names, kept)
        self.judged = judged = self._judged(decided)
        if judged:
            changed, self.issues = judged_records({d: self.records[d] for d in judged}, decided)
            self.records = JudgedRecords(records, self.names, changed)
            self._reader = Reader(documents, self.records, judged, lexicon, model)
            for document, own in judged.items():
                self.keys[document] = digest(self.keys[document], [(j.kind, j.subjects, j.change) for j in own])
            self._read(sorted(judged), kept)

    def _judged(self, decided: Sequence[Judgement]) -> dict[str, list[Judgement]]:
        """The judgements by which a document is read otherwise, by document."""
        home = {c: f.document for r in self.readings.values() for f in r.filings for c in f.claims} if decided else {}
        out: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in decided:
            if judgement.kind in {"claim", "different"}:
                for document in sorted({home[s] for s in judgement.subjects if s in home}):
                    out[document].append(judgement)
        return dict(out)

    def _read(self, names: Sequence[str], kept: Mapping[str, str]) -> None:
        unread = [d for d in names if self.keys[d] not in kept]
        self.readings |= {d: from_text(kept[self.keys[d]]) for d in names if self.keys[d] in kept}
        for lot in _lots(sorted(unread, key=lambda d: (self.documents[d].published or date.max, d))):
            made = {d: self._reader.read(d) for d in lot}
            self.readings |= made
            self.memory.keep("readings", {self.keys[d]: to_text(reading) for d, reading in made.items()})

    def met(self) -> Iterator[Met]:
        """Every two tellings of two documents that may be one event."""
        known = {(a, b): rows for text in self.memory.recall("meetings").values() for a, b, rows in json.loads(text)}
        here = {key: document for document, key in self.keys.items()}
        before = self._compared_before(known, here.keys())
        new = {document for key, document in here.items() if key not in before}
        meeting = {(here[a], here[b]) for a, b in _inside(known, before) if a in here and b in here}
        meeting |= self._meeting(new)
        unknown = []
        for one, two in sorted(meeting):
            rows = known.get((self.keys[one], self.keys[two]))
            if rows is None:
                unknown.append((one, two))
            else:
                yield from (Met(*one_met) for one_met in rows)
        for lot in _lots(sorted(unknown, key=lambda pair: (max(self._day(d) for d in pair), pair))):
            made = [(one, two, self._reader.meet(self.readings[one], self.readings[two])) for one, two in lot]
            self.memory.keep("meetings", meetings_text([(self.keys[a], self.keys[b], found) for a, b, found in made]))
            yield from (met for _, _, found in made for met in found)
        if new:
            self.compared = digest(sorted(here))
            kept = {self.compared: json.dumps([sorted(here), len(meeting)], separators=(",", ":"))}
            self.memory.keep("compared", kept)
            self.memory.done("compared", kept.keys())

    def _compared_before(self, known: Collection[tuple[str, str]], keys: Collection[str]) -> frozenset[str]:
        """Of the sets of readings that an earlier run compared, each with each, the one that has most of these.

        A set says how many of its pairs met: it does not count where `known`, what is kept of such pairs, has lost one.
        """
        runs = sorted(
            ((len(compared.intersection(keys)), row, compared, met) for row, compared, met in _sets(self.memory)),
            key=lambda run: run[:2],
            reverse=True,
        )
        for _, row, compared, met in runs:
            if sum(1 for _ in _inside(known, compared)) == met:
                self.compared = row if len(compared) == len(keys) and compared.issuperset(keys) else ""
                return compared
        return frozenset()

    def _meeting(self, new: Container[str]) -> set[tuple[str, str]]:
        """The pairs of documents that are compared, one of each pair being new."""
        filings = sorted((f for r in self.readings.values() for f in r.filings), key=lambda f: f.telling)
        pairs = ((filings[i].document, filings[j].document) for i, j in candidate_pairs(filings, new))
        return {(one, two) if one < two else (two, one) for one, two in pairs}

    def _day(self, document: str) -> date:
        return self.readings[document].published or date.max

    def reasons(self, join: Join, one: str, two: str) -> tuple[str, ...]:
        """Why two tellings, of the documents `one` and `two`, were joined: a line a finding, the heaviest first."""
        return self._reader.reasons(self.readings[one], self.readings[two], join.left, join.right, join.crowd)


def compared_further(keys: Iterable[str], met: int, base: str) -> dict[str, str]:
    """The row that says that some readings were compared with each other and with all that the row `base` speaks of, and that
    so many of these pairs of documents met.
    """
    text = json.dumps([sorted(keys), met, base], separators=(",", ":"))
    return {digest(text): text}


def _sets(memory: Memory) -> Iterator[tuple[str, frozenset[str], int]]:
    """Each set of readings that were compared, each with each, that is no part of another: its row, itself, how many met."""
    rows = {row: json.loads(text) for row, text in sorted(memory.recall("compared").items())}
    continued = {base for _, _, *bases in rows.values() for base in bases}
    for row in rows:
        if row not in continued:
            keys, met, at = set[str](), 0, row
            while at in rows:
                more, count, *bases = rows[at]
                keys.update(more)
                met += count
                at = bases[0] if bases else ""
            yield row, frozenset(keys), met


def _inside(pairs: Iterable[tuple[str, str]], keys: Container[str]) -> Iterator[tuple[str, str]]:
    return ((a, b) for a, b in pairs if a in keys and b in keys)


def _lots(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[at : at + LOT] for at in range(0, len(items), LOT))
