"""The filter that a question's keywords ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from warledger.core import EventFilter
from warledger.errors import UsageError

_SEVERAL = {"type": "types", "grade": "grades", "status": "statuses", "frame": "frames"}


def filter_of(wanted: EventFilter | None, filters: Mapping[str, object]) -> EventFilter:
    """The filter that keywords ask for. Raises UsageError for a keyword that is none."""
    if wanted is not None:
        if filters:
            raise UsageError("give a filter or its fields, not both")
        return wanted
    fields: dict[str, object] = {}
    for name, value in filters.items():
        field = _SEVERAL.get(name, name)
        if isinstance(value, str):
            fields[field] = (value,) if field in _SEVERAL.values() else value
        elif value is not None:
            fields[field] = tuple(value) if isinstance(value, Iterable) else value
    try:
        return EventFilter(**fields)  # type: ignore[arg-type]
    except TypeError as error:
        raise UsageError(f"{', '.join(filters)}: {error}") from error
