"""How well an event is supported: DESIGN.md's grades, tried in order. Each grade says its rule in a sentence.

Whom an admission harms is worked out from the roles of the claim, the table of types, and the sides of actor and witness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from warledger.core import Actor, Claim, Grade, Record, fold
from warledger.ontology import crowd_of, names_nobody, role_of
from warledger.reconcile.knowledge import ARMED_KINDS, ActorBook
from warledger.reconcile.origins import Witness, origins_of

_SAID: Final = {
    "happened": ("say so", "says so"),
    "failed": ("say that it was tried and failed", "says that it was tried and failed"),
    "planned": ("say that it is planned", "says that it is planned"),
    "possible": ("say that it may be so", "says that it may be so"),
    "denied": ("deny it", "denies it"),
}
"""Status → what several origins, and one, say of the event."""
ACCEPTED: Final = "Responsibility is accepted by"
"""How the rule begins by which a belligerent's own word for what it did confirms it."""
DOUBTFUL: Final = 0.4
"""What an extractor is less sure of than this admits nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known when an event is graded. `live` are the claims that no revision dropped; `country` is where it happened,
    `on` the day by which sides are told; `responsibility` are claims by which a belligerent takes it upon itself; `winners` are
    the names of those who, by most that is told, gained by it.
    """

    claims: tuple[Claim, ...]
    live: tuple[Claim, ...]
    country: str
    on: date | None = None
    responsibility: tuple[Claim, ...] = ()
    winners: tuple[str, ...] = ()


