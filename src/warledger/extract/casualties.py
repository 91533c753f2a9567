"""Casualties that a sentence counts in plain words where the network finds no claim that could count them.

"Eighteen others were wounded" is a claim whatever the network thinks of it: of the 575 counts of killed and wounded people in
a passive clause that training reports have, each stands in a sentence with a claim, and 551 belong to one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warledger.core import Span
from warledger.extract.figures_context import plain_measure
from warledger.model import Words, layout

COUNTED: Final = frozenset({"killed", "injured", "casualties"})
COUNTING: Final = frozenset(
    "toll attack airstrike shelling clash bombing suicide_bombing chemical_attack offensive destroy".split()
)
"""Types whose claims count the dead and wounded."""
LIKELY: Final = 0.1
"""How likely the network must take a word for the trigger of such a claim to be preferred to the word that tells of death."""
_TOLD: Final = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|dead|died|dies|deaths?|slain|martyred|murdered|executed|beheaded|massacred|wounded|wounding|injured|"
    r"injuring|injuries|hurt|casualties|toll|bodies|corpses|shot)\b",
    re.IGNORECASE,
)
_AHEAD: Final = 80
_BEHIND: Final = 24


def untold(
    text: str, words: Words, logits: NDArray[np.float32], figures: Collection[Span], triggers: Collection[tuple[int, str]]
) -> Iterator[tuple[int, str, float]]:
    """The word, the type and the network's chance of a trigger for each sentence that counts casualties and has none.

    `logits` are those of triggers, a row a word; `figures` the words that count, `triggers` the first words and types found.
    """
    counting = {int(words.sentence[word]) for word, kind in triggers if kind in COUNTING}
    taken = {word for word, _ in triggers}
    starts = words.chars[:, 0]
    for figure in figures:
        sentence = int(words.sentence[int(np.searchsorted(starts, figure.start))])
        if sentence in counting or plain_measure(text, figure) not in COUNTED:
            continue
        inside = [w for w in np.flatnonzero(words.sentence == sentence).tolist() if w not in taken]
        named = [layout.HEADS["trigger"].index(kind) for kind in sorted(COUNTING)]
        rows = np.exp(logits[inside] - logits[inside].max(-1, keepdims=True))
        chances = (rows / rows.sum(-1, keepdims=True))[:, named]
        likeliest = chances.max(-1)
        best = int(likeliest.argmax())
        if likeliest[best] < LIKELY:
            told = _word(text, figure, starts, inside)
            if told is None:
                continue
            best = told
        counting.add(sentence)
        yield inside[best], sorted(COUNTING)[int(chances[best].argmax())], float(likeliest[best])


def _word(text: str, figure: Span, starts: NDArray[np.int32], inside: list[int]) -> int | None:
    """Which word of a sentence tells what happened to those counted: the first in or behind the figure, or the last before."""
    said = _TOLD.search(text, figure.start, figure.end + _AHEAD)
    if said is None:
        said = next(iter(reversed(list(_TOLD.finditer(text, max(0, figure.start - _BEHIND), figure.start)))), None)
    return None if said is None else next((n for n, word in enumerate(inside) if starts[word] == said.start()), None)
