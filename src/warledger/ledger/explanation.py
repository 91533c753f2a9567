"""`why`: the claims behind an event, their words, what matched on what, and what each of its fields rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from warledger.core import Claim, Event, EventFigure, Grade, Match, Origin, View, fold
from warledger.core.filter import sentence_of


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim as a reader needs it: where it stands, in which words, who says so, and the local ids as names."""

    claim: Claim
    document: str
    label: str
    title: str
    source: str
    published: date | None
    url: str
    sentence: str
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    place: str
    voice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What a field of an event rests on: its value in words, and the ids of the claims that say so.

    `exact` is False where no claim says the very value and those given are what it was worked out from (a name that was
    resolved, a time that several claims bound).
    """

    field: str
    value: str
    claims: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that an event rests on."""

    event: Event
    tellings: tuple[Telling, ...]
    fields: tuple[Support, ...]
    matches: tuple[Match, ...]
    origins: tuple[Origin, ...]
    grade: Grade


def explain(event: Event, view: View) -> Explanation:
    """The explanation of an event of the view."""
    claims = [view.claims[i] for i in event.claims]
    tellings = tuple(telling(claim, view) for claim in claims)
    return Explanation(event, tellings, tuple(_fields(event, tellings)), event.matches, event.origins, event.grade)


def telling(claim: Claim, view: View) -> Telling:
    """A claim with its sentence and its names."""
    document, record = view.documents[claim.document], view.record_of(claim)
    place = record.place(claim.place)
    return Telling(
        claim=claim,
        document=document.id,
        label=document.label,
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        sentence=sentence_of(claim, view),
        initiator=view.actor_names(claim, claim.initiator),
        target=view.actor_names(claim, claim.target),
        place=place.name if place is not None else "",
        voice=tuple(record.actor(v.who).name if v.who else v.cue or v.channel for v in claim.voice),
    )


def _fields(event: Event, tellings: tuple[Telling, ...]) -> Iterator[Support]:
    for kind in event.types:
        yield _support("type", kind, (t for t in tellings if t.claim.type == kind))
    if event.place is not None:
        name, placed = fold(event.place.name), [t for t in tellings if t.place]
        yield _support("place", event.place.name, (t for t in placed if fold(t.place) == name), placed)
    if event.when is not None:
        dated = [t for t in tellings if t.claim.when is not None]
        yield _support("when", event.when.edtf, (t for t in dated if t.claim.when == event.when), dated)
    for name in event.initiator:
        said = [t for t in tellings if t.initiator]
        yield _support("initiator", name, (t for t in said if _names(name, t.initiator)), said)
    for name in event.target:
        said = [t for t in tellings if t.target]
        yield _support("target", name, (t for t in said if _names(name, t.target)), said)
    yield _support("status", event.status, (t for t in tellings if t.claim.status == event.status))
    yield _support("frame", event.frame, (t for t in tellings if t.claim.frame == event.frame))
    for figure in event.figures:
        yield Support("figure", _count(figure), (figure.claim,), exact=True)
    yield Support("grade", event.grade.name, event.grade.claims, exact=True)


def _names(name: str, names: tuple[str, ...]) -> bool:
    return fold(name) in [fold(one) for one in names]


def _support(field: str, value: str, saying: Iterable[Telling], bearing: Iterable[Telling] = ()) -> Support:
    exact = tuple(t.claim.id for t in saying)
    return Support(field, value, exact or tuple(t.claim.id for t in bearing), exact=bool(exact))


def _count(figure: EventFigure) -> str:
    """The figure in words: `killed: at least 3 civilians (incident), said by Example Wire`."""
    low, high = figure.low, figure.high
    about = "about " if figure.about else ""
    if low == high:
        number = f"{about}{low}"
    elif high is None:
        number = f"at least {about}{low}"
    else:
        number = f"up to {about}{high}" if low is None else f"{about}{low} to {high}"
    return f"{figure.measure}: {number} {figure.group} ({figure.basis}), said by {figure.said_by}"
