"""What a briefing is made of: sections of items, items of sentences, sentences of pieces with reference numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where something was read.

    `words` are the quoted trigger, `sentence` the sentence that it stands in (both as the document has them), `marks` half-open
    character offsets into `sentence` of the words that the statement rests on. `document` is the id, `label` and `title` what
    the reader knows it by.
    """

    number: int
    words: str
    sentence: str
    marks: tuple[tuple[int, int], ...]
    document: str
    label: str
    title: str
    source: str
    published: date | None
    url: str
    claim: str
    event: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and the numbers of the references that they rest on; the numbers stand after the words."""

    text: str
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, in pieces that join without a space between them."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def references(self) -> tuple[int, ...]:
        """Every reference number, in order of appearance, each once."""
        return tuple(dict.fromkeys(number for piece in self.pieces for number in piece.references))


@dataclass(frozen=True, slots=True)
class Item:
    """A statement about one event (or none) in a few sentences. `positions` are the accounts that differ, each a sentence."""

    sentences: tuple[Sentence, ...]
    event: str = ""
    grade: str = ""
    positions: tuple[Sentence, ...] = ()

    @property
    def text(self) -> str:
        """The words of all its sentences, positions last."""
        return " ".join(sentence.text for sentence in (*self.sentences, *self.positions))

    @property
    def references(self) -> tuple[int, ...]:
        """Every reference number of the item, each once."""
        return tuple(dict.fromkeys(n for sentence in (*self.sentences, *self.positions) for n in sentence.references))


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading of a section (a day, a place, a scope); the heading may be empty."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the briefing. `more` items were left out for length; `command` lists them all."""

    key: str
    title: str
    groups: tuple[Group, ...]
    more: int = 0
    command: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of every group."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place on the briefing's map: degrees, how many events it has, who holds it as far as is known."""

    name: str
    lat: float
    lon: float
    events: int
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of control for the chart: who, from and to when as far as reported, whether only one side says so."""

    holder: str
    since: date | None
    until: date | None
    asserted: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The stretches of control of one place, oldest first."""

    place: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the briefing was composed from."""

    documents: int
    sources: int
    claims: int
    events: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """A situation briefing: sourced sentences in sections, and the references that they rest on."""

    title: str
    as_of: date | None
    place: str
    since: date | None
    until: date | None
    counts: Counts
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    limits: tuple[str, ...] = ()
    points: tuple[MapPoint, ...] = ()
    lanes: tuple[Lane, ...] = ()

    def reference(self, number: int) -> Reference:
        """The reference with this number, counted from 1."""
        return self.references[number - 1]


@dataclass(frozen=True, slots=True)
class BriefSettings:
    """How long a briefing may be: items in a section, references after a statement, words of a quotation.

    Events of which no claim was read with at least `min_confidence` (0 to 1) are left out; what a person made is never.
    """

    items: int = 40
    background_items: int = 15
    references: int = 4
    quote_words: int = 32
    min_confidence: float = 0.4
