"""Which claims of a document tell of one event: those that the network links, and those that agree in what, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from warledger.core import Claim
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract.reading import Reading

TOLD_TOGETHER = (
    frozenset({"attack", "airstrike", "shelling", "destroy", "toll", "chemical_attack"}),
    frozenset({"attack", "bombing", "suicide_bombing", "destroy", "toll"}),
    frozenset({"attack", "clash", "offensive", "toll"}),
    frozenset({"clash", "offensive", "seize"}),
    frozenset({"airstrike", "shelling", "offensive"}),
    frozenset({"abduct", "arrest"}),
)
"""Types that one thing is told under within one report: the pairs that three training events or more have. A seizure and the
withdrawal that answers it are two events, which are related across the ledger.
"""
TOLD_AS = frozenset(
    frozenset(pair)
    for general, kinds in {
        "toll": ("airstrike", "attack", "bombing", "suicide_bombing", "chemical_attack"),
        "attack": ("bombing", "suicide_bombing", "chemical_attack"),
        "bombing": ("suicide_bombing",),
    }.items()
    for pair in ((general, kind) for kind in kinds)
)
"""Types under which one thing is told where place and day are the same: in three of four training pairs or more."""


class _Groups:
    """Numbers that are joined step by step."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, x: int) -> int:
        while self._parent[x] != x:
            x = self._parent[x]
        return x

    def join(self, one: int, other: int) -> None:
        self._parent[self.root(one)] = self.root(other)

    def names(self) -> list[str]:
        """The event of each number: e1, e2 … in their order."""
        order: dict[int, str] = {}
        return [order.setdefault(self.root(n), f"e{len(order) + 1}") for n in range(len(self._parent))]


def linked(reading: Reading, claims: Sequence[Claim]) -> list[Claim]:
    """`claims` with their events: joined along the links to earlier ones that are likelier than not, but never two of types
    that do not tell of one thing. That they seem to be of two towns keeps none apart: the places err more often.
    """
    groups = _Groups(len(claims))

    def members(x: int) -> list[Claim]:
        return [claim for n, claim in enumerate(claims) if groups.root(n) == groups.root(x)]

    floor = reading.thresholds.get("event", 0.5)
    for number, links in enumerate(reading.links):
        best = max(links.earlier, key=lambda e: (e[1], e[0]), default=None)
        if (
            best is not None
            and best[1] >= floor
            and not any(_apart(one, other) for one in members(number) for other in members(best[0]))
        ):
            groups.join(number, best[0])
    return [replace(claim, event=event) for claim, event in zip(claims, groups.names(), strict=True)]


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two claims cannot tell of one thing, by their types."""
    return one.type != other.type and not any({one.type, other.type} <= group for group in TOLD_TOGETHER)


def agreeing(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` with the events joined that are told alike: deeds of one type that happened at one place and time, by and to
    actors that may be the same. A report that tells of two such things tells them apart by one of these.
    """
    groups = _Groups(len(claims))
    first_of: dict[str, int] = {}
    alike: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(claims):
        groups.join(number, first_of.setdefault(claim.event, number))
        if claim.type in SPEECH_ACTS or claim.frame != "news" or claim.status != "happened" or not (claim.when or claim.place):
            continue
        earlier = alike.setdefault((claim.place, claim.when.edtf if claim.when else ""), [])
        match = next((other for other in reversed(earlier) if _may_be_one(claim, claims[other])), None)
        if match is not None:
            groups.join(number, match)
        earlier.append(number)
    return tuple(replace(claim, event=event) for claim, event in zip(claims, groups.names(), strict=True))


def _may_be_one(one: Claim, other: Claim) -> bool:
    """Whether two claims do not differ in both the doers and those to whom it was done; undated ones, in either."""
    dated_and_placed = one.when is not None and bool(one.place)
    if one.type != other.type and not (dated_and_placed and frozenset((one.type, other.type)) in TOLD_AS):
        return False
    differ = (_differ(one.initiator, other.initiator), _differ(one.target, other.target))
    return not (all(differ) if one.when else any(differ))


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(one) and bool(other) and not set(one) & set(other)
