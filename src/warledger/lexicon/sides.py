"""Who stands with whom in a war, and who fights whom (`data/sides.tsv`, `data/enmities.tsv`).

A side is called after its principal ("Government of Syria"). An actor that is not listed stands where its parent stands, and
else on its own default side. What the files do not say is not known: the answer is then empty, or None.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from warledger.lexicon.nations import country_of_name, nations
from warledger.lexicon.tables import during, rows

if TYPE_CHECKING:
    from warledger.lexicon.actors import ActorLexicon

_GENERIC = re.compile(r"^(?P<head>.+?)(?: \((?P<where>[^()]+)\))?$")
_STATES_OWN = re.compile(
    r"\b(?:security forces|police|pro-(?:government|regime|assad|gaddafi)|popular forces|military sources?|"
    r"(?:security|intelligence) (?:sources?|officials?)|military spokesm[ae]n|government|officials?|"
    r"state (?:media|television|news agency|radio)|border guards|armed forces|allied forces|army|presidency|"
    r"ministry of (?:defen[cs]e|interior|foreign affairs)|(?:defen[cs]e|interior|foreign) ministry)\b",
    re.IGNORECASE,
)
_REBEL = re.compile(
    r"^(?:(?:rebel|rebels|opposition|insurgent|insurgents)\b|anti-government|army defectors|defectors|separatists)",
    re.IGNORECASE,
)
_REBEL_SOURCE = re.compile(r"\b(?:opposition)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    side: str
    since: date | None
    until: date | None

    def holds(self, day: date | None) -> bool:
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


@cache
def _members() -> dict[tuple[str, str], tuple[_Row, ...]]:
    table: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows("sides"):
        table[row["country"], row["member"]].append(_Row(row["side"], *during(row["during"])))
    return {place: tuple(found) for place, found in table.items()}


@cache
def _enmities() -> dict[tuple[str, frozenset[str]], tuple[_Row, ...]]:
    table: dict[tuple[str, frozenset[str]], list[_Row]] = defaultdict(list)
    for row in rows("enmities"):
        table[row["country"], frozenset((row["side"], row["against"]))].append(_Row(row["side"], *during(row["during"])))
    return {place: tuple(found) for place, found in table.items()}


@lru_cache(maxsize=512)
def _enmities_in(country: str) -> tuple[tuple[frozenset[str], tuple[_Row, ...]], ...]:
    """Those of the war fought in a country; all where none is given."""
    return tuple((pair, found) for (place, pair), found in _enmities().items() if not country or place == country)


def side_of(lexicon: ActorLexicon, name: str, *, country: str = "", on: date | None = None) -> str:
    """The side of `name` in the war fought in `country` (ISO2) on a day; empty where unknown."""
    name, generic_country = _meant(lexicon, name, country, on)
    country = country or generic_country
    chain = list(lexicon.above(name, on=on))
    for one in list(chain):
        actor = lexicon.get(one)
        if actor is not None and actor.side and actor.side not in chain:
            chain.append(actor.side)
        country = country or (actor.country if actor is not None else "")
    for one in chain:
        for row in _members().get((country, one), ()):
            if row.holds(on):
                return row.side
    actor = lexicon.get(name)
    if actor is None:
        return ""
    return actor.side or next((found.side for one in chain if (found := lexicon.get(one)) is not None and found.side), "")


def enemies(lexicon: ActorLexicon, one: str, other: str, *, country: str = "", on: date | None = None) -> bool | None:
    """True where the two, or what they belong to, are known to fight there and then; False on the same side; else None."""
    first, ours = _standing(lexicon, one, country, on)
    second, theirs = _standing(lexicon, other, country, on)
    if not first or not second:
        return None
    if first == second:
        return False
    for pair, found in _enmities_in(country):
        if pair & ours and pair & theirs and pair <= ours | theirs and any(row.holds(on) for row in found):
            return True
    return None


@lru_cache(maxsize=16384)
def _standing(lexicon: ActorLexicon, name: str, country: str, on: date | None) -> tuple[str, frozenset[str]]:
    """The side of an actor there and then, with it and all that the actor belongs to; an unknown side belongs to nothing."""
    side = side_of(lexicon, name, country=country, on=on)
    return side, frozenset((side, *lexicon.above(_meant(lexicon, name, country, on)[0], on=on))) if side else frozenset()


def principal_of(lexicon: ActorLexicon, name: str, *, country: str = "", on: date | None = None) -> str:
    """The actor that a generic name speaks or fights for ("military source (Syria)": its government); empty where that is
    not known, or where `name` is an actor's own.
    """
    if lexicon.match(name, country=country, on=on) is not None:
        return ""
    meant, _ = _principal(name, country)
    return meant if lexicon.get(meant) is not None else ""


@lru_cache(maxsize=16384)
def _meant(lexicon: ActorLexicon, name: str, country: str, on: date | None) -> tuple[str, str]:
    """The name under which the files have `name`: its own, that of the actor it is an alias of, or a crowd's principal."""
    if lexicon.get(name) is not None:
        return name, ""
    known = lexicon.match(name, country=country, on=on)
    return (known.name, "") if known is not None else _principal(name, country)


def _principal(name: str, country: str) -> tuple[str, str]:
    """For a generic name ("rebels (Syria)") the member that the files list for it, and the country in its bracket."""
    found = _GENERIC.match(name)
    if found is None:
        return name, country
    iso2 = country_of_name(found["where"], country=country) if found["where"] else ""
    iso2 = iso2 or country
    head = found["head"]
    if head.startswith("Maoist"):
        return "Maoist rebels", iso2
    if _REBEL.match(head) or _REBEL_SOURCE.search(head):
        return "rebels", iso2
    if head.startswith("Kurdish"):
        return "Kurdish forces", iso2
    adjective = _country_of_adjective_before(head)
    if _STATES_OWN.search(head) and (adjective or iso2):
        return nations()[adjective or iso2].government, adjective or iso2
    return name, iso2


@lru_cache(maxsize=4096)
def _country_of_adjective_before(head: str) -> str:
    return next((code for code, nation in nations().items() if any(head.startswith(f"{a} ") for a in nation.adjectives)), "")
