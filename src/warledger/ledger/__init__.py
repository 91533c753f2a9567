"""The façade of the Python API: a ledger that is opened, added to and asked."""

from warledger.ledger.explanation import Explanation, Support, Telling
from warledger.ledger.finding import ActorEntry, Found, PlaceEntry
from warledger.ledger.ledger import Ledger
from warledger.ledger.summary import AddSummary

__all__ = ["ActorEntry", "AddSummary", "Explanation", "Found", "Ledger", "PlaceEntry", "Support", "Telling"]
