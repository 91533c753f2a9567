"""Ids of exported rows, from which the event can be told: `warledger why ROW-ID` leads back from any of them.

| format | form | example |
|---|---|---|
| ACLED, HXL | three letters of a country, then the event's number and three digits for the row | `SYR2251799813685248001` |
| UCDP | the event's number | `2251799813685248` |
| PLOVER, POLECAT | the event's id and the row | `e8000000000000000-1` |
| FollowTheMoney's actors | from the actor's name | `a8000000000000000` |

An event's number is the first 13 hex digits of its id, as a decimal: 52 bits, which
spreadsheets and R keep exactly as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from warledger.core import content_id

NUMBER_HEX_DIGITS: Final = 13
"""52 bits stay exact in a double; two events of a million agree in them once in 9,000 ledgers."""
ROWS_OF_AN_EVENT: Final = 1000
"""Rows of one event in one format are numbered with three digits."""

_ACLED = re.compile(r"[A-Z]{3}(\d{1,19})")
_UCDP = re.compile(r"\d{1,16}")
_ACTOR = re.compile(r"a[0-9a-f]{16}")
_PAIR = re.compile(r"(e[0-9a-f]{16})-\d{1,3}")


def event_number(event_id: str) -> int:
    """The number of an event, from the first digits of its id; ids that are not of the ledger's form are hashed."""
    digits = event_id[1 : 1 + NUMBER_HEX_DIGITS]
    if re.fullmatch(r"[0-9a-f]{13}", digits) is None:
        digits = content_id("e", event_id)[1 : 1 + NUMBER_HEX_DIGITS]
    return int(digits, 16)


def acled_id(iso3: str, event_id: str, row: int) -> str:
    """The `event_id_cnty` of the row-th row (from 1) of an event."""
    return f"{iso3}{event_number(event_id) * ROWS_OF_AN_EVENT + row}"


def pair_id(event_id: str, row: int) -> str:
    """The id of the row-th pair (from 1) of an event."""
    return f"{event_id}-{row}"


def actor_id(name: str) -> str:
    """The id of the row of an actor's name."""
    return content_id("a", name)


def actor_of_row(row_id: str, names: Iterable[str]) -> str:
    """Which of `names` the row of an actor tells of; empty for what is no such row's id, or none of them."""
    if _ACTOR.fullmatch(row_id) is None:
        return ""
    return next((name for name in names if actor_id(name) == row_id), "")


def event_of_row(row_id: str) -> str:
    """The id, or the beginning of the id, of the event that an exported row tells of; empty for what is no row's id."""
    if (pair := _PAIR.fullmatch(row_id)) is not None:
        return pair[1]
    if (acled := _ACLED.fullmatch(row_id)) is not None:
        return _beginning(int(acled[1]) // ROWS_OF_AN_EVENT)
    return _beginning(int(row_id)) if _UCDP.fullmatch(row_id) is not None else ""


def _beginning(number: int) -> str:
    digits = f"{number:0{NUMBER_HEX_DIGITS}x}"
    return f"e{digits}" if len(digits) == NUMBER_HEX_DIGITS else ""
