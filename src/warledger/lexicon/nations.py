"""The states of the world by their names, adjectives, peoples and capitals (`data/nations.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from warledger.lexicon.tables import key, rows, values


@dataclass(frozen=True, slots=True)
class Nation:
    """A state: ISO codes, English name, what its government and armed forces are called, and the words that stand for it.

    `forces` is empty where it has none. The first of `adjectives` is used in names; `metonyms` stand for the government
    ("Moscow said"), the capital among them.
    """

    iso2: str
    iso3: str
    name: str
    government: str
    forces: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def adjective(self) -> str:
        """The adjective that names are made with ("Syrian")."""
        return self.adjectives[0] if self.adjectives else self.name

    @property
    def has_army(self) -> bool:
        """Whether its forces are more than a police."""
        return bool(self.forces) and not self.forces.endswith(("Security Services", "Police"))


@cache
def nations() -> dict[str, Nation]:
    """Every state by its ISO 3166 two letters, in the file's order."""
    found = {}
    for row in rows("nations"):
        capital = (row["capital"],) if row["capital"] else ()
        found[row["iso2"]] = Nation(
            row["iso2"],
            row["iso3"],
            row["name"],
            row["government"],
            row["forces"],
            values(row["adjectives"]),
            values(row["people"]),
            row["capital"],
            capital + values(row["metonyms"]),
            values(row["also"]),
        )
    return found


@cache
def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Folded word → ISO2 codes that it can mean, by what kind of word it is."""
    index: dict[str, dict[str, tuple[str, ...]]] = {"name": {}, "adjective": {}, "people": {}, "metonym": {}}
    for iso2, nation in nations().items():
        forms = {
            "name": (nation.name, *nation.also),
            "adjective": nation.adjectives,
            "people": nation.people,
            "metonym": nation.metonyms,
        }
        for kind, words in forms.items():
            for word in words:
                index[kind][key(word)] = (*index[kind].get(key(word), ()), iso2)
    return index


def _pick(kind: str, word: str, country: str) -> str:
    codes = _words()[kind].get(word, ())
    if country in codes:
        return country
    return codes[0] if codes else ""


def country_of_name(text: str, *, country: str = "") -> str:
    """ISO2 of the state called `text` ("Syria", "the U.S."); empty if none. `country` decides where two share a name."""
    return _pick("name", key(text), country)


def country_of_adjective(text: str, *, country: str = "") -> str:
    """ISO2 of the state that the adjective `text` belongs to ("Syrian", "British"); empty if none."""
    return _pick("adjective", key(text), country)


def country_of_people(text: str, *, country: str = "") -> str:
    """ISO2 of the state whose people are called `text` ("Syrians", "Turks"); empty if none."""
    return _pick("people", key(text), country)


def country_of_metonym(text: str, *, country: str = "") -> str:
    """ISO2 of the state whose government is meant by the place `text` ("Moscow", "the Kremlin"); empty if none."""
    return _pick("metonym", key(text), country)


def country_of(text: str, *, country: str = "") -> str:
    """ISO2 of the state that `text` names by any of its words: name, adjective, people, metonym; empty if none."""
    word = key(text)
    for kind in ("name", "adjective", "people", "metonym"):
        if found := _pick(kind, word, country):
            return found
    return ""


def english_name(iso2: str) -> str:
    """The English name of a state; empty for an unknown code."""
    nation = nations().get(iso2)
    return nation.name if nation else ""
