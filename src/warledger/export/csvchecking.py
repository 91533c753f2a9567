"""Checks the tables that `export csv`, `csv-claims` and `csv-spells` write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TextIO

from warledger.core import When
from warledger.core import vocabulary as v
from warledger.errors import WhenError
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
from warledger.export.jsonchecking import LAYERS, ends_before

if TYPE_CHECKING:
    from warledger.export.entries import Kind


def edtf(cell: str) -> str:
    """The cell is a time in EDTF."""
    try:
        When.parse(cell)
    except WhenError as error:
        return str(error)
    return ""


_PLACE: Final[dict[str, Check]] = {
    "place_kind": blank_or(one_of(v.PLACE_KINDS, "place kind")),
    "country": blank_or(matching(r"[A-Z]{2}", "country's two letters")),
    "lat": blank_or(decimal(-90, 90)),
    "lon": blank_or(decimal(-180, 180)),
}
_TOLD: Final[dict[str, Check]] = {
    "type": one_of(v.CLAIM_TYPES, "claim type"),
    "status": one_of(v.STATUSES, "status"),
    "frame": one_of(v.FRAMES, "frame"),
    "date_first": blank_or(day),
    "date_last": blank_or(day),
    "date_edtf": blank_or(edtf),
    **_PLACE,
}
_CHECKS: Final[dict[str, dict[str, Check]]] = {
    "events": {
        **_TOLD,
        "event_id": filled,
        "types": each(one_of(v.CLAIM_TYPES, "claim type")),
        "grade": one_of(v.GRADES, "grade"),
        **dict.fromkeys(("origins", "documents", "claims"), whole(0)),
    },
    "claims": {
        **_TOLD,
        **dict.fromkeys(("claim_id", "event_id", "document", "trigger", "sentence"), filled),
        "span_start": whole(0),
        "span_end": whole(1),
        "confidence": blank_or(decimal(0, 1)),
        "published": blank_or(day),
    },
    "spells": {
        **_PLACE,
        **dict.fromkeys(("spell_id", "place", "holder", "claims"), filled),
        "layer": one_of(LAYERS, "layer"),
        "grade": one_of(v.GRADES, "grade"),
        **dict.fromkeys(("since", "until", "last_known"), blank_or(edtf)),
    },
}
"""Kind of entry → column → check of its cell."""


def check_csv(stream: TextIO, kind: Kind) -> Iterator[Fault]:
    """Every fault of a table of one kind of entries."""
    ids: set[str] = set()
    bounds = {column: blank_or(whole(0)) for column in kind.columns if column.endswith(("_low", "_high"))}
    checks = {**dict.fromkeys(kind.columns, anything), **bounds, **_CHECKS[kind.name]}
    named = f"{kind.name.removesuffix('s')}_id"

    def rules(row: TableRow) -> Iterator[Fault]:
        ident = row.cells.get(named, "")
        if ident in ids:
            yield row.error(named, "id-twice", f"{ident} stands in an earlier row")
        ids.add(ident)
        first, last = row.cells.get("date_first", ""), row.cells.get("date_last", "")
        if first and last and last < first:
            yield row.error("date_last", "dates-in-order", f"it ends on {last}, before it begins on {first}")
        if ends_before(row.cells.get("since"), row.cells.get("until")):
            yield row.error("until", "dates-in-order", f"it ends {row.cells['until']}, before it begins {row.cells['since']}")
        if bool(row.cells.get("lat")) != bool(row.cells.get("lon")):
            yield row.error("lat", "coordinates-together", "lat and lon are given together or not at all")
        start, end = row.number("span_start"), row.number("span_end")
        if start is not None and end is not None and end <= start:
            yield row.error("span_end", "span", f"{start}, {end} is no span")

    return checked_table(stream, kind.columns, checks, rules)
