"""ACLED's and UCDP's tables with the row of HXL tags under the header, as the Humanitarian Data Exchange publishes them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TextIO

from warledger.core import EventFilter, View
from warledger.export import acled, ucdp
from warledger.export.acled.check import CHECKS as ACLED_CHECKS
from warledger.export.acled.check import RowRules as AcledRules
from warledger.export.checking import Check, Fault, TableRow, checked_table
from warledger.export.leftout import LeftOut
from warledger.export.tables import safe
from warledger.export.ucdp.check import CHECKS as UCDP_CHECKS
from warledger.export.ucdp.check import RowRules as UcdpRules

ACLED_TAGS: Final[Mapping[str, str]] = {
    "event_id_cnty": "#event+code",
    "event_date": "#date+occurred",
    "year": "#date+year",
    "event_type": "#event+type",
    "actor1": "#group+name+first",
    "assoc_actor_1": "#group+name+first+assoc",
    "actor2": "#group+name+second",
    "assoc_actor_2": "#group+name+second+assoc",
    "region": "#region+name",
    "country": "#country+name",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "admin3": "#adm3+name",
    "location": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "source": "#meta+source",
    "notes": "#description",
    "fatalities": "#affected+killed",
}
UCDP_TAGS: Final[Mapping[str, str]] = {
    "side_a": "#group+name+first",
    "side_b": "#group+name+second",
    "source_headline": "#description",
    "where_coordinates": "#loc+name",
    "adm_1": "#adm1+name",
    "adm_2": "#adm2+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "country": "#country+name",
    "region": "#region+name",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "best": "#affected+killed",
}
"""Column → tag. Columns that have none on HDX have an empty cell in the row of tags."""

_TAG: Final = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_Rows = Callable[[View, EventFilter, LeftOut], Iterator[Mapping[str, str | int | float]]]


def write_hxl(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write ACLED's columns with their tags."""
    return _write(acled.COLUMNS, ACLED_TAGS, acled.acled_rows, view, out, filters)


def write_hxl_ucdp(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write UCDP's columns with their tags."""
    return _write(ucdp.COLUMNS, UCDP_TAGS, ucdp.ucdp_rows, view, out, filters)


def _write(
    columns: Sequence[str], tags: Mapping[str, str], rows: _Rows, view: View, out: TextIO, filters: EventFilter
) -> LeftOut:
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerow([tags.get(column, "") for column in columns])
    skipped = LeftOut()
    for row in rows(view, filters, skipped):
        writer.writerow([safe(row[column]) for column in columns])
    return skipped


def check_hxl(stream: TextIO) -> Iterator[Fault]:
    """Every fault of ACLED's table with tags."""
    rules = AcledRules()
    yield from _check(stream, acled.COLUMNS, ACLED_TAGS, ACLED_CHECKS, rules)
    yield from rules.at_end()


def check_hxl_ucdp(stream: TextIO) -> Iterator[Fault]:
    """Every fault of UCDP's table with tags."""
    rules = UcdpRules()
    yield from _check(stream, ucdp.COLUMNS, UCDP_TAGS, UCDP_CHECKS, rules)
    yield from rules.at_end()


def _check(
    stream: TextIO,
    columns: Sequence[str],
    tags: Mapping[str, str],
    checks: Mapping[str, Check],
    rules: Callable[[TableRow], Iterable[Fault]],
) -> Iterator[Fault]:
    def tag_faults(line: int, cells: Sequence[str], names: Sequence[str]) -> Iterator[Fault]:
        if not any(cell.strip().startswith("#") for cell in cells):
            yield Fault(line, "", "tag-row", "error", "the row under the header has no HXL tags")
            return
        for name, cell in zip(names, cells, strict=False):
            tag, wanted = "".join(cell.split()).lower(), tags.get(name, "")
            if tag and _TAG.fullmatch(tag) is None:
                yield Fault(line, name, "tag", "error", f"{cell!r} is no HXL tag")
            elif wanted and not tag:
                yield Fault(line, name, "tag-missing", "error", f"{name} has no tag; it should be {wanted}")
            elif wanted and _parts(tag) != _parts(wanted):
                yield Fault(line, name, "tag-other", "warning", f"{name} is tagged {tag}, on HDX {wanted}")

    return checked_table(stream, columns, checks, rules, tags=tag_faults)


def _parts(tag: str) -> tuple[str, frozenset[str]]:
    """A tag and its attributes, whose order has no meaning."""
    head, *attributes = tag.split("+")
    return head, frozenset(attributes)
