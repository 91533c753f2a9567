"""Which mentions of a document mean the same actor, and what that actor is called.

In order: the abbreviation in brackets after a name; "the group" for the nearest group before it; a name or alias that the
lexicon knows; a generic group by its pattern ("Syrian rebels"); the last name of a person already named in full; else the
words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from warledger.core import Actor, Mention, fold
from warledger.core.vocabulary import ARMED_GROUPS, PERSON_KINDS
from warledger.extract import clauses
from warledger.extract.tagged import Tag, Tagged
from warledger.extract.ties import HEADS, SENT, SPEAKS
from warledger.ontology import crowd_of

if TYPE_CHECKING:
    from warledger.lexicon.actors import ActorLexicon

_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|its|their|his|her|some|other|several|many)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:'s|')$")
_TITLES = re.compile(
    r"^(?:(?:police(?=\s+(?:spokes|chief|commander|general|captain|colonel))|mr|mrs|ms|dr|sir|sheikh|sayyed|imam|ayatollah|king"
    r"|prince|president|vice|prime|deputy|foreign|defen[cs]e|interior|former"
    r"|acting|minister|secretary|general|chief|of|staff|state|brigadier|major|lieutenant|colonel|captain|sergeant|admiral|marshal|gen"
    r"|col|maj|lt|ambassador|envoy|special|senator|chancellor|commander|leader|spokes(?:man|woman|person)|director|head|activist"
    r"|journalist|analyst|opposition|rebel|military|army|government|senior|top|u\.?n\.?|u\.?s\.?)\.?\s+)+",
    re.IGNORECASE,
)
_POST = re.compile(r"\b(?:(?P<speaks>spokes)|commander|chief|general|colonel|captain|minister|president|leader)", re.IGNORECASE)
_FULL_NAME = re.compile(r"[A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|al-\w+|bin|ibn|de|van|von))+")
_WHOSE_ALLY = re.compile(r"^(?:[\w'-]+ ){1,3}?(?:backer|supporter|ally) (?=[A-Z])")
_ANAPHORS: Mapping[str, frozenset[str]] = {
    "group": frozenset({"rebel_group", "jihadist_group", "militia", "political"}),
    "movement": frozenset({"rebel_group", "jihadist_group", "militia", "political"}),
    "organisation": frozenset({"rebel_group", "jihadist_group", "igo", "ngo", "monitor"}),
    "organization": frozenset({"rebel_group", "jihadist_group", "igo", "ngo", "monitor"}),
    "faction": frozenset({"rebel_group", "jihadist_group", "militia"}),
    "alliance": frozenset({"rebel_group", "militia", "external_forces", "igo"}),
    "militia": frozenset({"militia"}),
    "observatory": frozenset({"monitor"}),
    "monitor": frozenset({"monitor"}),
    "monitoring group": frozenset({"monitor"}),
    "watchdog": frozenset({"monitor", "ngo"}),
    "agency": frozenset({"media", "igo", "ngo"}),
    "news agency": frozenset({"media"}),
    "newspaper": frozenset({"media"}),
    "broadcaster": frozenset({"media"}),
    "coalition": frozenset({"external_forces", "political"}),
    "president": frozenset({"leader"}),
    "leader": frozenset({"leader"}),
    "commander": frozenset({"leader", "spokesperson"}),
    "spokesman": frozenset({"spokesperson"}),
    "spokeswoman": frozenset({"spokesperson"}),
    "minister": frozenset({"political", "leader"}),
    "envoy": frozenset({"political", "igo"}),
}
"""What "the group" and the like can mean: the kinds of the nearest actor before it."""
_HUMAN = frozenset("president leader commander spokesman spokeswoman minister envoy".split())
"""Those that mean a person; the others mean none: the head of a monitor is no observatory."""
_BODIES = frozenset(
    "committee council court ministry league brigade battalion front union network federation authority command party".split()
)
"""What bodies are called by: of 33 "the council" and the like in training reports that stand behind one called so, 31 are
it."""
_FIGHTERS = frozenset({"militants", "jihadists", "terrorists", "extremists", "jihadis", "insurgents"})
_CALLED = frozenset({"rebels", "militants", "insurgents", "jihadists", "fighters", "militiamen"})
_STATES_FORCES = frozenset({"state_forces", "external_forces"})
_ARMY = re.compile(r"\b(?:army|military|soldiers?|troops?|tanks?|(?:armed|defen[cs]e) forces?)\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"(?:(?:some|many|most|all|one|two|three|several|dozens|hundreds|thousands) of )?(?P<whose>his|her|its|their) (?:own )?"
    r"(?:(?:ground|armed|air|security|remaining) )?"
    r"(?:forces|troops|fighters|soldiers|militants|militiamen|gunmen|warplanes|planes|jets|aircraft|army|military|units)",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\b(?:his|her|its|their)\s+(?:own\s+)?$", re.IGNORECASE)
_PLAIN_WORD = r"(?!(?:of|for|from|in|at|to|and|with|by|on|against|opposing|loyal|near)\b)[a-z][\w'-]*"
_BEHIND = re.compile(rf"^(?:.*,|{_PLAIN_WORD}(?:\s+{_PLAIN_WORD})*)\s+(?P<name>[A-Z][\w'.-]+(?:\s[A-Z][\w'.-]+){{1,3}})$")
"""A name behind what its bearer is ("the governor, Jane Example", "rebel fighter Jane Example")."""
_HYPHENATED = re.compile(r"[-–][A-Z]\w*")
_LARGE_BEFORE = re.compile(r"(?:[A-Z][\w'’-]*\s+(?:(?:of|for|the|and)\s+)*)+$")
_LARGE_END = re.compile(
    r"\b(?i:units?|members|elements|fighters|soldiers|troops|forces|ranks) (?:of|from) (?:the )?"
    r"(?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)$"
)
_LARGE_BEHIND = re.compile(r"(?:\s+(?:(?:of|for|the|and)\s+)*(?:[A-Z]|w?al-[A-Z])[\w'’-]*)+")
_A_POST = re.compile(rf"(?:[\w-]+ ){{0,2}}(?:{HEADS}|{SPEAKS}|{SENT}|minister|governor|mayor|secretary)", re.IGNORECASE)
_BEARER_BEHIND = re.compile(r"\s+(?:of|for|in)\b[^,;:.“”\"]{1,90},\s+(?=[A-Z])")
"""What stands between a post and who has it: "the leader" "of the Example Front, " "Jane Example"."""
_BESIDE = 60
"""Characters in which the rest of a name is looked for before a part of it."""
_OFFICE = re.compile(
    r"\s+(?:leader|chief|commander|council|command|wing|spokes|official|adviser|analyst|police)", re.IGNORECASE
)
"""What makes of "their military" somebody else: "their military chief"."""


@dataclass(slots=True)
class _Group:
    name: str
    kind: str
    country: str
    mentions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Actors:
    """The actors of a document, and for each actor mention (by number) the index of its actor."""

    actors: tuple[Actor, ...]
    owner: tuple[int, ...]


@lru_cache(maxsize=16384)
def clean(words: str) -> str:
    """A mention without article and possessive ending, its apostrophes straight."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(words.replace("’", "'").split())))


