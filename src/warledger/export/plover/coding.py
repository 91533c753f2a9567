"""From an event to PLOVER's event, mode and contexts, and its pairs of actor and recipient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from warledger.core import Event, EventFilter, View, fold
from warledger.export.facts import Surroundings, facts_of
from warledger.export.form import chosen
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.parties import Party, parties_of
from warledger.export.rowids import ROWS_OF_AN_EVENT, pair_id
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import coding, plover_events, plover_sector

SECTORS: Final = tuple(
    ("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC").split()
)
PSEUDO_COUNTRIES: Final = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "KOS")
"""Codes that stand where no state does; KOS is Kosovo."""
RESOLUTIONS: Final = {"exact": 4, "near": 4, "district": 3, "province": 2, "country": 1}
"""Our precision to PLOVER's resolution: 5 within a city, 4 city, 3 district, 2 province, 1 country."""
_INSIDE_CITY: Final = frozenset({"neighbourhood", "facility", "base"})
_PEOPLES: Final = ("united nations", "european union")


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or recipient: our name, the country code or pseudo-country, the sector; `iso2` where it has a country."""

    name: str
    code: str
    sector: str
    iso2: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """One pair of an event, coded. `scale` runs from -10 to 10."""

    id: str
    event: Event
    plover: str
    mode: str
    contexts: tuple[str, ...]
    scale: float
    quad: int
    actor: Entity
    recipient: Entity | None


def coded_pairs(view: View, filters: EventFilter, skipped: LeftOut) -> Iterator[Coded]:
    """The pairs of every event, in the view's order; what was left out is added to `skipped`."""
    around = Surroundings(view)
    for event in chosen(view, filters):
        found = _pairs(event, view, filters, around)
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            yield from found


def _pairs(event: Event, view: View, filters: EventFilter, around: Surroundings) -> list[Coded] | Skipped:
    if event.grade.name in ("denied", "retracted"):
        return Skipped(event.id, "denied", f"the event is graded {event.grade.name}: {event.grade.rule}")
    if event.status not in ("happened", "planned"):
        return Skipped(event.id, "not-happened", f"told as {event.status}; PLOVER codes what happened or is announced")
    if event.frame == "background" and "background" not in filters.frames:
        return Skipped(event.id, "background", "told as history, not as news; --frame background exports it")
    if event.when is None or (event.when.first is None and event.when.last is None):
        return Skipped(event.id, "no-date", f"the event ({event.type}) has no time")
    sides = parties_of(event, view)
    row = coding("plover", event.type, facts_of(event, sides, around, view))
    if not row["event"]:
        return Skipped(event.id, "no-equivalent", f"{event.type}: {row.reason.removeprefix('no equivalent: ')}")
    if event.status == "planned" and "planned" not in row["when"].split():
        return Skipped(event.id, "not-happened", f"{event.type} is only announced, and PLOVER has no event for that")
    if not sides.initiators:
        return Skipped(event.id, "no-actor", f"{event.type}: PLOVER codes no event without an actor")
    kind = plover_events()[row["event"]]
    recipients: list[Entity | None] = [entity_of(p) for p in sides.targets] or [None]
    if kind.needs_recipient and recipients == [None]:
        return Skipped(event.id, "no-recipient", f"{kind.event} needs a recipient and no claim names one")
    contexts = tuple(row["contexts"].split(";")) if row["contexts"] else ()
    pairs = [(entity_of(p), r) for p in sides.initiators for r in recipients if r is None or r.name != p.name]
    return [
        Coded(pair_id(event.id, n), event, kind.event, row["mode"], contexts, float(row["scale"]), kind.quad, actor, recipient)
        for n, (actor, recipient) in enumerate(pairs[: ROWS_OF_AN_EVENT - 1], 1)
    ]


def entity_of(party: Party) -> Entity:
    """An actor's code: the ISO 3166 three letters of its country, a pseudo-country, or empty."""
    sector = plover_sector(party.kind)
    codes = country_codes().get(party.country)
    name = fold(party.name)
    if party.kind == "igo":
        return Entity(party.name, "UNO" if _PEOPLES[0] in name else "EUR" if _PEOPLES[1] in name else "IGO", sector)
    if codes is None:
        pseudo = {"ngo": "NGO", "monitor": "NGO", "jihadist_group": "ISM"}.get(party.kind, "")
        return Entity(party.name, pseudo, sector)
    return Entity(party.name, "KOS" if codes.iso2 == "XK" else codes.iso3, sector, codes.iso2)


def resolution_of(kind: str, precision: str) -> int:
    """PLOVER's resolution of a place, 5 to 1."""
    return 5 if kind in _INSIDE_CITY and precision == "exact" else RESOLUTIONS.get(precision, 4)
