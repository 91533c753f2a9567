"""ACLED's names and group types for the actors of an event, and the pairs that become rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from warledger.core import fold
from warledger.export.acled.coding import Coded
from warledger.export.parties import Parties, Party, enemies
from warledger.lexicon.nations import english_name
from warledger.ontology import crowd_of
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import acled_actor, acled_group_type, acled_regime

_POLICE: Final = re.compile(r"\bpolice\b", re.IGNORECASE)
_EXPLOSIONS = "Explosions/Remote violence"
_ALONE: Final = frozenset({"Change to group/activity", "Other", "Headquarters or base established"})
"""Sub-events of one actor."""
_VIOLENCE = "Violence against civilians"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: the actor, the associated actors, and the actor's group type; empty where there is nobody."""

    actor: str = ""
    associated: tuple[str, ...] = ()
    inter: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two sides of a row, in the order of its columns."""

    first: Side
    second: Side


def country_name(iso2: str) -> str:
    """ACLED's name of a country; our own English name where its table has none."""
    known = country_codes().get(iso2)
    return known.acled_name if known is not None else english_name(iso2)


@lru_cache(maxsize=16384)
def named(party: Party, country: str, day: date) -> tuple[str, str]:
    """ACLED's name and group type of a party to an event in `country` (ISO 3166 two letters)."""
    where = country_name(country)
    words = fold(party.name)
    if party.protesting:
        return f"Protesters ({where})", "Protesters"
    if party.unarmed or _speaks(party):
        return f"Civilians ({where})", "Civilians"
    if (known := acled_actor(party.name, day)) != "":
        return known, acled_group_type(words, party.kind, abroad=party.is_foreign_in(country)) or "Rebel group"
    if party.kind in ("state_forces", "government") and (party.country or country) in country_codes():
        home = party.country or country
        sort = "Police" if _POLICE.search(party.name) else "Government" if party.kind == "government" else "Military"
        name = f"{sort} Forces of {country_name(home)}".replace("Government Forces", "Government")
        regime = acled_regime(home, day)
        return f"{name} {regime}".strip(), acled_group_type(words, party.kind, abroad=home != country)
    if crowd_of(party.name) or party.name[:1].islower() or party.kind == "other":
        return f"Unidentified Armed Group ({where})", "Political militia"
    return party.name, acled_group_type(words, party.kind, abroad=False) or "Political militia"


def pairs_of(coded: Coded, sides: Parties, country: str, day: date) -> list[Pair]:
    """The actor pairs of an event. Those who act together are associated actors of the first; targets that fight each other are
    pairs of their own. Empty where the code needs an actor and none is told.
    """
    event_type, where = coded.sub_event.event_type, country_name(country)
    unidentified = Side(f"Unidentified Armed Group ({where})", (), "Political militia")
    civilians = Side(f"Civilians ({where})", (), "Civilians")
    if event_type in ("Protests", "Riots"):
        return [_demonstration(coded, sides, country, day)]
    violent = event_type in ("Battles", _EXPLOSIONS, _VIOLENCE)
    camps = _camps([p for p in sides.initiators if not p.unarmed and not (violent and _speaks(p))], country, day)
    acting = _side(camps[0] if camps else (), country, day)
    if event_type == _VIOLENCE:
        return [Pair(acting if acting.actor else unidentified, civilians)]
    if event_type == "Battles":
        opponents = sides.armed_targets or tuple(p for p in _unclear(sides) if not _speaks(p))
        against = _against(acting, opponents, country, day)
        against = against or [_side(camp, country, day) for camp in camps[1:]]
        if not acting.actor and not against:
            return []
        acting = acting if acting.actor else unidentified
        found = [Pair(acting, one) for one in against if one.actor != acting.actor]
        return found or ([Pair(acting, unidentified)] if acting.actor != unidentified.actor else [])
    if event_type == _EXPLOSIONS:
        return _remote(acting, sides, civilians, country, day)
    if not acting.actor:
        return []
    alone = coded.sub_event.sub_event_type in _ALONE
    return [Pair(acting, next(iter(() if alone else _against(acting, _unclear(sides), country, day)), Side()))]


def _remote(acting: Side, sides: Parties, civilians: Side, country: str, day: date) -> list[Pair]:
    """Remote violence. Nobody needs to be hit; civilians hit beside an armed target are its associates."""
    where = country_name(country)
    if not acting.actor:
        acting = Side(f"Unidentified Armed Group ({where})", (), "Political militia")
    unarmed = any(p.unarmed for p in sides.targets)
    against = _against(acting, sides.armed_targets, country, day)
    if not against:
        return [Pair(acting, civilians if unarmed else Side())]
    if unarmed:
        first = against[0]
        against[0] = Side(first.actor, (*first.associated, civilians.actor), first.inter)
    return [Pair(acting, one) for one in against]


def _demonstration(coded: Coded, sides: Parties, country: str, day: date) -> Pair:
    where = country_name(country)
    riot = coded.sub_event.event_type == "Riots"
    crowd = Side(f"{'Rioters' if riot else 'Protesters'} ({where})", (), "Rioters" if riot else "Protesters")
    excessive = coded.sub_event.sub_event_type == "Excessive force against protesters"
    intervening = coded.sub_event.sub_event_type == "Protest with intervention"
    others = [p for p in (*sides.initiators, *sides.targets) if p.armed]
    force = _side(others, country, day) if excessive or intervening or (riot and others) else Side()
    if excessive:
        return Pair(force if force.actor else Side(f"Unidentified Armed Group ({where})", (), "Political militia"), crowd)
    if intervening and not force.actor:
        force = Side(f"Police Forces of {where} {acled_regime(country, day)}".strip(), (), "State forces")
    return Pair(crowd, force)


def _speaks(party: Party) -> bool:
    """Whether it is a person of whom no armed side is known; ACLED counts such a one as a civilian."""
    return party.kind in ("leader", "spokesperson")


def _unclear(sides: Parties) -> tuple[Party, ...]:
    return tuple(p for p in sides.targets if not p.unarmed)


def _against(acting: Side, parties: Sequence[Party], country: str, day: date) -> list[Side]:
    """The camps among `parties`, without those who are on the acting side."""
    ours = {acting.actor, *acting.associated}
    others = [p for p in parties if named(p, country, day)[0] not in ours]
    return [_side(camp, country, day) for camp in _camps(others, country, day)]


def _camps(parties: Sequence[Party], country: str, day: date) -> list[list[Party]]:
    """Parties by who stands with whom: one that fights the first of a camp is in another."""
    camps: list[list[Party]] = []
    for party in parties:
        for camp in camps:
            if not enemies(party.name, camp[0].name, country, day):
                camp.append(party)
                break
        else:
            camps.append([party])
    return camps


def _side(parties: Iterable[Party], country: str, day: date) -> Side:
    """The first party as the actor, the others as its associates; each name once."""
    names: dict[str, str] = {}
    for party in parties:
        name, inter = named(party, country, day)
        names.setdefault(name, inter)
    if not names:
        return Side()
    first, *others = names
    return Side(first, tuple(others), names[first])
