"""Checks any file in the form of UCDP GED: columns, codes and invariants."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final, TextIO

from warledger.export.checking import (
    Check,
    Fault,
    TableRow,
    anything,
    blank_or,
    checked_table,
    day,
    decimal,
    each,
    filled,
    matching,
    one_of,
    whole,
)
from warledger.export.ucdp.columns import ACTIVE_DEATHS, CIVILIANS, CLOCK, COLUMNS, DATE_PRECISION_DAYS, ONE_SIDED, REGIONS
from warledger.export.whereabouts import GRID_CELLS, grid_cell
from warledger.ontology.countries import country_codes

_POINT: Final = re.compile(r"POINT \((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")
_ROUNDING: Final = 1e-4
"""Degrees that latitude and longitude may differ from the point by."""
_STATES: Final = blank_or(each(whole(2, 999)))


def _moment(cell: str) -> str:
    if len(cell) > 10 and not cell.endswith(CLOCK):
        return f"{cell!r} is no date like 2024-12-05{CLOCK}"
    return day(cell[:10]) or ("" if cell.endswith(CLOCK) else f"{cell!r} lacks{CLOCK}")


CHECKS: Final[dict[str, Check]] = {
    "id": whole(1),
    "relid": filled,
    "year": whole(1900, 2200),
    "active_year": one_of({"0", "1", "True", "False", "TRUE", "FALSE"}, "answer to whether the year is active"),
    "code_status": filled,
    "type_of_violence": one_of({"1", "2", "3"}, "type of violence (1 state-based, 2 non-state, 3 one-sided)"),
    **dict.fromkeys(
        [f"{what}_{kind}_id" for what in ("conflict", "dyad", "side_a", "side_b") for kind in ("dset", "new")], whole(0)
    ),
    **dict.fromkeys(("conflict_name", "dyad_name", "side_a", "side_b", "where_coordinates", "country"), filled),
    "number_of_sources": whole(-1),
    **dict.fromkeys(("source_article", "source_office", "source_date", "source_headline", "source_original"), anything),
    "where_prec": one_of(set("1234567"), "precision of place, 1 to 7"),
    **dict.fromkeys(("where_description", "adm_1", "adm_2"), anything),
    "latitude": decimal(-90, 90),
    "longitude": decimal(-180, 180),
    "geom_wkt": matching(_POINT.pattern, "POINT (lon lat)"),
    "priogrid_gid": whole(1, GRID_CELLS),
    "country_id": whole(2, 999),
    "region": one_of(REGIONS, "region"),
    "event_clarity": one_of({"1", "2"}, "clarity (1 separate event, 2 aggregated)"),
    "date_prec": one_of(set("12345"), "precision of date, 1 to 5"),
    "date_start": _moment,
    "date_end": _moment,
    **dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"), whole(0)),
    "gwnoa": _STATES,
    "gwnob": _STATES,
}
"""Column → check of its cell."""


def check_ucdp(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a CSV in UCDP's form, in the order of its lines; the activity of dyads and years last."""
    rules = RowRules()
    yield from checked_table(stream, COLUMNS, CHECKS, rules)
    yield from rules.at_end()


