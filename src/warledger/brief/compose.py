"""Composes a briefing from a view: which events go where, in which order, how many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import log10

from warledger.brief.control import lanes_of, map_points, spells_section
from warledger.brief.difference_section import difference_section
from warledger.brief.grammar import count_of, day_words, heading_words, number, period_words, when_words
from warledger.brief.model import Briefing, BriefSettings, Counts, Group, Item, Piece, Section, Sentence
from warledger.brief.references import in_order
from warledger.brief.statements import ASSERTED, DISPUTED, Statements
from warledger.brief.table import LABELS, LABELS_OF_PLACE
from warledger.brief.toll import toll_section
from warledger.core import Event, EventFilter, View
from warledger.core import vocabulary as v

MAX_LISTED = 12
"""Events that are named in one list of what rests on a side's word."""
DIPLOMACY = frozenset("negotiate agree demand accuse threaten reject declare sanction support aid".split())
MOVEMENT = frozenset({"displace", "evacuate"})
CUSTODY = frozenset(v.FAMILIES["custody"])

_WEIGHT = {
    "seize": 60, "withdraw": 55, "besiege": 45, "offensive": 42, "chemical_attack": 50, "suicide_bombing": 35, "bombing": 30,
    "airstrike": 32, "shelling": 28, "attack": 28, "sexual_violence": 30, "clash": 25, "agree": 45, "toll": 30, "release": 30,
    "abduct": 30, "displace": 30, "evacuate": 30, "sanction": 30, "declare": 22, "negotiate": 25, "threaten": 22, "accuse": 20,
    "demand": 22, "reject": 22, "support": 22, "aid": 25, "deploy": 28, "destroy": 20, "arrest": 20, "protest": 20, "found": 20,
    "control": 30,
}  # fmt: skip
"""How much a type matters for order, in points; territory before force, force before words."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A section of events: which ones, and how they are listed."""

    key: str
    title: str
    admits: Callable[[Event], bool]
    command: str
    by_day: bool = True


def importance(event: Event) -> float:
    """Points to order events by: type, the largest figure (ten a power of ten), further origins, an asserted grade."""
    size = max(((f.low or f.high or 0) for f in event.figures if f.measure in ("killed", "injured", "casualties")), default=0)
    return (
        _WEIGHT.get(event.type, 10)
        + 10 * log10(1 + size)
        + 4 * min(len(event.origins), 5)
        + (5 if event.grade.name in ASSERTED else 0)
        - (10 if event.status == "failed" else 0)
    )


def compose(
    view: View,
    *,
    place: str = "",
    since: date | None = None,
    until: date | None = None,
    title: str = "",
    before: View | None = None,
    settings: BriefSettings | None = None,
) -> Briefing:
    """A briefing on the view, on one place or period if given. The same view gives the same briefing, number by number.

    `before` is the ledger as it stood before `since`; with both the briefing opens with what changed.
    """
    settings = settings or BriefSettings()
    statements = Statements(view, settings)
    every = _chosen(view, place, since, until)
    sure = EventFilter(min_confidence=settings.min_confidence)
    chosen = [event for event in every if sure.admits(event, view)]
    news = [e for e in chosen if e.frame == "news"]
    asked = _options(place, since, until)
    sections: list[Section | None] = []
    if before is not None and since is not None:
        sections.append(difference_section(before, statements, since, place, settings, (e.id for e in chosen)))
    sections += [_events_section(plan, news, statements, settings, asked) for plan in _PLANS[:1]]
    sections.append(spells_section(view, statements, place, settings, f"warledger events --type seize {asked}".strip()))
    sections.append(toll_section(chosen, statements, settings, asked))
    sections += [_events_section(plan, news, statements, settings, asked) for plan in _PLANS[1:]]
    sections.append(_one_word_section(news, statements, settings, asked))
    sections.append(_background_section(chosen, view, statements, settings, asked))
    documents = [view.documents[i] for i in sorted({d for e in chosen for d in e.documents} & set(view.documents))]
    days = sorted(d.published for d in documents if d.published is not None)
    counts = Counts(
        documents=len(documents),
        sources=len({d.source for d in documents if d.source.strip()}),
        claims=len({c for e in chosen for c in e.claims}),
        events=len(chosen),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )
    told, references = in_order([s for s in sections if s is not None and s.items], statements.references.all)
    return Briefing(
        title=title or _title(place, since, until),
        as_of=view.as_of,
        place=place,
        since=since,
        until=until,
        counts=counts,
        sections=told,
        references=references,
        limits=_limits(view, counts, unsure=len(every) - len(chosen)),
        points=map_points(view, statements, news),
        lanes=lanes_of(view, statements, place),
    )


