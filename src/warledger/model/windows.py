"""Cuts a document into the windows that the network reads: whole sentences, with what stands before them as context.

A window is `[CLS] lead [SEP] left context and core [SEP]`. Triggers are read in the core only; mentions in all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CORE_TOKENS = 160
"""Sub-word tokens of a window's core. Shorter windows read more context twice; much longer ones are no better on dev."""
LEFT_TOKENS = 56
LEAD_TOKENS = 32
CLS, SEP = 101, 102
"""BERT's own token numbers."""


@dataclass(frozen=True, slots=True)
class Words:
    """A document as words. `chars` (n, 2) are character offsets, `sentence` (n) sentence numbers, `pieces` (n, 2) the rows
    of `ids` (sub-word tokens) that each word covers.
    """

    chars: NDArray[np.int32]
    sentence: NDArray[np.int32]
    pieces: NDArray[np.int32]
    ids: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Window:
    """`ids` as fed to the network. `words` (m) are numbers into Words, `at` (m) the token that stands for each word,
    `core` how many of the leading words are context.
    """

    ids: NDArray[np.int32]
    words: NDArray[np.int32]
    at: NDArray[np.int32]
    core: int


def read_words(text: str, sentences: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Words:
    """Tokenise `text` once and number its words by sentence. Words outside every sentence belong to the one before."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(encoding.ids, np.int32)
    if not len(ids):
        empty = np.zeros((0, 2), np.int32)
        return Words(empty, np.zeros(0, np.int32), empty, ids)
    offsets = np.array(encoding.offsets, np.int32)
    word_ids = np.array([-1 if w is None else w for w in encoding.word_ids], np.int32)
    starts = np.flatnonzero(np.diff(word_ids, prepend=-2))
    ends = np.append(starts[1:], len(ids))
    chars = np.stack([offsets[starts, 0], offsets[ends - 1, 1]], 1)
    firsts = np.array([s for s, _ in sentences], np.int32)
    sentence = np.maximum(np.searchsorted(firsts, chars[:, 0], side="right") - 1, 0) if len(firsts) else chars[:, 0] * 0
    return Words(chars, sentence.astype(np.int32), np.stack([starts, ends], 1).astype(np.int32), ids)


def cut(words: Words) -> list[Window]:
    """The windows of a document, in order; every word is in the core of exactly one."""
    count = len(words.pieces)
    if not count:
        return []
    begins = np.flatnonzero(np.diff(words.sentence, prepend=-1))
    bounds = [*begins.tolist(), count]
    windows: list[Window] = []
    start = 0
    for here, following in pairwise(bounds):
        if here > start and words.pieces[following - 1, 1] - words.pieces[start, 0] > CORE_TOKENS:
            windows.append(_window(words, start, here))
            start = here
        while words.pieces[following - 1, 1] - words.pieces[start, 0] > CORE_TOKENS:
            limit = words.pieces[start, 0] + CORE_TOKENS
            stop = max(start + 1, int(np.searchsorted(words.pieces[:following, 1], limit, side="right")))
            if stop >= following:
                break
            windows.append(_window(words, start, stop))
            start = stop
    windows.append(_window(words, start, count))
    return windows


def _window(words: Words, start: int, stop: int) -> Window:
    """The window whose core is words `start` to `stop`."""
    left = int(np.searchsorted(words.pieces[:, 0], words.pieces[start, 0] - LEFT_TOKENS, side="left"))
    lead = min(left, int(np.searchsorted(words.pieces[:, 1], LEAD_TOKENS, side="right")))
    ids = [np.array([CLS], np.int32)]
    numbers, at, size = [], [], 1
    for first, last in ((0, lead), (left, stop)):
        if first < last:
            low = int(words.pieces[first, 0])
            piece = words.ids[low : words.pieces[last - 1, 1]][: 510 - size]
            span = np.arange(first, last, dtype=np.int32)
            position = words.pieces[first:last, 0] - low
            kept = position < len(piece)
            numbers.append(span[kept])
            at.append(position[kept] + size)
            ids += [piece, np.array([SEP], np.int32)]
            size += len(piece) + 1
    return Window(np.concatenate(ids), np.concatenate(numbers), np.concatenate(at).astype(np.int32), lead + (start - left))
