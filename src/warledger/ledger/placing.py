"""What each event asserts of places, and the spells that come of it: found where the ledger keeps them, else worked out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warledger.core import Document, Event, Record, Spell, frozen

if TYPE_CHECKING:
    from warledger.control import Assertion
    from warledger.ledger.remembering import LedgerMemory
    from warledger.lexicon.actors import ActorLexicon
    from warledger.reconcile import Reconciliation


@dataclass(frozen=True, slots=True)
class Asserted:
    """What an event asserts of places, and the folded names of which it was asked who stands for them, with the answers."""

    assertions: tuple[Assertion, ...]
    asked: tuple[tuple[str, str], ...]

    @property
    def by_place(self) -> dict[str, list[Assertion]]:
        """The assertions by the place's key."""
        found: dict[str, list[Assertion]] = defaultdict(list)
        for assertion in self.assertions:
            found[assertion.place.key].append(assertion)
        return found


class _Asked(dict[str, str]):
    """Which name stands for a folded name; notes what is looked up."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = names

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        """The name that stands for `name`, else `default`."""
        self[name] = self._names.get(name, "")
        return self[name] or default


def asserted(
    event: Event,
    records: Mapping[str, Record],
    documents: Mapping[str, Document],
    lexicon: ActorLexicon,
    names: Mapping[str, str],
) -> Asserted:
    """What one event asserts. `names` are those that stand for folded names."""
    from warledger.control import AssertionReader

    asked = _Asked(names)
    reader = AssertionReader({d: records[d] for d in event.documents}, documents, lexicon, asked)
    return Asserted(tuple(reader.read([event])), tuple(sorted(asked.items())))


@dataclass(frozen=True, slots=True)
class Placed:
    """What every event asserts, by its id, and the spells by place."""

    asserted: Mapping[str, Asserted]
    spells: Mapping[str, tuple[Spell, ...]]

    @property
    def every(self) -> tuple[Spell, ...]:
        """Every spell, ordered by place, layer and time."""
        return tuple(spell for _, spells in sorted(self.spells.items()) for spell in spells)


def place_all(
    found: Reconciliation, documents: Mapping[str, Document], lexicon: ActorLexicon, memory: LedgerMemory | None
) -> Placed:
    """What all events assert, and every spell that comes of it."""
    from warledger.control import Assertion, one_name
    from warledger.reconcile.asking import digest

    names = one_name(found.same_names)
    kept = memory.recall("assertions") if memory is not None else {}
    new: dict[str, str] = {}
    used: set[str] = set()
    every: dict[str, Asserted] = {}
    for event in sorted(found.events, key=lambda event: event.documents):
        row = digest(_content(event, found.keys))
        asked, plain = json.loads(kept.get(row, "[[], null]"))
        if plain is not None and all(names.get(name, "") == answer for name, answer in asked):
            told = tuple(frozen.restored(Assertion, one) for one in plain)
            every[event.id] = Asserted(told, tuple((name, answer) for name, answer in asked))
        else:
            every[event.id] = made = asserted(event, found.records, documents, lexicon, names)
            plain = [made.asked, frozen.plain(made.assertions)]
            new[row] = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        used.add(row)
    if memory is not None:
        memory.keep("assertions", new)
        memory.done("assertions", used)
    return Placed(every, spells_by_place(every[event] for event in sorted(every)))


def spells_by_place(every: Iterable[Asserted]) -> dict[str, tuple[Spell, ...]]:
    """The spells of each place, from what events assert, in the order of their ids."""
    from warledger.control import spells_of

    by_place: dict[str, list[Assertion]] = defaultdict(list)
    for one in every:
        for assertion in one.assertions:
            by_place[assertion.place.key].append(assertion)
    return {place: spells_of(assertions) for place, assertions in sorted(by_place.items())}


def _content(event: Event, keys: Mapping[str, str]) -> tuple[object, ...]:
    """All of an event, with its documents, that decides what it says of places."""
    places = event.place, event.also_places
    roles = event.type, event.types, event.initiator, event.target, event.status
    support = event.grade, event.origins, [keys[d] for d in event.documents]
    return event.id, event.when, event.claims, places, roles, support
