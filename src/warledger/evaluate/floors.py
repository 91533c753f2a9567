"""Floors: for each figure of a task the least that a change may leave, over data with a hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from warledger.errors import InputError


@dataclass(frozen=True, slots=True)
class Floor:
    """The least value of one figure of one task."""

    task: str
    figure: str
    least: float


def data_hash(paths: Iterable[Path]) -> str:
    """The first 16 hex digits of the SHA-256 over the files' bytes, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def read_floors(path: Path) -> tuple[dict[str, str], tuple[Floor, ...]]:
    """The data hash of each task, and all floors. Raises InputError where the file is not of that form."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        hashes = {str(task): str(row["data"]) for task, row in raw.items()}
        floors = [Floor(t, str(k), float(x)) for t, row in raw.items() for k, x in row["floors"].items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path.name} is not a file of floors: {error}") from error
    return hashes, tuple(floors)


def below(floors: Iterable[Floor], task: str, figures: Mapping[str, float]) -> list[str]:
    """One line for each floor of `task` that `figures` do not reach, or do not have (NaN is below every floor)."""
    mine = [(f, figures.get(f.figure, float("nan"))) for f in floors if f.task == task]
    return [f"{task}: {f.figure} is {value:.3f}, below its floor of {f.least:.3f}" for f, value in mine if not value >= f.least]


MARGIN = 0.02
"""How far under a measured figure its floor is set."""


def with_floors(path: Path, task: str, data: str, figures: Mapping[str, float]) -> str:
    """The text of the floors file at `path` after the floors of `task` are set anew, `MARGIN` under `figures`.

    Other tasks' floors stay; a missing file has none. A figure that is NaN gets no floor. Raises InputError where the file is
    not of floors' form.
    """
    raw: dict[str, object] = {}
    if path.exists():
        read_floors(path)
        raw = json.loads(path.read_text("utf-8"))
    least = {name: round(math.floor((x - MARGIN) * 1000) / 1000, 3) for name, x in figures.items() if not math.isnan(x)}
    raw[task] = {"data": data, "floors": least}
    return json.dumps(raw, indent=1, sort_keys=True) + "\n"
