"""The order in which events are listed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from warledger.core import Event, When


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events by the last day that is known of them, newest first; those without a time come last."""
    return sorted(events, key=lambda event: (_latest(event.when), event.id), reverse=True)


def _latest(when: When | None) -> date:
    if when is None:
        return date.min
    return when.last or when.first or date.min
