"""The tables of claim types, read from the package's data files.

`data/same_event.csv` has a row for each pair of types that can tell of one event, with the reason. `data/roles.csv` says whom a
type harms, whether a belligerent can accept responsibility for it, and what it does to the control of a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from warledger.core import vocabulary as v
from warledger.ontology.tables import rows

Territory = Literal["", "gains", "loses", "holds", "surrounds"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a claim type does to those in it. `harmed` is "target", "initiator" or empty; `responsibility` says whether its
    initiator's own word for it is an admission where the victims bear no arms; `territory` is what it does to places.
    """

    type: str
    harmed: str
    responsibility: bool
    territory: Territory
    reason: str


@cache
def _pairs() -> dict[frozenset[str], str]:
    return {frozenset((row["left"], row["right"])): row["reason"] for row in rows("same_event.csv")}


@cache
def _roles() -> dict[str, Role]:
    return {
        row["type"]: Role(row["type"], row["harmed"], row["responsibility"] == "yes", row["territory"], row["reason"])  # type: ignore[arg-type]
        for row in rows("roles.csv")
    }


def same_event_reason(left: str, right: str) -> str:
    """Why claims of these two types can tell of one event; empty where they cannot. A type agrees with itself."""
    if left == right:
        return "the same type"
    return _pairs().get(frozenset((left, right)), "")


def role_of(claim_type: str) -> Role:
    """Whom `claim_type` harms and what it does to a place; a type that is not in the table harms nobody."""
    return _roles().get(claim_type) or Role(claim_type, "", False, "", "not an act that harms")


def _groups() -> dict[str, tuple[str, ...]]:
    """For each type the block groups it belongs to: its own, and that of every type that it can be told by."""
    out: dict[str, set[str]] = {claim_type: {claim_type} for claim_type in v.CLAIM_TYPES}
    for pair in _pairs():
        low, high = sorted(pair, key=v.CLAIM_TYPES.index)
        out[high].add(low)
    return {claim_type: tuple(sorted(groups, key=v.CLAIM_TYPES.index)) for claim_type, groups in out.items()}


BLOCK_GROUPS: Final = _groups()
"""Type → groups. Two types that can tell of one event share a group: the one that comes first in the guide's table."""
