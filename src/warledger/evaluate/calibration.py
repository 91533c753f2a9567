"""How far a claim's confidence is the share of such claims that are right: the expected calibration error.

A scale that is measured on the claims that it was fitted on flatters itself; `cross_fitted` gives every claim the confidence
that a scale has for it which has not seen its document.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import fmean
from typing import Any, Final

Json = Mapping[str, Any]
Pair = Callable[[Sequence[Json], Sequence[Json], Callable[[Json, Json], float]], Sequence[tuple[Json, Json]]]
"""The guide's greedy one-to-one pairing (`pair` of its scorer)."""
Outcome = tuple[float, bool]
"""The confidence of a claim, 0 to 1, or the network's score of it, and whether it was right."""
Scale = tuple[tuple[float, float], ...]
"""Scores and the chance of being right at each, both rising; straight lines between them, level beyond the first and last."""
LEAST: Final = 30
"""Claims that a step of a scale rests on; the smaller ones are left out."""
DRAWS: Final = 200


def outcomes(gold: Iterable[Json], predicted: Iterable[Json], pair: Pair) -> list[Outcome]:
    """Each predicted claim's confidence and whether it pairs with a gold claim of its type; a claim without one has 1.0."""
    by_document = {record["doc"]: record for record in predicted}
    found: list[Outcome] = []
    for record in gold:
        claims = by_document.get(record["doc"], {}).get("claims", ())
        right = {id(p) for g, p in pair(record["claims"], claims, likeness) if g["type"] == p["type"]}
        found += [(float(c.get("confidence", 1.0)), id(c) in right) for c in claims]
    return found


def likeness(one: Json, other: Json) -> float:
    """How well two claims pair, as in the guide's scorer: overlapping triggers, then the same type, then the same span."""
    (a, b), (c, d) = one["span"], other["span"]
    if a >= d or c >= b:
        return 0.0
    same_type = bool(one["type"] == other["type"])
    return 1 + same_type + ((a, b) == (c, d)) / 2


def calibration_error(found: Iterable[Outcome], bins: int = 10) -> float:
    """The mean distance between confidence and share of right claims over `bins` of equal count; NaN of no claims.

    Claims of the same confidence are shared out evenly, so that their order does not matter.
    """
    rows = sorted(found)
    if not rows:
        return float("nan")
    shares: dict[float, list[bool]] = {}
    for confidence, right in rows:
        shares.setdefault(confidence, []).append(right)
    even = [(confidence, sum(shares[confidence]) / len(shares[confidence])) for confidence, _ in rows]
    edges = [len(rows) * n // bins for n in range(bins + 1)]
    gaps = [abs(sum(c - r for c, r in even[first:last])) for first, last in pairwise(edges)]
    return sum(gaps) / len(rows)


def brier(found: Iterable[Outcome]) -> float:
    """The mean squared distance between confidence and outcome, 0 the best; NaN of no claims."""
    rows = list(found)
    return sum((c - r) ** 2 for c, r in rows) / len(rows) if rows else float("nan")


def fit(found: Iterable[Outcome], least: int = LEAST) -> Scale:
    """The rising scale nearest to the outcomes (isotonic regression); empty where no step rests on `least` claims."""
    steps: list[tuple[float, int, int]] = []  # the sum of scores, right claims, claims
    for score, rows in groupby(sorted(found), key=itemgetter(0)):
        alike = [right for _, right in rows]
        step = (score * len(alike), sum(alike), len(alike))
        while steps and steps[-1][1] * step[2] >= step[1] * steps[-1][2]:
            step = tuple(a + b for a, b in zip(steps.pop(), step, strict=True))
        steps.append(step)
    return tuple((score / claims, right / claims) for score, right, claims in steps if claims >= least)


def read(scale: Scale, score: float) -> float:
    """The chance of being right at `score`; the score itself on an empty scale."""
    after = bisect_right(scale, (score, 1.0))
    if not scale or after in (0, len(scale)):
        return scale[max(0, after - 1)][1] if scale else score
    (x, a), (z, b) = scale[after - 1], scale[after]
    return a + (b - a) * (score - x) / (z - x)


def cross_fitted(documents: Sequence[Sequence[Outcome]]) -> list[Outcome]:
    """The outcomes of all documents, those of each on the scale that the other documents give."""
    found: list[Outcome] = []
    for left_out, rows in enumerate(documents):
        scale = fit(row for n, others in enumerate(documents) if n != left_out for row in others)
        found += [(read(scale, score), right) for score, right in rows]
    return found


def chance_error(found: Iterable[Outcome], draws: int = DRAWS) -> float:
    """The calibration error that as many claims of the same confidences would show by chance if each confidence were true."""
    draw = random.Random(7)  # noqa: S311 - a simulation
    rows = [confidence for confidence, _ in found]
    return fmean(calibration_error([(c, draw.random() < c) for c in rows]) for _ in range(draws))
