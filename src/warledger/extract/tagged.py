"""Reads spans from the network's word labels: triggers and mentions of actors, places, times, figures and reporting words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warledger.core import Span
from warledger.extract import casualties, definitions
from warledger.extract.doubt import doubt_of
from warledger.extract.metonyms import speaking
from warledger.extract.negation import is_negated
from warledger.extract.places_meant import anaphor
from warledger.model import Output, Window, Words, layout

Floats = NDArray[np.float32]

LAYERS = ("actor", "place", "time", "figure", "cue")
REPEATED = ("actor", "place")
"""Layers in which words that are a mention once are one wherever they stand (guide, *Record*: every form in the text)."""
PRONOUNS = frozenset(
    (
        "the a an i he she it we they you him her them us me his its their our my who whom whose which that this these those"
        " himself herself itself themselves one ones someone anyone everyone nobody others"
    ).split()
)
"""What is no mention of an actor or place by itself (guide, *Actors*: pronouns are left out)."""
COUNTRY = "US"
"""What looks like a pronoun and is none."""
_DATELINE = re.compile(r"(?=[^a-z]{3})[A-Z][\w.,/’'() ]*?\s[-–—]\s+(?=\S)")
_LINE = re.compile(r"^", re.MULTILINE)
DATELINE_WITHIN = 400
"""Characters in which a dateline is looked for: headlines and corrections may stand before it."""
_NAME = re.compile(r"[^\W\d_a-z]|\b(?:north|south|east|west|centr)\w*")
"""A capital letter, or a part of the compass."""
_NAMELESS = re.compile(
    r"(?:The\s+|Rural\b|(?:North|South|East|West|Centr)[a-z-]*)?[a-z\s-]*|(?:[Tt]he\s+)?[A-Z][a-z]+\s+capital(?:\s+city)?"
)
"""Words of a place that name none by themselves: "the capital", "the Examplian capital", "southern", "The town of"."""
_IN_NUMBER = re.compile(r"\d|[,.](?=\d{3})")
_WORD = re.compile(r"\w")
_COUNT = re.compile(
    r"(?:(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|tens|several|many|some"
    r"|over|about|nearly|almost|at|least|most|up|to|more|less|than|of|the|and)\b\s*)+",
    re.IGNORECASE,
)
"""A number without what is counted, which is no actor."""
_UNFINISHED = re.compile(r"\b(?:of|for|from|by|with|and)$", re.IGNORECASE)
"""A name that lacks its end names nobody: "the leader of"."""
_LED = re.compile(r"\s(?:led|backed|supported|headed|air)$", re.IGNORECASE)
"""Where the network saw only the beginning of what is said of a name: "rebels led" of "rebels led by the Front", "Exampleland
air" of its "air power"."""
_EDGE = re.compile(r"[\w%$€£]")
COUNTED = 0.7
"""The least score of a claim that only a count of casualties tells: of 51 in reports that the network never saw, 43 have their
words in a claim that people marked, and 37 its type.
"""


@dataclass(frozen=True, slots=True)
class Tag:
    """Words `first` to `last` (both included, numbers into the document's words) that carry a label; `score` is 0 to 1."""

    first: int
    last: int
    sentence: int
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Trigger(Tag):
    """The words that carry a claim's type. `when` is none, day (the report's own) or words."""

    type: str
    status: str
    frame: str
    when: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """All spans of one document, by layer, in order; `tags` are the logits (words, columns) behind them."""

    words: Words
    windows: Sequence[Window]
    outputs: Sequence[Output]
    tags: Floats
    triggers: tuple[Trigger, ...]
    mentions: dict[str, tuple[Tag, ...]]

    def label(self, head: str, word: int) -> str:
        """The likeliest label of `head` at `word`."""
        return layout.HEADS[head][int(self.tags[word, layout.COLUMNS[head]].argmax())]

    def margin(self, head: str, label: str, other: str, word: int) -> float:
        """How much likelier `label` is than `other` at `word`, as the difference of their logits."""
        row = self.tags[word, layout.COLUMNS[head]]
        return float(row[layout.HEADS[head].index(label)] - row[layout.HEADS[head].index(other)])


def dateline_span(text: str) -> tuple[int, int]:
    """Start and end of the dateline ("BEIRUT - ") that a text or one of its first lines begins with; (0, 0) for none."""
    for line in _LINE.finditer(text, 0, DATELINE_WITHIN):
        found = _DATELINE.match(text, line.start(), line.start() + 80)
        if found:
            return found.span()
    return 0, 0


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), np.float32)


