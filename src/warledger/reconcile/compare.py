"""How two tellings compare, one comparison at a time.

Each comparison gives levels: a name such as "place: same" with a strength (1 for a plain level, 0 to 1 for a measure) and the
words that explain it. The weights of the levels are learned (`weights.json`), so that a score reads as a waterfall.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from warledger.core import Actor, Figure, Place, When, is_sum_beyond
from warledger.core import vocabulary as v
from warledger.ontology import same_event_reason
from warledger.reconcile.knowledge import ActorBook
from warledger.reconcile.places import SETTLEMENT_KINDS, stand
from warledger.reconcile.telling import Telling, sentence_likeness
from warledger.reconcile.words import cosine

SMALL_COUNT: Final = 4
"""Two reports that both say "three killed" may mean two events; from four on, the same number begins to tell."""
CLOSE_RATIO: Final = 2.0
"""Tolls of one event differ between reports, but seldom by more than this factor."""
LONG_DAYS: Final = 7
"""A time of more days than this says little about when."""

STALE_DAYS: Final = 3
"""What a report tells without a day may have happened so many days before it."""

STATE_TYPES: Final = frozenset({"control", "support", "besiege", "deploy", "found"})


@dataclass(frozen=True, slots=True)
class Level:
    """One finding of a comparison: `name` is "comparison: level", `value` its strength (0 to 1), `words` what was compared."""

    name: str
    value: float
    words: str = ""


VAGUE_PLACE: Final = Level("place: no town in common for what happens in one", 1.0)
HOLDING: Final = frozenset(v.FAMILIES["territory"])
"""Types that say who holds a place."""
TWO_DAYS: Final = 2
"""A night lies between two days, and a report may give either for what happened in it."""
OUTLETS_DAYS: Final = 4
"""Outlets date one event up to three days apart."""
CHANGES: Final = frozenset({"seize", "withdraw"})
"""Types that say that a place changed hands."""
LOCAL_KINDS: Final = frozenset({"violence", "territory", "custody"})
"""What happens at one spot; a statement or a treaty has none."""


def compare(left: Telling, right: Telling, book: ActorBook, story: float) -> list[Level]:
    """Every finding for two tellings whose types can tell of one event; `story` is their documents' likeness, 0 to 1."""
    kind = _kind(left, right)
    return [
        _types(left, right),
        Level(f"kind: {kind}", 1.0),
        *_places(left, right, kind),
        _times(left.whens, right.whens, left.published, right.published, (left.implied, right.implied)),
        _published(left.published, right.published),
        *_roles(left, right, book, kind),
        *_figures(left.figures, right.figures),
        *_words(left, right, story),
        *_standing(left, right),
    ]


def elsewhere(left: Telling, right: Telling) -> bool:
    """Whether two tellings are plainly of two events: who holds different towns, words of different days to others, or what was
    read to be taken on two days, or to count a day's victims and those of a longer time.

    What a person made of one document is not second-guessed.
    """
    if left.document == right.document and not (left.read and right.read):
        return False
    if left.read and right.read and (_taken_twice(left, right) or _sums_more(left, right)):
        return True
    if not {left.type, right.type} <= HOLDING:
        return _said_apart(left, right)
    mine, yours = _towns(left), _towns(right)
    return bool(mine and yours) and all(_are_two(a, b, sure=not (left.read or right.read)) for a in mine for b in yours)


def _taken_twice(left: Telling, right: Telling) -> bool:
    """Whether words say that a place changed hands on days that lie too far apart for one event: a town may fall twice."""
    if not {left.type, right.type} <= CHANGES or not all(_gives_a_day(telling) for telling in (left, right)):
        return False
    least = TWO_DAYS if left.document == right.document else OUTLETS_DAYS
    return all(a.gap_days(b) >= least for a in left.whens for b in right.whens)


def _sums_more(left: Telling, right: Telling) -> bool:
    """Whether one tells of a day's victims and the other of those of a longer time."""
    return any(is_sum_beyond(a, b) for a in left.claims for b in right.claims)


def _gives_a_day(telling: Telling) -> bool:
    return any(c.when_text is not None and c.when is not None and c.when.precision == "day" for c in telling.claims)


