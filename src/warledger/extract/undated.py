"""Whether a claim whose time no words say is of the day of the report's news: what speaks for it, each finding with a weight.

The weights are fitted on the training records (`train/findings.py`); a score is the sum of its findings' weights, in natural
log-odds. What the network thinks is one finding among others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from warledger.core import When
from warledger.core.vocabulary import SPEECH_ACTS
from warledger.extract import casting, voices
from warledger.extract.links import Links
from warledger.extract.reading import Reading
from warledger.extract.tagged import Trigger

LIMIT: Final = 6.0
"""Log-odds of the network beyond this say no more than certainty."""
SENTENCES: Final = (0, 1, 2, 4, 8, 16)
"""Upper bounds of the numbers of sentences that are told apart."""


class Undated:
    """What words say of each trigger's time in a report (None: nothing), and the day of the news that it leads with."""

    def __init__(self, reading: Reading, said: Sequence[When | None], main: When | None) -> None:
        self.reading, self.said = reading, said
        day = reading.times.day
        self.day = None if day is None else When.of(day, day)
        self.lead = "no day" if main is None else "the report's day" if main == self.day else "another day"

    def findings(self, number: int) -> dict[str, float]:
        """Every finding for the trigger of that number: its name, with its strength."""
        reading, trigger, links = self.reading, self.reading.tagged.triggers[number], self.reading.links[number]
        is_speech = "speech" if trigger.type in SPEECH_ACTS else "deed"
        margin = reading.tagged.margin
        out = {
            "network: day": _clipped(margin("when", "day", "none", trigger.first)),
            "network: words": _clipped(margin("when", "words", "none", trigger.first)),
            "network: news": _clipped(margin("frame", "news", "background", trigger.first)),
            "network: time": _linked(links),
            **self._told_before(links),
        }
        form = casting.form(reading.document.text, trigger)
        names = [
            f"type: {trigger.type}",
            f"status: {trigger.status}",
            f"form: {form}",
            f"kind: {is_speech}",
            f"report leads with: {self.lead}, {is_speech}",
            f"sentence: {next((n for n in SENTENCES if trigger.sentence <= n), 'later')}, {is_speech}",
            f"word before: {casting.word_before(reading.document.text, trigger.span.start)}",
            *self._beside(number, trigger),
        ]
        if reading.times.years:
            names.append("history")
        if voices.is_quoted(reading.document.text, trigger.span.start):
            names.append("quoted")
        if links.none["voice"] < 0.5:
            names.append(f"voiced, {is_speech}")
        return out | dict.fromkeys(names, 1.0)

    def _told_before(self, links: Links) -> dict[str, float]:
        """How likely the trigger tells again of what is dated, and of what is not."""
        found = {"told before: dated": 0.0, "told before: undated": 0.0}
        for earlier, chance in links.earlier:
            found["told before: " + ("undated" if self.said[earlier] is None else "dated")] += chance
        return found

    def _beside(self, number: int, trigger: Trigger) -> list[str]:
        """Which times the sentence and those beside it tell."""
        reading, names = self.reading, []
        triggers = reading.tagged.triggers
        for place, near in (("sentence", 0), ("sentence before", -1)):
            told = [
                self.said[n]
                for n in range(max(0, number - 12), min(len(triggers), number + 12))
                if n != number and triggers[n].sentence == trigger.sentence + near and self.said[n] is not None
            ]
            if told:
                names.append(f"{place}: {'of that day' if all(t == self.day for t in told) else 'of another time'}")
        start, end = reading.document.sentences[trigger.sentence]
        if any(m.when is not None for m in reading.times.within(start, end)):
            names.append("sentence: names a time")
        others = [n for n in range(max(0, number - 12), number) if triggers[n].sentence == trigger.sentence]
        names.append("first of its sentence" if not others else "not the first of its sentence")
        return names


def _clipped(margin: float) -> float:
    return max(-LIMIT, min(LIMIT, margin))


def _linked(links: Links) -> float:
    best = max((chance for _, chance in links.roles["time"]), default=0.0)
    return math.log((best + 0.01) / (links.none["time"] + 0.01))
