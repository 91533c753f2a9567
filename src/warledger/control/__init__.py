"""Who holds what: claims of taking, leaving, holding and surrounding a place, as spells of control."""

from warledger.control.assertions import Assertion, AssertionReader, Party, one_name
from warledger.control.spells import Change, changes, held, spells, spells_of

__all__ = ["Assertion", "AssertionReader", "Change", "Party", "changes", "held", "one_name", "spells", "spells_of"]
