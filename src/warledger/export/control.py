"""Spells of control as rows, CSV and GeoJSON: who holds what, with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final, TextIO

from warledger.core import Claim, Spell, View
from warledger.core.filter import sentence_of
from warledger.export.geojson import write_features
from warledger.export.leftout import LeftOut
from warledger.export.rows import document_row, place_row
from warledger.export.tables import write_table

CONTROL_COLUMNS: Final = (
    "place", "place_kind", "country", "lat", "lon", "precision", "layer", "holder", "side", "extent", "between",
    "since", "until", "last_known", "grade", "said_by", "spell_id", "events", "claims",
)  # fmt: skip
"""The columns of the CSV; times are EDTF, coordinates degrees."""


def spell_row(spell: Spell, view: View, *, by_id: bool = False) -> dict[str, Any]:
    """A spell with its place, whose word it is, and its evidence: the sentence of each claim and its document.

    `since` is left out where it began before the first report, `until` where no later holder is reported.
    `by_id`: its claims are told of elsewhere, and no evidence stands here.
    """
    row: dict[str, Any] = {
        "id": spell.id,
        "place": place_row(spell.place),
        "layer": spell.layer,
        "holder": spell.holder,
        "side": spell.side,
        "extent": spell.extent,
        "between": list(spell.between),
        "since": spell.since.edtf if spell.since is not None else None,
        "until": spell.until.edtf if spell.until is not None else None,
        "last_known": spell.last_known.edtf if spell.last_known is not None else None,
        "grade": spell.grade,
        "said_by": list(said_by(spell, view)),
        "events": list(spell.events),
        "begun_by": list(spell.begun_by),
        "ended_by": list(spell.ended_by),
        "evidence": [
            {"claim": claim.id, "sentence": sentence_of(claim, view), "document": document_row(claim.document, view)}
            for claim in ([] if by_id else evidence([spell], view))
        ],
    }
    return {key: value for key, value in row.items() if value not in (None, "", [])}


def evidence(spells: Iterable[Spell], view: View) -> list[Claim]:
    """The claims that spells rest on, each once, in the order of publication."""
    claims = {i: view.claims[i] for spell in spells for i in spell.claims if i in view.claims}

    def order(claim: Claim) -> tuple[str, str, int, str]:
        document = view.documents.get(claim.document)
        day = document.published if document is not None else None
        return str(day or "~"), claim.document, claim.span.start, claim.id

    return sorted(claims.values(), key=order)


def supporting(spell: Spell) -> tuple[str, ...]:
    """The ids of the claims by which it was held, without those that tell of its end alone, if there are any others."""
    return tuple(c for c in spell.claims if c not in spell.ended_by or c in spell.begun_by) or spell.claims


def said_by(spell: Spell, view: View) -> tuple[str, ...]:
    """The origins of the claims by which it was held, each once, in the order of its events."""
    own = set(supporting(spell))
    names = (
        origin.name
        for i in spell.events
        if (event := view.events_by_id.get(i)) is not None
        for origin in event.origins
        if own & set(origin.claims)
    )
    return tuple(dict.fromkeys(names))


def holder_words(spell: Spell) -> str:
    """Who holds the place, and how much of it: "Black Banner (most of it)", "contested: Black Banner (most of it), army"."""
    part = f" ({spell.extent} it)" if spell.extent else ""
    if not spell.between:
        return f"{spell.holder}{part}"
    first, *others = spell.between
    return f"{spell.holder}: {', '.join([f'{first}{part}', *others])}"


def spell_cells(spell: Spell, view: View) -> tuple[str | float | None, ...]:
    """The cells of CONTROL_COLUMNS."""
    place = spell.place
    times = (t.edtf if t is not None else "" for t in (spell.since, spell.until, spell.last_known))
    return (
        place.name, place.kind, place.country, place.lat, place.lon, place.precision, spell.layer, spell.holder, spell.side,
        spell.extent, "; ".join(spell.between), *times, spell.grade, "; ".join(said_by(spell, view)), spell.id,
        "; ".join(spell.events), "; ".join(spell.claims),
    )  # fmt: skip


def write_control_csv(spells: Iterable[Spell], view: View, out: TextIO) -> None:
    """Write the spells as CSV with a header row, safe to open in a spreadsheet. Open `out` with newline=""."""
    write_table(CONTROL_COLUMNS, (spell_cells(spell, view) for spell in spells), out)


def write_control_geojson(spells: Iterable[Spell], view: View, out: TextIO) -> LeftOut:
    """Write the spells of places with coordinates as a FeatureCollection of points (RFC 7946); the others are returned."""
    skipped = LeftOut()
    write_features(((spell.id, "the spell", spell.place, partial(spell_row, spell, view)) for spell in spells), out, skipped)
    return skipped
