"""How far a claim's confidence is the share of such claims that are right: the expected calibration error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

Json = Mapping[str, Any]
Pair = Callable[[Sequence[Json], Sequence[Json], Callable[[Json, Json], float]], Sequence[tuple[Json, Json]]]
"""The guide's greedy one-to-one pairing (`pair` of its scorer)."""
Outcome = tuple[float, bool]
"""The confidence of a claim, 0 to 1, and whether it was right."""


def outcomes(gold: Iterable[Json], predicted: Iterable[Json], pair: Pair) -> list[Outcome]:
    """Each predicted claim's confidence and whether it pairs with a gold claim of its type; a claim without one has 1.0."""
    by_document = {record["doc"]: record for record in predicted}
    found: list[Outcome] = []
    for record in gold:
        claims = by_document.get(record["doc"], {}).get("claims", ())
        right = {id(p) for g, p in pair(record["claims"], claims, _likeness) if g["type"] == p["type"]}
        found += [(float(c.get("confidence", 1.0)), id(c) in right) for c in claims]
    return found


def _likeness(one: Json, other: Json) -> float:
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
