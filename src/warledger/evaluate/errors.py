"""Kinds of error: how predicted records differ from annotated ones, claim by claim and field by field.

Claims are paired, and actors, places and times compared, as the annotation guide's scorer does; fields are compared only where
both claims have the same type.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from warledger.evaluate.calibration import likeness

Json = Mapping[str, Any]
Pairs = Sequence[tuple[Json, Json]]


class Scorer(Protocol):
    """What is used of the annotation guide's scorer."""

    def pair(self, gold: Sequence[Any], pred: Sequence[Any], same: Callable[[Any, Any], float], /) -> Sequence[tuple[Any, Any]]:
        """One-to-one pairs, best first."""

    def same_actor(self, one: Json | None, other: Json | None, /) -> bool:
        """Whether two actors share a name or a mention."""

    def same_place(self, one: Json | None, other: Json | None, /) -> bool:
        """Whether two places share a name or a mention, or lie close."""

    def when_overlap(self, one: str, other: str, /) -> bool:
        """Whether two times share a day."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: its `kind`, and its `form` (a type, or what was read for what)."""

    kind: str
    form: str


def faults(gold: Iterable[Json], predicted: Iterable[Json], scorer: Scorer) -> Iterator[Fault]:
    """Every error of the predicted records, document by document in the order of `gold`; a missing record has no claims."""
    by_document = {record["doc"]: record for record in predicted}
    for record in gold:
        other = by_document.get(record["doc"], {"claims": (), "actors": (), "places": ()})
        yield from _of_document(record, other, scorer)


def _of_document(gold: Json, predicted: Json, scorer: Scorer) -> Iterator[Fault]:
    pairs = scorer.pair(gold["claims"], predicted["claims"], likeness)
    met = {id(claim) for pair in pairs for claim in pair}
    yield from (Fault("trigger missed", c["type"]) for c in gold["claims"] if id(c) not in met)
    yield from (Fault("trigger invented", c["type"]) for c in predicted["claims"] if id(c) not in met)
    same = [(g, p) for g, p in pairs if g["type"] == p["type"]]
    yield from (Fault("other type", _instead(g["type"], p["type"])) for g, p in pairs if g["type"] != p["type"])
    for g, p in same:
        yield from _of_fields(g, p, _known(gold), _known(predicted), scorer)
    yield from _of_events(same)


def _known(record: Json) -> dict[str, Json]:
    return {row["id"]: row for row in (*record["actors"], *record["places"])}


def _of_fields(
    g: Json, p: Json, of_gold: Mapping[str, Json], of_predicted: Mapping[str, Json], scorer: Scorer
) -> Iterator[Fault]:
    """What two claims of one type say differently."""
    for field, fillers, same in (
        ("initiator", _initiators, scorer.same_actor),
        ("target", _targets, scorer.same_actor),
        ("voice", _voices, scorer.same_actor),
        ("place", _places, scorer.same_place),
    ):
        wanted, found = [of_gold.get(i) for i in fillers(g)], [of_predicted.get(i) for i in fillers(p)]
        right = len(scorer.pair(wanted, found, same))
        yield from _lacking(field, len(wanted) - right, len(found) - right, g["type"])
    yield from _of_time(g.get("when", ""), p.get("when", ""), g["type"], scorer)
    yield from _of_figures(g.get("figures", ()), p.get("figures", ()), scorer)
    for field, default in (("status", "happened"), ("frame", "news")):
        wanted_value, value = g.get(field, default), p.get(field, default)
        if wanted_value != value:
            yield Fault(f"other {field}", _instead(wanted_value, value))


def _initiators(claim: Json) -> Sequence[str]:
    return list(claim.get("initiator", ()))


def _targets(claim: Json) -> Sequence[str]:
    return list(claim.get("target", ()))


def _voices(claim: Json) -> Sequence[str]:
    return [v["who"] for v in claim.get("voice", ())[:1] if v.get("who")]


def _places(claim: Json) -> Sequence[str]:
    return [claim["place"]] if claim.get("place") else []


def _instead(wanted: str, found: str) -> str:
    return f"{found} for {wanted}"


def _lacking(field: str, missing: int, extra: int, form: str) -> Iterator[Fault]:
    """Of fillers that met none of the other claim's, as many as both have are wrong ones, and the rest missing or too many."""
    wrong = min(missing, extra)
    for kind, count in (("wrong", wrong), ("missing", missing - wrong), ("too many", extra - wrong)):
        yield from [Fault(f"{field} {kind}", form)] * count


def _of_time(wanted: str, found: str, form: str, scorer: Scorer) -> Iterator[Fault]:
    if wanted == found:
        return
    if not wanted or not found:
        yield Fault("time missing" if wanted else "time too many", form)
    else:
        yield Fault("time inexact" if scorer.when_overlap(wanted, found) else "time wrong", form)


def _of_figures(wanted: Sequence[Json], found: Sequence[Json], scorer: Scorer) -> Iterator[Fault]:
    """Figures are paired where their words overlap, those of one measure first."""
    pairs = scorer.pair(wanted, found, lambda a, b: _meet(a, b) * (1 + (a["measure"] == b["measure"])))
    met = {id(figure) for pair in pairs for figure in pair}
    yield from (Fault("figure missing", f["measure"]) for f in wanted if id(f) not in met)
    yield from (Fault("figure too many", f["measure"]) for f in found if id(f) not in met)
    for g, p in pairs:
        if any(g.get(k) != p.get(k) for k in ("low", "high")):
            yield Fault("figure's value", g["measure"])
        for field in ("measure", "group"):
            if g[field] != p[field]:
                yield Fault(f"figure's {field}", _instead(g[field], p[field]))


def _meet(one: Json, other: Json) -> bool:
    (a, b), (c, d) = one["span"], other["span"]
    return bool(a < d and c < b)


def _of_events(pairs: Pairs) -> Iterator[Fault]:
    """Claims found with their type that lack, or have, a companion in their event that they should have, or lack."""
    of_gold, of_predicted = (_companions([pair[side] for pair in pairs]) for side in (0, 1))
    for n, (claim, _) in enumerate(pairs):
        if of_gold[n] - of_predicted[n]:
            yield Fault("event split", claim["type"])
        if of_predicted[n] - of_gold[n]:
            yield Fault("events joined", claim["type"])


def _companions(claims: Sequence[Json]) -> list[set[int]]:
    members: dict[str, set[int]] = defaultdict(set)
    for n, claim in enumerate(claims):
        members[claim["event"]].add(n)
    return [members[claim["event"]] for claim in claims]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: how many of it, and its commonest forms with their counts."""

    name: str
    count: int
    forms: tuple[tuple[str, int], ...]


def commonest(found: Iterable[Fault], kinds: int = 10, forms: int = 3) -> list[Kind]:
    """The commonest kinds, each with its commonest forms; of equal counts the first by name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fault in found:
        counts[fault.kind][fault.form] += 1
    ranked = sorted(counts.items(), key=lambda row: (-row[1].total(), row[0]))[:kinds]
    return [Kind(name, c.total(), tuple(sorted(c.items(), key=lambda row: (-row[1], row[0]))[:forms])) for name, c in ranked]
