"""The state of every place: spells from events, who held a place on a day, and what changed hands since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warledger.control.assertions import Assertion, AssertionReader
from warledger.control.sieges import SiegeTimeline
from warledger.control.timeline import ControlTimeline
from warledger.core import Document, Event, Record, Spell, When, fold
from warledger.ontology import SideKnowledge


def spells(
    events: Iterable[Event],
    records: Mapping[str, Record],
    documents: Mapping[str, Document],
    *,
    lexicon: SideKnowledge | None = None,
    same: Mapping[str, str] | None = None,
) -> tuple[Spell, ...]:
    """Every spell that `events` support, ordered by place, layer and time. `records` are those the events were made from;
    where these are not all there are, `same` is what all say of names that mean one group (`one_name`).

    Spells of one place and layer never overlap: each ends at or before the next one begins.
    """
    by_place: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in AssertionReader(records, documents, lexicon, same).read(events):
        by_place[assertion.place.key].append(assertion)
    out: list[Spell] = []
    for key in sorted(by_place):
        out += spells_of(by_place[key])
    return tuple(out)


def spells_of(assertions: Sequence[Assertion]) -> tuple[Spell, ...]:
    """The spells of one place, by layer and time, from all that is asserted of it, in the order of event ids."""
    place = assertions[0].place
    return (*SiegeTimeline(place, assertions).write(), *ControlTimeline(place, assertions).write())


def first_day(spell: Spell) -> date:
    """The first day on which the spell may have begun; the beginning of time where that is not known."""
    return date.min if spell.since is None else spell.since.first or date.min


def end_day(spell: Spell) -> date:
    """The first day on which the spell was certainly over; the end of time where no end is reported."""
    return date.max if spell.until is None else spell.until.last or spell.until.first or date.max


def held(place: str, on: date, among: Iterable[Spell], *, layer: str = "control") -> tuple[Spell, ...]:
    """Who held `place` (its key or name) on a day: one spell, or several, in order of time, where the day falls into the
    interval in which it changed hands. The day of a change belongs to the new holder. Empty where nothing is known.
    """
    wanted = fold(place)
    found = [
        s
        for s in among
        if s.layer == layer and (s.place.key == place or fold(s.place.name) == wanted) and first_day(s) <= on < end_day(s)
    ]
    return tuple(sorted(found, key=lambda s: (s.place.key, first_day(s), end_day(s), s.id)))


@dataclass(frozen=True, slots=True)
class Change:
    """One change of hands: the spell that ended (None where no holder before is known), the one that began, and when."""

    before: Spell | None
    after: Spell
    when: When


def changes(since: date, among: Iterable[Spell], *, layer: str = "control") -> tuple[Change, ...]:
    """The changes of hands that may have come on or after `since`, the latest first."""
    by_place: dict[str, list[Spell]] = defaultdict(list)
    for spell in among:
        if spell.layer == layer:
            by_place[spell.place.key].append(spell)
    out = []
    for found in by_place.values():
        ordered = sorted(found, key=lambda s: (first_day(s), end_day(s), s.id))
        for before, after in zip([None, *ordered], ordered, strict=False):
            if after.since is not None and (after.since.last or date.max) >= since:
                out.append(Change(before, after, after.since))
    return tuple(sorted(out, key=lambda c: (-(c.when.last or date.max).toordinal(), c.after.place.key, c.after.id)))
