"""Decisions by findings with fitted weights: what speaks for a reading and what against it, summed in natural log-odds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


def log_odds(intercept: float, levels: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The log-odds of a reading for which findings speak, by their strengths; one never seen in training weighs nothing."""
    total = 0.0
    for name, value in found.items():
        if (weight := levels.get(name)) is not None:
            total += weight * value
    return intercept + total


def whole(levels: Mapping[str, float], names: Iterable[str]) -> float:
    """The log-odds of findings that hold wholly, whose strengths are 1."""
    return sum(filter(None, map(levels.get, names)))


def chance_of(score: float) -> float:
    """Log-odds as a chance."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def packaged(name: str) -> Any:  # noqa: ANN401 - what a file of JSON holds
    """What the file `name` of weights that comes with the package holds."""
    return json.loads((files("warledger.extract") / "data" / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by finding, the intercept, and the least chance that is taken."""

    intercept: float
    levels: Mapping[str, float]
    least: float

    def chance(self, found: Mapping[str, float], names: Iterable[str] = ()) -> float:
        """The chance of a reading for which findings speak, by their strengths, and the `names` of those that hold wholly."""
        return chance_of(log_odds(self.intercept, self.levels, found) + whole(self.levels, names))


@cache
def load_weights(name: str) -> Weights:
    """The weights of the file `name` that come with the package."""
    raw = packaged(name)
    return Weights(float(raw["intercept"]), dict(raw["levels"]), float(raw["least"]))
