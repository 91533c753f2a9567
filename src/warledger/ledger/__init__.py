"""The façade of the Python API: a ledger that is opened, added to and asked.

Names are loaded when they are first asked for: what only extracts needs no more than `warledger.ledger.extracting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warledger.lazily import lazily

if TYPE_CHECKING:
    from warledger.ledger.explanation import Explanation, Support, Telling
    from warledger.ledger.finding import ActorEntry, Found, PlaceEntry
    from warledger.ledger.ledger import Ledger
    from warledger.ledger.summary import AddSummary

__all__ = ["ActorEntry", "AddSummary", "Explanation", "Found", "Ledger", "PlaceEntry", "Support", "Telling"]

_HOME = {
    **dict.fromkeys(("Explanation", "Support", "Telling"), "warledger.ledger.explanation"),
    **dict.fromkeys(("ActorEntry", "Found", "PlaceEntry"), "warledger.ledger.finding"),
    "Ledger": "warledger.ledger.ledger",
    "AddSummary": "warledger.ledger.summary",
}
"""Where each public name lives."""

__getattr__, __dir__ = lazily(__name__, _HOME)
