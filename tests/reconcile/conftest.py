"""Reports of our own making, written as text and a few lines of what they claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from warledger.core import Document, Record, document_id
from warledger.core.codec import from_json

ACTORS = {
    "rebels": ("rebels (Syria)", "rebel_group"),
    "front": ("Northern Front", "rebel_group"),
    "army": ("Syrian Armed Forces", "state_forces"),
    "monitor": ("Orontes Monitor", "monitor"),
    "civilians": ("civilians (Syria)", "civilians"),
    "caliphate": ("Black Banner", "jihadist_group"),
    "spokesman": ("Sami Haddad", "spokesperson"),
    "command": ("Military Operations Command", "rebel_group"),
    "hts": ("Hayat Tahrir al-Sham", "jihadist_group"),
    "terrorists": ("terrorist groups (Syria)", "rebel_group"),
    "militants": ("militants (Syria)", "rebel_group"),
    "units": ("units", "other"),
    "gunmen": ("gunmen (Syria)", "other"),
    "congolese": ("rebels (Democratic Republic of the Congo)", "rebel_group"),
    "m23": ("M23", "rebel_group"),
    "jets": ("fighter jets", "external_forces"),
    "un": ("United Nations relief office", "government"),
    "source": ("military source (Syria)", "spokesperson"),
    "sdf": ("Syrian Democratic Forces", "rebel_group"),
    "ministry": ("Syrian Ministry of Defence", "government"),
    "office": ("United Nations Office for the Coordination of Humanitarian Affairs", "igo"),
    "food": ("World Food Programme", "igo"),
    "helmets": ("White Helmets", "ngo"),
    "rescuers": ("rescue workers (Syria)", "ngo"),
}
PLACES = {
    "Marwa": {"kind": "city", "country": "SY", "lat": 35.10, "lon": 36.70},
    "Tell Aswad": {"kind": "town", "country": "SY", "lat": 34.60, "lon": 36.95},
    "Nahr": {"kind": "town", "country": "SY", "lat": 35.16, "lon": 36.72},
    "Goma": {"kind": "city", "country": "CD", "lat": -1.68, "lon": 29.22},
    "Syria": {"kind": "country", "country": "SY"},
}

Reports = tuple[dict[str, Document], dict[str, Record]]


def written(
    name: str, day: str | None, text: str, *claims: Mapping[str, Any], source: str = "", relations: Any = ()
) -> tuple[Document, Record]:
    """One document and its record. A claim gives its `trigger` (looked up in the text) and the guide's other fields; actors and
    places by the names above, sentences by the full stops."""
    source = source or f"{name} wire"
    document = Document(document_id(text, source), text, source, date.fromisoformat(day) if day else None, name=name)
    rows = []
    for claim in claims:
        row = dict(claim)
        start = text.index(row["trigger"])
        row["span"] = [start, start + len(row["trigger"])]
        row["s"] = text[:start].count(". ")
        row.setdefault("event", f"{row['type']}-{row['s']}")
        for figure in row.get("figures", ()):
            at = text.index(figure["text"])
            figure["span"] = [at, at + len(figure["text"])]
        if "voice" in row:
            row["voice"] = [{"who": row["voice"]}]
        rows.append(row)
    record = {
        "actors": [{"id": k, "name": n, "kind": kind} for k, (n, kind) in ACTORS.items()],
        "places": [{"id": k, "name": k, **p} for k, p in PLACES.items()],
        "claims": rows,
        "relations": list(relations),
    }
    return document, from_json(record, document)


@pytest.fixture
def reports() -> Callable[..., Reports]:
    """Puts written reports together as the two mappings that reconcile takes."""

    def together(*given: tuple[Document, Record]) -> Reports:
        return {d.id: d for d, _ in given}, {d.id: r for d, r in given}

    return together


@pytest.fixture
def write() -> Callable[..., tuple[Document, Record]]:
    return written
