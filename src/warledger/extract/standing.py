"""The standing relations of a document: those that its words say outright, and those that the network finds likely enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warledger.core import Actor, Document, Mention, Relation, fold
from warledger.extract import ties
from warledger.extract.actors import Actors, clean
from warledger.extract.links import relations
from warledger.extract.tagged import Tagged
from warledger.model import Tables

if TYPE_CHECKING:
    from warledger.lexicon.actors import ActorLexicon

STATE = frozenset({"government", "state_forces", "external_forces"})
SAID = 1.0
"""The chance of a relation that the words say outright."""


def relations_of(
    document: Document, tagged: Tagged, actors: Actors, tables: Tables, lexicon: ActorLexicon, *, country: str
) -> tuple[tuple[Actor, ...], tuple[Relation, ...]]:
    """All actors, with those that only a tie names, and the relations between them, one of a pair. `country` is where the
    document plays.
    """
    found = _Relations(document, tagged, actors, lexicon, country)
    found.likely(tables)
    found.said()
    return tuple(found.everyone), found.result()


class _Relations:
    """The relations of one document, and its actors, to which those are added that only a tie names."""

    def __init__(self, document: Document, tagged: Tagged, actors: Actors, lexicon: ActorLexicon, country: str) -> None:
        self.document, self.tagged, self.lexicon, self.country = document, tagged, lexicon, country
        self.tags = tagged.mentions["actor"]
        self.owners = {number: actors.actors[owner] for number, owner in enumerate(actors.owner)}
        self.everyone = list(actors.actors)
        self._best: dict[tuple[str, str], tuple[float, int, str]] = {}

    def likely(self, tables: Tables) -> None:
        """Add what the network finds likely enough."""
        floor = tables.thresholds.get("relation", 0.5)
        for source, target, kind, chance in relations(self.tagged, tables):
            if chance >= floor:
                self._say(self.owners[source], self.owners[target], kind, chance, self.tags[source].sentence)

    def said(self) -> None:
        """Add what the words say outright."""
        text, tags, owners = self.document.text, self.tags, self.owners
        for tie in ties.between(text, tags, owners):
            self._say(owners[tie.source], owners[tie.target], tie.type, SAID, tags[tie.source].sentence)
        for number, mention in ties.backers(text, tags):
            backer = self._government(mention)
            if backer is not None:
                self._say(owners[number], backer, "backed_by", SAID, tags[number].sentence)
        for find, kind in ((ties.affiliates, "affiliated_with"), (ties.aligned, "allied_with")):
            for number, mention in find(text, tags):
                body = self._named(mention)
                if body is not None:
                    self._say(owners[number], body, kind, SAID, tags[number].sentence)
        for number, kind in ties.offices(text, tags):
            for body in self._ties_of(owners[number]):
                self._say(owners[number], body, kind, SAID, tags[number].sentence)
        for number, mention in ties.followers(text, tags):
            leader = self._named(mention) if owners[number].kind in STATE else None
            if leader is not None and leader.kind == "leader":
                self._say(leader, owners[number], "leads", SAID, tags[number].sentence)
        for mention, kind, patrons in ties.patrons(text, tags):
            self._patrons(mention, kind, patrons)
        for number, kind, mention in ties.holders(text, tags, owners):
            body = self._named(mention)
            if body is not None:
                self._say(owners[number], body, kind, SAID, tags[number].sentence)

    def result(self) -> tuple[Relation, ...]:
        """The relations, the likeliest of each pair, in the order of their sentences."""
        found = (Relation(-negative, kind, *ends) for ends, (_, negative, kind) in self._best.items())
        return tuple(sorted(found, key=lambda r: (r.sentence, r.source, r.target)))

    def _say(self, source: Actor, target: Actor, kind: str, chance: float, sentence: int) -> None:
        if source.id != target.id:
            row = (chance, -sentence, kind)
            self._best[source.id, target.id] = max(self._best.get((source.id, target.id), row), row)

    def _patrons(self, mention: Mention, kind: str, patrons: tuple[int, ...]) -> None:
        """Tie backers or allies (mentions, by number) to the actor that a mention names."""
        tagged = (n for n, tag in enumerate(self.tags) if tag.span.overlaps(mention.span) and n not in patrons)
        whose = next((self.owners[n] for n in tagged), None) or self._named(mention)
        if whose is None:
            return
        for number in patrons:
            patron = self.owners[number]
            source, target = (whose, patron) if kind == "backed_by" else (patron, whose)
            self._say(source, target, kind, SAID, self.tags[number].sentence)

    def _ties_of(self, person: Actor) -> Iterator[Actor]:
        """Those of the document whom a person leads or serves by the lexicon, on the day of the report."""
        known = self.lexicon.get(person.name)
        if known is not None and known.person:
            names = known.ties_on(self.document.published) or (known.parent,)
            yield from (actor for actor in self.everyone if actor.name in names)

    def _named(self, mention: Mention) -> Actor | None:
        """The state, group or organisation that a mention names: one of the document's, or one that the lexicon knows."""
        from warledger.lexicon.naming import name_actor

        government = self._government(mention)
        if government is not None:
            return government
        words = fold(clean(mention.text))
        for actor in self.everyone:
            if any(fold(clean(m.text)) == words for m in actor.mentions):
                return actor
        on = self.document.published
        named = name_actor(clean(mention.text), lexicon=self.lexicon, country=self.country, on=on, acting=False)
        return None if named is None else self._of_name(named.name, named.kind, named.country, mention)

    def _government(self, mention: Mention) -> Actor | None:
        """The government of the country that a mention names."""
        from warledger.lexicon import nations

        country = nations.country_of(mention.text)
        return self._of_name(nations.nations()[country].government, "government", country, mention) if country else None

    def _of_name(self, name: str, kind: str, country: str, mention: Mention) -> Actor:
        """The actor of a name, added where the document names it nowhere else."""
        for actor in self.everyone:
            if actor.name == name:
                return actor
        self.everyone.append(Actor(f"a{len(self.everyone) + 1}", name, kind, (mention,), country))
        return self.everyone[-1]
