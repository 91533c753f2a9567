"""Lets teachers read reports that nobody annotated, and keeps what they are how sure of, for the student to learn from.

python -m train.teach --model build/teacher --model build/first --corpus ../shared/corpus --out build/taught.pickle

The chances of several teachers are averaged: networks that err apart are much better together (docs/explanation/extraction.md).
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from train.data import word_range

from warledger.extract.links import link, relations
from warledger.extract.tagged import read_tags
from warledger.model import Network, Window, layout
from warledger.model.windows import cut, read_words
from warledger.text.sentences import split

FIRST = 2000
"""Characters that are read of a report: what it claims stands in its first part, and more reports say more than longer ones."""
SUITE = 1200
"""Summaries of the incident suite that are read."""
MENTIONS = ("actor", "place", "time", "figure")
KINDS = {"actor_kind": "actor", "place_kind": "place", "measure": "figure", "group": "figure", "basis": "figure"}
SINGLE = ("place", "time", "voice")
ROLE_LAYER = {
    "initiator": "actor",
    "target": "actor",
    "voice": "actor",
    "place": "place",
    "also": "place",
    "time": "time",
    "figure": "figure",
}


@dataclass
class Reading:
    """What the teachers say of one document. `tags` (words, columns) logits; `mentions` by layer, (n, 2) character spans;
    `triggers` (n,) characters; `seen` (n, 3): the first and last character of the trigger's window, and the end of its lead;
    `roles` by trigger as in `Links`, and `earlier`; `relations` (from, to, type, chance) of actor mentions.
    """

    text: str
    sentences: list[tuple[int, int]]
    tags: np.ndarray
    mentions: dict[str, np.ndarray]
    triggers: list[int]
    seen: list[tuple[int, int, int]]
    roles: list[dict[str, tuple[tuple[int, float], ...]]]
    earlier: list[tuple[tuple[int, float], ...]]
    relations: list[tuple[int, int, str, float]]


def read(teachers: Sequence[Network], text: str) -> Reading:
    """The teachers' common reading of a text."""
    sentences = split(text)
    words = read_words(text, sentences, teachers[0].tokenizer)
    windows = cut(words)
    outputs = [t.run(windows) for t in teachers]
    common = [replace(o[0], tags=np.mean([certain(x.tags) for x in o], axis=0)) for o in zip(*outputs, strict=True)]
    tagged = read_tags(text, words, windows, common, {})
    own = [replace(tagged, outputs=o) for o in outputs]
    links = list(zip(*(link(x, t.tables) for x, t in zip(own, teachers, strict=True)), strict=True))
    seen: list[tuple[int, int, int]] = []
    for trigger in tagged.triggers:
        window = next(w for w in windows if trigger.first in w.words[w.core :])
        jumps = np.flatnonzero(np.diff(window.words) > 1)
        left = int(window.words[jumps[0] + 1]) if len(jumps) else int(window.words[0])
        lead = int(words.chars[window.words[jumps[0]], 1]) if len(jumps) else 0
        seen.append((int(words.chars[left, 0]), int(words.chars[window.words[-1], 1]), lead))
    stated = [(i, j, k, p) for x, t in zip(own, teachers, strict=True) for i, j, k, p in relations(x, t.tables)]
    pairs = Counter({(i, j, k): 0.0 for i, j, k, _ in stated})
    for i, j, k, chance in stated:
        pairs[i, j, k] += chance / len(teachers)
    return Reading(
        text,
        [(int(a), int(b)) for a, b in sentences],
        tagged.tags.astype(np.float16),
        {k: np.array([(m.span.start, m.span.end) for m in tagged.mentions[k]], np.int32).reshape(-1, 2) for k in MENTIONS},
        [t.span.start for t in tagged.triggers],
        seen,
        [{role: mean(x.roles[role] for x in every) for role in ROLE_LAYER} for every in links],
        [mean(x.earlier for x in every) for every in links],
        [(*pair, chance) for pair, chance in sorted(pairs.items())],
    )


def certain(tags: np.ndarray) -> np.ndarray:
    """Logits as logarithms of chances, head by head, so that those of several networks can be averaged."""
    found = np.empty_like(tags)
    for columns in layout.COLUMNS.values():
        shifted = tags[:, columns] - tags[:, columns].max(1, keepdims=True)
        found[:, columns] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return found


def mean(rows: Iterable[Iterable[tuple[int, float]]]) -> tuple[tuple[int, float], ...]:
    """The mean chance of each numbered candidate; one that a row leaves out has none in it."""
    every = [dict(row) for row in rows]
    numbers = sorted({n for row in every for n in row})
    return tuple((n, sum(row.get(n, 0.0) for row in every) / len(every)) for n in numbers)


@dataclass
class Taught:
    """One window with the teacher's chances. `chances` (words, columns) by head; `rows` by head: where they count;
    `spans` by layer: (first, last, sentence) of each candidate; `right` by role: (triggers, candidates), with the chance of
    none before them for roles with one filler; `known` by layer: what the teacher saw; `pairs` (from, to, chances).
    """

    window: Window
    chances: dict[str, np.ndarray]
    rows: dict[str, np.ndarray]
    spans: dict[str, np.ndarray]
    at: np.ndarray
    sentence: np.ndarray
    right: dict[str, np.ndarray]
    known: dict[str, np.ndarray]
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray]


