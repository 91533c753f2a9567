"""Constrained average-link clustering over scored pairs.

Two clusters are joined while the average log-odds over all pairs between them stays at or above a threshold; a pair that was
never compared counts as a fixed doubt. Two tellings of one document never meet by themselves: it plainly tells of two events.
The result does not depend on the order of anything.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

NOT_COMPARED: Final = -4.0
"""Log-odds that count for a pair that blocking kept apart."""

Pair = tuple[str, str]


class _Joiner:
    """The state of one clustering. A cluster is named by its smallest member; its name and size together are its version."""

    def __init__(self, group_of: Mapping[str, str], scores: Mapping[Pair, float], threshold: float) -> None:
        self.members: dict[str, list[str]] = {i: [i] for i in sorted(group_of)}
        self.groups: dict[str, set[str]] = {i: {group} for i, group in group_of.items()}
        self.total: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
        self.apart: dict[str, set[str]] = defaultdict(set)
        self.threshold = threshold
        self.heap: list[tuple[float, str, str, int, int]] = []
        self.cluster_of: dict[str, str] = {}
        for (one, two), score in sorted(scores.items()):
            self.total[one][two] = self.total[two][one] = (score, 1)

    def find(self, item: str) -> str:
        """The cluster that `item` is in."""
        while item in self.cluster_of:
            item = self.cluster_of[item]
        return item

    def average(self, one: str, two: str) -> float:
        """The mean log-odds over all pairs between two clusters."""
        total, count = self.total[one][two]
        pairs = len(self.members[one]) * len(self.members[two])
        return (total + NOT_COMPARED * (pairs - count)) / pairs

    def may_meet(self, one: str, two: str) -> bool:
        """Whether nothing keeps the two clusters apart."""
        return two not in self.apart[one] and self.groups[one].isdisjoint(self.groups[two])

    def join(self, one: str, two: str) -> str:
        """Join two clusters under the smaller of their names and return it."""
        keep, lose = min(one, two), max(one, two)
        self.cluster_of[lose] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(lose))
        self.groups[keep] |= self.groups.pop(lose)
        for other, (total, count) in sorted(self.total.pop(lose, {}).items()):
            del self.total[other][lose]
            if other != keep:
                old_total, old_count = self.total[keep].get(other, (0.0, 0))
                self.total[keep][other] = self.total[other][keep] = (old_total + total, old_count + count)
        for other in sorted(self.apart.pop(lose, set())):
            self.apart[other].discard(lose)
            self.apart[other].add(keep)
            self.apart[keep].add(other)
        return keep

    def offer(self, one: str, two: str) -> None:
        """Put a pair of clusters up for joining, if it may and should be."""
        one, two = min(one, two), max(one, two)
        if self.may_meet(one, two) and self.average(one, two) >= self.threshold:
            heapq.heappush(self.heap, (-self.average(one, two), one, two, len(self.members[one]), len(self.members[two])))

    def run(self) -> None:
        """Join the best pair until none is left."""
        for one in sorted(self.members):
            for two in sorted(self.total[one]):
                if one < two:
                    self.offer(one, two)
        while self.heap:
            _, one, two, mine, yours = heapq.heappop(self.heap)
            current = len(self.members.get(one, ())) == mine and len(self.members.get(two, ())) == yours
            if current and self.may_meet(one, two):
                keep = self.join(one, two)
                for other in sorted(self.total[keep]):
                    self.offer(keep, other)


def cluster(
    group_of: Mapping[str, str],
    scores: Mapping[Pair, float],
    *,
    threshold: float,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[tuple[str, ...]]:
    """Partition the items of `group_of` (item → its group, no two of which meet by score alone).

    `together` pairs are joined first, even within a group, unless `apart` forbids it. Each cluster and the list are sorted.
    """
    kept_apart: dict[str, set[str]] = defaultdict(set)
    for one, two in apart:
        kept_apart[one].add(two)
        kept_apart[two].add(one)
    asked = sorted(together)
    strong = (pair for pair, score in scores.items() if score >= threshold)
    gatherings = _gatherings(group_of, (*asked, *strong))
    number_of = {item: number for number, items in enumerate(gatherings) for item in items}
    inside: dict[int, dict[Pair, float]] = defaultdict(dict)
    for pair, score in scores.items():
        if number_of[pair[0]] == number_of[pair[1]]:
            inside[number_of[pair[0]]][pair] = score
    first_joined: dict[int, list[Pair]] = defaultdict(list)
    for pair in asked:
        first_joined[number_of[pair[0]]].append(pair)
    out: list[tuple[str, ...]] = []
    for number, items in enumerate(gatherings):
        if len(items) == 1:
            out.append((items[0],))
            continue
        joiner = _Joiner({item: group_of[item] for item in items}, inside[number], threshold)
        for item in items:
            joiner.apart[item] = {other for other in kept_apart[item] if number_of[other] == number}
        for one, two in first_joined[number]:
            first, second = joiner.find(one), joiner.find(two)
            if first != second and second not in joiner.apart[first]:
                joiner.join(first, second)
        joiner.run()
        out += (tuple(m) for m in joiner.members.values())
    return sorted(out)


def _gatherings(items: Iterable[str], ties: Iterable[Pair]) -> list[list[str]]:
    """The items that hang together by ties, each list sorted. No cluster reaches over two: an average of pairs that all lie
    below the threshold does too.
    """
    head = {item: item for item in items}

    def find(item: str) -> str:
        top = item
        while head[top] != top:
            top = head[top]
        while head[item] != top:
            head[item], item = top, head[item]
        return top

    for one, two in ties:
        first, second = find(one), find(two)
        head[max(first, second)] = min(first, second)
    out: dict[str, list[str]] = defaultdict(list)
    for item in sorted(head):
        out[find(item)].append(item)
    return list(out.values())