def event_days(event: Event, view: View) -> tuple[date, date, bool]:
    """First and last day of an event, and whether they are told; an undated one has the days of its documents."""
    if event.when is not None:
        first = event.when.first or event.when.last or date.min
        if event.when.last is not None:
            return first, event.when.last, True
    days = sorted(p for i in event.documents if i in view.documents and (p := view.documents[i].published) is not None)
    if event.when is not None:
        return first, max([first, *days]), True
    return (days[0], days[0], False) if days else (date.min, date.min, False)


def _chosen(view: View, place: str, since: date | None, until: date | None) -> list[Event]:
    admitted = EventFilter(place=place)

    def in_period(event: Event) -> bool:
        first, last, _ = event_days(event, view)
        open_end = event.when is not None and event.when.last is None
        return (since is None or last >= since or open_end) and (until is None or first <= until)

    return [
        event
        for event in view.events
        if admitted.admits(event, view)
        and (event.frame == "background" or in_period(event))
        and set(event.claims) & view.claims.keys()
    ]


def _title(place: str, since: date | None, until: date | None) -> str:
    period = period_words(since, until)
    about = f"Situation briefing: {place}" if place else "Situation briefing"
    return f"{about}, {period}" if period else about


def _options(place: str, since: date | None, until: date | None) -> str:
    """The options of a command that asks for the same place and period."""
    words = [f'--place "{place}"' if place else "", f"--since {since}" if since else "", f"--until {until}" if until else ""]
    return " ".join(word for word in words if word)


def _limits(view: View, counts: Counts, *, unsure: int) -> tuple[str, ...]:
    period = ""
    if counts.first is not None and counts.last is not None:
        days = (
            f"on {day_words(counts.first)}"
            if counts.first == counts.last
            else f"between {day_words(counts.first)} and {day_words(counts.last)}"
        )
        period = f" published {days}"
    unread = sorted(d.id for d in view.documents.values() if d.id not in view.records)
    read = f"{count_of(counts.documents, 'document')}{period}"
    limits = [
        f"This briefing says only what can be read in {read}; what they do not report is not in it.",
        "A statement without a speaker is confirmed by the side that it harms or told by independent origins.",
        "Any other statement names whose word it is. Figures of different scope are not added up.",
    ]
    if unsure:
        were = "was" if unsure == 1 else "were"
        limits.append(f"{count_of(unsure, 'event').capitalize()} {were} left out as read too unsurely; the ledger lists all.")
    if unread:
        limits.append(f"{count_of(len(unread), 'document').capitalize()} in the ledger could not be read for claims.")
    return tuple(limits)


def _settled(event: Event) -> bool:
    return event.status in ("happened", "failed", "denied")


_PLANS = (
    _Plan(
        "changed",
        "What changed",
        lambda e: _settled(e) and e.type not in DIPLOMACY | MOVEMENT | CUSTODY | {"toll", "control"},
        "warledger events",
    ),
    _Plan("displacement", "Displacement", lambda e: _settled(e) and e.type in MOVEMENT, "warledger events --type displace"),
    _Plan(
        "prisoners", "Prisoners and captives", lambda e: _settled(e) and e.type in CUSTODY, "warledger events --type release"
    ),
    _Plan(
        "diplomacy", "Diplomacy and statements", lambda e: _settled(e) and e.type in DIPLOMACY, "warledger events --type agree"
    ),
    _Plan(
        "planned",
        "Planned and possible",
        lambda e: e.status in ("planned", "possible"),
        "warledger claims --status planned",
        by_day=False,
    ),
)


def _events_section(
    plan: _Plan, events: Iterable[Event], statements: Statements, settings: BriefSettings, asked: str
) -> Section | None:
    view = statements.view
    found = sorted((e for e in events if plan.admits(e)), key=lambda e: (-importance(e), e.id))
    kept, more = found[: settings.items], max(0, len(found) - settings.items)
    command = f"{plan.command} {asked}".strip()
    if not plan.by_day:
        items = merged(item for e in kept if (item := statements.item(e)) is not None)
        return Section(plan.key, plan.title, (Group("", items),), more, command) if items else None
    groups: dict[str, list[Event]] = {}
    orders: dict[str, tuple[date, date]] = {}
    for event in kept:
        first, last, told = event_days(event, view)
        heading = heading_words(event.when) if event.when is not None else f"No day given; reported on {day_words(first)}"
        groups.setdefault(heading, []).append(event)
        orders[heading] = max(orders.get(heading, (date.min, date.min)), (last, first if told else date.min))
    built = [
        Group(heading, merged(item for e in groups[heading] if (item := _item(e, statements)) is not None))
        for heading in sorted(groups, key=lambda h: (orders[h], h), reverse=True)
    ]
    return Section(plan.key, plan.title, tuple(g for g in built if g.items), more, command)


