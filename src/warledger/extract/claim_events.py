"""Which claims of a document tell of one event: what the network links is weighed with what, where, when and who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

import numpy as np

from warledger.core import Claim
from warledger.core.vocabulary import ARMED_GROUPS
from warledger.extract.event_levels import (
    IRREGULAR,
    STATE,
    Told,
    Weights,
    are_at_odds,
    are_by_two_speakers,
    are_rivals,
    compare,
    is_compared,
    is_separate,
    load_weights,
    may_be_told_together,
)
from warledger.extract.reading import Reading
from warledger.ontology import crowd_of

LIMIT: Final = 8.0
"""Log-odds beyond this say no more than certainty."""
NOT_COMPARED: Final = -4.0
"""Log-odds that count for two claims of types that are not told together."""

DIGITS: Final = 9
"""Decimals of a mean score that count, so that the order of adding does not."""

_STATES: Final = ("state_forces", "external_forces", "government")

Pair = tuple[int, int, float]
"""Two claims by their numbers, the earlier first, and the log-odds that they are one event."""


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
            and not is_separate(reading.document.text, claims[best[0]], claims[number])
            and all(may_be_told_together(one.type, other.type) for one in members(number) for other in members(best[0]))
        ):
            groups.join(number, best[0])
    return _of_events(claims, groups)


def foes(reading: Reading, claims: Sequence[Claim]) -> frozenset[tuple[str, str]]:
    """The enemies, by their ids in both orders, among the actors that do something in `claims`."""
    number = {actor.id: n for n, actor in enumerate(reading.actors.actors)}
    cast = sorted({actor for claim in claims for actor in claim.initiator})
    pairs = [(a, b) for a, b in combinations(cast, 2) if reading.enemies(number[a], number[b])]
    return frozenset(pairs) | frozenset((b, a) for a, b in pairs)


def sides(reading: Reading) -> dict[str, str]:
    """Whose fighters the actors are, by their ids: a state's, or irregulars ("gunmen" among them)."""
    kinds = {**dict.fromkeys(_STATES, STATE), **dict.fromkeys(ARMED_GROUPS, IRREGULAR)}
    found = {a.id: IRREGULAR if crowd_of(a.name) == "insurgents" else kinds.get(a.kind, "") for a in reading.actors.actors}
    return {who: side for who, side in found.items() if side}


def chances(reading: Reading, claims: Sequence[Claim]) -> dict[tuple[str, str], float]:
    """How likely the network takes each claim for a telling of an earlier one's event, by their ids (the later first)."""
    out: dict[tuple[str, str], float] = {}
    for number, links in enumerate(reading.links):
        for other, chance in links.earlier:
            key = claims[number].id, claims[other].id
            out[key] = max(out.get(key, 0.0), chance)
    return out


def compared(told: Told) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Every two claims that may tell of one event, by their numbers (the earlier first), with the findings for them."""
    event = {claim.id: claim.event for claim in told.claims}
    of_claim: dict[str, float] = defaultdict(float)
    of_event: dict[tuple[str, str], float] = defaultdict(float)
    for (later, earlier), chance in told.chances.items():
        of_claim[later] += chance
        if earlier != later and earlier in event:
            of_event[later, event[earlier]] += chance
    for (m, one), (n, two) in combinations(enumerate(told.claims), 2):
        chance = told.chances.get((two.id, one.id), 0.0)
        if not is_compared(one, two, chance):
            continue
        if are_by_two_speakers(one, two) or are_rivals(one, two, told.foes) or are_at_odds(told, one, two):
            continue
        if not is_separate(told.text, one, two):
            yield m, n, compare(told, one, two, chance, of_event[two.id, one.event], max(0.0, 1 - of_claim[two.id]))


def gathered(told: Told, weights: Weights | None = None) -> tuple[Claim, ...]:
    """The claims with their events, numbered in their order: groups of claims are joined, the best score first, while the mean
    score of all pairs between two of them is high enough. What the network linked is one finding among others.
    """
    weights = load_weights() if weights is None else weights
    pairs = [(m, n, weights.score(levels)) for m, n, levels in compared(told)]
    groups = _Groups(len(told.claims))
    for one, other in _joins(len(told.claims), pairs, weights.join_at):
        groups.join(one, other)
    return tuple(_of_events(told.claims, groups))


def _of_events(claims: Sequence[Claim], groups: _Groups) -> list[Claim]:
    """`claims` with the events that their groups are."""
    named = zip(claims, groups.names(), strict=True)
    return [claim if claim.event == event else replace(claim, event=event) for claim, event in named]


def _joins(count: int, pairs: Sequence[Pair], join_at: float) -> Iterator[tuple[int, int]]:
    """Which groups are joined, by their first members, one after the other: average-link clustering."""
    for numbers, scored in _hanging_together(count, pairs, join_at):
        place = {number: n for n, number in enumerate(numbers)}
        total = np.full((len(numbers), len(numbers)), NOT_COMPARED)
        for m, n, score in scored:
            total[place[m], place[n]] = total[place[n], place[m]] = max(-LIMIT, min(LIMIT, score))
        sizes = np.ones(len(numbers))
        np.fill_diagonal(total, -np.inf)
        while True:
            mean = np.round(total / np.outer(sizes, sizes), DIGITS)
            one, other = sorted(divmod(int(mean.argmax()), len(numbers)))
            if mean[one, other] < join_at:
                break
            yield numbers[one], numbers[other]
            total[one] += total[other]
            total[:, one] = total[one]
            total[one, one] = -np.inf
            total[other] = total[:, other] = -np.inf
            sizes[one] += sizes[other]


def _hanging_together(count: int, pairs: Sequence[Pair], join_at: float) -> list[tuple[list[int], list[Pair]]]:
    """The claims of two or more that scores tie, with the pairs of them: no group reaches over two of these, since a mean of
    scores that are all too low is too low.
    """
    ties = _Groups(count)
    for m, n, score in pairs:
        if score >= join_at:
            ties.join(n, m)
    numbers: dict[int, list[int]] = defaultdict(list)
    inside: dict[int, list[Pair]] = defaultdict(list)
    for number in range(count):
        numbers[ties.root(number)].append(number)
    for pair in pairs:
        if ties.root(pair[0]) == ties.root(pair[1]):
            inside[ties.root(pair[0])].append(pair)
    return [(numbers[root], inside[root]) for root in numbers if len(numbers[root]) > 1]
