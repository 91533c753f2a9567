"""Ids computed from content: the same thing has the same id on every machine.

Parts are hashed over an unambiguous encoding (each part's length, then its bytes), so ("ab", "c") and ("a", "bc") differ.
The form follows FollowTheMoney's statement keys.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

ID_HEX_DIGITS = 16
"""64 bits: a ledger of 100 million claims has about a one in 3,700 chance of any collision."""


_NO_WORD = re.compile(r"\W+")


def content_id(prefix: str, *parts: str) -> str:
    """`prefix` and 16 hex digits of the SHA-256 of `parts`."""
    whole = b""
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        whole += len(raw).to_bytes(8, "big") + raw
    return prefix + hashlib.sha256(whole).hexdigest()[:ID_HEX_DIGITS]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """`text` for comparing names: no case, accents or punctuation, one space between words."""
    plain = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", plain).strip()


def slug(text: str) -> str:
    """`text` as a name for addresses and actor ids: "Hayat Tahrir al-Sham" gives "hayat-tahrir-al-sham"."""
    return re.sub(r"[ _]+", "-", fold(text)).strip("-") or "unnamed"
