"""Builds claims from triggers, their links and the rules for times and figures, under the guide's constraints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from warledger.core import Claim, Document, Evidence, Figure, Span, Voice, When, claim_id
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import clauses, figures, voices
from warledger.extract.actors import Actors
from warledger.extract.links import Links
from warledger.extract.places import Places
from warledger.extract.tagged import Tag, Tagged, Trigger
from warledger.extract.times import TextTimes, resolve

TOGETHER = frozenset({"clash", "agree", "negotiate", "toll"})
"""Types that enemies do with each other."""
TWO_SIDED = frozenset({"clash", "negotiate", "agree"})
"""Types between two sides: where several parties do one, the first named is the one side and the others the other."""
TOLD_TOGETHER = (
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
_WITHIN = re.compile(r"\bwithin\b", re.IGNORECASE)
"""A span that counts from something else, not back from the report: "fell within three days"."""
_FIRST_SINCE = re.compile(r"\b(?:first|only|most|worst|deadliest|biggest|largest)\b[^.;,]*$", re.IGNORECASE)
"""What "since" marks a record with, not a count's beginning: "for the first time since 2016"."""
MAX_ACTORS = 5
"""The most initiators or targets of a claim; a sentence that names more is a list that was read wrongly."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything known of one document when its claims are built."""

    document: Document
    times: TextTimes
    tagged: Tagged
    links: list[Links]
    actors: Actors
    places: Places
    thresholds: dict[str, float]
    written_from: frozenset[int]
    """Place mentions (numbers) that only say where the report was written, outside the country that it is about."""
    enemies: Callable[[int, int], bool]
    """Whether two actors (by index) are known to fight each other where the document plays."""

    def evidence(self, tag: Tag) -> Evidence:
        """The words of a tag."""
        return Evidence(self.document.id, tag.span, tag.span.of(self.document.text))

    def sentence(self, number: int) -> str:
        """The text of a sentence; empty where there is none."""
        if number < len(self.document.sentences):
            start, end = self.document.sentences[number]
            return self.document.text[start:end]
        return ""


def build(reading: Reading, confidence: list[float]) -> tuple[Claim, ...]:
    """The claims of a document, in order of their triggers; `confidence` has one value a trigger."""
    counted = _counted(reading)
    found = [
        _claim(reading, number, counted.get(number, []), confidence[number]) for number in range(len(reading.tagged.triggers))
    ]
    claims = [replace(claim, event=event) for claim, event in zip(found, _events(reading, found), strict=True)]
    unique = {claim.id: claim for claim in reversed(claims)}
    return _restated(sorted(unique.values(), key=lambda c: (c.span, c.type)))


