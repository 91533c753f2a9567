"""What a ledger holds, as lines of JSON: the same for the same input, whatever the order and the clock were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from warledger.store.backend import Backend
from warledger.store.rows import CLAIM_COLUMNS, DOCUMENT_COLUMNS, ISSUE_COLUMNS, compact

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "documents": (*DOCUMENT_COLUMNS, "text_sha256", "sha256"),
    "sightings": ("document", "name", "published", "title", "url", "origin"),
    "records": ("document", "revision", "extractor", "json", "sha256"),
    "claims": CLAIM_COLUMNS,
    "links": ("document", '"of"', "kind", "similarity"),
    "signatures": ("document", "signature"),
    "issues": ISSUE_COLUMNS,
    "judgements": ("kind", "subjects", "change", "user", "reason"),
    "places": ("id", "name", "kind", "country", "admin1", "lat", "lon", "population", "names"),
    "place_divisions": ("place", "admin2", "admin3"),
    "sources": ("name", "owner", "kind", "side", "aliases", "country", "addresses"),
}
"""The columns of each table that follow from the input. Left out are runs and times, and the order of arrival."""


def dump(backend: Backend) -> Iterator[str]:
    """One line a row: {"table": name, column: value, ...}; tables and rows in a fixed order; bytes as hex digits."""
    for table, columns in TABLES.items():
        order = ", ".join(str(n + 1) for n in range(len(columns)))
        for row in backend.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):
            values = {c.strip('"'): x.hex() if isinstance(x, bytes) else x for c, x in zip(columns, row, strict=True)}
            yield compact({"table": table} | values)
