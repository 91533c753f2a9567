"""Lists training records that look wrong, by document, claim and reason, for a person to look at; nothing of the texts.

    python -m train.noise --corpus ../shared/corpus --out noise.txt

Each reason is a plain contradiction: of a day and its weekday, a value and its words, two copies of one sentence, an open
attribution and an empty voice, a day of publication and what is told of later ones, a word and its use everywhere else. The
network that was fitted to the records does not help: it has learned them by heart, faults and all.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

from train.data import load

from warledger.core import When
from warledger.core.ids import fold
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.errors import WhenError
from warledger.extract import figures

Json = dict[str, Any]
Doubt = tuple[str, int, str]
"""A document, the number of a claim of its record (-1: the whole document, or a claim that it lacks), and the reason."""

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_NEAR_DAY = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SAID = r"(?:said|says|told|announced|confirmed|reported|stated|added|claimed|alleged)"
_OPENS = re.compile(rf"\s+(?:also\s+|later\s+)?{_SAID}\s+(?:(?:on|in|to)\s+\w+\s+|[A-Z]\w+\s+){{0,2}}that\s+(?=\w)")
_LOOSE = re.compile(r",|\b(?:after|as|when|where|which|who|whose|since|before|while|despite|following|of)\b", re.IGNORECASE)
"""What may lead out of the reported clause."""
_CLOSES = re.compile(rf"\s+{_SAID}\b[^,;]{{0,30}}\.?$")
TWIN_WORDS = 8
"""Shorter sentences may be told twice by chance ("The claim could not be verified")."""
OFTEN = 20
"""Times that a word must have been a trigger, or a trigger of some type, in the other documents to be held to it."""
SELDOM = 0.05
"""The share of exceptions that such a word may have there."""
_WORD = re.compile(r"\w+(?:-\w+)*")


def days(document: Json, record: Json) -> Iterator[tuple[int, str]]:
    """Days that contradict their words or the report's date."""
    published = date.fromisoformat(document["date"]) if document["date"] else None
    later = 0
    for number, claim in enumerate(record["claims"]):
        try:
            when = When.parse(claim["when"]) if claim.get("when") else None
        except WhenError:
            yield number, "no date"
            continue
        if when is None or when.first is None:
            continue
        words = claim.get("when_text", "")
        named = {w.lower() for w in _WEEKDAY.findall(words)}
        single = when.first == when.last
        if single and len(named) == 1 and WEEKDAYS[when.first.weekday()] not in named:
            yield number, "another weekday than its words"
        if published is None:
            continue
        said = _NEAR_DAY.get(words.lower().strip())
        if single and said is not None and abs((when.first - published).days - said) > 1:
            yield number, "another day than its words"
        later += claim.get("status", "happened") == "happened" and when.first > published + timedelta(days=1)
    if later:
        yield -1, "tells of days after its own"


def values(_: Json, record: Json) -> Iterator[tuple[int, str]]:
    """Figures whose bounds are not those that their words say."""
    for number, claim in enumerate(record["claims"]):
        for figure in claim.get("figures", ()):
            read = figures.parse(figure["text"])
            if read is not None and (read.low, read.high) != (figure.get("low"), figure.get("high")):
                yield number, "another value than its words"


def voices(document: Json, record: Json) -> Iterator[tuple[int, str]]:
    """Claims without a voice in a sentence that opens "X said that" or ends ", X said"."""
    text = document["text"]
    spans = sorted(tuple(s) for a in record["actors"] for s in a["spans"])
    for number, claim in enumerate(record["claims"]):
        if claim.get("voice") or claim["type"] in SPEECH_ACTS or claim["s"] >= len(document["sentences"]):
            continue
        begin, end = document["sentences"][claim["s"]]
        start, stop = claim["span"]
        for a, b in spans:
            if not begin <= a < end:
                continue
            opened = _OPENS.match(text, b, end) if a - begin <= len("The ") and b <= start else None
            closed = _CLOSES.match(text, b, end) if stop <= a and re.search(r",[”\"]?\s+(?:the\s+)?$", text[begin:a]) else None
            if (opened and opened.end() <= start and not _LOOSE.search(text, opened.end(), start)) or closed:
                yield number, "no voice beside a plain attribution"
                break


def twins(pairs: Iterable[tuple[Json, Json]]) -> Iterator[Doubt]:
    """Claims that one of several copies of a sentence has and most of the others have not."""
    copies: dict[str, list[tuple[str, dict[tuple[str, str], int]]]] = defaultdict(list)
    for document, record in pairs:
        for sentence, (begin, end) in enumerate(document["sentences"]):
            words = fold(document["text"][begin:end])
            if words.count(" ") + 1 >= TWIN_WORDS:
                mine = {(c["type"], fold(c["trigger"])): n for n, c in enumerate(record["claims"]) if c["s"] == sentence}
                copies[words].append((document["doc"], mine))
    for rows in copies.values():
        seen = Counter(claim for _, mine in rows for claim in mine)
        for doc, mine in rows:
            yield from (
                (doc, n, "not in the copies of its sentence") for claim, n in mine.items() if 2 * seen[claim] <= len(rows) > 1
            )
            lacking = sum(1 for claim, count in seen.items() if claim not in mine and 2 * count >= len(rows) > 1)
            yield from [(doc, -1, "in the copies of a sentence")] * lacking


def habits(pairs: Sequence[tuple[Json, Json]]) -> Iterator[Doubt]:
    """Claims of another type than their trigger nearly always has in the other documents, and words that are nearly always a
    trigger in the others and are none here.
    """
    types: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    bare: dict[str, Counter[str]] = defaultdict(Counter)
    for document, record in pairs:
        taken = [tuple(c["span"]) for c in record["claims"]]
        for claim in record["claims"]:
            types[fold(claim["trigger"])][document["doc"]][claim["type"]] += 1
        for word in _WORD.finditer(document["text"]):
            if not any(a < word.end() and word.start() < b for a, b in taken):
                bare[fold(word[0])][document["doc"]] += 1
    totals = {word: sum(of_document.values(), Counter()) for word, of_document in types.items()}
    for document, record in pairs:
        doc = document["doc"]
        for number, claim in enumerate(record["claims"]):
            word = fold(claim["trigger"])
            others = totals[word] - types[word][doc]
            usual, count = max(others.items(), key=itemgetter(1), default=("", 0))
            steady = others.total() >= OFTEN and count >= (1 - SELDOM) * others.total()
            if steady and claim["type"] != usual:
                yield doc, number, "another type than its trigger has elsewhere"
    for word, counts in bare.items():
        for doc, count in counts.items():
            others = (totals.get(word, Counter()) - types[word][doc]).total()
            if others >= OFTEN and counts.total() - count <= others * SELDOM:
                yield from [(doc, -1, "a word that is a trigger elsewhere")] * count


def doubts(pairs: Iterable[tuple[Json, Json]]) -> list[Doubt]:
    """All doubts, by document and claim."""
    kept = list(pairs)
    found = [(d["doc"], n, why) for check in (days, values, voices) for d, r in kept for n, why in check(d, r)]
    return sorted([*found, *twins(kept), *habits(kept)])


def main() -> None:
    """List and count."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    found = doubts(load(a.corpus, "train"))
    a.out.write_text("".join(f"{doc}\t{number if number >= 0 else '-'}\t{why}\n" for doc, number, why in found), "utf-8")
    for why, count in Counter(why for *_, why in found).most_common():
        print(f"{count:>6} {why}")


if __name__ == "__main__":
    main()
