"""Reads places that a user adds: a GeoNames country dump, or a plain CSV.

Both give a stream of places and Issues: a row that cannot be read becomes an Issue with its line number, and the reading
goes on.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from warledger.core.ids import content_id
from warledger.core.log import Issue
from warledger.core.vocabulary import PLACE_KINDS
from warledger.errors import InputError
from warledger.geo.place import GazetteerPlace
from warledger.geo.sources import readable, settlement_kind

GEONAMES_COLUMNS: Final = 19
"""Of the dump that geonames.org describes in its readme.txt ("the main 'geoname' table")."""
MAX_LINE_BYTES: Final = 1_000_000
MAX_POPULATION: Final = 20_000_000_000
MAX_NAMES: Final = 400
"""Other names kept of one place."""
FEATURE_KINDS: Final = {
    "PPLC": "city", "PPLA": "city", "PPLX": "neighbourhood",
    "ADM1": "province", "ADM2": "district", "ADM3": "district", "ADM4": "district", "ADMD": "district",
    "PCLI": "country", "PCLD": "country", "TERR": "region", "ZN": "region",
    "AIRP": "facility", "AIRF": "facility", "AIRB": "base", "NVB": "base", "INSM": "base", "DAM": "facility", "BDG": "facility",
    "HSP": "facility", "PRN": "facility", "UNIV": "facility", "MSQE": "facility", "PSTB": "border_crossing",
    "CSTM": "border_crossing", "PS": "facility", "PSH": "facility", "PSN": "facility", "OILR": "facility", "FT": "facility",
    "STNB": "base", "PRT": "facility", "CMPRF": "facility", "SQR": "facility", "RSTN": "facility",
    "RGN": "region", "RGNE": "region", "RGNH": "region", "AREA": "region", "LCTY": "region", "MILB": "base", "OILF": "facility",
    "GASF": "facility", "INDS": "facility", "TRB": "region", "VALS": "region", "COLF": "facility",
    "RD": "road", "RDJCT": "road", "HWY": "road", "ST": "road",
    "STM": "natural", "LK": "natural", "RSV": "natural", "GULF": "natural", "BAY": "natural",
    "SEA": "natural", "STRT": "natural",
    "CNL": "natural", "WAD": "natural", "MT": "natural", "MTS": "natural", "HLL": "natural",
    "HLLS": "natural", "ISL": "natural",
    "ISLS": "natural", "PEN": "natural", "PASS": "natural", "PLN": "natural", "PLAT": "natural",
    "VAL": "natural", "DSRT": "natural",
}  # fmt: skip
"""Place kinds of the annotation guide by GeoNames feature code; rows with other codes are passed over."""
CSV_COLUMNS: Final = ("name", "lat", "lon", "country", "admin1", "admin2", "admin3", "kind", "population", "aliases")
_LEVELS: Final = {"ADM2": 2, "ADM3": 3}
_COLUMN_NAMES: Final = {
    "latitude": "lat", "y": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "x": "lon", "country_code": "country",
    "iso2": "country", "adm1": "admin1", "adm2": "admin2", "adm3": "admin3", "type": "kind", "names": "aliases",
    "alternate_names": "aliases", "place": "name",
}  # fmt: skip


def read_places(path: Path) -> Iterator[GazetteerPlace | Issue]:
    """Read `path` as a GeoNames dump if its first line has that form, else as CSV. Raises InputError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            first = file.readline(MAX_LINE_BYTES)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    dump = first.count(b"\t") == GEONAMES_COLUMNS - 1 and first.split(b"\t", 1)[0].isdigit()
    return read_geonames(path) if dump else read_csv(path)


def _issue(path: Path, line: int, found: str, expected: str, *, warning: bool = False) -> Issue:
    return Issue(
        "gazetteer-row", f"{path}:{line}", found[:200], expected, "Correct the row and add the file again.",
        "warning" if warning else "error",
    )  # fmt: skip


def _lines(path: Path) -> Iterator[tuple[int, str | Issue]]:
    """The lines of a file with their numbers; what is no UTF-8 or too long is an Issue."""
    try:
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(MAX_LINE_BYTES):
                number += 1
                if not raw.endswith(b"\n") and len(raw) == MAX_LINE_BYTES:
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(MAX_LINE_BYTES)
                    yield number, _issue(path, number, f"a line of over {MAX_LINE_BYTES} bytes", "a row of a table")
                    continue
                try:
                    text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    yield number, _issue(path, number, f"bytes that are no UTF-8 ({error.reason})", "UTF-8 text")
                    continue
                yield number, text.rstrip("\r\n").replace("\0", "")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _degrees(text: str, most: float) -> float:
    """Degrees from `text`. Raises ValueError for what is no number or lies off the globe."""
    value = float(text)
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError(f"{text!r} is not between {-most:g} and {most:g}")
    return round(value, 5)


def _population(text: str) -> int:
    """A number of people, 0 where empty. Raises ValueError for what cannot be one."""
    text = text.strip().replace(",", "").replace(" ", "")
    if not text:
        return 0
    value = int(text) if len(text) < 15 else -1
    if not 0 <= value <= MAX_POPULATION:
        raise ValueError(f"{text[:40]!r} is no number of people")
    return value


def _country(text: str) -> str:
    """A country code. Raises ValueError unless it is empty or two letters."""
    code = text.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(f"country {text[:40]!r} is not two letters of ISO 3166")
    return code


