"""Names as an English sentence wants them: "rebels (Syria)" as "Syrian rebels", "Government of Turkey" as "Turkey"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from warledger.brief.grammar import NounPhrase, join_and, join_phrases, with_article
from warledger.core import Actor, Event, EventPlace, Place, View, fold
from warledger.lexicon.nations import country_of_adjective, country_of_name, nations
from warledger.ontology import crowd_of, names_nobody

_THE: Final = frozenset(
    (
        "forces army front party council coalition union unit units movement brigade brigades observatory nations states "
        "ministry committee organisation organization agency league commission alliance corps guard guards command "
        "government opposition congress parliament network centre center association group helmets battalion battalions "
        "kingdom department bureau office federation institute emirates police military navy republic cross crescent "
        "force service services programme office rights senate house chamber court administration authority staff"
    ).split()
)
"""Last words of proper names that take the article ("the Free Syrian Army")."""

_PLURAL: Final = frozenset(
    "forces units brigades guards helmets battalions police people media men women children troops personnel services".split()
)
"""Words that are plural, or are used as plurals, and the "-s" rule does not tell it."""

_COUNTED: Final = re.compile(
    r"(?i:(?:tens|hundreds|thousands|dozens|scores) of|several|many|some|two|three|four|five|six|seven|eight|nine|ten) [a-z]"
)
"""How a name begins that is none: "Two commanders", from the beginning of a sentence."""
_SINGULAR_S: Final = frozenset("nations states emirates news reuters times press congress cross status rights services".split())
_MASS: Final = frozenset("media television tv radio police intelligence personnel".split())
"""Lower-case nouns that take no article."""
_DEFINITE: Final = frozenset(
    "military army navy government opposition community coalition public regime leadership presidency alliance command".split()
)
"""Lower-case nouns of which there is one: they take "the"."""
_POSTS: Final = frozenset("head chief leader governor mayor president premier".split())
"""Posts of which a place or body has one."""
_OFFICE: Final = re.compile(r"\b(?:minister|president|premier|king|ministry|parliament|presidency)$")
"""Offices of which a state has one."""
_OF_NAME: Final = re.compile(r" of (?:the )?[A-Z]")
_LOADED: Final = frozenset("terrorist terrorists martyr martyrs mercenary mercenaries".split())
"""Words that take a side; they are a reporter's own and stand in quotation marks."""
_ARABIC: Final = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|ul|bin|ibn)(?:-|$)")
"""Particles of Arabic names, which are written small."""

_CUT: Final = re.compile(
    r"\s+(?:of|in|at|from|to|with|for|on|near|close|formerly|affiliated|fleeing|loyal|backed|allied|opposed|living|based|trapped|under|contributing|who|that)\s+"
)
_BRACKET: Final = re.compile(r"^(?P<noun>.+?)\s*\((?P<inside>[^()]+)\)$")
_GOVERNMENT: Final = re.compile(r"^Government of (?:the )?(?P<state>.+)$")
_PRESIDENCY: Final = re.compile(r"^Presidency of (?:the )?(?P<state>.+)$")
_ARMED: Final = re.compile(r"^(?P<adjective>.+) Armed Forces$")

