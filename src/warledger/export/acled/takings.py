"""Changes of hands beside each other: a place that is held for a day, or taken twice by one side, has one change too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from warledger.export.checking import Fault, TableRow, day
from warledger.export.facts import HELD_DAYS, RETAKEN_DAYS

REGAINED: Final = "Government regains territory"
OVERTAKEN: Final = "Non-state actor overtakes territory"
STATE: Final = "State forces"
_COLUMN: Final = "sub_event_type"


@dataclass(frozen=True, slots=True, order=True)
class _Taking:
    day: date
    line: int
    winner: str


class Takings:
    """Who took which place on which day, as far as rows tell it. Only these rows are remembered."""

    def __init__(self, group_type: Callable[[str], str]) -> None:
        self._group_type = group_type
        self._found: dict[tuple[str, ...], list[_Taking]] = defaultdict(list)

    def add(self, row: TableRow) -> None:
        """Remember a row if it is a change of hands on a day that is told."""
        cells = row.cells
        if cells.get("time_precision") != "1" or day(cells.get("event_date", "")):
            return
        if winner := self._winner(cells):
            place = tuple(cells.get(column, "") for column in ("location", "latitude", "longitude"))
            self._found[place].append(_Taking(date.fromisoformat(cells["event_date"]), row.line, winner))

    def _winner(self, cells: Mapping[str, str]) -> str:
        """The actor that took the place; empty where the row is no change of hands, or two groups fought that are no state's:
        the order of sides has no meaning there.
        """
        states = [self._group_type(cells.get(f"inter{n}", "")) == STATE for n in "12"]
        if sum(states) != 1 or cells.get(_COLUMN) not in (REGAINED, OVERTAKEN):
            return ""
        return cells.get("actor1" if states[0] is (cells[_COLUMN] == REGAINED) else "actor2", "")

    def faults(self) -> Iterator[Fault]:
        """The changes of hands that ACLED would code as an Armed clash, by line."""
        found = [
            fault
            for takings in self._found.values()
            for one, other in pairwise(sorted(takings))
            for fault in _fault(one, other)
        ]
        yield from sorted(found, key=lambda fault: fault.line)


def _fault(one: _Taking, other: _Taking) -> Iterator[Fault]:
    days = (other.day - one.day).days
    if one.winner != other.winner and days <= HELD_DAYS:
        message = f"{other.winner} takes the place on {other.day} (line {other.line}); what is held for a day is an Armed clash"
        yield Fault(one.line, _COLUMN, "held-briefly", "warning", message)
    elif one.winner == other.winner and 0 < days <= RETAKEN_DAYS:
        message = f"{one.winner} takes the place again on {other.day} (line {other.line}); only the final taking changes hands"
        yield Fault(one.line, _COLUMN, "not-final", "warning", message)