def _events(reading: Reading, claims: list[Claim]) -> list[str]:
    """Local event ids: claims are joined along the links to earlier ones that are likelier than not, but never two
    of types that do not tell of one thing. That they seem to be of two towns keeps none apart: the places err more often.
    """
    parent = list(range(len(claims)))

    def root(x: int) -> int:
        while parent[x] != x:
            x = parent[x]
        return x

    def members(x: int) -> list[Claim]:
        return [claim for n, claim in enumerate(claims) if root(n) == root(x)]

    floor = reading.thresholds.get("event", 0.5)
    for number, links in enumerate(reading.links):
        best = max(links.earlier, key=lambda e: (e[1], e[0]), default=None)
        if (
            best is not None
            and best[1] >= floor
            and not any(_apart(one, other) for one in members(number) for other in members(best[0]))
        ):
            parent[root(number)] = root(best[0])
    order: dict[int, str] = {}
    return [order.setdefault(root(n), f"e{len(order) + 1}") for n in range(len(claims))]


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two claims cannot tell of one thing, by their types."""
    return one.type != other.type and not any({one.type, other.type} <= group for group in TOLD_TOGETHER)


def _counted(reading: Reading) -> dict[int, list[int]]:
    """The figures (numbers of their mentions) of each trigger: a figure goes to the likeliest trigger of its sentence, and to
    every one that is likely enough by itself.
    """
    best: dict[int, tuple[float, int]] = {}
    sure, least = (reading.thresholds.get(k, x) for k, x in (("figure_link", 0.5), ("figure_least", 0.15)))
    found: set[tuple[int, int]] = set()
    for number, links in enumerate(reading.links):
        for mention, chance in links.roles["figure"]:
            if reading.tagged.mentions["figure"][mention].sentence != reading.tagged.triggers[number].sentence:
                continue
            best[mention] = max(best.get(mention, (0.0, 0)), (chance, -number))
            if chance >= sure:
                found.add((number, mention))
    found |= {(-number, mention) for mention, (chance, number) in best.items() if chance >= least}
    counted: dict[int, list[int]] = {}
    for number, mention in sorted(found):
        counted.setdefault(number, []).append(mention)
    return counted


def _claim(reading: Reading, number: int, counted: list[int], confidence: float) -> Claim:
    trigger, links = reading.tagged.triggers[number], reading.links[number]
    initiator, target = _cast(reading, trigger, links)
    place, also = _places(reading, trigger, links)
    when, when_text = _when(reading, trigger, links)
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
        when=when,
        when_text=when_text,
        figures=tuple(_figures(reading, counted)),
        voice=voice,
        status="denied" if _is_denied(reading, trigger) else trigger.status,
        frame=trigger.frame,
        confidence=round(confidence, 3),
    )


def _cast(reading: Reading, trigger: Trigger, links: Links) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Initiators and targets: actors linked by a mention that is likely enough, or the likeliest where none is, each in its
    likelier role only, likeliest first, at most MAX_ACTORS. Enemies do nothing together but fight and talk, so the less
    likely of two is left out.
    """
    best: dict[int, tuple[float, str]] = {}
    for role in ("initiator", "target"):
        floor = reading.thresholds.get(role, 0.5)
        likeliest = max((chance for _, chance in links.roles[role]), default=0.0)
        if likeliest < floor:
            needed = role == "initiator" and trigger.type in SPEECH_ACTS
            floor = max(likeliest, 0.0 if needed else reading.thresholds.get(f"{role}_alone", floor))
        for mention, chance in links.roles[role]:
            owner = reading.actors.owner[mention]
            if chance >= floor:
                best[owner] = max(best.get(owner, (0.0, "")), (chance, role))
    cast: dict[str, list[int]] = {"initiator": [], "target": []}
    plain = clauses.subjects(reading.document.text, reading.tagged, trigger)
    if plain:
        best = {o: x for o, x in best.items() if x[1] != "initiator" or trigger.type in TOGETHER}
        best |= {reading.actors.owner[mention]: (1.0, "initiator") for mention in plain}
    for owner in sorted(best, key=lambda o: (-best[o][0], o)):
        kept = cast[best[owner][1]]
        if len(kept) < MAX_ACTORS and not (trigger.type not in TOGETHER and any(reading.enemies(owner, o) for o in kept)):
            kept.append(owner)
    if trigger.type in TWO_SIDED and not cast["target"]:
        cast["initiator"], cast["target"] = sorted(cast["initiator"])[:1], sorted(cast["initiator"])[1:]
    initiator, target = (tuple(reading.actors.actors[o].id for o in sorted(cast[role])) for role in ("initiator", "target"))
    return initiator, target


def _chosen(links: Links, role: str, owner: tuple[int, ...], without: frozenset[int] = frozenset()) -> int | None:
    """The owner (actor or place) whose mentions, but those `without`, are together likelier than any other and than none."""
    sums: dict[int, float] = {}
    for mention, chance in links.roles[role]:
        if owner[mention] >= 0 and mention not in without:
            sums[owner[mention]] = sums.get(owner[mention], 0.0) + chance
    if not sums:
        return None
    best = max(sorted(sums), key=lambda o: sums[o])
    return best if sums[best] > links.none[role] else None


def _places(reading: Reading, trigger: Trigger, links: Links) -> tuple[str, tuple[str, ...]]:
    best = _chosen(links, "place", reading.places.owner, reading.written_from)
    relative = clauses.place_of(reading.document.text, reading.tagged, trigger)
    if relative is not None and reading.places.owner[relative] >= 0:
        best = reading.places.owner[relative]
    if best is None:
        return "", ()
    floor = reading.thresholds.get("also", 0.5)
    others = {reading.places.owner[m] for m, p in links.roles["also"] if p >= floor} - {best, -1}
    places = reading.places.places
    return places[best].id, tuple(places[o].id for o in sorted(others))