_PEOPLES: Final = frozenset({"rebel_group", "jihadist_group", "militia", "civilians", "other"})
"""Kinds of actors that are called by what each of them is, in the plural."""
_LED: Final = re.compile(r"^(?P<crowd>Rebels|Fighters|Forces|Militants|Insurgents|Troops|Rebel groups) (?P<rest>led by .+)$")
_LONE: Final = re.compile(
    r"^(?:suicide (?:bomber|attacker)s?|bombers?|attackers?|gunm[ae]n|assailants?|militants?|fighters?|knifem[ae]n)\b(?! of )"
)

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
        self._articles: Counter[str] = Counter()
        self._posts: dict[str, str] = {}
        for document in sorted(view.records):
            record = view.records[document]
            text = view.documents[document].text if document in view.documents else ""
            for actor in record.actors:
                self._learn(actor, text)
            for relation in record.relations:
                if relation.type in ("leads", "speaks_for") and not relation.ended:
                    self._posts.setdefault(record.actor(relation.source).name, record.actor(relation.target).name)
        self._called: dict[str, str] = {}
        self._canonical: dict[str, str] = {}
        for event in view.events:
            self._match(event, view)
        places = Counter(event.place.country for event in view.events if event.place is not None and event.place.country)
        self.country = min(places, key=lambda iso: (-places[iso], iso), default="")

    def _match(self, event: Event, view: View) -> None:
        """Learn which name of the documents stands behind a name of the event, where there is one on either side.

        A crowd's name is nobody's own: one document's "terrorist groups" are not what the event's group is called.
        """
        for claim in (view.claims[i] for i in event.claims if i in view.claims):
            for names, ids in ((event.initiator, claim.initiator), (event.target, claim.target)):
                told = view.actor_names(claim, ids)
                if len(names) == len(told) == 1 and names != told and not (crowd_of(told[0]) or names_nobody(told[0])):
                    self._canonical.setdefault(told[0], names[0])
                    if names[0] not in self._kinds:
                        self._called.setdefault(names[0], told[0])

    def canonical(self, name: str) -> str:
        """The name under which events have an actor of a document."""
        return self._canonical.get(name, name)

    def _learn(self, actor: Actor, text: str) -> None:
        self._kinds.setdefault(actor.name, actor.kind)
        if actor.country:
            self._countries.setdefault(actor.name, actor.country)
        if any(fold(m.text).split()[-1:] == ["army"] for m in actor.mentions):
            self._armies.add(actor.name)

        for mention in actor.mentions:
            if mention.text.removeprefix("The ").removeprefix("the ") == actor.name:
                start = mention.span.end - len(actor.name)
                self._articles[actor.name] += 1 if text[max(0, start - 4) : start].lower() == "the " else -1

    def speaker(self, name: str) -> NounPhrase:
        """Somebody who speaks, with whom they speak for where a document says so."""
        phrase = self.actor(name, state=True)
        name = self._called.get(name, name)
        post = self._posts.get(name, "")
        if not post or not _is_titled(name) or fold(post) in fold(name) or _GOVERNMENT.match(name) or _ARMED.match(name):
            return phrase
        return NounPhrase(f"{phrase.text} of {self.actor(post).text}", phrase.plural, person=True)

    def kind(self, name: str) -> str:
        """The kind of actor that the records give a name; empty if none has it."""
        return self._kinds.get(self._called.get(name, name), "")

    def actor(self, name: str, *, state: bool = False, here: bool = False) -> NounPhrase:
        """One actor in words. With `state`, a foreign government is called by its country, as one that speaks is; with `here`
        the town in a generic name is left out, because the sentence names a place of its own.
        """
        name = " ".join(self._called.get(name, name).split())
        if found := _GOVERNMENT.match(name):
            return self._government(found["state"], state=state)
        if found := _ARMED.match(name):
            return self._armed(name, found["adjective"])
        if (found := _PRESIDENCY.match(name)) and (nation := nations().get(country_of_name(found["state"]))):
            return NounPhrase(f"the {nation.adjective} presidency")
        if found := _BRACKET.match(name):
            return self._bracketed(found["noun"], found["inside"], here=here)
        if self.is_person(name):
            return NounPhrase(name, person=True)
        if _head(name) in _POSTS and (name[:1].isupper() or _OF_NAME.search(name)):
            return NounPhrase(f"the {name}")
        phrase = _plain(name)
        if self._articles[name] <= 0 or phrase.text != name:
            return phrase
        people = " " not in name and name.endswith("s") and self.kind(name) in _PEOPLES  # "the Exampleans say"
        return replace(phrase, text=f"the {name}", plural=phrase.plural or people)

    def is_person(self, name: str) -> bool:
        """Whether a name is one human being's."""
        if not _is_titled(name):
            return False
        if self.kind(name) in ("leader", "spokesperson") or name in self._posts:
            return True
        words = name.split()
        return self.kind(name) in ("civilians", "other") and len(words) > 1 and not _is_plural(words[-1].lower())

    def actors(self, names: tuple[str, ...], *, state: bool = False, here: bool = False) -> NounPhrase:
        """Several actors as one phrase, each way of calling them once; a lone attacker gives way to the group that is named."""
        groups = tuple(n for n in names if not _LONE.match(n)) or names[:1]
        phrases = {p.text: p for p in (self.actor(name, state=state, here=here) for name in groups)}
        armed = {
            text.split()[-2] for text in phrases if text.endswith((" army", " government forces")) and len(text.split()) > 1
        }
        armed |= {text.split()[0] for text in phrases if text.endswith(" government forces")}
        phrases = {text: p for text, p in phrases.items() if text.removeprefix("the ").removesuffix(" government") not in armed}
        forces = [
            text.removesuffix(" forces")
            for text in phrases
            if text.endswith(" forces")
            and not text.startswith("the ")
            and len(text.removesuffix(" government forces").split()) <= 2
        ]
        forces.sort(key=lambda words: words.endswith(" government"))
        if len(forces) > 1:
            shared = NounPhrase(f"{join_and(forces)} forces", plural=True)
            others = [p for text, p in phrases.items() if text.removesuffix(" forces") not in forces]
            return join_phrases([shared, *others])
        return join_phrases(list(phrases.values()))

    def _government(self, country: str, *, state: bool) -> NounPhrase:
        iso = country_of_name(country)
        if state and iso != self.country:
            return NounPhrase(_with_the(country))
        nation = nations().get(iso)
        adjective = "US" if iso == "US" else nation.adjective if nation else ""
        return NounPhrase(f"the {adjective} government" if nation else f"the government of {_with_the(country)}")

    def _armed(self, name: str, adjective: str) -> NounPhrase:
        if name in self._armies:
            return NounPhrase(f"the {adjective} army")
        own = self.country and country_of_adjective(adjective) == self.country
        return NounPhrase(f"{_bare(adjective)} {'government ' if own else ''}forces", plural=True)

    def _bracketed(self, noun: str, inside: str, *, here: bool) -> NounPhrase:
        parts = [part.strip() for part in inside.split(",")]
        if parts == ["unnamed"] and noun[:1].islower():
            return _plain(f"unnamed {noun}")
        adjectives = [p for p in parts if not country_of_name(p) and _is_adjective(p)]
        places = [p for p in parts if p not in adjectives]
        words = " ".join(f"“{word}”" if word.lower() in _LOADED else word for word in noun.split())
        if len(places) == 1 and (iso := country_of_name(places[0])):
            people = fold(noun).split()[-1:] in (["civilians"], ["residents"], ["people"])
            if not (people and iso == self.country):
                backer, _, group = words.partition(" ")
                adjective = nations()[iso].adjective
                words = f"{backer} {adjective} {group}" if group and "-" in backer else f"{adjective} {words}"
            places = []
        words = " ".join([*adjectives, words])
        if _OFFICE.search(noun) and words != noun:
            words = f"the {words}"
        if places and not here:
            words += f" in {_with_the(', '.join(places))}"
        phrase = _plain(words)
        return NounPhrase(phrase.text, plural=True) if noun.endswith("s") and not noun.endswith("ss") else phrase

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
    first = name.split(" ", maxsplit=1)[0]
    if first.islower() and not first.endswith(("ern", "al")) and first not in ("the", "rural", "upper", "lower", "greater"):
        return f"the {name}"
    of = fold(first) in ("gulf", "bay", "strait", "straits", "isle", "horn") and " of " in name
    return f"the {name}" if last and (of or last[0] in _PLACE_THE) and not name.lower().startswith("the ") else name


