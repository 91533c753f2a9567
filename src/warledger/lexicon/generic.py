"""Reads phrases that name nobody in particular: "Syrian rebels", "government forces", "Russian warplanes", "residents of Homs".

A phrase is taken apart into a number or article, the state it speaks of ("Syrian", "in Syria"), the place it stands in, and
what remains, which is looked up in `data/generic.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from warledger.lexicon import offices, tables
from warledger.lexicon.nations import (
    Nation,
    country_of_adjective,
    country_of_metonym,
    country_of_name,
    country_of_people,
    english_name,
    nations,
)
from warledger.lexicon.phrases import Parts, take_apart


@dataclass(frozen=True, slots=True)
class Generic:
    """What a phrase means: name in the corpus's convention ("rebels (Syria)"), kind, ISO2 country (empty where unknown)."""

    name: str
    kind: str
    country: str


_BACKER = re.compile(r"^(?:the )?(\S+?)[ -](backed|supported|allied|sponsored|funded|led)$", re.IGNORECASE)
_TIES = frozenset({"backed", "supported", "led", "allied", "aligned", "trained", "funded", "armed", "sponsored"})
_BACKED_NOUNS = (
    (re.compile(r"\b(?:rebels?|opposition|insurgents?|fsa|free syrian army)\b"), "rebels", "rebel_group"),
    (re.compile(r"\bmilitia(?:s|men|man)?\b"), "militias", "militia"),
    (re.compile(r"\b(?:fighters?|groups?|factions?|forces?|proxies|troops)\b"), "", "rebel_group"),
    (re.compile(r"\b(?:separatists?)\b"), "separatists", "rebel_group"),
    (re.compile(r"\bcoalition\b"), "coalition", "external_forces"),
    (re.compile(r"\b(?:government|authorities)\b"), "government", "government"),
)
_STATE_MEDIA = {
    "@state_media": "state media",
    "@state_television": "state television",
    "@state_agency": "state news agency",
    "@state_radio": "state radio",
}


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(row["words"]), row["name"], row["kind"]) for row in tables.rows("generic"))


@lru_cache(maxsize=8192)
def _matching(core: str) -> tuple[tuple[str, str], ...]:
    """Names and kinds of the rules for these very words."""
    return tuple((name, kind) for pattern, name, kind in _rules() if pattern.fullmatch(core))


def describe(phrase: str, *, country: str = "", acting: bool | None = None, on: date | None = None) -> Generic | None:
    """What `phrase` means in a report on `country` (ISO2); None where it is not generic.

    `acting`: whether it uses force here (then a state is its forces), speaks (its government), or is not known. `on`: the
    report's day, which tells who is meant by "the Russian president".
    """
    parts = take_apart(phrase, country=country)
    if parts.plain:
        return _state_alone(parts, country, acting)
    if not parts.core:
        return None
    if (office := _office(parts, country, on)) is not None:
        return office
    if (tied := _adjective_alone(phrase, country)) is not None:
        return tied
    if (backed := _backed(phrase, parts, country)) is not None:
        return backed
    for core in _shorter(parts.core):
        for name, kind in _matching(core):
            found = _made(name, kind, core, parts, country, acting)
            if found is not None:
                return found
    return None


def _state_alone(parts: Parts, country: str, acting: bool | None) -> Generic | None:
    nation = nations()[parts.nation]
    people = country_of_people(parts.plain)
    at_home = not country or country == nation.iso2 or not nation.has_army
    if people and at_home and not country_of_adjective(parts.plain):
        return Generic(f"civilians ({nation.name})", "civilians", nation.iso2)
    if acting and not country_of_metonym(re.sub(r"['’]s?$", "", parts.plain)):
        return _forces(nation, country)
    return Generic(nation.government, "government", nation.iso2)


def _adjective_alone(phrase: str, country: str) -> Generic | None:
    """ "US-backed", "Russian-supported": the one who backs; "US-led" alone is the coalition."""
    found = _BACKER.match(phrase.strip())
    iso2 = (country_of_adjective(found[1], country=country) or country_of_name(found[1], country=country)) if found else ""
    if found is None or not iso2:
        return None
    if found[2].casefold() == "led":
        return Generic("US-led coalition", "external_forces", "") if iso2 == "US" else None
    return Generic(nations()[iso2].government, "government", iso2)


def _forces(nation: Nation, country: str) -> Generic | None:
    if not nation.forces:
        return None
    kind = "external_forces" if country and country != nation.iso2 else "state_forces"
    return Generic(nation.forces, kind, nation.iso2)


def _office(parts: Parts, country: str, on: date | None) -> Generic | None:
    office = offices.office_of(parts.core)
    if office is None:
        return None
    iso2 = office.country or parts.nation or country
    person = offices.holder(iso2, office.name, on)
    if person is not None and not office.former:
        return Generic(person, "leader", iso2)
    state = english_name(iso2)
    return Generic(f"{office.name} ({state})" if state else office.name, "leader", iso2)


