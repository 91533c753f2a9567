"""Spells: who held a place, from when until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from warledger.core import EventFilter, EventPlace, Spell, View
from warledger.export.control import CONTROL_COLUMNS, holder_words, said_by, spell_cells, spell_row
from warledger.export.entries.entry import TYPED_PLACE, Cell, Mark, typed_place
from warledger.export.leftout import LeftOut

COLUMNS: Final = CONTROL_COLUMNS
TYPED: Final = {
    "id": "string", "layer": "string", "holder": "string", "side": "string", "extent": "string", "between": "strings",
    "since_first": "date", "since_last": "date", "since_edtf": "string", "until_first": "date", "until_last": "date",
    "until_edtf": "string", "last_known": "date", **TYPED_PLACE, "grade": "string", "said_by": "strings", "events": "strings",
    "claims": "strings", "geometry": "binary",
}  # fmt: skip


def chosen_spells(view: View, filters: EventFilter, _skipped: LeftOut) -> Iterator[SpellEntry]:
    """The spells that the filter admits."""
    return (SpellEntry(spell, view) for spell in view.spells if filters.admits_spell(spell, view))


@dataclass(frozen=True, slots=True)
class SpellEntry:
    """A spell of a view."""

    spell: Spell
    view: View

    @property
    def id(self) -> str:
        """The spell's id."""
        return self.spell.id

    @property
    def what(self) -> str:
        """Its layer and holder in words."""
        return f"the spell ({self.spell.layer}, {self.spell.holder})"

    @property
    def place(self) -> EventPlace:
        """The place that was held."""
        return self.spell.place

    def row(self) -> dict[str, Any]:
        """The spell with whose word it is and the sentences that it rests on."""
        return spell_row(self.spell, self.view)

    def cells(self) -> list[Cell]:
        """A row of the table."""
        return list(spell_cells(self.spell, self.view))

    def mark(self) -> Mark:
        """Place and holder. Its days are the widest that the words allow; open where nobody tells of a beginning or an end."""
        spell = self.spell
        fields = {
            "layer": spell.layer,
            "holder": spell.holder,
            "side": spell.side,
            "extent": spell.extent,
            "between": "; ".join(spell.between),
            "since": spell.since.edtf if spell.since is not None else "",
            "until": spell.until.edtf if spell.until is not None else "",
            "last_known": spell.last_known.edtf if spell.last_known is not None else "",
            "precision": spell.place.precision,
            "grade": spell.grade,
            "said_by": "; ".join(said_by(spell, self.view)),
        }
        first = spell.since.first if spell.since is not None else None
        last = spell.until.last if spell.until is not None else None
        verb = "besieged by" if spell.layer == "besieged" else "held by"
        return Mark(f"{spell.place.name}, {verb} {holder_words(spell)}", spell.side, first, last, fields)

    def typed(self) -> dict[str, Any]:
        """The values of TYPED."""
        spell = self.spell
        row: dict[str, Any] = {
            "id": spell.id, "layer": spell.layer, "holder": spell.holder, "side": spell.side or None,
            "extent": spell.extent or None, "between": list(spell.between), "grade": spell.grade,
            "said_by": list(said_by(spell, self.view)), "events": list(spell.events), "claims": list(spell.claims),
            "last_known": spell.last_known.last if spell.last_known is not None else None, **typed_place(spell.place),
        }  # fmt: skip
        for name, when in (("since", spell.since), ("until", spell.until)):
            if when is not None:
                row |= {f"{name}_first": when.first, f"{name}_last": when.last, f"{name}_edtf": when.edtf}
        return row
