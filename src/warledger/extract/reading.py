"""Everything that is known of one document when its claims are built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from warledger.core import Document, Evidence
from warledger.extract.actors import Actors
from warledger.extract.links import Links
from warledger.extract.places import Places
from warledger.extract.tagged import Tag, Tagged
from warledger.extract.times import TextTimes


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything known of one document when its claims are built."""

    document: Document
    times: TextTimes
    tagged: Tagged
    links: list[Links]
    actors: Actors
    places: Places
    thresholds: dict[str, float]
    written_from: frozenset[int]
    """Place mentions (numbers) that only say where the report was written, outside the country that it is about."""
    enemies: Callable[[int, int], bool]
    """Whether two actors (by index) are known to fight each other where the document plays."""

    def evidence(self, tag: Tag) -> Evidence:
        """The words of a tag."""
        return Evidence(self.document.id, tag.span, tag.span.of(self.document.text))

    def sentence(self, number: int) -> str:
        """The text of a sentence; empty where there is none."""
        if number < len(self.document.sentences):
            start, end = self.document.sentences[number]
            return self.document.text[start:end]
        return ""


def chosen(links: Links, role: str, owner: tuple[int, ...], without: frozenset[int] = frozenset()) -> int | None:
    """The owner (actor or place) whose mentions, but those `without`, are together likelier than any other and than none."""
    sums: dict[int, float] = {}
    for mention, chance in links.roles[role]:
        if owner[mention] >= 0 and mention not in without:
            sums[owner[mention]] = sums.get(owner[mention], 0.0) + chance
    if not sums:
        return None
    best = max(sorted(sums), key=lambda o: sums[o])
    return best if sums[best] > links.none[role] else None
