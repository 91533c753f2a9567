"""The trivial baseline beside the extractor: words that were triggers more often than not are triggers of their commonest type.

It is learned from the training records when it is run, and gives neither roles nor voices: the report's day is every claim's
time, and the place named last before the trigger is its place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]
_WORD = re.compile(r"\w+(?:-\w+)*")


def learn(pairs: Iterable[tuple[Json, Json]]) -> dict[str, str]:
    """Trigger words and their types, from pairs of document and record."""
    seen: Counter[str] = Counter()
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for document, record in pairs:
        seen.update(w.casefold() for w in _WORD.findall(document["text"]))
        for claim in record.get("claims", ()):
            types[claim["trigger"].casefold()][claim["type"]] += 1
    return {w: t.most_common(1)[0][0] for w, t in types.items() if 2 * t.total() > seen[w] > 0}


def predict(words: Mapping[str, str], document: Json, places: Iterable[str]) -> dict[str, Any]:
    """The baseline's record of one document; `places` are names to look for."""
    text = document["text"]
    named: list[dict[str, Any]] = [
        {"id": f"p{n}", "name": name, "kind": "city", "mentions": [name], "spans": [list(m.span()) for m in hits]}
        for n, name in enumerate(sorted(set(places)))
        if (hits := list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)))
    ]
    claims = []
    for found in _WORD.finditer(text):
        claim_type = words.get(found[0].casefold())
        if claim_type is None:
            continue
        before = [(span[0], p["id"]) for p in named for span in p["spans"] if span[0] < found.start()]
        claim: dict[str, Any] = {
            "s": 0,
            "event": f"e{found.start()}",
            "type": claim_type,
            "trigger": found[0],
            "span": list(found.span()),
        }
        if before:
            claim["place"] = max(before)[1]
        if document.get("date"):
            claim["when"] = document["date"]
        claims.append(claim)
    return {"doc": document["doc"], "actors": [], "places": named, "claims": claims, "relations": []}
