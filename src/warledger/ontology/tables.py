"""Reads the package's tables."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/name`, a CSV file with a header."""
    text = (files("warledger.ontology") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
