"""`held`: who holds every place of a name on a day, and of a place without a word of its own what its province has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from warledger.control.spells import end_day, first_day
from warledger.core import EventPlace, Place, Spell, View, fold, slug
from warledger.core.filter import names_match
from warledger.errors import NotFoundError
from warledger.reconcile.places import PlaceBook

MOST_NAMED = 5
"""Names that a message lists."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What the ledger says of one place on a day (`on` None: at the end of what is known).

    `control` are the spells of that day: none, one, or several where the day falls into the interval in which it changed hands.
    `besieged` is the layer over it. `province` is told where the place itself has no spell: its name and spells, which say
    nothing of the place by themselves. `note` says in a sentence what is missing or in doubt; `others` counts the spells of
    other days.
    """

    place: EventPlace
    on: date | None
    control: tuple[Spell, ...]
    besieged: tuple[Spell, ...]
    others: int
    province: str
    province_control: tuple[Spell, ...]
    note: str


def holdings(view: View, wanted: str, on: date | None = None) -> tuple[Holding, ...]:
    """What is known of every place that is called `wanted` (a key, a whole name, else words of one).

    A province's holder is never given to its towns. Raises NotFoundError, with names that are like it, for a name that no
    document has.
    """
    places = _called(view, wanted)
    if not places:
        names = sorted({p.name for r in view.records.values() for p in r.places})
        near = get_close_matches(wanted, names, n=MOST_NAMED, cutoff=0.6)
        hint = f"; there is {', '.join(near)}" if near else ""
        raise NotFoundError(f"no document names a place {wanted!r}{hint}")
    return tuple(_holding(view, place, readings, on) for place, readings in places)


def _called(view: View, wanted: str) -> list[tuple[EventPlace, list[Place]]]:
    """The places of that key or name, as all documents together have them, each with its readings."""
    book, asked = PlaceBook.of_records(view.records), fold(wanted)
    known: dict[str, EventPlace] = {}
    readings: dict[str, list[Place]] = defaultdict(list)
    for document in sorted(view.records):
        for one in view.records[document].places:
            place = book.of(document, one.id)
            known[place.key] = place
            readings[place.key].append(one)

    def is_called(key: str, *, whole: bool) -> bool:
        names = {known[key].name, *(p.name for p in readings[key]), *(m.text for p in readings[key] for m in p.mentions)}
        return any(fold(n) == asked or slug(n) == wanted if whole else names_match(wanted, n) for n in names)

    found = [wanted] if wanted in known else [key for key in sorted(known) if is_called(key, whole=True)]
    found = found or [key for key in sorted(known) if is_called(key, whole=False)]
    return [(known[key], readings[key]) for key in found]


def _holding(view: View, place: EventPlace, readings: list[Place], on: date | None) -> Holding:
    own = [s for s in view.spells if s.place.key == place.key]
    control = spells_on(own, "control", on)
    province, of_province = ("", ()) if own or place.kind == "province" else _province(view, readings, on)
    return Holding(
        place=place,
        on=on,
        control=control,
        besieged=spells_on(own, "besieged", on),
        others=sum(s.layer == "control" for s in own) - len(control),
        province=province,
        province_control=of_province,
        note=_note(place, own, control, province, of_province, on),
    )


def spells_on(spells: Iterable[Spell], layer: str, on: date | None) -> tuple[Spell, ...]:
    """The spells of a day; without one, those that nothing is said to have ended."""
    found = [s for s in spells if s.layer == layer]
    if on is None:
        return tuple(s for s in found if s.until is None)
    return tuple(sorted((s for s in found if first_day(s) <= on < end_day(s)), key=lambda s: (first_day(s), end_day(s), s.id)))


def _province(view: View, readings: list[Place], on: date | None) -> tuple[str, tuple[Spell, ...]]:
    """The province that the place lies in and its spells, as far as a document names it."""
    codes = {(p.country, p.admin1) for p in readings if p.country and p.admin1}
    names = {
        p.name
        for record in view.records.values()
        for p in record.places
        if p.kind == "province" and ((p.country, p.admin1) in codes or (p.country, p.name) in codes)
    }
    for name in sorted(names):
        found = [s for s in view.spells if s.place.kind == "province" and fold(s.place.name) == fold(name)]
        if found:
            return name, spells_on(found, "control", on)
    return min(names, default=""), ()


def _note(
    place: EventPlace,
    own: list[Spell],
    control: tuple[Spell, ...],
    province: str,
    of_province: tuple[Spell, ...],
    on: date | None,
) -> str:
    day = f" on {on}" if on is not None else ""
    if not own:
        words = f"No document says who holds {place.name}."
        if of_province:
            holders = " or ".join(dict.fromkeys(s.holder for s in of_province))
            return (
                f"{words} Its province, {province}, is said to be held by {holders}; that is not said of {place.name} itself."
            )
        return f"{words} Nor is a holder of its province, {province}, told." if province else words
    if not control:
        return (
            f"Nobody is said to hold {place.name}{day}; the ledger has words for other days."
            if on
            else (f"Nobody is said to hold {place.name} since the last holder left.")
        )
    if len(control) > 1:
        return f"The day falls into the time in which {place.name} changed hands; which of them held it that day is not told."
    last = control[0].last_known.last if control[0].last_known is not None else None
    if on is not None and last is not None and on > last and control[0].until is None:
        return f"The last word for it is of {last}; nothing later is told."
    return ""
