"""Checks any file in ACLED's form: columns, codes and coding rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final, TextIO

from warledger.export.acled.columns import (
    CIVILIANS_TARGETED,
    COLUMNS,
    DISORDER_TYPES,
    OPTIONAL,
    REGIONS,
    SCALES,
    SUICIDE,
    interaction,
    interactions,
)
from warledger.export.acled.takings import OVERTAKEN, REGAINED, STATE, Takings
from warledger.export.checking import (
    Check,
    Fault,
    Severity,
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
from warledger.ontology.countries import CountryCodes, country_codes
from warledger.ontology.crosswalk import acled_group_types, acled_order

_CODES: Final = {str(code): name for name, code in acled_group_types().items()} | {"0": "", "": ""}
_LABELS: Final = interactions()
_BY_CODE: Final = {str(code): label for label, code in _LABELS.items()}
_FORCES: Final = re.compile(r"(?:Military|Police) Forces of (.+?) \(\d{4}-")
_UNIDENTIFIED: Final = re.compile(r"^Unidentified Armed Group\b")


def _scale(cell: str) -> str:
    parts = cell.split("-")
    if len(parts) > 2 or any(part not in SCALES for part in parts) or len(set(parts)) != len(parts):
        return f"{cell!r} is no scale of a source, nor two of them with a hyphen"
    return ""


CHECKS: Final[dict[str, Check]] = {
    "event_id_cnty": matching(r"[A-Z]{3}\d+", "three letters of a country and a number"),
    "event_date": day,
    "year": whole(1900, 2200),
    "time_precision": one_of({"1", "2", "3"}, "precision of time (1 day, 2 week, 3 month)"),
    "disorder_type": one_of(DISORDER_TYPES, "disorder type"),
    "event_type": one_of({s.event_type for s in acled_order().values()}, "event type"),
    "sub_event_type": one_of(acled_order(), "sub-event type"),
    "actor1": filled,
    "assoc_actor_1": blank_or(each(filled)),
    "inter1": one_of({*_CODES, *_CODES.values()} - {"", "0"}, "group type"),
    "actor2": anything,
    "assoc_actor_2": blank_or(each(filled)),
    "inter2": one_of({*_CODES, *_CODES.values()}, "group type"),
    "interaction": one_of({*_LABELS, *_BY_CODE}, "legal interaction of two group types"),
    "civilian_targeting": one_of({"", CIVILIANS_TARGETED}, "value; it is blank or 'Civilians targeted'"),
    "iso": whole(0, 999),
    "region": one_of(REGIONS, "region"),
    "country": filled,
    "admin1": anything,
    "admin2": anything,
    "admin3": anything,
    "location": filled,
    "latitude": decimal(-90, 90, 4),
    "longitude": decimal(-180, 180, 4),
    "geo_precision": one_of({"1", "2", "3"}, "precision of place"),
    "source": each(filled),
    "source_scale": _scale,
    "notes": filled,
    "fatalities": whole(0),
    "tags": blank_or(each(filled)),
    "timestamp": whole(0),
    **dict.fromkeys(OPTIONAL, blank_or(whole(0))),
}
"""Column → check of its cell."""


def check_acled(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a CSV in ACLED's form, in the order of its lines, changes of hands beside each other last.

    Memory grows with the number of ids and changes of hands alone.
    """
    rules = RowRules()
    yield from checked_table(stream, COLUMNS, CHECKS, rules, optional=OPTIONAL)
    yield from rules.at_end()


def _code(cell: str) -> str:
    """A group type as text, whether it was written as text or as a number."""
    return _CODES.get(cell, cell)


