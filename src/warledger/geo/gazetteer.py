"""The gazetteer: finds places by name, with those that a ledger adds."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from warledger.errors import StorageError
from warledger.geo import index
from warledger.geo.names import MIN_SPELLING, consonants, key, similarity, spelling, unjoined
from warledger.geo.phrases import parse
from warledger.geo.place import GazetteerPlace

MAX_READINGS: Final = 48
"""Places weighed per form of a name; the most populous come first ("San José" has hundreds)."""
MAX_SIMILAR: Final = 12
"""Places weighed that only look alike."""
MIN_SIMILARITY: Final = 0.75
"""Two spellings that share their consonants but are less alike than this are different names."""
EXTRA_IN_MEMORY: Final = 500
"""Up to so many extra places are indexed anew in memory; more are compiled once into the cache folder."""
PREFIX_CHARACTERS: Final = 3
"""Letters of a name that a suggestion must share, where nothing fits better."""
MAX_SUGGESTIONS_WEIGHED: Final = 4000

STRENGTHS: Final = {"name": 1.0, "alias": 0.96, "spelling": 0.88, "similar": 0.70}
"""How much a kind of match is worth; "similar" is multiplied with the similarity."""

Row = tuple[Any, ...]
_NAMELESS: Final = "p.identity, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.admin2, p.admin3, ''"
"""For readings: a big city's hundred other names cost more to fetch than all the rest."""
_COLUMNS: Final = _NAMELESS.replace("''", "p.names")
_BY_NAME: Final = (
    f"SELECT {_NAMELESS}, n.main FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.form = ? ORDER BY n.place LIMIT ?"  # noqa: S608
)
_BY_SPELLING: Final = (
    f"SELECT {_NAMELESS} FROM spelling AS n JOIN place AS p ON p.id = n.place WHERE n.form = ? ORDER BY n.place LIMIT ?"  # noqa: S608
)
_BY_CONSONANTS: Final = (
    f"SELECT {_COLUMNS} FROM consonants AS n JOIN place AS p ON p.id = n.place WHERE n.form = ? ORDER BY n.place LIMIT ?"  # noqa: S608
)
_BY_PREFIX: Final = (
    f"SELECT {_COLUMNS} FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.form >= ? AND n.form < ? LIMIT ?"  # noqa: S608
)
_BY_IDENTITY: Final = f"SELECT {_COLUMNS} FROM place AS p WHERE p.identity = ? LIMIT 1"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that a name may mean; `match` is one of MATCHES, `strength` how well the name fits, 0 to 1."""

    place: GazetteerPlace
    match: str
    strength: float


def _place(row: Row) -> GazetteerPlace:
    identity, name, kind, country, admin1, lat, lon, population, admin2, admin3, names = row[:11]
    others = tuple(names.split("|")) if names else ()
    return GazetteerPlace(identity, name, kind, country, admin1, lat, lon, population, others, admin2, admin3)


class Gazetteer:
    """Places by name, read from a compiled index. Open it with `Gazetteer.open`; safe to share between threads, to fork
    and to pickle. A fault found in the index file builds it anew, once.
    """

    def __init__(self, paths: Sequence[Path], cache_dir: Path | None, extra: tuple[GazetteerPlace, ...]) -> None:
        self._paths = tuple(paths)
        self._cache_dir = cache_dir
        self._extra = extra
        self._connections: list[sqlite3.Connection] = []
        self._pid = 0
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._parts: dict[tuple[str, str], tuple[float, float] | None] = {}

    @classmethod
    def open(cls, *, cache_dir: Path | None = None, extra: Sequence[GazetteerPlace] = ()) -> Self:
        """Open the package's index, building it on the first use (some 20 s), together with `extra` places.

        An extra place with the id of a known one stands in its stead. Raises StorageError where no folder can be written.
        """
        paths = [index.build_index(cache_dir=cache_dir)]
        in_memory = tuple(extra)
        if len(in_memory) > EXTRA_IN_MEMORY:
            stamped = f"{index.INDEX_VERSION}-{_digest(in_memory)}"
            places = in_memory
            paths.append(
                index.ensure(cache_dir=cache_dir, name=f"extra-{stamped}.sqlite", stamped=stamped, places=lambda: places)
            )
            in_memory = ()
        gazetteer = cls(paths, cache_dir, in_memory)
        gazetteer._connect()
        return gazetteer

    def close(self) -> None:
        """Close the index; a later lookup opens it again."""
        if self._pid == os.getpid():
            for connection in self._connections:
                connection.close()
        self._connections, self._pid = [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self._paths, self._cache_dir, self._extra)

    def _connect(self) -> list[sqlite3.Connection]:
        """The connections of this process: SQLite's must not be carried over a fork."""
        if self._pid == os.getpid():
            return self._connections
        opened = []
        try:
            opened = [index.connect(path) for path in self._paths]
        except (sqlite3.Error, OSError) as error:
            raise StorageError(f"the gazetteer's index is gone or damaged; open the gazetteer again ({error})") from error
        if self._extra:
            memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            index.fill(memory, self._extra, "extra")
            opened.append(memory)
        self._connections, self._pid = opened, os.getpid()
        return opened

    def _rows(self, query: str, *values: object) -> list[Row]:
        """Rows of all indexes, the extra one's first. An index that turns out damaged is rebuilt."""
        try:
            return [row for connection in reversed(self._connect()) for row in connection.execute(query, values)]
        except sqlite3.DatabaseError:
            self.close()
            self._paths = (index.build_index(cache_dir=self._cache_dir, rebuild=True), *self._paths[1:])
            try:
                return [row for connection in reversed(self._connect()) for row in connection.execute(query, values)]
            except sqlite3.DatabaseError as error:
                raise StorageError(f"the gazetteer's index is damaged: {error}") from error

    def get(self, identity: str) -> GazetteerPlace | None:
        """The place with this id; None if there is none."""
        rows = self._rows(_BY_IDENTITY, identity)
        return _place(rows[0]) if rows else None

    def readings(self, folded: str) -> tuple[Reading, ...]:
        """The places that a `key` may mean, by its very letters or by a usual other spelling of them, likely ones first.

        Only if there are none, those that merely look alike are given ("similar"). Their places come without `names`, which
        `get` has.
        """
        known = self._readings.get(folded)
        if known is None:
            if len(self._readings) > 50_000:  # a bound on memory, about 100 MB
                self._readings.clear()
            known = self._readings[folded] = self._read(folded)
        return known

    def _read(self, folded: str) -> tuple[Reading, ...]:
        if not folded:
            return ()
        found: dict[str, Reading] = {}
        for row in self._rows(_BY_NAME, folded, MAX_READINGS):
            match = "name" if row[11] else "alias"
            place = _place(row)
            if place.id not in found:
                found[place.id] = Reading(place, match, STRENGTHS[match])
        spelled = spelling(folded) if folded.isascii() else ""
        forms = dict.fromkeys((spelled, spelling(unjoined(folded)))) if spelled else {}
        for form in forms:
            if len(form) >= MIN_SPELLING:
                for row in self._rows(_BY_SPELLING, form, MAX_READINGS):
                    if row[0] not in found:
                        place = _place(row)
                        found[place.id] = Reading(place, "spelling", STRENGTHS["spelling"])
        if not found and (bare := consonants(spelled)):
            for row in self._rows(_BY_CONSONANTS, bare, MAX_SIMILAR):
                place = _place(row)
                spellings = {spelling(k) for k in map(key, (place.name, *place.names)) if k.isascii()}
                alike = max((similarity(spelled, s) for s in spellings if consonants(s) == bare), default=0.0)
                if alike >= MIN_SIMILARITY:
                    found.setdefault(place.id, Reading(place, "similar", STRENGTHS["similar"] * alike))
        return tuple(found.values())

    def part(self, area: str, side: str) -> tuple[float, float] | None:
        """The middle (lat, lon) of the settlements on one side of an area: a country ("SY") or division ("SY.12")."""
        if (area, side) not in self._parts:
            rows = self._rows("SELECT lat, lon FROM part WHERE area = ? AND side = ?", area, side)
            self._parts[area, side] = (rows[0][0], rows[0][1]) if rows else None
        return self._parts[area, side]

    def search(self, name: str, country: str = "", limit: int = 10) -> list[GazetteerPlace]:
        """Suggestions for `name`, best first: equal names, other spellings, then names that look or begin alike.

        `country` (ISO 3166 two letters) keeps to one country. For a person to choose from; `resolve` decides nothing by it
        but what it scores itself.
        """
        folded = key(name)
        if not folded or limit < 1:
            return []
        wanted = country.upper()
        scored: dict[str, tuple[float, GazetteerPlace]] = {}
        for form in dict.fromkeys((folded, parse(name).core)):
            for reading in self.readings(form):
                scored.setdefault(reading.place.id, (reading.strength + 1.0, reading.place))
        kept = [p for _, p in scored.values() if not wanted or p.country == wanted]
        if len(kept) < limit:
            spelled = spelling(folded)
            start = folded[:PREFIX_CHARACTERS]
            rows = self._rows(_BY_PREFIX, start, start + "\U0010ffff", MAX_SUGGESTIONS_WEIGHED)
            rows += self._rows(_BY_CONSONANTS, consonants(spelled), MAX_READINGS) if consonants(spelled) else []
            for row in rows:
                if row[0] in scored or (wanted and row[3] != wanted):
                    continue
                place = _place(row)
                alike = similarity(spelled, spelling(key(place.name)))
                alike = max(alike, 0.6 if key(place.name).startswith(folded) else 0.0)
                if alike >= 0.5:
                    scored[place.id] = (alike, place)
        ranked = sorted(scored.values(), key=lambda s: (-s[0], -s[1].population, s[1].name, s[1].id))
        best = [place for _, place in ranked if not wanted or place.country == wanted][:limit]
        return [self.get(place.id) or place for place in best]


def _digest(places: Sequence[GazetteerPlace]) -> str:
    digest = hashlib.sha256()
    for place in places:
        digest.update(repr(place).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:16]
