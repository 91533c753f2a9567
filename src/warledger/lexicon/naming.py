"""What to call an actor: its canonical name and kind from the words that a document uses for it.

In order: a name that the lexicon knows; "Assad's forces" and the like, by the person; a phrase that names nobody in particular;
another transliteration; else the words themselves with the kind that they tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from warledger.lexicon import generic
from warledger.lexicon.actors import ActorLexicon, ArmedActor, in_country
from warledger.lexicon.nations import nations

_PERSONS_FORCES = re.compile(
    r"^(?:the )?(?:(?P<loyal>(?:forces|troops|soldiers|fighters|army|military|militias|units|security forces) "
    r"(?:loyal to|of|under|supporting|allied to|backing) )|(?:pro[ -]))?(?P<person>.+?)(?:['’]s|['’]|s)? ?"
    r"(?P<noun>(?:air )?(?:forces?|troops|army|military|soldiers|regime|government|administration|loyalists|fighters|tanks|"
    r"security forces|jets|warplanes))?$",
    re.IGNORECASE,
)
_ROLE_WORDS = (
    r"(?:(?:military|senior|top|chief|press|media|local|field|official|former|army|security|political|unnamed) )*"
    r"(?:spokes(?:man|woman|person|men|people)|sources?|commanders?|chiefs?|leaders?|officials?|heads?|directors?|representatives?"
    r"|negotiators?|correspondents?|reporters?|journalists?|photographers?)"
)
_ROLE = re.compile(
    rf"^(?:(?P<before>.+?) (?P<role>{_ROLE_WORDS})"
    rf"|(?:the |an? )?(?P<role_of>{_ROLE_WORDS}) (?:for|of|from|at|with) (?:the )?(?P<after>.+))$",
    re.IGNORECASE,
)
_ROLE_KINDS = (
    (r"spokes|source|representative", "spokesperson"),
    (r"correspondent|reporter|journalist|photographer", "media"),
    (r"official|negotiator", "spokesperson"),
    (r"", "leader"),
)
_PART_OF = re.compile(
    r"^(?:(?:the|an?|some|other|several|many|most|more|all|two|three|four|five|dozens of|hundreds of|thousands of|\d[\d,]*) )*"
    r"(?:units?|members?|elements?|parts?|fighters|soldiers|troops|positions|forces|ranks) (?:of|from|belonging to) (?:the )?"
    r"(?=[A-Z(])"
)
"""Units and members of a named body are that body."""
_SPEAKING_NOUNS = ("regime", "government", "administration")


@dataclass(frozen=True, slots=True)
class Named:
    """Canonical `name`, kind (annotation guide) and ISO2 country of an actor; `known`: the lexicon has it; `score` 0 to 1."""

    name: str
    kind: str
    country: str
    known: bool
    score: float


def name_actor(
    words: str, *, lexicon: ActorLexicon, country: str = "", on: date | None = None, acting: bool | None = None
) -> Named | None:
    """The actor that `words` mean in a report on `country` of a day; `acting` as in `generic.describe`. None if unknown."""
    return _named(words, lexicon, country, on, acting)


@lru_cache(maxsize=16384)
def _named(words: str, lexicon: ActorLexicon, country: str, on: date | None, acting: bool | None) -> Named | None:
    words = _PART_OF.sub("", " ".join(words.split())) or words
    found = lexicon.find(words, country=country, on=on)
    if found is not None and found.rule != "state" and not _is_states(found.actor):
        actor = in_country(found.actor, country)
        if found.rule != "spelling":
            kind = "igo" if actor.name == "NATO" and acting is False else actor.kind
            return Named(actor.name, kind, actor.country, True, found.score)
    if (role := _role_of(words, lexicon, country, on)) is not None:
        return role
    if (forces := _persons_forces(words, lexicon, country, on)) is not None:
        return forces
    described = generic.describe(words, country=country, acting=acting, on=on)
    if described is not None:
        known = lexicon.get(described.name)
        kind = in_country(known, country).kind if known is not None else described.kind
        return Named(described.name, kind, described.country, known is not None, 0.9)
    if found is not None:
        actor = in_country(found.actor, country)
        return Named(actor.name, actor.kind, actor.country, True, found.score)
    return None


def _role_of(words: str, lexicon: ActorLexicon, country: str, on: date | None) -> Named | None:
    """Somebody unnamed of a named actor: "an SDF spokesman", "a spokesman for the Kremlin", "Hamas officials"."""
    found = _ROLE.match(words.strip())
    if found is None:
        return None
    whose = lexicon.find(found["before"] or found["after"], country=country, on=on)
    if whose is None or whose.actor.person or whose.rule == "state":
        return None
    role = re.sub(r"\s+", " ", found["role"] or found["role_of"]).casefold()
    kind = next(kind for ending, kind in _ROLE_KINDS if re.search(ending, role))
    if whose.actor.kind in ("igo", "ngo", "media") and not role.startswith("spokes"):
        kind = whose.actor.kind
    owner = found["before"] or whose.actor.name
    owner = re.sub(r"^(?:the|an?|one|some) ", "", re.sub(r"['’]s?$", "", owner), flags=re.IGNORECASE)
    return Named(f"{owner} {role}", kind, whose.actor.country or country, False, 0.8)


def _is_states(actor: ArmedActor) -> bool:
    nation = nations().get(actor.country)
    return nation is not None and actor.name in (nation.government, nation.forces)


def _persons_forces(words: str, lexicon: ActorLexicon, country: str, on: date | None) -> Named | None:
    """The forces or government of a person's state: "Gaddafi's troops", "forces loyal to Assad", "the Assad regime"."""
    found = _PERSONS_FORCES.match(words.strip())
    if found is None or not (found["noun"] or found["loyal"]):
        return None
    person = lexicon.find(found["person"], country=country, on=on)
    if person is None or not person.actor.person:
        return None
    for tie in person.actor.ties_on(on) or (person.actor.parent,):
        led = lexicon.get(tie)
        if led is None:
            continue
        nation = nations().get(led.country)
        if nation is None or led.name != nation.government:
            actor = in_country(led, country)
            return Named(actor.name, actor.kind, actor.country, True, 0.85)
        speaking = not found["loyal"] and (found["noun"] or "").casefold() in _SPEAKING_NOUNS
        if speaking:
            return Named(nation.government, "government", nation.iso2, True, 0.85)
        kind = "external_forces" if country and country != nation.iso2 else "state_forces"
        return Named(nation.forces, kind, nation.iso2, True, 0.85)
    return None
