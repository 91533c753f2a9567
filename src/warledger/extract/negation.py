"""What is said not to be so by a negation right before it: "no fighting", "had not attacked", "nobody claimed responsibility".

Of the 42 triggers of training reports that stand so, 40 are denied.
"""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = 48
"""Characters in which a negation and the words between it and its verb or noun stand."""
_NEGATED: Final = re.compile(
    r"(?:(?<!would )(?<!should )(?<!could )\b(?:not|never)|(?<!would)(?<!should)(?<!could)n['’]t)"
    r"\s+(?:(?:been|being|be|have|to|yet|even|ever|\w+ly)\s+){0,3}$"
    r"|\bno(?:\s+(?!doubt\b|sooner\b)[a-z-]+){0,2}\s+$"
    r"|\b(?:nobody|no one|none)\s+(?:(?:has|have|had|\w+ly)\s+){0,2}$",
    re.IGNORECASE,
)
"""What would or should not have been done was done."""


def is_negated(text: str, start: int) -> bool:
    """Whether what the words from `start` tell is said not to be so."""
    return _NEGATED.search(text, max(0, start - _BEFORE), start) is not None
