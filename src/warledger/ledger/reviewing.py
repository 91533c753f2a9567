"""`review`: what is worth a person's time, by how doubtful it is and how much hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Final

from warledger.core import Claim, Event, Judgement, View
from warledger.core import vocabulary as v
from warledger.reconcile import in_force
from warledger.reconcile.scoring import load_model, probability
from warledger.reconcile.tolls import toll_series
from warledger.reconcile.tolls_rules import unreconciled

LOW_CONFIDENCE: Final = 0.6
"""A claim that the extractor is less sure of than this (0 to 1) is worth reading."""
NEAR_LOG_ODDS: Final = 1.0
"""A match within this of the threshold, in natural log-odds, could as well have gone the other way."""
CLOSE_READINGS: Final = 0.9
"""A place whose second reading scores at least this share of the best one is not settled."""
_TERRITORY: Final = frozenset(v.FAMILIES["territory"])
_COUNTED: Final = frozenset({"killed", "injured", "casualties", "missing"})
_SETTLED: Final = frozenset({"confirmed", "corroborated"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: its kind, what it is about and why in words, the command to look and the one to decide.

    `doubt` (0 to 1) is how unsure it is, `consequence` (from 1) how much hangs on it; they are ranked by the product.
    """

    kind: str
    what: str
    reason: str
    doubt: float
    consequence: float
    look: str
    judge: str
    event: str = ""
    claims: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """Doubt times consequence, to two decimals."""
        return round(self.doubt * self.consequence, 2)


def doubts(view: View, judgements: Iterable[Judgement] = ()) -> tuple[Doubt, ...]:
    """What is doubtful in a view, the weightiest first. What a judgement in force has settled is not asked again."""
    settled = {s for j in in_force(tuple(judgements)) for s in j.subjects}
    pairs = {frozenset(j.subjects) for j in in_force(tuple(judgements)) if j.kind in ("same", "different")}
    found = [
        *_contested(view, pairs),
        *_unsure(view, settled),
        *_joins(view, pairs),
        *_namesakes(view, pairs),
        *_places(view, settled),
        *_tolls(view),
    ]
    return tuple(sorted(found, key=lambda d: (-d.weight, d.kind, d.event, d.claims)))


def consequence(event: Event) -> float:
    """How much hangs on an event: 1 for talk, 2 for violence, 4 for territory, and one more a power of ten of its toll."""
    base = 4.0 if event.type in _TERRITORY else 2.0 if event.type in v.FAMILIES["violence"] else 1.0
    if event.frame == "background":
        base /= 2
    size = max((f.high or f.low or 0 for f in event.figures if f.measure in _COUNTED), default=0)
    return round(base + log10(1 + size), 2)


def _what(event: Event) -> str:
    parts = (event.type, event.place.name if event.place is not None else "", event.when.edtf if event.when is not None else "")
    return " · ".join(part for part in parts if part)


def _contested(view: View, judged: set[frozenset[str]]) -> Iterator[Doubt]:
    """Events of which claims exclude each other: each may be right, misread, or of another event. Neither side's word is to be
    rejected for it: what can be decided is whether the two tell of one event (`same` settles it too).
    """
    for event in view.events:
        if event.grade.name == "contested":
            one, *others = event.grade.claims or event.claims
            status = {c: claim.status for c in others if (claim := view.claims.get(c)) is not None}
            happened = [c for c in others if status.get(c) == "happened"]
            other = next(iter((*happened, *others)), one)
            if frozenset((one, other)) not in judged:
                yield Doubt(
                    "contested", _what(event), event.grade.rule, 0.9, consequence(event), f"warledger why {event.id}",
                    f"warledger judge different {one} {other}", event.id, event.grade.claims,
                )  # fmt: skip


