"""Which names of places a record keeps: those that are likely enough meant as places, by findings with fitted weights.

A report names many places that nothing in it is about: in the actors' names, as the governments that sit there, where it was
written. The guide has places that a claim uses, and every other settlement. The weights are fitted on the training records
(`train/findings.py`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from warledger.core import Claim, Mention, Place
from warledger.extract.reading import Reading
from warledger.extract.tagged import softmax
from warledger.extract.weighing import Weights
from warledger.model import layout

OFTEN: Final = 3
"""A name that stands more often than that is an often told one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A form in which a place is mentioned, with its mentions."""

    place: Place
    mentions: tuple[Mention, ...]


def names_of(places: Sequence[Place]) -> list[Name]:
    """Every form in which each place is mentioned."""
    found: list[Name] = []
    for place in places:
        forms: dict[str, list[Mention]] = {}
        for mention in place.mentions:
            forms.setdefault(mention.text, []).append(mention)
        found += [Name(place, tuple(mentions)) for mentions in forms.values()]
    return found


def used_by(claims: Sequence[Claim]) -> frozenset[str]:
    """The ids of the places of claims."""
    return frozenset(place for claim in claims for place in (claim.place, *claim.also_places))


class Naming:
    """What the network says of each word of a report."""

    def __init__(self, reading: Reading) -> None:
        tagged = reading.tagged
        logits = tagged.tags[:, layout.COLUMNS["place"]]
        self.inside = (1 - softmax(logits)[:, 0]).tolist() if len(logits) else []
        self.starts: list[int] = tagged.words.chars[:, 0].tolist()
        self.actors = [tag.span for tag in tagged.mentions["actor"]]
        self.actor_ends = [span.end for span in self.actors]

    def findings(self, name: Name, used: Collection[str]) -> dict[str, float]:
        """Every finding for a name: what it is called, with its strength."""
        count = len(name.mentions)
        likely = sum(self._chance(mention) for mention in name.mentions) / count
        use = "used" if name.place.id in used else "unused"
        return {
            "network": math.log((likely + 0.01) / (1.01 - likely)),
            "inside actors": sum(map(self._is_of_an_actor, name.mentions)) / count,
            "once" if count == 1 else "sometimes" if count <= OFTEN else "often": 1.0,
            use: 1.0,
            f"{name.place.kind}, {use}": 1.0,
        }

    def _chance(self, mention: Mention) -> float:
        first = bisect_left(self.starts, mention.span.start)
        return max(self.inside[first : max(first + 1, bisect_left(self.starts, mention.span.end))], default=0.0)

    def _is_of_an_actor(self, mention: Mention) -> bool:
        index = bisect_left(self.actor_ends, mention.span.end)
        return index < len(self.actors) and mention.span.within(self.actors[index])


def kept(reading: Reading, claims: Sequence[Claim], weights: Weights) -> tuple[Place, ...]:
    """The places of a report with the names that are likely enough; one that a claim uses keeps at least its names."""
    naming, used = Naming(reading), used_by(claims)
    likely: dict[str, list[Mention]] = {}
    for name in names_of(reading.places.places):
        if weights.chance(naming.findings(name, used)) >= weights.least:
            likely.setdefault(name.place.id, []).extend(name.mentions)
    return tuple(
        replace(place, mentions=tuple(sorted(likely[place.id], key=lambda m: (m.span.start, m.span.end))))
        if place.id in likely
        else place
        for place in reading.places.places
        if place.id in likely or place.id in used
    )