class Grader:
    """Grades events of one set of records."""

    def __init__(
        self,
        records: Mapping[str, Record],
        witness: Mapping[str, Witness],
        book: ActorBook,
        published: Mapping[str, date | None] | None = None,
    ) -> None:
        self.records, self.witness, self.book = records, witness, book
        self.published = published or {}

    def grade(self, case: Case) -> Grade:
        """The first grade in DESIGN.md's order whose rule holds."""
        for rule in (self._retracted, self._denied, self._contested, self._confirmed):
            found = rule(case)
            if found is not None:
                return found
        return self._by_origins(case)

    def _side(self, actor: Actor, case: Case) -> str:
        return self.book.side(actor.name, actor.kind, country=case.country, on=case.on)

    def _cast(self, claim: Claim, ids: Sequence[str]) -> list[Actor]:
        record = self.records[claim.document]
        return [record.actor(i) for i in ids]

    def _retracted(self, case: Case) -> Grade | None:
        if case.live:
            return None
        return Grade(
            "retracted",
            "Only a version of a report that its publisher has since replaced tells of it.",
            tuple(c.id for c in case.claims),
        )

    def _denied(self, case: Case) -> Grade | None:
        if any(c.status != "denied" for c in case.live):
            return None
        return Grade("denied", "All that is said of it is that it did not happen.", tuple(c.id for c in case.live))

    def _contested(self, case: Case) -> Grade | None:
        happened = [c for c in case.live if c.status == "happened"]
        believers = {fold(self.witness[c.id].name) for c in happened}
        denials = [c for c in case.live if self._denies(c, case) and fold(self.witness[c.id].name) not in believers]
        denials = [c for c in denials if not self._overtaken(c, happened, case)]
        rivals = self._rival_initiators(happened, case)
        if denials and happened:
            rule = f"Denied by {self._names(denials)}; others say that it happened."
            claims = dict.fromkeys(c.id for c in (*denials[:3], *happened[:3]))
            if rivals is not None:
                rule, claims = f"{rule} {rivals.rule}", claims | dict.fromkeys(rivals.claims)
            return Grade("contested", rule, tuple(claims))
        return rivals

    def _names(self, claims: Sequence[Claim]) -> str:
        """Whose word these claims are."""
        return _list(sorted({self.witness[c.id].name for c in claims}))

    def _overtaken(self, denial: Claim, happened: Sequence[Claim], case: Case) -> bool:
        """Whether a denial was made before the day of the event, or its own side has since said that it happened."""
        made = self.published.get(denial.document)
        if made is not None and case.on is not None and made < case.on:
            return True
        side = self.witness[denial.id].side
        later = (self.published.get(c.document) for c in happened if side and self.witness[c.id].side == side)
        return made is not None and any(day is not None and day > made for day in later)

    def _denies(self, claim: Claim, case: Case) -> bool:
        if claim.status == "denied":
            return True
        if claim.status != "failed" or role_of(claim.type).territory != "gains":
            return False
        sides = {self._side(a, case) for a in self._cast(claim, claim.initiator)} - {""}
        mine = self.witness[claim.id].side
        return bool(mine) and bool(sides) and mine not in sides

    def _rival_initiators(self, happened: Sequence[Claim], case: Case) -> Grade | None:
        by_side: dict[str, list[Claim]] = defaultdict(list)
        for claim in happened:
            if not role_of(claim.type).responsibility or claim.type == "toll":
                continue
            doers = [a for a in self._cast(claim, claim.initiator) if not names_nobody(a.name)]
            sides = {self._side(a, case) for a in doers} - {""}
            if len(sides) == 1:
                by_side[sides.pop()].append(claim)
        witnesses = {side: {self.witness[c.id].name for c in found} for side, found in by_side.items()}
        for one in sorted(by_side):
            for two in sorted(by_side):
                apart = one < two and not self._may_be_one(by_side[one], by_side[two], case)
                if apart and witnesses[one] - witnesses[two] and witnesses[two] - witnesses[one]:
                    told = [(self._doers(by_side[side]), self._names(by_side[side])) for side in (one, two)]
                    accounts = "; ".join(f"{doers} by the word of {names}" for doers, names in told)
                    return Grade(
                        "contested",
                        f"Witnesses disagree on who did it: {accounts}.",
                        (by_side[one][0].id, by_side[two][0].id),
                    )
        return None

    def _may_be_one(self, claims: Sequence[Claim], others: Sequence[Claim], case: Case) -> bool:
        """Whether a crowd that some name as the doers ("rebels") may be the group that others name: they are no enemies."""
        mine, yours = ([a for c in told for a in self._cast(c, c.initiator)] for told in (claims, others))
        if self.book.set_tie(mine, yours) != "generic":
            return False
        sided = [(a.name, self._side(a, case), b.name, self._side(b, case)) for a in mine for b in yours]
        return not any(self.book.are_opposed(*pair, country=case.country, on=case.on) for pair in sided)

    def _doers(self, claims: Sequence[Claim]) -> str:
        return _list(sorted({self.book.canonical(a.name) for c in claims for a in self._cast(c, c.initiator)}))

    def _confirmed(self, case: Case) -> Grade | None:
        admissions = [c for c in case.live if c.status == "happened" and self._admits(c, case)]
        if admissions:
            return Grade("confirmed", f"Admitted by {self._names(admissions)}, whom it harms.", tuple(c.id for c in admissions))
        accepted = [c for c in case.live if c.status == "happened" and self._accepts(c, case)]
        accepted += list(case.responsibility)
        if accepted:
            who = sorted({self._owner(c) for c in accepted})
            return Grade("confirmed", f"{ACCEPTED} {_list(who)}.", tuple(dict.fromkeys(c.id for c in accepted)))
        return None

    def _owner(self, claim: Claim) -> str:
        if claim.voice or not claim.initiator:
            return self.witness[claim.id].name
        return self.book.speaks_as(self._cast(claim, claim.initiator)[0])

    def _admits(self, claim: Claim, case: Case) -> bool:
        """Whether the witness is of the armed side that the claim, by its roles, harms; never of the winning one."""
        witness, role = self.witness[claim.id], role_of(claim.type)
        if not witness.side or (claim.confidence is not None and claim.confidence < DOUBTFUL):
            return False
        harmed, doers = (claim.target, claim.initiator) if role.harmed != "initiator" else (claim.initiator, claim.target)
        won = {self._side(a, case) for a in self._cast(claim, doers)} | {
            self.book.side(name, country=case.country, on=case.on) for name in case.winners
        }
        lost = {
            self._side(a, case)
            for a in (self._cast(claim, harmed) if role.harmed else ())
            if a.kind in ARMED_KINDS or crowd_of(a.name) != "unarmed"
        } - won
        if witness.side in won:
            return False
        if witness.side in lost:
            return role.territory in {"gains", "loses"} or self._lost(claim, witness.side, case)
        return role.territory in {"gains", "holds"} and not lost - {""} and self._is_of_the_enemy(claim, witness, case)

    def _is_of_the_enemy(self, claim: Claim, witness: Witness, case: Case) -> bool:
        """Whether all who did it are enemies of the witness."""
        doers = [(a.name, self._side(a, case)) for a in self._cast(claim, claim.initiator)]
        known = [d for d in doers if d[1]]
        return bool(known) and all(
            self.book.are_opposed(witness.name, witness.side, name, side, country=case.country, on=case.on)
            for name, side in known
        )

    def _lost(self, claim: Claim, mine: str, case: Case) -> bool:
        """Whether fighters, not civilians, were lost, by the word of their own side."""
        for figure in claim.figures:
            sides = {self._side(a, case) for a in self._cast(claim, (figure.side,) if figure.side else ())}
            if figure.measure in {"killed", "injured", "casualties", "destroyed"} and (
                figure.group == "combatants" or mine in sides
            ):
                return True
        return False

    def _accepts(self, claim: Claim, case: Case) -> bool:
        """Whether the attacker's own side says that it did what harmed the unarmed, or what others, too, say that it did."""
        mine = self.witness[claim.id].side
        if not mine or not role_of(claim.type).responsibility or not claim.voice or mine not in self._attackers(claim, case):
            return False
        unarmed = any(crowd_of(a.name) == "unarmed" or a.kind == "civilians" for a in self._cast(claim, claim.target))
        civilian = any(
            f.group in {"civilians", "children", "women", "medics", "journalists", "aid_workers"} for f in claim.figures
        )
        return unarmed or civilian or any(self._blames(other, mine, case) for other in case.live)

    def _blames(self, claim: Claim, side: str, case: Case) -> bool:
        """Whether somebody who is not of `side` says that it did what its own word says that it did."""
        other = claim.status == "happened" and self.witness[claim.id].side != side
        return other and role_of(claim.type).responsibility and side in self._attackers(claim, case)

    def _attackers(self, claim: Claim, case: Case) -> set[str]:
        return {self._side(a, case) for a in self._cast(claim, claim.initiator)} - {""}

    def _by_origins(self, case: Case) -> Grade:
        for status in ("happened", "failed", "planned", "possible", "denied"):
            chosen = [c for c in case.live if c.status == status]
            if chosen:
                break
        origins = origins_of(chosen, self.witness)
        names = _list([o.name for o in origins])
        say, says = _SAID[status]
        if len(origins) >= 2 and status != "possible":
            return Grade(
                "corroborated",
                f"{_number(len(origins))} independent origins {say}: {names}.",
                tuple(o.claims[0] for o in origins),
            )
        fired = tuple(c for o in origins for c in o.claims)
        if all(o.interested for o in origins):
            parties = f"one party to the conflict {says}" if len(origins) == 1 else f"parties to the conflict {say}"
            return Grade("claimed", f"Only {parties}: {names}.", fired)
        alone = f"One origin {says}" if len(origins) == 1 else f"{_number(len(origins))} origins {say}"
        return Grade("reported", f"{alone}: {names}.", fired)


def _number(count: int) -> str:
    words = "Two Three Four Five Six Seven Eight Nine".split()
    return words[count - 2] if count - 2 < len(words) else str(count)


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
