"""What is known of outlets and monitors (`data/sources.tsv`): whose they are, of what kind, on whose side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from warledger.core.document import Source
from warledger.lexicon.tables import key, qualified, rows, values

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@]*@)?(?P<host>[^/:?#]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source with what the core type does not hold: its country (ISO2) and web `domains`."""

    source: Source
    country: str
    domains: tuple[str, ...]


class SourceLexicon:
    """Finds an outlet by its name or web address."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.outlets: dict[str, Outlet] = {}
        self._by_name: dict[str, Outlet | None] = {}
        self._by_domain: dict[str, Outlet] = {}
        for outlet in outlets:
            self.outlets[outlet.source.name] = outlet
            for domain in outlet.domains:
                self._by_domain[domain.casefold()] = outlet
            for form in (outlet.source.name, *outlet.source.aliases):
                folded = key(form)
                known = self._by_name.get(folded, outlet)
                self._by_name[folded] = outlet if known is outlet else None
        for outlet in self.outlets.values():
            self._by_name[key(outlet.source.name)] = outlet

    @classmethod
    def load(cls) -> SourceLexicon:
        """The sources that come with the package; the same object each time."""
        return _packaged()

    def match(self, name_or_url: str) -> Source | None:
        """The source with this name, alias or web address (the domain or one below it); None if unknown or in doubt."""
        outlet = self.outlet(name_or_url)
        return outlet.source if outlet is not None else None

    def outlet(self, name_or_url: str) -> Outlet | None:
        """As `match`, with country and domains."""
        text = name_or_url.strip()
        host = _HOST.match(text)
        if host is not None or _DOMAIN.match(text):
            return self._of_host((host["host"] if host is not None else text).casefold().rstrip("."))
        folded = key(text)
        found = self._by_name.get(folded)
        return found if found is not None else self._by_name.get(key(re.sub(r"\s*\(.*?\)\s*$", "", text)))

    def _of_host(self, host: str) -> Outlet | None:
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if (found := self._by_domain.get(".".join(labels[start:]))) is not None:
                return found
        return None


@cache
def _packaged() -> SourceLexicon:
    return SourceLexicon(_all())


def _all() -> Iterable[Outlet]:
    for row in rows("sources"):
        aliases = tuple(qualified(value)[0] for value in values(row["aliases"]))
        source = Source(row["name"], row["owner"], row["kind"], row["side"], aliases)
        yield Outlet(source, row["country"], values(row["domains"]))
