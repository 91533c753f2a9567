"""The whole of reconciliation, from records to events: a pure function of what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from warledger.core import (
    Claim,
    Document,
    DocumentLink,
    Event,
    EventPlace,
    Grade,
    Issue,
    Judgement,
    Match,
    Record,
    Source,
    When,
)
from warledger.ontology import role_of
from warledger.reconcile.casting import Casting
from warledger.reconcile.consolidating import Fields, asserting, event_status, event_type, event_when
from warledger.reconcile.grading import Case, Grader
from warledger.reconcile.judging import event_id, in_force, judged_records, leaving_claims
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge
from warledger.reconcile.origins import Witness, WitnessBook, origins_of, superseded
from warledger.reconcile.partition import Part, partition
from warledger.reconcile.places import PlaceBook
from warledger.reconcile.relating import Relater
from warledger.reconcile.scoring import Model, load_model
from warledger.reconcile.tallies import event_figures
from warledger.reconcile.telling import Telling, tellings_of
from warledger.reconcile.within import local_groups
from warledger.reconcile.words import Rarity


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was derived. `records` are the records as judgements on claims make them; `events` rest on these. `issues` are the
    judgements that could not be applied.
    """

    events: tuple[Event, ...]
    records: Mapping[str, Record]
    issues: tuple[Issue, ...] = ()


def reconcile(
    documents: Mapping[str, Document],
    records: Mapping[str, Record],
    *,
    links: Iterable[DocumentLink] = (),
    sources: Mapping[str, Source] | None = None,
    judgements: Iterable[Judgement] = (),
    lexicon: ActorKnowledge | None = None,
    model: Model | None = None,
) -> Reconciliation:
    """Every event that the records tell of, each claim in one of them. Records without their document are left out.

    The result depends on what is given and not on its order. `links` and `sources` tell copies, revisions and owners; `lexicon`
    knows actors, and without it names alone are compared; `model` replaces the weights that come with the package.
    """
    decided = in_force(judgements)
    known = {d: r for d, r in records.items() if d in documents}
    judged, issues = judged_records(known, decided)
    work = _Work(documents, judged, tuple(sorted(set(links))), sources or {}, lexicon)
    chosen = model or load_model()
    tellings = work.tellings(decided, chosen)
    parts = partition(tellings, work.book, decided, chosen)
    events = work.events(tellings, parts)
    return Reconciliation(tuple(events), judged, issues)


class _Work:
    """One run over one set of documents: the books that every step reads."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        records: Mapping[str, Record],
        links: tuple[DocumentLink, ...],
        sources: Mapping[str, Source],
        lexicon: ActorKnowledge | None,
    ) -> None:
        self.documents, self.records = documents, records
        self.published = {d: documents[d].published for d in records}
        self.book = ActorBook(records, lexicon)
        self.places = PlaceBook(records)
        self.fields = Fields(self.places)
        self.casting = Casting(documents, records, self.book)
        self.dropped = superseded(records, links)
        self.witnesses = WitnessBook(documents, records, links, sources, self.book)

    def tellings(self, decided: Sequence[Judgement], model: Model) -> list[Telling]:
        rarity = Rarity()
        groups = local_groups(self.documents, self.records, self.book, rarity, model.within, model.join_within_at)
        leaving = leaving_claims(self.records, groups, decided)
        return tellings_of(self.documents, self.records, self.book, rarity, groups, leaving)

    def events(self, tellings: Sequence[Telling], parts: Sequence[Part]) -> list[Event]:
        by_id = {t.id: t for t in tellings}
        drafts, witness = [], {}
        for part in parts:
            claims = [c for t in part.tellings for c in by_id[t].claims]
            live = [c for c in claims if c.document not in self.dropped] or claims
            place = self.fields.place(asserting(live, event_status(live)))
            country = place.country if place is not None else self._country(claims)
            when = event_when(live, self.published)
            on = self._day(when, claims)
            witness.update({c.id: self.witnesses.of(c, country, on) for c in claims})
            drafts.append(self._draft(claims, live, place, witness, part.matches, country, on))
        relater = Relater(drafts, self.documents, self.records, self.book)
        related = relater.relations()
        accepted: dict[str, list[Claim]] = {}
        drafts_by_id = {e.id: e for e in drafts}
        for _, declared, attack in relater.responsibility():
            accepted.setdefault(attack, []).extend(
                c for c in (relater.claims[i] for i in drafts_by_id[declared].claims) if c.status == "happened"
            )
        published = {key: document.published for key, document in self.documents.items()}
        grader = Grader(self.records, witness, self.book, published)
        out = []
        for event in drafts:
            told = tuple(relater.claims[c] for c in event.claims)
            kept = tuple(c for c in told if c.document not in self.dropped)
            country = event.place.country if event.place is not None else self._country(told)
            taken = tuple(c for c in accepted.get(event.id, ()) if c.document not in self.dropped)
            winners = event.target if event.type == "withdraw" else event.initiator if role_of(event.type).territory else ()
            grade = grader.grade(Case(told, kept, country, self._day(event.when, told), taken, winners))
            out.append(replace(event, grade=grade, related=related.get(event.id, ())))
        return sorted(out, key=lambda e: e.id)

    def _day(self, when: When | None, claims: Sequence[Claim]) -> date | None:
        """The day by which sides are told: when it began, else when it was first reported."""
        if when is not None:
            return when.first or when.last
        days = (self.documents[c.document].published for c in claims)
        return min((d for d in days if d is not None), default=None)

    def _country(self, claims: Sequence[Claim]) -> str:
        """The country that the claims' documents speak of most; empty where they name none."""
        counts: dict[str, int] = {}
        for document in sorted({c.document for c in claims}):
            for place in self.records[document].places:
                if place.country:
                    counts[place.country] = counts.get(place.country, 0) + max(1, len(place.mentions))
        return min(counts, key=lambda c: (-counts[c], c), default="")

    def _draft(
        self,
        claims: Sequence[Claim],
        live: Sequence[Claim],
        place: EventPlace | None,
        witness: Mapping[str, Witness],
        matches: tuple[Match, ...],
        country: str,
        on: date | None,
    ) -> Event:
        types, status = event_type(live), event_status(live)
        said = asserting(live, status)
        ordered = sorted(claims, key=self._order)
        initiators, targets = self.casting.cast(said, types[0], country=country, on=on)
        return Event(
            id=event_id(ordered[0].id),
            type=types[0],
            types=types,
            place=place,
            when=event_when(said, self.published),
            initiator=initiators,
            target=targets,
            status=status,
            frame="news" if any(c.frame == "news" for c in live) else "background",
            claims=tuple(c.id for c in ordered),
            documents=tuple(dict.fromkeys(c.document for c in ordered)),
            origins=origins_of(live, witness),
            grade=Grade("reported", "not yet graded"),
            figures=event_figures(live, self.documents, self.records, witness, self.book),
            matches=matches,
            also_places=self.fields.also(said, place),
        )

    def _order(self, claim: Claim) -> tuple[str, str, int, str]:
        published = self.documents[claim.document].published
        return published.isoformat() if published else "~", claim.document, claim.span.start, claim.id
