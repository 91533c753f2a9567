"""What `why` shows: an event's claims in their words, what matched on what, and what each field rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warledger.cli import words
from warledger.cli.cards import head, list_related, quoted
from warledger.cli.ids import short_length
from warledger.cli.output import Row, Sheet
from warledger.core import View

if TYPE_CHECKING:
    from warledger.ledger import Explanation


def reasons(explanation: Explanation, view: View) -> Sheet:
    """The sheet of an explanation. Claims are numbered, and spoken of by their numbers."""
    event = explanation.event
    numbers = {telling.claim.id: f"[{i}]" for i, telling in enumerate(explanation.tellings, start=1)}

    def numbered(claims: tuple[str, ...]) -> str:
        return " ".join(numbers.get(one, one) for one in claims)

    sheet = Sheet()
    head(sheet, event)
    sheet.heading(f"Grade: {explanation.grade.name}")
    sheet.line(explanation.grade.rule)
    if explanation.grade.claims:
        sheet.line(f"by {numbered(explanation.grade.claims)}")
    _origins(sheet, explanation, numbered)
    _claims(sheet, explanation, view, numbers)
    sheet.heading("What each field rests on")
    sheet.table(
        (
            {
                "field": support.field,
                "value": support.value,
                "claims": numbered(support.claims) + ("" if support.exact else " (worked out)"),
            }
            for support in explanation.fields
        ),
        ("field|nowrap", "value", "claims"),
    )
    if explanation.matches:
        sheet.heading("Why these claims are one event")
        sheet.table(
            (
                {
                    "claims": f"{numbered((match.left,))} + {numbered((match.right,))}",
                    "score": f"{match.score:.2f}",
                    "because": "; ".join(match.reasons),
                }
                for match in explanation.matches
            ),
            ("claims|nowrap", "score|right", "because"),
        )
    list_related(sheet, event, view)
    return sheet


def _origins(sheet: Sheet, explanation: Explanation, numbered: Callable[[tuple[str, ...]], str]) -> None:
    sheet.heading("Independent origins")
    rows: list[Row] = [
        {
            "origin": origin.name,
            "kind": origin.kind.replace("_", " "),
            "interest": "a party to it" if origin.interested else "",
            "claims": numbered(origin.claims),
        }
        for origin in explanation.origins
    ]
    sheet.table(rows, ("origin", "kind", "interest", "claims"))


def _claims(sheet: Sheet, explanation: Explanation, view: View, numbers: dict[str, str]) -> None:
    sheet.heading("Claims")
    length = short_length(view.claims)
    for telling in explanation.tellings:
        claim = telling.claim
        record = view.record_of(claim)
        said = words.voice(claim, record) or "the document itself"
        title = f", “{telling.title}”" if telling.title else ""
        sheet.line(
            f"{numbers[claim.id]} {claim.type}, {claim.status}, {claim.frame}; said by {said}; "
            f"{telling.source}, {telling.published or 'no date'}{title} ({claim.id[:length]})"
        )
        sheet.line(quoted(claim, view), indent=4)
