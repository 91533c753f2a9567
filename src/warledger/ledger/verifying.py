"""`verify`: what the store finds, and whether each signature is that of its text."""

from __future__ import annotations

from collections.abc import Iterator

from warledger.core import Issue
from warledger.errors import LedgerError
from warledger.store import Store

TODO = "go back to a copy of the ledger, or add the documents to a new one"


def verify(store: Store) -> Iterator[Issue]:
    """Every fault of a ledger; none where it is as it was written."""
    whole = True
    for fault in store.verify():
        whole = whole and fault.code != "damaged"
        yield fault
    if whole:
        yield from _signatures(store)


def _signatures(store: Store) -> Iterator[Issue]:
    from warledger.ingest import signature

    try:
        for _, document, kept in store.links.signatures():
            if kept != signature(document.text):
                yield Issue(
                    "signature-changed", f"document {document.id}", "a signature of other words", "the signature of its text",
                    TODO, document=document.id,
                )  # fmt: skip
    except (LedgerError, ValueError) as error:
        yield Issue("damaged", store.backend.name, str(error), "rows that can be read", TODO)
