"""The spells of every place, from the events there: found where the ledger keeps them, else worked out, place by place."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from warledger.core import Document, Event, Spell, frozen

if TYPE_CHECKING:
    from warledger.ledger.remembering import LedgerMemory
    from warledger.lexicon.actors import ActorLexicon
    from warledger.reconcile import Reconciliation


class _Names(dict[str, str]):
    """Which name stands for a folded name; notes what is looked up."""

    asked: set[str]

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        """The name that stands for `name`, else `default`."""
        self.asked.add(name)
        return super().get(name, default)


def all_spells(
    found: Reconciliation,
    documents: Mapping[str, Document],
    lexicon: ActorLexicon,
    memory: LedgerMemory | None,
) -> tuple[Spell, ...]:
    """Every spell that the events support, ordered by place, layer and time."""
    from warledger.control import one_name, spells
    from warledger.reconcile.asking import digest

    by_place: dict[str, list[Event]] = defaultdict(list)
    for event in found.events:
        for key in {p.key for p in (event.place, *event.also_places) if p is not None}:
            by_place[key].append(event)
    names = _Names(one_name(found.same_names))
    kept = memory.recall("spells") if memory is not None else {}
    new: dict[str, str] = {}
    used: set[str] = set()
    out: list[Spell] = []
    for place, events in sorted(by_place.items()):
        row = digest(place, [_content(event, found.keys) for event in events])
        asked, plain = json.loads(kept.get(row, "[[], null]"))
        if plain is not None and all(dict.get(names, name, "") == answer for name, answer in asked):
            held = tuple(frozen.restored(Spell, spell) for spell in plain)
        else:
            names.asked = set()
            inside = {d: found.records[d] for d in sorted({d for event in events for d in event.documents})}
            every = spells(events, inside, documents, lexicon=lexicon, same=names)
            held = tuple(spell for spell in every if spell.place.key == place)
            answers = [[name, dict.get(names, name, "")] for name in sorted(names.asked)]
            new[row] = json.dumps([answers, frozen.plain(held)], ensure_ascii=False, separators=(",", ":"))
        used.add(row)
        out += held
    if memory is not None:
        memory.keep("spells", new)
        memory.done("spells", used)
    return tuple(out)


def _content(event: Event, keys: Mapping[str, str]) -> tuple[object, ...]:
    """All of an event, with its documents, that decides what it says of places."""
    places = event.place, event.also_places
    roles = event.type, event.types, event.initiator, event.target, event.status
    support = event.grade, event.origins, [keys[d] for d in event.documents]
    return event.id, event.when, event.claims, places, roles, support
