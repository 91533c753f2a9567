"""What each output column of the network means; shared by training and reading.

The network gives four arrays for every sub-word token: `tags` (logits, the heads side by side as in HEADS), `trigger` and
`null` (the token seen as a trigger), and `first`, `last` (the token seen as the first or last of a mention). A link's score is
the dot product of the trigger's and the mention's vector for that role, plus a bias for how the two stand to each other.
"""

from __future__ import annotations

from typing import Final

from warledger.core import vocabulary as v

BIO: Final = ("O", "B", "I")
HEADS: Final[dict[str, tuple[str, ...]]] = {
    "trigger": ("O", "I", *v.CLAIM_TYPES),
    "actor": BIO,
    "place": BIO,
    "time": BIO,
    "figure": BIO,
    "cue": BIO,
    "status": v.STATUSES,
    "frame": v.FRAMES,
    "when": ("none", "day", "words"),
    "actor_kind": v.ACTOR_KINDS,
    "place_kind": v.PLACE_KINDS,
    "measure": v.MEASURES,
    "group": v.GROUPS,
    "basis": v.BASES,
}
"""Label sets, in column order. `when`: no time given, the report's own day, or words that say it."""

COLUMNS: Final[dict[str, slice]] = {}
_at = 0
for _head, _labels in HEADS.items():
    COLUMNS[_head] = slice(_at, _at + len(_labels))
    _at += len(_labels)
TAG_COLUMNS: Final = _at

ROLES: Final = ("initiator", "target", "place", "also", "time", "voice", "figure", "event")
"""What a trigger can be linked to; "event" is an earlier trigger that tells of the same thing."""
ROLE_DIM: Final = 48
RELATIONS: Final = v.RELATION_TYPES
RELATION_DIM: Final = 64
MENTION_COLUMNS: Final = len(ROLES) * ROLE_DIM + 2 * RELATION_DIM
"""Columns of `first` and `last`: the role vectors, then the vectors of a relation's two ends."""
DISTANCES: Final = (-129, -65, -33, -17, -9, -5, -3, -2, -1, 0, 1, 2, 3, 5, 9, 17, 33, 65, 129)
"""Lower bounds, in words, of the buckets of the distance from trigger to mention (a further bucket lies below the first)."""
RELATIVE: Final = len(DISTANCES) + 1 + 4
"""Columns of a role's bias: the distance buckets, then same sentence, sentence before, earlier, later."""
