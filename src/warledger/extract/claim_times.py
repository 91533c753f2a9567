"""When a claim happened: by the words that its trigger is linked to, the report's day, or its event's other tellings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from warledger.core import Claim, Evidence, When
from warledger.extract import clauses
from warledger.extract.links import Links
from warledger.extract.reading import Reading
from warledger.extract.tagged import Trigger

_WITHIN = re.compile(r"\bwithin\b", re.IGNORECASE)
"""A span that counts from something else, not back from the report: "fell within three days"."""


def when_of(reading: Reading, trigger: Trigger, links: Links) -> tuple[When | None, Evidence | None]:
    """The days of a claim, and the words of its own sentence that say them; None for what is not said."""
    tags = reading.tagged.mentions["time"]
    best = max(links.roles["time"], key=lambda m: (m[1], -m[0]), default=None)
    hung = clauses.time_of(reading.document.text, reading.tagged, trigger)
    if hung is not None and (best is None or best[1] <= links.none["time"]):
        best = (hung, 1.0)
    if best is not None and (best[1] > links.none["time"] or trigger.when == "words"):
        tag = tags[best[0]]
        words = reading.evidence(tag)
        if _WITHIN.search(reading.document.text, max(0, tag.span.start - 12), tag.span.end):
            return None, words if tag.sentence == trigger.sentence else None
        planned = trigger.status == "planned" or None
        when = reading.times.resolve(tag.span, sentence=reading.sentence(tag.sentence), planned=planned)
        return when, words if tag.sentence == trigger.sentence else None
    if trigger.when == "day" and (day := reading.times.day) is not None:
        return When.of(day, day), None
    return None, None


def restated(claims: list[Claim]) -> tuple[Claim, ...]:
    """A restatement takes its event's time (guide, *Time*): where the others that give one agree best."""
    known: dict[str, Counter[str]] = {}
    for claim in claims:
        if claim.when is not None and claim.status == "happened":
            known.setdefault(claim.event, Counter())[claim.when.edtf] += 1
    out = []
    for claim in claims:
        timeless = claim.when is None and claim.when_text is None
        if timeless and claim.event in known:
            edtf = min(known[claim.event].items(), key=lambda t: (-t[1], t[0]))[0]
            out.append(replace(claim, when=When.parse(edtf)))
        else:
            out.append(claim)
    return tuple(out)
