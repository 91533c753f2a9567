"""Who does what to whom: what speaks for an actor as initiator or target of a claim, each finding with a weight.

The weights are fitted on the training records (`train/roles.py`); a score is the sum of its findings' weights, in natural
log-odds. The network's own chance is one finding among others: how the sentence is built, what stands beside the actor's words,
what the clause says plainly, which other actor the network takes for likelier.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Final

from warledger.extract import clauses, weighing
from warledger.extract.links import Links
from warledger.extract.reading import Reading
from warledger.extract.tagged import Trigger

ROLES: Final = ("initiator", "target")
OTHER: Final = {"initiator": "target", "target": "initiator"}
LINKED: Final = (*ROLES, "voice")
LEAST: Final = 0.02
"""The chance of a link that the network does not give."""
_SORT: Final = {
    **dict.fromkeys(("state_forces", "rebel_group", "militia", "jihadist_group", "external_forces"), "armed"),
    **dict.fromkeys(("leader", "spokesperson"), "person"),
    **dict.fromkeys(("igo", "ngo", "monitor"), "organisation"),
}
"""What an actor's kind counts as: whose side the armed are on makes no difference."""
_TOWNS: Final = frozenset({"city", "town", "village", "neighbourhood"})
_WORD: Final = re.compile(r"[\w'’-]+|[^\w\s]")
_BE: Final = frozenset("was were is are be been being get got gets".split())
_HAVE: Final = frozenset("has have had".split())
_SKIPPED: Final = frozenset("the a an its their his her this that these those".split())
_IRREGULAR: Final = frozenset(
    "took seized fell struck hit shot fought fled won withdrew began sent held met said left lost led drove shelled".split()
)
DISTANCES: Final = (1, 2, 3, 5, 8, 13, 21, 34)
"""Upper bounds, in words, of the distances from trigger to mention that are told apart."""
BRIDGE: Final = 3
"""Words between trigger and mention that are read as they are."""
REACH: Final = 40
"""Characters before a trigger or mention in which the words before it are looked for."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by finding and the intercept, for each role; the least chance of an actor in it, and of one that is alone."""

    intercept: Mapping[str, float]
    levels: Mapping[str, Mapping[str, float]]
    floor: Mapping[str, float]
    alone: Mapping[str, float]

    def chance(self, role: str, found: Mapping[str, float], names: Iterable[str] = ()) -> float:
        """The chance that an actor has a role, by findings with their strengths and by the `names` of those that hold wholly; a
        finding that was never seen in training weighs nothing.
        """
        levels = self.levels[role]
        return weighing.chance_of(weighing.log_odds(self.intercept[role], levels, found) + weighing.whole(levels, names))


@cache
def load_weights() -> Weights:
    """The weights that come with the package."""
    raw = weighing.packaged("roles")
    intercept, floor, alone = ({r: float(raw[r][k]) for r in ROLES} for k in ("intercept", "floor", "alone"))
    return Weights(intercept, {r: dict(raw[r]["levels"]) for r in ROLES}, floor, alone)


@dataclass(slots=True)
class Candidate:
    """An actor (by index) that may have a role in a claim: its mentions (numbers) in the claim's sentence, and by role the
    chance of its likeliest mention, and which one that is.
    """

    owner: int
    here: list[int] = field(default_factory=list)
    chance: dict[str, float] = field(default_factory=dict)
    best: dict[str, int] = field(default_factory=dict)

    def logit(self, role: str) -> float:
        """The network's log-odds in a role, from -4 to 5."""
        chance = self.chance.get(role, LEAST)
        return max(-4.0, min(5.0, math.log(chance / (1 - min(chance, 1 - 1e-6)))))


class _Candidates(dict[int, Candidate]):
    """Candidates by their actors, made when they are first asked for."""

    def __missing__(self, owner: int) -> Candidate:
        self[owner] = one = Candidate(owner)
        return one