def _is_adjective(word: str) -> bool:
    return word[:1].isupper() and word.lower().endswith(("ish", "ian", "ese", "ic"))


def _bare(adjective: str) -> str:
    return "US" if adjective == "United States" else adjective


def _is_titled(name: str) -> bool:
    """Whether every word is written as a name's, particles aside."""
    return all(word[:1].isupper() or word in ("de", "van", "von", "der") or _ARABIC.match(word) for word in name.split())


def _head(name: str) -> str:
    return (_CUT.split(f"{name} ", maxsplit=1)[0].split() or [name])[-1]


def _is_plural(head: str) -> bool:
    word = head.lower().strip("“”")
    if word in _SINGULAR_S:
        return False
    return (
        word in _PLURAL
        or word.endswith(("men", "women"))
        or (word.endswith("s") and not word.endswith(("ss", "us", "is")) and head.strip("“”")[:1].islower())
    )


def _plain(name: str) -> NounPhrase:
    """A name that is not of a known form: the article and number follow from its head noun."""
    if (led := _LED.match(name)) is not None:
        return NounPhrase(f"{led['crowd'].lower()} {led['rest']}", plural=True)
    head = _head(name)
    lowered = head.lower()
    if name.startswith(("those ", "some ", "many ")):
        return NounPhrase(name, plural=True)
    if _COUNTED.match(name):
        return NounPhrase(f"{name[:1].lower()}{name[1:]}", plural=True)
    plural = _is_plural(head)
    if name.lower().startswith(("the ", "a ", "an ")):
        lead = name.split(" ", maxsplit=1)
        return NounPhrase(f"{lead[0].lower()} {lead[1]}", plural)
    if head[:1].islower() and not _ARABIC.match(head):
        if lowered in _DEFINITE:
            return NounPhrase(f"the {name}")
        owned = name[:1].isupper() and ("’s " in name or "'s " in name)
        if plural or owned or lowered in _MASS:
            return NounPhrase(name, plural)
        return NounPhrase(with_article(name))
    if lowered in _THE or (lowered in _PLURAL) or name in ("UN", "EU", "US", "UK", "UAE"):
        return NounPhrase(f"the {name}", plural)
    return NounPhrase(name, plural)