def _without_country(words: str) -> str:
    """A mention without the country whose it is: "Exampleland's president Jane Example"."""
    from warledger.lexicon import nations

    owner, found, rest = words.partition("'s ")
    return rest if found and nations.country_of_name(owner) else words


def _bearer(words: str) -> str:
    """The name of who has an office or the like, where it stands behind that; else the words."""
    named = _BEHIND.match(_without_country(words))
    return named["name"] if named is not None else words


class ActorReader:
    """Groups the actor mentions of one document. `acting` holds the mentions (by number) that use force in it."""

    def __init__(
        self, text: str, tagged: Tagged, lexicon: ActorLexicon, *, country: str, published: date | None, acting: frozenset[int]
    ) -> None:
        self.text, self.tagged, self.lexicon = text, tagged, lexicon
        self.country, self.published, self.acting = country, published, acting
        self.groups: list[_Group] = []
        self.by_name: dict[str, int] = {}
        self.by_words: dict[str, int] = {}

    def read(self) -> Actors:
        """Group every mention, in order."""
        tags = self.tagged.mentions["actor"]
        owner = [self._group_of(number, tag, tags) for number, tag in enumerate(tags)]
        for number, index in enumerate(owner):
            self.groups[index].mentions.append(number)
        actors = tuple(
            Actor(
                id=f"a{index + 1}",
                name=group.name,
                kind=group.kind,
                mentions=tuple(Mention(tags[n].span, tags[n].span.of(self.text)) for n in group.mentions),
                country=group.country,
            )
            for index, group in enumerate(self.groups)
        )
        return Actors(actors, tuple(owner))

    def _group_of(self, number: int, tag: Tag, tags: Sequence[Tag]) -> int:
        bearer = self._bearer_behind(number, tag, tags)
        if bearer is not None:
            return self._group_of(bearer, tags[bearer], tags)
        words = self._whole(tag) or clean(tag.span.of(self.text)) or tag.span.of(self.text)
        key = f"{fold(words)}{'+' if number in self.acting else ''}"
        index = self._fighters(tag, words)
        if index is None:
            index = self._theirs(tag)
        if index is not None:
            return index
        if key in self.by_words:
            return self.by_words[key]
        index = self._abbreviation(number, tag, tags, words)
        if index is None:
            index = self._anaphor(tag, words)
        if index is None:
            index = self._known(number, tag, words)
        if index is None:
            index = self._person(tag, words)
        self.by_words[key] = index
        return index

    def _bearer_behind(self, number: int, tag: Tag, tags: Sequence[Tag]) -> int | None:
        """The mention (number) of who has the post that a mention names alone, where it stands behind what the post is of. None
        of nine such posts is an actor of its own in training reports.
        """
        between = _BEARER_BEHIND.match(self.text, tag.span.end)
        if between is None or not _A_POST.fullmatch(clean(tag.span.of(self.text))):
            return None
        for later in range(number + 1, len(tags)):
            if tags[later].span.start >= between.end():
                is_person = self.tagged.label("actor_kind", tags[later].first) in PERSON_KINDS
                return later if tags[later].span.start == between.end() and is_person else None
        return None

    def _whole(self, tag: Tag) -> str:
        """The longer name that the words are a part of, with what is written large beside them or joined by a hyphen ("Example
        Movement-North"), if the lexicon has it.
        """
        start, end = tag.span.start, tag.span.end
        before = _LARGE_BEFORE.search(self.text, max(0, start - _BESIDE), start)
        behind = _HYPHENATED.match(self.text, end) or _LARGE_BEHIND.match(self.text, end)
        starts = (start,) if before is None else (before.start(), start)
        forms = [(first, end) for first in starts[:-1]]
        if behind is not None:
            own = _LARGE_END.search(self.text, start, end)  # "fighters of the Example" goes on to "Front"
            forms = [(first, behind.end()) for first in (*starts, *(() if own is None else (own.start("name"),)))] + forms
        for first, last in forms:
            whole = clean(self.text[first:last])
            known = self.lexicon.find(whole, country=self.country, on=self.published)
            if known is not None and known.rule == "name":
                return whole
        return ""

    def _known(self, number: int, tag: Tag, words: str) -> int | None:
        from warledger.lexicon.naming import name_actor

        kind = self.tagged.label("actor_kind", tag.first)
        bare = _TITLES.sub("", words)
        written = (words, bare) if bare and bare != words else (words,)
        for form in (*written, *self._respelled(words)):
            named = name_actor(
                form, lexicon=self.lexicon, country=self.country, on=self.published, acting=number in self.acting
            )
            if named is None:
                continue
            fits = named.kind == kind or (named.known if form not in written else named.kind in PERSON_KINDS)
            if form == words or fits:
                army = self._army_there(named.name, form)
                return self._named(named.name, named.kind, named.country) if army is None else army
        return None

    def _army_there(self, name: str, words: str) -> int | None:
        """The last army named where "the army" would mean the forces of a state that has none."""
        from warledger.lexicon import nations

        nation = nations.nations().get(self.country)
        if nation is None or nation.has_army or name != nation.forces or not _ARMY.search(words):
            return None
        armies = (n for n, g in enumerate(self.groups) if g.kind in _STATES_FORCES and _ARMY.search(g.name))
        return max(armies, default=None)

    def _respelled(self, words: str) -> list[str]:
        """How else words may be written: without whose ally it is ("rebel backer Exampleland") or what it is ("the governor,
        Jane Example"), with a country's adjective for its name ("Syria Army"), and, in a text that lost its apostrophes,
        without the ending of a possessive ("the armys").
        """
        from warledger.lexicon import nations

        bare = _WHOSE_ALLY.sub("", words)
        forms = [bare] if bare != words else []
        for form in (_without_country(words), _bearer(words)):
            if form != words:
                forms += [form, _TITLES.sub("", form)]
        first, _, rest = words.partition(" ")
        country = nations.country_of_name(first) if rest else ""
        if country:
            forms.append(f"{nations.nations()[country].adjective} {rest}")
        if words.endswith("s") and "'" not in self.text and "’" not in self.text:
            forms.append(words[:-1])
        return forms

    def _abbreviation(self, number: int, tag: Tag, tags: Sequence[Tag], words: str) -> int | None:
        if not number or not words.isupper() or not 2 <= len(words) <= 8:
            return None
        before = tags[number - 1]
        between = self.text[before.span.end : tag.span.start]
        if between.strip() not in ("(", "( the"):
            return None
        return self._index_of(before)

    def _index_of(self, earlier: Tag) -> int | None:
        """The group of a mention that was read before; None for one that comes later."""
        words = fold(clean(earlier.span.of(self.text)))
        return self.by_words.get(words, self.by_words.get(f"{words}+"))

    def _anaphor(self, tag: Tag, words: str) -> int | None:
        raw = tag.span.of(self.text).casefold()
        noun = words.casefold().removeprefix("militant ").removeprefix("armed ").removeprefix("rebel ")
        kinds = _ANAPHORS.get(noun)
        if noun in _BODIES and kinds is None:
            return self._called(tag, noun)
        if kinds is None or not raw.startswith(("the ", "that ", "this ", "its ")):
            return None
        for earlier in reversed([t for t in self.tagged.mentions["actor"] if t.first < tag.first]):
            index = self._index_of(earlier)
            if index is not None and self.groups[index].kind in kinds and (noun in _HUMAN or not self._is_person(index)):
                return index
        return None

    def _called(self, tag: Tag, noun: str) -> int | None:
        """The body that "the council" means: the nearest one before it that is called so ("Example Military Council")."""
        if not self.text[max(0, tag.span.start - 4) : tag.span.end].casefold().endswith(f"the {noun}"):
            return None
        for earlier in reversed([t for t in self.tagged.mentions["actor"] if t.first < tag.first]):
            index = self._index_of(earlier)
            if index is None or self._is_person(index):
                continue
            if noun.title() in (*earlier.span.of(self.text).split(), *self.groups[index].name.split()):
                return index
        return None

    def _is_person(self, index: int) -> bool:
        """Whether the lexicon knows a group (by index) as a person."""
        known = self.lexicon.get(self.groups[index].name)
        return known is not None and known.person

    def _fighters(self, tag: Tag, words: str) -> int | None:
        """The named group that "the militants" means: the nearest one before it in its sentence or the one before."""
        raw = tag.span.of(self.text).casefold()
        if not raw.startswith(("the ", "these ", "those ")):
            return None
        named = self._named_so(tag, words.casefold())
        if named is not None or words.casefold() not in _FIGHTERS:
            return named
        for earlier in reversed([t for t in self.tagged.mentions["actor"] if t.first < tag.first]):
            if earlier.sentence < tag.sentence - 1:
                return None
            index = self._index_of(earlier)
            if index is not None and self.groups[index].kind in ARMED_GROUPS:
                name = self.groups[index].name
                if name[:1].isupper() and "(" not in name:
                    return index
        return None

    def _named_so(self, tag: Tag, noun: str) -> int | None:
        """The group that was called by its name and `noun` ("Example Front rebels"), where none was named since."""
        if noun not in _CALLED:
            return None
        for earlier in reversed([t for t in self.tagged.mentions["actor"] if t.first < tag.first]):
            index = self._index_of(earlier)
            if index is None or self.groups[index].kind not in ARMED_GROUPS:
                continue
            name = self.groups[index].name
            if not name[:1].isupper() or "(" in name:
                continue
            return index if clean(earlier.span.of(self.text)).casefold().endswith(f" {noun}") else None
        return None

    def _theirs(self, tag: Tag) -> int | None:
        """The actor that "its forces" or "his soldiers" are part of: that of the nearest before it in its sentence, or in the
        one before where it names nobody else first, that can have forces. Those of a state and of a head of state are its
        armed forces.
        """
        whose = _WHOSE.search(self.text, max(0, tag.span.start - 10), tag.span.start)
        said = f"{whose[0] if whose else ''}{tag.span.of(self.text)}"
        found = _THEIRS.fullmatch(said)
        if found is None or _OFFICE.match(self.text, tag.span.end):
            return None
        before = [t for t in self.tagged.mentions["actor"] if t.first < tag.first]
        opens = not before or before[-1].sentence < tag.sentence
        for earlier in reversed(before):
            if earlier.sentence < tag.sentence - opens:
                return None
            index = self._index_of(earlier)
            forces = None if index is None else self._forces_of(index, earlier, found["whose"].casefold())
            if forces is not None:
                return forces
        return None

    def _forces_of(self, index: int, mention: Tag, whose: str) -> int | None:
        """The forces of an actor (by index) that "his", "its" or "their" can mean; None where it means another."""
        from warledger.lexicon import nations
        from warledger.lexicon.naming import name_actor

        group = self.groups[index]
        person = self.lexicon.get(group.name) if group.kind == "leader" and whose != "its" else None
        if person is not None and person.person:
            led = name_actor(f"{group.name}'s forces", lexicon=self.lexicon, country=self.country, on=self.published)
            return None if led is None else self._named(led.name, led.kind, led.country)
        if whose == "its" and clauses.SEVERAL.search(mention.span.of(self.text)):
            return None
        if whose in ("its", "their") and group.kind in ARMED_GROUPS | {"state_forces", "external_forces"}:
            return index
        nation = nations.nations().get(group.country) if group.kind == "government" else None
        if nation is None:
            return None
        at_home = self.country in ("", nation.iso2)
        return self._named(nation.forces, "state_forces" if at_home else "external_forces", nation.iso2)

    def _person(self, tag: Tag, words: str) -> int:
        words = _bearer(words)
        kind = self.tagged.label("actor_kind", tag.first)
        bare = _TITLES.sub("", words) or words
        post = _POST.search(words, 0, len(words) - len(bare))
        if post is not None and _FULL_NAME.fullmatch(bare) and kind not in PERSON_KINDS:
            kind = "spokesperson" if post["speaks"] else "leader"
        if bare[:1].isupper() and kind in PERSON_KINDS | {"igo"}:
            last = fold(bare).split()[-1:]
            for index, group in enumerate(self.groups):
                if group.kind in PERSON_KINDS and " " not in bare and fold(group.name).split()[-1:] == last:
                    return index
            return self._named(bare, kind, "")
        if words.isalpha() and crowd_of(f"{words} ({self.country})"):
            words = words.lower()  # "Fighters" at the beginning of a sentence is no name
        return self._named(words, kind, "")

    def _named(self, name: str, kind: str, country: str) -> int:
        key = fold(name)
        if key not in self.by_name:
            self.by_name[key] = len(self.groups)
            self.groups.append(_Group(name, kind, country))
        return self.by_name[key]