def _item(event: Event, statements: Statements) -> Item | None:
    """An event under the heading of its day; a disputed one in a sentence, for its accounts have a section of their own."""
    if event.grade.name in DISPUTED:
        return statements.line(event, dated=False)
    return statements.item(event, dated=False)


def merged(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in order, those that say the same in the same words once."""
    seen: dict[str, Item] = {}
    for item in items:
        seen.setdefault(item.text, item)
    return tuple(seen.values())


def _one_word_section(events: list[Event], statements: Statements, settings: BriefSettings, asked: str) -> Section | None:
    """What is disputed, then what rests on one interested side, by whose word."""
    disputed = [e for e in events if e.grade.name in DISPUTED and _settled(e) and not _plain_negative(e, statements)]
    found = sorted(disputed, key=lambda e: (-importance(e), e.id))
    groups = []
    items = merged(item for e in found[: settings.items] if (item := statements.item(e)) is not None)
    if items:
        groups.append(Group("Disputed", items))
    claimed = [e for e in events if e.grade.name == "claimed" and _settled(e) and e.type in LABELS]
    alone = _on_one_word(sorted(claimed, key=lambda e: (-importance(e), e.id)), statements)
    if alone:
        groups.append(Group("On one side’s word", tuple(alone[: settings.items])))
    more = max(0, len(found) - settings.items) + max(0, len(alone) - settings.items)
    command = f"warledger events --grade contested {asked}".strip()
    return Section("disputed", "Disputed, or on one side’s word", tuple(groups), more, command) if groups else None


def _plain_negative(event: Event, statements: Statements) -> bool:
    """Whether reports only say in their own voice that something was not so, which disputes nothing."""
    claims = statements.claims(event)
    return event.grade.name == "denied" and all(c.status == "denied" and statements.witnesses.of(c).published for c in claims)


def _on_one_word(events: list[Event], statements: Statements) -> list[Item]:
    """One item a witness: which events rest on that word alone, by kind, place and time."""
    by_word: dict[str, list[Event]] = {}
    for event in events:
        witness = statements.witnesses.of(statements.claims(event)[0])
        by_word.setdefault(witness.phrase.text, []).append(event)
    items = []
    for who, told in by_word.items():
        pieces = [Piece(f"On the word of {who} alone: ")]
        for event in told[:MAX_LISTED]:
            label = LABELS[event.type]
            if event.place is not None and event.type in LABELS_OF_PLACE:
                label = f"{LABELS_OF_PLACE[event.type]} {statements.place_of(event)}"
            elif event.place is not None:
                label = f"{label} {statements.namer.at(event.place)}"
            when = f" ({when_words(event.when).removeprefix('on ')})" if event.when is not None else ""
            pieces.append(Piece(f"{label}{when}", statements.references.marks(statements.claims(event)[:1])))
            pieces.append(Piece("; "))
        left = len(told) - MAX_LISTED
        pieces[-1] = Piece(f"; and {number(left)} more." if left > 0 else ".")
        items.append(Item((Sentence(tuple(pieces)),), grade="claimed"))
    return items


def _background_section(
    events: list[Event], view: View, statements: Statements, settings: BriefSettings, asked: str
) -> Section | None:
    held = {s.place.key for s in view.spells}
    found = [
        e
        for e in events
        if e.frame == "background"
        and e.type != "toll"
        and not (e.type == "control" and e.place is not None and e.place.key in held)
    ]
    found.sort(key=lambda e: (-importance(e), e.id))
    kept = sorted(found[: settings.background_items], key=lambda e: (event_days(e, view)[0], e.id))
    items = merged(item for e in kept if (item := statements.line(e)) is not None)
    more = max(0, len(found) - settings.background_items)
    command = f"warledger claims --frame background {asked}".strip()
    return Section("background", "Background in brief", (Group("", items),), more, command) if items else None
