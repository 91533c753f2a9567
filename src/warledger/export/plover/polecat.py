"""Writes POLECAT's tab-separated form: 40 columns, `None` for what is missing, `; ` between several values."""

from __future__ import annotations

import re
from typing import Final, TextIO

from warledger.core import EventFilter, View
from warledger.export.form import source_names
from warledger.export.leftout import LeftOut
from warledger.export.plover.coding import Coded, Entity, coded_pairs
from warledger.export.tables import safe
from warledger.export.whereabouts import division
from warledger.ontology.countries import country_codes

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country",
    "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
MISSING: Final = "None"
QUADS: Final = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
VERSION: Final = "warledger"
_COW: Final = {260: 255, 678: 679, 340: 345}
"""Gleditsch-Ward numbers that differ from the Correlates of War: Germany, Yemen, Serbia."""
_SPACES: Final = re.compile(r"\s+")


def write_polecat(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write one row a pair of actor and recipient under a header; what cannot be coded is returned."""
    skipped = LeftOut()
    out.write("\t".join(COLUMNS) + "\n")
    for pair in coded_pairs(view, filters, skipped):
        row = _row(pair, view)
        out.write("\t".join(_cell(row.get(column)) for column in COLUMNS) + "\n")
    return skipped


def _cell(value: str | float | None) -> str:
    """A cell without tabs and new lines: the form has no way to quote them."""
    if value is None or value == "":
        return MISSING
    return safe(_SPACES.sub(" ", value).strip() if isinstance(value, str) else value)


def _row(pair: Coded, view: View) -> dict[str, str | float | None]:
    event, place = pair.event, pair.event.place
    first = (event.when.first or event.when.last) if event.when is not None else None
    documents = [view.documents[i] for i in event.documents if i in view.documents]
    codes = country_codes().get(place.country) if place is not None else None
    published = max((d.published for d in documents if d.published is not None), default=None)
    row: dict[str, str | float | None] = {
        "Event ID": pair.id,
        "Event Date": str(first),
        "Event Type": pair.plover,
        "Event Mode": pair.mode,
        "Intensity": pair.scale,
        "Quad Code": QUADS[pair.quad],
        "Contexts": "; ".join(pair.contexts),
        **_entity("Actor", pair.actor),
        **(_entity("Recipient", pair.recipient) if pair.recipient is not None else {}),
        "Source": "; ".join(source_names(event, view)),
        "Publication Date": str(published) if published is not None else None,
        "Story Locations": place.name if place is not None else None,
        "Language": documents[0].language if documents else None,
        "Version": VERSION,
    }
    if place is not None:
        row |= {
            "Placename": place.name,
            "City": place.name if place.kind in ("city", "town", "village") else None,
            "Province": division(event, view),
            "Country": codes.iso3 if codes is not None else None,
            "Latitude": place.lat,
            "Longitude": place.lon,
            "GeoNames ID": place.key[2:] if place.key.startswith("gn") and place.key[2:].isdigit() else None,
            "Raw Placename": place.name,
        }
    return row


def _entity(role: str, entity: Entity) -> dict[str, str | float | None]:
    codes = country_codes().get(entity.iso2)
    gw = codes.gw if codes is not None else None
    return {
        f"{role} Name": entity.name,
        f"{role} Country": entity.code,
        f"{role} COW": None if gw is None or entity.iso2 == "PS" else _COW.get(gw, gw),
        f"Primary {role} Sector": entity.sector,
        f"{role} Sectors": entity.sector,
        f"{role} Name Raw": entity.name,
    }
