"""A small read-out over the extractor's claims: a log-linear choice among candidates, each described by named features.

The network is not touched by it; it is fitted on the training rows of a public corpus whenever that corpus is scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Candidates = Sequence[frozenset[str]]
"""The features of each candidate of one choice."""

PENALTY = 1e-3
RATE = 0.05
STEPS = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """A weight for each feature; the candidate with the largest sum is chosen."""

    weights: dict[str, float]

    def choose(self, candidates: Candidates) -> int:
        """The number of the best candidate, the first where several are as good. Raises ValueError of no candidates."""
        sums = [sum(self.weights.get(f, 0.0) for f in sorted(candidate)) for candidate in candidates]
        return sums.index(max(sums))


def fit(choices: Sequence[tuple[Candidates, int]], *, counting: Sequence[float] = (), seldom: int = 2) -> Choice:
    """The weights under which the right candidates (by number) are likeliest, less `PENALTY` times their squares.

    `counting` says how much each choice counts; without it all count alike. A feature that fewer than `seldom` choices have is
    left out. The same choices give the same weights.
    """
    seen = Counter(f for candidates, _ in choices for f in frozenset().union(*candidates))
    names = sorted(f for f, n in seen.items() if n >= seldom)
    if not names:
        return Choice({})
    number = {f: n for n, f in enumerate(names)}
    columns: list[int] = []
    rows: list[int] = []
    starts: list[int] = []
    right: list[int] = []
    row = 0
    for candidates, answer in choices:
        starts.append(row)
        right.append(row + answer)
        for candidate in candidates:
            known = sorted(number[f] for f in candidate if f in number)
            columns += known
            rows += [row] * len(known)
            row += 1
    column, where, start = np.array(columns), np.array(rows), np.array(starts)
    sizes = np.diff([*starts, row])
    truth = np.zeros(row)
    truth[right] = 1
    share = np.array(counting or [1.0] * len(choices))
    share = np.repeat(share / share.sum(), sizes)
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = np.bincount(where, weights[column], row)
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, start), sizes))
        chance = scores / np.repeat(np.add.reduceat(scores, start), sizes)
        slope = np.bincount(column, ((chance - truth) * share)[where], len(names)) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return Choice(dict(zip(names, weights.tolist(), strict=True)))
