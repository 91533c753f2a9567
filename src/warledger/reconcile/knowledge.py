"""What reconciliation must be told about actors, and how it manages where it is told nothing.

`ActorKnowledge` is the part of the actor lexicon that is used here. Without it names, kinds and the ties that the documents
themselves state (who leads, speaks for or belongs to whom) are all there is, and everything still works.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain
from typing import Final, Protocol

from warledger.core import Actor, Record, fold
from warledger.ontology import crowd_of, head_and_where, known_side, opposed, side_by_kind
from warledger.reconcile.asking import Notes


class KnownActor(Protocol):
    """An actor on the public record."""

    @property
    def name(self) -> str:
        """The usual English name."""

    @property
    def kind(self) -> str:
        """A word of the guide's actor kinds."""

    @property
    def parent(self) -> str:
        """The name of the larger body it belongs to; empty where there is none."""


class ActorKnowledge(Protocol):
    """Names, parents and sides of armed actors."""

    def match(self, name: str, *, country: str = "", on: date | None = None) -> KnownActor | None:
        """The actor that `name` means, or None."""

    def side_of(self, name: str, *, country: str = "", on: date | None = None) -> str:
        """The side of the conflict in `country` that `name` belongs to; empty where unknown."""


ARMED_KINDS: Final = frozenset({"state_forces", "government", "rebel_group", "militia", "jihadist_group", "external_forces"})
_STATE_KINDS: Final = frozenset({"state_forces", "government", "external_forces", "political"})
_INSURGENT_KINDS: Final = frozenset({"rebel_group", "jihadist_group", "militia"})
_BODY_TIES: Final = ("leads", "speaks_for", "member_of", "part_of")
_PERSON_KINDS: Final = frozenset({"leader", "spokesperson"})

_COMMON_WORDS: Final = frozenset(
    "the of and al for in armed forces army government group party movement front council state states united national islamic "
    "free democratic people union security ministry minister president republic brigade military air force police".split()
)


