"""The armed and political actors of the wars of 2011 to 2025: who they are, what they are called, and when.

The actors come from `data/actors/*.tsv`, `people.tsv`, `organisations.tsv`, `sources.tsv` and, for governments and armed
forces, `nations.tsv`. Nothing is read before the first lookup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files

from warledger.lexicon import tables
from warledger.lexicon.lookup import Found, NameIndex
from warledger.lexicon.nations import Nation, nations
from warledger.lexicon.tables import key

_SOURCE_KINDS = {"monitor": "monitor", "UN": "igo"}


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name. `since`, `until`: the days between which it holds; `country`: the only context in which it means this."""

    text: str
    since: date | None = None
    until: date | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """To a larger body, or from a person to the actor led or spoken for; `since` to `until`, open where None."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ArmedActor:
    """An actor: usual English name in full, kind (annotation guide), ISO2 country where it has one.

    `side` is whose side it is on in its home war; `formerly` the actor that it grew out of; `ties` what it is part of (a
    person: leads or speaks for), with days. `since`, `until`: when the actor exists under this name. `person`: it is one human
    being.
    """

    name: str
    kind: str
    country: str = ""
    side: str = ""
    aliases: tuple[Alias, ...] = ()
    ties: tuple[Tie, ...] = ()
    since: date | None = None
    until: date | None = None
    formerly: str = ""
    person: bool = False

    @property
    def parent(self) -> str:
        """The larger body it belongs to (the last one known); empty if none."""
        return self.ties[-1].name if self.ties else ""

    def ties_on(self, day: date | None) -> tuple[str, ...]:
        """The names it is tied to on `day`; on no day in particular, all."""
        return tuple(tie.name for tie in self.ties if within(day, tie.since, tie.until))


def within(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether `day` lies between two days, both included; None is open, and an unknown `day` lies everywhere."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


class ActorLexicon:
    """Finds actors by name, and says whose side they are on."""

    def __init__(self, actors: Iterable[ArmedActor]) -> None:
        self.actors: dict[str, ArmedActor] = {}
        for actor in actors:
            self.actors.setdefault(actor.name, actor)

    @classmethod
    def load(cls) -> ActorLexicon:
        """The lexicon that comes with the package; the same object each time."""
        return _packaged()

    def __reduce__(self) -> tuple[object, ...]:
        return (ActorLexicon.load, ()) if self is _packaged() else (ActorLexicon, (list(self.actors.values()),))

    @cached_property
    def index(self) -> NameIndex:
        """Every name and alias, for `find`."""
        return NameIndex(self.actors.values())

    def get(self, name: str) -> ArmedActor | None:
        """The actor with exactly this canonical name."""
        return self.actors.get(name)

    def find(self, name: str, *, country: str = "", on: date | None = None) -> Found | None:
        """The best reading of `name` in the context of `country` (ISO2) on a day, with its score and rule; None if unknown."""
        return self.index.find(name, country=country, on=on)

    def match(self, name: str, *, country: str = "", on: date | None = None) -> ArmedActor | None:
        """The actor that `name` means, with the kind that it has in that country; None where unknown or in doubt."""
        found = self.find(name, country=country, on=on)
        return in_country(found.actor, country) if found is not None else None

    def search(self, text: str, limit: int = 20) -> list[ArmedActor]:
        """Actors with a name or alias that holds every word of `text` (or its beginning), best first."""
        words = key(text).split()
        if not words:
            return []
        ranked = []
        for actor in self.actors.values():
            best = min((_rank(words, form) for form in self.index.forms(actor)), default=9)
            if best < 9:
                ranked.append((best, actor.kind in ("government", "media"), len(actor.name), actor.name, actor))
        return [actor for *_, actor in sorted(ranked, key=lambda r: r[:4])[:limit]]

    def lineage(self, name: str) -> str:
        """The first name that an actor went by ("Hayat Tahrir al-Sham" → "al-Nusra Front"); `name` itself if none is known."""
        actor = self.actors.get(name)
        while actor is not None and actor.formerly:
            name = actor.formerly
            actor = self.actors.get(name)
        return name

    def above(self, name: str, *, on: date | None = None) -> tuple[str, ...]:
        """`name` and all that it belongs to on a day, nearest first."""
        chain = [name]
        for one in chain:
            actor = self.actors.get(one)
            for tie in actor.ties_on(on) if actor is not None else ():
                if tie not in chain:
                    chain.append(tie)
        return tuple(chain)

    def side_of(self, name: str, *, country: str = "", on: date | None = None) -> str:
        """Whose side `name` is on in the war fought in `country`: the name of the side's principal; empty where unknown."""
        from warledger.lexicon.sides import side_of

        return side_of(self, name, country=country, on=on)

    def principal_of(self, name: str, *, country: str = "", on: date | None = None) -> str:
        """The actor that a generic name speaks or fights for; empty where that is not known."""
        from warledger.lexicon.sides import principal_of

        return principal_of(self, name, country=country, on=on)

    def enemies(self, one: str, other: str, *, country: str = "", on: date | None = None) -> bool | None:
        """Whether two actors fight each other in `country` on a day. False: the same side. None: neither is known."""
        from warledger.lexicon.sides import enemies

        return enemies(self, one, other, country=country, on=on)