class Stage:
    """A document's actors by sentence, with what stands beside each of their mentions."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.tags = reading.tagged.mentions["actor"]
        self.of_sentence: dict[int, list[int]] = defaultdict(list)
        for number, tag in enumerate(self.tags):
            self.of_sentence[tag.sentence].append(number)
        self.buildings = frozenset(n for n, tag in enumerate(self.tags) if clauses.only_a_building(self.text, tag))
        """Mentions (numbers) that only say whose building is meant."""
        self._beside: dict[int, tuple[str, str]] = {}
        self.sorts = tuple(_SORT.get(actor.kind, actor.kind) for actor in reading.actors.actors)
        """What kind of actor each is (by index), whichever side it is on."""
        towns = {place.name for place in reading.places.places if place.kind in _TOWNS}
        self.towns = frozenset(n for n, actor in enumerate(reading.actors.actors) if actor.name in towns)
        """Actors (by index) that are called as a town is: nobody who does anything, nor to whom anything is done."""

    def beside(self, mention: int) -> tuple[str, str]:
        """The word before a mention, articles aside, and the word behind it."""
        if mention not in self._beside:
            span = self.tags[mention].span
            self._beside[mention] = word_before(self.text, span.start), _behind(self.text, span.end)
        return self._beside[mention]


class Scene:
    """One trigger (by number) among the actors that may have a role in it, and what its sentence says of them."""

    def __init__(self, stage: Stage, number: int, links: Links) -> None:
        reading = stage.reading
        self.stage, self.number, self.trigger = stage, number, reading.tagged.triggers[number]
        self.cast = self._cast(links)
        self.form = form(stage.text, self.trigger)
        self.doers = clauses.subjects(stage.text, reading.tagged, self.trigger)
        self.done_to = clauses.objects(stage.text, reading.tagged, self.trigger)
        self.between = clauses.between(stage.text, reading.tagged, self.trigger)
        self.others = [
            t.span.start
            for t in reading.tagged.triggers
            if t.sentence == self.trigger.sentence and t.first != self.trigger.first
        ]
        self.neighbours = self._neighbours()
        self.logits = {one.owner: {role: one.logit(role) for role in LINKED} for one in self.cast}
        """The network's log-odds, by actor (index) and role."""
        self.first = {r: max(self.cast, key=lambda c: (c.chance.get(r, 0.0), -c.owner), default=None) for r in ROLES}
        self._where: dict[int, list[str]] = {}
        self._of_any: dict[int, list[str]] = {}

    def chances(self, weights: Weights) -> dict[str, dict[int, float]]:
        """By role, the chance of each actor (by index) in it."""
        return {
            role: {one.owner: weights.chance(role, self._strengths(one, role), self._names(one, role)) for one in self.cast}
            for role in ROLES
        }

    def findings(self, one: Candidate, role: str) -> dict[str, float]:
        """Every finding for an actor in a role: its name, with its strength."""
        return self._strengths(one, role) | dict.fromkeys(self._names(one, role), 1.0)

    def _strengths(self, one: Candidate, role: str) -> dict[str, float]:
        """The findings of the network, which hold more or less."""
        logits = self.logits[one.owner]
        out = {
            "network": logits[role],
            "network: other role": logits[OTHER[role]],
            "network: voice": logits["voice"],
            **self.neighbours.get(one.owner, {}),
        }
        if not one.here:
            out["network, elsewhere"] = logits[role]
        return out

    def _names(self, one: Candidate, role: str) -> list[str]:
        """The findings that hold wholly."""
        logits = self.logits[one.owner]
        names = self._alike(one) + self._standing(one, role) + self._rivals(one, role)
        if logits[OTHER[role]] > logits[role]:
            names.append("network: likelier in the other role")
        return names

    def _alike(self, one: Candidate) -> list[str]:
        """Those of any role: what is done, by what kind of actor, what the clause says."""
        if one.owner not in self._of_any:
            kind, sort = self.trigger.type, self.stage.sorts[one.owner]
            names = [f"type: {kind}", f"sort: {sort}", f"type and sort: {kind}, {sort}", *self._clause(one)]
            if self.trigger.status != "happened":
                names.append(f"status: {self.trigger.status}")
            self._of_any[one.owner] = names
        return self._of_any[one.owner]

    def _cast(self, links: Links) -> list[Candidate]:
        """The actors that the trigger's sentence names or that the network links to it, in order of their indices."""
        stage, owner = self.stage, self.stage.reading.actors.owner
        found = _Candidates()
        for mention in stage.of_sentence[self.trigger.sentence]:
            found[owner[mention]].here.append(mention)
        for role in LINKED:
            for mention, chance in links.roles[role]:
                if role == "target" and mention in stage.buildings:
                    continue
                one = found[owner[mention]]
                if chance > one.chance.get(role, 0.0):
                    one.chance[role], one.best[role] = chance, mention
        return [found[o] for o in sorted(found)]

    def _neighbours(self) -> dict[int, dict[str, float]]:
        """By actor (index), its chances in the roles of the triggers before and after this one in its sentence."""
        reading = self.stage.reading
        triggers, owner = reading.tagged.triggers, reading.actors.owner
        found: dict[int, dict[str, float]] = defaultdict(dict)
        for place, number in (("trigger before", self.number - 1), ("trigger after", self.number + 1)):
            if 0 <= number < len(triggers) and triggers[number].sentence == self.trigger.sentence:
                for role in LINKED:
                    name = f"{place}: {role}"
                    for mention, chance in sorted(reading.links[number].roles[role], key=itemgetter(1)):
                        found[owner[mention]][name] = chance
        return found

    def _standing(self, one: Candidate, role: str) -> list[str]:
        """Where the actor's likeliest mention stands: in the sentence if there is one."""
        tags, trigger = self.stage.tags, self.trigger
        if not one.here:
            best = one.best[role] if role in one.best else next(iter(one.best.values()))
            gap = tags[best].sentence - trigger.sentence
            place = "sentence before" if gap == -1 else "earlier" if gap < 0 else "later"
            return [f"where: {place}", f"where: {place}, {self.form}"]
        mention = one.here[0]
        if len(one.here) > 1:
            likeliest = [n for n in one.here if n in one.best.values()] or one.here
            mention = min(likeliest, key=lambda n: (n != one.best.get(role), abs(tags[n].first - trigger.first)))
        if mention not in self._where:
            self._where[mention] = self._beside(mention)
        return self._where[mention]

    def _beside(self, mention: int) -> list[str]:
        """How a mention of the trigger's sentence stands to the trigger."""
        stage, trigger, form = self.stage, self.trigger, self.form
        tag = stage.tags[mention]
        if tag.first <= trigger.last and trigger.first <= tag.last:
            return ["where: in the trigger"]
        is_before = tag.last < trigger.first
        side = "before" if is_before else "after"
        words = trigger.first - tag.last if is_before else tag.first - trigger.last
        start, end = (tag.span.end, trigger.span.start) if is_before else (trigger.span.end, tag.span.start)
        bucket = next((d for d in DISTANCES if words <= d), "far")
        between = [w.casefold() for w in _WORD.findall(stage.text[start:end])] if words <= BRIDGE + 1 else []
        bridge = " ".join(w for w in between if w not in _SKIPPED) if words <= BRIDGE + 1 else "more"
        triggers = sum(start <= other < end for other in self.others)
        actors = sum(start <= stage.tags[n].span.start < end for n in stage.of_sentence[trigger.sentence])
        lead, follow = stage.beside(mention)
        return [
            f"side: {side}",
            f"side and form: {side}, {form}",
            f"side and type: {side}, {trigger.type}",
            f"words: {side}, {bucket}",
            f"triggers between: {min(triggers, 3)}, {side}",
            f"actors between: {min(actors, 3)}, {side}",
            f"word before: {side}, {lead}",
            f"word before: {side}, {lead}, {form}",
            f"word before: {side}, {lead}, {trigger.type}",
            f"word behind: {side}, {follow}",
            f"bridge: {side}, {bridge}, {form}",
        ]

    def _clause(self, one: Candidate) -> list[str]:
        """What the clause says plainly."""
        names = []
        for name, mentions in (("subject", self.doers), ("done to", self.done_to), ("one of two sides", self.between)):
            if mentions:
                which = "this one" if any(n in mentions for n in one.here) else "another"
                names.append(f"clause: {name}, {which}")
        return names

    def _rivals(self, one: Candidate, role: str) -> list[str]:
        """How the actor stands to the one that the network takes for likeliest."""
        first, stage = self.first[role], self.stage
        if first is None or first is one:
            return ["rank: first"]
        gap = self.logits[first.owner][role] - self.logits[one.owner][role]
        pairs = [(m, n) for m in one.here for n in first.here]
        listed = bool(pairs) and any(clauses.listed(stage.text, stage.reading.tagged, m, n) for m, n in pairs)
        how = ", listed" if listed else ""
        names = [
            "rank: close" if gap < 1 else "rank: behind" if gap < 3 else "rank: far behind",
            "rank: listed with the first" if listed else "rank: not beside the first",
        ]
        actors = stage.reading.actors.actors
        mine, theirs = actors[one.owner], actors[first.owner]
        if mine.country and mine.country == theirs.country:
            names.append(f"rank: of one country, {'same' if mine.kind == theirs.kind else 'other'} kind{how}")
        if stage.sorts[one.owner] == stage.sorts[first.owner]:
            names.append(f"rank: same sort{how}")
        if first.here and not one.here:
            names.append("rank: only the first is here")
        if pairs and any(stage.tags[m].span.overlaps(stage.tags[n].span) for m, n in pairs):
            names.append("rank: overlaps")
        return names