class RowRules:
    """The coding rules that one row, or a row beside those before it, can break."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._keys: dict[int, int] = {}
        self._takings = Takings(_code)

    def __call__(self, row: TableRow) -> Iterator[Fault]:
        """The rules that `row` breaks."""
        for rule in _RULES:
            for column, name, severity, message in rule(row.cells):
                yield Fault(row.line, column, name, severity, message)
        yield from self._repeated(row)
        self._takings.add(row)

    def at_end(self) -> Iterator[Fault]:
        """What the rows together break."""
        return self._takings.faults()

    def _repeated(self, row: TableRow) -> Iterator[Fault]:
        cells = row.cells
        ident = cells.get("event_id_cnty", "")
        if ident in self._ids:
            yield row.error("event_id_cnty", "id-twice", f"{ident} stands in an earlier row")
        self._ids.add(ident)
        actors = sorted((cells.get("actor1", ""), cells.get("actor2", "")))
        place = (cells.get("location", ""), cells.get("latitude", ""), cells.get("longitude", ""))
        key = hash((*actors, *place, cells.get("event_date", ""), cells.get("event_type", "")))
        if cells.get("time_precision") == "1":
            if key in self._keys:
                message = f"line {self._keys[key]} has the same actors, place, day and event type; they are one row"
                yield row.error("", "row-twice", message)
            self._keys.setdefault(key, row.line)


_Cells = Mapping[str, str]
_Said = tuple[str, str, Severity, str]


def _year(cells: _Cells) -> Iterator[_Said]:
    if not day(cells.get("event_date", "")) and cells["event_date"][:4] != cells.get("year"):
        yield "year", "year-of-date", "error", f"the year {cells.get('year')} is not that of {cells['event_date']}"


def _types(cells: _Cells) -> Iterator[_Said]:
    known = acled_order().get(cells.get("sub_event_type", ""))
    if known is None:
        return
    if known.event_type != cells.get("event_type"):
        yield "sub_event_type", "sub-event-of-event", "error", f"{known.sub_event_type} belongs to {known.event_type}"
    if known.disorder_type != cells.get("disorder_type"):
        mob = (
            known.sub_event_type in ("Mob violence", "Violent demonstration")
            and cells.get("disorder_type") in DISORDER_TYPES[:2]
        )
        if not mob:
            message = f"{known.sub_event_type} is {known.disorder_type!r}, not {cells.get('disorder_type')!r}"
            yield "disorder_type", "disorder-of-sub-event", "error", message


def _inters(cells: _Cells) -> Iterator[_Said]:
    one, other = _code(cells.get("inter1", "")), _code(cells.get("inter2", ""))
    known = acled_group_types()
    if one not in known or (other and other not in known):
        return
    label = interaction(one, other)
    written = cells.get("interaction", "")
    if _BY_CODE.get(written, written) != label:
        yield "interaction", "interaction-of-inters", "error", f"inter1 and inter2 give {label!r}, not {written!r}"
    if bool(cells.get("actor2")) != bool(other):
        yield "inter2", "inter2-of-actor2", "error", "actor2 and inter2 are blank together or not at all"
    for number, inter in (("1", one), ("2", other)):
        actor = cells.get(f"actor{number}", "")
        if _UNIDENTIFIED.match(actor) and inter != "Political militia":
            yield f"inter{number}", "unidentified-inter", "warning", "an Unidentified Armed Group is a Political militia"
        home = found[1] if (found := _FORCES.match(actor)) is not None else ""
        if inter == STATE and home in _countries() and home != cells.get("country"):
            message = f"forces of {home} outside their country are External/Other forces"
            yield f"inter{number}", "foreign-forces-inter", "warning", message


def _civilians(cells: _Cells) -> Iterator[_Said]:
    event_type, other = cells.get("event_type"), _code(cells.get("inter2", ""))
    if event_type == "Violence against civilians":
        if other != "Civilians":
            yield "inter2", "civilians-are-actor2", "error", "the target of violence against civilians is actor2, with inter 7"
        if cells.get("civilian_targeting") != CIVILIANS_TARGETED:
            yield "civilian_targeting", "civilians-targeted", "error", "violence against civilians targets civilians"
    if event_type == "Battles":
        if any("civilians" in cells.get(f"assoc_actor_{n}", "").casefold() for n in "12"):
            yield "assoc_actor_2", "civilians-in-battle", "error", "civilians are never an associated actor in Battles"
        if "Civilians" in (_code(cells.get("inter1", "")), other):
            yield "inter2", "civilians-fight", "error", "civilians are no side of a battle"
        if not cells.get("actor2"):
            yield "actor2", "battle-of-one", "error", "a battle has two armed sides"
    if event_type == "Strategic developments" and cells.get("civilian_targeting"):
        yield "civilian_targeting", "civilians-not-targeted", "error", "a strategic development targets nobody"
    if cells.get("sub_event_type") == "Excessive force against protesters":
        inters = {_code(cells.get("inter1", "")), other}
        if "Protesters" not in inters:
            yield "inter2", "protesters-are-there", "error", "excessive force is used against Protesters"
    if event_type == "Protests" and "Protesters" not in {_code(cells.get("inter1", "")), other}:
        yield "inter1", "protest-needs-protesters", "error", "a protest has Protesters as an actor"
    if event_type == "Riots" and "Rioters" not in {_code(cells.get("inter1", "")), other}:
        yield "inter1", "riot-needs-rioters", "error", "a riot has Rioters as an actor"


def _captures(cells: _Cells) -> Iterator[_Said]:
    sub, one = cells.get("sub_event_type"), _code(cells.get("inter1", ""))
    other = _code(cells.get("inter2", ""))
    if sub == OVERTAKEN and (one, other) == (STATE, STATE):
        yield "sub_event_type", "overtaken-by-non-state", "error", "State forces alone overtake nothing; they regain territory"
    if sub == REGAINED and STATE not in (one, other):
        yield "sub_event_type", "regained-by-state", "error", "only State forces regain territory; a foreign state overtakes it"
    if sub == "Arrests" and one not in (STATE, "External/Other forces"):
        yield "sub_event_type", "arrested-by-state", "error", "an arrest by a non-state group is Abduction/forced disappearance"
    if sub == "Peaceful protest" and cells.get("fatalities", "0") not in ("", "0"):
        yield "fatalities", "peaceful-and-deadly", "warning", "people died at a peaceful protest"
    if sub == SUICIDE and cells.get("fatalities") == "0":
        yield "fatalities", "suicide-bomber-counted", "warning", "the bomber counts among the dead"
    if cells.get("event_type") == "Strategic developments" and cells.get("fatalities", "0") not in ("", "0"):
        yield (
            "fatalities",
            "deadly-development",
            "warning",
            "a strategic development has deaths; violence has a code of its own",
        )


@cache
def _countries() -> dict[str, CountryCodes]:
    """ACLED's name → codes."""
    return {codes.acled_name: codes for codes in country_codes().values()}


def _places(cells: _Cells) -> Iterator[_Said]:
    known = _countries().get(cells.get("country", ""))
    if known is not None and cells.get("iso", "").isdigit() and int(cells["iso"]) not in (known.iso_numeric, 0):
        yield "iso", "iso-of-country", "error", f"{known.acled_name} is {known.iso_numeric} in ISO 3166, not {cells['iso']}"
    if known is not None and known.acled_region != cells.get("region") and cells.get("region") in REGIONS:
        yield "region", "region-of-country", "warning", f"{known.acled_name} is counted to {known.acled_region}"
    if known is not None and not cells.get("event_id_cnty", "").startswith(known.iso3):
        yield "event_id_cnty", "id-of-country", "warning", f"ids of {known.acled_name} begin with {known.iso3}"
    country_only = cells.get("location") and cells.get("location") == cells.get("country")
    if country_only and cells.get("event_type") != "Strategic developments":
        yield "location", "country-level", "error", "the location is a country; only some strategic developments are placed so"


_RULES: Final[tuple[Callable[[_Cells], Iterable[_Said]], ...]] = (_year, _types, _inters, _civilians, _captures, _places)
