"""Files and streams to documents; copies and revisions among them."""

from warledger.ingest.copies import CopyEntry, links_of, signature, similarity, sought, traces
from warledger.ingest.options import FIELDS, FORMATS, ReadOptions
from warledger.ingest.reader import read, read_bytes

__all__ = [
    "FIELDS", "FORMATS", "CopyEntry", "ReadOptions", "links_of", "read", "read_bytes", "signature", "similarity", "sought",
    "traces",
]  # fmt: skip
