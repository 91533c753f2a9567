"""Turns annotated documents into training windows: word labels, mentions, and the links from triggers to them."""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from warledger.core import vocabulary as v
from warledger.evaluate.flip import Flip
from warledger.model import layout
from warledger.model.windows import Window, Words, cut, read_words

IGNORED = -100
DROPPED = re.compile(r"[,'’‘\"“”]")
"""Marks that part of the corpora lost; the same marks are dropped from the others now and then, so that both are read."""

ARMED = ("state_forces", "rebel_group", "militia", "jihadist_group", "external_forces")
"""Kinds of actors that take one another's names in `renamed`."""

Json = dict[str, Any]


@dataclass
class Mention:
    """Words `first` to `last` of a window that name `entity`; `layer` is actor, place, time or figure."""

    first: int
    last: int
    entity: str
    layer: str
    sentence: int


@dataclass
class Trigger:
    """A claim's trigger at word `at`; by role, the numbers of mentions that are right and those that are left out."""

    at: int
    sentence: int
    positives: dict[str, list[int]]
    ignored: dict[str, list[int]]


@dataclass
class Example:
    """One window: `labels` (heads, words), mentions in it, triggers of its core, earlier triggers, relation pairs."""

    window: Window
    labels: dict[str, np.ndarray]
    mentions: list[Mention]
    triggers: list[Trigger]
    sentences: np.ndarray
    antecedents: list[tuple[int, str]] = field(default_factory=list)
    relations: list[tuple[int, int, int, float]] = field(default_factory=list)


def read_jsonl(path: Path) -> list[Json]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def load(corpus: Path, name: str) -> Iterator[tuple[Json, Json]]:
    """Pairs of document and gold record of `name` ("train", "dev")."""
    docs = {d["doc"]: d for d in read_jsonl(corpus / f"{name}.docs.jsonl")}
    for record in read_jsonl(corpus / f"{name}.gold.jsonl"):
        yield docs[record["doc"]], record


def without_marks(doc: Json, record: Json) -> tuple[Json, Json]:
    """The same document and record with commas, apostrophes and quotation marks taken out and every span moved."""
    text = doc["text"]
    keep = np.ones(len(text) + 1, int)
    for found in DROPPED.finditer(text):
        keep[found.start()] = 0
    position = np.concatenate([[0], np.cumsum(keep)]).tolist()

    bare = moved(record, lambda span: [position[span[0]], position[span[1]]], lambda words: DROPPED.sub("", words))
    sentences = [[position[a], position[b]] for a, b in doc["sentences"]]
    return doc | {"text": DROPPED.sub("", text), "sentences": sentences}, bare


def moved(value: Any, span: Callable[[Sequence[int]], list[int]], said: Callable[[str], str], key: str = "") -> Any:
    """A record with every span and quoted word of it passed through `span` and `said`."""
    if isinstance(value, dict):
        return {k: moved(x, span, said, k) for k, x in value.items()}
    if key in ("span", "when_span"):
        return span(value)
    if key == "spans":
        return [span(x) for x in value]
    if isinstance(value, list):
        return [moved(x, span, said) for x in value]
    return said(value) if key in ("cue", "trigger") else value


Donor = tuple[str, dict[tuple[object, ...], list[str]]]
"""An armed actor of some document: its kind, and its forms by their shape."""


def _shape(form: str) -> tuple[object, ...]:
    words = form.split()
    plural = words[-1].endswith("s") or words[-1].casefold() in ("militia", "people", "men", "police")
    return words[0].casefold() in ("the", "a", "an"), form.isupper(), form[0].isupper(), plural, len(words) > 1


def swaps(pairs: Sequence[tuple[Json, Json]]) -> list[Donor]:
    """The armed actors that the documents name by something more than "the group"."""
    donors: list[Donor] = []
    for doc, record in pairs:
        for actor in record.get("actors", []):
            if actor["kind"] not in ARMED:
                continue
            forms: dict[tuple[object, ...], list[str]] = {}
            for a, b in actor["spans"]:
                form = doc["text"][a:b]
                if form not in forms.setdefault(_shape(form), []):
                    forms[_shape(form)].append(form)
            donors.append((actor["kind"], forms))
    return donors


