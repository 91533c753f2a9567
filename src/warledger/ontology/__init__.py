"""What the claim types mean beside one another, and what crowds' names mean, as tables."""

from warledger.ontology.crowds import crowd_of, head_and_where, side_by_kind
from warledger.ontology.types import BLOCK_GROUPS, Role, role_of, same_event_reason

__all__ = ["BLOCK_GROUPS", "Role", "crowd_of", "head_and_where", "role_of", "same_event_reason", "side_by_kind"]
