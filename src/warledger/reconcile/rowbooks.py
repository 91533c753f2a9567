"""What the whole set of records says of actors, places and names, looked up in rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Generic, Protocol, TypeVar

from warledger.core import DocumentLink, fold
from warledger.reconcile.knowledge import ActorBook, ActorKnowledge
from warledger.reconcile.origins import roots
from warledger.reconcile.places import Told
from warledger.reconcile.rows import Rows, told_of

Value = TypeVar("Value")


class Lookup(Mapping[str, Value], Generic[Value]):
    """What a function finds for a key, each once; it is only looked up, never gone through."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        self._find = cache(find)

    def __getitem__(self, key: str) -> Value:
        return self._find(key)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a look-up cannot be gone through")

    def __len__(self) -> int:
        raise TypeError("a look-up cannot be gone through")


class RowActors(ActorBook):
    """All that is known of the actors of the records that rows tell of."""

    def __init__(self, rows: Rows, lexicon: ActorKnowledge | None) -> None:
        super().__init__({}, lexicon)
        self._find = cache(lambda who: bodies_of(rows, who))

    def answer(self, who: str) -> tuple[str, ...]:
        """As `ActorBook.answer`."""
        return self._find(who)


def bodies_of(rows: Rows, who: str) -> tuple[str, ...]:
    """The bodies that the folded name `who` is said to lead, speak for or belong to, the most often told first."""
    found = {body: int(count) for body, count in rows.items("body", who).items()}
    return tuple(sorted(found, key=lambda body: (-found[body], body)))


class RowGazette:
    """What rows tell of places, by what they may be called."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def named(self, name: str) -> Mapping[Told, int]:
        """As `Gazette.named`."""
        return self._told(f"name {name}")

    def identified(self, gazetteer_id: str) -> Mapping[Told, int]:
        """As `Gazette.identified`."""
        return self._told(f"id {gazetteer_id}")

    def _told(self, key: str) -> dict[Told, int]:
        return {told_of(text): int(count) for text, count in self._rows.items("told", key).items()}


class RowNames(dict[str, str]):
    """Which name stands for a folded name, by what documents say of names of one group."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, name: str) -> str:
        group = self.group(name)
        self.update(dict.fromkeys(map(fold, group), min(group, default="")))
        return super().get(name, "")

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        """The name that stands for `name`, else `default`."""
        return self[name] or default

    def group(self, name: str) -> set[str]:
        """All the names that mean the group that a folded name means."""
        found: set[str] = set()
        ahead, seen = [name], {name}
        while ahead:
            for pair in self._rows.items("same", ahead.pop()):
                for other in json.loads(pair):
                    found.add(other)
                    if fold(other) not in seen:
                        seen.add(fold(other))
                        ahead.append(fold(other))
        return found


class LinkBook(Protocol):
    """The links between documents."""

    def touching(self, document: str) -> Iterable[DocumentLink]:
        """The links that a document has on either side."""


def linked(links: LinkBook, document: str) -> tuple[set[str], set[DocumentLink]]:
    """All documents that hang together with one by links, itself among them, and these links."""
    found: set[DocumentLink] = set()
    ahead, seen = [document], {document}
    while ahead:
        for link in links.touching(ahead.pop()):
            found.add(link)
            more = {link.document, link.of} - seen
            seen |= more
            ahead += sorted(more)
    return seen, found


class Roots(Lookup[str]):
    """For each document the first of its copies and versions."""

    def __init__(self, links: LinkBook, published: Mapping[str, date | None]) -> None:
        def root(document: str) -> str:
            documents, found = linked(links, document)
            return roots({d: published[d] for d in documents}, found)[document]

        super().__init__(root)


class Replaced(Container[str]):
    """The documents that a later version has replaced."""

    def __init__(self, links: LinkBook) -> None:
        self._links = links

    def __contains__(self, document: object) -> bool:
        found = self._links.touching(str(document))
        return any(link.kind == "revision" and link.of == document != link.document for link in found)
