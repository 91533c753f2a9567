"""Who held which office of state on a day (`data/offices.tsv`), and which words mean an office."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from warledger.lexicon.tables import during, rows

_OFFICE = re.compile(
    r"(?P<former>(?:former|ex|late|then) )?(?:(?:embattled|incumbent|new|sitting|current|ruling|longtime|acting|interim) )*"
    r"(?P<office>president|prime minister|premier|chancellor|king|supreme leader|crown prince|vice president|leader|"
    r"(?:foreign|defen[cs]e|interior|oil|information|justice) minister|minister of (?:foreign affairs|defen[cs]e)|"
    r"secretary of state|(?:foreign|defen[cs]e) secretary|head of state)"
)
_SAME = {
    "premier": "prime minister",
    "head of state": "president",
    "defense minister": "defence minister",
    "minister of defence": "defence minister",
    "minister of defense": "defence minister",
    "minister of foreign affairs": "foreign minister",
    "defense secretary": "defence secretary",
}
_OF_ONE_STATE = {"secretary of state": "US", "foreign secretary": "GB", "chancellor": "DE"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its name; `country` is set where only one state has it; `former` where the words speak of a past holder."""

    name: str
    country: str = ""
    former: bool = False


def office_of(words: str) -> Office | None:
    """The office that folded `words` without article and nation mean; None if they mean none."""
    found = _OFFICE.fullmatch(words)
    if found is None:
        return None
    name = _SAME.get(found["office"], found["office"])
    return Office(name, _OF_ONE_STATE.get(name, ""), bool(found["former"]))


@cache
def _holders() -> dict[tuple[str, str], tuple[tuple[str, date | None, date | None], ...]]:
    table: dict[tuple[str, str], list[tuple[str, date | None, date | None]]] = defaultdict(list)
    for row in rows("offices"):
        table[row["country"], row["office"]].append((row["person"], *during(row["held"])))
    return {office: tuple(people) for office, people in table.items()}


def holder(country: str, office: str, on: date | None) -> str | None:
    """Who held `office` in `country` (ISO2) on a day; None without a day, or where it is not known."""
    if on is None:
        return None
    for person, first, last in _holders().get((country, office), ()):
        if (first is None or first <= on) and (last is None or on <= last):
            return person
    return None
