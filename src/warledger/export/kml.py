"""Events, claims and spells as KML 2.2 (OGC 07-147r2): placemarks with a point, time and fields; and a check of such files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, TextIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from warledger.core import EventFilter, View
from warledger.export.checking import Fault, day
from warledger.export.leftout import LeftOut
from warledger.export.points import located

if TYPE_CHECKING:
    from warledger.export.entries import Kind, Mark

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""
_CHUNK: Final = 64 * 1024


def write_kml(view: View, out: TextIO, filters: EventFilter, kind: Kind) -> LeftOut:
    """Write the entries that have coordinates, a placemark each; the others are returned."""
    skipped = LeftOut()
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}"><Document><name>warledger</name>\n')
    for entry in kind.chosen(view, filters, skipped):
        point = located(entry.id, entry.what, entry.place, skipped)
        if point is not None:
            out.write(_placemark(entry.id, entry.mark(), *point))
    out.write("</Document></kml>\n")
    return skipped


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub("", value))


def _placemark(ident: str, mark: Mark, lon: float, lat: float) -> str:
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{_text(value)}</value></Data>" for name, value in mark.fields.items() if value
    )
    return (
        f"<Placemark id={quoteattr(ident)}><name>{_text(mark.title)}</name><description>{_text(mark.text)}</description>"
        f"{_time(mark.first, mark.last)}<ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>\n"
    )


def _time(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    if first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    begin = f"<begin>{first}</begin>" if first is not None else ""
    end = f"<end>{last}</end>" if last is not None else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>"


def check_kml(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a KML file: its XML, coordinates, times and ids. Entities are refused, not expanded."""
    reader = _Reader()
    try:
        while chunk := stream.read(_CHUNK):
            reader.parser.Parse(chunk.encode("utf-8", "surrogateescape"), False)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from reader.taken()
        yield Fault(error.lineno, "", "xml", "error", f"the file is no well-formed XML: {expat.errors.messages[error.code]}")
        return
    except _RefusedError as error:
        yield Fault(reader.parser.CurrentLineNumber, "", "entities", "error", str(error))
        return
    yield from reader.taken()


class _RefusedError(Exception):
    """The file defines entities."""


class _Reader:
    """Follows the elements of a KML file as they come."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity
        self._faults: list[Fault] = []
        self._words: list[str] = []
        self._root = True
        self._ids: set[str] = set()
        self._located = True

    def taken(self) -> list[Fault]:
        """The faults found since the last call."""
        found, self._faults = self._faults, []
        return found

    def _fault(self, column: str, rule: str, message: str) -> None:
        self._faults.append(Fault(self.parser.CurrentLineNumber, column, rule, "error", message))

    def _entity(self, *_args: object) -> None:
        raise _RefusedError("the file defines entities; they are not read")

    def _characters(self, words: str) -> None:
        self._words.append(words)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._root and (name != "kml" or attributes.get("xmlns") != NAMESPACE):
            self._fault(name, "root", f"the first element must be kml of {NAMESPACE}")
        self._root = False
        self._words.clear()
        if name == "Placemark":
            self._located = False
            ident = attributes.get("id", "")
            if ident and ident in self._ids:
                self._fault("Placemark", "id-twice", f"{ident} is the id of an earlier placemark")
            self._ids.add(ident)

    def _end(self, name: str) -> None:
        words = "".join(self._words).strip()
        self._words.clear()
        if name == "coordinates":
            self._located = True
            for point in words.split():
                if not _is_point(point):
                    self._fault(name, "coordinates", f"{point!r} is no longitude,latitude in degrees")
        elif name in ("when", "begin", "end") and len(words) == 10 and (said := day(words)):
            self._fault(name, "time", said)
        elif name == "Placemark" and not self._located:
            self._fault(name, "no-coordinates", "the placemark has no coordinates")


def _is_point(words: str) -> bool:
    parts = words.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return False
    return len(numbers) in (2, 3) and -180 <= numbers[0] <= 180 and -90 <= numbers[1] <= 90