class RowRules:
    """The invariants that one row, or the rows together, can break."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._years: Counter[tuple[str, str]] = Counter()
        self._first: dict[str, int] = {}
        self._marks: dict[tuple[str, str, bool], int] = {}

    def __call__(self, row: TableRow) -> Iterator[Fault]:
        """The invariants that `row` breaks."""
        cells = row.cells
        ident = cells.get("id", "")
        if ident in self._ids:
            yield row.error("id", "id-twice", f"{ident} stands in an earlier row")
        self._ids.add(ident)
        yield from _deaths(row)
        yield from _dates(row)
        yield from _place(row)
        yield from _sides(row)
        year = cells.get("dyad_name", ""), cells.get("year", "")
        self._years[year] += row.number("best") or 0
        self._marks.setdefault((*year, cells.get("active_year", "").lower() in ("1", "true")), row.line)
        self._first.setdefault(cells.get("dyad_name", ""), row.line)

    def at_end(self) -> Iterator[Fault]:
        """Dyads that pass no 25 deaths in any year of the file, and years whose rows do not say so where they do."""
        active = {dyad for (dyad, _), deaths in self._years.items() if deaths >= ACTIVE_DEATHS}
        for dyad, line in self._first.items():
            if dyad not in active:
                message = f"{dyad} has no year with {ACTIVE_DEATHS} deaths here; UCDP lists a dyad once it has one"
                yield Fault(line, "dyad_name", "dyad-never-active", "warning", message)
        for (dyad, year, marked), line in self._marks.items():
            if marked is not (self._years[dyad, year] >= ACTIVE_DEATHS):
                message = f"{dyad} has {self._years[dyad, year]} deaths in {year} here; {ACTIVE_DEATHS} make a year active"
                yield Fault(line, "active_year", "active-year", "warning", message)


def _deaths(row: TableRow) -> Iterator[Fault]:
    parts = [row.number(f"deaths_{side}") for side in ("a", "b", "civilians", "unknown")]
    best, low, high = row.number("best"), row.number("low"), row.number("high")
    known = [part for part in parts if part is not None]
    if best is not None and len(known) == 4 and sum(known) != best:
        yield row.error("best", "best-is-the-sum", f"best is {best}, the sides add up to {sum(known)}")
    if best is None or low is None or high is None:
        return
    if not low <= best <= high:
        yield row.warning("best", "low-best-high", f"low {low}, best {best}, high {high} are not in order")
    if not (best or low or high):
        yield row.error("best", "no-deaths", "an event has at least one death in best, low or high")


def _dates(row: TableRow) -> Iterator[Fault]:
    first, last = row.cells.get("date_start", "")[:10], row.cells.get("date_end", "")[:10]
    if day(first) or day(last):
        return
    if last < first:
        yield row.error("date_end", "dates-in-order", f"the event ends on {last}, before it begins on {first}")
        return
    if row.cells.get("year") not in (first[:4], last[:4]):
        yield row.error("year", "year-of-dates", f"the year {row.cells.get('year')} is that of neither date")
    length = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    most = dict(DATE_PRECISION_DAYS).get(row.number("date_prec") or 0)
    if most is not None and length > most:
        yield row.warning(
            "date_prec", "date-prec-of-dates", f"{length} days are more than date_prec {row.cells['date_prec']} covers"
        )


def _place(row: TableRow) -> Iterator[Fault]:
    point = _POINT.fullmatch(row.cells.get("geom_wkt", ""))
    if CHECKS["latitude"](row.cells.get("latitude", "")) or CHECKS["longitude"](row.cells.get("longitude", "")):
        return
    lat, lon = float(row.cells["latitude"]), float(row.cells["longitude"])
    if point is not None and max(abs(float(point[1]) - lon), abs(float(point[2]) - lat)) > _ROUNDING:
        yield row.error("geom_wkt", "point-of-coordinates", "the point is not that of latitude and longitude (longitude first)")
    cell = row.number("priogrid_gid")
    if cell is not None and 1 <= cell <= GRID_CELLS and cell != grid_cell(lat, lon):
        yield row.error("priogrid_gid", "cell-of-coordinates", f"the point lies in cell {grid_cell(lat, lon)}, not {cell}")
    known = {c.ucdp_name: c.gw for c in country_codes().values() if c.iso2 != "PS"}.get(row.cells.get("country", ""))
    region = {c.ucdp_name: c.ucdp_region for c in country_codes().values()}.get(row.cells.get("country", ""))
    if region is not None and row.cells.get("region") in REGIONS and row.cells["region"] != region:
        yield row.warning("region", "region-of-country", f"{row.cells['country']} is counted to {region}")
    if known is not None and row.number("country_id") not in (None, known):
        yield row.error("country_id", "id-of-country", f"{row.cells['country']} is {known}, not {row.cells['country_id']}")


def _sides(row: TableRow) -> Iterator[Fault]:
    cells = row.cells
    violence = row.number("type_of_violence")
    if violence == ONE_SIDED and cells.get("side_b") != CIVILIANS:
        yield row.error("side_b", "one-sided-civilians", "in one-sided violence side_b is Civilians")
    if violence in (1, 2) and cells.get("side_b") == CIVILIANS:
        yield row.error("side_b", "civilians-fight", "Civilians are a side in one-sided violence alone")
    if violence == 1 and not (cells.get("gwnoa") or cells.get("gwnob")):
        yield row.warning("gwnoa", "state-based-state", "in state-based violence a side is a state, with its number")
    if violence == 2 and (cells.get("gwnoa") or cells.get("gwnob")):
        yield row.error("gwnoa", "non-state-state", "in non-state violence neither side is a state")
    if both := set(_numbers(cells.get("gwnoa"))) & set(_numbers(cells.get("gwnob"))):
        yield row.warning("gwnob", "state-on-both-sides", f"{', '.join(sorted(both))} is on both sides")
    if cells.get("side_a") and cells.get("dyad_name") != f"{cells['side_a']} - {cells.get('side_b')}":
        yield row.warning("dyad_name", "name-of-dyad", f"the dyad is {cells['side_a']} - {cells.get('side_b')}")


def _numbers(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]
