"""Evidence packages: chosen events with all that they rest on, in a folder or zip file that anybody can check.

A package is a bag (BagIt, RFC 8493) around a research object (RO-Crate 1.1), and reads with the tools of both.
"""

from warledger.export.package.check import check_package
from warledger.export.package.write import write_package

__all__ = ["check_package", "write_package"]
