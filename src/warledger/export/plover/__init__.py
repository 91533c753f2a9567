"""PLOVER records and POLECAT rows: one for each pair of an actor and a recipient; see docs/reference/formats/plover.md."""

from warledger.export.plover.check import check_plover
from warledger.export.plover.check_polecat import check_polecat
from warledger.export.plover.polecat import COLUMNS, write_polecat
from warledger.export.plover.write import write_plover

__all__ = ["COLUMNS", "check_plover", "check_polecat", "write_plover", "write_polecat"]
