"""What is known of outlets, monitors and organisations as publishers: whose they are, of what kind, on whose side.

`data/sources.tsv` has the outlets; `data/publishers.tsv` those actors of other tables that publish reports of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from warledger.core.document import Source
from warledger.errors import ConfigError
from warledger.lexicon.tables import key, qualified, rows, values

ACTOR_TABLES = ("organisations", "actors/syria-and-lebanon")
"""Where the actors of `data/publishers.tsv` are."""

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@]*@)?(?P<host>[^/:?#]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}$", re.IGNORECASE)


class SourceLexicon:
    """Finds a source by its name, another of its names, or its web address."""

    def __init__(self, sources: Iterable[Source], *, over: SourceLexicon | None = None) -> None:
        """`sources`, and under them those of `over`: a name, alias or address of the upper ones is theirs alone."""
        own = {source.name: source for source in sources}
        self.sources: dict[str, Source] = {} if over is None else _freed(over.sources, own.values())
        self._by_name: dict[str, Source | None] = {}
        self._by_address: dict[str, Source] = {}
        for layer in (tuple(self.sources.values()), tuple(own.values())):
            self._file(layer)
        self.sources |= own

    @classmethod
    def load(cls) -> SourceLexicon:
        """The sources that come with the package; the same object each time."""
        return _packaged()

    def match(self, name_or_url: str) -> Source | None:
        """The source with this name, alias or web address (the host or one below it); None if unknown or in doubt."""
        text = name_or_url.strip()
        found = self.named(text)
        if found is not None:
            return found
        host = _HOST.match(text)
        if host is not None or _DOMAIN.match(text):
            return self._of_host((host["host"] if host is not None else text).casefold().rstrip("."))
        return self.named(re.sub(r"\s*\(.*?\)\s*$", "", text))

    def named(self, name: str) -> Source | None:
        """The source with this name or alias; None if unknown, or if several have it."""
        return self._by_name.get(key(name))

    def is_in_doubt(self, name: str) -> bool:
        """Whether several sources have this alias, so that it means none of them."""
        return self._by_name.get(key(name), name) is None

    def _file(self, sources: Iterable[Source]) -> None:
        """Take a layer in, over what is there; a form that two of it have means neither, unless it is the name of one."""
        forms: dict[str, Source | None] = {}
        for source in sources:
            self._by_address |= dict.fromkeys((address.casefold() for address in source.addresses), source)
            for form in (source.name, *source.aliases):
                folded = key(form)
                forms[folded] = source if forms.get(folded, source) is source else None
        self._by_name |= forms | {key(source.name): source for source in sources}

    def _of_host(self, host: str) -> Source | None:
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if (found := self._by_address.get(".".join(labels[start:]))) is not None:
                return found
        return None


def _freed(under: dict[str, Source], upper: Iterable[Source]) -> dict[str, Source]:
    """The lower sources without those that an upper one is named as, and without the forms that upper ones have taken."""
    upper = tuple(upper)
    names = {key(source.name) for source in upper}
    forms = names | {key(alias) for source in upper for alias in source.aliases}
    hosts = {address.casefold() for source in upper for address in source.addresses}
    return {
        name: replace(
            source,
            aliases=tuple(a for a in source.aliases if key(a) not in forms),
            addresses=tuple(a for a in source.addresses if a.casefold() not in hosts),
        )
        for name, source in under.items()
        if key(name) not in names
    }


@cache
def _packaged() -> SourceLexicon:
    return SourceLexicon(_all())


def _all() -> Iterator[Source]:
    for row in rows("sources"):
        yield Source(
            row["name"],
            row["owner"],
            row["kind"],
            row["side"],
            _aliases(row["aliases"]),
            row["country"],
            values(row["domains"]),
        )
    actors = {row["name"]: row for table in ACTOR_TABLES for row in rows(table)}
    for row in rows("publishers"):
        actor = actors.get(row["name"])
        if actor is None:
            raise ConfigError(f"publishers.tsv names {row['name']!r}, which is no actor of {', '.join(ACTOR_TABLES)}")
        aliases, domains = _aliases(actor["aliases"]), values(row["domains"])
        yield Source(row["name"], "", row["kind"], actor.get("side", ""), aliases, actor["country"], domains)


def _aliases(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(qualified(value)[0] for value in values(cell)))
