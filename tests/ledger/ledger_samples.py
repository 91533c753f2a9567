"""A few words of an invented war, and an extractor for them that needs no network."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from warledger.core import Actor, Claim, Document, Evidence, Figure, Mention, Place, Record, Span, Voice, When, claim_id

TYPES = {"captured": "seize", "shelled": "shelling", "left": "withdraw"}
PATTERN = re.compile(r"(?P<who>Fighters|Soldiers) (?P<verb>captured|shelled|left) (?P<place>[A-Z]\w+)(?P<day> on Thursday)?")
NAMES = {"Fighters": ("fighters (Northland)", "rebel_group"), "Soldiers": ("Army of Northland", "state_forces")}
TOWNS = ("Alderby", "Brookton", "Carrow", "Dunmere", "Eastfold", "Fenwick")


class FakeExtractor:
    """Knows three verbs and two armies. `fails_on` is a word whose documents it cannot read."""

    def __init__(self, name: str = "fake 1", *, fails_on: str = "", confidence: float = 0.5) -> None:
        self.name = name
        self.fails_on = fails_on
        self.confidence = confidence
        self.calls: list[str] = []

    def extract(self, document: Document) -> Record:
        self.calls.append(document.id)
        if self.fails_on and self.fails_on in document.text:
            raise ArithmeticError(f"cannot read {self.fails_on}")
        actors: dict[str, Actor] = {}
        places: dict[str, Place] = {}
        claims = []
        for found in PATTERN.finditer(document.text):
            who, town = found["who"], found["place"]
            span = Span(*found.span("who"))
            name, kind = NAMES[who]
            actors[who] = Actor(f"a{len(actors)}", name, kind, (Mention(span, who),)) if who not in actors else actors[who]
            if town not in places:
                at = Mention(Span(*found.span("place")), town)
                number = TOWNS.index(town) if town in TOWNS else 50
                places[town] = Place(f"p{len(places)}", town, "town", "NL", 52 + number / 2, 5.5, (at,), "exact", admin1="03")
            kind_ = TYPES[found["verb"]]
            trigger = Evidence(document.id, Span(*found.span("verb")), found["verb"])
            claims.append(
                Claim(
                    claim_id(document.id, kind_, trigger.span), document.id, 0, f"e{len(claims)}", kind_, trigger,
                    initiator=(actors[who].id,), place=places[town].id, when=When.parse("2031-03-06"),
                    voice=(Voice(actors[who].id, "said"),) if "said" in document.text else (), confidence=self.confidence,
                )
            )  # fmt: skip
        lorries = re.search(r"(\d+) lorries", document.text)
        if lorries and claims:
            words = Evidence(document.id, Span(*lorries.span()), lorries[0])
            number = int(lorries[1])
            figure = Figure("forces", "vehicles", number, number if number % 2 else None, words, about=number % 3 == 0)
            claims[-1] = replace(claims[-1], figures=(figure,))
        return Record(document.id, tuple(actors.values()), tuple(places.values()), tuple(claims), (), self.name)

    def extract_many(self, documents: Iterable[Document], jobs: int = 1) -> Iterator[Record]:
        return map(self.extract, documents)


def write_reports(folder: Path, count: int, *, outlets: int = 3) -> Path:
    """`count` short reports of several outlets in `folder`, some of them copies of another outlet's."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        outlet = number % outlets
        story = number - outlet if number % 10 == 1 else number
        town, other = TOWNS[story % len(TOWNS)], TOWNS[(story * 5 + 1) % len(TOWNS)]
        text = (
            f"Fighters captured {town} on Thursday, residents of the valley said. Soldiers left {other} that evening, "
            f"and {story + 20} lorries were seen on the road to the coast, where the railway ends near bridge {story}."
        )
        header = f"title: Valley report {number}\nsource: Example Outlet {outlet}\ndate: 2031-03-0{7 + number % 3}\n\n"
        (folder / f"report-{number:03}.txt").write_text(header + text + "\n")
    return folder
