"""Writes events in ACLED's form: one row an actor pair, place, day and event type."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final, TextIO

from warledger.core import Document, Event, EventFilter, EventPlace, Source, View
from warledger.core.filter import sentence_of
from warledger.export.acled.actors import Pair, country_name, pairs_of
from warledger.export.acled.coding import Coded, Refused, code_event
from warledger.export.acled.columns import CIVILIANS_TARGETED, COLUMNS, SCALES, SUICIDE, interaction
from warledger.export.deaths import lowest, tolls
from warledger.export.facts import Surroundings, facts_of
from warledger.export.form import telling_claim
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.parties import parties_of, with_opponent
from warledger.export.rowids import ROWS_OF_AN_EVENT, acled_id
from warledger.export.tables import safe
from warledger.export.whereabouts import acled_precision, division, lower_divisions
from warledger.geo import distance_km
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import acled_scale

LONGEST_DAYS: Final = 31
"""ACLED's widest precision of time is a month."""
WEEK_DAYS: Final = 7
"""A stretch of seven days is how "last week" and "in recent days" are read: within it, not on each of its days."""
PARTS: Final = frozenset({"neighbourhood", "facility", "base"})
PART_KM: Final = 10.0
"""A town's airport or barracks lie within this of its middle."""
NOTES_LENGTH: Final = 600
"""Characters of the sentence that a note quotes."""

