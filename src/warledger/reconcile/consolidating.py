"""The fields of an event, from its live claims: each is a vote of documents, with the stated preference where votes tie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from warledger.core import Claim, EventPlace, When
from warledger.core import vocabulary as v
from warledger.reconcile.places import PlaceBook, is_area

_GENERAL_TYPES: Final = frozenset({"attack", "toll", "destroy"})
"""Types that say less than another that the same event has."""
_FINE_KINDS: Final = frozenset({"facility", "base", "neighbourhood", "road", "border_crossing", "district"})


def event_type(claims: Sequence[Claim]) -> tuple[str, ...]:
    """All the types, the event's own first: the one that most documents use, telling types before general ones."""
    documents: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for claim in claims:
        documents[claim.type].add(claim.document)
        counts[claim.type] += 1
    return tuple(sorted(counts, key=lambda t: (t in _GENERAL_TYPES, -len(documents[t]), -counts[t], v.CLAIM_TYPES.index(t))))


def event_status(claims: Iterable[Claim]) -> str:
    """Happened if any claim says so; else what most claims say, in the guide's order where they tie."""
    counts = Counter(c.status for c in claims)
    if counts["happened"]:
        return "happened"
    return min(counts, key=lambda s: (-counts[s], v.STATUSES.index(s)))


def asserting(claims: Sequence[Claim], status: str) -> Sequence[Claim]:
    """The claims that carry the event's own status; fields are taken from them where there are any."""
    return [c for c in claims if c.status == status] or claims


def is_implied(claim: Claim, published: date | None) -> bool:
    """Whether an extractor dated the claim by its report's day alone; what is told without a day may be some days old."""
    return claim.confidence is not None and claim.when_text is None and is_day(claim.when, published)


def is_day(when: When | None, day: date | None) -> bool:
    """Whether a time is just that day."""
    return when is not None and when.first is not None and when.first == when.last == day


def event_when(claims: Sequence[Claim], published: Mapping[str, date | None]) -> When | None:
    """The time that agrees with most documents' times; among those the shortest, then the one most documents give.

    `published` are the documents' days. Times that are only a report's own day count where no other is given, and of what was
    read the times of claims of other types where claims of the event's own give none.
    """
    dated = [c for c in claims if c.when is not None]
    told = [c for c in dated if not is_implied(c, published[c.document])]
    if any(c.confidence is not None for c in told):
        main = event_type(claims)[0]
        told = [c for c in told if c.type == main] or told
    givers: dict[When, set[str]] = defaultdict(set)
    for claim in told or dated:
        if claim.when is not None:
            givers[claim.when].add(claim.document)
    if not givers:
        return None

    def order(when: When) -> tuple[int, int, int, tuple[object, ...]]:
        agreeing = {d for other, docs in givers.items() if other.overlaps(when) for d in docs}
        length = when.length_days
        return -len(agreeing), 10**6 if length is None else length, -len(givers[when]), when.sort_key()

    return min(givers, key=order)


@dataclass(frozen=True, slots=True)
class Fields:
    """Reads the places of claims through the book of the whole set of records."""

    places: PlaceBook

    def place(self, claims: Sequence[Claim]) -> EventPlace | None:
        """The place that most documents give; a town before the province it lies in, and a fine place only if most name it."""
        givers: dict[EventPlace, set[str]] = defaultdict(set)
        for claim in claims:
            if claim.place:
                givers[self.places.of(claim.document, claim.place)].add(claim.document)
        if not givers:
            return None
        return min(
            givers,
            key=lambda p: (is_area(p), p.kind == "country", -len(givers[p]), p.kind in _FINE_KINDS, p.key),
        )

    def also(self, claims: Sequence[Claim], first: EventPlace | None) -> tuple[EventPlace, ...]:
        """Further places of claims that name several, beside `first`: those of most documents before others, then as named."""
        givers: dict[EventPlace, set[str]] = defaultdict(set)
        for claim in sorted(claims, key=lambda c: (c.document, c.span, c.type)):
            for local in (claim.place, *claim.also_places) if claim.also_places else ():
                place = self.places.of(claim.document, local) if local else None
                if place is not None and (first is None or place.key != first.key):
                    givers[place].add(claim.document)
        return tuple(sorted(givers, key=lambda p: -len(givers[p])))
