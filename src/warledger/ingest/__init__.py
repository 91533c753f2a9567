"""Files and streams to documents; copies and revisions among them."""

from warledger.ingest.copies import CopyEntry, CopyIndex, signature, similarity
from warledger.ingest.options import FIELDS, FORMATS, ReadOptions
from warledger.ingest.reader import read, read_bytes

__all__ = [
    "FIELDS", "FORMATS", "CopyEntry", "CopyIndex", "ReadOptions", "read", "read_bytes", "signature", "similarity",
]  # fmt: skip
