"""Who fights whom in UCDP's terms: state-based, non-state or one-sided, side a and side b."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from warledger.core import content_id
from warledger.export.parties import Parties, Party, principal
from warledger.export.ucdp.columns import CIVILIANS, NON_STATE, ONE_SIDED, STATE_BASED
from warledger.lexicon.nations import country_of_name, nations
from warledger.ontology import crowd_of, head_and_where
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import ucdp_actor

OWN_IDS_FROM: Final = 1_000_000_000
"""Ids of conflicts, dyads and actors are this ledger's own, above any of UCDP's: there is no crosswalk to UCDP's numbers."""
_STATE: Final = re.compile(r"^Government of ")


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two sides: their names in UCDP's form, the states on each (Gleditsch-Ward numbers), our names of who is on each."""

    violence: int
    side_a: str
    side_b: str
    states_a: tuple[int, ...]
    states_b: tuple[int, ...]
    names_a: tuple[str, ...]
    names_b: tuple[str, ...]

    @property
    def name(self) -> str:
        """The dyad as UCDP writes it."""
        return f"{self.side_a} - {self.side_b}"


@lru_cache(maxsize=16384)
def own_id(kind: str, *names: str) -> int:
    """A number for a conflict, dyad or actor, from its name."""
    return OWN_IDS_FROM + int(content_id("u", kind, *names)[1:8], 16)


def dyad_of(sides: Parties, country: str, day: date, *, civilians_hit: bool) -> Dyad | str:
    """The dyad of an event in `country` (ISO 3166 two letters), or why there is none.

    The first armed party of each side makes the dyad. A foreign state that fights on the home government's side is on the
    government's side of the dyad, as UCDP has it. In state-based violence the government is side a.
    """
    actors = tuple(p for p in sides.armed_initiators if _organised(p))
    if not actors:
        return "no organised actor is named as the one who used force"
    one = _principal_of(actors[0], country, day)
    targets = [p for p in sides.armed_targets if _organised(p) and _principal_of(p, country, day).name != one.name]
    if targets:
        return _of_two(one, _principal_of(targets[0], country, day), sides, country)
    if civilians_hit:
        named = _name(one)
        return Dyad(ONE_SIDED, named, CIVILIANS, _states([one], country), (), tuple(p.name for p in actors), ())
    return "no second side is named, and nobody says that the dead were civilians"


def _of_two(one: Party, other: Party, sides: Parties, country: str) -> Dyad:
    a, b = one, other
    names_a, names_b = _names(sides.armed_initiators, a), _names(sides.armed_targets, b)
    home_is_b = _is_state(b) and (not _is_state(a) or (b.country == country and a.country != country))
    if home_is_b:
        a, b, names_a, names_b = b, a, names_b, names_a
    violence = STATE_BASED if _is_state(a) or _is_state(b) else NON_STATE
    if violence == NON_STATE and _name(b) < _name(a):
        a, b, names_a, names_b = b, a, names_b, names_a
    allies_a = [p for p in (*sides.armed_initiators, *sides.armed_targets) if p.name in names_a]
    allies_b = [p for p in (*sides.armed_initiators, *sides.armed_targets) if p.name in names_b]
    states = _states([a, *allies_a], country)
    against = tuple(state for state in _states([b, *allies_b], country) if state not in states)
    return Dyad(violence, _name(a), _name(b), states, against, names_a, names_b)


def _names(parties: tuple[Party, ...], head: Party) -> tuple[str, ...]:
    return tuple(dict.fromkeys((head.name, *(p.name for p in parties))))


def _principal_of(party: Party, country: str, day: date) -> Party:
    """The government that a state's forces, or a foreign state on its side, fight for; else the party itself."""
    if party.kind not in ("state_forces", "government", "external_forces"):
        return party
    side = principal(party.name, country, day)
    if _STATE.match(side):
        return Party(side, "government", _governed().get(side) or party.country)
    if crowd_of(party.name) == "state" and country in country_codes():
        return Party(f"Government of {country_codes()[country].acled_name}", "government", country)
    return party


@cache
def _governed() -> dict[str, str]:
    """The country of each government, by its name."""
    return {f"Government of {c.acled_name}": c.iso2 for c in reversed(country_codes().values())}


def _organised(party: Party) -> bool:
    """Whether the party has a name, or is the rebels or the state of a country; "fighters" are nobody's."""
    if not party.name[:1].islower():
        return True
    return bool(head_and_where(party.name)[1]) and crowd_of(party.name) in ("insurgents", "state")


def _is_state(party: Party) -> bool:
    return party.kind in ("government", "state_forces", "external_forces") and bool(party.country)


def _name(party: Party) -> str:
    codes = country_codes().get(party.country)
    if party.kind in ("government", "state_forces", "external_forces") and codes is not None:
        return f"Government of {codes.ucdp_name}"
    known = ucdp_actor(party.name)
    _, where = head_and_where(party.name)
    if known == party.name and where and crowd_of(party.name) == "insurgents":
        nation = nations().get(country_of_name(where))
        return f"{nation.adjective} insurgents" if nation is not None else known
    return known


def _states(parties: list[Party], country: str) -> tuple[int, ...]:
    found = []
    for party in parties:
        codes = country_codes().get(party.country or country) if _is_state(party) else None
        if codes is not None and codes.gw is not None and codes.gw not in found:
            found.append(codes.gw)
    return tuple(found)
