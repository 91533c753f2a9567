"""The flip test: other names of actors in the same sentences must leave types, statuses, figures and roles as they were.

Two kinds of flips: `SIDES` exchanges rebels and government forces, `NAMES` one army or armed group for another. Only sentences
count that a flip leaves in their senses: in "rebels fought the regime", both parties are exchanged or the sentence is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Json = Mapping[str, Any]
Place = tuple[int, int]

_STATES: Final = ("Syrian", "Iraqi", "Libyan", "Egyptian", "Ukrainian", "Russian", "Turkish", "Iranian", "Israeli", "American")
_FORCE: Final = "army|armed forces|military|troops|soldiers|forces|air force|navy|artillery|warplanes|jets|aircraft|helicopters"
SIDES: Final[Mapping[str, str]] = {
    "rebels": "government forces",
    "rebel forces": "government forces",
    "rebel fighters": "government soldiers",
    "rebel-held": "government-held",
    "rebel-controlled": "government-controlled",
    "opposition fighters": "government soldiers",
    "opposition forces": "government forces",
    "opposition-held": "government-held",
    "insurgents": "government troops",
    "separatists": "government forces",
    "government forces": "rebel forces",
    "government troops": "rebel fighters",
    "government soldiers": "rebel fighters",
    "government-held": "rebel-held",
    "government-controlled": "rebel-controlled",
    "regime forces": "rebel forces",
    "regime-held": "rebel-held",
    "loyalist forces": "rebel forces",
    "pro-government forces": "rebel forces",
}
"""Words of one side and those of the other."""
_POSITIONS: Final = (
    "positions|territory|lines|areas|districts|neighbou?rhoods|strongholds?|towns|villages|units|advances?|attacks?|offensives?"
    "|shelling|rockets?|mortars?|artillery|control"
)
_SIDE_OF: Final[Mapping[str, str]] = {"rebel": "government", "government": "rebel", "regime": "rebel"}
"""Exchanged in front of what either side may have: "rebel positions"."""
PARTIES: Final = frozenset({"government", "state_forces", "rebel_group", "leader", "political"})
"""Kinds of actors that stand on one of the two sides; a sentence that names one which was not exchanged has lost its sense."""
_PAIRS: Final = (
    (("Islamic State", "ISIS", "ISIL", "IS"), ("Nusra Front", "al-Nusra Front", "Jabhat al-Nusra")),
    (("Hayat Tahrir al-Sham", "HTS"), ("Ahrar al-Sham",)),
    (("Free Syrian Army", "FSA"), ("Syrian Democratic Forces", "SDF")),
    (("Hezbollah",), ("Hamas",)),
    (("al-Qaeda",), ("Boko Haram",)),
    (("Taliban",), ("al-Shabab",)),
    (("YPG",), ("PKK",)),
)
NAMES: Final[Mapping[str, str]] = {form: other[0] for pair in _PAIRS for one, other in (pair, pair[::-1]) for form in one}
"""Names of armed groups, all of one group's exchanged for one of another of its kind; armies are exchanged by the adjective of
their state as well.
"""
_BOUND: Final = re.compile(rf"(?:\b(?!(?:{'|'.join(_STATES)}|The|A|An|And|But|As|When|In|On|By)\b)[A-Z][\w’'-]*|\w+ist)\s+$")
"""A name or a creed right before the words of a side: "Nusra rebels" and "Islamist insurgents" are no other side's."""
_GOES_ON: Final = re.compile(r"\s+(?:al-|[A-Z])")
"""What makes a name the beginning of another: "Hezbollah al-Nujaba"."""
_POSSESSED: Final = re.compile(r"\s+(?:supporters?|backers?|allies|leaders?|commanders?|strongholds?)\b")
"""What makes the words of a side a part of another name."""
_ARMIES: Final = re.compile(rf"\b({'|'.join(_STATES)})(?=\s+(?:{_FORCE})\b)")


@dataclass(frozen=True, slots=True)
class Flip:
    """A text with other names in it. `edits` are (start, end, new words) in the old text, in order and apart."""

    old: str
    edits: tuple[tuple[int, int, str], ...]

    @property
    def text(self) -> str:
        """The new text."""
        parts, done = [], 0
        for start, end, words in self.edits:
            parts += [self.old[done:start], words]
            done = end
        return "".join([*parts, self.old[done:]])

    def span(self, place: Sequence[int]) -> Place:
        """Where the words at `place` of the old text stand in the new; a place that cuts an edit takes the whole of it."""
        return self._move(place[0], last=False), self._move(place[1], last=True)

    def _move(self, at: int, *, last: bool) -> int:
        shift = 0
        for start, end, words in self.edits:
            if at <= start:
                break
            if at < end:
                return start + shift + (len(words) if last else 0)
            shift += len(words) - (end - start)
        return at + shift

    def touches(self, place: Sequence[int]) -> bool:
        """Whether a name at `place` of the old text was replaced."""
        return any(start < place[1] and place[0] < end for start, end, _ in self.edits)


