"""Checks files in POLECAT's tab-separated form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TextIO

from warledger.export.checking import (
    Check,
    Fault,
    TableRow,
    anything,
    checked_table,
    day,
    decimal,
    each,
    filled,
    matching,
    one_of,
    whole,
)
from warledger.export.plover.coding import PSEUDO_COUNTRIES, SECTORS
from warledger.export.plover.polecat import COLUMNS, MISSING, QUADS
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import plover_contexts, plover_events

_COUNTRIES: Final = frozenset({c.iso3 for c in country_codes().values()} | set(PSEUDO_COUNTRIES))


def _missing_or(check: Check) -> Callable[[str], str]:
    return lambda cell: "" if cell == MISSING else ("is blank; what is missing is None" if not cell else check(cell))


_CHECKS: Final[dict[str, Check]] = {
    "Event Date": day,
    "Event Type": one_of(plover_events(), "event of PLOVER"),
    "Intensity": decimal(-10, 10),
    "Quad Code": one_of(set(QUADS.values()), "quad"),
    "Contexts": each(one_of(plover_contexts(), "context of PLOVER")),
    "Publication Date": day,
    "Latitude": decimal(-90, 90),
    "Longitude": decimal(-180, 180),
    "GeoNames ID": whole(0),
    **{f"{role} Country": each(one_of(_COUNTRIES, "country's three letters")) for role in ("Actor", "Recipient")},
    **{f"{role} COW": each(whole(2, 999)) for role in ("Actor", "Recipient")},
    **{f"Primary {role} Sector": one_of(SECTORS, "sector") for role in ("Actor", "Recipient")},
    **{f"{role} Sectors": each(one_of(SECTORS, "sector")) for role in ("Actor", "Recipient")},
    "Country": matching(r"[A-Z]{3}", "country's three letters"),
    "Language": matching(r"[a-z]{2,3}(?:-\w+)?", "language code"),
}
CHECKS: Final[dict[str, Check]] = {
    column: (
        filled if column == "Event ID"
        else _CHECKS[column] if column in ("Event Date", "Event Type")
        else _missing_or(_CHECKS.get(column, anything))
    )
    for column in COLUMNS
}  # fmt: skip
"""Column → check of its cell; only the id, date and type cannot be missing."""


def check_polecat(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a file in POLECAT's form, in the order of its lines."""
    ids: set[str] = set()

    def rules(row: TableRow) -> Iterator[Fault]:
        ident = row.cells.get("Event ID", "")
        if ident in ids:
            yield row.error("Event ID", "id-twice", f"{ident} stands in an earlier row")
        ids.add(ident)
        yield from _row_faults(row)

    return checked_table(stream, COLUMNS, CHECKS, rules, delimiter="\t")


def _row_faults(row: TableRow) -> Iterator[Fault]:
    cells = row.cells
    kind = plover_events().get(cells.get("Event Type", ""))
    if kind is None:
        return
    mode = cells.get("Event Mode", MISSING)
    if mode != MISSING and mode not in kind.modes:
        yield row.error("Event Mode", "mode-of-event", f"{mode!r} is no mode of {kind.event}")
    quad = cells.get("Quad Code", MISSING)
    if quad in QUADS.values() and quad != QUADS[kind.quad]:
        yield row.error("Quad Code", "quad-of-event", f"{kind.event} is {QUADS[kind.quad]}")
    if kind.needs_recipient and cells.get("Recipient Name", MISSING) == MISSING:
        yield row.error("Recipient Name", "recipient-of-event", f"{kind.event} needs a recipient")
    if cells.get("Actor Name", MISSING) == MISSING:
        yield row.error("Actor Name", "actor-of-event", "an event without an actor is not coded")
    if (cells.get("Latitude") == MISSING) != (cells.get("Longitude") == MISSING):
        yield row.error("Latitude", "coordinates-together", "latitude and longitude are missing together or not at all")
