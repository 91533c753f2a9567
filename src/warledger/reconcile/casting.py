"""Who did it and to whom, by most that is told of an event: a vote of documents, weighed by how sure their reading is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from warledger.core import Actor, Claim, Document, Record
from warledger.ontology import crowd_of, head_and_where, is_anybody, is_partisan, names_nobody, role_of
from warledger.reconcile.knowledge import ActorBook

SHARE: Final = 0.5
"""Who is neither friend nor foe of the likeliest taker is named beside it from this share of its votes on."""

LEAST_SURE: Final = 0.4
"""What an extractor is less sure of than this names nobody where something surer is told."""
LEFT_DAYS: Final = 3
"""A report that tells of a departure so near in time tells who lost the place."""

OPPOSITION: Final = "opposition"
"""The side of rebels of whom no more is known."""

_PERSONS: Final = frozenset({"leader", "spokesperson"})

Names = tuple[str, ...]


@dataclass(slots=True)
class _Part:
    """One actor in one role: how documents call it, and how much each document's word for it weighs (0 to 1)."""

    actor: Actor
    side: str
    shown: list[str] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)
    claims: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Claim id → its document, and how much it weighs."""

    @property
    def name(self) -> str:
        return min(self.shown)

    @property
    def weight(self) -> float:
        return sum(self.votes[d] for d in sorted(self.votes))


_Role = dict[str, _Part]


def turns_round(event_type: str, claim_type: str) -> bool:
    """Whether the one who does it in such an event is the one it is done to in such a claim: who leaves a place loses it."""
    acts = {role_of(event_type).territory, role_of(claim_type).territory}
    return "loses" in acts and bool(acts & {"gains", "holds"})


class Casting:
    """Fills the roles of the events of one set of records."""

    def __init__(self, documents: Mapping[str, Document], records: Mapping[str, Record], book: ActorBook) -> None:
        self.documents, self.records, self.book = documents, records, book

    def cast(
        self, claims: Sequence[Claim], event_type: str, *, country: str = "", on: date | None = None
    ) -> tuple[Names, Names]:
        """The names of the initiators and of the targets, most documents first.

        Where a place changes hands nobody takes it together with an enemy, and nobody takes what they lose. A crowd's name, or
        one that an enemy gives, is left out where a member of the crowd is named or a neutral name is told.
        """
        doers: _Role = {}
        others: _Role = {}
        sure = [c for c in claims if c.confidence is None or c.confidence >= LEAST_SURE]
        told_by = [c for c in sure or claims if c.initiator and c.type != "toll"]
        for claim in sure or claims:
            turned = turns_round(event_type, claim.type)
            if claim.type != "toll" or not told_by:  # who counts the dead says less of who did it than who tells of the deed
                self._vote(others if turned else doers, claim, claim.initiator, country, on)
            self._vote(doers if turned else others, claim, claim.target, country, on)
        territory = role_of(event_type).territory
        told = Counter(c.document for c in sure or claims if c.initiator or c.target)
        if territory == "loses":
            self._part(others, doers, _by_side(others, told), _by_side(doers, told), country, on)
        elif territory:
            lost = _by_side(others, told) | self._leaving(claims, country, on)
            self._part(doers, others, _by_side(doers, told), lost, country, on)
        elif role_of(event_type).responsibility:
            self._without_enemies(doers, country, on)
        held = territory in {"gains", "loses", "holds"}

        def says_less(crowd: _Part, other: _Part) -> bool:
            nameless = role_of(event_type).responsibility and is_anybody(crowd.name)
            return nameless or self._says_less(crowd, other, country, on)

        return _named(doers, says_less, groups=held), _named(others, says_less, groups=held)

    def _vote(self, role: _Role, claim: Claim, ids: Iterable[str], country: str, on: date | None) -> None:
        record, published = self.records[claim.document], self.documents[claim.document].published
        actors = [record.actor(i) for i in ids]
        sides = [self.book.side(a.name, a.kind, country=country, on=on) for a in actors]
        sure = 1.0 if claim.confidence is None else claim.confidence
        weight = sure / max(1, len({s for s in sides if s}))
        for actor, side in zip(actors, sides, strict=True):
            name = self.book.canonical(actor.name, country=actor.country or country, on=published)
            part = role.setdefault(" ".join(sorted(name.casefold().split())), _Part(actor, side))
            part.shown.append(name)
            part.votes[claim.document] = max(weight, part.votes.get(claim.document, 0.0))
            part.claims[claim.id] = claim.document, weight

    def _left(self, claim: Claim) -> Iterable[Claim]:
        """What the claim's report tells of somebody leaving the claim's place."""
        for other in self.records[claim.document].claims if claim.place else ():
            if other.place == claim.place and other.status == "happened" and role_of(other.type).territory == "loses":
                yield other

    def _leaving(self, claims: Sequence[Claim], country: str, on: date | None) -> Counter[str]:
        """Votes for who lost the place: those who by the same reports left it within days, in whatever event that is told."""
        role: _Role = {}
        left = {
            other.id: other
            for claim in claims
            for other in self._left(claim)
            if claim.when is None or other.when is None or claim.when.gap_days(other.when) <= LEFT_DAYS
        }
        for other in left.values():
            self._vote(role, other, other.initiator, country, on)
        return _by_side(role, Counter(other.document for other in left.values()))

    def _part(
        self, takers: _Role, losers: _Role, gained: Counter[str], lost: Counter[str], country: str, on: date | None
    ) -> None:
        """Leave in `takers` the likeliest side and its friends, in `losers` nobody of that side; `lost` are votes against those
        that `gained`.
        """
        known = {s: w - lost[s] for s, w in gained.items() if s}
        if not known:
            return
        best = min(known, key=lambda s: (-known[s], s in lost, s))
        first = min((p for p in takers.values() if p.side == best), key=lambda p: (-p.weight, p.name))
        for key, part in list(takers.items()):
            foreign = part.side and part.side != best
            if foreign and (
                known[part.side] < SHARE * gained[best]
                or part.side in lost
                or self.book.are_opposed(first.name, best, part.name, part.side, country=country, on=on)
            ):
                del takers[key]
        left = {p.side for p in takers.values() if p.side}
        for key, part in list(losers.items()):
            if part.side in left:
                del losers[key]

    def _without_enemies(self, doers: _Role, country: str, on: date | None) -> None:
        """Leave out of `doers` who is an enemy of one much likelier: enemies attack nobody together. Who did it by as much that
        is told as another is a rival account, which is kept.
        """
        for key, part in list(doers.items()):
            likelier = [other for other in doers.values() if SHARE * other.weight > part.weight]
            if any(self.book.are_opposed(o.name, o.side, part.name, part.side, country=country, on=on) for o in likelier):
                del doers[key]

    def _says_less(self, crowd: _Part, other: _Part, country: str, on: date | None) -> bool:
        """Whether a crowd's name may mean `other`: one of its side, or no enemy of "rebels" of whom no more is known."""
        if self.book.tie(crowd.actor, other.actor) not in {"generic", "state"}:
            return False
        if crowd.side in {"", other.side}:
            return True
        foes = self.book.are_opposed(crowd.name, crowd.side, other.name, other.side, country=country, on=on)
        return crowd.side == OPPOSITION and " " not in head_and_where(crowd.name)[0] and not foes


