"""The order in which events are listed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from warledger.core import Event, When


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events by the last day that is known of them, newest first; those without a time come last."""
    return sorted(events, key=lambda event: (_latest(event.when), event.id), reverse=True)


def oldest_first(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events by the first day that is known of them, those without a time last; of one day by their documents and ids, so that
    what is read together stands together.
    """
    return tuple(sorted(events, key=lambda event: (_earliest(event.when), event.documents, event.id)))


def order_text(event: Event) -> str:
    """A text by which events sort as `oldest_first` puts them."""
    return f"{_earliest(event.when).isoformat()}\t{' '.join(event.documents)}\t{event.id}"


def _earliest(when: When | None) -> date:
    if when is None:
        return date.max
    return when.first or when.last or date.max


def _latest(when: When | None) -> date:
    if when is None:
        return date.min
    return when.last or when.first or date.min
