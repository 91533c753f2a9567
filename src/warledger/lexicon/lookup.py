"""Finds an actor by its words: exactly, in a phrase with light words around the name, or in another transliteration."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from warledger.lexicon.nations import country_of, country_of_name, country_of_people, nations
from warledger.lexicon.tables import key, word_class

if TYPE_CHECKING:
    from warledger.lexicon.actors import Alias, ArmedActor

MINIMUM = 0.6
"""A reading below this is left out: more than one actor would fit as well."""
_SURE = 0.78
"""An alias of another context scores less; a state's own name is then the better reading."""
_OUT_OF_TIME = 0.85
_OTHER_COUNTRY = 0.6
_LONGEST_NAME = 8
"""Words in the longest name that is looked for inside a phrase."""
ALIKE = 0.7
"""How alike, letter by letter, the words of two spellings of one name are at least: in training the wrong ones are at most 0.67
("source" and "service" have the same consonants), the right ones 0.77 and more.
"""

_STATE_NOUNS = frozenset(
    {"government", "army", "military", "armed forces", "forces", "troops", "soldiers", "air force", "navy"}
)
_VOWELS = re.compile(r"[aeiouyw]")
_TWICE = re.compile(r"(.)\1+")
_ARTICLE_WORDS = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "an", "the", "of", "wa", "bin", "ibn"})
_SOUNDS = (
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("sh", "s"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("v", "w"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """An actor and how it was found: `score` 0 to 1, the `form` that matched, whether it holds on the day asked about."""

    actor: ArmedActor
    score: float
    form: str
    in_time: bool
    rule: str


def skeleton(form: str) -> str:
    """The consonants of a folded name, so that transliterations agree ("moammar gadhafi", "muammar gaddafi")."""
    return " ".join(_heard(word) for word in form.split() if word not in _ARTICLE_WORDS)


@lru_cache(maxsize=16384)
def _heard(word: str) -> str:
    for spelled, sound in _SOUNDS:
        word = word.replace(spelled, sound)
    first = "a" if _VOWELS.match(word) else word[:1]
    return _TWICE.sub(r"\1", first + _VOWELS.sub("", word[1:]))


class NameIndex:
    """Every name and alias of the actors, folded."""

    def __init__(self, actors: Iterable[ArmedActor]) -> None:
        self._entries: dict[str, list[tuple[ArmedActor, Alias | None]]] = defaultdict(list)
        self._states: dict[str, ArmedActor] = {}
        self._surnames: dict[str, list[ArmedActor]] = defaultdict(list)
        self._forms: dict[str, list[str]] = defaultdict(list)
        for actor in actors:
            self._enter(actor, actor.name, None)
            for alias in actor.aliases:
                self._enter(actor, alias.text, alias)
            if actor.kind in ("government", "state_forces"):
                self._states[actor.name] = actor
            if actor.person and " " in actor.name:
                self._surnames[key(actor.name).rsplit(" ", 1)[1]].append(actor)

    def _enter(self, actor: ArmedActor, text: str, alias: Alias | None) -> None:
        form = key(text)
        self._entries[form].append((actor, alias))
        self._forms[actor.name].append(form)

    def forms(self, actor: ArmedActor) -> list[str]:
        """The folded name and aliases of an actor."""
        return self._forms[actor.name]

    def find(self, name: str, *, country: str, on: date | None) -> Found | None:
        """The best reading of `name`; None where nothing fits or two fit equally."""
        return _found(self, name, country, on)

    def _read(self, name: str, country: str, on: date | None) -> Found | None:
        name = " ".join(name.split()).strip("\"'“”‘’«»()[],;:.- ")
        if not name:
            return None
        country = country or _country_in_brackets(name)
        for form, penalty in _variants(name):
            found = self._direct(form, name, country, on, "name")
            state = None if penalty else self._state(form, country)
            if found is not None and found.score >= (MINIMUM if state is None else _SURE):
                return _less(found, penalty)
            if state is not None:
                return Found(state, 0.9, form, True, "state")
            if not penalty and country_of_people(form):
                return None
        best = [self._inside(part, country, on) for part in _parts(name)]
        known = [found for found in best if found is not None]
        if known:
            return max(known, key=lambda f: (f.actor.person, f.score))
        return self._spelled(name, country, on)

    def _direct(self, form: str, name: str, country: str, on: date | None, rule: str) -> Found | None:
        readings = [
            self._score(actor, alias, form, country, on, rule)
            for actor, alias in self._entries.get(form, ())
            if _case_fits(alias.text if alias is not None else actor.name, name)
        ]
        if not readings:
            readings = [
                self._score(actor, None, form, country, on, "surname") for actor in self._surnames.get(form, ()) if name != form
            ]
        return _best(readings)

    def _score(self, actor: ArmedActor, alias: Alias | None, form: str, country: str, on: date | None, rule: str) -> Found:
        from warledger.lexicon.actors import within

        score = 1.0 if alias is None and rule == "name" else 0.95
        in_time = within(on, actor.since, actor.until)
        if alias is not None:
            in_time = in_time and within(on, alias.since, alias.until)
            if alias.country:
                score *= 1.05 if alias.country == country else _OTHER_COUNTRY
        if actor.ties and actor.person and on is not None:
            in_time = in_time and bool(actor.ties_on(on))
        if not in_time:
            score *= _OUT_OF_TIME
        if country and actor.country and actor.country != country:
            score -= 0.04
        return Found(actor, min(score, 1.0), form, in_time, rule)

    def _inside(self, name: str, country: str, on: date | None) -> Found | None:
        words = key(name).split()
        for size in range(min(len(words), _LONGEST_NAME), 0, -1):
            for start in range(len(words) - size, -1, -1):
                form = " ".join(words[start : start + size])
                if size == len(words):
                    continue
                before, after = words[:start], words[start + size :]
                for used in (form, form.removesuffix("s")):
                    if used not in self._entries and used not in self._surnames:
                        continue
                    found = self._direct(used, _cased(name, used), country, on, "phrase")
                    if found is not None and found.score >= MINIMUM and self._light(found, before, after, country):
                        return _less(found, 0.05)
        return None

    def _state(self, form: str, country: str) -> ArmedActor | None:
        """The government or armed forces that plain words mean: "Moscow", "the Syrian government", "Turkish troops"."""
        words = form.split()
        for size in range(len(words) - 1, 0, -1):
            head, noun = " ".join(words[:size]), " ".join(words[size:])
            if noun in _STATE_NOUNS and (iso2 := country_of(head, country=country)):
                nation = nations()[iso2]
                return self._states.get(nation.government if noun == "government" else nation.forces)
        iso2 = country_of(form.removeprefix("government of "), country=country)
        if not iso2 or country_of_people(form):
            return None
        return self._states.get(nations()[iso2].government)

    def _light(self, found: Found, before: list[str], after: list[str], country: str) -> bool:
        """Whether the words around a name leave its meaning as it is."""
        if after and after[0] in word_class("turn"):
            return False
        if found.actor.person:
            return _light_person(before, after, " " in found.form, country)
        apposed = before and (
            before[-1] in word_class("apposed")
            or before[-1] in word_class("turn")
            or (before[-1] in word_class("around") and word_class("apposed") & set(before[-3:]))
        )
        if apposed and all(word in word_class("around") for word in after):
            return True
        own = {word for form in self._forms[found.actor.name] for word in form.split()}
        bound = found.actor.country if found.actor.kind in ("government", "state_forces") else ""
        return all(
            word in word_class("around")
            or word in own
            or ((state := country_of(word, country=country)) and state == (bound or state))
            for word in before + after
        )

    @cached_property
    def _skeletons(self) -> dict[str, list[ArmedActor]]:
        index: dict[str, list[ArmedActor]] = defaultdict(list)
        for form, entries in self._entries.items():
            shape = skeleton(form)
            if " " in shape and len(shape) >= 6:
                everywhere = [actor for actor, alias in entries if alias is None or not alias.country]
                index[shape] += [actor for actor in everywhere if actor not in index[shape]]
        return index

    def _spelled(self, name: str, country: str, on: date | None) -> Found | None:
        words = key(name).split()
        for start in range(len(words)):
            if not _light_words().issuperset(words[:start]) and not all(
                country_of(w) for w in words[:start] if w not in word_class("title")
            ):
                return None
            shape = skeleton(" ".join(words[start:]))
            actors = {actor.name: actor for actor in self._skeletons.get(shape, ())}
            readings = [
                self._score(actor, None, shape, country, on, "spelling")
                for actor in actors.values()
                if _is_spelling_of(words[start:], actor)
            ]
            if len(readings) == 1 and " " in shape and len(shape) >= 6:
                return _less(readings[0], 0.15)
        return None


@lru_cache(maxsize=16384)
def _found(index: NameIndex, name: str, country: str, on: date | None) -> Found | None:
    """What `name` means, kept since a report asks for the same names again and again."""
    return index._read(name, country, on)  # noqa: SLF001


@cache
def _light_words() -> frozenset[str]:
    """The words that may stand before a name in another spelling."""
    return word_class("title") | word_class("around")


def _is_spelling_of(words: list[str], actor: ArmedActor) -> bool:
    """Whether folded words can be another spelling of one of an actor's names: each is much like its counterpart."""
    written = [word for word in words if word not in _ARTICLE_WORDS]
    for form in (actor.name, *(alias.text for alias in actor.aliases)):
        name = [word for word in key(form).split() if word not in _ARTICLE_WORDS]
        pairs = zip(written, name, strict=False)
        if len(written) == len(name) and all(SequenceMatcher(None, one, other).ratio() >= ALIKE for one, other in pairs):
            return True
    return False


def _country_in_brackets(name: str) -> str:
    found = re.search(r"\(([^()]+)\)?$", name)
    return country_of_name(found[1]) if found else ""


def _variants(name: str) -> list[tuple[str, float]]:
    """Ways to write `name`: as it is, without its possessive, the words before and in a bracket."""
    found = [(key(name), 0.0)]
    bare = re.sub(r"(?:['’]s?|(?<=[a-z])s)$", "", name)
    bracket = re.fullmatch(r"(.+?)\s*\((.+?)\)?", name)
    if bracket:
        found += [(key(bracket[1]), 0.02), (key(bracket[2]), 0.05)]
    if bare != name:
        found.append((key(bare), 0.02))
    return found


def _parts(name: str) -> list[str]:
    parts = [name, *(part.strip() for part in re.split(r",|\(|\)| – | — ", name))]
    return [part for part in dict.fromkeys(parts) if part]


def _case_fits(form: str, name: str) -> bool:
    """An abbreviation or one-word title is never meant by a small-lettered word ("is", "who", "time")."""
    return not name.islower() or not (form.isupper() or (" " not in form and form[:1].isupper() and len(form) <= 5))


def _cased(name: str, form: str) -> str:
    """The words of `name` that were folded to `form`, as they are written; `form` where they cannot be told."""
    tokens = name.replace("’", "'").split()
    wanted = form.split()
    for start in range(len(tokens)):
        piece = " ".join(tokens[start : start + len(wanted)])
        if key(piece).removesuffix("s") == form.removesuffix("s"):
            return piece
    return form if not any(c.isupper() for c in name) else form.title()


def _light_person(before: list[str], after: list[str], full: bool, country: str) -> bool:
    if full and not after and not set(before) & {"pro", "anti", "loyal", "against", "by", "of"}:
        return True
    if set(after) & word_class("of_a_person") or {"pro", "anti", "loyal", "against"} & set(before):
        return False
    return all(
        word in word_class("title") or country_of(word, country=country) or country_of(word.removesuffix("s"))
        for word in before + after
    )


def _best(readings: list[Found]) -> Found | None:
    if not readings:
        return None
    readings.sort(key=lambda f: (-f.score, f.actor.name))
    if len(readings) > 1 and readings[0].actor.name != readings[1].actor.name and readings[0].score - readings[1].score < 0.005:
        return _less(readings[0], 0.4)
    return readings[0]


def _less(found: Found, penalty: float) -> Found:
    if not penalty:
        return found
    return Found(found.actor, round(max(found.score - penalty, 0.0), 4), found.form, found.in_time, found.rule)