def _named(role: _Role, says_less: Callable[[_Part, _Part], bool], *, groups: bool) -> Names:
    """The names of a role without those that say less than another; where `groups` act, persons only if there is none."""
    if groups:
        role = {k: p for k, p in role.items() if crowd_of(p.name) != "unarmed" and p.actor.kind != "civilians"}
    if groups and any(p.actor.kind not in _PERSONS for p in role.values()):
        role = {k: p for k, p in role.items() if p.actor.kind not in _PERSONS}
    named = [k for k in role if not crowd_of(role[k].name) and not names_nobody(role[k].name)]
    kept = [k for k in role if k in named or not any(says_less(role[k], role[n]) for n in named)]
    ranked = sorted(
        kept, key=lambda k: (is_partisan(role[k].name), -len(role[k].votes), -len(role[k].shown), -role[k].weight, k)
    )
    crowds = [k for k in ranked if k not in named]
    for place, key in enumerate(crowds):
        if any(says_less(role[key], role[other]) for other in crowds[:place] if other in kept):
            kept.remove(key)
    if any(not is_partisan(role[k].name) for k in kept):
        kept = [k for k in kept if not is_partisan(role[k].name)]
    if any(not names_nobody(role[k].name) for k in kept):
        kept = [k for k in kept if not names_nobody(role[k].name) or crowd_of(role[k].name) == "unarmed"]
    return tuple(role[k].name for k in sorted(kept, key=lambda k: (-len(role[k].votes), k)))


def _by_side(role: _Role, told: Mapping[str, int]) -> Counter[str]:
    """Votes by side; a document, of which so many claims are `told`, has one vote, which its claims share."""
    weights: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    for part in role.values():
        for claim, (document, weight) in part.claims.items():
            weights[part.side][claim] = document, max(weight, weights[part.side].get(claim, ("", 0.0))[1])
    votes = {side: [found[claim] for claim in sorted(found)] for side, found in weights.items()}
    return Counter({side: sum(weight / told[document] for document, weight in cast) for side, cast in votes.items()})
