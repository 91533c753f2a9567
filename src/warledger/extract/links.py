"""Scores the links from triggers to mentions, to earlier triggers, and between actors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warledger.extract.tagged import Floats, Tag, Tagged, softmax
from warledger.model import Output, Tables, Window, layout

Ints = NDArray[np.int64]

LAYER_OF = {
    "initiator": "actor", "target": "actor", "voice": "actor", "place": "place", "also": "place", "time": "time",
    "figure": "figure",
}  # fmt: skip
SINGLE = ("place", "time", "voice")
"""Roles with one filler or none; the probability of none is the first of theirs."""
_DISTANCES = np.array(layout.DISTANCES)
_ROLE_WIDTH = len(layout.ROLES) * layout.ROLE_DIM


@dataclass(frozen=True, slots=True)
class Links:
    """What one trigger is linked to: by role, (number of the mention in its layer, probability); for SINGLE roles also the
    probability of none. `earlier` are (number of an earlier trigger, probability).
    """

    roles: dict[str, tuple[tuple[int, float], ...]]
    none: dict[str, float]
    earlier: tuple[tuple[int, float], ...]


def sigmoid(x: Floats) -> Floats:
    """Logits to probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -80, 80))), np.float32)  # float32 ends at about e to the 88


class _Rows:
    """Where a window keeps the words of the document."""

    def __init__(self, count: int, window: Window) -> None:
        self.of = np.full(count + 1, -1, np.int64)
        self.of[window.words] = np.arange(len(window.words))

    def inside(self, tags: Sequence[Tag]) -> tuple[Ints, Ints, Ints, Ints]:
        """Numbers, first rows, last rows and sentences of the tags that lie wholly in the window."""
        firsts = self.of[[t.first for t in tags]] if tags else np.zeros(0, np.int64)
        lasts = self.of[[t.last for t in tags]] if tags else firsts
        numbers = np.flatnonzero((firsts >= 0) & (lasts >= 0))
        sentences = np.array([tags[i].sentence for i in numbers.tolist()], np.int64)
        return numbers, firsts[numbers], lasts[numbers], sentences


def link(tagged: Tagged, tables: Tables) -> list[Links]:
    """Links of every trigger of the document, in order."""
    result: list[Links] = []
    begin = 0
    for window, output in zip(tagged.windows, tagged.outputs, strict=True):
        end = begin
        core = set(window.words[window.core :].tolist())
        while end < len(tagged.triggers) and tagged.triggers[end].first in core:
            end += 1
        if end > begin:
            result += _link_window(tagged, tables, window, output, begin, end)
        begin = end
    return result


def _link_window(tagged: Tagged, tables: Tables, window: Window, output: Output, begin: int, end: int) -> Iterator[Links]:
    rows = _Rows(len(tagged.words.pieces), window)
    triggers = tagged.triggers[begin:end]
    at = rows.of[[t.first for t in triggers]]
    sentences = np.array([t.sentence for t in triggers], np.int64)
    spoken, nulls = output.trigger[at], output.null[at]
    first, last = output.first[:, :_ROLE_WIDTH], output.last[:, :_ROLE_WIDTH]
    scores: dict[str, tuple[Ints, Floats]] = {}
    for layer in ("actor", "place", "time", "figure"):
        numbers, firsts, lasts, mention_sentences = rows.inside(tagged.mentions[layer])
        vectors = (first[firsts] + last[lasts]).reshape(-1, len(layout.ROLES), layout.ROLE_DIM)
        stand = _stand(at, sentences, firsts, mention_sentences)
        for role, of in LAYER_OF.items():
            if of == layer:
                scores[role] = numbers, _scores(role, spoken, vectors, stand, tables)
    earlier = tagged.triggers[:end]
    numbers, firsts, _, trigger_sentences = rows.inside(earlier)
    vectors = (first[firsts] + last[firsts]).reshape(-1, len(layout.ROLES), layout.ROLE_DIM)
    stand = _stand(at, sentences, firsts, trigger_sentences)
    event = _scores("event", spoken, vectors, stand, tables)
    chances = {role: _chances(role, table, nulls, tables.thresholds) for role, (_, table) in scores.items()}
    likely = {role: _likely_of_each(scores[role][0], found[:, 1:], 0.02) for role, found in chances.items()}
    nones = {role: chances[role][:, 0].tolist() for role in SINGLE}
    for k in range(len(triggers)):
        roles = {role: rows[k] for role, rows in likely.items()}
        none = {role: none_of[k] for role, none_of in nones.items()}
        before = np.flatnonzero(firsts < at[k])
        told = softmax(np.concatenate([nulls[k, layout.ROLES.index("event"), None], event[k, before]]))[1:]
        yield Links(roles, none, _likely(numbers[before], told, 0.05))