def _when(reading: Reading, trigger: Trigger, links: Links) -> tuple[When | None, Evidence | None]:
    tags = reading.tagged.mentions["time"]
    best = max(links.roles["time"], key=lambda m: (m[1], -m[0]), default=None)
    hung = clauses.time_of(reading.document.text, reading.tagged, trigger)
    if hung is not None and (best is None or best[1] <= links.none["time"]):
        best = (hung, 1.0)
    if best is not None and (best[1] > links.none["time"] or trigger.when == "words"):
        tag = tags[best[0]]
        words = reading.evidence(tag)
        if _WITHIN.search(reading.document.text, max(0, tag.span.start - 12), tag.span.end):
            return None, words if tag.sentence == trigger.sentence else None
        planned = trigger.status == "planned" or None
        when = reading.times.resolve(tag.span, sentence=reading.sentence(tag.sentence), planned=planned)
        return when, words if tag.sentence == trigger.sentence else None
    if trigger.when == "day" and (day := reading.times.day) is not None:
        return When.of(day, day), None
    return None, None


def _figures(reading: Reading, counted: list[int]) -> list[Figure]:
    found: list[Figure] = []
    tags = reading.tagged.mentions["figure"]
    for mention in counted:
        tag = tags[mention]
        words = reading.evidence(tag)
        bounds = figures.parse(words.quote)
        if bounds is None:
            continue
        basis, since = _basis(reading, tag)
        found.append(
            Figure(
                measure=reading.tagged.label("measure", tag.first),
                group=figures.group_of(words.quote) or reading.tagged.label("group", tag.first),
                low=bounds.low,
                high=bounds.high,
                words=words,
                about=bounds.about,
                basis=basis,
                since=since if basis == "cumulative" else None,
            )
        )
    return sorted(found, key=lambda f: f.words.span)


def _is_denied(reading: Reading, trigger: Trigger) -> bool:
    start, _ = reading.document.sentences[trigger.sentence]
    return clauses.denied(reading.document.text, start, reading.tagged, trigger)


def _basis(reading: Reading, tag: Tag) -> tuple[str, When | None]:
    start, end = reading.document.sentences[tag.sentence]
    by_rule, since_words = figures.basis(reading.document.text, Span(start, end), tag.span)
    basis = "cumulative" if "cumulative" in (by_rule, reading.tagged.label("basis", tag.first)) else "incident"
    if since_words and _FIRST_SINCE.search(reading.document.text[start:end].partition(since_words)[0]):
        basis, since_words = reading.tagged.label("basis", tag.first), ""
    since = resolve(since_words, reading.times.day, sentence=reading.sentence(tag.sentence)) if since_words else None
    return basis, since


def _voice(reading: Reading, trigger: Trigger, links: Links) -> tuple[Voice, ...]:
    actors = reading.tagged.mentions["actor"]
    later = frozenset(m for m, _ in links.roles["voice"] if actors[m].sentence > trigger.sentence)
    best = _chosen(links, "voice", reading.actors.owner, later)
    resumed = voices.resumed_speaker(reading.document.text, reading.tagged, trigger)
    if resumed is not None:
        best = reading.actors.owner[resumed]
        return voices.chain(reading.document, reading.tagged, trigger, best, [resumed], reading.actors)
    if best is None:
        return ()
    mentions = [m for m, _ in links.roles["voice"] if reading.actors.owner[m] == best]
    return voices.chain(reading.document, reading.tagged, trigger, best, mentions, reading.actors)


def _restated(claims: list[Claim]) -> tuple[Claim, ...]:
    """A restatement takes its event's time (guide, *Time*): where the others that give one agree best."""
    known: dict[str, Counter[str]] = {}
    for claim in claims:
        if claim.when is not None and claim.status == "happened":
            known.setdefault(claim.event, Counter())[claim.when.edtf] += 1
    out = []
    for claim in claims:
        timeless = claim.when is None and claim.when_text is None
        if timeless and claim.event in known:
            edtf = min(known[claim.event].items(), key=lambda t: (-t[1], t[0]))[0]
            out.append(replace(claim, when=When.parse(edtf)))
        else:
            out.append(claim)
    return tuple(out)
