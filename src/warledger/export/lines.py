"""Exports in JSON Lines: events, claims and spells in full, extraction records, clusters of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from warledger.core import EventFilter, View
from warledger.core.codec import to_json
from warledger.export.form import chosen, line
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.spooling import Ids, Sorted

if TYPE_CHECKING:
    from warledger.export.entries import Kind


def write_jsonl(view: View, out: TextIO, filters: EventFilter, kind: Kind) -> LeftOut:
    """Write one JSON object an entry; what is lacking is returned."""
    skipped = LeftOut()
    out.writelines(line(entry.row()) for entry in kind.chosen(view, filters, skipped))
    return skipped


def write_records(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write one extraction record a document (DESIGN.md, *Extraction record*), in the order of the documents' labels.

    With a filter, the documents that an admitted event rests on; each record is whole.
    """
    asked: Ids | None = None
    if filters != EventFilter():
        asked = Ids()
        for event in chosen(view, filters):
            asked.update(event.documents)
    skipped = LeftOut()
    rows = Sorted()
    for document in view.documents.values():
        if asked is not None and document.id not in asked:
            continue
        record = view.records.get(document.id)
        if record is None:
            skipped.append(
                Skipped(document.id, "no-record", f"{document.label} has no record; it is kept but was not extracted")
            )
        else:
            rows.add(document.label, document.id, text=line(to_json(record, document.label)))
    out.writelines(rows)
    return skipped


def write_clusters(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write one JSON line an event: its id and [document label, start, end] of the trigger of each claim."""
    skipped = LeftOut()
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
