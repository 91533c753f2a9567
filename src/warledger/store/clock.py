"""The time now, as the ledger writes it: the one value that does not follow from what was read."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The moment in UTC as ISO 8601 with microseconds; its text sorts as time does."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
