"""Reads other people's events: ACLED and UCDP GED as CSV, GDELT 2 as tab-separated events. None of them enters a ledger."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from warledger.core import fold
from warledger.errors import InputError
from warledger.export.checking import read_table
from warledger.ontology.tables import rows

GDELT_COLUMNS: Final = 61
_STOP: Final = frozenset(
    "of the and forces military government group armed unidentified al a in state civilians rebels opposition "
    "insurgents army police movement front".split()
)
"""Words that many actors' names share; the words of a country stay."""


@dataclass(frozen=True, slots=True)
class ReferenceEvent:
    """An event of a table: `id` and `line` (from 1) there, its days, point in degrees (`reach_km`: how far off it may be), the
    claim types that it can mean, the words of its sides, and its deaths, None where the table has none.
    """

    id: str
    line: int
    first: date
    last: date
    place: str
    lat: float
    lon: float
    reach_km: float
    kind: str
    types: frozenset[str]
    sides: frozenset[str]
    low: int | None
    high: int | None


Cells = Mapping[str, str | int | float]


def words_of(*names: str) -> frozenset[str]:
    """The words by which actors are told apart, "(Syria)" and years aside where others are left."""
    return frozenset(word for name in names for word in fold(name).split() if not word.isdigit()) - _STOP


@cache
def _types_of(table: str, column: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(table):
        found.setdefault(row[column], set()).add(row["type"])
    return {code: frozenset(types) for code, types in found.items()}


@cache
def cameo_types() -> dict[str, frozenset[str]]:
    """CAMEO code, or the beginning of one, to our claim types."""
    return {row["code"]: frozenset(row["types"].split()) for row in rows("cameo.csv")}


def _day(value: str | float) -> date:
    return date.fromisoformat(str(value)[:10])


def acled_event(cells: Cells, line: int) -> ReferenceEvent:
    """A row in ACLED's form. Raises KeyError and ValueError for what is none."""
    day = _day(cells["event_date"])
    around = timedelta(days={"2": 3, "3": 15}.get(str(cells["time_precision"]), 0))
    deaths = int(cells["fatalities"] or 0)
    return ReferenceEvent(
        str(cells["event_id_cnty"]),
        line,
        day - around,
        day + around,
        str(cells["location"]),
        *_point(cells["latitude"], cells["longitude"]),
        {"1": 0.0, "2": 15.0}.get(str(cells["geo_precision"]), 75.0),
        str(cells["event_type"]),
        _types_of("acled.csv", "sub_event_type").get(str(cells["sub_event_type"]), frozenset()),
        words_of(*(str(cells[c]) for c in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"))),
        deaths,
        deaths,
    )


def ucdp_event(cells: Cells, line: int) -> ReferenceEvent:
    """A row in the form of UCDP GED. Raises KeyError and ValueError for what is none."""
    where = str(cells["where_prec"])
    return ReferenceEvent(
        str(cells["id"]),
        line,
        _day(cells["date_start"]),
        _day(cells["date_end"]),
        str(cells["where_coordinates"]),
        *_point(cells["latitude"], cells["longitude"]),
        {"1": 0.0, "2": 25.0, "3": 40.0, "4": 100.0}.get(where, 200.0),
        str(cells["type_of_violence"]),
        _types_of("ucdp.csv", "coded")["yes"],
        words_of(str(cells["side_a"]), str(cells["side_b"])),
        int(cells["low"]),
        int(cells["high"]),
    )


def gdelt_event(cells: list[str], line: int) -> ReferenceEvent | None:
    """A row of GDELT 2's 61 columns; None where it is not placed. Raises ValueError for what is none."""
    if not cells[56] or not cells[57]:
        return None
    day = datetime.strptime(cells[1], "%Y%m%d").replace(tzinfo=None).date()  # noqa: DTZ007 - a day without a time
    code = cells[26]
    types = next(
        (found for end in range(len(code), 1, -1) if (found := cameo_types().get(code[:end])) is not None), frozenset()
    )
    reach = {"1": 500.0, "2": 150.0, "5": 100.0}.get(cells[51], 0.0)
    sides = words_of(cells[6], cells[16])
    return ReferenceEvent(
        cells[0],
        line,
        day,
        day,
        cells[52].partition(",")[0],
        *_point(cells[56], cells[57]),
        reach,
        cells[28],
        types,
        sides,
        None,
        None,
    )


def _point(lat: str | float, lon: str | float) -> tuple[float, float]:
    point = float(lat), float(lon)
    if not all(map(math.isfinite, point)) or not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"{lat}, {lon} lies off the globe")
    return point


KINDS: Final[dict[str, Callable[[Cells, int], ReferenceEvent]]] = {"acled": acled_event, "ucdp": ucdp_event}
"""Tables with a header, and what reads a row; the third kind is "gdelt"."""


def read_reference(path: str | Path) -> tuple[str, list[ReferenceEvent], list[int]]:
    """The kind of a file ("acled", "ucdp" or "gdelt", by its content), its events, and the lines that are no event.

    Raises InputError for a file that cannot be read or is of another kind.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            if first.count("\t") >= GDELT_COLUMNS - 1:
                return "gdelt", *_collected(_gdelt(read_table(stream, "\t")))
            table = read_table(stream)
            names = [name.strip() for name in next(table, (1, []))[1]]
            for kind, mark in (("acled", "event_id_cnty"), ("ucdp", "type_of_violence")):
                if mark in names:
                    return kind, *_collected(_headed(table, names, KINDS[kind]))
    except (OSError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    raise InputError(f"{path} is neither an ACLED nor a UCDP GED table, nor GDELT 2 events")


def _headed(
    table: Iterator[tuple[int, list[str]]], names: list[str], read: Callable[[Cells, int], ReferenceEvent]
) -> Iterator[ReferenceEvent | int]:
    for line, cells in table:
        if all(cell.startswith("#") for cell in cells if cell):
            continue  # the row of HXL tags
        found: ReferenceEvent | int = line
        with suppress(KeyError, ValueError):
            found = read(dict(zip(names, cells, strict=True)), line)
        yield found


def _gdelt(table: Iterator[tuple[int, list[str]]]) -> Iterator[ReferenceEvent | int]:
    for line, cells in table:
        found: ReferenceEvent | int | None = line
        if len(cells) == GDELT_COLUMNS:
            with suppress(ValueError):
                found = gdelt_event(cells, line)
        yield line if found is None else found


def _collected(found: Iterator[ReferenceEvent | int]) -> tuple[list[ReferenceEvent], list[int]]:
    events: list[ReferenceEvent] = []
    faulty: list[int] = []
    for one in found:
        if isinstance(one, int):
            faulty.append(one)
        else:
            events.append(one)
    return events, faulty
