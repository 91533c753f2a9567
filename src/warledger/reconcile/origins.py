"""Who witnesses a claim, once copies, revisions and quotation are seen through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from warledger.core import Claim, Document, DocumentLink, Origin, Record, Source, fold
from warledger.ontology import crowd_of, head_and_where, is_united_nations, names_nobody
from warledger.reconcile.asking import Notes
from warledger.reconcile.knowledge import ARMED_KINDS, ActorBook

_BODIES: Final = frozenset({"ngo", "igo", "monitor"})
"""Kinds of which a report knows few: an unnamed one ("rescue workers") may be the one that is named."""


def superseded(records: Mapping[str, Record], links: Iterable[DocumentLink]) -> frozenset[str]:
    """Documents that a later version, itself read, has replaced."""
    return frozenset(
        link.of for link in links if link.kind == "revision" and link.document in records and link.document != link.of
    )


def roots(published: Mapping[str, date | None], links: Iterable[DocumentLink]) -> dict[str, str]:
    """For each document the first of its copies and versions: the earliest `published`, then the smallest id."""
    head = {d: d for d in published}

    def find(item: str) -> str:
        while head[item] != item:
            item = head[item]
        return item

    def order(item: str) -> tuple[bool, str, str]:
        day = published[item]
        return day is None, day.isoformat() if day else "", item

    for link in sorted(links):
        if link.document in head and link.of in head:
            first, second = sorted((find(link.document), find(link.of)), key=order)
            head[second] = first
    return {d: find(d) for d in sorted(published)}


@dataclass(frozen=True, slots=True)
class Witness:
    """One claim's origin before claims are gathered under it. `side` is the side it fights or speaks for; empty if none.

    `bodies` are the witness and the larger bodies it belongs to, as far as known.
    """

    name: str
    kind: str
    side: str
    interested: bool
    bodies: tuple[str, ...] = ()

    @property
    def generic(self) -> bool:
        """Whether the name is a crowd's or an unnamed source's, who may be any of their side."""
        return bool(crowd_of(self.name) or head_and_where(self.name)[1]) or names_nobody(self.name)


def by_folded_name(sources: Mapping[str, Source]) -> dict[str, Source]:
    """Each source by all that it is called, folded."""
    found: dict[str, Source] = {}
    for name in sorted(sources, reverse=True):
        for alias in (name, sources[name].name, *sources[name].aliases):
            found[fold(alias)] = sources[name]
    return found


class WitnessBook:
    """Finds the witness of each claim."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        records: Mapping[str, Record],
        sources: Mapping[str, Source],
        book: ActorBook,
        roots: Mapping[str, str],
    ) -> None:
        self.documents, self.records, self.book, self.roots = documents, records, book, roots
        self.notes: Notes | None = None
        self._source = by_folded_name(sources)

    def answer(self, name: str) -> Source | None:
        """What is known of the source with the folded name `name`."""
        return self._source.get(name)

    def _source_called(self, name: str) -> Source | None:
        found = self.answer(fold(name))
        if self.notes is not None:
            self.notes.note("sources", fold(name), found)
        return found

    def of(self, claim: Claim, country: str = "", on: date | None = None) -> Witness:
        """The innermost named voice, else the owner of the source in which the words first stood; sides as on the day `on`."""
        record = self.records[claim.document]
        on = on or self.documents[claim.document].published
        for voice in claim.voice:
            if not voice.who:
                continue
            actor = record.actor(voice.who)
            name = self.book.speaks_as(actor, country=country, on=on)
            outlet = self._source_called(name)
            if outlet is not None:
                return self._outlet(outlet, country, on)
            side = self.book.side(name, actor.kind, country=country, on=on)
            armed = actor.kind in ARMED_KINDS and not is_united_nations(name)
            return Witness(name, actor.kind, side, bool(side) or armed, self.book.above(name, country=country, on=on))
        first = self.documents[self.roots[claim.document]]
        found = self._source_called(first.source)
        if found is not None:
            return self._outlet(found, country, on)
        return Witness(first.source or first.label, "unknown", "", False)

    def _outlet(self, source: Source, country: str, on: date | None) -> Witness:
        side = source.side
        if side:
            side = self.book.side(side, country=country, on=on) or side
        name = source.owner or source.name
        return Witness(name, source.kind, side, bool(side), self.book.above(name, country=country, on=on))


def origins_of(claims: Iterable[Claim], witness: Mapping[str, Witness]) -> tuple[Origin, ...]:
    """The independent witnesses of some claims, with the claims that rest on each, ordered by name.

    Mouths of one body are one origin, and so are a crowd or an unnamed source and a named one that it may well be: of its side
    if it takes one, else of its kind. The origin is called after the named one with most claims.
    """
    held: dict[str, list[str]] = defaultdict(list)
    who: dict[str, Witness] = {}
    for claim in claims:
        one = witness[claim.id]
        key = fold(one.name) or one.name
        held[key].append(claim.id)
        who[key] = min(who.get(key, one), one, key=lambda w: (w.name, w.kind, w.side))
    order = sorted(held, key=lambda k: (who[k].generic, -len(held[k]), k))
    head: dict[str, str] = {}
    for key in order:
        into = next((h for h in order if head.get(h) == h and _one_voice(who[key], who[h])), key)
        head[key] = into
    gathered: dict[str, list[str]] = defaultdict(list)
    for key, into in head.items():
        gathered[into] += held[key]
    return tuple(Origin(who[k].name, who[k].kind, who[k].interested, tuple(sorted(gathered[k]))) for k in sorted(gathered))


def _one_voice(one: Witness, other: Witness) -> bool:
    """Whether two witnesses, the second named before the first, speak for one body, or may be the same."""
    if {fold(b) for b in one.bodies} & {fold(b) for b in other.bodies}:
        return one.side == other.side
    if not one.generic:
        return False
    if one.interested and other.interested:
        return bool(one.side) and one.side == other.side
    return one.kind == other.kind and one.kind in _BODIES and one.side in {"", other.side} and not other.generic
