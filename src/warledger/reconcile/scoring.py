"""The learned weights, and the score of two tellings as the sum of its levels' weights (natural log-odds)."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from warledger.reconcile.compare import Level

LIMIT: Final = 8.0
"""Log-odds beyond this say no more than certainty."""
RIVAL_LEVEL: Final = "rival: better match between the two documents"
NO_RIVAL_LEVEL: Final = "rival: best match between the two documents"


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by level name, with the intercept."""

    intercept: float
    levels: Mapping[str, float]

    def score(self, levels: Iterable[Level]) -> float:
        """The log-odds that two tellings tell of one event; a level that was never seen in training weighs nothing."""
        return self.intercept + sum(self.levels.get(level.name, 0.0) * level.value for level in levels)

    def reasons(self, levels: Iterable[Level]) -> tuple[str, ...]:
        """One line a level that weighs at least 0.05, the heaviest first: "place: same (Hama) +1.84"."""
        weighed = [(self.levels.get(level.name, 0.0) * level.value, level) for level in levels]
        weighed = [w for w in weighed if abs(w[0]) >= 0.05]
        weighed.sort(key=lambda w: (-abs(w[0]), w[1].name))
        return tuple(f"{level.name}{f' ({level.words})' if level.words else ''} {weight:+.2f}" for weight, level in weighed)


@dataclass(frozen=True, slots=True)
class Model:
    """`first` weighs a pair of two documents by itself, `final` also by its rivals, `within` a pair of one document.
    Clusters are joined from `join_at` log-odds on, by pairs with a telling that an extractor read from `join_read_at` (it fills
    fewer slots, so that less speaks for any pair), within one document from `join_within_at`.
    """

    first: Weights
    final: Weights
    join_at: float
    within: Weights
    join_within_at: float
    join_read_at: float = 0.0

    def above(self, levels: Iterable[Level], *, read: bool) -> float:
        """How far a pair of two documents is above the threshold that holds for it, in log-odds; it joins from `join_at` on."""
        return clip(self.final.score(levels)) + (self.join_at - self.join_read_at if read else 0.0)


@cache
def load_model() -> Model:
    """The weights that come with the package (`train/links.py` fits them)."""
    raw = json.loads((files("warledger.reconcile") / "data" / "weights.json").read_text(encoding="utf-8"))
    first, final, within = (
        Weights(float(raw[stage]["intercept"]), dict(raw[stage]["levels"])) for stage in ("first", "final", "within")
    )
    return Model(first, final, float(raw["join_at"]), within, float(raw["join_within_at"]), float(raw["join_read_at"]))


def rival_levels(pairs: Sequence[tuple[str, str, str, str]], scores: Sequence[float]) -> list[Level]:
    """For each pair (telling, its document, telling, its document) how it does against the other pairs of the two documents.

    The strength is the lead over, or the lag behind, the best other pair that uses one of the two tellings, 4 log-odds being 1.
    """
    best: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (one, first, two, second), score in zip(pairs, scores, strict=True):
        best[one, second].append(score)
        best[two, first].append(score)
    top = {key: sorted(found, reverse=True)[:2] for key, found in best.items()}
    out = []
    for (one, first, two, second), score in zip(pairs, scores, strict=True):
        ranked = (top[one, second], top[two, first])
        others = [found[0] if found[0] != score else found[1] for found in ranked if found[0] != score or len(found) > 1]
        lead = score - max(others) if others else 4.0
        strength = min(1.0, abs(lead) / 4)
        out.append(Level(NO_RIVAL_LEVEL if lead >= 0 else RIVAL_LEVEL, strength, f"{lead:+.1f}"))
    return out


def clip(score: float) -> float:
    """`score` within ±8 log-odds."""
    return max(-LIMIT, min(LIMIT, score))


def probability(score: float) -> float:
    """Log-odds as a probability, 0 to 1."""
    return 1 / (1 + math.exp(-clip(score)))