def _backed(phrase: str, parts: Parts, country: str) -> Generic | None:
    """ "Turkish-backed rebels", "Iran-backed militias": kept in their own words, since the tie is what they say."""
    words = parts.core.split()
    if len(words) < 3 or words[1] not in _TIES:
        return None
    backer = words[0]
    if backer in ("government", "regime", "state", "kurdish", "rebel"):
        return None
    rest = " ".join(words[2:])
    if any(pattern.fullmatch(rest) and name == "@forces" for pattern, name, _ in _rules()):
        nation = nations().get(parts.nation or country)
        return _forces(nation, country) if nation is not None else None
    for pattern, noun, kind in _BACKED_NOUNS:
        if pattern.search(rest):
            title = phrase_case(phrase, backer)
            state = english_name(parts.nation or country) if kind == "rebel_group" else ""
            name = f"{title}-{words[1]} {noun or _written(rest)}"
            return Generic(f"{name} ({state})" if state else name, kind, parts.nation or country)
    return None


def phrase_case(phrase: str, word: str) -> str:
    """`word` (folded) as it is written in `phrase`."""
    for written in re.split(r"[\s\-]+", phrase):
        if tables.key(written) == word:
            return written
    return word


def _shorter(core: str) -> list[str]:
    """The words, then the words without what stands before the last two."""
    words = core.split()
    return [
        " ".join(words[start:]) for start in range(max(1, len(words) - 1)) if start == 0 or words[start - 1] not in _BLOCKING
    ]


_BLOCKING = frozenset(
    {
        "of",
        "for",
        "by",
        "against",
        "with",
        "former",
        "ex",
        "pro",
        "anti",
        "and",
        "un",
        "kurdish",
        "rebel",
        "opposition",
        "coalition",
    }
)


def _made(name: str, kind: str, core: str, parts: Parts, country: str, acting: bool | None) -> Generic | None:
    iso2 = parts.nation or country
    nation = nations().get(iso2)
    if name.startswith("@"):
        return _by_rule(name, kind, core, parts, nation, country, acting)
    state = nation.name if nation is not None else ""
    if name.startswith("="):
        name = _written(core) + name.removeprefix("=")
    if "(place)" in name:
        name = name.replace("(place)", f"({parts.place})" if parts.place else "(country)")
    if "(country)" in name:
        name = name.replace("(country)", f"({state})" if state else "").strip()
    return Generic(name, kind, iso2)


_UPPER = re.compile(r"\b(?:un|us|eu|nato|uk|fsa)\b")
_PROPER = re.compile(
    r"\b(?:arab|western|kurd(?:s|ish)?|druze|sunnis?|shias?|shiites?|alawites?|christians?|yazidis?|muslims?|jews|turkmens?|european|gulf"
    r"|islamist|islamic|palestinian|lebanese|iraqi|assyrians?|armenians?|arabs|taliban|copts|rohingya|tuaregs?|hazaras?|fulani)\b"
)


def _written(core: str) -> str:
    """Folded words with the capitals of English."""
    text = _UPPER.sub(lambda found: found[0].upper(), core)
    return _PROPER.sub(lambda found: found[0].capitalize(), text)


def _by_rule(
    rule: str, kind: str, core: str, parts: Parts, nation: Nation | None, country: str, acting: bool | None
) -> Generic | None:
    if rule == "@place residents":
        state = nation.name if nation is not None else ""
        name = f"residents of {parts.place}" if parts.place else f"residents ({state})" if state else "residents"
        return Generic(name, kind, nation.iso2 if nation is not None else "")
    if nation is None:
        return None
    if rule == "@forces" or (rule == "@forces_of" and parts.nation):
        return _forces(nation, country)
    if rule == "@government":
        return Generic(nation.government, kind, nation.iso2)
    if rule == "@opposition":
        state = f" ({nation.name})"
        return (
            Generic(f"rebels{state}", "rebel_group", nation.iso2)
            if acting
            else Generic(f"{nation.adjective} opposition", kind, nation.iso2)
        )
    if rule == "@kurds":
        name = f"Kurdish forces ({nation.name})" if acting else f"Kurds ({nation.name})"
        return Generic(name, "militia" if acting else kind, nation.iso2)
    if rule == "@police":
        return Generic(f"{nation.adjective} police", kind, nation.iso2)
    if rule == "@adjective" and (parts.nation or core.startswith(("border", "coast"))):
        return Generic(f"{nation.adjective} {core}", kind, nation.iso2)
    if rule == "@ministry":
        field = re.sub(r"\b(?:ministry|of|the)\b", "", core).strip().replace("defense", "defence")
        field = {"foreign": "Foreign Affairs", "foreign affairs": "Foreign Affairs"}.get(field, field.title())
        return Generic(f"{nation.adjective} Ministry of {field}", kind, nation.iso2)
    if rule in _STATE_MEDIA:
        return Generic(f"{nation.adjective} {_STATE_MEDIA[rule]}", kind, nation.iso2)
    return None
