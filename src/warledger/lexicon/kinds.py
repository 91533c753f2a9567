"""What the words of an unknown name tell of its kind (`data/kinds.tsv`): "… Observatory", "… Brigade", "the journalist …"."""

from __future__ import annotations

import re
from functools import cache

from warledger.lexicon.tables import key, rows

_FRAMES = {"begin": r"(?:{}) .*", "end": r"(?:.* )?(?:{})(?: (?:of|for) .*)?", "any": r"(?:.* )?(?:{})(?: .*)?"}


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_FRAMES[row["where"]].format(row["words"])), row["kind"]) for row in rows("kinds"))


def guess_kind(name: str) -> str:
    """The kind that the words of `name` tell; empty where they tell nothing."""
    words = key(name)
    return next((kind for pattern, kind in _rules() if pattern.fullmatch(words)), "")