def form(text: str, trigger: Trigger) -> str:
    """How a trigger is built: passive, perfect, another past form or participle, -ing, infinitive, plural, or bare."""
    words = trigger.span.of(text).casefold().split()
    if words[0] in _BE:
        return "passive"
    if words[0].endswith("ing"):
        return "-ing"
    before = _words_before(text, trigger.span.start)[-3:]
    if words[0].endswith(("ed", "en", "wn")) or words[0] in _IRREGULAR:
        return "passive" if _BE & set(before) else "perfect" if _HAVE & set(before) else "-ed"
    return "to" if before[-1:] == ["to"] else "plural" if words[-1].endswith("s") else "bare"


def _words_before(text: str, at: int) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text[max(0, at - REACH) : at])]


def word_before(text: str, start: int) -> str:
    """The word before `start`, articles and the like aside; "start" where there is none, "mark" for a mark."""
    words = _words_before(text, start)
    while words and words[-1] in _SKIPPED:
        words.pop()
    return _plain(words[-1]) if words else "start"


def _behind(text: str, end: int) -> str:
    found = _WORD.match(text, end + (text[end : end + 1] == " "))
    return _plain(found[0].casefold()) if found else "end"


def _plain(word: str) -> str:
    """A word as it is compared: forms of "be" and "have" are one, and so are marks but the comma."""
    if word in _BE or word in _HAVE:
        return "be" if word in _BE else "have"
    return word.replace("’", "'") if word[-1].isalnum() or word == "," else "mark"
