"""What the claim types mean beside one another, what crowds' names mean, and on which side who stands."""

from warledger.ontology.crowds import (
    crowd_of,
    head_and_where,
    is_anybody,
    is_partisan,
    is_united_nations,
    names_nobody,
    side_by_kind,
)
from warledger.ontology.sides import SideKnowledge, known_side, opposed, side_in
from warledger.ontology.types import BLOCK_GROUPS, Role, role_of, same_event_reason

__all__ = [
    "BLOCK_GROUPS", "Role", "SideKnowledge", "crowd_of", "head_and_where", "is_anybody", "is_partisan", "is_united_nations",
    "known_side", "names_nobody", "opposed", "role_of", "same_event_reason", "side_by_kind", "side_in",
]  # fmt: skip
