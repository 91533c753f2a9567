"""How two claims of one document compare: what speaks for one event and what against it, each finding with a weight.

The weights are fitted on the training records (`train/events.py`); a pair's score is the sum of its findings' weights, in
natural log-odds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import permutations
from typing import Final

from warledger.core import Claim, Place, is_sum_beyond
from warledger.core.vocabulary import FAMILIES, FAMILY_OF, SPEECH_ACTS
from warledger.extract import weighing
from warledger.geo.place import distance_km

TOLD_TOGETHER: Final = (
    frozenset({"attack", "airstrike", "shelling", "destroy", "toll", "chemical_attack"}),
    frozenset({"attack", "bombing", "suicide_bombing", "destroy", "toll"}),
    frozenset({"attack", "clash", "offensive", "toll"}),
    frozenset({"clash", "offensive", "seize"}),
    frozenset({"airstrike", "shelling", "offensive"}),
    frozenset({"abduct", "arrest"}),
)
"""Types that one thing is told under within one report: the pairs that three training events or more have. A seizure and the
withdrawal that answers it are two events, which are related across the ledger.
"""
_TOLD_TOGETHER: Final = frozenset(pair for group in TOLD_TOGETHER for pair in permutations(group, 2))
TOLD_AS: Final = frozenset(
    frozenset(pair)
    for general, kinds in {
        "toll": ("airstrike", "attack", "bombing", "suicide_bombing", "chemical_attack"),
        "attack": ("bombing", "suicide_bombing", "chemical_attack"),
        "bombing": ("suicide_bombing",),
    }.items()
    for pair in ((general, kind) for kind in kinds)
)
"""Types under which one thing is told where place and day are the same: in three of four training pairs or more."""
STATES: Final = frozenset({"control", "support", "besiege", "deploy", "found"})
"""Types of what goes on, and is told of again and again."""
GROUND: Final = frozenset({"seize", "withdraw", "control", "besiege", "offensive", "deploy"})
"""Types that tell who has or takes a place: what enemies do of these is never one event (none of 2,075 pairs of training)."""
STATE: Final = "state"
IRREGULAR: Final = "irregular"
HARM: Final = frozenset(FAMILIES["violence"]) - {"clash", "offensive"}
"""Types that one side does to another."""
DEEDS: Final = frozenset((*FAMILIES["violence"], *FAMILIES["territory"]))
"""Types of what is done in a day, or begins in one."""
AREAS: Final = frozenset({"country", "region", "province"})
NEAR_KM: Final = 30.0
"""A quarter, a base and the town that they belong to lie no further apart."""
OPENING: Final = 1
"""The number of the last sentence that opens a report: headline and lead."""
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
_SEPARATE = re.compile(r"\bseparate\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_ENDING = re.compile(r"(?:ings?|ed|es|s|ers?)$")


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by finding, the intercept, and the mean score from which groups of claims are one event."""

    intercept: float
    levels: Mapping[str, float]
    join_at: float

    def score(self, levels: Mapping[str, float]) -> float:
        """The log-odds that two claims tell of one event; a finding that was never seen in training weighs nothing."""
        return weighing.log_odds(self.intercept, self.levels, levels)


@cache
def load_weights() -> Weights:
    """The weights that come with the package."""
    raw = weighing.packaged("events")
    return Weights(float(raw["intercept"]), dict(raw["levels"]), float(raw["join_at"]))


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says and in what order: its text, its claims, their places, and how likely the network takes a claim for
    a telling of an earlier one's event, by their ids (the later first).
    """

    text: str
    claims: tuple[Claim, ...]
    places: Mapping[str, Place]
    chances: Mapping[tuple[str, str], float]
    foes: frozenset[tuple[str, str]] = frozenset()
    """Actors, by their ids, that are enemies: each pair in both orders."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """Which actors, by their ids, are a state's (STATE), and which bear arms and are not (IRREGULAR)."""

    @classmethod
    def of(
        cls,
        text: str,
        claims: Sequence[Claim],
        places: Sequence[Place],
        chances: Mapping[tuple[str, str], float],
        foes: frozenset[tuple[str, str]] = frozenset(),
        sides: Mapping[str, str] | None = None,
    ) -> Told:
        """Gather what is compared."""
        return cls(text, tuple(claims), {p.id: p for p in places}, chances, foes, sides or {})


