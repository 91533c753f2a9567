"""Compares a ledger with other people's event data: ACLED and UCDP GED tables, GDELT 2 events."""

from warledger.export.comparison.matching import Comparison, Pairing, compare
from warledger.export.comparison.reference import KINDS, ReferenceEvent, read_reference

__all__ = ["KINDS", "Comparison", "Pairing", "ReferenceEvent", "compare", "read_reference"]
