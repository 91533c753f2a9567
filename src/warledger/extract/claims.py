"""Builds claims from triggers, their links and the rules for times and figures, under the guide's constraints."""

from __future__ import annotations

from warledger.core import Claim, Figure, Voice, claim_id
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import claim_events, claim_figures, claim_places, claim_times, clauses, voices
from warledger.extract.event_levels import Told
from warledger.extract.links import Links
from warledger.extract.reading import Reading, chosen
from warledger.extract.tagged import Trigger

TOGETHER = frozenset({"clash", "agree", "negotiate", "toll"})
"""Types that enemies do with each other."""
SUFFERED = frozenset(
    {"attack", "abduct", "arrest", "airstrike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "sexual_violence"}
    | {"release", "displace", "evacuate", "toll", "besiege", "accuse", "sanction"}
)
"""Types whose target is the subject of a passive clause."""
TWO_SIDED = frozenset({"clash", "negotiate", "agree"})
"""Types between two sides: where several parties do one, the first named is the one side and the others the other."""
MAX_ACTORS = 5
"""The most initiators or targets of a claim; a sentence that names more is a list that was read wrongly."""


def told(reading: Reading, confidence: list[float]) -> Told:
    """The claims of a document, in order of their triggers, with the events that the network links, and what tells which of
    them are one event; `confidence` has one value a trigger.
    """
    figures = claim_figures.figures_of(reading)
    found = [
        _claim(reading, number, time, figures.get(number, ()), confidence[number])
        for number, time in enumerate(claim_times.times_of(reading))
    ]
    unique = {claim.id: claim for claim in reversed(claim_events.linked(reading, found))}
    restated = claim_times.restated(sorted(unique.values(), key=lambda c: (c.span, c.type)))
    return Told.of(reading.document.text, restated, reading.places.places, claim_events.chances(reading, found))


def _claim(reading: Reading, number: int, time: claim_times.Told, figures: tuple[Figure, ...], confidence: float) -> Claim:
    trigger, links = reading.tagged.triggers[number], reading.links[number]
    initiator, target = _cast(reading, trigger, links)
    place, also = claim_places.places_of(reading, trigger, links)
    voice = _voice(reading, trigger, links)
    if voice and voices.speaks_of_itself(reading.document.text, reading.tagged, trigger):
        initiator = (voice[0].who,)
        target = tuple(t for t in target if t not in initiator)
    if trigger.type in SPEECH_ACTS and voice and voice[0].who in initiator:
        voice = ()
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
        figures=claim_figures.sided(reading, figures, initiator, target),
        voice=voice,
        status="denied" if _is_denied(reading, trigger) else trigger.status,
        frame=trigger.frame,
        confidence=round(confidence, 3),
    )


def _cast(reading: Reading, trigger: Trigger, links: Links) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Initiators and targets: actors linked by a mention that is likely enough, or the likeliest where none is, each in its
    likelier role only, likeliest first, at most MAX_ACTORS. Enemies do nothing together but fight and talk, so the less
    likely of two is left out, unless they are named in one list.
    """
    best: dict[int, tuple[float, str, int]] = {}
    for role in ("initiator", "target"):
        for mention, chance in _likely(reading, trigger, links, role):
            owner = reading.actors.owner[mention]
            best[owner] = max(best.get(owner, (0.0, "", 0)), (chance, role, mention))
    best = _said_plainly(reading, trigger, best)
    cast: dict[str, list[int]] = {"initiator": [], "target": []}
    for owner in sorted(best, key=lambda o: (-best[o][0], o)):
        kept = cast[best[owner][1]]
        if len(kept) < MAX_ACTORS and not (trigger.type not in TOGETHER and _enemy(reading, best, owner, kept)):
            kept.append(owner)
    several = trigger.type == "agree" and len(cast["initiator"]) > 2
    if trigger.type in TWO_SIDED and not cast["target"] and not several:
        cast["initiator"], cast["target"] = sorted(cast["initiator"])[:1], sorted(cast["initiator"])[1:]
    initiator, target = (tuple(reading.actors.actors[o].id for o in sorted(cast[role])) for role in ("initiator", "target"))
    return initiator, target


def _likely(reading: Reading, trigger: Trigger, links: Links, role: str) -> list[tuple[int, float]]:
    """The mentions (numbers, with their chances) that are likely enough in a role, or the likeliest. A speech act has a
    speaker, unless it is denied that there was one ("nobody claimed responsibility").
    """
    floor = reading.thresholds.get(role, 0.5)
    likeliest = max((chance for _, chance in links.roles[role]), default=0.0)
    if likeliest < floor:
        needed = role == "initiator" and trigger.type in SPEECH_ACTS and trigger.status != "denied"
        floor = max(likeliest, 0.0 if needed else reading.thresholds.get(f"{role}_alone", floor))
    text, tags = reading.document.text, reading.tagged.mentions["actor"]
    return [
        (mention, chance)
        for mention, chance in links.roles[role]
        if chance >= floor and not (role == "target" and clauses.only_a_building(text, tags[mention]))
    ]


def _said_plainly(
    reading: Reading, trigger: Trigger, best: dict[int, tuple[float, str, int]]
) -> dict[int, tuple[float, str, int]]:
    """`best` with those that the trigger's own clause makes its doers, or those to whom it is done."""
    owner = reading.actors.owner
    doers = clauses.subjects(reading.document.text, reading.tagged, trigger)
    done_to = clauses.objects(reading.document.text, reading.tagged, trigger) if trigger.type in SUFFERED else ()
    doers = tuple(m for m in doers if m not in done_to)
    best = best | {owner[m]: (1.0, "target", m) for m in done_to}
    sides = clauses.between(reading.document.text, reading.tagged, trigger) if trigger.type in ("clash", "negotiate") else ()
    if sides:
        one, other = sides
        return {owner[other]: (1.0, "target", other), owner[one]: (1.0, "initiator", one)}
    if doers:
        best = {o: x for o, x in best.items() if x[1] != "initiator" or trigger.type in TOGETHER}
        best |= {owner[m]: (1.0, "initiator", m) for m in doers}
    return best


def _enemy(reading: Reading, best: dict[int, tuple[float, str, int]], owner: int, kept: list[int]) -> bool:
    """Whether an actor (by index) is the enemy of one of `kept`, with which no list joins it."""
    return any(
        reading.enemies(owner, o) and not clauses.listed(reading.document.text, reading.tagged, best[owner][2], best[o][2])
        for o in kept
    )


def _is_denied(reading: Reading, trigger: Trigger) -> bool:
    start, _ = reading.document.sentences[trigger.sentence]
    return clauses.denied(reading.document.text, start, reading.tagged, trigger)


def _voice(reading: Reading, trigger: Trigger, links: Links) -> tuple[Voice, ...]:
    actors = reading.tagged.mentions["actor"]
    later = frozenset(m for m, _ in links.roles["voice"] if actors[m].sentence > trigger.sentence)
    best = chosen(links, "voice", reading.actors.owner, later)
    resumed = voices.resumed_speaker(reading.document.text, reading.tagged, trigger)
    if resumed is None and best is not None and voices.speaks_of_itself(reading.document.text, reading.tagged, trigger):
        resumed = voices.plain_speaker(reading.document.text, reading.tagged, trigger)
    if resumed is not None:
        best = reading.actors.owner[resumed]
        return voices.chain(reading.document, reading.tagged, trigger, best, [resumed], reading.actors)
    if best is None:
        return ()
    mentions = [m for m, _ in links.roles["voice"] if reading.actors.owner[m] == best]
    return voices.chain(reading.document, reading.tagged, trigger, best, mentions, reading.actors)
