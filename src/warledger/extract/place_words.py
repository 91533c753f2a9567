"""Cuts a mention down to the name: "Syrian city of Qamishli" to "Qamishli", "rebel-held Atareb" to "Atareb"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from warledger.lexicon.nations import country_of_adjective, country_of_name

_KIND: Final = (
    r"(?:city|cities|town|village|district|province|governorate|region|neighbou?rhood|suburbs?|quarter|area|capital|enclave)"
)
_KIND_OF: Final = re.compile(rf"^(?P<before>.*?)\b(?P<kind>{_KIND}) of (?P<name>\S.*)$")
_KINDS: Final = {
    "city": "city", "town": "town", "village": "village", "province": "province", "governorate": "province",
    "neighbourhood": "neighbourhood", "neighborhood": "neighbourhood",
}  # fmt: skip
_SAID_KIND: Final = re.compile(rf"^(?!.*\b{_KIND}\b.*\b{_KIND}\b).*\b({'|'.join(_KINDS)})\b(?= of [A-Z]|$)", re.IGNORECASE)
"""One noun of kind, before "of" and a name or at the end; of two the one that is meant is not plain."""
_SIDE_OF: Final = re.compile(
    r"^(?P<name>[A-Z].*?),? (?:(?:north|south|east|west)(?:[ -]?(?:east|west))?(?:ern)?|just outside) of [A-Z].*$"
)
_LEAD: Final = re.compile(
    r"^(?:mostly|mainly|predominantly|largely|majority|provincial|major|key|strategic|besieged|restive|nearby|neighbou?ring|war-torn|"
    r"[\w-]+-(?:held|controlled|run|ruled|majority|dominated|besieged|bastion|populated))\s+",
    re.IGNORECASE,
)
_PEOPLES: Final = frozenset("kurdish arab sunni shia shiite alawite druze christian turkmen yazidi".split())
_CAPITAL: Final = re.compile(r"^(?:provincial )?capital(?: city)? (?=[A-Z])")
_OWNER: Final = re.compile(r"^(?P<owner>[A-Z][\w]+?)(?:['’]s|s['’]?) (?=\S)")
_PARTS_OF: Final = re.compile(
    r"^(?:north|south|east|west|al-|el-|ash-|ad-|an-|ar-|as-|at-|az-)|\b(?:border|frontier|coast|desert)\b", re.IGNORECASE
)
"""Parts of a country, Arabic names written small, and the stretches that are called after a country."""
_UP_TO_NAME: Final = re.compile(
    r"^(?:(?!(?:north|south|east|west|centr)|al-|el-|ash-|ad-|an-|ar-|as-|at-|az-)[a-z][\w’'-]*\s+)+(?=[A-Za-z])"
)
"""Small words before a name: "throughout", "hometown", "surrounding"."""
_BEHIND: Final = re.compile(r"^.*\b(?:of|in|at)\s+(?:the\s+)?(?=[A-Z])")
_RUN: Final = re.compile(r"(?:(?:[A-Z][\w’'-]*|(?:al|el|ash|ad|an|ar|as|at|az)-[A-Z][\w’'-]*|al|el|de|of)(?:\s+|$))+")
"""Words that begin with capitals."""
_LOOSE: Final = re.compile(r"(?:\s+(?:in|of|at|near|and|the|on|from|to))+$")


def name_in(words: str) -> str:
    """The part of a mention (without its article) that names the place; `words` themselves where all of them do."""
    name = _LOOSE.sub("", words)
    for _ in range(4):
        shorter = _once(name)
        if not shorter or shorter == name:
            break
        name = shorter
    return name or words


def _once(name: str) -> str:
    owner = _OWNER.match(name)
    if owner is not None and country_of_name(owner["owner"]):
        return name[owner.end() :]
    kind_of = _KIND_OF.match(name)
    if kind_of is not None:
        before = kind_of["before"].strip()
        return kind_of["name"] if _says_nothing(before) else f"{before} {kind_of['kind']}"
    side_of = _SIDE_OF.match(name)
    if side_of is not None:
        return side_of["name"]
    for lead in (_CAPITAL, _LEAD):
        if (found := lead.match(name)) is not None and re.search(r"[A-Z]", name[found.end() :]):
            return name[found.end() :]
    first, _, rest = name.partition(" ")
    if (rest[:1].isupper() or _CAPITAL.match(rest)) and country_of_adjective(first):
        return rest
    return name


def shorter(name: str) -> Iterator[str]:
    """What a mention may mean that is not known as it stands, longest first: "Raqqa" of "liberation of Raqqa" and of "Raqqa
    airstrikes", "Syria" of "Syrias".
    """
    inner = _UP_TO_NAME.sub("", name)
    run = _RUN.match(inner)
    for words in dict.fromkeys((inner, _BEHIND.sub("", name), run[0].rstrip() if run else "")):
        for form in (words, words.removesuffix("s")):
            if form not in ("", name):
                yield form


def is_people(word: str) -> bool:
    """Whether a word is the adjective of a people that has no state: "Kurdish"."""
    return word.casefold() in _PEOPLES


@lru_cache(maxsize=8192)
def kind_said(words: str) -> str:
    """The kind of place that a mention says itself to be: "city" of "the major city of Hama"; empty where it says none."""
    found = _SAID_KIND.search(words)
    return _KINDS[found[1].lower()] if found is not None else ""


@lru_cache(maxsize=8192)
def names_a_place(name: str) -> bool:
    """Whether a mention that was cut down still has a name: "central", "Kurdish" and "rebel-held Syrian" have none."""
    return not _says_nothing(name) or bool(_PARTS_OF.search(name))


def _says_nothing(before: str) -> bool:
    """Whether the words before a noun only describe: small letters, a people's or country's adjective, "rebel-held"."""
    return all(
        word[:1].islower() or word.casefold() in _PEOPLES or bool(country_of_adjective(word)) or bool(_LEAD.match(f"{word} "))
        for word in before.split()
    )