def read_tags(
    text: str, words: Words, windows: Sequence[Window], outputs: Sequence[Output], thresholds: dict[str, float]
) -> Tagged:
    """Decode every layer of `text`. `thresholds` hold, by layer, what is taken from the logit of "outside"."""
    rows = [o.tags[w.core :] for w, o in zip(windows, outputs, strict=True)]
    tags = np.concatenate(rows) if rows else np.zeros((0, layout.TAG_COLUMNS), np.float32)
    mentions = {layer: tuple(_mentions(text, words, tags, layer, thresholds.get(layer, 0.0))) for layer in LAYERS}
    mentions["place"] = _joined(text, words, mentions["place"])
    for layer in REPEATED:
        mentions[layer] = _repeated(text, words, mentions[layer])
    mentions = _with_capitals(text, words, mentions)
    tagged = Tagged(words, windows, outputs, tags, (), mentions)
    return Tagged(words, windows, outputs, tags, tuple(_triggers(text, tagged, thresholds)), mentions)


def _mentions(text: str, words: Words, tags: Floats, layer: str, eager: float) -> Iterator[Tag]:
    """The stretches of one layer, without punctuation at their ends, datelines and mere pronouns."""
    written = dateline_span(text)
    chars = words.chars.tolist()
    for first, last, _, score in _spans(tags[:, layout.COLUMNS[layer]], words.sentence, eager):
        start, end = first, last
        if layer == "actor":
            dateline = _DATELINE.match(text, chars[first][0], chars[last][1])
            while dateline and start < end and chars[start][0] < dateline.end():
                start += 1
        while start < end and not _EDGE.search(text, *chars[start]):
            start += 1
        opened = "(" in text[chars[start][0] : chars[end][0]]
        while start < end and not _EDGE.search(text, *chars[end]):
            if opened and text[chars[end][0]] == ")":
                break
            end -= 1
        if layer == "figure":
            while start and chars[start - 1][1] == chars[start][0] and _IN_NUMBER.match(text, chars[start - 1][0]):
                start -= 1
        if layer == "actor" and written[0] <= chars[start][0] and chars[end][1] <= written[1]:
            continue  # a capital that a report is written in does not speak in it
        said = text[chars[start][0] : chars[end][1]]
        if layer == "actor" and start < end and _LED.search(said):
            end -= 1
            said = text[chars[start][0] : chars[end][1]]
        if layer == "actor" and (_COUNT.fullmatch(said) or _UNFINISHED.search(said)):
            continue
        if not _EDGE.search(said) or (layer in ("actor", "place") and said.casefold() in PRONOUNS and said != COUNTRY):
            continue
        if layer == "place" and not _NAME.search(said) and anaphor(said) is None:
            continue
        yield Tag(**_place(words, start, end), score=score)


def groups_as_actors(text: str, tagged: Tagged, is_group: Callable[[str], bool]) -> Tagged:
    """`tagged` with every place that is called as an armed group is as an actor: of 1,343 mentions in training reports that are
    a known group's name none is a place's.
    """
    places = tagged.mentions["place"]
    groups = {tag for tag in places if is_group(tag.span.of(text))}
    if not groups:
        return tagged
    actors = tagged.mentions["actor"]
    new = [tag for tag in groups if all(tag.last < a.first or a.last < tag.first for a in actors)]
    moved = {
        "actor": tuple(sorted((*actors, *new), key=lambda t: t.first)),
        "place": tuple(tag for tag in places if tag not in groups),
    }
    return replace(tagged, mentions=tagged.mentions | moved)


def _with_capitals(text: str, words: Words, mentions: dict[str, tuple[Tag, ...]]) -> dict[str, tuple[Tag, ...]]:
    """`mentions` with every capital that speaks as an actor, and as no place."""
    starts, ends = (words.chars[:, side].tolist() for side in (0, 1))
    actors, places = list(mentions["actor"]), list(mentions["place"])
    for span in speaking(text):
        first, last = bisect_left(starts, span.start), bisect_left(ends, span.end)
        places = [tag for tag in places if tag.last < first or last < tag.first]
        if last < len(ends) and first <= last and all(tag.last < first or last < tag.first for tag in actors):
            actors.append(Tag(**_place(words, first, last), score=1.0))
    return mentions | {"actor": tuple(sorted(actors, key=lambda t: t.first)), "place": tuple(places)}


