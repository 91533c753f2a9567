"""Takes a phrase apart: the number or article before it, the state it speaks of, the place it stands in, and what remains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warledger.lexicon.nations import country_of_adjective, country_of_metonym, country_of_name, country_of_people
from warledger.lexicon.numbers import is_count
from warledger.lexicon.tables import key, word_class


@dataclass(frozen=True, slots=True)
class Parts:
    """A phrase taken apart: `core` folded; `nation` ISO2 from its own words; `place` as it is written.

    `plain` is the phrase itself where it is one of a state's words alone ("Russia", "Moscow", "Syrians"); `core` is empty then.
    """

    core: str
    nation: str
    place: str
    plain: str


_KEPT_WITH_OF = frozenset({"group", "groups", "members", "member", "number", "part", "lot", "majority", "couple"})
_QUOTES = str.maketrans("", "", '"“”‘«»[]()')
_TAIL = re.compile(
    r"^(?P<head>.+?) (?:of|in|from|inside|at|near|around|across|outside|within|based in|living in) "
    r"(?:the (?:cit(?:y|ies)|towns?|villages?|areas?|provinces?|districts?|regions?|northern|southern|eastern|western|country) "
    r"(?:of |in )?)?(?P<place>.+)$"
)
_WHOLE_OF = re.compile(r"(?:secretary|minister|ministry|department|units?|house|chief|council|bank|board|army)$", re.IGNORECASE)
"""Before "of" these are half of a name ("secretary of state")."""


def take_apart(phrase: str, *, country: str = "") -> Parts:
    """The parts of `phrase`; `country` decides where states share a word."""
    text = " ".join(phrase.translate(_QUOTES).replace("’", "'").replace("-", " ").split())
    words = text.split()
    while words and (words[0].casefold() in word_class("determiner") or is_count(words[0])):
        if len(words) > 1 and words[0].casefold() in _KEPT_WITH_OF and words[1].casefold() != "of":
            break
        del words[0]
    text = " ".join(words)
    if (iso2 := _alone(text, country)) is not None:
        return Parts("", iso2, "", text)
    place, tail_nation = "", ""
    tail = _TAIL.match(text)
    if tail is not None and not _WHOLE_OF.search(tail["head"]):
        where = re.sub(r"^the ", "", tail["place"])
        tail_nation = country_of_name(where, country=country) or country_of_metonym(where, country=country)
        if (
            tail_nation
            and country_of_metonym(where)
            and not country_of_name(where)
            and "government" not in tail["head"].casefold()
        ):
            place = where
        if tail_nation or where[:1].isupper():
            place = place or ("" if tail_nation else where)
            text = tail["head"]
    core, nation = _without_nation(key(text), text, country)
    return Parts(core, nation or tail_nation, place, "")


def _alone(text: str, country: str) -> str | None:
    """ISO2 where the whole phrase is one of a state's words."""
    bare = re.sub(r"'s?$", "", text)
    for form in (text, bare, text.removesuffix("s")):
        if not form[:1].isupper():
            continue
        found = country_of_name(form, country=country) or country_of_metonym(form, country=country)
        found = found or country_of_adjective(form, country=country) or country_of_people(form, country=country)
        if found:
            return found
    return None


def _without_nation(core: str, text: str, country: str) -> tuple[str, str]:
    """The folded words without those that name a state, and that state."""
    words = core.split()
    if not any(c.isupper() for c in text):
        return core, ""
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            form = " ".join(words[start : start + size])
            rest = words[:start] + words[start + size :]
            if size == 1 and form == "us" and "US" not in text and "U.S" not in text:
                continue
            found = country_of_adjective(form, country=country) or country_of_name(form, country=country)
            if not found and form.endswith("s") and rest:
                found = country_of_name(form[:-1], country=country) or country_of_metonym(form[:-1], country=country)
            if not found and size == 1 and rest:
                found = country_of_metonym(form, country=country) or country_of_people(form, country=country)
            if found and rest:
                if start + size < len(words) and words[start + size] in ("backed", "led", "supported", "allied", "based"):
                    continue
                return " ".join(word for word in rest if word != "the"), found
    return core, ""