def is_compared(one: Claim, two: Claim, chance: float) -> bool:
    """Whether two claims may tell of one event at all: the network thinks of it, or their types are told together."""
    return chance > 0 or one.event == two.event or may_be_told_together(one.type, two.type)


def is_separate(text: str, earlier: Claim, later: Claim) -> bool:
    """Whether a claim is said to be of another thing than one of its type told before ("a separate attack"), as all four of
    training reports are, or one of two is the sum of more. "Another bomber" is not enough: several can take part in one attack.
    """
    if is_sum_beyond(earlier, later) or strikes_back(earlier, later) or are_of_two_times(earlier, later):
        return True
    start = later.span.start
    return earlier.type == later.type and _SEPARATE.search(text, max(0, start - 40), start) is not None


def are_of_two_times(one: Claim, two: Claim) -> bool:
    """Whether words date two deeds to times that have no day in common: two events in 1,567 of 1,572 such pairs of training
    reports.
    """
    if one.when_text is None or two.when_text is None or one.type not in DEEDS or two.type not in DEEDS:
        return False
    return one.when is not None and two.when is not None and bool(one.when.gap_days(two.when))


def strikes_back(one: Claim, two: Claim) -> bool:
    """Whether one claim's victims are the other's doers, as police do to attackers: two events in 571 of 574 such pairs of
    training reports.
    """
    if one.type not in HARM or two.type not in HARM:
        return False
    return not set(one.initiator).isdisjoint(two.target) or not set(two.initiator).isdisjoint(one.target)


def are_rivals(one: Claim, two: Claim, foes: frozenset[tuple[str, str]]) -> bool:
    """Whether two claims tell of enemies who each have or take a place."""
    if one.type not in GROUND or two.type not in GROUND:
        return False
    both = [(a, b) for a in one.initiator for b in two.initiator]
    return bool(both) and all(pair in foes for pair in both)


def are_at_odds(told: Told, one: Claim, two: Claim) -> bool:
    """Whether a state's forces did the one and irregulars the other: of 504 such pairs of training reports none is one event,
    chemical attacks aside. Where each side says that it was the other, what is told may be one.
    """
    if not {one.type, two.type} <= HARM - {"chemical_attack"}:
        return False
    mine, yours = ({told.sides.get(who, "") for who in claim.initiator} for claim in (one, two))
    if len(mine) != 1 or len(yours) != 1 or mine | yours != {STATE, IRREGULAR}:
        return False
    voices = [{told.sides.get(claim.voice[0].who, "")} if claim.voice else set() for claim in (one, two)]
    return voices != [yours, mine]


def are_by_two_speakers(one: Claim, two: Claim) -> bool:
    """Whether two speech acts are by speakers of whom none is the other: two events for 288 of 336 such pairs read in training
    reports. Joined where weights say so, they are no better gathered, and one speaker's words are given to another.
    """
    both = bool(one.initiator) and bool(two.initiator) and {one.type, two.type} <= SPEECH_ACTS
    return both and set(one.initiator).isdisjoint(two.initiator)


def may_be_told_together(one: str, two: str) -> bool:
    """Whether one thing is told under both types within one report."""
    return one == two or (one, two) in _TOLD_TOGETHER


