"""Measures the extractor: figures over annotated documents, a trivial baseline beside them, and floors that hold them up."""

from warledger.evaluate.floors import Floor, below, read_floors

__all__ = ["Floor", "below", "read_floors"]
