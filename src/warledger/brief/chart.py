"""The geometry of the page's drawings: a map of dots over a graticule, lanes of control over time. Units are SVG pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, floor, log10, radians, sqrt
from typing import Final

from warledger.brief.model import Lane, MapPoint

WIDTH: Final = 640
MAP_HEIGHT: Final = 420
MARGIN: Final = 34
LANE_HEIGHT: Final = 30
LABEL_WIDTH: Final = 132
CHARACTER_WIDTH: Final = 6.6
"""About the width of a letter of a label at 12 pixels."""
MAX_DAYS: Final = 400
"""How far the chart of control looks back from its end; older edges lie beyond its margin."""
MIN_SPAN_DEGREES: Final = 0.6
"""A single town is shown with this much around it."""
COLOURS: Final = 6
"""How many holders have a colour of their own; further ones share the last."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map; `anchor` says on which side of the dot its name stands, empty where there is no room for it."""

    x: float
    y: float
    radius: float
    name: str
    note: str
    colour: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule with its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    """The map: its dots, meridians (x) and parallels (y)."""

    dots: tuple[Dot, ...]
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of control: from `x`, `width` wide; `open_start`, `open_end` where the report gives no edge."""

    x: float
    width: float
    holder: str
    colour: int
    asserted: bool
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """The bars of one place."""

    y: float
    place: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The chart of control: rows, ticks of the time axis, its height."""

    rows: tuple[Row, ...]
    ticks: tuple[Line, ...]
    height: int


def holders_of(points: Sequence[MapPoint], lanes: Sequence[Lane]) -> tuple[str, ...]:
    """The holders in the order of their colours."""
    found = [s.holder for lane in lanes for s in reversed(lane.stretches)] + [p.holder for p in points if p.holder]
    return tuple(dict.fromkeys(found))


def _colour(holder: str, holders: Sequence[str]) -> int:
    return min(holders.index(holder) + 1, COLOURS) if holder in holders else 0


def _step(span: float) -> float:
    """A round distance between lines that gives two to six of them."""
    raw = span / 4
    base = 10.0 ** floor(log10(raw))
    return next(base * k for k in (1, 2, 5, 10) if base * k >= raw)


def draw_map(points: Sequence[MapPoint], holders: Sequence[str]) -> Map | None:
    """The map of these places in an equirectangular projection true to scale at its middle; None for fewer than two places."""
    if len(points) < 2:
        return None
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    shrink = max(cos(radians(middle_lat)), 0.1)
    high = max(max(lats) - min(lats), MIN_SPAN_DEGREES)
    wide = max(max(lons) - min(lons), MIN_SPAN_DEGREES) * shrink
    scale = min((MAP_HEIGHT - 2 * MARGIN) / high, (WIDTH - 2 * MARGIN - 60) / wide)

    def x(lon: float) -> float:
        return round(WIDTH / 2 + (lon - middle_lon) * shrink * scale, 1)

    def y(lat: float) -> float:
        return round(MAP_HEIGHT / 2 - (lat - middle_lat) * scale, 1)

    dots = [
        Dot(
            x(p.lon),
            y(p.lat),
            round(3 + 2 * sqrt(min(p.events, 25)), 1),
            p.name,
            f"{p.name}: {p.events} event{'' if p.events == 1 else 's'}" + (f"; held by {p.holder}" if p.holder else ""),
            _colour(p.holder, holders),
        )
        for p in points
    ]
    step = _step(max(WIDTH / (shrink * scale), MAP_HEIGHT / scale))
    west, east = middle_lon - WIDTH / 2 / shrink / scale, middle_lon + WIDTH / 2 / shrink / scale
    south, north = middle_lat - MAP_HEIGHT / 2 / scale, middle_lat + MAP_HEIGHT / 2 / scale
    return Map(
        _labelled(dots),
        tuple(Line(x(v), f"{_degrees(v)}° {'E' if v >= 0 else 'W'}") for v in _round_values(west, east, step)),
        tuple(Line(y(v), f"{_degrees(v)}° {'N' if v >= 0 else 'S'}") for v in _round_values(south, north, step)),
    )


def _degrees(value: float) -> str:
    return f"{abs(value):.2f}".rstrip("0").rstrip(".")


def _round_values(low: float, high: float, step: float) -> list[float]:
    first = floor(low / step) + 1
    return [k * step for k in range(first, floor(high / step) + 1)]


def _labelled(dots: Sequence[Dot]) -> tuple[Dot, ...]:
    """Each name on the first side where it hits no other name or dot; the busiest places choose first."""
    taken = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in dots]
    done = []
    for dot in dots:
        width = len(dot.name) * CHARACTER_WIDTH
        boxes = {
            "start": (dot.x + dot.radius + 3, dot.y - 7, dot.x + dot.radius + 3 + width, dot.y + 7),
            "end": (dot.x - dot.radius - 3 - width, dot.y - 7, dot.x - dot.radius - 3, dot.y + 7),
            "above": (dot.x - width / 2, dot.y - dot.radius - 16, dot.x + width / 2, dot.y - dot.radius - 2),
            "below": (dot.x - width / 2, dot.y + dot.radius + 2, dot.x + width / 2, dot.y + dot.radius + 16),
        }
        anchor = next((side for side, box in boxes.items() if _fits(box, taken)), "")
        if anchor:
            taken.append(boxes[anchor])
        done.append(Dot(dot.x, dot.y, dot.radius, dot.name, dot.note, dot.colour, anchor))
    return tuple(done)


Box = tuple[float, float, float, float]


def _fits(box: Box, taken: Sequence[Box]) -> bool:
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= MAP_HEIGHT - 2
    return inside and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken)


def draw_lanes(lanes: Sequence[Lane], holders: Sequence[str], first: date | None, last: date | None) -> Lanes | None:
    """The chart of control between the first change and the last report; None where there is no change to show."""
    edges = [day for lane in lanes for s in lane.stretches for day in (s.since, s.until) if day is not None]
    if not edges:
        return None
    end = max([*edges, *(d for d in (first, last) if d is not None)])
    start = min(day for day in [*edges, end] if (end - day).days <= MAX_DAYS)
    pad = max(2, (end - start).days // 10)
    low = start - timedelta(days=pad) if start.toordinal() > pad else start
    high = end + timedelta(days=pad) if end.toordinal() + pad < date.max.toordinal() else end
    days = max(1, (high - low).days)

    def x(day: date) -> float:
        return round(LABEL_WIDTH + (WIDTH - LABEL_WIDTH) * (day - low).days / days, 1)

    rows = []
    for index, lane in enumerate(lanes):
        bars = []
        for s in lane.stretches:
            left = x(s.since) if s.since and s.since > low else float(LABEL_WIDTH)
            right = x(s.until) if s.until else float(WIDTH)
            if right <= LABEL_WIDTH:
                continue
            note = f"{lane.place}: {s.holder}, {s.since or 'before the first report'} to {s.until or 'the last report'}"
            bars.append(
                Bar(left, round(max(right - left, 2), 1), s.holder, _colour(s.holder, holders), asserted=s.asserted, note=note)
            )
        rows.append(Row(index * LANE_HEIGHT + 4.0, lane.place, tuple(bars)))
    marks = [low + timedelta(days=days * k // 4) for k in range(1, 4)]
    return Lanes(
        tuple(rows), tuple(Line(x(day), f"{day.day} {day:%b} {day.year}") for day in marks), len(lanes) * LANE_HEIGHT + 26
    )
