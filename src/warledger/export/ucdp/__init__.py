"""UCDP's georeferenced event data: 49 columns, deaths by side, dyads; see docs/reference/formats/ucdp.md."""

from warledger.export.ucdp.check import check_ucdp
from warledger.export.ucdp.columns import COLUMNS
from warledger.export.ucdp.write import ucdp_rows, write_ucdp

__all__ = ["COLUMNS", "check_ucdp", "ucdp_rows", "write_ucdp"]