def flip_sides(text: str) -> Flip:
    """`text` with rebels for government forces and the other way round, where they stand without a name of their own."""
    found = [e for e in _edits(text, SIDES) if not _POSSESSED.match(text, e[1])]
    found += _edits(text, _SIDE_OF, before=rf"(?=\s+(?:{_POSITIONS})\b)")
    return Flip(text, tuple(sorted(e for e in found if not _BOUND.search(text, max(0, e[0] - 40), e[0]))))


def flip_names(text: str) -> Flip:
    """`text` with other armies and armed groups in the place of those it names."""
    states = dict(zip(_STATES, (*_STATES[1:], _STATES[0]), strict=True))
    edits = [
        e
        for e in _edits(text, NAMES, cased=True)
        if not _BOUND.search(text, max(0, e[0] - 40), e[0]) and not _GOES_ON.match(text, e[1])
    ]
    edits += [
        (*m.span(), states[m[0]])
        for m in _ARMIES.finditer(text)
        if not any(start < m.end() and m.start() < end for start, end, _ in edits)
    ]
    return Flip(text, tuple(sorted(edits)))


def _edits(text: str, words: Mapping[str, str], *, cased: bool = False, before: str = "") -> Iterable[tuple[int, int, str]]:
    forms = sorted(words, key=lambda w: (-len(w), w))
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-]){before}"
    for found in re.finditer(pattern, text, 0 if cased else re.IGNORECASE):
        new = words[found[0] if cased else found[0].lower()]
        yield (*found.span(), new[0].upper() + new[1:] if found[0][0].isupper() else new)


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims in the sentences that were flipped, and how many of them changed in each respect; `lost` and `new` are changes."""

    claims: int = 0
    lost: int = 0
    new: int = 0
    type: int = 0
    status: int = 0
    figures: int = 0
    roles: int = 0
    core: int = 0
    """Claims in both records that changed in type, status or figures, each once."""
    any: int = 0
    """Claims that changed so, were lost or are new."""

    def __add__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, f) + getattr(other, f) for f in self.__slots__))

    def share(self, respect: str) -> float:
        """The share of claims that changed in `respect`; NaN where no claim was flipped."""
        count: int = getattr(self, respect)
        return count / self.claims if self.claims else float("nan")


def left_whole(flip: Flip, sentences: Iterable[Sequence[int]], before: Json) -> list[Sequence[int]]:
    """The sentences in which every party that the record names, and one at least, was exchanged."""
    parties = [s for a in before["actors"] if a["kind"] in PARTIES for s in a["spans"] if not flip.touches(s)]
    return [(a, b) for a, b in sentences if flip.touches((a, b)) and not any(a <= s[0] < b for s in parties)]


def changes(flip: Flip, sentences: Iterable[Sequence[int]], before: Json, after: Json) -> Changes:
    """What differs between the records of the old and the new text, for claims in sentences in which a name was replaced.

    Claims are the same where their triggers overlap; one that only one of the records has was lost or is new.
    """
    flipped = [place for place in sentences if flip.touches(place)]
    inside = [c for c in before["claims"] if any(a <= c["span"][0] < b for a, b in flipped)]
    moved = [flip.span(place) for place in flipped]
    others = [c for c in after["claims"] if any(a <= c["span"][0] < b for a, b in moved)]
    total = Changes()
    for claim in inside:
        start, end = flip.span(claim["span"])
        same = [c for c in others if c["span"][0] < end and start < c["span"][1]]
        if not same:
            total += Changes(claims=1, lost=1, any=1)
            continue
        other = min(same, key=lambda c: (c["type"] != claim["type"], c["span"]))
        others.remove(other)
        kind, status = claim["type"] != other["type"], claim.get("status") != other.get("status")
        figures = _figures(claim, flip) != _figures(other, None)
        roles = _roles_differ(claim, other, flip, before, after)
        core = int(kind or status or figures)
        total += Changes(1, type=int(kind), status=int(status), figures=int(figures), roles=int(roles), core=core, any=core)
    return total + Changes(claims=len(others), new=len(others), any=len(others))


def _figures(claim: Json, flip: Flip | None) -> list[tuple[Any, ...]]:
    """What the figures of a claim say and where (in the new text), apart from the side, which is a name."""
    return sorted(
        (f["measure"], f.get("low") or -1, f.get("high") or -1, flip.span(f["span"])[0] if flip else f["span"][0])
        for f in claim.get("figures", ())
    )


def _roles_differ(claim: Json, other: Json, flip: Flip, before: Json, after: Json) -> bool:
    """Whether an initiator or target of one claim has no counterpart in the other, by where their mentions stand."""
    old = {a["id"]: {flip.span(s) for s in a["spans"]} for a in before["actors"]}
    new = {a["id"]: {(s[0], s[1]) for s in a["spans"]} for a in after["actors"]}
    for role in ("initiator", "target"):
        one = [old[i] for i in claim.get(role, ())]
        two = [new[i] for i in other.get(role, ())]
        if not all(any(_meet(a, b) for b in two) for a in one) or not all(any(_meet(a, b) for a in one) for b in two):
            return True
    return False


def _meet(one: Iterable[Place], other: Iterable[Place]) -> bool:
    spans = list(other)
    return any(a < d and c < b for a, b in one for c, d in spans)