def compare(told: Told, earlier: Claim, later: Claim, chance: float, together: float, new: float) -> dict[str, float]:
    """Every finding for two claims: its name, with its strength from 0 to 1.

    `chance` is the network's that `later` tells of what `earlier` tells of, `together` the same for all that it links with
    `earlier`, and `new` that `later` tells of nothing told before.
    """
    found = {
        "network: this claim": chance,
        "network: this claim's event": min(1.0, together),
        "network: linked": float(earlier.event == later.event),
        "network: nothing told before": new,
    }
    names = [
        *_types(earlier.type, later.type),
        f"place: {_places(told.places, earlier, later)}",
        f"time: {_times(earlier, later)}",
        *_roles(earlier, later),
        *_figures(earlier, later),
        *_standing(earlier, later),
        f"distance: {_distance(later.sentence - earlier.sentence)}",
        *_wording(told.text, earlier, later),
    ]
    return found | dict.fromkeys(names, 1.0)


def _types(one: str, two: str) -> list[str]:
    both = frozenset((one, two))
    if one == two:
        level = "same"
    elif both in TOLD_AS:
        level = "one told as the other"
    elif may_be_told_together(one, two):
        level = "told together"
    else:
        level = "of one family" if FAMILY_OF.get(one) == FAMILY_OF.get(two) else "different"
    kind = "speech" if both & SPEECH_ACTS else "state" if both & STATES else FAMILY_OF.get(one, "")
    return [f"type: {level}", f"kind: {kind}"]


def _places(places: Mapping[str, Place], one: Claim, two: Claim) -> str:
    if one.place and one.place == two.place:
        return "same"
    mine, yours = ({p for p in (c.place, *c.also_places) if p} for c in (one, two))
    if not mine or not yours:
        return "neither given" if not mine and not yours else "one not given"
    if mine & yours:
        return "same"
    a, b = places[one.place or min(mine)], places[two.place or min(yours)]
    if _are_near(a, b):
        return "near"
    return "an area and another place" if {a.kind, b.kind} & AREAS else "different"


def _are_near(one: Place, two: Place) -> bool:
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return False
    return distance_km(one.lat, one.lon, two.lat, two.lon) < NEAR_KM


def _times(one: Claim, two: Claim) -> str:
    if one.when is None or two.when is None:
        return "neither given" if one.when is None and two.when is None else "one not given"
    if one.when.edtf == two.when.edtf:
        return "same"
    return "apart" if one.when.gap_days(two.when) else "days in common"


def _roles(one: Claim, two: Claim) -> list[str]:
    pairs = (("initiator", one.initiator, two.initiator), ("target", one.target, two.target))
    return [f"{role}: {'shared' if set(a) & set(b) else 'different'}" for role, a, b in pairs if a and b]


def _figures(one: Claim, two: Claim) -> list[str]:
    if not one.figures or not two.figures:
        return []
    mine, yours = ({(f.measure, f.low, f.high) for f in c.figures} for c in (one, two))
    return [f"figures: {'same' if mine & yours else 'different'}"]


def _standing(one: Claim, two: Claim) -> list[str]:
    found = ["status: different"] if one.status != two.status else []
    if one.frame != two.frame:
        found.append("frame: different")
    elif one.frame == "background":
        found.append("frame: both background")
    return found


def _distance(sentences: int) -> str:
    if sentences <= 1:
        return "next sentence" if sentences else "same sentence"
    return "a few sentences apart" if sentences <= 4 else "far apart"


def _wording(text: str, earlier: Claim, later: Claim) -> list[str]:
    """What the words say: a headline or lead is told again, "the attack" is one told of before, the same word is used."""
    start = later.span.start
    found = ["distance: one opens the report"] if earlier.sentence <= OPENING < later.sentence else []
    if _is_definite(text[max(0, start - 30) : start]):
        found.append("words: the later is definite")
    if _stem(earlier.trigger.quote) == _stem(later.trigger.quote):
        found.append("words: same trigger")
    return found


@lru_cache(maxsize=4096)
def _is_definite(before: str) -> bool:
    """Whether the words before a trigger make it one that is known: "the attack"."""
    return _DEFINITE.search(before) is not None


@lru_cache(maxsize=4096)
def _stem(trigger: str) -> str:
    """The last word of a trigger without its ending: "bombings" and "bombed" are one."""
    return _ENDING.sub("", trigger.casefold().rpartition(" ")[2])
