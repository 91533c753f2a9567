"""Who says a claim: what speaks for an actor as its nearest speaker, each finding with a weight.

The weights are fitted on the training records (`train/findings.py`); a score is the sum of its findings' weights, in natural
log-odds. The network's chance is one finding; where reporting words, quotation marks and the actor stand are the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import casting, voices
from warledger.extract.links import Links
from warledger.extract.tagged import Tag
from warledger.extract.weighing import Weights

LEAST: Final = 0.02
"""The chance of a link that the network does not give."""
_NEW_CLAUSE: Final = re.compile(r",?\s(?:while|whereas|after|before|as|when|although|though|but|following)\s", re.IGNORECASE)
"""What leads out of the reported clause (guide, *Voice*)."""
NEAR: Final = 3
"""Words within which an actor stands beside a reporting word."""


@dataclass(slots=True)
class Speaker:
    """An actor (by index) that may say a claim: its mentions (numbers), and the network's chance of all together."""

    owner: int
    mentions: list[int] = field(default_factory=list)
    chance: float = 0.0


class Hearing:
    """One trigger (by number) among the actors that may say it."""

    def __init__(self, stage: casting.Stage, number: int, links: Links) -> None:
        self.stage, self.links = stage, links
        self.reading = stage.reading
        self.trigger = self.reading.tagged.triggers[number]
        text, tagged = stage.text, self.reading.tagged
        self.cues = {gap: [c for c in tagged.mentions["cue"] if c.sentence == self.trigger.sentence + gap] for gap in (-1, 0)}
        self.quoted = voices.is_quoted(text, self.trigger.span.start)
        owner = self.reading.actors.owner
        resumed, plain = (f(text, tagged, self.trigger) for f in (voices.resumed_speaker, voices.plain_speaker))
        self.resumed, self.plain = (None if m is None else owner[m] for m in (resumed, plain))
        self.itself = voices.speaks_of_itself(text, tagged, self.trigger)
        start = self.reading.document.sentences[self.trigger.sentence][0]
        self.apart = max(voices.set_apart(text, tagged, self.trigger), voices.disowned(text, start, self.trigger))
        self.act = "speech" if self.trigger.type in SPEECH_ACTS else "deed"
        self.doing = self._doing()
        self.speakers = self._speakers(resumed)
        self.first = max(self.speakers, key=lambda s: (s.chance, -s.owner), default=None)

    def best(self, weights: Weights) -> Speaker | None:
        """Whom the clause says to speak ("the army said it …", "it added"), else the likeliest; None: nobody is."""
        said = self.plain if self.itself and self.plain is not None else self.resumed
        sure = next((one for one in self.speakers if one.owner == said), None)
        if sure is not None:
            return sure
        chances = [(weights.chance(self._strengths(one), self._names(one)), -one.owner, one) for one in self.speakers]
        chance, _, one = max(chances, key=lambda row: row[:2], default=(0.0, 0, None))
        return one if chance >= weights.least else None

    def findings(self, one: Speaker) -> dict[str, float]:
        """Every finding for an actor: its name, with its strength."""
        return self._strengths(one) | dict.fromkeys(self._names(one), 1.0)

    def _strengths(self, one: Speaker) -> dict[str, float]:
        """The findings of the network, which hold more or less."""
        return {
            "network": _logit(one.chance),
            "network: over none": math.log((one.chance + LEAST) / (self.links.none["voice"] + LEAST)),
            f"network: initiator, {self.act}": _logit(self.doing.get(one.owner, LEAST)),
        }

    def _names(self, one: Speaker) -> list[str]:
        """The findings that hold wholly."""
        names = [
            f"act: {self.act}",
            f"type: {self.trigger.type}",
            f"sort: {self.stage.sorts[one.owner]}",
            f"status: {self.trigger.status}",
            f"rank: {'first' if one is self.first else 'other'}",
            f"quoted: {self.quoted}",
            *self._standing(one),
        ]
        if self.resumed == one.owner:
            names.append("resumed")
        if self.plain == one.owner:
            names.append("says it")
        if self.itself:
            names.append("speaks of itself")
        named = [self.stage.tags[m].sentence for m in one.mentions]
        if voices.has_ended(self.stage.text, self.reading.tagged, self.trigger, named):
            names.append("its speech has ended")
        return names

    def _standing(self, one: Speaker) -> Iterator[str]:
        """Where the actor stands to the trigger and to the reporting words."""
        tags, trigger = self.stage.tags, self.trigger
        mention = min(
            one.mentions, key=lambda m: (abs(tags[m].sentence - trigger.sentence), abs(tags[m].first - trigger.first))
        )
        tag = tags[mention]
        gap = tag.sentence - trigger.sentence
        where = "here" if not gap else "sentence before" if gap == -1 else "earlier" if gap < 0 else "later"
        has_cue = "a reporting word here" if self.cues[0] else "none here"
        yield f"where: {where}, {has_cue}, quoted: {self.quoted}"
        beside = [cue for cue in self.cues.get(gap, ()) if _are_beside(cue, tag)]
        if not beside:
            says = voices.said_behind(self.stage.text, tag)
            yield f"before an overlooked reporting word, {where}" if says else f"beside no reporting word, {where}"
            return
        cue = beside[0]
        yield f"{'before' if tag.last < cue.first else 'behind'} its reporting word, {where}"
        if not gap:
            side = "before" if cue.last < trigger.first else "behind"
            between = [c for c in self.cues[0] if min(cue.last, trigger.last) < c.first < max(cue.first, trigger.first)]
            yield f"speaks {side} the trigger, {'others between' if between else 'next'}"
            if side == "before" and _NEW_CLAUSE.search(self.stage.text, cue.span.end, trigger.span.start):
                yield f"another clause between, quoted: {self.quoted}"
            if any(t.first <= cue.last and cue.first <= t.last for t in self.reading.tagged.triggers):
                yield f"its reporting word is a claim, {side}"
        lead, follow = self.stage.beside(mention)
        yield f"word before: {lead}"
        yield f"word behind: {follow}"

    def _doing(self) -> dict[int, float]:
        owner = self.reading.actors.owner
        found: dict[int, float] = {}
        for mention, chance in self.links.roles["initiator"]:
            found[owner[mention]] = max(found.get(owner[mention], 0.0), chance)
        return found

    def _speakers(self, resumed: int | None) -> list[Speaker]:
        owner, tags = self.reading.actors.owner, self.stage.tags
        found: dict[int, Speaker] = {}
        for mention, chance in self.links.roles["voice"]:
            if tags[mention].sentence > self.trigger.sentence or self._speaks_beside(mention):
                continue
            one = found.setdefault(owner[mention], Speaker(owner[mention]))
            one.mentions.append(mention)
            one.chance += chance
        near = [
            m
            for gap in (0, -1)
            for m in self.stage.of_sentence[self.trigger.sentence + gap]
            if any(_are_beside(cue, tags[m]) for cue in self.cues[gap]) and not self._speaks_beside(m)
        ]
        for mention in near if resumed is None else [*near, resumed]:
            one = found.setdefault(owner[mention], Speaker(owner[mention]))
            if mention not in one.mentions:
                one.mentions.append(mention)
        return [found[o] for o in sorted(found)]

    def _speaks_beside(self, mention: int) -> bool:
        """Whether an actor mention speaks of something else than the trigger."""
        if self.stage.tags[mention].span.start < self.apart:
            return True
        return voices.speaks_beside(self.reading.document, self.reading.tagged, self.trigger, mention)


def _are_beside(cue: Tag, actor: Tag) -> bool:
    return 0 < max(cue.first - actor.last, actor.first - cue.last) < NEAR


def _logit(chance: float) -> float:
    chance = max(LEAST, min(chance, 1 - 1e-3))
    return math.log(chance / (1 - chance))
