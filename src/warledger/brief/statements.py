"""Statements about events: what is asserted, what only somebody says, what is disputed and how the accounts differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from warledger.brief.clauses import Clause, Clauses
from warledger.brief.counts import Count
from warledger.brief.grammar import Mood, NounPhrase, capital, day_words, join_and, number, predicate, when_words
from warledger.brief.model import BriefSettings, Item, Piece, Sentence
from warledger.brief.names import Namer
from warledger.brief.parts import TAKEN, Parts, parts_of_claim, parts_of_event
from warledger.brief.quoting import sentence_quote
from warledger.brief.references import References
from warledger.brief.table import TOLL_VERBS, TOLLED
from warledger.brief.witnesses import Witness, Witnesses
from warledger.core import Claim, Event, View
from warledger.core import vocabulary as v
from warledger.ontology.types import role_of
from warledger.reconcile.grading import ACCEPTED

DISPUTED = frozenset({"contested", "denied", "retracted"})
"""Grades whose events are told with both sides."""
ASSERTED = frozenset({"confirmed", "corroborated"})
"""Grades whose events are stated in the briefing's own voice."""
_BLAMED = frozenset(v.FAMILIES["violence"]) - {"clash", "offensive", "toll"}


class Statements:
    """Writes the statements of one briefing and numbers what they rest on."""

    def __init__(self, view: View, settings: BriefSettings) -> None:
        self.view = view
        self.namer = Namer(view)
        self.witnesses = Witnesses(view, self.namer)
        self.references = References(view, settings.references)
        self.clauses = Clauses(view, self.namer, settings.quote_words)
        self._settings = settings

    def claims(self, event: Event) -> list[Claim]:
        """The claims of an event, the one whose words lead first: its type and status, its roles filled, then the earliest."""
        view = self.view

        def key(claim: Claim) -> tuple[bool, bool, int, str, str, int]:
            document = view.documents.get(claim.document)
            day = document.published.isoformat() if document is not None and document.published is not None else ""
            filled = sum(map(bool, (claim.initiator, claim.target, claim.place, claim.when)))
            return claim.type != event.type, claim.status != event.status, -filled, day, claim.document, claim.span.start

        return sorted((view.claims[i] for i in event.claims if i in view.claims), key=key)

    def place_of(self, event: Event) -> str:
        """An event's place as the object of its verb: "Hama", "most of Hama", "ground near Hama"."""
        return self.clauses.object_place(parts_of_event(event, self.view, self.claims(event)[0]))

    def sentence(self, text: str, claims: Iterable[Claim]) -> Sentence:
        """A sentence with its full stop and the references of `claims`."""
        closed = text if re.search(r"[.?!…][”’]*$", text) else f"{text}."
        return Sentence((Piece(closed, self.references.marks(claims)),))

    def item(self, event: Event, *, dated: bool = True) -> Item | None:
        """All that the briefing says about an event; None where none of its claims is in the view."""
        claims = self.claims(event)
        if not claims:
            return None
        counts, differing = self._counts(event, claims)
        by_one = self._told_by_one(counts, claims) if event.grade.name in ASSERTED and event.type != "toll" else []
        counts = [c for c in counts if c not in [count for count, _ in by_one]]
        parts = parts_of_event(event, self.view, claims[0])
        grown = growing(differing, self.view)
        if grown:
            count, claim = grown[0]
            counts, differing, claims = [count], [], [claim, *(c for c in claims if c != claim)]
            parts = replace(parts_of_claim(claim, self.view), type=event.type)
        alone = len({self.witnesses.of(c).name for c in claims}) == 1
        parts = replace(parts, counts=tuple(counts), also=event.also_places if alone and not grown else parts.also)
        sentences, positions = self._statement(event, replace(parts, counted=bool(differing)), claims, dated=dated)
        if event.type == "toll" and differing and not counts:
            sentences = []
        sentences = [*sentences, *self._denials(event, claims), *([] if alone else self._further(event, claims))]
        if grown:
            sentences = [*sentences, self._earlier(grown[1:])]
        if differing:
            differing = [*differing, *by_one]
        else:
            sentences = [*sentences, *self.accounts(by_one)]
        if differing:
            sentences = [*sentences, *self._opening(event, parts, differing, dated=dated)]
            positions = [*positions, *self.accounts(differing)]
        return Item(tuple(sentences), event.id, event.grade.name, tuple(positions))

    def _earlier(self, counts: Sequence[tuple[Count, Claim]]) -> Sentence:
        """The counts that a running total had before, each with its day and whose word it was."""
        told = [f"{count.object} ({self.witnesses.of(claim).phrase.text}{_on(claim, self.view)})" for count, claim in counts]
        be = "Earlier counts were" if len(told) > 1 else "An earlier count was"
        return self.sentence(f"{be} {join_and(told)}", [claim for _, claim in counts])

    def _further(self, event: Event, claims: Sequence[Claim]) -> list[Sentence]:
        """Places that only some of several witnesses name beside the event's own, in a sentence a witness."""
        if event.type not in TAKEN or event.status != "happened" or event.grade.name in DISPUTED:
            return []
        keys = {place.key: place for place in event.also_places}
        told: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.also_places and claim.status == event.status:
                told.setdefault(self.witnesses.of(claim).name, []).append(claim)
        sentences = []
        for found in told.values():
            named = {p.name for c in found for i in (c.place, *c.also_places) if (p := self.view.record_of(c).place(i))}
            also = [place for place in keys.values() if place.name in named]
            if not also:
                continue
            parts = replace(parts_of_claim(found[0], self.view), counts=(), extent="", place=also[0], also=tuple(also[1:]))
            clause = self.clauses.compose(parts, dated=False)
            if clause is not None:
                witness = self.witnesses.of(found[0])
                said = f"{capital(clause.words(pronoun=True))}, too, {witness.phrase.text} {witness.reports}"
                if not witness.published:
                    said = f"{witness.says(clause)}, too"
                sentences.append(self.sentence(said, found))
        return sentences

    def _denials(self, event: Event, claims: Sequence[Claim]) -> list[Sentence]:
        """Who denied what happened all the same, or denies what others say of it; and who says that a plan came to nothing."""
        sentences = []
        if event.status == "happened" and event.grade.name not in DISPUTED:
            for claim in (c for c in claims if c.status == "denied"):
                witness = self.witnesses.of(claim)
                own = self.clauses.compose(parts_of_claim(claim, self.view), dated=False)
                believes = any(c.status == "happened" and self.witnesses.of(c).name == witness.name for c in claims)
                if believes and own is not None:
                    sentences.append(self.sentence(witness.denies(own), [claim]))
                elif not witness.published:
                    sentences.append(self.sentence(f"{capital(witness.phrase.text)} denied it{_on(claim, self.view)}", [claim]))
        if event.status == "planned":
            for other in (self.view.events_by_id.get(i) for kind, i in event.related if kind == "denied_by"):
                for claim in self.claims(other)[:1] if other is not None else ():
                    witness = self.witnesses.of(claim)
                    sentences.append(
                        self.sentence(f"{capital(witness.phrase.text)} {witness.reports} that it did not", [claim])
                    )
        return sentences

    def line(self, event: Event, *, dated: bool = True) -> Item | None:
        """The first sentence alone, for lists."""
        item = self.item(event, dated=dated)
        return None if item is None else replace(item, sentences=item.sentences[:1], positions=())

    def _statement(
        self, event: Event, parts: Parts, claims: list[Claim], *, dated: bool
    ) -> tuple[list[Sentence], list[Sentence]]:
        blamed = self._blamed(event, claims)
        if blamed:
            parts = replace(parts, initiator=())
        clause = self.clauses.compose(parts, dated=dated)
        if clause is None:
            return [self.quotation(claims[0], claims)], []
        if (
            event.type in v.SPEECH_ACTS
            and event.status == "happened"
            and not clause.quotes
            and event.grade.name not in DISPUTED
        ):
            return [self._spoken(clause, parts, claims)], []
        grade = event.grade.name
        if grade in ("contested", "retracted") or (grade == "denied" and any(c.status != "denied" for c in claims)):
            return self._disputed(event, parts, clause, claims)
        if grade in ASSERTED:
            sentences = [self.sentence(clause.sentence(), claims)]
            if blamed:
                sentences.append(self._blame(event, blamed))
            grounds = self._grounds(event)
            return ([*sentences, grounds] if grounds is not None else sentences), []
        witness = self.witnesses.of(claims[0])
        if event.status == "denied" and clause.mood is not Mood.NO_PLAN:
            text = witness.denies(clause)
        else:
            text = witness.says(clause)
            if condition := self.clauses.condition(parts):
                text = (
                    f"{text} {condition}"
                    if not witness.published
                    else f"{clause.sentence()} {condition}, {witness.phrase.text} {witness.reports}"
                )
        own = [c for c in claims if self.witnesses.of(c).name == witness.name] or claims
        return [self.sentence(text, [*own, *(c for c in claims if c not in own)])], []

    def _spoken(self, clause: Clause, parts: Parts, claims: list[Claim]) -> Sentence:
        """A speech act whose words do not follow its verb: what was done, then the sentence that says it."""
        if parts.type == "declare" and clause.rest.startswith("responsibility"):
            return self.sentence(self.witnesses.of(claims[0]).says(clause), claims)
        quote = sentence_quote(claims[0], self.view, self._settings.quote_words)
        return self.sentence(f"{self.witnesses.of(claims[0]).says(clause)}: {quote}", claims)

    def quotation(self, claim: Claim, claims: Sequence[Claim] = ()) -> Sentence:
        """The plain safe form: the publisher and the sentence."""
        publisher = self.witnesses.publisher(claim)
        quote = sentence_quote(claim, self.view, self._settings.quote_words)
        return self.sentence(f"{capital(publisher.phrase.text)} {publisher.reports}: {quote}", claims or (claim,))

    def _blamed(self, event: Event, claims: list[Claim]) -> list[Claim]:
        """The claims that name the doer, where one witness alone does so and others tell of the deed without it."""
        if event.grade.name != "corroborated" or event.type not in _BLAMED or not event.initiator:
            return []
        naming = [c for c in claims if c.initiator]
        names = {self.witnesses.of(c).name for c in naming}
        everybody = {self.witnesses.of(c).name for c in claims}
        return naming if len(names) == 1 and len(everybody) > 1 else []

    def _blame(self, event: Event, naming: list[Claim]) -> Sentence:
        witness = self.witnesses.of(naming[0])
        doer = self.namer.actors(event.initiator)
        if witness.name in event.initiator:
            return self.sentence(f"{capital(doer.text)} {doer.verb('claim')} responsibility", naming)
        was = "were" if doer.plural else "was"
        verb = witness.reports
        return self.sentence(f"{capital(witness.phrase.text)} {verb} that {doer.text} {was} responsible", naming)

    def _grounds(self, event: Event) -> Sentence | None:
        if event.grade.name == "corroborated":
            return self._independent(event)
        admitting = [self.view.claims[i] for i in event.grade.claims if i in self.view.claims]
        for claim in admitting:
            witness = self.witnesses.of(claim)
            if witness.published and claim.type not in v.SPEECH_ACTS:
                continue
            if witness.published:
                names = self.view.actor_names(claim, claim.initiator)
                if not names:
                    continue
                witness = Witness(self.namer.canonical(names[0]), self.namer.actor(names[0], state=True), published=False)
            if claim.type == "declare":
                return self.sentence(f"{capital(witness.phrase.text)} {witness.phrase.verb('claim')} responsibility", [claim])
            if event.grade.rule.startswith(ACCEPTED) and self._is_own(event, witness):
                return self.sentence(f"{capital(witness.phrase.text)} {witness.accepts}", [claim])
            return self.sentence(
                self._admission(event, witness), [c for c in admitting if self.witnesses.of(c).name == witness.name] or [claim]
            )
        return None

    def _is_own(self, event: Event, witness: Witness) -> bool:
        """Whether a witness speaks for those who did it; one armed group does not for another of its side."""
        return witness.name in event.initiator or self.namer.kind(witness.name) not in v.ARMED_GROUPS

    def _admission(self, event: Event, witness: Witness) -> str:
        who, phrase = capital(witness.phrase.text), witness.phrase
        role = role_of(event.type)
        if witness.name in event.initiator:
            return f"{who} {witness.accepts}"
        side = "the losing side" if role.territory else "the side that it harms"
        if witness.name not in event.target:
            return f"{who} {phrase.verb('confirm')} it"
        return f"{who}, {side}, {phrase.verb('confirm')} it"

    def _independent(self, event: Event) -> Sentence | None:
        names = [self.witnesses.origin(origin.name) for origin in event.origins]
        if len(names) < 2:
            return None
        nameless = [name for name in names if name.startswith("a report")]
        if len(nameless) > 1:
            names = [*(name for name in names if name not in nameless), f"{number(len(nameless))} reports"]
        shown = names[:3] if len(names) <= 3 else [*names[:2], f"{number(len(names) - 2)} others"]
        claims = [self.view.claims[o.claims[0]] for o in event.origins if o.claims and o.claims[0] in self.view.claims]
        verb = "tell of it" if len(nameless) > 1 else "report it"
        return self.sentence(f"{capital(join_and(shown))} {verb} independently", claims)

    def _disputed(
        self, event: Event, parts: Parts, clause: Clause, claims: list[Claim]
    ) -> tuple[list[Sentence], list[Sentence]]:
        if event.grade.name == "retracted":
            opening = f"A report that {clause.positive().words()} was withdrawn"
        elif rivals(event, claims, self.view):
            bare = self.clauses.compose(replace(parts, initiator=()))
            opening = f"{bare.sentence() if bare is not None else clause.sentence()}; it is disputed who did it"
        else:
            opening = f"It is disputed whether {clause.positive().words()}"
        positions: dict[tuple[str, bool], tuple[str, list[Claim]]] = {}
        for claim in sorted(claims, key=lambda c: c.status == "denied"):
            witness = self.witnesses.of(claim)
            key = (witness.name, claim.status == "denied")
            if key in positions:
                positions[key][1].append(claim)
                continue
            if claim.status == "denied" and not witness.published and any(not denied for _, denied in positions):
                positions[key] = (f"{capital(witness.phrase.text)} {witness.phrase.verb('deny')} it", [claim])
                continue
            own = self.clauses.compose(replace(parts_of_claim(claim, self.view), extent=parts.extent))
            if own is None:
                continue
            text = witness.denies(own) if claim.status == "denied" else witness.says(own)
            positions[key] = (text, [claim])
        return [self.sentence(opening, claims)], [self.sentence(text, told) for text, told in positions.values()]

    def _counts(self, event: Event, claims: list[Claim]) -> tuple[list[Count], list[tuple[Count, Claim]]]:
        """The counts that nobody contradicts, and each account of the others; cumulative ones are the toll's."""
        by_claim = {claim.id: claim for claim in claims}
        counts = [
            c
            for c in parts_of_event(event, self.view, claims[0]).counts
            if c.claim in by_claim and (event.type == "toll" or c.basis != "cumulative" or c.measure not in TOLLED)
        ]
        agreed: list[Count] = []
        differing: list[tuple[Count, Claim]] = []
        for measure in dict.fromkeys(c.measure for c in counts):
            latest = self._latest([c for c in counts if c.measure == measure], by_claim)
            one_voice = len({self.witnesses.of(by_claim[c.claim]).name for c in latest}) == 1
            if len(latest) == 1 or one_voice or measure not in TOLL_VERBS:
                agreed += latest if event.type == "toll" else latest[:1]
                continue
            differing += [(c, by_claim[c.claim]) for c in latest]
        if {c.measure for c in counts} >= {"killed", "casualties"}:
            both = [c for c in agreed if c.measure == "casualties"]
            agreed = [c for c in agreed if c.measure != "casualties"]
            differing += [(c, by_claim[c.claim]) for c in both]
        return agreed, differing

    def _told_by_one(self, counts: Sequence[Count], claims: Sequence[Claim]) -> list[tuple[Count, Claim]]:
        """The counts that one of several witnesses alone gives: that all tell of the deed does not make it so many. What is
        counted besides tolls (strength, "other") is told with the deed, or not at all.
        """
        if len({self.witnesses.of(c).name for c in claims}) == 1:
            return []
        found = []
        for count in counts:
            if count.measure not in TOLL_VERBS:
                continue
            told = (count.measure, count.low, count.high)
            giving = [c for c in claims if told in [(f.measure, f.low, f.high) for f in c.figures]]
            if len({self.witnesses.of(c).name for c in giving}) == 1:
                found.append((count, giving[0]))
        return found

    def _latest(self, counts: list[Count], by_claim: dict[str, Claim]) -> list[Count]:
        """One count a witness, group and side, the last that it gave; equal counts once, in the words that say most."""
        last: dict[tuple[str, str, str], Count] = {}
        for count in sorted(counts, key=lambda c: (published(by_claim[c.claim], self.view), by_claim[c.claim].span.start)):
            last[self.witnesses.of(by_claim[count.claim]).name, count.group, count.side] = count
        unlike: dict[tuple[int | None, int | None, str], Count] = {}
        for count in sorted(last.values(), key=lambda c: (-len(c.parts), c.group == "people", -c.size, c.claim)):
            unlike.setdefault((count.low, count.high, count.side), count)
        return sorted(unlike.values(), key=lambda c: (-c.size, c.claim))

    def _opening(self, event: Event, parts: Parts, differing: list[tuple[Count, Claim]], *, dated: bool) -> list[Sentence]:
        if event.type != "toll" or parts.counts:
            tolled = all(count.measure in TOLLED for count, _ in differing)
            accounts = "Accounts of the toll differ" if tolled else "Accounts of how many differ"
            return [self.sentence(accounts if len(differing) > 1 else "There is a further count", ())]
        where = f" {self.namer.at(event.place)}" if event.place is not None else ""
        when = f" {when_words(event.when)}" if dated and event.when is not None else ""
        return [self.sentence(f"Accounts of the toll{where}{when} differ", ())]

    def accounts(self, counts: Iterable[tuple[Count, Claim]]) -> list[Sentence]:
        """A sentence a claim: "The Observatory says that at least 16 people were killed and 40 people were injured"."""
        told: dict[str, tuple[Claim, dict[str, list[Count]]]] = {}
        for count, claim in counts:
            told.setdefault(claim.id, (claim, {}))[1].setdefault(count.measure, []).append(count)
        sentences = []
        for claim, by_measure in told.values():
            witness = self.witnesses.of(claim)
            verb = witness.reports
            clauses = []
            for measure, listed in by_measure.items():
                phrase = listed[0].phrase if len(listed) == 1 else NounPhrase(join_and([c.object for c in listed]), plural=True)
                mood = Mood.PERFECT if all(c.basis == "cumulative" for c in listed) else Mood.PAST
                clauses.append(f"{phrase.text} {predicate(TOLL_VERBS[measure], mood, phrase)}")
            sentences.append(self.sentence(f"{capital(witness.phrase.text)} {verb} that {join_and(clauses)}", [claim]))
        return sentences