def _divisions(path: Path) -> dict[tuple[str, ...], str]:
    """The names of the divisions of the second and third level, by country and the codes down to their own."""
    found: dict[tuple[str, ...], str] = {}
    for _, line in _lines(path):
        cells = line.split("\t") if isinstance(line, str) else []
        if len(cells) == GEONAMES_COLUMNS and cells[7] in _LEVELS:
            codes = _codes(cells, _LEVELS[cells[7]])
            if codes[-1]:
                found.setdefault(codes, cells[1].strip())
    return found


def _codes(cells: list[str], level: int) -> tuple[str, ...]:
    """The country of a row of a dump, and the codes of its divisions down to a level."""
    return (cells[8], *cells[10 : 10 + level])


def read_geonames(path: Path) -> Iterator[GazetteerPlace | Issue]:
    """Read a GeoNames country dump: tab-separated, 19 columns, no header. Rows whose feature is no place that reports name
    (a well, a tree) are counted in a closing note. The codes of divisions of the second and third level become the names that
    the dump itself has for them. Raises InputError if the file cannot be read.
    """
    divisions = _divisions(path)
    passed_over = 0
    number = 0
    for number, line in _lines(path):
        if isinstance(line, Issue):
            yield line
            continue
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != GEONAMES_COLUMNS:
            yield _issue(path, number, f"{len(cells)} columns", f"the {GEONAMES_COLUMNS} columns of a GeoNames dump")
            continue
        kind = FEATURE_KINDS.get(cells[7])
        if kind is None and cells[6] != "P":
            passed_over += 1
            continue
        try:
            population = _population(cells[14])
            if not cells[0].isascii() or not cells[0].isdigit() or len(cells[0]) > 12:
                raise ValueError(f"id {cells[0][:40]!r} is no number")
            names = dict.fromkeys(n.strip() for n in (cells[2], *cells[3].split(",")) if n.strip() and readable(n))
            names.pop(cells[1].strip(), None)
            yield GazetteerPlace(
                f"gn{cells[0]}", cells[1].strip(), kind or settlement_kind(population), _country(cells[8]), cells[10].strip(),
                _degrees(cells[4], 90), _degrees(cells[5], 180), population, tuple(names)[:MAX_NAMES],
                *(divisions.get(_codes(cells, level), "") for level in _LEVELS.values()),
            )  # fmt: skip
        except (ValueError, InputError) as error:
            yield _issue(path, number, str(error), "an id, a name, latitude, longitude and population")
    if passed_over:
        yield Issue(
            "gazetteer-passed-over", str(path), f"{passed_over} rows of features that reports do not name, of {number}",
            "settlements, divisions, facilities, roads and natural features", "Nothing: this is a note.", "note",
        )  # fmt: skip


def read_csv(path: Path) -> Iterator[GazetteerPlace | Issue]:
    """Read a CSV with a header: `name`, `lat`, `lon`, and where known `country`, `admin1` (a code), `admin2` and `admin3`
    (names), `kind`, `population` and `aliases` (parted by `|` or `;`). Tabs or semicolons may stand for the commas. Raises
    InputError if the file cannot be read.
    """
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        yield _issue(path, 1, "an empty file", "a header with name, lat, lon")
        return
    if isinstance(first[1], Issue):
        yield first[1]
        return
    delimiter = max(",\t;", key=first[1].count)
    header = [_COLUMN_NAMES.get(c.strip().lower(), c.strip().lower()) for c in first[1].split(delimiter)]
    header = [cell.strip('"') for cell in header]
    missing = [column for column in CSV_COLUMNS[:3] if column not in header]
    if missing:
        yield _issue(path, 1, f"a header without {', '.join(missing)}: {first[1]}", "a header with name, lat, lon")
        return
    for number, line in lines:
        if isinstance(line, Issue):
            yield line
            continue
        if not line.strip():
            continue
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration) as error:
            yield _issue(path, number, f"a row that is no CSV ({error})", "one row a line")
            continue
        if len(cells) > len(header):
            yield _issue(path, number, f"{len(cells)} cells", f"at most the header's {len(header)}")
            continue
        row = dict(zip(header, cells, strict=False))
        try:
            yield _csv_place(row)
        except (ValueError, InputError) as error:
            yield _issue(path, number, str(error), "a name, latitude and longitude in degrees, a known kind")


def _csv_place(row: Mapping[str, str]) -> GazetteerPlace:
    """The place in a CSV row. Raises ValueError or InputError for what it cannot be."""
    name = row.get("name", "").strip()
    lat, lon = _degrees(row.get("lat", ""), 90), _degrees(row.get("lon", ""), 180)
    population = _population(row.get("population", ""))
    country = _country(row.get("country", ""))
    kind = row.get("kind", "").strip().lower() or settlement_kind(population)
    if kind not in PLACE_KINDS:
        raise ValueError(f"kind {kind[:40]!r} is not one of: {', '.join(PLACE_KINDS)}")
    aliases = tuple(dict.fromkeys(a.strip() for a in row.get("aliases", "").replace(";", "|").split("|") if a.strip()))
    identity = content_id("g", country, name, kind, f"{lat:.5f}", f"{lon:.5f}")
    return GazetteerPlace(
        identity, name, kind, country, row.get("admin1", "").strip(), lat, lon, population, aliases[:MAX_NAMES],
        row.get("admin2", "").strip(), row.get("admin3", "").strip(),
    )  # fmt: skip
