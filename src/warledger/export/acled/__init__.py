"""ACLED's export form: 31 columns, its hierarchy of events and its coding rules; see docs/reference/formats/acled.md."""

from warledger.export.acled.check import check_acled
from warledger.export.acled.columns import COLUMNS
from warledger.export.acled.write import acled_rows, write_acled

__all__ = ["COLUMNS", "acled_rows", "check_acled", "write_acled"]
