"""A week of an invented battle: a copy, a denial, an admission, a rising toll, a correction, a town lost and regained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACTORS = {
    "rebels": ("rebels (Syria)", "rebel_group", "SY"),
    "front": ("Northern Front", "rebel_group", "SY"),
    "army": ("Syrian Armed Forces", "state_forces", "SY"),
    "monitor": ("Orontes Monitor", "monitor", ""),
    "hospital": ("Marwa hospital", "other", ""),
}
PLACES = {
    "Marwa": {"kind": "city", "country": "SY", "lat": 35.10, "lon": 36.70, "precision": "exact", "admin1": "10"},
    "Tell Aswad": {"kind": "town", "country": "SY", "lat": 34.60, "lon": 36.95, "precision": "exact", "admin1": "10"},
    "Orontes": {"kind": "province", "country": "SY", "lat": 35.0, "lon": 36.8, "precision": "province", "admin1": "10"},
    "Qasr": {"kind": "village", "country": "SY"},
}


@dataclass(frozen=True)
class Report:
    """One document and what a reader finds in it. A claim has its `trigger`, looked up in the text, and the guide's fields."""

    name: str
    source: str
    day: str
    text: str
    claims: tuple[Mapping[str, Any], ...] = ()
    title: str = ""

    def record(self) -> dict[str, Any]:
        rows = []
        for claim in self.claims:
            row = dict(claim)
            start = self.text.index(row["trigger"])
            row |= {"span": [start, start + len(row["trigger"])], "s": self.text[:start].count(". ")}
            row.setdefault("event", f"{row['type']}-{row['s']}")
            if "voice" in row:
                row["voice"] = [{"who": row["voice"]}]
            row["figures"] = [
                dict(f) | {"span": [at := self.text.index(f["text"]), at + len(f["text"])]} for f in row.get("figures", ())
            ]
            rows.append(row)
        return {
            "doc": f"{self.name}.txt",
            "actors": [{"id": k, "name": n, "kind": kind, "country": c} for k, (n, kind, c) in ACTORS.items()],
            "places": [{"id": k, "name": k, **p} for k, p in PLACES.items() if k in self.text],
            "claims": rows,
            "relations": [],
        }


def write(folder: Path, reports: Iterable[Report]) -> tuple[Path, Path]:
    """The documents in a folder, and the file of their records."""
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    rows = []
    for one in reports:
        title = f"title: {one.title}\n" if one.title else ""
        date = f"date: {one.day}\n" if one.day else ""
        (docs / f"{one.name}.txt").write_text(f"{title}source: {one.source}\n{date}\n{one.text}\n", "utf-8")
        rows.append(json.dumps(one.record()) + "\n")
    (folder / "records.jsonl").write_text("".join(rows), "utf-8")
    return docs, folder / "records.jsonl"


def killed(text: str, low: int, high: int | None = None, group: str = "people", **more: Any) -> dict[str, Any]:
    return {"measure": "killed", "group": group, "low": low, "text": text} | ({"high": high} if high else {}) | more


TAKEN = (
    "Rebels captured the city of Marwa on Tuesday after two nights of fighting along its ring road, a rebel commander said "
    "by radio from the grain silos. Shops stayed shut and the bridge was closed."
)
SEIZE = {"type": "seize", "trigger": "captured", "initiator": ["rebels"], "target": ["army"], "place": "Marwa",
         "when": "2031-03-04", "voice": "rebels"}  # fmt: skip

WEEK = (
    Report("1-taken", "North Wire", "2031-03-04", TAKEN, (SEIZE,)),
    Report("2-copy", "Morning Gazette", "2031-03-04", TAKEN, (SEIZE,)),
    Report(
        "3-denied", "State Agency", "2031-03-04",
        "The army denied that rebels had entered Marwa. It called the reports a rumour meant for the markets.",
        ({"type": "seize", "trigger": "entered", "initiator": ["rebels"], "target": ["army"], "place": "Marwa",
          "when": "2031-03-04", "status": "denied", "voice": "army"},),
    ),
    Report(
        "4-admitted", "South Wire", "2031-03-05",
        "The army confirmed that rebels had taken Marwa a day before. At least 12 civilians were killed in shelling of Marwa, "
        "the Orontes Monitor said. Rebels control most of Orontes province, it added.",
        ({"type": "seize", "trigger": "taken", "initiator": ["rebels"], "target": ["army"], "place": "Marwa",
          "when": "2031-03-04", "voice": "army"},
         {"type": "shelling", "trigger": "shelling", "place": "Marwa", "when": "2031-03-05", "voice": "monitor",
          "figures": [killed("At least 12 civilians", 12, group="civilians")]},
         {"type": "control", "trigger": "control", "initiator": ["rebels"], "place": "Orontes", "voice": "monitor"}),
    ),
    Report(
        "5-toll", "Orontes Monitor", "2031-03-06",
        "The death toll of Wednesday's shelling of Marwa rose to 17 civilians. Since 1 March 40 people, 21 of them civilians, "
        "have died in Orontes province.",
        ({"type": "shelling", "trigger": "shelling", "place": "Marwa", "when": "2031-03-05",
          "figures": [killed("17 civilians", 17, 17, "civilians")]},
         {"type": "toll", "trigger": "died", "place": "Orontes", "when": "2031-03-01/2031-03-06",
          "figures": [killed("40 people", 40, 40, basis="cumulative", since="2031-03-01"),
                      killed("21 of them civilians", 21, 21, "civilians", basis="cumulative", since="2031-03-01")]}),
        title="Orontes count, 6 March",
    ),
    Report(
        "6-back", "North Wire", "2031-03-07",
        "The army retook Marwa on Friday, and the rebels acknowledged that they had lost it. The village of Qasr was shelled.",
        ({"type": "seize", "trigger": "retook", "initiator": ["army"], "target": ["rebels"], "place": "Marwa",
          "when": "2031-03-07", "voice": "rebels"},
         {"type": "shelling", "trigger": "shelled", "place": "Qasr", "when": "2031-03-07"}),
    ),
    Report(
        "7-toll-corrected", "Orontes Monitor", "2031-03-07",
        "The death toll of Wednesday's shelling of Marwa rose to 17 civilians. Since 1 March 46 people, 23 of them civilians, "
        "have died in Orontes province. An earlier version gave lower numbers.",
        ({"type": "shelling", "trigger": "shelling", "place": "Marwa", "when": "2031-03-05",
          "figures": [killed("17 civilians", 17, 17, "civilians")]},
         {"type": "toll", "trigger": "died", "place": "Orontes", "when": "2031-03-01/2031-03-07",
          "figures": [killed("46 people", 46, 46, basis="cumulative", since="2031-03-01"),
                      killed("23 of them civilians", 23, 23, "civilians", basis="cumulative", since="2031-03-01")]}),
        title="Orontes count, 6 March",
    ),
    Report(
        "8-quiet", "South Wire", "2031-03-08",
        "In the town of Tell Aswad residents said that 5 people were killed by mortar fire on Saturday, and the hospital in "
        "Marwa counted 9 dead of it.",
        ({"type": "shelling", "trigger": "mortar fire", "place": "Tell Aswad", "when": "2031-03-08", "event": "m",
          "figures": [killed("5 people", 5, 5)]},
         {"type": "shelling", "trigger": "dead of it", "place": "Tell Aswad", "when": "2031-03-08", "event": "m",
          "voice": "hospital", "figures": [killed("9 dead", 9, 9)]}),
    ),
)  # fmt: skip
"""Eight documents from 4 to 8 March 2031."""