def renamed(doc: Json, record: Json, donors: Sequence[Donor], share: float = 0.7) -> tuple[Json, Json]:
    """The document with most armed actors under the names of others, so that no name tells a type, a role or a status."""
    text = doc["text"]
    fixed = [tuple(c["span"]) for c in record.get("claims", [])]
    fixed += [tuple(c["when_span"]) for c in record.get("claims", []) if c.get("when_span")]
    fixed += [tuple(f["span"]) for c in record.get("claims", []) for f in c.get("figures", [])]
    fixed += [tuple(s) for p in record.get("places", []) for s in p.get("spans", [])]
    owned = [(tuple(s), a["id"]) for a in record.get("actors", []) for s in a["spans"]]
    edits: list[tuple[int, int, str]] = []
    kinds: dict[str, str] = {}
    for actor in record.get("actors", []):
        if actor["kind"] not in ARMED or random.random() > share:
            continue
        shapes = {_shape(text[a:b]) for a, b in actor["spans"]}
        kind, forms = max(random.sample(donors, min(24, len(donors))), key=lambda d: len(shapes & d[1].keys()))
        mine: list[tuple[int, int, str]] = []
        for a, b in actor["spans"]:
            others = [s for s, owner in owned if s != (a, b)]
            if any(a < y and x < b for x, y in (*fixed, *others)) or not (choices := forms.get(_shape(text[a:b]))):
                continue
            mine.append((a, b, choices[zlib.crc32(text[a:b].encode()) % len(choices)]))
        if mine:
            edits += mine
            kinds[actor["id"]] = kind
    flip = Flip(text, tuple(sorted(set(edits))))
    record = moved(record, lambda span: list(flip.span(span)), str)
    for actor in record.get("actors", []):
        actor["kind"] = kinds.get(actor["id"], actor["kind"])
    return doc | {"text": flip.text, "sentences": [list(flip.span(s)) for s in doc["sentences"]]}, record


def word_range(words: Words, span: Sequence[int]) -> tuple[int, int] | None:
    """First and last word that overlap a character span."""
    first = int(np.searchsorted(words.chars[:, 1], span[0], side="right"))
    last = int(np.searchsorted(words.chars[:, 0], span[1], side="left")) - 1
    return (first, last) if first <= last else None


def _outermost(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1], s[2])):
        if not kept or span[0] > kept[-1][1]:
            kept.append(span)
    return kept


