"""On whose side an actor stands, and whether two fight each other: what is known of them, else what their kinds suggest."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from warledger.ontology.crowds import crowd_of, head_and_where, side_by_kind


class KnownName(Protocol):
    """An actor on the public record, by its usual name."""

    @property
    def name(self) -> str:
        """The usual English name."""


class SideKnowledge(Protocol):
    """What must be told about actors: who is meant by a name, and on whose side that is.

    One that also has `enemies(one, other, *, country, on) -> bool | None` is asked who fights whom; without it all sides do.
    """

    def match(self, name: str, *, country: str = "", on: date | None = None) -> KnownName | None:
        """The actor that `name` means, or None."""

    def side_of(self, name: str, *, country: str = "", on: date | None = None) -> str:
        """The side of the conflict in `country` that `name` belongs to; empty where unknown."""


def known_side(knowledge: SideKnowledge | None, name: str, kind: str, *, country: str = "", on: date | None = None) -> str:
    """The side of `name` in the war fought in `country` (ISO2) on a day, as far as it is known; empty where it is not.

    A crowd that is not known itself ("terrorist groups (Syria)") stands where that country's rebels or government stand.
    """
    if knowledge is None:
        return ""
    known = knowledge.match(name, country=country, on=on)
    asked = [name] if known is None else [known.name, name]
    suggested, where = side_by_kind(name, kind), head_and_where(name)[1]
    if suggested == "opposition":
        asked.append(f"rebels ({where})" if where else "rebels")
    elif suggested == "government" and crowd_of(name):
        asked.append(f"government ({where})" if where else "government")
    return next((side for one in asked if (side := knowledge.side_of(one, country=country, on=on))), "")


def side_in(knowledge: SideKnowledge | None, name: str, kind: str, *, country: str = "", on: date | None = None) -> str:
    """The side of `name` as it is known, else as its kind suggests; empty if it is on none."""
    return known_side(knowledge, name, kind, country=country, on=on) or side_by_kind(name, kind)


def opposed(
    knowledge: SideKnowledge | None, one: tuple[str, str], two: tuple[str, str], *, country: str = "", on: date | None = None
) -> bool:
    """Whether two, each a name with its side, are known to fight in `country` on a day; an empty side fights nobody."""
    if not one[1] or not two[1] or one[1] == two[1]:
        return False
    enemies = getattr(knowledge, "enemies", None)
    if enemies is None:
        return True
    for left, right in ((one[0], two[0]), (one[1], two[1])):
        answer = enemies(left, right, country=country, on=on)
        if answer is not None:
            return bool(answer)
    sides = {one[1], two[1]}
    return "opposition" in sides and any(s == "government" or s.startswith("Government of ") for s in sides)
