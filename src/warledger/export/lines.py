"""Exports in JSON Lines: events, claims and spells in full, extraction records, clusters of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from warledger.core import EventFilter, View
from warledger.core.codec import to_json
from warledger.export.form import Skipped, chosen, line

if TYPE_CHECKING:
    from warledger.export.entries import Kind


def write_jsonl(view: View, out: TextIO, filters: EventFilter, kind: Kind) -> list[Skipped]:
    """Write one JSON object an entry; what is lacking is returned."""
    skipped: list[Skipped] = []
    out.writelines(line(entry.row()) for entry in kind.chosen(view, filters, skipped))
    return skipped


def write_records(view: View, out: TextIO, filters: EventFilter) -> list[Skipped]:
    """Write one extraction record a document (DESIGN.md, *Extraction record*), in the order of the documents' labels.

    With a filter, the documents that an admitted event rests on; each record is whole.
    """
    asked = None if filters == EventFilter() else {i for event in chosen(view, filters) for i in event.documents}
    labels = sorted((d.label, d.id) for d in view.documents.values() if asked is None or d.id in asked)
    skipped = []
    for label, ident in labels:
        record = view.records.get(ident)
        if record is None:
            skipped.append(Skipped(ident, "no-record", f"{label} has no record; it is kept but was not extracted"))
        else:
            out.write(line(to_json(record, label)))
    return skipped


def write_clusters(view: View, out: TextIO, filters: EventFilter) -> list[Skipped]:
    """Write one JSON line an event: its id and [document label, start, end] of the trigger of each claim."""
    skipped = []
    for event in chosen(view, filters):
        claims = [view.claims[i] for i in event.claims if i in view.claims]
        if not claims:
            skipped.append(Skipped(event.id, "no-claims", "none of the event's claims is in this view"))
            continue
        rows = sorted(
            [
                document.label if (document := view.documents.get(c.document)) is not None else c.document,
                c.span.start,
                c.span.end,
            ]
            for c in claims
        )
        out.write(line({"cluster": event.id, "claims": rows}))
    return skipped
