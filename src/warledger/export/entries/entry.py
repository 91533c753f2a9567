"""What an event, a claim and a spell have in common for a format: an id, a place, and a form for each way of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from warledger.core import EventFilter, EventPlace, Place, View, When
from warledger.export.leftout import LeftOut
from warledger.export.points import point

Cell = str | float | None

TYPED_FIGURE: Final = {
    "measure": "string", "group": "string", "low": "int64", "high": "int64", "about": "bool", "basis": "string",
    "since": "string", "side": "string", "said_by": "string", "claim": "string", "nested_in": "int32",
}  # fmt: skip
TYPED_PLACE: Final = {
    "place": "string", "place_key": "string", "place_kind": "string", "country": "string", "lat": "double", "lon": "double",
    "precision": "string",
}  # fmt: skip
TYPED_TIME: Final = {"date_first": "date", "date_last": "date", "date_edtf": "string"}
"""Column → type: `strings` are lists, `figures` lists of structures with the fields of TYPED_FIGURE, `date` a day."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a map tells of something: its title, the line under it, its days (None where open or unknown), and its fields."""

    title: str
    text: str
    first: date | None
    last: date | None
    fields: Mapping[str, str]


class Entry(Protocol):
    """An event, claim or spell of a view."""

    @property
    def id(self) -> str:
        """Its id in the ledger."""
        ...

    @property
    def what(self) -> str:
        """What it is, for a reader: "the event (seize)"."""
        ...

    @property
    def place(self) -> EventPlace | Place | None:
        """Where it lies."""
        ...

    def row(self) -> dict[str, Any]:
        """A JSON object, empty fields left out."""
        ...

    def cells(self) -> list[Cell]:
        """The cells of a table, in the order of its columns."""
        ...

    def mark(self) -> Mark:
        """What a map shows."""
        ...

    def typed(self) -> dict[str, Any]:
        """Values by typed column; a column that is not there is empty."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its name, the columns of its table, its typed columns with their types, and the entries of a view that
    a filter admits; what these lack is added to the list.
    """

    name: str
    columns: tuple[str, ...]
    typed: Mapping[str, str]
    chosen: Callable[[View, EventFilter, LeftOut], Iterator[Entry]]


def time_cells(when: When | None) -> list[Cell]:
    """First day, last day and EDTF."""
    if when is None:
        return ["", "", ""]
    return [str(when.first or ""), str(when.last or ""), when.edtf]


def place_cells(place: EventPlace | Place | None) -> list[Cell]:
    """Name, kind, country, latitude, longitude and precision."""
    if place is None:
        return ["", "", "", None, None, ""]
    return [place.name, place.kind, place.country, place.lat, place.lon, place.precision]


def typed_time(when: When | None) -> dict[str, Any]:
    """The values of TYPED_TIME."""
    return {} if when is None else {"date_first": when.first, "date_last": when.last, "date_edtf": when.edtf}


def typed_place(place: EventPlace | Place | None) -> dict[str, Any]:
    """The values of TYPED_PLACE, and of the geometry."""
    if place is None:
        return {}
    key = place.key if isinstance(place, EventPlace) else place.gazetteer_id
    values: dict[str, Any] = {
        "place": place.name, "place_key": key or None, "place_kind": place.kind, "country": place.country or None,
        "precision": place.precision or None,
    }  # fmt: skip
    if place.lat is not None and place.lon is not None:
        values |= {"lat": place.lat, "lon": place.lon, "geometry": point(place.lon, place.lat)}
    return values
