"""Lists training records that look wrong, by document, claim and reason, for a person to look at; nothing of the texts.

    python -m train.noise --corpus ../shared/corpus --out noise.txt [--network]

Each reason is a plain contradiction: of a day and its weekday, a value and its words, two copies of one sentence, an open
attribution and an empty voice, a day of publication and what is told of later ones; with --network also that of the packaged
network, where it is sure in spite of having been fitted to the record.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
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
SURE = 0.97
"""The network's score of a trigger that the record does not have, or has as another type."""
UNSEEN = 0.02
"""The most that a sound trigger's words are likely to be one, in the network's eyes, for it to see nothing there."""


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


def disagreements(pairs: Iterable[tuple[Json, Json]]) -> Iterator[Doubt]:
    """Where the packaged network is sure of the opposite of a record."""
    import numpy as np

    from warledger.core import Document
    from warledger.extract import Extractor
    from warledger.extract.tagged import softmax
    from warledger.model import layout

    extractor = Extractor.load()
    for document, record in pairs:
        sentences = tuple((a, b) for a, b in document["sentences"])
        tagged = extractor.read(Document(document["doc"], document["text"], "", None, sentences=sentences))
        for trigger in tagged.triggers:
            met = [
                n
                for n, c in enumerate(record["claims"])
                if trigger.span.start < c["span"][1] and c["span"][0] < trigger.span.end
            ]
            if trigger.score >= SURE and not met:
                yield document["doc"], -1, "the network is sure of a claim"
            elif trigger.score >= SURE and all(record["claims"][n]["type"] != trigger.type for n in met):
                yield document["doc"], met[0], "the network is sure of another type"
        seen = 1 - softmax(tagged.tags[:, layout.COLUMNS["trigger"]])[:, 0]
        for number, claim in enumerate(record["claims"]):
            inside = (tagged.words.chars[:, 0] < claim["span"][1]) & (tagged.words.chars[:, 1] > claim["span"][0])
            if inside.any() and float(np.max(seen[inside])) < UNSEEN:
                yield document["doc"], number, "the network sees no claim"


def doubts(pairs: Iterable[tuple[Json, Json]], *, network: bool = False) -> list[Doubt]:
    """All doubts, by document and claim."""
    kept = list(pairs)
    found = [(d["doc"], n, why) for check in (days, values, voices) for d, r in kept for n, why in check(d, r)]
    found += twins(kept)
    if network:
        found += disagreements(kept)
    return sorted(found)


def main() -> None:
    """List and count."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--network", action="store_true", help="ask the packaged network too; takes a minute")
    a = ap.parse_args()
    found = doubts(load(a.corpus, "train"), network=a.network)
    a.out.write_text("".join(f"{doc}\t{number if number >= 0 else '-'}\t{why}\n" for doc, number, why in found), "utf-8")
    for why, count in Counter(why for *_, why in found).most_common():
        print(f"{count:>6} {why}")


if __name__ == "__main__":
    main()
