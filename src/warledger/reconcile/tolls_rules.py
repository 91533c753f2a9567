"""What the field derives from a series of counts, by rules that are stated and leave a trace; and what cannot be reconciled.

Every number derived is a bound of a count in that series: nothing is added, averaged or carried over from another scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from warledger.core import fold
from warledger.reconcile.tolls import Count, Series, contains

RuleName = Literal["lowest", "low_best_high", "range", "latest"]
RULES: Final[dict[RuleName, str]] = {
    "lowest": "the least number among the counts that stand (ACLED, codebook: where reports vary, the most conservative)",
    "low_best_high": (
        "low and high are the least and the greatest bound of the counts that stand; best is the least bound of the count that "
        "most voices agree with, of several the latest, then the lowest (UCDP GED, codebook: low, best and high, by side)"
    ),
    "range": "from the least to the greatest number that any count that stands allows (Airwars: range of casualties)",
    "latest": "the counts of the last day on which any was published, for counts that go on rising (cumulative)",
}
"""Rule → what it says and whose it is."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived value: its numbers (None where no count gives such a bound), the claims behind them, and how it was found."""

    rule: RuleName
    low: int | None
    best: int | None
    high: int | None
    claims: tuple[str, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreconciled:
    """Something about tolls that no rule settles: its kind, the series, the reason in words and the claims behind it."""

    kind: str
    series: tuple[str, ...]
    words: str
    claims: tuple[str, ...]


def derive(series: Series) -> tuple[Derived, ...]:
    """The values that hold for a series: lowest, low/best/high and range; of a cumulative one also the latest."""
    standing = series.standing
    made = [_lowest(standing), _low_best_high(standing), _range(standing)]
    if series.scope.basis == "cumulative":
        made.append(_latest(standing))
    return tuple(made)


def bounds(count: Count) -> str:
    """A count in figures, as a trace has it: `12`, `720 or more`, `up to 40`, `10 to 15`, `about 50`."""
    about = "about " if count.about else ""
    if count.low is None:
        return f"{about}up to {count.high:,}"
    if count.high is None:
        return f"{about}{count.low:,} or more"
    return about + (f"{count.low:,}" if count.low == count.high else f"{count.low:,} to {count.high:,}")


def _said(count: Count) -> str:
    return f"{bounds(count)} by {count.said_by or 'nobody named'}, {count.published or 'no date'}"


def _with(standing: Sequence[Count], value: int | None, bound: Callable[[Count], int | None]) -> list[Count]:
    return [count for count in standing if value is not None and bound(count) == value]


def _ids(counts: Iterable[Count]) -> tuple[str, ...]:
    return tuple(sorted({count.claim for count in counts}))


def _least(standing: Sequence[Count]) -> int | None:
    return min((count.low for count in standing if count.low is not None), default=None)


def _greatest(standing: Sequence[Count]) -> int | None:
    return max((count.top for count in standing), default=None)


def _lowest(standing: Sequence[Count]) -> Derived:
    low = _least(standing)
    chosen = _with(standing, low, lambda c: c.low)
    trace = [f"{low} is the least: {_said(one)}" for one in chosen[:1]] or ["no count gives a least number"]
    trace += [f"not taken: {_said(one)}" for one in standing if one not in chosen]
    return Derived("lowest", low, None, None, _ids(chosen), tuple(trace))


def _low_best_high(standing: Sequence[Count]) -> Derived:
    low, high = _least(standing), _greatest(standing)
    able = [count for count in standing if count.low is not None] or standing
    best = max(able, key=lambda c: (len(_agreeing(c, standing)), c.published, -(c.low or 0), c.claim))
    agreeing = _agreeing(best, standing)
    value = best.low if best.low is not None else best.high
    trace = [f"low {low}: {_said(one)}" for one in _with(standing, low, lambda c: c.low)[:1]]
    trace.append(f"best {value}: {_said(best)}; {len(agreeing)} of {len(_voices(standing))} voices agree with it")
    trace += [f"high {high}: {_said(one)}" for one in _with(standing, high, lambda c: c.top)[:1]]
    if any(count.high is None for count in standing):
        trace.append("a count without an upper bound stands: more is possible")
    used = [*_with(standing, low, lambda c: c.low), best, *_with(standing, high, lambda c: c.top)]
    return Derived("low_best_high", low, value, high, _ids(used), tuple(trace))


def _voices(counts: Iterable[Count]) -> set[str]:
    return {fold(count.said_by) for count in counts}


def _agreeing(count: Count, standing: Sequence[Count]) -> set[str]:
    return _voices(other for other in standing if not other.excludes(count))


def _range(standing: Sequence[Count]) -> Derived:
    low, high = _least(standing), _greatest(standing)
    ends = [*_with(standing, low, lambda c: c.low), *_with(standing, high, lambda c: c.top)]
    trace = list(dict.fromkeys(f"an end of the range: {_said(one)}" for one in ends))
    return Derived("range", low, None, high, _ids(ends), tuple(trace))


def _latest(standing: Sequence[Count]) -> Derived:
    day = max(count.published for count in standing)
    last = [count for count in standing if count.published == day]
    trace = [f"of the last day, {day or 'undated'}: {_said(one)}" for one in last]
    trace += [f"earlier: {_said(one)}" for one in standing if one.published != day]
    open_end = any(count.high is None for count in last)
    return Derived("latest", _least(last), None, None if open_end else _greatest(last), _ids(last), tuple(trace))


def unreconciled(series: Sequence[Series]) -> tuple[Unreconciled, ...]:
    """What the series leave open: counts that exclude each other, totals that fall, parts over their whole, unknown scopes."""
    by_id = {one.id: one for one in series}
    out: list[Unreconciled] = []
    for one in series:
        out += _conflicts(one)
        out += _falls(one)
        out += _too_large(one, by_id)
        if one.scope.basis == "cumulative" and one.scope.since is None:
            said = "; ".join(_said(count) for count in one.counts)
            words = f"Nobody says since when it is counted: {said}. It is compared with no other count."
            out.append(Unreconciled("no-beginning", (one.id,), words, _ids(one.counts)))
    out += _placeless(series)
    return tuple(sorted(out, key=lambda u: (u.kind, u.series, u.claims)))


def _conflicts(one: Series) -> Iterable[Unreconciled]:
    """The counts of several voices that exclude each other, and those of one voice on one day, which must cover two things."""
    apart: dict[str, set[int]] = {"conflict": set(), "scope-unclear": set()}
    standing = one.standing
    for (i, first), (j, second) in combinations(enumerate(standing), 2):
        same_voice = fold(first.said_by) == fold(second.said_by)
        grown = one.scope.basis == "cumulative" and second.published > first.published and second.top > first.top
        if first.excludes(second) and not grown:
            apart["scope-unclear" if same_voice else "conflict"] |= {i, j}
    words = {
        "conflict": "These counts exclude each other",
        "scope-unclear": "One voice gives several counts on one day, and it is not told what each of them covers",
    }
    for kind, found in apart.items():
        counts = [standing[i] for i in sorted(found)]
        if counts:
            said = "; ".join(dict.fromkeys(map(_said, counts)))
            yield Unreconciled(kind, (one.id,), f"{words[kind]}: {said}.", _ids(counts))


def _falls(one: Series) -> Iterable[Unreconciled]:
    for count in one.counts:
        if count.move == "falls":
            before = [earlier for earlier in one.counts if earlier.replaced_by == one.counts.index(count)]
            said = "; ".join(_said(earlier) for earlier in before)
            yield Unreconciled(
                "falls", (one.id,), f"A count was lowered: {said}; then {_said(count)}.", _ids((*before, count))
            )  # fmt: skip


def _too_large(one: Series, by_id: dict[str, Series]) -> Iterable[Unreconciled]:
    """A part whose least number is over all that stands for its whole, which a running total may outgrow once it was told."""
    whole = by_id.get(one.within)
    if whole is None or not contains(whole.scope, one.scope):
        return
    known = max(count.published for count in whole.standing)
    least = _least([count for count in one.standing if one.scope.basis != "cumulative" or count.published <= known])
    if least is not None and all(count.reach[1] < least for count in whole.standing):
        said = "; ".join(_said(count) for count in whole.standing)
        part, all_ = (f"{scope.group} {scope.measure}" for scope in (one.scope, whole.scope))
        words = f"{least:,} {part} are more than the {all_}: {said}."
        yield Unreconciled("part-over-whole", (one.id, whole.id), words, _ids((*one.standing, *whole.standing)))


def _placeless(series: Sequence[Series]) -> Iterable[Unreconciled]:
    """Running totals of one beginning, one of which names no place: whether they are one cannot be told."""
    alike: dict[object, list[Series]] = defaultdict(list)
    for one in series:
        scope = one.scope
        if scope.basis == "cumulative" and scope.since is not None:
            alike[scope.measure, scope.group, scope.side, scope.since.first].append(one)
    for found in alike.values():
        for one in (o for o in found if not o.scope.place_key):
            for other in (o for o in found if o.scope.place_key):
                yield Unreconciled(
                    "place-unknown", (one.id, other.id),
                    f"One total names no place, another {other.scope.place}; it is not said whether they count the same.",
                    _ids((*one.standing, *other.standing)),
                )  # fmt: skip
