"""Which column or JSON key is which field: by the user's map, else by its usual names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from warledger.ingest.options import FIELDS

USUAL_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "text": tuple(
        "text body content article articletext articlebody fulltext maintext bodytext rawtext contenttext story report message "
        "content.rendered texte contenu".split()
    ),
    "title": tuple("title headline heading subject articletitle title.rendered titre".split()),
    "source": tuple(
        "source sourcename outlet publisher publication newspaper media site website agency domain source.name source.title "
        "publisher.name provider".split()
    ),
    "date": tuple(
        "date published publishedat publisheddate publisheddatetime pubdate publicationdate datepublished publishdate datetime "
        "dateofpublication articledate reportdate createdat created timestamp".split()
    ),
    "url": tuple("url link articleurl sourceurl permalink canonicalurl href uri".split()),
    "name": tuple("doc id docid documentid articleid guid uuid key name".split()),
    "language": tuple("language lang".split()),
    "author": tuple("author authors byline by creator dc.creator writer author.name".split()),
    "sentences": ("sentences",),
}
"""Usual names, most telling first, without case and punctuation; a dot leads into an object."""

_PLAIN: Final = re.compile(r"[^a-z0-9]+")
Value = object


@dataclass(frozen=True, slots=True)
class Columns:
    """Field to column (or dotted path). `guessed` are the fields that the user did not map."""

    of: Mapping[str, str]
    guessed: frozenset[str]

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was guessed and is not plain from the name, as phrases for a reader."""
        pairs = ((f, self.of[f]) for f in FIELDS if f in self.guessed)
        return tuple(f"{f} from “{column}”" for f, column in pairs if _plain(column) not in (f, "doc", "id", "lang"))


def _plain(name: str) -> str:
    return _PLAIN.sub("", name.casefold())


def choose(names: Iterable[str], fields: Mapping[str, str]) -> Columns:
    """Columns for the fields, among `names` (column heads; for JSON also the dotted paths that `paths` gives).

    A column is used once; the map goes before the guesses. Fields without a column are left out.
    """
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(".".join(_plain(part) for part in name.split(".")), name)
    of = dict(fields)
    taken = set(of.values())
    guessed = set()
    for field in FIELDS:
        if field in of:
            continue
        for usual in USUAL_NAMES[field]:
            column = plain.get(usual)
            if column is not None and column not in taken:
                of[field] = column
                taken.add(column)
                guessed.add(field)
                break
    return Columns(of, frozenset(guessed))


def paths(row: Mapping[str, Value]) -> list[str]:
    """The keys of a JSON object, and for objects in it the dotted paths one level down."""
    found: list[str] = []
    for key, value in row.items():
        if isinstance(value, Mapping):
            found.extend(f"{key}.{inner}" for inner in value)
        else:
            found.append(key)
    return found


def value_at(row: Mapping[str, Value], path: str) -> Value:
    """The value under a key, or under a dotted path; None where there is none. A number leads into a list."""
    if path in row:
        return row[path]
    here: Value = row
    for part in path.split("."):
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and part.isdecimal() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return here


def as_text(value: Value) -> str | None:
    """A value as the words of a text: a list of strings is its paragraphs. None for what is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    return None


def as_names(value: Value) -> str:
    """One name or several, as texts or as objects with a `name`, in one label; empty for what is none."""
    if not isinstance(value, list):
        return as_label(value.get("name") if isinstance(value, Mapping) else value)
    names = (as_names(one) for one in value[:100] if not isinstance(one, list))
    return "; ".join(dict.fromkeys(name for name in names if name))[:2_000]


def as_label(value: Value) -> str:
    """A value as a short label (a title, a name); empty for what is none."""
    if isinstance(value, str):
        return value[:2_000]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return ""