def _joined(text: str, words: Words, tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """`tags` of places with those made one with the next that have no name: "the capital" before "Exampleville", "southern"."""
    found: list[Tag] = []
    for tag in tags:
        last = found[-1] if found else None
        if last and last.last + 1 == tag.first and last.sentence == tag.sentence and _NAMELESS.fullmatch(last.span.of(text)):
            found[-1] = Tag(**_place(words, last.first, tag.last), score=max(last.score, tag.score))
        else:
            found.append(tag)
    return tuple(found)


def _repeated(text: str, words: Words, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """`tags` and, longest first, every further place where a name that is tagged at half of its places or more stands again."""
    taken = np.zeros(len(words.chars) + 1, bool)
    for tag in tags:
        taken[tag.first : tag.last + 1] = True
    forms: dict[str, float] = {}
    times: Counter[str] = Counter()
    for tag in tags:
        form = tag.span.of(text)
        forms[form] = max(forms.get(form, 0.0), tag.score)
        times[form] += 1
    found = list(tags)
    starts, ends = (words.chars[:, side].tolist() for side in (0, 1))
    for form in sorted((f for f in forms if f[:1].isupper()), key=lambda f: (-len(f), f)):
        hits = list(whole_words(form, text))
        if 2 * times[form] < len(hits):
            continue
        for hit in hits:
            first, last = bisect_left(starts, hit.start), bisect_left(ends, hit.end)
            if last < len(words.chars) and first <= last and not taken[first : last + 1].any():
                taken[first : last + 1] = True
                found.append(Tag(**_place(words, first, last), score=forms[form]))
    return tuple(sorted(found, key=lambda t: t.first))


def whole_words(form: str, text: str) -> Iterator[Span]:
    """Where `form` stands as whole words. A pattern would take many times as long, and a text can have thousands of names."""
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        whole = not _WORD.match(text, end) and not (start and _WORD.match(text, start - 1))
        if whole:
            yield Span(start, end)
        start = text.find(form, end if whole else start + 1)


def _place(words: Words, first: int, last: int) -> dict[str, Any]:
    span = Span(int(words.chars[first, 0]), int(words.chars[last, 1]))
    return {"first": first, "last": last, "sentence": int(words.sentence[first]), "span": span}


def _spans(logits: Floats, sentences: NDArray[np.int32], eager: float, *, inside: int = 2) -> list[tuple[int, int, int, float]]:
    """(first word, last word, label of the first word, probability that it is no "outside") of each labelled stretch.

    `inside` is the label that goes on with a stretch; every other label but 0 begins one.
    """
    if not len(logits):
        return []
    shifted = logits.copy()
    shifted[:, 0] -= eager
    labels = shifted.argmax(1)
    found: list[tuple[int, int, int, float]] = []
    flagged = np.flatnonzero(labels)
    outside = softmax(logits[flagged])[:, 0]
    for word, none in zip(flagged.tolist(), outside, strict=True):
        goes_on = found and found[-1][1] == word - 1 and sentences[word] == sentences[word - 1]
        if labels[word] == inside and goes_on:
            first, _, label, score = found[-1]
            found[-1] = (first, word, label, score)
        else:
            label = int(labels[word])
            if label == inside:
                begins = shifted[word].copy()
                begins[[0, inside]] = -np.inf
                label = int(begins.argmax())
            found.append((word, word, label, float(1 - none)))
    return found


def _triggers(text: str, tagged: Tagged, thresholds: dict[str, float]) -> list[Trigger]:
    logits = tagged.tags[:, layout.COLUMNS["trigger"]]
    modes = (
        (tagged.tags[:, layout.COLUMNS["when"]] - np.array([thresholds.get("when", 0.0), 0, 0], np.float32)).argmax(1).tolist()
    )
    probabilities = softmax(logits) if len(logits) else logits
    names = layout.HEADS["trigger"]
    found = {
        first: (last, names[label], float(probabilities[first, label]))
        for first, last, label, _ in _spans(logits, tagged.words.sentence, thresholds.get("trigger", 0.0), inside=1)
    }
    seen = set(found)
    taken = {word for first, (last, *_) in found.items() for word in range(first, last + 1)}
    starts = tagged.words.chars[:, 0].tolist()
    for start, kind in definitions.told_by_words(text):
        word = bisect_left(starts, start)
        if word < len(starts) and starts[word] == start and word not in taken:
            found[word] = word, kind, definitions.DEFINED
    told = [(first, kind) for first, (_, kind, _) in found.items()]
    for word, kind, score in casualties.untold(text, tagged.words, logits, [f.span for f in tagged.mentions["figure"]], told):
        found[word] = word, kind, max(score, COUNTED)
        seen.add(word)
    return [
        Trigger(
            **_place(tagged.words, first, last),
            score=score,
            type=definitions.by_definition(kind, text, starts[first]),
            status=_status(text, tagged, first, last),
            frame=tagged.label("frame", first),
            when=layout.HEADS["when"][modes[first]] if first in seen else "words",
        )
        for first, (last, kind, score) in sorted(found.items())
        if last > first or not definitions.is_no_deed(text[starts[first] : int(tagged.words.chars[first, 1])])
    ]


def _status(text: str, tagged: Tagged, first: int, last: int) -> str:
    """The status of the trigger of words `first` to `last`: what the words before it say, where they do, else the network."""
    start, end = int(tagged.words.chars[first, 0]), int(tagged.words.chars[last, 1])
    if is_negated(text, start, end):
        return "denied"
    label = tagged.label("status", first)
    return (doubt_of(text, start) or label) if label == "happened" else label
