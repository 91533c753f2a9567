"""What the network would say, said by hand: labels on the words of a text, and scores between them."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import numpy as np

from warledger.extract.tagged import read_tags
from warledger.model import Output, Tables, Window, Words, layout

SURE = 12.0
"""A logit that leaves no doubt."""


class FakeNetwork:
    """Labels the words of `text`, whose sentences are its lines. `cores` are the words at which windows begin (the first is 0);
    a window has `left` words of context.
    """

    def __init__(self, text: str, *, cores: tuple[int, ...] = (0,), left: int = 0) -> None:
        self.text = text
        chars = np.array([m.span() for m in re.finditer(r"\w+|[^\w\s]", text)], np.int32).reshape(-1, 2)
        self.sentences = tuple(m.span() for m in re.finditer(r".+", text))
        sentence = np.array([text.count("\n", 0, start) for start in chars[:, 0].tolist()], np.int32)
        count, none = len(chars), np.zeros(0, np.int32)
        pieces = np.stack([np.arange(count), np.arange(count) + 1], 1).astype(np.int32)
        self.words = Words(chars, sentence, pieces, np.arange(count, dtype=np.int32))
        self.windows = [
            Window(none, np.arange(max(0, start - left), end, dtype=np.int32), none, min(start, left))
            for start, end in pairwise((*cores, count))
        ]
        roles = len(layout.ROLES)
        self.tags = np.zeros((count, layout.TAG_COLUMNS), np.float32)
        for head in ("trigger", "actor", "place", "time", "figure", "cue"):
            self.tags[:, layout.COLUMNS[head].start] = SURE / 4
        self.vectors = np.zeros((count, roles, layout.ROLE_DIM), np.float32)
        self.null = np.zeros((count, roles), np.float32)
        self.first = np.zeros((count, layout.MENTION_COLUMNS), np.float32)
        self.last = np.zeros((count, layout.MENTION_COLUMNS), np.float32)
        bias = np.zeros((roles, layout.RELATIVE), np.float32)
        bias[:, len(layout.DISTANCES) + 1 :] = -SURE
        relations = np.zeros((len(layout.RELATIONS), layout.RELATION_DIM), np.float32)
        relations[np.arange(len(layout.RELATIONS)), np.arange(len(layout.RELATIONS))] = 1
        self.tables = Tables(bias, relations, np.full(len(layout.RELATIONS), -SURE, np.float32), {}, ())
        self._own: dict[int, int] = {}

    def at(self, said: str, nth: int = 0) -> tuple[int, int]:
        """The first and last word of the `nth` such words of the text."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(said, start + 1)
        inside = np.flatnonzero((self.words.chars[:, 0] >= start) & (self.words.chars[:, 1] <= start + len(said)))
        return int(inside[0]), int(inside[-1])

    def label(self, head: str, label: str, word: int, logit: float = SURE) -> None:
        """Give a word a label of `head`."""
        self.tags[word, layout.COLUMNS[head].start + layout.HEADS[head].index(label)] = logit

    def mention(self, layer: str, said: str, nth: int = 0, **kinds: str) -> FakeNetwork:
        """Label the words as a mention of `layer`, its first word also with labels of other heads."""
        first, last = self.at(said, nth)
        for word in range(first, last + 1):
            self.label(layer, "B" if word == first else "I", word)
        for head, label in kinds.items():
            self.label(head, label, first)
        return self

    def trigger(self, said: str, claim_type: str, nth: int = 0, **labels: str) -> FakeNetwork:
        """Label the words as a trigger."""
        first, last = self.at(said, nth)
        for word in range(first, last + 1):
            self.label("trigger", claim_type if word == first else "I", word)
        for head, label in labels.items():
            self.label(head, label, first)
        return self

    def tie(self, trigger: int, role: str, mention: tuple[int, int], logit: float = SURE) -> None:
        """Score the link from the trigger at a word to a mention; what is not tied has -SURE, and none has 0."""
        r = layout.ROLES.index(role)
        own = self._own.setdefault(trigger, len(self._own))
        self.vectors[trigger, r, own] = math.sqrt(layout.ROLE_DIM)
        ends = (self.first, mention[0]), (self.last, mention[1])
        if role == "event":
            ends = ends[:1]
        for array, word in ends:
            array[word, r * layout.ROLE_DIM + own] += (logit + SURE) / (1 if role == "event" else 2)

    def relate(self, source: tuple[int, int], relation: str, target: tuple[int, int], logit: float = SURE) -> None:
        """Score a relation between two mentions; what is not related has -SURE."""
        column = len(layout.ROLES) * layout.ROLE_DIM + layout.RELATIONS.index(relation)
        self.first[source[0], column] = 1
        self.first[target[0], column + layout.RELATION_DIM] = (logit + SURE) * math.sqrt(layout.RELATION_DIM) / 4

    def outputs(self) -> list[Output]:
        """What the network gives for each window."""
        return [
            Output(*(a[w.words] for a in (self.tags, self.vectors, self.null, self.first, self.last))) for w in self.windows
        ]

    def read(self, **thresholds: float):
        """The decoded spans."""
        return read_tags(self.text, self.words, self.windows, self.outputs(), thresholds)
