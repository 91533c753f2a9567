"""The store: an append-only ledger in one database file."""

from warledger.store.current import Mark, read_mark
from warledger.store.records import Held
from warledger.store.rows import issue_id
from warledger.store.store import Store

__all__ = ["Held", "Mark", "Store", "issue_id", "read_mark"]
