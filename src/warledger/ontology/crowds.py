"""What a crowd's name means ("rebels (Syria)", "government forces"), and the side that a kind suggests."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from warledger.core import fold
from warledger.ontology.tables import rows

UNARMED_KINDS: Final = frozenset({"civilians", "monitor", "media", "igo", "ngo"})
_UNITED_NATIONS: Final = re.compile(r"(?:United Nations|UN)\b")
_WHERE: Final = re.compile(r"^(?P<head>[^()]+?)\s*\((?P<where>[^()]+)\)$")


@cache
def _crowds() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in rows("crowds.csv"):
        out.setdefault(row["crowd"], set()).add(row["word"])
    return {crowd: frozenset(words) for crowd, words in out.items()}


def head_and_where(name: str) -> tuple[str, str]:
    """ "rebels (Syria)" as ("rebels", "Syria"); a name without brackets has an empty second part."""
    found = _WHERE.match(name)
    return (found["head"], found["where"]) if found else (name, "")


@cache
def crowd_of(name: str) -> str:
    """What sort of crowd a generic name means: insurgents, state or unarmed; empty for the name of a certain actor.

    A name is generic if it has its country in brackets, begins in lower case, or is one word beside a word for insurgents.
    """
    head, where = head_and_where(name)
    words = fold(head).split()
    crowds = _crowds()
    if not where and not (name[:1].islower() or (len(words) == 2 and words[-1] in crowds["insurgents"])):
        return ""
    return next((crowd for crowd in ("unarmed", "insurgents", "state") if crowds[crowd].intersection(words)), "")


@cache
def is_partisan(name: str) -> bool:
    """Whether a name is what one side calls another ("terrorist groups", "regime forces")."""
    return bool(_crowds()["partisan"].intersection(fold(head_and_where(name)[0]).split()))


@cache
def is_anybody(name: str) -> bool:
    """Whether a name says of attackers only that they attack ("gunmen")."""
    return bool(_crowds()["anybody"].intersection(fold(head_and_where(name)[0]).split()))


@cache
def names_nobody(name: str) -> bool:
    """Whether a name says neither who nor of where ("units", "the groups"): it begins small and has nothing in brackets."""
    return name[:1].islower() and not head_and_where(name)[1]


def is_united_nations(name: str) -> bool:
    """Whether it is the United Nations or an office of theirs, which take no side whatever their kind is read as."""
    return _UNITED_NATIONS.match(name) is not None


def side_by_kind(name: str, kind: str) -> str:
    """The side that a name and an actor kind suggest: "opposition", "government", an armed group's own folded name, or "".

    "Gunmen" may be anybody's.
    """
    crowd = crowd_of(name)
    if crowd == "unarmed" or kind in UNARMED_KINDS or is_united_nations(name):
        return ""
    if crowd == "insurgents":
        return "" if is_anybody(name) else "opposition"
    if crowd == "state" or kind in {"state_forces", "government"} or _is_state(name):
        return "government"
    if kind == "rebel_group":
        return "opposition"
    return fold(name) if kind in {"militia", "jihadist_group", "external_forces"} else ""


def _is_state(name: str) -> bool:
    folded = fold(name)
    return folded.startswith("government of ") or folded.endswith(" armed forces")