def taught(reading: Reading, tokenizer: Any) -> Iterator[Taught]:
    """The windows of a reading, in order."""
    words = read_words(reading.text, reading.sentences, tokenizer)
    chances = {}
    for head, columns in layout.COLUMNS.items():
        logits = reading.tags[:, columns].astype(np.float32)
        shifted = np.exp(logits - logits.max(1, keepdims=True))
        chances[head] = (shifted / shifted.sum(1, keepdims=True)).astype(np.float16)
    ranges = {
        layer: np.array([word_range(words, s) or (0, 0) for s in spans.tolist()], np.int64).reshape(-1, 2)
        for layer, spans in reading.mentions.items()
    }
    starts = np.searchsorted(words.chars[:, 0], reading.triggers)
    for window in cut(words):
        yield _window(reading, words.sentence, chances, ranges, starts, window)


def _window(
    reading: Reading,
    sentences: np.ndarray,
    chances: dict[str, np.ndarray],
    ranges: dict[str, np.ndarray],
    starts: np.ndarray,
    window: Window,
) -> Taught:
    where = np.full(len(sentences) + 1, -1)
    where[window.words] = np.arange(len(window.words))
    inside = {k: np.flatnonzero((where[r] >= 0).all(1)) for k, r in ranges.items()}
    spans = {k: np.column_stack([where[ranges[k][n]], sentences[ranges[k][n, 0]]]) for k, n in inside.items()}
    rows = where[starts] if len(starts) else starts
    mine = np.flatnonzero(rows >= window.core)
    before = np.flatnonzero(rows >= 0)
    spans["event"] = np.column_stack([rows[before], rows[before], sentences[starts[before]]]).astype(np.int64).reshape(-1, 3)
    inside["event"] = before
    right: dict[str, np.ndarray] = {}
    known: dict[str, np.ndarray] = {}
    for layer, numbers in inside.items():
        at = np.array([starts[before] if layer == "event" else ranges[layer][numbers, 0]]).ravel()
        chars = np.array([reading.triggers[n] for n in before]) if layer == "event" else reading.mentions[layer][numbers, 0]
        table = np.zeros((len(mine), len(at)), bool)
        for k, t in enumerate(mine.tolist()):
            low, high, lead = reading.seen[t]
            table[k] = ((chars >= low) & (chars < high)) | (chars < lead)
            if layer == "event":
                table[k] &= at < starts[t]
        known[layer] = table
    for role, layer in (*ROLE_LAYER.items(), ("event", "event")):
        numbers = {int(n): c for c, n in enumerate(inside[layer])}
        table = np.zeros((len(mine), len(numbers) + 1), np.float32)
        for k, t in enumerate(mine.tolist()):
            given = reading.earlier[t] if role == "event" else reading.roles[t].get(role, ())
            for n, chance in given:
                if n in numbers:
                    table[k, numbers[n] + 1] = chance
        table[:, 0] = np.clip(1 - table[:, 1:].sum(1), 0, 1)
        right[role] = table
    position = {int(n): c for c, n in enumerate(inside["actor"])}
    stated = {(position[i], position[j]): (k, p) for i, j, k, p in reading.relations if i in position and j in position}
    actors = spans["actor"]
    core = actors[:, 0] >= window.core
    same = (actors[:, None, 2] == actors[None, :, 2]) & core[:, None] & core[None] & ~np.eye(len(actors), dtype=bool)
    left, other = np.nonzero(same)
    table = np.zeros((len(left), len(layout.RELATIONS)), np.float32)
    for row, pair in enumerate(zip(left.tolist(), other.tolist(), strict=True)):
        if pair in stated:
            table[row, layout.RELATIONS.index(stated[pair][0])] = stated[pair][1]
    counted = {h: np.arange(len(window.words)) for h in MENTIONS}
    counted |= {h: np.arange(window.core, len(window.words)) for h in ("trigger", "cue")}
    counted |= dict.fromkeys(("status", "frame", "when"), rows[mine])
    counted |= {h: spans[layer][:, 0] for h, layer in KINDS.items()}
    here = {h: chances[h][window.words[r]] for h, r in counted.items()}
    return Taught(window, here, counted, spans, rows[mine], sentences[starts[mine]], right, known, (left, other, table))


def read_pickles(path: Path) -> Iterator[Reading]:
    """The readings kept in a file."""
    with path.open("rb") as rows:
        while True:
            try:
                yield Reading(**pickle.load(rows))  # noqa: S301 - written by this program
            except EOFError:
                return


def texts(corpus: Path) -> list[str]:
    """The first parts of the reports without labels, and summaries of the incident suite's training part, mixed."""
    found: list[str] = []
    for name, count in (("unlabelled", None), ("satp_train", SUITE)):
        with gzip.open(corpus / "public" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in list(lines)[:count]:
                text = json.loads(line)["text"]
                end = text.rfind(". ", 0, FIRST) + 1 if len(text) > FIRST else len(text)
                found.append(text[: end or FIRST])
    random.Random(0).shuffle(found)
    return found


def main() -> None:
    """Read and keep."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--model", type=Path, action="append", required=True, help="folder of a packed teacher; may be given again")
    ap.add_argument("--out", type=Path, default=Path("build/taught.pickle"))
    ap.add_argument("--minutes", type=float, default=1e9, help="stop reading after so long")
    a = ap.parse_args()
    teachers = [Network.load(folder) for folder in a.model]
    for teacher in teachers:  # chances are taught, not decisions
        teacher.tables = replace(teacher.tables, thresholds={})
    began = time.time()
    part = a.out.with_suffix(".part")
    waiting = texts(a.corpus)
    with ThreadPoolExecutor(2) as pool, part.open("wb") as out:
        for start in range(0, len(waiting), 40):
            for reading in pool.map(lambda t: read(teachers, t), waiting[start : start + 40]):
                pickle.dump(vars(reading), out)  # not the class, whose module has another name here
            minutes = (time.time() - began) / 60
            print(f"{min(start + 40, len(waiting))}/{len(waiting)} {minutes:.1f} min", flush=True)
            if minutes > a.minutes:
                break
    part.replace(a.out)


if __name__ == "__main__":
    main()
