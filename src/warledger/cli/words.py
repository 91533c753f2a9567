"""How values read in a table: counts, roles, places, voices. Short forms; whole sentences are the briefing's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from warledger.core import Claim, Document, Event, EventFigure, Figure, Place, Record, When

_UNCOUNTED: Final = frozenset({"people", "other"})
"""Groups that a reader takes for granted: "720+ killed" is of people."""


def count(low: int | None, high: int | None, *, about: bool = False) -> str:
    """A count and its bounds: `111`, `720+`, `up to 40`, `10–15`, `about 50`."""
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,}+"
    return ("about " if about else "") + (f"{low:,}" if low == high else f"{low:,}–{high:,}")


def figure(one: Figure | EventFigure) -> str:
    """A figure in a few words: `111 civilians killed`, `720+ killed since 2024-11-27`."""
    words = [count(one.low, one.high, about=one.about)]
    if one.group not in _UNCOUNTED:
        words.append(one.group.replace("_", " "))
    if one.measure != "other":
        words.append(one.measure.replace("_", " "))
    if one.since is not None:
        words.append(f"since {one.since.first or one.since}")
    return " ".join(words)


def roles(initiator: Sequence[str], target: Sequence[str]) -> str:
    """Who to whom: `rebels (Syria) → Syrian Armed Forces`; a side that nobody names is left out."""
    left, right = ", ".join(initiator), ", ".join(target)
    return f"{left} → {right}" if left and right else left or (f"→ {right}" if right else "")


def when(moment: When | None) -> str:
    """A time as people write intervals: `2024-11-27 – 2024-12-05`, `since 2024-11-27`, `by 2016`."""
    if moment is None:
        return ""
    start, slash, end = moment.edtf.partition("/")
    if not slash:
        return start
    if end in ("", ".."):
        return f"since {start}"
    return f"by {end}" if start in ("", "..") else f"{start} – {end}"


def place(one: Place | None) -> str:
    """A place with the country it lies in: `Hama, SY`."""
    if one is None:
        return ""
    return f"{one.name}, {one.country}" if one.country and one.kind != "country" else one.name


def spot(one: Place) -> str:
    """Coordinates in degrees and what they stand for: `35.13, 36.75 (exact)`."""
    if one.lat is None or one.lon is None:
        return ""
    return f"{one.lat:.2f}, {one.lon:.2f}" + (f" ({one.precision})" if one.precision else "")


def actors(record: Record, ids: Sequence[str]) -> tuple[str, ...]:
    """The names behind local ids."""
    return tuple(record.actor(one).name for one in ids)


def voice(claim: Claim, record: Record) -> str:
    """The chain of speakers, nearest first: `Syrian Armed Forces (confirmed, state media) ← a spokesman`."""
    return " ← ".join(_speaker(one.who, one.cue, one.channel, record) for one in claim.voice)


def _speaker(who: str, cue: str, channel: str, record: Record) -> str:
    name = record.actor(who).name if who else "somebody unnamed"
    how = ", ".join(word for word in (cue, channel) if word)
    return f"{name} ({how})" if how else name


def document(one: Document) -> str:
    """A document as a reference names it: `Example Wire, 2024-12-05, “Title”`."""
    parts = (one.source, str(one.published or "no date"), f"“{one.title}”" if one.title else "")
    return ", ".join(part for part in parts if part)


def event(one: Event) -> str:
    """An event in one line: `seize · Hama · 2024-12-05`."""
    return " · ".join(part for part in (one.type, one.place.name if one.place else "", when(one.when)) if part)


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events by the last day that is known of them, newest first; those without a time come last."""
    return sorted(events, key=lambda one: (_latest(one.when), one.id), reverse=True)


def _latest(moment: When | None) -> date:
    if moment is None:
        return date.min
    return moment.last or moment.first or date.min


def counted(count: int, noun: str, nouns: str = "") -> str:
    """`1 document`, `1,200 documents`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
