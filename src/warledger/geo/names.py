"""Forms of a name under which the gazetteer files it, from the exact one to the roughest.

    key         no case, accents or punctuation            "Dayr az-Zawr"   dayr az zawr
    spelling    one form for the usual transliterations    "Deir ez-Zor"    dirzor (so has "Dayr az-Zawr")
    consonants  only what transliterations agree on        "Jarabulus"      jrbls  (so has "Jarablus")

The rules follow the differences between the romanisations of Arabic, Hebrew, Persian, Kurdish, Russian and Ukrainian names
that news agencies, BGN/PCGN and UNGEGN use: articles, q/k, ou/u, ay/ei, doubled letters, the ending -a/-ah/-eh.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from warledger.core.ids import fold

_APOSTROPHES: Final = {ord(c): None for c in "'’‘`´ʻʼʽʾʿˈˊˋʹʺ′＇\u200b\u200c\u200d\u200e\u200f\u0640"}
ARTICLES: Final = frozenset("al el ul il as ash ad adh an ar at ath az ez ed edh es esh er et en us ush ud ur ut uz un".split())
"""The Arabic article with its assimilated forms, as romanisations write them apart."""
JOINED_ARTICLES: Final = ("al", "el")
MIN_SPELLING: Final = 4
"""Letters of a spelling from which on two equal ones mean something."""
MIN_CONSONANTS: Final = 3
"""Shorter consonant forms agree by chance."""
MAX_NAME_CHARACTERS: Final = 200
"""Longer names are no names: they are cut before they are compared."""

_PLAIN: Final = re.compile(r"[^A-Za-z0-9 ]|  |^ | $")
_COMMON: Final = re.compile(r"[\u0000-\u036f\u0400-\u0482\u048a-\u052f\u0621-\u064a]*")
_MARKS: Final = re.compile(r"[\u0300-\u036f]+")
_OTHER: Final = re.compile(r"[^\w]+")
_CONSONANTS: Final = str.maketrans({"q": "k", "c": "k", "x": "k"})
_DIGRAPHS: Final = (
    ("tch", "S"), ("sch", "S"), ("sh", "S"), ("ch", "S"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("dj", "j"), ("ck", "k"),
)  # fmt: skip
_ENDING: Final = re.compile(r"(?<=..)(?:ah|eh|e)$")
_BACK: Final = re.compile(r"aw|au|[ouw]+")
_FRONT: Final = re.compile(r"[ae]?[iy]+|e[iy]?")
_REPEATED: Final = re.compile(r"(.)\1+")


def key(name: str) -> str:
    """The folded form that equal names share: apostrophes vanish, hyphens part words."""
    if name.isascii() and len(name) <= MAX_NAME_CHARACTERS and not _PLAIN.search(name):
        return name.lower()  # what `fold` would give, ten times sooner
    return _folded(name[:MAX_NAME_CHARACTERS].translate(_APOSTROPHES))


def _folded(text: str) -> str:
    """`fold`, done three times sooner for the scripts that nearly all names are in."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    if not _COMMON.fullmatch(decomposed):
        return fold(text)
    return _OTHER.sub(" ", _MARKS.sub("", decomposed)).strip()


@lru_cache(maxsize=65536)
def _spell(word: str) -> str:
    word = _ENDING.sub("a", word)
    for digraph, letter in _DIGRAPHS:
        if digraph in word:
            word = word.replace(digraph, letter)
    word = word.translate(_CONSONANTS)
    word = _BACK.sub("o", word)
    word = _FRONT.sub("i", word)
    return _REPEATED.sub(r"\1", word)


def spelling(folded: str) -> str:
    """The form of a `key` that its usual transliterations share; articles and spaces are gone."""
    words = folded.split()
    kept = [word for word in words if word not in ARTICLES] or words
    return _REPEATED.sub(r"\1", "".join(_spell(word) for word in kept))


def unjoined(folded: str) -> str:
    """A `key` with joined articles taken off its words ("jisr alhaj" gives "jisr haj"); the same key where there are none."""
    return " ".join(
        word[2:] if word.startswith(JOINED_ARTICLES) and len(word) >= 5 and word[2] not in "aeiou" else word
        for word in folded.split()
    )


def consonants(spelled: str) -> str:
    """The consonants of a `spelling`; empty where there are too few to mean anything."""
    kept = re.sub(r"[aio]+", "", spelled)
    kept = _REPEATED.sub(r"\1", kept)
    return kept if len(kept) >= MIN_CONSONANTS else ""


def similarity(one: str, other: str) -> float:
    """How alike two strings are, from 0 to 1: one minus the edit distance (Levenshtein) over the longer length."""
    if one == other:
        return 1.0
    longer = max(len(one), len(other))
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return 1.0 - previous[-1] / longer
