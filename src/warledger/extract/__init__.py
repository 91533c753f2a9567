"""Documents to records: what each says, in claims with their evidence."""

from warledger.extract.extractor import Extractor

__all__ = ["Extractor"]
