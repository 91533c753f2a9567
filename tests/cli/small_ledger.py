"""Two reports in our own words and their records in the guide's form."""

from __future__ import annotations

from datetime import date

from warledger.core import Document, document_id

FIRST = (
    "Rebels captured Exampletown on Thursday, the army confirmed. At least 12 civilians were killed in shelling of the town."
)
SECOND = "Rebel fighters entered Exampletown, residents said by telephone."


def document(text: str, source: str, published: date, **more: object) -> Document:
    """A document whose sentences end at each full stop."""
    ends = [i + 1 for i, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return Document(
        id=document_id(text, source),
        text=text,
        source=source,
        published=published,
        sentences=tuple(zip(starts, ends, strict=True)),
        **more,
    )


def at(text: str, words: str) -> list[int]:
    """The span of the first such words."""
    start = text.index(words)
    return [start, start + len(words)]


def first_record_json() -> dict[str, object]:
    """The record of FIRST in the guide's form."""
    return {
        "doc": "first.txt",
        "actors": [
            {
                "id": "a1",
                "name": "rebels (Exampleland)",
                "kind": "rebel_group",
                "country": "SY",
                "spans": [at(FIRST, "Rebels")],
            },
            {"id": "a2", "name": "Example Army", "kind": "state_forces", "country": "SY", "spans": [at(FIRST, "the army")]},
        ],
        "places": [
            {
                "id": "p1",
                "name": "Exampletown",
                "kind": "town",
                "country": "SY",
                "lat": 35.0,
                "lon": 36.5,
                "precision": "exact",
                "spans": [at(FIRST, "Exampletown"), at(FIRST, "the town")],
            }
        ],
        "claims": [
            {
                "s": 0,
                "event": "e1",
                "type": "seize",
                "trigger": "captured",
                "span": at(FIRST, "captured"),
                "initiator": ["a1"],
                "target": ["a2"],
                "place": "p1",
                "when": "2024-12-05",
                "when_text": "on Thursday",
                "when_span": at(FIRST, "on Thursday"),
                "voice": [{"who": "a2", "cue": "confirmed"}],
            },
            {
                "s": 1,
                "event": "e2",
                "type": "shelling",
                "trigger": "shelling",
                "span": at(FIRST, "shelling"),
                "place": "p1",
                "when": "2024-12-05",
                "confidence": 0.5,
                "figures": [
                    {
                        "measure": "killed",
                        "group": "civilians",
                        "low": 12,
                        "text": "12 civilians",
                        "span": at(FIRST, "12 civilians"),
                    }
                ],
            },
        ],
        "relations": [],
    }


def second_record_json() -> dict[str, object]:
    """The record of SECOND in the guide's form."""
    return {
        "doc": "second.txt",
        "actors": [
            {
                "id": "a1",
                "name": "rebels (Exampleland)",
                "kind": "rebel_group",
                "country": "SY",
                "spans": [at(SECOND, "Rebel fighters")],
            },
            {"id": "a2", "name": "residents of Exampletown", "kind": "civilians", "spans": [at(SECOND, "residents")]},
        ],
        "places": [{"id": "p1", "name": "Exampletown", "kind": "town", "country": "SY", "spans": [at(SECOND, "Exampletown")]}],
        "claims": [
            {
                "s": 0,
                "event": "e1",
                "type": "seize",
                "trigger": "entered",
                "span": at(SECOND, "entered"),
                "initiator": ["a1"],
                "place": "p1",
                "when": "2024-12-05",
                "voice": [{"who": "a2", "cue": "said", "channel": "telephone"}],
            }
        ],
    }
