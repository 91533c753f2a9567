"""Views written by hand: documents in sentences, claims by their trigger words, events from claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

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
    Mention,
    Origin,
    Place,
    Record,
    Relation,
    Span,
    Spell,
    View,
    Voice,
    When,
    claim_id,
    content_id,
    document_id,
    slug,
)

ACTORS = {
    "rebels (Syria)": ("rebel_group", ("rebels", "Rebels")),
    "Syrian Armed Forces": ("state_forces", ("The army", "the army")),
    "Russian Armed Forces": ("external_forces", ("Russian jets",)),
    "Government of Turkey": ("government", ("Turkey", "Ankara")),
    "Government of Iran": ("government", ("Iran", "Tehran")),
    "Government of Syria": ("government", ("Damascus",)),
    "Bashar al-Assad": ("leader", ("Assad",)),
    "War Monitor": ("monitor", ("the War Monitor", "War Monitor")),
    "Omar Haddad": ("monitor", ("Omar Haddad",)),
    "Islamic State": ("jihadist_group", ("IS",)),
    "civilians (Syria)": ("civilians", ("civilians",)),
    "Syrian Democratic Forces": ("rebel_group", ("the SDF",)),
}
PLACES = {
    "Hama": ("city", 35.13, 36.75),
    "Aleppo": ("city", 36.2, 37.16),
    "Homs": ("city", 34.73, 36.72),
    "Hama Central Prison": ("facility", 35.1, 36.7),
    "Idlib province": ("province", 35.8, 36.7),
    "Syria": ("country", 35.0, 38.0),
    "Tal Rifaat": ("town", None, None),
}


def _mentions(text: str, forms: tuple[str, ...]) -> tuple[Mention, ...]:
    found = []
    for form in forms:
        at = text.find(form)
        while at >= 0:
            found.append(Mention(Span(at, at + len(form)), form))
            at = text.find(form, at + 1)
    return tuple(sorted(found))


@dataclass
class Paper:
    """One document in the making."""

    label: str
    source: str
    day: str
    sentences: tuple[str, ...]
    title: str = ""
    url: str = ""
    claims: list[Claim] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def document(self) -> Document:
        spans, at = [], 0
        for sentence in self.sentences:
            spans.append((at, at + len(sentence)))
            at += len(sentence) + 1
        return Document(
            document_id(self.text, self.source),
            self.text,
            self.source,
            date.fromisoformat(self.day) if self.day else None,
            title=self.title,
            url=self.url,
            name=self.label,
            sentences=tuple(spans),
        )

    def actor(self, name: str, kind: str = "", forms: tuple[str, ...] = ()) -> str:
        if name not in self.actors:
            known = ACTORS.get(name, (kind or "other", forms))
            self.actors[name] = Actor(
                f"a{len(self.actors) + 1}", name, kind or known[0], _mentions(self.text, forms or known[1])
            )
        return self.actors[name].id

    def place(self, name: str) -> str:
        if name not in self.places:
            kind, lat, lon = PLACES.get(name, ("town", None, None))
            self.places[name] = Place(
                f"p{len(self.places) + 1}", name, kind, "SY", lat, lon, _mentions(self.text, (name,)), "exact" if lat else ""
            )
        return self.places[name].id

    def evidence(self, words: str, near: int = 0) -> Evidence:
        at = self.text.index(words, near)
        return Evidence(self.document.id, Span(at, at + len(words)), words)

    def claim(
        self,
        claim_type,
        trigger,
        *,
        s=0,
        by=(),
        on=(),
        at="",
        when="",
        figures=(),
        voice=(),
        status="happened",
        frame="news",
        confidence=None,
    ) -> Claim:
        start = self.document.sentences[s][0]
        evidence = self.evidence(trigger, start)
        made = Claim(
            claim_id(self.document.id, claim_type, evidence.span),
            self.document.id,
            s,
            "e1",
            claim_type,
            evidence,
            initiator=tuple(self.actor(n) for n in by),
            target=tuple(self.actor(n) for n in on),
            place=self.place(at) if at else "",
            when=When.parse(when) if when else None,
            figures=tuple(
                Figure(m, g, low, high, self.evidence(words, start), **more) for m, g, low, high, words, more in figures
            ),
            voice=tuple(Voice(self.actor(n) if n else "", cue, channel) for n, cue, channel in voice),
            status=status,
            frame=frame,
            confidence=confidence,
        )
        self.claims.append(made)
        return made

    def relation(self, kind: str, source: str, target: str) -> None:
        self.relations.append(Relation(0, kind, self.actor(source), self.actor(target)))

    @property
    def record(self) -> Record:
        return Record(
            self.document.id,
            tuple(self.actors.values()),
            tuple(self.places.values()),
            tuple(self.claims),
            tuple(self.relations),
            "by hand",
        )


class Desk:
    """Collects papers and events into a view."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.events: list[Event] = []
        self.spells: list[Spell] = []

    def paper(self, label: str, source: str, day: str, *sentences: str, title: str = "", url: str = "") -> Paper:
        self.papers.append(Paper(label, source, day, sentences, title, url))
        return self.papers[-1]

    def event(
        self, *claims: Claim, grade: str = "reported", fired: tuple[Claim, ...] = (), status: str = "", nested=()
    ) -> Event:
        papers = {p.document.id: p for p in self.papers}
        first = claims[0]
        home = papers[first.document]

        def names(slot: str) -> tuple[str, ...]:
            found = []
            for c in claims:
                by_id = {a.id: a.name for a in papers[c.document].actors.values()}
                found += [by_id[i] for i in getattr(c, slot)]
            return tuple(dict.fromkeys(found))

        places = [p for c in claims for p in papers[c.document].places.values() if p.id == c.place]
        origins: dict[str, list[str]] = {}
        figures = []
        for c in claims:
            paper = papers[c.document]
            by_id = {a.id: a.name for a in paper.actors.values()}
            who = by_id[c.voice[0].who] if c.voice and c.voice[0].who else paper.source or paper.label
            origins.setdefault(who, []).append(c.id)
            base = len(figures)
            for index, f in enumerate(c.figures):
                within = base + nested[index] if index < len(nested) and nested[index] is not None else None
                figures.append(
                    EventFigure(f.measure, f.group, f.low, f.high, f.about, f.basis, f.since, "", who, c.id, paper.day, within)
                )
        place = places[0] if places else None
        made = Event(
            content_id("e", *sorted(c.id for c in claims)),
            first.type,
            tuple(dict.fromkeys(c.type for c in claims)),
            EventPlace(slug(place.name), place.name, place.kind, place.country, place.lat, place.lon, place.precision)
            if place
            else None,
            next((c.when for c in claims if c.when), None),
            names("initiator"),
            names("target"),
            status or first.status,
            first.frame,
            tuple(c.id for c in claims),
            tuple(dict.fromkeys(c.document for c in claims)),
            tuple(Origin(n, "other", False, tuple(ids)) for n, ids in origins.items()),
            Grade(grade, f"rule of {grade}", tuple(c.id for c in (fired or claims))),
            tuple(figures),
        )
        self.events.append(made)
        assert home
        return made

    def spell(self, event: Event, holder: str, *, since="", until="", layer="control", grade="", last="") -> Spell:
        made = Spell(
            content_id("s", event.id, holder, since, until),
            event.place,
            holder,
            "",
            layer,
            When.parse(since) if since else None,
            When.parse(until) if until else None,
            When.parse(last) if last else None,
            grade or event.grade.name,
            (event.id,),
            event.claims,
        )
        self.spells.append(made)
        return made

    def view(self, **more: object) -> View:
        return View(
            {p.document.id: p.document for p in self.papers},
            {p.document.id: p.record for p in self.papers},
            events=tuple(self.events),
            spells=tuple(self.spells),
            **more,
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def dossier() -> Desk:
    """A small dossier: a town that fell and the loser says so, a toll with parts, quarrels over figures and words, a plan."""
    desk = Desk()
    wire = desk.paper(
        "w1",
        "Example Wire",
        "2024-12-05",
        "On Thursday rebels captured the city of Hama from the army.",
        "The army said it had withdrawn from Hama to spare civilians.",
        "Turkey urged Assad to open talks with his opponents.",
        "Iran is ready to send troops to Syria if Damascus asks for them.",
        "Rebels freed hundreds of inmates from Hama Central Prison.",
        "Russian jets bombed Idlib province, killing at least 16 people.",
        title="Hama falls",
        url="https://example.org/hama",
    )
    post = desk.paper(
        "p1",
        "Example Post",
        "2024-12-06",
        "Rebels took Hama, residents told this newspaper.",
        "The War Monitor says more than 720 people, including 111 civilians, have died in Syria since November 27.",
        "Russian jets hit Idlib province and left 23 dead, the War Monitor said.",
        "Rebels claimed to be inside Homs, which the army denied.",
        "Tens of thousands of people have fled their homes in Syria.",
        "In 2016 Russian jets helped to retake Aleppo.",
        title="The road south",
    )
    monitor = (("War Monitor", "says", ""),)
    army = (("Syrian Armed Forces", "said", "a statement"),)
    a1 = wire.claim("seize", "captured", by=["rebels (Syria)"], on=["Syrian Armed Forces"], at="Hama", when="2024-12-05")
    a2 = wire.claim("withdraw", "withdrawn", s=1, by=["Syrian Armed Forces"], at="Hama", when="2024-12-05", voice=army)
    a3 = post.claim("seize", "took", by=["rebels (Syria)"], at="Hama", when="2024-12-05")
    fell = desk.event(a1, a3, grade="confirmed", fired=(a2,))
    desk.event(a2, grade="claimed")
    desk.spell(fell, "rebels (Syria)", since="2024-12-05")
    desk.spell(fell, "Government of Syria", until="2024-12-05")
    desk.event(wire.claim("demand", "urged", s=2, by=["Government of Turkey"], on=["Bashar al-Assad"], when="2024-12-05"))
    desk.event(
        wire.claim(
            "deploy",
            "send",
            s=3,
            by=["Government of Iran"],
            at="Syria",
            status="planned",
            voice=[("Government of Iran", "ready", "")],
        ),
        grade="claimed",
    )
    desk.event(
        wire.claim(
            "release",
            "freed",
            s=4,
            by=["rebels (Syria)"],
            at="Hama Central Prison",
            when="2024-12-05",
            figures=[("released", "detainees", 200, 999, "hundreds of inmates", {})],
        )
    )
    strike = wire.claim(
        "airstrike",
        "bombed",
        s=5,
        by=["Russian Armed Forces"],
        at="Idlib province",
        when="2024-12-04",
        figures=[("killed", "people", 16, None, "at least 16 people", {})],
    )
    strike2 = post.claim(
        "airstrike",
        "hit",
        s=2,
        by=["Russian Armed Forces"],
        at="Idlib province",
        when="2024-12-04",
        figures=[("killed", "people", 23, 23, "23", {})],
        voice=[("War Monitor", "said", "")],
    )
    desk.event(strike, strike2, grade="corroborated")
    since = {"basis": "cumulative", "since": When.parse("2024-11-27")}
    desk.event(
        post.claim(
            "toll",
            "died",
            s=1,
            at="Syria",
            when="2024-11-27/2024-12-06",
            voice=monitor,
            figures=[
                ("killed", "people", 720, None, "more than 720 people", since),
                ("killed", "civilians", 111, 111, "111 civilians", since),
            ],
        ),
        nested=(None, 0),
    )
    inside = post.claim(
        "seize", "inside", s=3, by=["rebels (Syria)"], at="Homs", when="2024-12-06", voice=[("rebels (Syria)", "claimed", "")]
    )
    denied = post.claim(
        "seize",
        "denied",
        s=3,
        by=["rebels (Syria)"],
        at="Homs",
        when="2024-12-06",
        status="denied",
        voice=[("Syrian Armed Forces", "denied", "")],
    )
    desk.event(inside, denied, grade="contested")
    desk.event(
        post.claim(
            "displace",
            "fled",
            s=4,
            at="Syria",
            when="2024-11-27/..",
            figures=[("displaced", "people", 20000, 99999, "Tens of thousands of people", {"basis": "cumulative"})],
        )
    )
    desk.event(post.claim("seize", "retake", s=5, by=["Russian Armed Forces"], at="Aleppo", when="2016", frame="background"))
    return desk
