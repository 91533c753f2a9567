"""What one document says: actors, places, claims and the standing relations between actors.

Ids of actors (`a1`), places (`p1`) and events (`e1`) are local to the document, as in the extraction record. The field names
are those of the annotation guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from warledger.core import vocabulary as v
from warledger.core.ids import content_id
from warledger.core.span import Evidence, Span
from warledger.core.when import When
from warledger.errors import RecordError

NOT_EXTRACTED: Final = "not extracted"
"""How the extractor's name begins in the empty record of a document that none could read; the reason follows."""
_CLAIM_TYPES: Final = frozenset(v.CLAIM_TYPES)
_GROUPS: Final = frozenset(v.GROUPS)
"""The long lists as sets: millions of claims are made of what a ledger keeps."""


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise RecordError(f"{what} {value!r} is not one of: {', '.join(allowed)}")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words that name an actor or a place."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, is acted on or speaks in one document. `country` is ISO 3166 two letters where known."""

    id: str
    name: str
    kind: str
    mentions: tuple[Mention, ...] = ()
    country: str = ""

    def __post_init__(self) -> None:
        _one_of(self.kind, v.ACTOR_KINDS, "actor kind")
        if not self.id or not self.name:
            raise RecordError("an actor needs an id and a name")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that one document names. `lat`, `lon` in degrees; `precision` says what the coordinates stand for:
    exact, near, district, province, country, or empty where there are none. `candidates` are (name, lat, lon, score)
    of the readings that were weighed, best first. `admin1` is the code of the first-level division, `admin2` and `admin3` the
    names of those below it that it lies in or is.
    """

    id: str
    name: str
    kind: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    mentions: tuple[Mention, ...] = ()
    precision: str = ""
    gazetteer_id: str = ""
    admin1: str = ""
    candidates: tuple[tuple[str, float, float, float], ...] = ()
    admin2: str = ""
    admin3: str = ""

    def __post_init__(self) -> None:
        _one_of(self.kind, v.PLACE_KINDS, "place kind")
        if not self.id or not self.name:
            raise RecordError("a place needs an id and a name")
        if (self.lat is None) != (self.lon is None):
            raise RecordError(f"place {self.name!r} has only one of lat and lon")
        if self.lat is not None and self.lon is not None and not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise RecordError(f"place {self.name!r} lies off the globe: {self.lat}, {self.lon}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count in a claim. `low` or `high` is None where that side is open; at least one is given."""

    measure: str
    group: str
    low: int | None
    high: int | None
    words: Evidence
    about: bool = False
    side: str = ""
    basis: str = "incident"
    since: When | None = None

    def __post_init__(self) -> None:
        _one_of(self.measure, v.MEASURES, "measure")
        if self.group not in _GROUPS:
            _one_of(self.group, v.GROUPS, "group")
        _one_of(self.basis, v.BASES, "basis")
        if self.low is None and self.high is None:
            raise RecordError(f"figure {self.words.quote!r} has neither low nor high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise RecordError(f"figure {self.words.quote!r} has low {self.low} over high {self.high}")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so: a local actor id (empty where unnamed), the reporting word, the medium."""

    who: str = ""
    cue: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One mention of one thing that a document says happened, is the case, is planned or is denied.

    `voice` is the chain of speakers, nearest first; empty is the document's own voice. `confidence` (0 to 1) is the
    extractor's, None for a record made by hand.
    """

    id: str
    document: str
    sentence: int
    event: str
    type: str
    trigger: Evidence
    initiator: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: str = ""
    also_places: tuple[str, ...] = ()
    when: When | None = None
    when_text: Evidence | None = None
    figures: tuple[Figure, ...] = ()
    voice: tuple[Voice, ...] = ()
    status: str = "happened"
    frame: str = "news"
    confidence: float | None = None

    def __post_init__(self) -> None:
        if self.type not in _CLAIM_TYPES:
            _one_of(self.type, v.CLAIM_TYPES, "claim type")
        _one_of(self.status, v.STATUSES, "status")
        _one_of(self.frame, v.FRAMES, "frame")

    @property
    def span(self) -> Span:
        """Where the trigger stands."""
        return self.trigger.span


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing tie that the document states, from one local actor to another."""

    sentence: int
    type: str
    source: str
    target: str
    ended: bool = False

    def __post_init__(self) -> None:
        _one_of(self.type, v.RELATION_TYPES, "relation type")


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read in one document; `extractor` says by what ("warledger 1.0 model 3f2a…", "by hand")."""

    document: str
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    extractor: str = ""

    def actor(self, local_id: str) -> Actor:
        """The actor with this local id; KeyError if there is none."""
        for actor in self.actors:
            if actor.id == local_id:
                return actor
        raise KeyError(local_id)

    def place(self, local_id: str) -> Place | None:
        """The place with this local id; None for the empty id."""
        for place in self.places:
            if place.id == local_id:
                return place
        if local_id:
            raise KeyError(local_id)
        return None

    @property
    def same_names(self) -> tuple[tuple[str, str], ...]:
        """The pairs of actors' names that it says to be one actor's."""
        ties = (r for r in self.relations if r.type == "same_as")
        return tuple((self.actor(tie.source).name, self.actor(tie.target).name) for tie in ties)


def claim_id(document: str, claim_type: str, span: Span) -> str:
    """The id of a claim: its document, type and trigger span."""
    return content_id("c", document, claim_type, str(span.start), str(span.end))


def is_sum_beyond(one: Claim, two: Claim) -> bool:
    """Whether one of two claims counts the victims of a day, and the other those of a longer time up to some day.

    A running total is no count of one attack, though it covers it. In the training records all 302 such pairs of claims of one
    report are of two events.
    """
    return (_is_sum(one) and _is_of_a_day(two)) or (_is_sum(two) and _is_of_a_day(one))


_VICTIMS: Final = frozenset({"killed", "injured", "casualties"})


def _is_sum(claim: Claim) -> bool:
    longer = claim.when is not None and claim.when.precision != "day"
    return longer and any(f.basis == "cumulative" for f in claim.figures if f.measure in _VICTIMS)


def _is_of_a_day(claim: Claim) -> bool:
    counts = {f.basis for f in claim.figures if f.measure in _VICTIMS}
    return claim.when is not None and claim.when.precision == "day" and counts == {"incident"}


def nearest_mention(mentions: tuple[Mention, ...], span: Span, sentence: Span) -> Mention | None:
    """The mention that best stands for an actor or place beside `span`: in `sentence` first, then before it, then nearest."""

    def key(mention: Mention) -> tuple[bool, bool, int, Span]:
        distance = max(mention.span.start - span.end, span.start - mention.span.end, 0)
        return not mention.span.overlaps(sentence), mention.span.start > span.start, distance, mention.span

    return min(mentions, key=key, default=None)