def _chances(role: str, table: Floats, nulls: Floats, thresholds: dict[str, float]) -> Floats:
    """The probability of each candidate, a row for each trigger; the first column is that of none, which SINGLE roles have."""
    r = layout.ROLES.index(role)
    null = nulls[:, r, None]
    if role in SINGLE:
        return softmax(np.concatenate([null - thresholds.get(f"{role}_link", 0.0), table], 1))
    return sigmoid(np.concatenate([null, table], 1))


def _likely(numbers: Ints, chances: Floats, least: float) -> tuple[tuple[int, float], ...]:
    kept = chances > least
    return tuple(zip(numbers[kept].tolist(), chances[kept].tolist(), strict=True))


def _likely_of_each(numbers: Ints, chances: Floats, least: float) -> list[tuple[tuple[int, float], ...]]:
    """The same for every trigger, which has a row of `chances`."""
    found: list[list[tuple[int, float]]] = [[] for _ in chances]
    rows, columns = np.nonzero(chances > least)
    for row, number, chance in zip(rows.tolist(), numbers[columns].tolist(), chances[rows, columns].tolist(), strict=True):
        found[row].append((number, chance))
    return [tuple(of_row) for of_row in found]


def _stand(at: Ints, sentences: Ints, firsts: Ints, mention_sentences: Ints) -> tuple[Ints, Ints]:
    """Bias columns of each (trigger, candidate): the bucket of their distance, and how their sentences stand."""
    bucket = np.searchsorted(_DISTANCES, firsts[None] - at[:, None], side="right")
    gap = mention_sentences[None] - sentences[:, None]
    kind = np.where(gap == 0, 0, np.where(gap == -1, 1, np.where(gap < 0, 2, 3)))
    return bucket, kind + len(layout.DISTANCES) + 1


def _scores(role: str, triggers: Floats, vectors: Floats, stand: tuple[Ints, Ints], tables: Tables) -> Floats:
    r = layout.ROLES.index(role)
    bias = tables.bias[r]
    return np.asarray(
        triggers[:, r] @ vectors[:, r].T / math.sqrt(layout.ROLE_DIM) + bias[stand[0]] + bias[stand[1]], np.float32
    )


def relations(tagged: Tagged, tables: Tables) -> Iterator[tuple[int, int, str, float]]:
    """(from, to, type, probability) of pairs of actor mentions of one sentence, by their numbers."""
    actors = tagged.mentions["actor"]
    for window, output in zip(tagged.windows, tagged.outputs, strict=True):
        rows = _Rows(len(tagged.words.pieces), window)
        numbers, firsts, lasts, sentences = rows.inside(actors)
        keep = firsts >= window.core
        numbers, firsts, lasts, sentences = numbers[keep], firsts[keep], lasts[keep], sentences[keep]
        if len(numbers) < 2:
            continue
        ends = (output.first[firsts] + output.last[lasts])[:, _ROLE_WIDTH:]
        source, target = ends[:, : layout.RELATION_DIM], ends[:, layout.RELATION_DIM :]
        left, right = np.nonzero((sentences[:, None] == sentences[None]) & ~np.eye(len(numbers), dtype=bool))
        logits = (source[left] * target[right]) @ tables.relation.T / math.sqrt(layout.RELATION_DIM) * 4 + tables.relation_bias
        chances = sigmoid(logits.astype(np.float32))
        best, highest = chances.argmax(1), chances.max(1)
        kept = highest > 0.2
        found = (numbers[left[kept]], numbers[right[kept]], best[kept], highest[kept])
        for source_number, target_number, kind, chance in zip(*(column.tolist() for column in found), strict=True):
            yield source_number, target_number, layout.RELATIONS[kind], chance
