"""Spells of control for people: rows of a table, and the sheet of one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from warledger.cli import words
from warledger.cli.ids import short_length
from warledger.cli.output import Row, Sheet
from warledger.core import Claim, Spell, View
from warledger.core.filter import sentence_of

if TYPE_CHECKING:
    from warledger.control import Change
    from warledger.ledger.holding import Holding

SPELL_COLUMNS: Final = (
    "place=_place", "holder=_holder", "layer=_layer", "since=_since", "until=_until", "last word=_last|wide", "grade",
    "said by=_said_by", "id=_id|nowrap",
)  # fmt: skip
CHANGE_COLUMNS: Final = (
    "when=_when|nowrap",
    "place=_place",
    "from=before",
    "to=_holder",
    "grade",
    "said by=_said_by",
    "id=_id|nowrap",
)
EVIDENCE_SHOWN: Final = 6
"""Sentences under a place or spell; JSON has them all."""


def spell_rows(spells: Iterable[Spell], view: View) -> Iterator[Row]:
    """Rows of spells, with the fields of exports."""
    from warledger.export.control import holder_words, said_by, spell_row

    length = short_length(s.id for s in view.spells)
    for spell in spells:
        yield {
            **spell_row(spell, view),
            "_id": spell.id[:length],
            "_place": place(spell),
            "_holder": holder_words(spell),
            "_layer": "" if spell.layer == "control" else spell.layer,
            "_since": words.when(spell.since) or "before the first report",
            "_until": words.when(spell.until) or "no later holder told",
            "_last": words.when(spell.last_known),
            "_said_by": said_by(spell, view),
        }


def place(spell: Spell) -> str:
    """A spell's place with the country it lies in; provinces are marked, for they say nothing of their towns."""
    one = spell.place
    kind = f" ({one.kind})" if one.kind in ("province", "region") else ""
    return f"{one.name}{f', {one.country}' if one.country else ''}{kind}"


def change_rows(changes: Iterable[Change], view: View) -> Iterator[Row]:
    """Rows of changes of hands: the new spell, who held the place before, and when."""
    for change in changes:
        (row,) = spell_rows([change.after], view)
        before = change.before.holder if change.before is not None else ""
        yield {**row, "before": before, "_when": words.when(change.when)}


def holding_row(holding: Holding, view: View) -> Row:
    """A place's answer as one object."""
    from warledger.export.control import spell_row
    from warledger.export.rows import place_row

    out: dict[str, object] = {
        "place": place_row(holding.place),
        "on": str(holding.on) if holding.on is not None else None,
        "control": [spell_row(s, view) for s in holding.control],
        "besieged": [spell_row(s, view) for s in holding.besieged],
        "other_spells": holding.others,
        "province": holding.province,
        "province_control": [spell_row(s, view) for s in holding.province_control],
        "note": holding.note,
    }
    return {key: value for key, value in out.items() if value is not None and value not in ("", [])}


def holding_sheet(holding: Holding, view: View) -> Sheet:
    """Who holds a place, since when, by whose word, and the sentences that say so."""
    sheet, one = Sheet(), holding.place
    spot = f"{one.lat:.2f}, {one.lon:.2f}" if one.lat is not None and one.lon is not None else ""
    sheet.title(f"{one.name}{f', {one.country}' if one.country else ''}", one.kind.replace("_", " "), spot)
    spells = (*holding.control, *holding.besieged)
    if spells:
        sheet.table(spell_rows(spells, view), [c for c in SPELL_COLUMNS if not c.startswith("place")])
    sheet.line(holding.note)
    if holding.province_control:
        sheet.heading(f"{holding.province} (the province)")
        sheet.table(spell_rows(holding.province_control, view), [c for c in SPELL_COLUMNS if not c.startswith("place")])
    list_evidence(sheet, spells, view)
    if holding.others:
        sheet.line(f'Spells of other days: {holding.others}; warledger show "{one.name}" lists them.')
    sheet.line(" ")
    return sheet


def list_evidence(sheet: Sheet, spells: Sequence[Spell], view: View) -> None:
    """The sentences that spells rest on, with their documents; those that only tell of an end come after the others."""
    from warledger.export.control import evidence, supporting

    own = {claim for spell in spells for claim in supporting(spell)}
    claims = evidence(spells, view)
    list_words(sheet, "In these words", [c for c in claims if c.id in own], spells[0].id if spells else "", view)
    list_words(sheet, "Of the end", [c for c in claims if c.id not in own], spells[0].id if spells else "", view)


def list_words(sheet: Sheet, heading: str, claims: Sequence[Claim], spell: str, view: View) -> None:
    """The sentences of claims with their documents, under a heading; of many the first, and how to see all of the `spell`."""
    if claims:
        sheet.heading(heading)
    for claim in claims[:EVIDENCE_SHOWN]:
        document = view.documents.get(claim.document)
        sheet.line(f"“{sentence_of(claim, view)}”")
        sheet.line(f"{words.document(document) if document else claim.document} ({claim.id})", indent=4)
    if len(claims) > EVIDENCE_SHOWN:
        sheet.line(f"{len(claims) - EVIDENCE_SHOWN} more; warledger show {spell} --format jsonl", indent=4)
