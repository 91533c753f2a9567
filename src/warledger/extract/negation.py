"""What is said not to be so: by a negation right before it ("no fighting", "had not attacked", "nobody claimed
responsibility"), of which 40 of 42 triggers in training reports are denied, or because it "never came".
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
_NO: Final = re.compile(r"[Nn](?:[Oo]|[Ee][Vv]|['’][Tt])")
"""What every negation has in it."""

_NEVER_CAME: Final = re.compile(
    r"(?:\s+(?:that|which)(?:\s+[\w'’-]+){1,9}?)?\s+(?:never\s+(?:came|happened|materiali[sz]ed|took\s+place|began|started)|"
    r"(?:did\s+not|didn['’]t)\s+(?:come|happen|materiali[sz]e|take\s+place))\b",
    re.IGNORECASE,
)


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether what the words from `start` to `end` tell is said not to be so."""
    low = max(0, start - _BEFORE)
    if _NO.search(text, low, start) is not None and _NEGATED.search(text, low, start) is not None:
        return True
    return _NEVER_CAME.match(text, end) is not None