def _without_s(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


@cache
def _stems(name: str) -> frozenset[str]:
    """The first four letters of each telling word: "Syrian" and "Syria" share theirs."""
    return frozenset(w[:4] for w in fold(name).split() if len(w) > 3 and w not in _COMMON_WORDS)


def bodies_said(record: Record) -> tuple[tuple[str, str], ...]:
    """Whom a record says to lead, speak for or belong to what: the folded name of each, and the body's name."""
    actors = {a.id: a for a in record.actors}
    ties = [r for r in record.relations if r.type in _BODY_TIES and not r.ended]
    return tuple((fold(actors[r.source].name), actors[r.target].name) for r in ties if actors[r.target].kind != "other")


class ActorBook:
    """All that is known of the actors of a set of records. Answers depend on the records' content, not on their order."""

    def __init__(
        self,
        records: Mapping[str, Record],
        lexicon: ActorKnowledge | None,
        *,
        said: Iterable[tuple[str, str]] = (),
        like: ActorBook | None = None,
    ) -> None:
        """`said` is what further records say of bodies. `like` is another book over the same lexicon; look-ups are shared."""
        self.lexicon = lexicon
        self.notes: Notes | None = None
        self.looked_up: dict[tuple[str, str, date | None], KnownActor | None] = {} if like is None else like.looked_up
        self._ties: dict[tuple[tuple[str, str, str], tuple[str, str, str]], str] = {}
        self._sides: dict[tuple[str, str, str, date | None], str] = {}
        bodies: dict[str, Counter[str]] = defaultdict(Counter)
        for who, body in chain(said, *(bodies_said(record) for record in records.values())):
            bodies[who][body] += 1
        self._bodies = {who: tuple(sorted(found, key=lambda b: (-found[b], b))) for who, found in sorted(bodies.items())}

    def answer(self, who: str) -> tuple[str, ...]:
        """The bodies that the folded name `who` is said to lead, speak for or belong to, the most often told first."""
        return self._bodies.get(who, ())

    def _bodies_of(self, name: str) -> tuple[str, ...]:
        who = fold(name)
        found = self.answer(who)
        if self.notes is not None:
            self.notes.note("bodies", who, found)
        return found

    def _look_up(self, name: str, country: str, on: date | None) -> KnownActor | None:
        key = (name, country, on)
        if key not in self.looked_up:
            self.looked_up[key] = None if self.lexicon is None else self.lexicon.match(name, country=country, on=on)
        return self.looked_up[key]

    def canonical(self, name: str, *, country: str = "", on: date | None = None) -> str:
        """The name under which this actor is counted: the lexicon's where it knows it, else the record's own."""
        known = self._look_up(name, country, on)
        return known.name if known is not None else name

    def speaks_as(self, actor: Actor, *, country: str = "", on: date | None = None) -> str:
        """The witness behind a speaker: the body that a person leads, belongs to or speaks for, else the actor itself."""
        if actor.kind in _PERSON_KINDS | {"other"}:
            for body in self._bodies_of(actor.name):
                if fold(body) != fold(actor.name):
                    return self.canonical(body, country=country, on=on)
            known = self._look_up(actor.name, country, on)
            if known is not None and known.kind in _PERSON_KINDS and known.parent:
                return known.parent
        return self.canonical(actor.name, country=country, on=on)

    def side(self, name: str, kind: str = "", *, country: str = "", on: date | None = None) -> str:
        """The side of the conflict in `country` (ISO two letters) that `name` fights or speaks for; empty if on none."""
        key, bodies = (name, kind, country, on), self._bodies_of(name)
        if key not in self._sides:
            self._sides[key] = self._find_side(name, kind, bodies, country, on)
        return self._sides[key]

    def _find_side(self, name: str, kind: str, bodies: tuple[str, ...], country: str, on: date | None) -> str:
        of_body = "rebel_group" if kind in _PERSON_KINDS else ""
        asked = [(name, kind), *((body, of_body) for body in bodies[:1])]
        known = (known_side(self.lexicon, one, of_kind, country=country, on=on) for one, of_kind in asked)
        return next(filter(None, known), "") or next(filter(None, (side_by_kind(*one) for one in asked)), "")

    def are_opposed(
        self, one: str, one_side: str, two: str, two_side: str, *, country: str = "", on: date | None = None
    ) -> bool:
        """Whether two actors, each with its side, are known to fight each other in `country` on a day."""
        return opposed(self.lexicon, (one, one_side), (two, two_side), country=country, on=on)

    def above(self, name: str, *, country: str = "", on: date | None = None) -> tuple[str, ...]:
        """`name` and the larger bodies that it belongs to, nearest first; a ministry or an officer belongs to the state."""
        chain = [self.canonical(name, country=country, on=on)]
        principal = getattr(self.lexicon, "principal_of", None)
        if principal is not None and (body := principal(name, country=country, on=on)):
            chain.append(body)
        for one in chain:
            known = self._look_up(one, country, on)
            if known is not None and known.parent and known.parent not in chain:
                chain.append(known.parent)
        return tuple(chain)

    def tie(self, left: Actor, right: Actor) -> str:
        """How two actors are tied: same, part (one belongs to or speaks for the other), state, generic, or nothing ("")."""
        one, two = (left.name, left.kind, left.country), (right.name, right.kind, right.country)
        key = (one, two) if one <= two else (two, one)
        bodies = self._bodies_of(left.name), self._bodies_of(right.name)
        if key not in self._ties:
            self._ties[key] = self._find_tie(left, right, bodies)
        return self._ties[key]

    def _find_tie(self, left: Actor, right: Actor, bodies: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
        one, two = self.canonical(left.name, country=left.country), self.canonical(right.name, country=right.country)
        if same_name(one, two):
            return "same"
        if self._belongs(left, bodies[0], right, two) or self._belongs(right, bodies[1], left, one):
            return "part"
        mine, yours = crowd_of(left.name), crowd_of(right.name)
        if mine and yours:
            return "generic" if mine == yours and _compatible_where(left.name, right.name) else ""
        for generic, other in ((mine, right), (yours, left)):
            if generic == "insurgents" and other.kind in _INSURGENT_KINDS:
                return "generic"
            if generic == "state" and other.kind in {"state_forces", "government"}:
                return "state"
        if left.kind in _STATE_KINDS and right.kind in _STATE_KINDS and _stems(one) & _stems(two):
            return "state"
        return ""

    def _belongs(self, actor: Actor, bodies: tuple[str, ...], body: Actor, name: str) -> bool:
        """Whether `actor` is known or said to belong to `body`, which is called `name`. Names much alike are one body's, but
        for those of a state and of its insurgents, which only share the country's.
        """
        known = self._look_up(actor.name, actor.country, None)
        parents = {fold(b) for b in bodies}
        if known is not None and known.parent:
            parents.add(fold(known.parent))
        kinds = {actor.kind, body.kind}
        foes = bool(kinds & _STATE_KINDS and kinds & _INSURGENT_KINDS)
        return any(same_name(parent, name) or (not foes and _stems(parent) & _stems(name)) for parent in parents)

    def set_tie(self, left: Iterable[Actor], right: Iterable[Actor]) -> str:
        """The strongest tie between two groups of actors; "none" if nothing ties them, "" if one is empty."""
        mine, yours = tuple(left), tuple(right)
        if not mine or not yours:
            return ""
        found = {self.tie(a, b) for a in mine for b in yours}
        return next((t for t in ("same", "part", "state", "generic") if t in found), "none")


def _compatible_where(left: str, right: str) -> bool:
    one, two = head_and_where(left)[1], head_and_where(right)[1]
    return not one or not two or fold(one) == fold(two) or bool(_stems(one) & _stems(two))


@cache
def same_name(left: str, right: str) -> bool:
    """Whether two names read as one: equal when folded, or the same telling words apart from plural, article and brackets."""
    if fold(left) == fold(right):
        return True
    one, two = _telling_words(left), _telling_words(right)
    return bool(one) and one == two


@cache
def _telling_words(name: str) -> frozenset[str]:
    bare = re.sub(r"\([A-Z]{2,}[^()]*\)", " ", name).replace("UN ", "United Nations ")
    return frozenset(_without_s(w) for w in fold(bare).split() if w not in {"the", "al", "of", "and", "el"})
