"""Writes events with deaths in the form of UCDP GED: one row an event."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import Final, TextIO

from warledger.core import Event, EventFilter, EventPlace, View
from warledger.export.deaths import CIVILIAN_GROUPS, Estimate, estimate, tolls
from warledger.export.form import chosen, line, source_names
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.parties import Parties, parties_of
from warledger.export.rowids import event_number
from warledger.export.tables import safe
from warledger.export.ucdp.columns import ACTIVE_DEATHS, CLOCK, COLUMNS, DATE_PRECISION_DAYS, ONE_SIDED
from warledger.export.ucdp.dyads import Dyad, dyad_of, own_id
from warledger.export.whereabouts import division, grid_cell, lower_divisions, ucdp_precision
from warledger.ontology.countries import country_codes
from warledger.ontology.crosswalk import coding

Row = dict[str, str | int | float]
_AGGREGATED: Final = frozenset({"offensive", "besiege"})
"""Types that stand for many incidents: the separate ones cannot be told apart."""
_PLACE_WORDS: Final = {1: "", 2: " (near)", 3: " (district)", 4: " (province)", 5: " (area)", 6: " (country)"}


def write_ucdp(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write UCDP's columns with a header row; what cannot be coded is returned."""
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    skipped = LeftOut()
    for row in ucdp_rows(view, filters, skipped):
        writer.writerow([safe(row[column]) for column in COLUMNS])
    return skipped


def ucdp_rows(view: View, filters: EventFilter, skipped: LeftOut) -> Iterator[Row]:
    """The rows, in the view's order; what was left out is added to `skipped`.

    Whether a year is active is known when the deaths of all its rows have been added up; until then the rows wait in a file.
    """
    totals: Counter[tuple[str, int]] = Counter()
    with TemporaryFile("w+", encoding="utf-8") as waiting:
        for event in chosen(view, filters):
            coded = _coded(event, view, filters)
            if isinstance(coded, Skipped):
                skipped.append(coded)
            elif event.place is not None:
                row = _row(event, event.place, *coded, view)
                totals[str(row["dyad_name"]), int(row["year"])] += int(row["best"])
                waiting.write(line(row))
        waiting.seek(0)
        for text in waiting:
            row = json.loads(text)
            yield {**row, "active_year": int(totals[row["dyad_name"], row["year"]] >= ACTIVE_DEATHS)}


def _coded(event: Event, view: View, filters: EventFilter) -> tuple[Dyad, Estimate, date, date] | Skipped:
    place, when = event.place, event.when
    if event.grade.name in ("denied", "retracted"):
        return Skipped(event.id, "denied", f"the event is graded {event.grade.name}: {event.grade.rule}")
    if event.status not in ("happened", "failed"):
        return Skipped(event.id, "not-happened", f"told as {event.status}; UCDP codes what happened")
    if event.frame == "background" and "background" not in filters.frames:
        return Skipped(event.id, "background", "told as history, not as news; --frame background exports it")
    row = coding("ucdp", event.type)
    if not row["coded"]:
        return Skipped(event.id, "no-equivalent", f"{event.type}: {row.reason.removeprefix('no equivalent: ')}")
    found = tolls(event, view)
    if not any(toll.low or toll.high for toll in found):
        return Skipped(
            event.id, "no-deaths", f"no death is told of the event ({event.type}); UCDP takes events with at least one"
        )
    if place is None or place.lat is None or place.lon is None:
        name = place.name if place is not None else f"the event ({event.type})"
        return Skipped(event.id, "no-coordinates" if place is not None else "no-place", f"{name} has no coordinates")
    codes = country_codes().get(place.country)
    if codes is None or codes.gw is None:
        return Skipped(event.id, "no-country", f"{place.name} lies in no country with a Gleditsch-Ward number")
    if when is None:
        return Skipped(event.id, "no-date", f"the event ({event.type}) has no time")
    if when.first is None or when.last is None or (when.length_days or 0) > DATE_PRECISION_DAYS[-1][1]:
        return Skipped(event.id, "wide-time", f"{when.edtf} is open or longer than a year, UCDP's widest precision")
    sides = parties_of(event, view)
    dyad = dyad_of(sides, place.country, when.first, civilians_hit=_civilians_hit(event, sides))
    if isinstance(dyad, str):
        return Skipped(event.id, "no-dyad", dyad)
    deaths = estimate(found, dyad.names_a, dyad.names_b, victims_civilian=dyad.violence == ONE_SIDED)
    if deaths is None:
        return Skipped(event.id, "no-deaths", "no death is told")
    return dyad, deaths, when.first, when.last


def _civilians_hit(event: Event, sides: Parties) -> bool:
    return any(p.unarmed for p in sides.targets) or any(
        f.measure == "killed" and f.group in CIVILIAN_GROUPS for f in event.figures
    )


def _row(event: Event, place: EventPlace, dyad: Dyad, deaths: Estimate, first: date, last: date, view: View) -> Row:
    codes = country_codes()[place.country]
    number, length = event_number(event.id), (last - first).days + 1
    documents = [view.documents[i] for i in event.documents if i in view.documents]
    lat, lon = round(place.lat or 0.0, 6), round(place.lon or 0.0, 6)
    precision = next(code for code, most in DATE_PRECISION_DAYS if length <= most)
    where = ucdp_precision(place)
    ids = {
        "conflict": own_id("conflict", dyad.name),
        "dyad": own_id("dyad", dyad.name),
        "side_a": own_id("actor", dyad.side_a),
        "side_b": own_id("actor", dyad.side_b),
    }
    dates = [d.published.isoformat() for d in documents if d.published is not None]
    return {
        "id": number,
        "relid": f"{codes.iso3}-{last.year}-{dyad.violence}-{ids['dyad']}-{number % 100_000}",
        "year": last.year,
        "active_year": 0,
        "code_status": "Clear",
        "type_of_violence": dyad.violence,
        **{f"{what}_{kind}_id": number for what, number in ids.items() for kind in ("dset", "new")},
        "conflict_name": dyad.name,
        "dyad_name": dyad.name,
        "side_a": dyad.side_a,
        "side_b": dyad.side_b,
        "number_of_sources": len({d.source or d.label for d in documents}) or 1,
        "source_article": _joined(f'"{d.source or d.label},{d.published or ""},{d.title}"' for d in documents),
        "source_office": _joined(source_names(event, view)),
        "source_date": _joined(dates),
        "source_headline": _joined(d.title for d in documents if d.title),
        "source_original": _joined(origin.name for origin in event.origins),
        "where_prec": where,
        "where_coordinates": place.name,
        "where_description": f"{place.name}{_PLACE_WORDS[where]}",
        "adm_1": division(event, view),
        "adm_2": lower_divisions(event, view)[0],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon:.6f} {lat:.6f})",
        "priogrid_gid": grid_cell(lat, lon),
        "country": codes.ucdp_name,
        "country_id": codes.gw or 0,
        "region": codes.ucdp_region,
        "event_clarity": 2 if length > 7 or event.type in _AGGREGATED else 1,
        "date_prec": precision,
        "date_start": first.isoformat() + CLOCK,
        "date_end": last.isoformat() + CLOCK,
        "deaths_a": deaths.side_a,
        "deaths_b": deaths.side_b,
        "deaths_civilians": deaths.civilians,
        "deaths_unknown": deaths.unknown,
        "best": deaths.best,
        "high": deaths.high,
        "low": deaths.low,
        "gwnoa": ";".join(map(str, dyad.states_a)),
        "gwnob": ";".join(map(str, dyad.states_b)),
    }


def _joined(parts: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(part.replace(";", ",").replace("\n", " ") for part in parts))