def _said_apart(left: Telling, right: Telling) -> bool:
    """Whether two tellings that people made are of words said on different days to different addressees."""
    if not {left.type, right.type} <= v.SPEECH_ACTS or left.read or right.read:
        return False
    mine, yours = ({a.name for a in telling.targets} for telling in (left, right))
    dated = left.whens and right.whens and all(a.gap_days(b) for a in left.whens for b in right.whens)
    return bool(mine and yours and dated) and not mine & yours


def _are_two(one: Place, two: Place, *, sure: bool) -> bool:
    """Whether two towns are plainly not one; neighbours are where a person (`sure`) or the gazetteer knows both."""
    found = stand(one, two)
    return found in {"apart", "other_country"} or (found == "near" and (sure or bool(one.gazetteer_id and two.gazetteer_id)))


def _towns(telling: Telling) -> list[Place]:
    """Its places, if all of them are towns whose spot is known; else none."""
    known = [p for p in telling.places if p.kind in SETTLEMENT_KINDS and p.lat is not None and p.precision in {"exact", ""}]
    return known if len(known) == len(telling.places) else []


def is_local(left: Telling, right: Telling) -> bool:
    """Whether what two tellings tell of happens at one spot."""
    return _kind(left, right) in LOCAL_KINDS


def _kind(left: Telling, right: Telling) -> str:
    both = {left.type, right.type}
    if both & v.SPEECH_ACTS:
        return "speech"
    if both & STATE_TYPES:
        return "state"
    return v.FAMILY_OF[left.type]


def _types(left: Telling, right: Telling) -> Level:
    shared = [t for t in left.types if t in right.types]
    if left.type == right.type:
        return Level("type: same", 1.0, left.type)
    if shared:
        return Level("type: shared", 1.0, shared[0])
    return Level("type: table", 1.0, f"{left.type} and {right.type}: {same_event_reason(left.type, right.type)}")


_PLACE_ORDER: Final = ("same", "near", "same_area", "inside", "apart", "other_name", "other_country")


def _places(left: Telling, right: Telling, kind: str) -> list[Level]:
    if not left.places or not right.places:
        name = "neither given" if not left.places and not right.places else "one not given"
        return [Level(f"place: {name}", 1.0), *([VAGUE_PLACE] if kind in LOCAL_KINDS else [])]
    found = min(
        ((_PLACE_ORDER.index(stand(a, b)), a.name, b.name) for a in left.places for b in right.places),
        key=lambda f: (f[0], f[1:]),
    )
    level, one, two = found
    out = [Level(f"place: {_PLACE_ORDER[level].replace('_', ' ')}", 1.0, one if one == two else f"{one}, {two}")]
    return [*out, VAGUE_PLACE] if level > 1 and kind in LOCAL_KINDS else out


def _time_level(left: When, right: When, *, stale: bool = False) -> tuple[int, str]:
    gap = left.gap_days(right)
    if gap and gap <= STALE_DAYS and stale:
        return 2, "days in common"
    if gap:
        return (4, "a day apart") if gap == 1 else (5, "two or three days apart") if gap <= 3 else (6, "apart")
    if left.precision == right.precision == "day":
        return 0, "same day"
    if left.first is not None and left.first == right.first:
        return 1, "same beginning"
    lengths = [w.length_days for w in (left, right)]
    if all(n is not None and n <= LONG_DAYS for n in lengths):
        return 2, "days in common"
    return 3, "wide times in common"


def _times(
    left: tuple[When, ...],
    right: tuple[When, ...],
    mine: date | None,
    yours: date | None,
    implied: tuple[bool, bool] = (False, False),
) -> Level:
    """How two tellings' times stand, published on `mine` and `yours`; `implied` says whose time is only its report's day."""
    if left and right:
        pairs = [(a, b, (implied[0] and _is_later(a, b)) or (implied[1] and _is_later(b, a))) for a in left for b in right]
        (_, level), first, second = min((_time_level(a, b, stale=stale), a.edtf, b.edtf) for a, b, stale in pairs)
        return Level(f"time: {level}", 1.0, first if first == second else f"{first}, {second}")
    if not left and not right:
        return Level("time: neither given", 1.0)
    known, day = (left, yours) if left else (right, mine)
    if day is None:
        return Level("time: one not given", 1.0)
    gap = min(w.gap_days(When.of(day, day)) for w in known)
    level = "one given, near the other's publication" if gap <= 2 else "one given, weeks before the other's publication"
    if gap > 14:
        level = "one given, long before the other's publication"
    return Level(f"time: {level}", 1.0, f"{known[0].edtf}, published {day}")


