"""Names as an English sentence wants them: "rebels (Syria)" as "Syrian rebels", "Government of Turkey" as "Turkey"."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from warledger.brief.grammar import NounPhrase, join_phrases, with_article
from warledger.core import Actor, EventPlace, Place, View, fold
from warledger.lexicon.nations import country_of_name, nations

_THE: Final = frozenset(
    (
        "forces army front party council coalition union unit units movement brigade brigades observatory nations states "
        "ministry committee organisation organization agency league commission alliance corps guard guards command "
        "government opposition congress parliament network centre center association group helmets battalion battalions "
        "kingdom department bureau office federation institute emirates police military navy republic cross crescent "
        "force service services rights senate house chamber court administration authority staff"
    ).split()
)
"""Last words of proper names that take the article ("the Free Syrian Army")."""

_PLURAL: Final = frozenset(
    "forces units brigades guards helmets battalions police people military militia media men women children troops personnel "
    "services".split()
) - {"military", "militia", "media"}
"""Words that are plural, or are used as plurals, and the "-s" rule does not tell it."""

_SINGULAR_S: Final = frozenset("nations states emirates news reuters times press congress cross status rights services".split())
_MASS: Final = frozenset(
    "media television tv radio opposition police military intelligence personnel army government navy".split()
)
"""Lower-case nouns that take no "a"."""

_CUT: Final = re.compile(r"\s+(?:of|in|at|from|to|with|for|on|near|close|formerly|affiliated|under|contributing|who|that)\s+")
_BRACKET: Final = re.compile(r"^(?P<noun>.+?)\s*\((?P<inside>[^()]+)\)$")
_GOVERNMENT: Final = re.compile(r"^Government of (?:the )?(?P<state>.+)$")
_ARMED: Final = re.compile(r"^(?P<adjective>.+) Armed Forces$")

_PLACE_THE: Final = frozenset(
    "border highway road countryside strip heights bank river sea desert mountains valley outskirts suburbs gulf corridor "
    "governorate states kingdom netherlands philippines emirates peninsula straits canal".split()
)
_PREPOSITION: Final = {"facility": "at", "base": "at", "border_crossing": "at", "road": "on"}


class Namer:
    """Puts names into words for one view: which country it is about, and how its documents call an army."""

    def __init__(self, view: View) -> None:
        self._kinds: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        self._armies: set[str] = set()
        for document in sorted(view.records):
            for actor in view.records[document].actors:
                self._learn(actor)
        places = Counter(event.place.country for event in view.events if event.place is not None and event.place.country)
        self.country = min(places, key=lambda iso: (-places[iso], iso), default="")

    def _learn(self, actor: Actor) -> None:
        self._kinds.setdefault(actor.name, actor.kind)
        if actor.country:
            self._countries.setdefault(actor.name, actor.country)
        if any(fold(m.text).split()[-1:] == ["army"] for m in actor.mentions):
            self._armies.add(actor.name)

    def kind(self, name: str) -> str:
        """The kind of actor that the records give a name; empty if none has it."""
        return self._kinds.get(name, "")

    def actor(self, name: str, *, state: bool = False) -> NounPhrase:
        """One actor in words. With `state`, a foreign government is called by its country, as one that speaks is."""
        name = " ".join(name.split())
        if found := _GOVERNMENT.match(name):
            return self._government(found["state"], state=state)
        if found := _ARMED.match(name):
            return self._armed(name, found["adjective"])
        if found := _BRACKET.match(name):
            return self._bracketed(found["noun"], found["inside"])
        if self.kind(name) in ("leader", "spokesperson") and name[:1].isupper():
            return NounPhrase(name, person=True)
        return _plain(name)

    def actors(self, names: tuple[str, ...], *, state: bool = False) -> NounPhrase:
        """Several actors as one phrase, each way of calling them once."""
        phrases = {p.text: p for p in (self.actor(name, state=state) for name in names)}
        return join_phrases(list(phrases.values()))

    def _government(self, country: str, *, state: bool) -> NounPhrase:
        iso = country_of_name(country)
        if state and iso != self.country:
            return NounPhrase(_with_the(country))
        nation = nations().get(iso)
        return NounPhrase(f"the {nation.adjective} government" if nation else f"the government of {_with_the(country)}")

    def _armed(self, name: str, adjective: str) -> NounPhrase:
        if name in self._armies:
            return NounPhrase(f"the {adjective} army")
        return NounPhrase(f"{_bare(adjective)} forces", plural=True)

    def _bracketed(self, noun: str, inside: str) -> NounPhrase:
        parts = [part.strip() for part in inside.split(",")]
        if parts == ["unnamed"] and noun[:1].islower():
            return _plain(f"unnamed {noun}")
        adjectives = [p for p in parts if not country_of_name(p) and _is_adjective(p)]
        places = [p for p in parts if p not in adjectives]
        words = noun
        if len(places) == 1 and (iso := country_of_name(places[0])):
            people = fold(noun).split()[-1:] in (["civilians"], ["residents"], ["people"])
            if not (people and iso == self.country):
                words = f"{nations()[iso].adjective} {noun}"
            places = []
        words = " ".join([*adjectives, words])
        if places:
            words += f" in {_with_the(', '.join(places))}"
        return _plain(words)

    def place(self, place: EventPlace | Place) -> str:
        """The name of a place with the article it needs: "Hama", "the Syrian-Turkish border"."""
        return _with_the(place.name)

    def at(self, place: EventPlace | Place) -> str:
        """A place as an adverb: "in Hama", "near Hama", "at Abu al-Duhur air base", "on the M5 highway"."""
        words = self.place(place)
        head = fold(place.name).split()[-1:]
        if place.precision == "near":
            return f"near {words}"
        if head in (["border"], ["frontier"], ["coast"], ["heights"], ["front"]):
            return f"on {words}"
        return f"{_PREPOSITION.get(place.kind, 'in')} {words}"


def _with_the(name: str) -> str:
    last = fold(name).split()[-1:]
    return f"the {name}" if last and last[0] in _PLACE_THE and not name.lower().startswith("the ") else name


def _is_adjective(word: str) -> bool:
    return word[:1].isupper() and word.lower().endswith(("ish", "ian", "ese", "ic", "an", "ab", "i"))


def _bare(adjective: str) -> str:
    return "US" if adjective == "United States" else adjective


def _head(name: str) -> str:
    return (_CUT.split(f"{name} ", maxsplit=1)[0].split() or [name])[-1]


def _is_plural(head: str) -> bool:
    word = head.lower()
    if word in _SINGULAR_S:
        return False
    return word in _PLURAL or (word.endswith("s") and not word.endswith(("ss", "us", "is")) and head[:1].islower())


def _plain(name: str) -> NounPhrase:
    """A name that is not of a known form: the article and number follow from its head noun."""
    head = _head(name)
    lowered = head.lower()
    plural = _is_plural(head)
    if name.lower().startswith(("the ", "a ", "an ")):
        lead = name.split(" ", maxsplit=1)
        return NounPhrase(f"{lead[0].lower()} {lead[1]}", plural)
    if head[:1].islower():
        if plural or lowered in _MASS:
            article = "the " if lowered in ("military", "army", "government", "opposition") else ""
            return NounPhrase(f"{article}{name}", plural)
        return NounPhrase(with_article(name))
    if lowered in _THE or (lowered in _PLURAL) or name in ("UN", "EU", "US", "UK", "UAE"):
        return NounPhrase(f"the {name}", plural)
    return NounPhrase(name, plural)
