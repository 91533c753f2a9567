"""How alike two stretches of text are, by their words: a cosine weighted by how rare each word is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
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
COMMON_RANK: Final = 50
"""The commonest words hardly tell one report from another; from about this rank on a word weighs by its rank."""
UNLISTED_RANK: Final = 30_000
"""A word that is not among the commoner ones of English is taken to be as rare as the words after the list."""

Vector = Mapping[str, float]


def tokens(text: str) -> list[str]:
    """The telling words of `text`: folded, of three letters or more (figures of any length), without a plural s."""
    out = []
    for word in _WORD.findall(text.casefold()):
        if (len(word) < 3 and not word.isdigit()) or word in _STOP:
            continue
        out.append(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word)
    return out


@cache
def _ranks() -> Mapping[str, int]:
    """The rank of each of the commoner words of English, from 0."""
    text = (files("warledger.reconcile") / "data" / "words.txt").read_text("utf-8")
    return {word: rank for rank, word in enumerate(text.split("\n", 1)[1].split())}


class Rarity:
    """How rare words are in English; weights are natural logarithms.

    That it depends on no collection of documents lets two documents be compared by themselves, whatever else is there. Weights
    by the documents at hand do no better on the training links.
    """

    def weight(self, word: str) -> float:
        """0.7 for the commonest word and some 6.4 for one that is not among the commoner ones."""
        return math.log1p((_ranks().get(word, UNLISTED_RANK) + COMMON_RANK) / COMMON_RANK)

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
