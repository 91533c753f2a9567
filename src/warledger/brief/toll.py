"""The toll: counts of killed, injured and missing, by what they cover; nested ones inside, conflicting ones side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from warledger.brief.counts import Count, counts_of_event
from warledger.brief.grammar import Mood, capital, predicate, since_words
from warledger.brief.model import BriefSettings, Group, Item, Section, Sentence
from warledger.brief.statements import ASSERTED, Statements
from warledger.brief.table import TOLL_VERBS, TOLLED
from warledger.core import Claim, Event, When


@dataclass(frozen=True, slots=True)
class _Told:
    """One cumulative count with its claim, event and the beginning that it counts from."""

    count: Count
    claim: Claim
    event: Event
    since: When | None

    @property
    def scope(self) -> tuple[int, str, str]:
        """What the count covers: when it began (the latest first), and where."""
        first = (self.since.first or self.since.last) if self.since is not None else None
        place = self.event.place.name if self.event.place is not None else ""
        return -(first.toordinal() if first is not None else 0), self.since.edtf if self.since is not None else "", place


def toll_section(events: Iterable[Event], statements: Statements, settings: BriefSettings, asked: str) -> Section | None:
    """Cumulative counts by what they cover, the latest beginning first; then counts that no attack is named for."""
    events = list(events)
    told = [one for event in events for one in _cumulative(event, statements)]
    told.sort(key=lambda t: (t.scope, TOLLED.index(t.count.measure), -t.count.size, t.claim.id))
    shares: dict[tuple[tuple[int, str, str], str, str], list[_Told]] = {}
    for one in told:
        shares.setdefault((one.scope, one.count.measure, one.count.group), []).append(one)
    cumulative = [_share(share, statements) for share in shares.values()]
    counted = {one.event.id for one in told}
    others = [e for e in events if e.type == "toll" and e.frame == "news" and e.id not in counted]
    others.sort(key=lambda e: (-max((f.low or f.high or 0 for f in e.figures), default=0), e.id))
    single = [item for event in others if (item := statements.item(event)) is not None]
    groups = [
        Group(heading, tuple(items[: settings.items]))
        for heading, items in (
            ("Running totals", cumulative),
            ("Other counts", single),
        )
        if items
    ]
    more = max(0, len(cumulative) - settings.items) + max(0, len(single) - settings.items)
    return Section("toll", "Toll", tuple(groups), more, f"warledger events --type toll {asked}".strip()) if groups else None


def _cumulative(event: Event, statements: Statements) -> Iterable[_Told]:
    for count in counts_of_event(event.figures, statements.view):
        claim = statements.view.claims.get(count.claim)
        if claim is not None and count.measure in TOLLED and count.basis == "cumulative":
            yield _Told(count, claim, event, count.since or claim.when)


def _share(share: list[_Told], statements: Statements) -> Item:
    """One measure of one scope: a sentence where everybody says the same, else one an account."""
    latest: dict[str, _Told] = {}
    for one in sorted(share, key=lambda t: (_published(t.claim, statements), t.claim.span.start)):
        latest[statements.witnesses.of(one.claim).name] = one
    accounts = sorted(latest.values(), key=lambda t: (-t.count.size, t.claim.id))
    first = accounts[0]
    if len({(t.count.low, t.count.high) for t in accounts}) == 1:
        claims = [t.claim for t in share if (t.count.low, t.count.high) == (first.count.low, first.count.high)]
        return Item((_sentence(first, statements, claims),), first.event.id, first.event.grade.name)
    where = _where(first, statements)
    opening = (
        f"Accounts differ of how many {predicate(TOLL_VERBS[first.count.measure], Mood.PERFECT, first.count.phrase)}{where}"
    )
    positions = tuple(_sentence(one, statements, [one.claim]) for one in accounts)
    return Item((statements.sentence(opening, ()),), first.event.id, first.event.grade.name, positions)


def _where(one: _Told, statements: Statements) -> str:
    place = f" {statements.namer.at(one.event.place)}" if one.event.place is not None else ""
    return f"{place} {since_words(one.since)}".rstrip()


def _sentence(one: _Told, statements: Statements, claims: list[Claim]) -> Sentence:
    phrase = one.count.phrase
    words = f"{phrase.text} {predicate(TOLL_VERBS[one.count.measure], Mood.PERFECT, phrase)}{_where(one, statements)}"
    witness = statements.witnesses.of(one.claim)
    if witness.published:
        asserted = one.event.grade.name in ASSERTED and len(claims) > 1
        text = capital(words) if asserted else f"{capital(words)}, {witness.phrase.text} {witness.reports}"
        return statements.sentence(text, claims)
    return statements.sentence(f"{capital(witness.phrase.text)} {witness.phrase.verb('say')} that {words}", claims)


def _published(claim: Claim, statements: Statements) -> str:
    document = statements.view.documents.get(claim.document)
    return document.published.isoformat() if document is not None and document.published is not None else ""
