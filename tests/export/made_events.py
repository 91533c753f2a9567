"""Views made of a few words each: a document, a claim and an event for every happening, in sentences of our own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventFigure,
    EventPlace,
    Evidence,
    Figure,
    Grade,
    Origin,
    Place,
    Record,
    Span,
    Spell,
    View,
    When,
    claim_id,
    content_id,
    document_id,
)

ARMY = ("Syrian Armed Forces", "state_forces", "SY")
RUSSIA = ("Russian Armed Forces", "state_forces", "RU")
REBELS = ("rebels (Syria)", "rebel_group", "SY")
HTS = ("Hayat Tahrir al-Sham", "jihadist_group", "SY")
CIVILIANS = ("civilians (Syria)", "civilians", "SY")
PROTESTERS = ("protesters (Syria)", "civilians", "SY")
IS = ("Islamic State", "jihadist_group", "")
HAMA = EventPlace("gn170017", "Hama", "city", "SY", 35.1318, 36.7578, "exact")
SYRIA = EventPlace("country:SY", "Syria", "country", "SY", 35.0, 38.0, "country")


@dataclass(frozen=True)
class Happening:
    """One event as a test tells it. `figures` are (measure, group, low, high, words) and, after these, side and nested_in."""

    types: str
    by: tuple = ()
    to: tuple = ()
    words: str = ""
    place: EventPlace | None = HAMA
    when: str = "2024-12-05"
    figures: tuple = ()
    status: str = "happened"
    frame: str = "news"
    grade: str = "reported"
    basis: str = "incident"
    source: str = "Example Wire"
    published: date = date(2024, 12, 6)
    interested: bool = False
    title: str = "A title"
    author: str = "Jana Doe"
    more: dict = field(default_factory=dict)


def view_of(*happenings: Happening) -> View:
    """A view with an event for each happening, in order."""
    documents, records, events = {}, {}, []
    for number, told in enumerate(happenings):
        document, record, event = _made(number, told)
        documents[document.id], records[document.id] = document, record
        events.append(event)
    return View(documents, records, events=tuple(events))


def _made(number, told):
    types = tuple(told.types.split())
    words = told.words or f"Something of the type {types[0]} is told in report {number}."
    text = " ".join([words, *(figure[4] for figure in told.figures)]) + f" Report {number}."
    ident = document_id(text, told.source)
    document = Document(
        ident,
        text,
        told.source,
        told.published,
        title=told.title,
        author=told.author,
        name=f"r{number}",
        sentences=((0, len(words)),),
    )
    actors, local = {}, {}
    for name, kind, country in (*told.by, *told.to):
        if name not in local:
            local[name] = f"a{len(local) + 1}"
            actors[name] = Actor(local[name], name, kind, (), country)
    places = ()
    if told.place is not None:
        admin1 = "05" if told.place.country == "SY" else ""
        places = (
            Place(
                "p1", told.place.name, told.place.kind, told.place.country, told.place.lat, told.place.lon,
                precision=told.place.precision, admin1=admin1,
            ),
        )  # fmt: skip
    when = When.parse(told.when) if told.when else None
    trigger = Evidence(ident, Span(0, 5), text[:5])
    claim_ident = claim_id(ident, types[0], trigger.span)
    figures, event_figures = [], []
    for measure, group, low, high, said, *rest in told.figures:
        at = text.index(said)
        figures.append(Figure(measure, group, low, high, Evidence(ident, Span(at, at + len(said)), said), basis=told.basis))
        side, nested = (*rest, "", None)[:2] if rest else ("", None)
        event_figures.append(
            EventFigure(
                measure, group, low, high, False, told.basis, None, side, told.source, claim_ident,
                str(told.published), nested,
            )
        )  # fmt: skip
    claim = Claim(
        claim_ident, ident, 0, "e1", types[0], trigger,
        tuple(local[a[0]] for a in told.by), tuple(local[a[0]] for a in told.to), "p1" if places else "",
        when=when, figures=tuple(figures), status=told.status, frame=told.frame,
    )  # fmt: skip
    event = Event(
        content_id("e", ident), types[0], types, told.place, when, tuple(a[0] for a in told.by), tuple(a[0] for a in told.to),
        told.status, told.frame, (claim_ident,), (ident,),
        (Origin(told.source, "media", told.interested, (claim_ident,)),), Grade(told.grade, "a rule"),
        tuple(event_figures), **told.more,
    )  # fmt: skip
    return document, Record(ident, tuple(actors.values()), places, (claim,)), event


def with_spells(view, *told):
    """The view with spells of Hama; each is (holder, since, until, number of the event that it rests on)."""
    spells = []
    for holder, since, until, number in told:
        event, times = view.events[number], [When.parse(when) if when else None for when in (since, until)]
        spells.append(
            Spell(
                content_id("s", holder, since), event.place or HAMA, holder, "a side", "control", *times, event.when,
                event.grade.name, (event.id,), event.claims,
            )
        )  # fmt: skip
    return replace(view, spells=tuple(spells))
