"""How other people's codebooks would code an event of ours: tables with a reason beside each row.

A crosswalk (`data/acled.csv`, `plover.csv`, `ucdp.csv`) has rows for each claim type, tried in order. `when` lists facts about
the event that must all hold. A row without a code is an answer too: the codebook has no equivalent, and the reason says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from warledger.ontology.tables import rows


@dataclass(frozen=True, slots=True)
class Coding:
    """The row of a crosswalk that applies: its cells by column, and why."""

    cells: Mapping[str, str]
    reason: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class SubEvent:
    """A place in ACLED's hierarchy: `rank` 0 is the highest."""

    event_type: str
    sub_event_type: str
    disorder_type: str
    rank: int


@cache
def _table(scheme: str) -> dict[str, tuple[tuple[frozenset[str], Coding], ...]]:
    found: dict[str, list[tuple[frozenset[str], Coding]]] = {}
    for row in rows(f"{scheme}.csv"):
        facts = frozenset(row.get("when", "").split())
        found.setdefault(row["type"], []).append((facts, Coding(row, row["reason"])))
    return {claim_type: tuple(codings) for claim_type, codings in found.items()}


def coding(scheme: str, claim_type: str, facts: frozenset[str] = frozenset()) -> Coding:
    """The first row of `scheme` for a claim type whose facts hold. Every type has one; KeyError for a word that is no type."""
    for wanted, found in _table(scheme)[claim_type]:
        if wanted <= facts:
            return found
    raise KeyError(f"{scheme}.csv has no last row for {claim_type}")


@cache
def acled_order() -> dict[str, SubEvent]:
    """ACLED's sub-events by name, highest first."""
    return {
        row["sub_event_type"]: SubEvent(row["event_type"], row["sub_event_type"], row["disorder_type"], rank)
        for rank, row in enumerate(rows("acled_order.csv"))
    }


@cache
def acled_group_types() -> dict[str, int]:
    """ACLED's types of groups (the inter columns) by name, with their numbers 1 to 8."""
    return {row["name"]: int(row["code"]) for row in rows("acled_inter.csv")}


@cache
def _group_by_word() -> dict[str, str]:
    return {word: row["name"] for row in rows("acled_inter.csv") for word in row["words"].split()}


@cache
def _group_by_kind() -> dict[str, str]:
    return {kind: row["name"] for row in rows("acled_inter.csv") for kind in row["kinds"].split()}


def acled_group_type(folded_name: str, kind: str, *, abroad: bool) -> str:
    """ACLED's type of a group: by the words of its folded name, else by its kind; "" where neither says it."""
    for word in folded_name.split():
        if word in _group_by_word():
            return _group_by_word()[word]
    found = _group_by_kind().get(kind, "")
    return "External/Other forces" if found == "State forces" and abroad else found


@cache
def _periods(table: str, key: str, value: str) -> dict[str, tuple[tuple[date, date, str], ...]]:
    found: dict[str, list[tuple[date, date, str]]] = {}
    for row in rows(table):
        since = date.fromisoformat(row["since"]) if row["since"] else date.min
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        found.setdefault(row[key], []).append((since, until, row[value]))
    return {name: tuple(periods) for name, periods in found.items()}


def _on(periods: tuple[tuple[date, date, str], ...], day: date) -> str:
    return next((value for since, until, value in periods if since <= day <= until), "")


def acled_actor(name: str, day: date) -> str:
    """What ACLED calls an actor of the lexicon on a day; empty where the table has no row."""
    return _on(_periods("acled_actors.csv", "name", "acled_name").get(name, ()), day)


def acled_regime(iso2: str, day: date) -> str:
    """The years of rule that ACLED puts behind the forces of a state, "(2000-2024)"; empty where the table has no row."""
    return _on(_periods("acled_regimes.csv", "country", "years").get(iso2, ()), day)


@cache
def _scales() -> dict[str, tuple[str, str]]:
    return {row["kind"]: (row["at_home"], row["abroad"]) for row in rows("acled_scale.csv")}


def acled_scale(kind: str, *, at_home: bool) -> str:
    """ACLED's scale of a source of this kind; `at_home`: it is of the country that it reports on."""
    home, abroad = _scales().get(kind, _scales()["unknown"])
    return home if at_home else abroad


@cache
def _ucdp_actors() -> dict[str, str]:
    return {row["name"]: row["ucdp_name"] for row in rows("ucdp_actors.csv")}


def ucdp_actor(name: str) -> str:
    """What UCDP calls an actor; the name itself where the table has no row."""
    return _ucdp_actors().get(name, name)


@dataclass(frozen=True, slots=True)
class PloverEvent:
    """An event of PLOVER: its quad (1 to 4), its modes, and whether it must have a recipient."""

    event: str
    quad: int
    modes: tuple[str, ...]
    needs_recipient: bool


@cache
def plover_events() -> dict[str, PloverEvent]:
    """PLOVER's sixteen events by name."""
    return {
        row["event"]: PloverEvent(
            row["event"],
            int(row["quad"]),
            tuple(row["modes"].split(";")) if row["modes"] else (),
            row["recipient"] == "required",
        )
        for row in rows("plover_events.csv")
    }


@cache
def plover_contexts() -> frozenset[str]:
    """PLOVER's contexts."""
    return frozenset(row["context"] for row in rows("plover_contexts.csv"))


@cache
def _sectors() -> dict[str, str]:
    return {row["kind"]: row["sector"] for row in rows("plover_sectors.csv")}


def plover_sector(kind: str) -> str:
    """PLOVER's sector of an actor of this kind."""
    return _sectors().get(kind, "UNK")