def _is_later(one: When, other: When) -> bool:
    return one.first is not None and other.last is not None and other.last < one.first


def _published(left: date | None, right: date | None) -> Level:
    if left is None or right is None:
        return Level("published: unknown", 1.0)
    gap = abs((left - right).days)
    for limit, name in ((1, "within a day"), (7, "within a week"), (31, "within a month")):
        if gap <= limit:
            return Level(f"published: {name}", 1.0, f"{gap} days apart")
    return Level("published: further apart", 1.0, f"{gap} days apart")


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(a.name for a in actors)


def _role(name: str, left: tuple[Actor, ...], right: tuple[Actor, ...], book: ActorBook) -> Level | None:
    tie = book.set_tie(left, right)
    if not tie:
        return None
    level = {"same": "same", "part": "tied", "state": "tied", "generic": "generic", "none": "different"}[tie]
    return Level(f"{name}: {level}", 1.0, f"{_names(left)} / {_names(right)}" if tie != "same" else _names(left))


def _roles(left: Telling, right: Telling, book: ActorBook, kind: str) -> list[Level]:
    mine, yours = (left.initiators, left.targets), (right.initiators, right.targets)
    if "clash" in {left.type, right.type} or {left.type, right.type} == {"seize", "withdraw"}:
        mine, yours = (left.initiators + left.targets, ()), (right.initiators + right.targets, ())
    who = "speaker" if kind == "speech" else "initiator"
    found = [_role(who, mine[0], yours[0], book), _role("target", mine[1], yours[1], book)]
    if left.voices and right.voices:
        shared = sorted(set(left.voices) & set(right.voices))
        found.append(Level("voice: same", 1.0, ", ".join(shared)) if shared else Level("voice: different", 1.0))
    return [level for level in found if level is not None]


def _bounds(figure: Figure) -> tuple[float, float]:
    low = 0.0 if figure.low is None else float(figure.low)
    return low, float("inf") if figure.high is None else float(figure.high)


def _figure_level(left: Figure, right: Figure) -> tuple[int, str]:
    (a, b), (c, d) = _bounds(left), _bounds(right)
    if left.low == right.low and left.high == right.high:
        size = max(left.low or 0, left.high or 0)
        return (0, "same number") if size >= SMALL_COUNT else (2, "same small number")
    if left.low is not None and left.low == right.low and left.low >= SMALL_COUNT:
        return 1, "same lower bound"
    if a <= d and c <= b:
        return 3, "compatible"
    low, high = (b, c) if b < c else (d, a)
    return (4, "close") if low > 0 and high / low <= CLOSE_RATIO else (5, "conflict")


def _figures(left: tuple[Figure, ...], right: tuple[Figure, ...]) -> list[Level]:
    found = [
        (_figure_level(a, b), a.words.quote, b.words.quote)
        for a in left
        for b in right
        if a.measure == b.measure and a.basis == b.basis and a.group == b.group
    ]
    if not found:
        return []
    (_, level), one, two = min(found)
    return [Level(f"figures: {level}", 1.0, f"{one} / {two}")]


def _words(left: Telling, right: Telling, story: float) -> list[Level]:
    best, whole = sentence_likeness(left, right), cosine(left.words, right.words)
    return [
        Level("words: whole telling", whole, f"likeness {whole:.2f}"),
        Level("words: best sentence", best, f"likeness {best:.2f}"),
        Level("words: sentence reworded", max(0.0, best - 0.5) * 2, f"likeness {best:.2f}"),
        Level("words: whole story", story, f"likeness {story:.2f}"),
        Level("words: same story", max(0.0, story - 0.5) * 2, f"likeness {story:.2f}"),
    ]


def _standing(left: Telling, right: Telling) -> list[Level]:
    out: list[Level] = []
    if not left.statuses & right.statuses:
        out.append(Level("status: different", 1.0, f"{', '.join(sorted(left.statuses))} / {', '.join(sorted(right.statuses))}"))
    if left.source and left.source == right.source:
        out.append(Level("source: same outlet", 1.0, left.source))
    if len(left.claims) > 1 and len(right.claims) > 1:
        out.append(Level("standing: told at length in both", 1.0))
    return out
