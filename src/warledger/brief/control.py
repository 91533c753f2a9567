"""Who holds what, from the spells of a view: sentences, the chart's lanes, the map's points."""

from __future__ import annotations

from collections import Counter

from warledger.brief.grammar import (
    Mood,
    NounPhrase,
    capital,
    day_words,
    edge_words,
    join_and,
    predicate,
    since_words,
    when_words,
)
from warledger.brief.model import BriefSettings, Group, Item, Lane, MapPoint, Section, Sentence, Stretch
from warledger.brief.statements import ASSERTED, Statements, published
from warledger.core import Claim, Event, Spell, View
from warledger.core.filter import place_matches

MAX_LANES = 16
"""Places in the chart of control."""
MAX_POINTS = 40
"""Places on the map."""


def _ordinal(spell: Spell) -> int:
    """The first day of a spell as a number; 0 where it began before the first report."""
    first = (spell.since.first or spell.since.last) if spell.since is not None else None
    return first.toordinal() if first is not None else 0


def spells_by_place(view: View, place: str) -> list[list[Spell]]:
    """The spells of each place, oldest first; the place that changed last comes first."""
    found: dict[str, list[Spell]] = {}
    for spell in view.spells:
        if not place or spell.place.key == place or place_matches(place, spell.place.name, spell.place.country):
            found.setdefault(spell.place.key, []).append(spell)
    ordered = [sorted(spells, key=lambda s: (_ordinal(s), s.layer, s.id)) for spells in found.values()]
    return sorted(ordered, key=lambda spells: (-max(map(_ordinal, spells)), spells[0].place.name, spells[0].place.key))


def spells_section(view: View, statements: Statements, place: str, settings: BriefSettings, command: str) -> Section | None:
    """One item a place: who holds it, since when and by whose word; then who held it before."""
    places = spells_by_place(view, place)
    items = []
    for spells in places[: settings.items]:
        sentences = [spell_sentence(spell, statements) for spell in reversed(spells)]
        items.append(Item(tuple(sentences), spells[-1].events[-1] if spells[-1].events else "", spells[-1].grade))
    more = max(0, len(places) - settings.items)
    return Section("control", "Who holds what", (Group("", tuple(items)),), more, command) if items else None


def spell_sentence(spell: Spell, statements: Statements) -> Sentence:
    """A stretch of control in words: "Syrian rebels have held Hama since 5 December 2024"."""
    subject, verb, what = _put(spell, statements)
    if spell.until is not None:
        start = f"from {edge_words(spell.since)} " if spell.since is not None else ""
        time = f"{start}until {edge_words(spell.until)}" if spell.since != spell.until else when_words(spell.until)
        words = f"{subject.text} {predicate(verb, Mood.PAST, subject)} {what} {time}"
    elif spell.since is not None:
        words = f"{subject.text} {predicate(verb, Mood.PERFECT, subject)} {what} {since_words(spell.since)}"
    else:
        words = f"{subject.text} {_present(verb, subject)} {what}{_last_known(spell)}"
    words = " ".join(words.split())
    if spell.between and spell.extent:
        taker = statements.namer.actor(spell.between[0])
        holds = predicate("hold", Mood.PAST, taker) if spell.until is not None else taker.verb("hold")
        words = f"{words}; {taker.text} {holds} {spell.extent} it"
    return _by_the_word(words, spell, statements)


def _put(spell: Spell, statements: Statements) -> tuple[NounPhrase, str, str]:
    """Subject, verb and object of a spell."""
    name = statements.namer.place(spell.place)
    if spell.holder == "contested":
        sides = join_and([statements.namer.actor(one).text for one in spell.between])
        return NounPhrase(name, agent=False), "be contested", f"between {sides}" if sides else ""
    holder = statements.namer.actor(spell.holder)
    if spell.layer == "besieged":
        return holder, "cut" if spell.place.kind == "road" else "besiege", f"{spell.extent} {name}".strip()
    return holder, "hold", f"{spell.extent} {name}".strip()


def _by_the_word(words: str, spell: Spell, statements: Statements) -> Sentence:
    """The words, and whose they are where the spell is not asserted: of the claim that it began with, else ended with."""
    view = statements.view
    first = [view.claims[i] for i in spell.begun_by if i in view.claims]
    last = [view.claims[i] for i in spell.ended_by if i in view.claims and i not in spell.begun_by]
    rest = [view.claims[i] for i in spell.claims if i in view.claims and i not in {*spell.begun_by, *spell.ended_by}]
    claims = [*_earliest(first, statements), *_earliest(last, statements), *_earliest(rest, statements)]
    if spell.grade in ASSERTED or not claims:
        return statements.sentence(capital(words), claims)
    witness = statements.witnesses.of(claims[0])
    if witness.published:
        return statements.sentence(f"{capital(words)}, {witness.phrase.text} {witness.reports}", claims)
    return statements.sentence(f"{capital(words)}, by the word of {witness.phrase.text.rstrip(',')}", claims)


def _earliest(claims: list[Claim], statements: Statements) -> list[Claim]:
    return sorted(claims, key=lambda c: (published(c, statements.view), c.document, c.span.start))


def _present(verb: str, subject: NounPhrase) -> str:
    word, _, rest = verb.partition(" ")
    return f"{subject.verb(word)} {rest}".rstrip()


def _last_known(spell: Spell) -> str:
    if spell.last_known is None or (spell.last_known.last or spell.last_known.first) is None:
        return ""
    last = spell.last_known.last or spell.last_known.first
    return f", as last reported on {day_words(last)}" if last is not None else ""


def lanes_of(view: View, statements: Statements, place: str) -> tuple[Lane, ...]:
    """The stretches of control of the places that changed hands, for the chart."""
    lanes = []
    for spells in spells_by_place(view, place):
        held = [s for s in spells if s.layer == "control"]
        if not any(_ordinal(s) for s in held):
            continue
        stretches = tuple(
            Stretch(
                statements.namer.actor(s.holder).text if s.holder != "contested" else "contested",
                (s.since.first or s.since.last) if s.since is not None else None,
                (s.until.first or s.until.last) if s.until is not None else None,
                s.grade in ASSERTED,
            )
            for s in held
        )
        lanes.append(Lane(held[0].place.name, stretches))
    return tuple(lanes[:MAX_LANES])


def map_points(view: View, statements: Statements, events: list[Event]) -> tuple[MapPoint, ...]:
    """The places of the events that have coordinates and are no country, those with most events first."""
    places = {e.place.key: e.place for e in events if e.place is not None and e.place.kind not in ("country", "region")}
    counts = Counter(e.place.key for e in events if e.place is not None)
    holders: dict[str, str] = {}
    for spells in spells_by_place(view, ""):
        last = spells[-1]
        if last.until is None and last.layer == "control":
            holders[last.place.key] = "contested" if last.holder == "contested" else statements.namer.actor(last.holder).text
    points = [
        MapPoint(p.name, p.lat, p.lon, counts[key], holders.get(key, ""))
        for key, p in places.items()
        if p.lat is not None and p.lon is not None
    ]
    return tuple(sorted(points, key=lambda p: (-p.events, p.name, p.lat, p.lon))[:MAX_POINTS])
