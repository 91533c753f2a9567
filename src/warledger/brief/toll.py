"""The toll: counts of killed, injured and missing, by what they cover; nested ones inside, conflicting ones side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warledger.brief.counts import Count, counts_of_event
from warledger.brief.grammar import Mood, capital, day_words, predicate, since_words
from warledger.brief.model import BriefSettings, Group, Item, Section, Sentence
from warledger.brief.statements import ASSERTED, Statements, published
from warledger.brief.table import CAUSES, TOLL_VERBS, TOLLED
from warledger.core import Claim, Event, When
from warledger.reconcile.tolls import ATTACKS, beginning


@dataclass(frozen=True, slots=True)
class _Told:
    """One cumulative count with its claim, event and the beginning that it counts from."""

    count: Count
    claim: Claim
    event: Event
    since: When | None

    @property
    def scope(self) -> tuple[int, str, str, str, str]:
        """What the count covers: when it began (the latest first), where, by what kind of attack, and whose people."""
        first = (self.since.first or self.since.last) if self.since is not None else None
        place = self.event.place.name if self.event.place is not None else ""
        since = f"{first.isoformat()}/.." if first is not None else ""
        return -(first.toordinal() if first is not None else 0), since, place, self.cause, self.count.side

    @property
    def cause(self) -> str:
        """The type of attack that it counts the victims of, empty where it is of all."""
        return self.event.type if self.event.type in ATTACKS else ""


def toll_section(events: Iterable[Event], statements: Statements, settings: BriefSettings, asked: str) -> Section | None:
    """Cumulative counts by what they cover, the latest beginning first; then counts that no attack is named for."""
    events = list(events)
    told = [one for event in events for one in _cumulative(event, statements)]
    told.sort(key=lambda t: (t.scope, TOLLED.index(t.count.measure), -t.count.size, t.claim.id))
    shares: dict[tuple[tuple[int, str, str, str, str], str, str], list[_Told]] = {}
    for one in told:
        shares.setdefault((one.scope, one.count.measure, one.count.group), []).append(one)
    latest = max((published(one.claim, statements.view) for one in told if one.event.frame == "news"), default="")
    cumulative = [_share(share, statements, latest) for share in shares.values()]
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


def _share(share: list[_Told], statements: Statements, newest: str) -> Item:
    """One measure of one scope: a sentence where everybody says the same, else one an account. `newest` is the day on which any
    total was last told: an older one says as of when it is.
    """
    latest: dict[str, _Told] = {}
    for one in sorted(share, key=lambda t: (published(t.claim, statements.view), t.claim.span.start)):
        latest[statements.witnesses.of(one.claim).name] = one
    accounts = sorted(latest.values(), key=lambda t: (-t.count.size, t.claim.id))
    first = accounts[0]
    if len({(t.count.low, t.count.high) for t in accounts}) == 1:
        claims = [t.claim for t in share if (t.count.low, t.count.high) == (first.count.low, first.count.high)]
        return Item((_sentence(first, statements, claims, newest),), first.event.id, first.event.grade.name)
    where = _where(first, statements)
    opening = (
        f"Accounts differ of how many {predicate(TOLL_VERBS[first.count.measure], Mood.PERFECT, first.count.phrase)}{where}"
    )
    positions = tuple(_sentence(one, statements, [one.claim], newest) for one in accounts)
    return Item((statements.sentence(opening, ()),), first.event.id, first.event.grade.name, positions)


def _where(one: _Told, statements: Statements) -> str:
    place = f" {statements.namer.at(one.event.place)}" if one.event.place is not None else ""
    return f"{_by(one, statements)}{place} {since_words(beginning(one.since))}".rstrip()


def _by(one: _Told, statements: Statements) -> str:
    """What killed them, where only the victims of one kind of attack are counted: " in Russian air strikes"."""
    if not one.cause:
        return ""
    who = f" by {statements.namer.actors(one.event.initiator).text}" if one.event.initiator else ""
    return f" in {CAUSES[one.cause]}{who}"


def _sentence(one: _Told, statements: Statements, claims: list[Claim], newest: str) -> Sentence:
    phrase = statements.clauses.with_side(one.count).phrase
    words = f"{phrase.text} {predicate(TOLL_VERBS[one.count.measure], Mood.PERFECT, phrase)}{_where(one, statements)}"
    told = published(one.claim, statements.view)
    if told and told < newest and one.event.frame == "news":
        words = f"{words}, as of {day_words(date.fromisoformat(told))}"
    witness = statements.witnesses.of(one.claim)
    if witness.published:
        asserted = one.event.grade.name in ASSERTED and len(claims) > 1
        text = capital(words) if asserted else f"{capital(words)}, {witness.phrase.text} {witness.reports}"
        return statements.sentence(text, claims)
    return statements.sentence(f"{capital(witness.phrase.text)} {witness.phrase.verb('say')} that {words}", claims)