class DocumentExamples:
    """Builds the examples of one annotated document."""

    def __init__(self, doc: Json, record: Json, tokenizer: Any) -> None:
        self.doc, self.record = doc, record
        self.words = read_words(doc["text"], doc["sentences"], tokenizer)
        self.count = len(self.words.pieces)
        self.labels = {h: np.full(self.count, 0 if "O" in names else IGNORED) for h, names in layout.HEADS.items()}
        self.mentions = self._mentions()
        self.claims = self._claims()
        self._cues()

    def _mentions(self) -> list[Mention]:
        found: list[Mention] = []
        for layer in ("actor", "place"):
            rows = self.record.get(f"{layer}s", [])
            kinds = {r["id"]: layout.HEADS[f"{layer}_kind"].index(r["kind"]) for r in rows}
            spans = [(*r_, row["id"]) for row in rows for s in row.get("spans", []) if (r_ := word_range(self.words, s))]
            for first, last, entity in _outermost(spans):
                found.append(self._mark(layer, first, last, entity))
                self.labels[f"{layer}_kind"][first] = kinds[entity]
        times, figures = {}, {}
        for c in self.record.get("claims", []):
            if c.get("when_span") and (r := word_range(self.words, c["when_span"])):
                times[r] = c.get("when", "")
            for f in c.get("figures", []):
                if r := word_range(self.words, f["span"]):
                    figures[r] = f
        for first, last, when in _outermost([(*r, w) for r, w in times.items()]):
            found.append(self._mark("time", first, last, when))
        for first, last, _ in _outermost([(*r, "") for r in figures]):
            f = figures[(first, last)]
            found.append(self._mark("figure", first, last, f"{first}"))
            self.labels["measure"][first] = v.MEASURES.index(f["measure"])
            self.labels["group"][first] = v.GROUPS.index(f["group"])
            self.labels["basis"][first] = v.BASES.index(f.get("basis", "incident"))
        return found

    def _mark(self, layer: str, first: int, last: int, entity: str) -> Mention:
        self.labels[layer][first] = 1
        self.labels[layer][first + 1 : last + 1] = 2
        return Mention(first, last, entity, layer, int(self.words.sentence[first]))

    def _claims(self) -> list[tuple[int, int, Json]]:
        out = []
        taken: set[int] = set()
        for c in self.record.get("claims", []):
            r = word_range(self.words, c["span"])
            if r is None or taken & set(range(r[0], r[1] + 1)):
                continue
            taken |= set(range(r[0], r[1] + 1))
            self.labels["trigger"][r[0]] = 2 + v.CLAIM_TYPES.index(c["type"])
            self.labels["trigger"][r[0] + 1 : r[1] + 1] = 1
            self.labels["status"][r[0]] = v.STATUSES.index(c.get("status", "happened"))
            self.labels["frame"][r[0]] = v.FRAMES.index(c.get("frame", "news"))
            self.labels["when"][r[0]] = self._when_mode(c)
            out.append((r[0], int(self.words.sentence[r[0]]), c))
        return sorted(out, key=lambda t: t[0])

    def _when_mode(self, c: Json) -> int:
        if c.get("when_text"):
            return 2
        if not c.get("when"):
            return 0
        if c["when"] == self.doc["date"]:
            return 1
        return 2 if any(m.layer == "time" and m.entity == c["when"] for m in self.mentions) else IGNORED

    def _cues(self) -> None:
        for at, sentence, c in self.claims:
            for voice in c.get("voice", []):
                cue = voice.get("cue")
                if not cue:
                    continue
                low, high = self.doc["sentences"][c["s"]]
                here = self.words.chars[at, 0]
                hits = [m.start() for m in re.finditer(re.escape(cue), self.doc["text"][low:high])]
                if hits and sentence == c["s"]:
                    start = low + min(hits, key=lambda h: abs(low + h - here))
                    if r := word_range(self.words, (start, start + len(cue))):
                        self.labels["cue"][r[0]] = 1
                        self.labels["cue"][r[0] + 1 : r[1] + 1] = 2

    def examples(self) -> Iterator[Example]:
        """One example a window, in order."""
        for window in cut(self.words):
            yield self._example(window)

    def _example(self, window: Window) -> Example:
        where = {int(w): i for i, w in enumerate(window.words)}
        labels = {h: row[window.words].copy() for h, row in self.labels.items()}
        for head in ("trigger", "cue", "status", "frame", "when"):
            labels[head][: window.core] = IGNORED
        mentions = [
            Mention(where[m.first], where[m.last], m.entity, m.layer, m.sentence)
            for m in self.mentions
            if m.first in where and m.last in where
        ]
        core = {int(w) for w in window.words[window.core :]}
        triggers, antecedents = [], []
        for at, sentence, c in self.claims:
            if at in core:
                triggers.append(self._trigger(where[at], sentence, c, mentions, antecedents))
            if at in where:
                antecedents.append((where[at], c["event"]))
        return Example(
            window,
            labels,
            mentions,
            triggers,
            self.words.sentence[window.words],
            antecedents,
            self._relations(mentions, core, where),
        )

    def _trigger(self, at: int, sentence: int, c: Json, mentions: list[Mention], antecedents: list[tuple[int, str]]) -> Trigger:
        positives: dict[str, list[int]] = {}
        ignored: dict[str, list[int]] = {}

        def link(role: str, layer: str, entities: list[str], *, every: bool) -> None:
            positives[role], ignored[role] = [], []
            for entity in entities:
                of = [i for i, m in enumerate(mentions) if m.layer == layer and m.entity == entity]
                near = [i for i in of if mentions[i].sentence == sentence]
                if not near and of:
                    before = [i for i in of if mentions[i].first < at]
                    near = [max(before)] if before else [min(of)]
                positives[role] += of if every else near
                ignored[role] += [] if every else [i for i in of if i not in near]

        link("initiator", "actor", c.get("initiator", []), every=False)
        link("target", "actor", c.get("target", []), every=False)
        link("also", "place", c.get("also_places", []), every=False)
        link("place", "place", [c["place"]] if c.get("place") else [], every=True)
        link("voice", "actor", [x["who"] for x in c.get("voice", [])[:1] if x.get("who")], every=True)
        positives["figure"], ignored["figure"] = [], []
        ranges = [word_range(self.words, f["span"]) for f in c.get("figures", [])]
        starts = {str(r[0]) for r in ranges if r}
        positives["figure"] = [i for i, m in enumerate(mentions) if m.layer == "figure" and m.entity in starts]
        positives["time"], ignored["time"] = [], []
        if c.get("when_span") and (r := word_range(self.words, c["when_span"])):
            positives["time"] = [
                i
                for i, m in enumerate(mentions)
                if m.layer == "time" and m.sentence == self.words.sentence[r[0]] and m.entity == c.get("when", "")
            ]
        elif c.get("when") and c["when"] != self.doc["date"]:
            positives["time"] = [i for i, m in enumerate(mentions) if m.layer == "time" and m.entity == c["when"]]
        positives["event"] = [i for i, (_, e) in enumerate(antecedents) if e == c["event"]]
        ignored["event"] = []
        return Trigger(at, sentence, positives, ignored)

    def _relations(self, mentions: list[Mention], core: set[int], where: dict[int, int]) -> list[tuple[int, int, int, float]]:
        core_rows = {where[w] for w in core}
        actors = [i for i, m in enumerate(mentions) if m.layer == "actor" and m.first in core_rows]
        rows: list[tuple[int, int, int, float]] = []
        stated: dict[tuple[str, str], int] = {
            (r["from"], r["to"]): v.RELATION_TYPES.index(r["type"]) for r in self.record.get("relations", [])
        }
        at = {(r["from"], r["to"]): r["s"] for r in self.record.get("relations", [])}
        best: dict[tuple[str, str], tuple[int, int, int]] = {}
        for i in actors:
            for j in actors:
                a, b = mentions[i], mentions[j]
                if i == j or a.sentence != b.sentence or a.entity == b.entity:
                    continue
                key = (a.entity, b.entity)
                if key not in stated:
                    rows.append((i, j, -1, 1.0))
                elif a.sentence == at[key]:
                    gap = abs(a.first - b.first)
                    if key not in best or gap < best[key][2]:
                        best[key] = (i, j, gap)
        rows += [(i, j, stated[key], 1.0) for key, (i, j, _) in best.items()]
        return rows
