"""Where a claim happened: the place that its trigger is linked to, or that its clause says plainly."""

from __future__ import annotations

from warledger.extract import clauses
from warledger.extract.links import Links
from warledger.extract.reading import Reading, chosen
from warledger.extract.tagged import Trigger


def places_of(reading: Reading, trigger: Trigger, links: Links) -> tuple[str, tuple[str, ...]]:
    """The ids of the place of a claim (empty for none) and of the further ones that are named with it."""
    best = chosen(links, "place", reading.places.owner, reading.written_from)
    relative = clauses.place_of(reading.document.text, reading.tagged, trigger)
    if relative is not None and reading.places.owner[relative] >= 0:
        best = reading.places.owner[relative]
    if best is None:
        return "", ()
    floor = reading.thresholds.get("also", 0.5)
    others = {reading.places.owner[m] for m, p in links.roles["also"] if p >= floor} - {best, -1}
    places = reading.places.places
    return places[best].id, tuple(places[o].id for o in sorted(others))
