"""What the claim types mean beside one another, as tables: which can tell of the same event, and whom each harms."""

from warledger.ontology.types import BLOCK_GROUPS, Role, role_of, same_event_reason

__all__ = ["BLOCK_GROUPS", "Role", "role_of", "same_event_reason"]
