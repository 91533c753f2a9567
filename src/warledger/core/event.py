"""What several claims tell of, how well it is supported, and who held a place when: all derived, never stored by hand."""

from __future__ import annotations

from dataclasses import dataclass

from warledger.core import vocabulary as v
from warledger.core.when import When


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """One independent witness: the innermost named voice, else the source's owner. `claims` are the ids that rest on it."""

    name: str
    kind: str
    interested: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """How well an event is supported: the grade, the rule in words, and the claims that fired it."""

    name: str
    rule: str
    claims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.name not in v.GRADES:
            raise ValueError(f"grade {self.name!r} is not one of: {', '.join(v.GRADES)}")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Why two claims were joined: their ids, the score, and one line a comparison ("place: same town, Hama")."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event happened: the name shown, the actor-independent id (`place_key`), coordinates in degrees if known."""

    key: str
    name: str
    kind: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class EventFigure:
    """One count told of an event, with who says so. `nested_in` is the index of the figure that contains it, else None."""

    measure: str
    group: str
    low: int | None
    high: int | None
    about: bool
    basis: str
    since: When | None
    side: str
    said_by: str
    claim: str
    published: str
    nested_in: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What several claims tell of. `initiator`, `target` are names of actors; `types` are all the types its claims have, the
    first one is `type`. `also_places` are further places that its claims name beside `place`. `related` are (kind, event id):
    "answered_by", "part_of_toll", "denies", "fulfils".
    """

    id: str
    type: str
    types: tuple[str, ...]
    place: EventPlace | None
    when: When | None
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    status: str
    frame: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    origins: tuple[Origin, ...]
    grade: Grade
    figures: tuple[EventFigure, ...] = ()
    matches: tuple[Match, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    also_places: tuple[EventPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of control of a place. `holder` is an actor's name, or "contested"; `since` None means before the first
    report, `until` None that no later holder is reported, `last_known` is the last day that a claim speaks for it.
    `layer` is "control" or "besieged". `events` are what it rests on; of the `claims`, `begun_by` and `ended_by` tell of its
    beginning and its end. `extent` says how much of the place is meant ("most of"), empty for the whole; `between` are the
    names of the enemies inside a contested one, the last to come first.
    """

    id: str
    place: EventPlace
    holder: str
    side: str
    layer: str
    since: When | None
    until: When | None
    last_known: When | None
    grade: str
    events: tuple[str, ...]
    claims: tuple[str, ...]
    begun_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    extent: str = ""
    between: tuple[str, ...] = ()
