"""Builds claims from triggers, their links and the rules for times and figures, under the guide's constraints."""

from __future__ import annotations

import re

from warledger.core import Claim, Figure, Voice, claim_id
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import (
    casting,
    claim_events,
    claim_figures,
    claim_places,
    claim_times,
    claim_types,
    clauses,
    speaking,
    voices,
)
from warledger.extract.event_levels import Told
from warledger.extract.reading import Reading
from warledger.extract.tagged import Trigger
from warledger.extract.weighing import load_weights

TOGETHER = frozenset({"clash", "agree", "negotiate", "toll"})
"""Types that enemies do with each other."""
SUFFERED = frozenset(
    {"attack", "abduct", "arrest", "airstrike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "sexual_violence"}
    | {"release", "displace", "evacuate", "toll", "besiege", "accuse", "sanction"}
)
"""Types whose target is the subject of a passive clause."""
_LOST = re.compile(r"los(?:t|e|es|ing)", re.IGNORECASE)
_FALL = re.compile(r"f[ae]ll(?:s|en|ing)?", re.IGNORECASE)
"""Of a place that "fell" nobody says that they took it: none of seven speakers in training reports did."""
TWO_SIDED = frozenset({"clash", "negotiate", "agree"})
"""Types between two sides: where several parties do one, the first named is the one side and the others the other."""
HELD = frozenset({"seize", "withdraw"})
"""Types whose target holds the place before or after."""
NO_SIDE = frozenset({"civilians", "media", "ngo", "monitor", "spokesperson", "other"})
"""Kinds of actors that hold no place: of 265 that lose one or get one in training reports, one is of them."""
MAX_ACTORS = 5
"""The most initiators or targets of a claim; a sentence that names more is a list that was read wrongly."""


def told(reading: Reading, confidence: list[float]) -> Told:
    """The claims of a document, in order of their triggers, with the events that the network links, and what tells which of
    them are one event; `confidence` has one value a trigger.
    """
    figures = claim_figures.figures_of(reading)
    stage = casting.Stage(reading)
    read = [
        _claim(stage, number, time, figures.get(number, ()), confidence[number])
        for number, time in enumerate(claim_times.times_of(reading))
    ]
    found = claim_types.settled(reading, read)
    unique = {claim.id: claim for claim in reversed(claim_events.linked(reading, found))}
    ordered = sorted(unique.values(), key=lambda c: (c.span, c.type))
    chances, foes = claim_events.chances(reading, found), claim_events.foes(reading, ordered)
    retold = claim_times.retold(reading.document.text, ordered, foes)
    return Told.of(reading.document.text, retold, reading.places.places, chances, foes, claim_events.sides(reading))


def _claim(stage: casting.Stage, number: int, time: claim_times.Told, figures: tuple[Figure, ...], confidence: float) -> Claim:
    reading = stage.reading
    trigger, links = reading.tagged.triggers[number], reading.links[number]
    initiator, target = _cast(stage, number)
    place, also = claim_places.places_of(reading, trigger, links, figures)
    voice = _accuser(stage, number) or _voice(stage, number)
    if voice and voices.speaks_of_itself(reading.document.text, reading.tagged, trigger):
        initiator = (voice[0].who,)
        target = tuple(t for t in target if t not in initiator)
    if voice and _FALL.fullmatch(trigger.span.of(reading.document.text)):
        initiator = tuple(i for i in initiator if i != voice[0].who)
    denied = _is_denied(reading, trigger)
    if voice and voice[0].who in initiator and (trigger.type in SPEECH_ACTS or not (voice[0].cue or denied)):
        voice = ()  # who does something speaks of it only where a word says so: 211 of 212 in training reports
    if denied and not voice and len(initiator) == 1 and trigger.type not in SPEECH_ACTS:
        voice = (Voice(who=initiator[0], cue=clauses.denial(reading.document.text, trigger)),)
    return Claim(
        id=claim_id(reading.document.id, trigger.type, trigger.span),
        document=reading.document.id,
        sentence=trigger.sentence,
        event="",
        type=trigger.type,
        trigger=reading.evidence(trigger),
        initiator=initiator,
        target=target,
        place=place,
        also_places=also,
        when=time[0],
        when_text=time[1],
        figures=claim_figures.sided(reading, claim_figures.dated(figures, time[0] if time[1] else None), initiator, target),
        voice=voice,
        status="denied" if denied else trigger.status,
        frame=_frame(reading, trigger, time),
        confidence=round(confidence, 3),
    )


def _frame(reading: Reading, trigger: Trigger, time: claim_times.Told) -> str:
    if claim_times.is_recent(reading, time):
        return "news"
    return "background" if claim_times.is_past(reading, time) else trigger.frame


def _cast(stage: casting.Stage, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Initiators and targets: actors that are likely enough in a role by all that speaks for them, or the likeliest where none
    is, each in its likelier role only. Where a verb's subject is itself a trigger, who does the one does the other.
    """
    reading = stage.reading
    trigger = reading.tagged.triggers[number]
    actors, owner = reading.actors.actors, reading.actors.owner
    scene = casting.Scene(stage, number, reading.links[number])
    if scene.between and trigger.type in ("clash", "negotiate"):
        one, other = (actors[owner[mention]].id for mention in scene.between)
        return (one,), (other,)
    chances = _chances(scene)
    cast = {role: sorted(_likely(scene, role, chances)) for role in casting.ROLES}
    several = trigger.type == "agree" and len(cast["initiator"]) > 2
    if trigger.type in TWO_SIDED and not cast["target"] and not several:
        cast["initiator"], cast["target"] = cast["initiator"][:1], cast["initiator"][1:]
    initiator, target = (tuple(actors[o].id for o in cast[role]) for role in casting.ROLES)
    start = reading.document.sentences[trigger.sentence][0]
    it = clauses.meant_by_it(stage.text, reading.tagged, trigger, start, [actors[o].kind for o in owner])
    if it is not None:
        initiator = (actors[owner[it]].id,)
        target = tuple(t for t in target if t not in initiator)
    if trigger.type in ("toll", "destroy") and _LOST.fullmatch(trigger.span.of(stage.text)):
        initiator, target = (), target or initiator  # who loses somebody has not killed them
    if number:
        before = reading.tagged.triggers[number - 1]
        if clauses.follows(stage.text, before, trigger):
            initiator = _cast(stage, number - 1)[0] or initiator
        elif trigger.type == "support" and clauses.helped(stage.text, before, trigger):
            target = _cast(stage, number - 1)[0] or target
            initiator = tuple(i for i in initiator if i not in target)
    if trigger.type == "support":
        target = _befriended(scene, initiator) or target
    if trigger.type in HELD:
        kinds = {actor.id: actor.kind for actor in actors}
        target = tuple(t for t in target if kinds[t] not in NO_SIDE)
    accusation = clauses.accused(stage.text, reading.tagged, trigger)
    if accusation is not None:
        accuser, culprit = _cast(stage, accusation)
        initiator = culprit or tuple(i for i in initiator if i not in accuser)
    return initiator, target


def _chances(scene: casting.Scene) -> dict[str, dict[int, float]]:
    """By role, the chance of each actor (by index) in it, where no rule settles it."""
    stage, trigger = scene.stage, scene.trigger
    reading = stage.reading
    chances = scene.chances(casting.load_weights())
    other_clause = clauses.while_behind(stage.text, trigger, reading.document.sentences[trigger.sentence][1])
    for one in scene.cast:  # none of 25 that are named there alone does what stands before it in training reports
        if one.here and all(stage.tags[mention].span.start > other_clause for mention in one.here):
            chances["initiator"][one.owner] = 0.0
    if trigger.type in SUFFERED:
        for mention in scene.done_to:
            owner = reading.actors.owner[mention]
            chances["initiator"][owner], chances["target"][owner] = 0.0, 1.0
    return chances


def _befriended(scene: casting.Scene, initiator: tuple[str, ...]) -> tuple[str, ...]:
    """Whom somebody supports who is called an ally ("his allies Exampleland and Otherland offered support"), where nobody
    stands behind the trigger whom it may be for.
    """
    stage, trigger = scene.stage, scene.trigger
    reading, owner = stage.reading, stage.reading.actors.owner
    actors = reading.actors.actors
    here = stage.of_sentence[trigger.sentence]
    if any(stage.tags[m].first > trigger.last for m in here):
        return ()
    kinds = [actors[o].kind for o in owner]
    allies = (m for m in here if actors[owner[m]].id in initiator)
    whose = (clauses.whose_ally(stage.text, reading.tagged, m, kinds) for m in allies)
    friend = next((actors[owner[m]].id for m in whose if m is not None), "")
    return (friend,) if friend and friend not in initiator else ()


def _likely(scene: casting.Scene, role: str, chances: dict[str, dict[int, float]]) -> list[int]:
    """The actors (by index) that are likely enough in a role, likeliest first, at most MAX_ACTORS. A speech act has a speaker,
    unless it is denied that there was one ("nobody claimed responsibility"). Enemies do nothing together but fight and talk, so
    the less likely of two is left out, unless they are named in one list.
    """
    weights, trigger = casting.load_weights(), scene.trigger
    mine, yours = chances[role], chances[casting.ROLES[1 - casting.ROLES.index(role)]]
    needed = role == "initiator" and trigger.type in SPEECH_ACTS and trigger.status != "denied"
    kept: list[casting.Candidate] = []
    for one in sorted(scene.cast, key=lambda c: (-mine[c.owner], c.owner)):
        floor = weights.floor[role] if kept else 0.0 if needed else weights.alone[role]
        if mine[one.owner] < floor or len(kept) == MAX_ACTORS:
            break
        is_likelier = mine[one.owner] >= yours[one.owner]
        if is_likelier and (trigger.type in TOGETHER or not _enemy(scene.stage.reading, one, kept)):
            kept.append(one)
    return [one.owner for one in kept if one.owner not in scene.stage.towns]


def _enemy(reading: Reading, one: casting.Candidate, kept: list[casting.Candidate]) -> bool:
    """Whether an actor is the enemy of one of `kept`, with which no list joins it."""
    return any(
        reading.enemies(one.owner, other.owner)
        and not any(clauses.listed(reading.document.text, reading.tagged, m, n) for m in one.here for n in other.here)
        for other in kept
    )


def _is_denied(reading: Reading, trigger: Trigger) -> bool:
    start, _ = reading.document.sentences[trigger.sentence]
    return clauses.denied(reading.document.text, start, reading.tagged, trigger)


def _accuser(stage: casting.Stage, number: int) -> tuple[Voice, ...]:
    """Who accuses somebody of what a trigger tells ("was accused by residents of shelling"), as its voice."""
    reading = stage.reading
    trigger = reading.tagged.triggers[number]
    for before in reversed(range(number)):
        accusing = reading.tagged.triggers[before]
        if accusing.sentence != trigger.sentence:
            break
        if accusing.type == "accuse" and clauses.accused_of(stage.text, accusing, trigger):
            accusers = _cast(stage, before)[0]
            return (Voice(who=accusers[0], cue=accusing.span.of(stage.text)),) if accusers else ()
    return ()


def _voice(stage: casting.Stage, number: int) -> tuple[Voice, ...]:
    reading = stage.reading
    one = speaking.Hearing(stage, number, reading.links[number]).best(load_weights("voices"))
    if one is None:
        return ()
    trigger = reading.tagged.triggers[number]
    return voices.chain(reading.document, reading.tagged, trigger, one.owner, one.mentions, reading.actors)
