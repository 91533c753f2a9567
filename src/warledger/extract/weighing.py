"""Decisions by findings with fitted weights: what speaks for a reading and what against it, summed in natural log-odds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by finding, the intercept, and the least chance that is taken."""

    intercept: float
    levels: Mapping[str, float]
    least: float

    def chance(self, found: Mapping[str, float]) -> float:
        """The chance of a reading for which findings speak, by their strengths; one never seen in training weighs nothing."""
        levels = self.levels
        score = self.intercept + sum(levels[name] * value for name, value in found.items() if name in levels)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_weights(name: str) -> Weights:
    """The weights of the file `name` that come with the package."""
    raw = json.loads((files("warledger.extract") / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return Weights(float(raw["intercept"]), dict(raw["levels"]), float(raw["least"]))
