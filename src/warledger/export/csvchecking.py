"""Checks the table that `export csv` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from warledger.core import vocabulary as v
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
from warledger.export.tables import COLUMNS

CHECKS: Final[dict[str, Check]] = {
    **dict.fromkeys(COLUMNS, anything),
    "event_id": filled,
    "type": one_of(v.CLAIM_TYPES, "claim type"),
    "types": each(one_of(v.CLAIM_TYPES, "claim type")),
    "status": one_of(v.STATUSES, "status"),
    "frame": one_of(v.FRAMES, "frame"),
    "grade": one_of(v.GRADES, "grade"),
    "place_kind": blank_or(one_of(v.PLACE_KINDS, "place kind")),
    "country": blank_or(matching(r"[A-Z]{2}", "country's two letters")),
    "date_first": blank_or(day),
    "date_last": blank_or(day),
    "lat": blank_or(decimal(-90, 90)),
    "lon": blank_or(decimal(-180, 180)),
    **{column: blank_or(whole(0)) for column in COLUMNS if column.endswith(("_low", "_high"))},
    **dict.fromkeys(("origins", "documents", "claims"), whole(0)),
}
"""Column → check of its cell."""


def check_csv(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a CSV of events."""
    ids: set[str] = set()

    def rules(row: TableRow) -> Iterator[Fault]:
        ident = row.cells.get("event_id", "")
        if ident in ids:
            yield row.error("event_id", "id-twice", f"{ident} stands in an earlier row")
        ids.add(ident)
        first, last = row.cells.get("date_first", ""), row.cells.get("date_last", "")
        if first and last and last < first:
            yield row.error("date_last", "dates-in-order", f"the event ends on {last}, before it begins on {first}")
        if bool(row.cells.get("lat")) != bool(row.cells.get("lon")):
            yield row.error("lat", "coordinates-together", "lat and lon are given together or not at all")

    return checked_table(stream, COLUMNS, CHECKS, rules)
