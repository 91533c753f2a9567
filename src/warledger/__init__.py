"""warledger: dated reports about an armed conflict in, a ledger of sourced claims, events and control out."""

__version__ = "0.1.0"