def published(claim: Claim, view: View) -> str:
    """The day of a claim's document as text that sorts; empty where it has none."""
    document = view.documents.get(claim.document)
    return document.published.isoformat() if document is not None and document.published is not None else ""


def _on(claim: Claim, view: View) -> str:
    document = view.documents.get(claim.document)
    return f" on {day_words(document.published)}" if document is not None and document.published is not None else ""


def growing(counts: Sequence[tuple[Count, Claim]], view: View) -> list[tuple[Count, Claim]]:
    """Counts of one running total that rises from day to day, the last first; empty where they are anything else."""
    if len(counts) < 2 or len({(c.measure, c.group, c.side, c.since.first if c.since else None) for c, _ in counts}) != 1:
        return []
    ordered = sorted(counts, key=lambda told: (published(told[1], view), told[0].size))
    rises = all(published(a[1], view) < published(b[1], view) and a[0].size < b[0].size for a, b in pairwise(ordered))
    return ordered[::-1] if rises and all(c.basis == "cumulative" and c.since for c, _ in counts) else []


def rivals(event: Event, claims: Sequence[Claim], view: View) -> bool:
    """Whether witnesses name doers of whom none is the other's, so that what is disputed is who did it."""
    named = {frozenset(view.actor_names(c, c.initiator)) for c in claims if c.status == "happened" and c.initiator}
    return event.type in _BLAMED and len(named) > 1 and all(not a & b for a, b in combinations(named, 2))