def _unsure(view: View, settled: set[str]) -> Iterator[Doubt]:
    """Claims of low confidence, where nothing surer tells of the same."""
    for event in view.events:
        if event.grade.name in _SETTLED:
            continue
        claims = [view.claims[i] for i in event.claims if i in view.claims]
        rated = [c for c in claims if c.confidence is not None]
        if not rated or len(rated) < len(claims):
            continue
        best = max(rated, key=lambda c: (c.confidence or 0.0, c.id))
        sure = best.confidence or 0.0
        if sure < LOW_CONFIDENCE and best.id not in settled:
            reason = f"The extractor is only {sure:.0%} sure of “{best.trigger.quote}”, and nothing surer tells of it."
            yield Doubt(
                "low-confidence", _what(event), reason, round(1 - sure, 2), consequence(event), f"warledger show {best.id}",
                f"warledger judge claim {best.id} reject=yes", event.id, (best.id,),
            )  # fmt: skip


def _joins(view: View, judged: set[frozenset[str]]) -> Iterator[Doubt]:
    """Claims that were joined by a score near the threshold."""
    join_at = load_model().join_at
    for event in view.events:
        for match in event.matches:
            over = match.score - join_at
            if abs(over) < NEAR_LOG_ODDS and frozenset((match.left, match.right)) not in judged:
                reason = f"Two claims were joined by a narrow score, {match.score:+.1f}; the threshold is {join_at:+.1f}."
                yield Doubt(
                    "near-match", _what(event), reason, round(1 - probability(abs(over)), 2), consequence(event),
                    f"warledger why {event.id}", f"warledger judge different {match.left} {match.right}", event.id,
                    (match.left, match.right),
                )  # fmt: skip


def _namesakes(view: View, judged: set[frozenset[str]]) -> Iterator[Doubt]:
    """Events of one type, place and time that were kept apart."""
    alike: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in view.events:
        if event.place is not None and event.when is not None and event.status == "happened":
            alike[event.type, event.place.key, event.when.edtf].append(event)
    for events in alike.values():
        for one, two in pairwise(events):
            if set(one.documents) & set(two.documents) or frozenset((one.claims[0], two.claims[0])) in judged:
                continue
            reason = "Two events of one type, place and time, told by different documents, were kept apart."
            yield Doubt(
                "kept-apart", _what(one), reason, 0.3, max(consequence(one), consequence(two)), f"warledger why {two.id}",
                f"warledger judge same {one.id} {two.id}", one.id, (one.claims[0], two.claims[0]),
            )  # fmt: skip


def _places(view: View, settled: set[str]) -> Iterator[Doubt]:
    """Events whose place could not be found, or has another reading that is nearly as good."""
    for event in view.events:
        found = [(c, reason) for c in _placed(event, view) if c.id not in settled and (reason := _place_doubt(c, view))]
        if found:
            claim, reason = found[0]
            yield Doubt(
                "place", _what(event), reason, 0.5, consequence(event), f"warledger show {claim.id}",
                f"warledger judge claim {claim.id} place=NAME", event.id, (claim.id,),
            )  # fmt: skip


def _placed(event: Event, view: View) -> Sequence[Claim]:
    return [claim for i in event.claims if (claim := view.claims.get(i)) is not None and claim.place]


def _place_doubt(claim: Claim, view: View) -> str:
    place = view.record_of(claim).place(claim.place)
    if place is None or place.kind in ("country", "region"):
        return ""
    if place.lat is None:
        return f"No gazetteer has {place.name}."
    if len(place.candidates) > 1 and place.candidates[1][3] >= CLOSE_READINGS * place.candidates[0][3] > 0:
        (_, lat, lon, _), (name, other_lat, other_lon, _) = place.candidates[:2]
        if abs(lat - other_lat) + abs(lon - other_lon) > 1:
            return f"{place.name} may also be {name} at {other_lat:.2f}, {other_lon:.2f}."
    return ""


def _tolls(view: View) -> Iterator[Doubt]:
    """Counts that exclude each other, and parts that are more than their whole."""
    series = {one.id: one for one in toll_series(view)}
    for one in unreconciled(tuple(series.values())):
        if one.kind in ("conflict", "part-over-whole"):
            told = series[one.series[0]]
            size = max(count.top for count in told.standing)
            what = " · ".join(p for p in (told.scope.measure, told.scope.group, told.scope.place) if p)
            yield Doubt(
                "toll", what, one.words, 0.7, round(2 + log10(1 + size), 2), f"warledger why {told.counts[0].event}",
                f"warledger judge claim {one.claims[0]} reject=yes", told.counts[0].event, one.claims,
            )  # fmt: skip
