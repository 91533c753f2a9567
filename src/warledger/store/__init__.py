"""The store: an append-only ledger in one database file."""

from warledger.store.records import NOT_EXTRACTED, Held
from warledger.store.rows import issue_id
from warledger.store.store import Store

__all__ = ["NOT_EXTRACTED", "Held", "Store", "issue_id"]
