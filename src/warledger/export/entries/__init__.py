"""Events, claims and spells as the formats of our own write them: csv, jsonl, geojson, kml and parquet."""

from typing import Final

from warledger.export.entries import claims, events, spells
from warledger.export.entries.entry import Entry, Kind, Mark

EVENTS: Final = Kind("events", events.COLUMNS, events.TYPED, events.chosen_events)
CLAIMS: Final = Kind("claims", claims.COLUMNS, claims.TYPED, claims.chosen_claims)
SPELLS: Final = Kind("spells", spells.COLUMNS, spells.TYPED, spells.chosen_spells)

__all__ = ["CLAIMS", "EVENTS", "SPELLS", "Entry", "Kind", "Mark"]
