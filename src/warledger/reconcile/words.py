"""How alike two stretches of text are, by their words: a cosine weighted by how rare each word is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from warledger.core import Claim, Document

_WORD: Final = re.compile(r"[^\W_]+")
_STOP: Final = frozenset(
    "the and for that with from this have has had been were was are not but they their them his her its our which when where "
    "what than then there these into over under after before about against during since also more most some many other such "
    "said says say according told reported report reports added will would could can may might must should being did does "
    "one two out all any each between both only very just now still while because through near around off same too here how "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
PRIOR_DOCUMENTS: Final = 100
"""As many unseen documents are taken into account, so that rarity means little while there are few documents."""

Vector = Mapping[str, float]


def tokens(text: str) -> list[str]:
    """The telling words of `text`: folded, of three letters or more (figures of any length), without a plural s."""
    out = []
    for word in _WORD.findall(text.casefold()):
        if (len(word) < 3 and not word.isdigit()) or word in _STOP:
            continue
        out.append(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word)
    return out


class Rarity:
    """How rare each word is among some documents; weights are natural logarithms."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            self._count.update(set(tokens(text)))
        self._total = total

    def weight(self, word: str) -> float:
        """0.7 for a word of every document and up to some 10 for a word of one document in many."""
        return math.log((self._total + PRIOR_DOCUMENTS) / (self._count[word] + 1) + 1)

    def vector(self, text: str) -> Vector:
        """The words of `text` with their weights, as a vector of length one; empty where it has none."""
        counts = Counter(tokens(text))
        raw = {word: (1 + math.log(n)) * self.weight(word) for word, n in sorted(counts.items())}
        norm = math.sqrt(sum(w * w for w in raw.values()))
        return {word: w / norm for word, w in raw.items()} if norm else {}


def cosine(left: Vector, right: Vector) -> float:
    """0 (no word in common) to 1 (the same words)."""
    if len(left) > len(right):
        left, right = right, left
    return min(1.0, sum(w * right[word] for word, w in left.items() if word in right))


_STOPS: Final = (". ", "! ", "? ", "\n")


def sentence_around(document: Document, claim: Claim) -> tuple[int, int]:
    """The offsets of the sentence that holds the claim's trigger: the document's own division, else the nearest stops."""
    span = claim.span
    for start, end in document.sentences:
        if start <= span.start < end:
            return start, end
    text = document.text
    start = max((text.rfind(stop, 0, span.start) + len(stop) for stop in _STOPS if stop in text[: span.start]), default=0)
    end = min((found + 1 for stop in _STOPS if (found := text.find(stop, span.end)) >= 0), default=len(text))
    return start, end