Row = dict[str, str | int | float]
Key = tuple[str, str, str, int, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before it is written: what it is coded as, where and when, between whom, with how many deaths."""

    event: Event
    number: int
    coded: Coded
    place: EventPlace
    day: date
    time_precision: int
    pair: Pair
    fatalities: int

    @property
    def key(self) -> Key:
        """What there is one row of: actors, place, day and event type."""
        names = sorted((self.pair.first.actor, self.pair.second.actor))
        return names[0], names[1], self.place.key, self.day.toordinal(), self.coded.sub_event.event_type


@dataclass(slots=True)
class _Lead:
    """The draft that stands for a key, and what others add to it: their events, in the order of these, and deaths."""

    draft: Draft
    others: list[str] = field(default_factory=list)
    deaths: int = 0

    def take(self, draft: Draft) -> None:
        """Let another draft of the same key lead, or add to the one that does."""
        self.deaths += draft.fatalities
        ours, theirs = self.draft, draft
        if (draft.coded.sub_event.rank, draft.event.id) < (ours.coded.sub_event.rank, ours.event.id):
            ours, theirs = draft, ours
        if theirs.event.id != ours.event.id:
            self.others.append(theirs.event.id)
        self.draft = ours


def write_acled(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write ACLED's columns with a header row; what cannot be coded is returned."""
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    skipped = LeftOut()
    for row in acled_rows(view, filters, skipped):
        writer.writerow([safe(row[column]) for column in COLUMNS])
    return skipped


def acled_rows(view: View, filters: EventFilter, skipped: LeftOut) -> Iterator[Row]:
    """The rows, day by day; what was left out is added to `skipped`.

    Events are taken in the order of their first days, so that a row is whole when the day after its own is reached: only the
    rows of the last month are held.
    """
    around = Surroundings(view)
    waiting: dict[Key, _Lead] = {}
    reached = date.min
    for day, index in around.in_order():
        event = view.events[index]
        if not filters.admits(event, view):
            continue
        if day > reached:
            yield from _finished(waiting, day, view, skipped)
            reached = day
        for draft in _drafts(event, view, filters, around):
            if isinstance(draft, Skipped):
                skipped.append(draft)
            elif (lead := waiting.get(draft.key)) is None:
                waiting[draft.key] = _Lead(draft, deaths=draft.fatalities)
            else:
                lead.take(draft)
    yield from _finished(waiting, date.max, view, skipped)


def _finished(waiting: dict[Key, _Lead], until: date, view: View, skipped: LeftOut) -> Iterator[Row]:
    """The rows of days before `until`, which are taken out of those that wait."""
    last = until.toordinal()
    for key in sorted((key for key in waiting if key[3] < last), key=lambda key: key[3]):
        lead = waiting.pop(key)
        row = _row(lead.draft, lead, view)
        told_by = f"told by {row['event_id_cnty']}, the row of {lead.draft.event.id}"
        reason = f"one row an actor pair, place, day and event type: {told_by}"
        skipped.extend(Skipped(other, "merged", reason) for other in lead.others)
        yield row


def _drafts(event: Event, view: View, filters: EventFilter, around: Surroundings) -> Iterator[Draft | Skipped]:
    """The rows of one event, or why it has none."""
    sides = parties_of(event, view)
    coded = _refused(event, filters) or code_event(event, facts_of(event, sides, around, view))
    if isinstance(coded, Refused):
        yield Skipped(event.id, coded.rule, coded.reason)
        return
    placed: list[EventPlace] = []
    lacking: dict[Refused, None] = {}
    for place in (event.place, *(event.also_places if _place_by_place(coded) else ())):
        refused = _unplaced(event, place, coded)
        if place is not None and refused is None:
            placed += [] if _part_of_some(place, placed) else [place]
        elif refused is not None:
            lacking[refused] = None
    yield from (Skipped(event.id, refused.rule, refused.reason) for refused in lacking)
    when = event.when
    if not placed or when is None:
        return
    days = _days(coded, when.first, when.last)
    pairs = pairs_of(coded, with_opponent(sides, event, view), placed[0].country, days[0][0])
    if not pairs:
        yield Skipped(event.id, "no-actor", f"{coded.claim_type}: ACLED needs an actor and no claim names one")
        return
    if len(pairs) * len(days) * len(placed) >= ROWS_OF_AN_EVENT:
        reason = (
            f"{len(pairs)} actor pairs on {len(days)} days in {len(placed)} places are more than {ROWS_OF_AN_EVENT - 1} rows"
        )
        yield Skipped(event.id, "too-many-rows", reason)
        return
    told = tolls(event, view)
    of_one_place = [toll for toll in told if not _of_several(toll.claim, view)] if len(placed) > 1 else told
    if told and not of_one_place:
        reason = "its deaths are told of several places together; no row has them until they can be split"
        yield Skipped(event.id, "several-places", reason)
    deaths = max(lowest(of_one_place), 1 if coded.sub_event.sub_event_type == SUICIDE else 0)
    each, rest = divmod(deaths, len(days))
    order = ((place, index, pair) for place in range(len(placed)) for index in range(len(days)) for pair in range(len(pairs)))
    for number, (at, index, pair) in enumerate(order, 1):
        dead = each + (rest if index == 0 else 0) if at == pair == 0 else 0
        yield Draft(event, number, coded, placed[at], *days[index], pairs[pair], dead)


def _place_by_place(coded: Coded) -> bool:
    """Whether what happened in several places is a row in each: violence and changes of hands; an agreement is one."""
    sub_event = coded.sub_event
    return sub_event.event_type != "Strategic developments" or sub_event.sub_event_type == "Non-violent transfer of territory"


def _part_of_some(place: EventPlace, others: list[EventPlace]) -> bool:
    """Whether a place is a quarter, base or building of one of the others, whose row tells of it."""
    return place.kind in PARTS and any(
        distance_km(place.lat or 0.0, place.lon or 0.0, other.lat or 0.0, other.lon or 0.0) <= PART_KM for other in others
    )


def _of_several(claim: str, view: View) -> bool:
    """Whether a claim tells of several places at once."""
    told = view.claims.get(claim)
    return told is not None and bool(told.also_places)


def _refused(event: Event, filters: EventFilter) -> Refused | None:
    """Why an event cannot be coded, whatever it is."""
    if event.grade.name in ("denied", "retracted"):
        return Refused("denied", f"the event is graded {event.grade.name}: {event.grade.rule}")
    if event.status not in ("happened", "failed"):
        return Refused("not-happened", f"told as {event.status}; ACLED codes what happened")
    if event.frame == "background" and "background" not in filters.frames:
        return Refused("background", "told as history, not as news; --frame background exports it")
    return None


def _unplaced(event: Event, place: EventPlace | None, coded: Coded) -> Refused | None:
    """Why what has a code cannot be a row at a place of it: ACLED asks for a place and a time of some precision."""
    when = event.when
    if place is None:
        return Refused("no-place", f"the event ({event.type}) has no place")
    if place.lat is None or place.lon is None:
        return Refused("no-coordinates", f"{place.name} has no coordinates")
    if place.country not in country_codes():
        return Refused("no-country", f"{place.name} lies in no country that ACLED has a number for")
    if _is_country(place) and coded.sub_event.event_type != "Strategic developments":
        return Refused("country-level", f"{place.name} is a country; ACLED places violence in a town or region")
    if when is None:
        return Refused("no-date", f"the event ({event.type}) has no time")
    length = when.length_days
    if length is None or length > LONGEST_DAYS:
        return Refused("wide-time", f"{when.edtf} is open or longer than a month, ACLED's widest precision")
    return None


def _days(coded: Coded, first: date | None, last: date | None) -> list[tuple[date, int]]:
    """The days of an event with their precision: each day of a fight that goes on, else the middle of its time."""
    first, last = first or last or date.min, last or first or date.min
    length = (last - first).days + 1
    if length == 1:
        return [(first, 1)]
    if coded.each_day and length < LONGEST_DAYS - 3 and length != WEEK_DAYS:
        return [(first + timedelta(days=day), 1) for day in range(length)]
    return [(first + timedelta(days=(length - 1) // 2), 2 if length <= 7 else 3)]


def _is_country(place: EventPlace) -> bool:
    return acled_precision(place) == 0 or place.name == country_name(place.country)


def _row(draft: Draft, lead: _Lead, view: View) -> Row:
    event, place, pair, sub_event = draft.event, draft.place, draft.pair, draft.coded.sub_event
    codes = country_codes()[place.country]
    documents = [view.documents[i] for i in event.documents if i in view.documents]
    published = max((d.published for d in documents if d.published is not None), default=draft.day)
    sources = tuple(dict.fromkeys(d.source for d in documents if d.source))
    admin2, admin3 = lower_divisions(event, view)
    return {
        "event_id_cnty": acled_id(codes.iso3, event.id, draft.number),
        "event_date": draft.day.isoformat(),
        "year": draft.day.year,
        "time_precision": draft.time_precision,
        "disorder_type": sub_event.disorder_type,
        "event_type": sub_event.event_type,
        "sub_event_type": sub_event.sub_event_type,
        "actor1": pair.first.actor,
        "assoc_actor_1": "; ".join(pair.first.associated),
        "inter1": pair.first.inter,
        "actor2": pair.second.actor,
        "assoc_actor_2": "; ".join(pair.second.associated),
        "inter2": pair.second.inter,
        "interaction": interaction(pair.first.inter, pair.second.inter),
        "civilian_targeting": CIVILIANS_TARGETED if _at_civilians(draft) else "",
        "iso": codes.iso_numeric,
        "region": codes.acled_region,
        "country": country_name(place.country),
        "admin1": division(event, view),
        "admin2": admin2,
        "admin3": admin3,
        "location": place.name,
        "latitude": round(place.lat or 0.0, 4),
        "longitude": round(place.lon or 0.0, 4),
        "geo_precision": 3 if _is_country(place) else acled_precision(place),
        "source": "; ".join(sources) or "Undisclosed Source",
        "source_scale": _scale(sources, place.country, view),
        "notes": _notes(draft, lead, documents, view),
        "fatalities": lead.deaths,
        "tags": "crowd size=no report" if sub_event.event_type in ("Protests", "Riots") else "",
        "timestamp": int(datetime(published.year, published.month, published.day, tzinfo=UTC).timestamp()),
    }


def _at_civilians(draft: Draft) -> bool:
    """Whether civilians are the target: of violence against them, of remote violence, or of force used on protesters."""
    sub_event = draft.coded.sub_event
    return (
        sub_event.event_type == "Violence against civilians"
        or sub_event.sub_event_type == "Excessive force against protesters"
        or (sub_event.event_type == "Explosions/Remote violence" and draft.pair.second.inter == "Civilians")
    )


def _scale(sources: Iterable[str], country: str, view: View) -> str:
    from warledger.lexicon.sources import SourceLexicon

    lexicon = SourceLexicon.load()
    found = set()
    for name in sources:
        source = view.sources.get(name) or lexicon.match(name) or Source(name)
        found.add(acled_scale(source.kind, at_home=source.country == country))
    ordered = sorted(found, key=SCALES.index) or ["Other"]
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}-{ordered[-1]}"


def _notes(draft: Draft, lead: _Lead, documents: Sequence[Document], view: View) -> str:
    """What happened in the words of a document, how it was coded, and every source with its day."""
    event = draft.event
    told = telling_claim(event, view)
    sentence = " ".join(sentence_of(told, view).split())[:NOTES_LENGTH] if told is not None else ""
    cited = dict.fromkeys(f"{d.source or d.label}{f' {d.published}' if d.published else ''}" for d in documents)
    parts = [
        f'On {draft.day.isoformat()}, {draft.place.name}: "{sentence}"' if sentence else "",
        f"Coded so because {draft.coded.reason}.",
        f"Grade: {event.grade.name} ({event.grade.rule.rstrip('.')}).",
        f"One row with {', '.join(dict.fromkeys(lead.others))}." if lead.others else "",
        f"Sources: {'; '.join(cited)}." if cited else "",
    ]
    return " ".join(part for part in parts if part)