def in_country(actor: ArmedActor, country: str) -> ArmedActor:
    """`actor` with the kind it has in a report on `country`: another state's forces are external there."""
    if actor.kind == "state_forces" and country and actor.country and country != actor.country:
        return replace(actor, kind="external_forces")
    return actor


def _rank(words: list[str], form: str) -> int:
    """0 the whole name, 1 it begins so, 2 each word begins one of its words, 3 the words lie in it, 9 no."""
    joined = " ".join(words)
    if form == joined:
        return 0
    if form.startswith(joined):
        return 1
    tokens = form.split()
    if all(any(token.startswith(word) for token in tokens) for word in words):
        return 2
    return 3 if len(joined) > 3 and joined in form else 9


@cache
def _packaged() -> ActorLexicon:
    return ActorLexicon(_all())


def _all() -> Iterator[ArmedActor]:
    """Every actor of the data files; a name that comes twice counts once, where it comes first."""
    for name in actor_files():
        for row in tables.rows(name):
            since, until = tables.during(row["active"])
            yield ArmedActor(
                name=row["name"],
                kind=row["kind"],
                country=row["country"],
                side=row["side"],
                aliases=_aliases(row["aliases"]),
                ties=_ties(row["parent"]),
                since=since,
                until=until,
                formerly=row["formerly"],
            )
    for row in tables.rows("people"):
        yield ArmedActor(row["name"], row["kind"], row["country"], "", _aliases(row["aliases"]), _ties(row["of"]), person=True)
    for row in tables.rows("organisations"):
        yield ArmedActor(row["name"], row["kind"], row["country"], "", _aliases(row["aliases"]), _ties(row["parent"]))
    for row in tables.rows("sources"):
        yield ArmedActor(
            row["name"],
            _SOURCE_KINDS.get(row["kind"], "media"),
            row["country"],
            row["side"],
            _aliases(row["aliases"]),
            _ties(row["owner"]) if row["owner"] != row["name"] else (),
        )
    for nation in nations().values():
        yield from _of_state(nation)


def actor_files() -> tuple[str, ...]:
    """The names of the files of armed and political actors, in order."""
    folder = files("warledger.lexicon") / "data" / "actors"
    return tuple(
        sorted(f"actors/{entry.name.removesuffix('.tsv')}" for entry in folder.iterdir() if entry.name.endswith(".tsv"))
    )


def _aliases(cell: str) -> tuple[Alias, ...]:
    return tuple(Alias(*tables.qualified(value)) for value in tables.values(cell))


def _ties(cell: str) -> tuple[Tie, ...]:
    return tuple(Tie(*tables.qualified(value)[:3]) for value in tables.values(cell))


def _of_state(nation: Nation) -> Iterator[ArmedActor]:
    yield ArmedActor(nation.government, "government", nation.iso2, nation.government)
    if nation.forces:
        yield ArmedActor(nation.forces, "state_forces", nation.iso2, nation.government, ties=(Tie(nation.government),))
