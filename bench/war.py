"""An invented war of any length, with the records of its reports: the same for the same seed, and as dense on every day.

    python bench/war.py COUNT FOLDER [--seed 7] [--days N]

writes `docs.jsonl` and `records.jsonl` for `warledger add FOLDER/docs.jsonl --records FOLDER/records.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

BEGINS: Final = date(2031, 1, 1)
REPORTS_A_DAY: Final = 12
OUTLETS: Final = 24
TOWNS: Final = 300
PROVINCES: Final = 9
MOST_TELLINGS: Final = 4
"""So many reports at most tell of one event."""

ACTORS: Final = {
    "army": ("Syrian Armed Forces", "state_forces"),
    "rebels": ("rebels (Syria)", "rebel_group"),
    "front": ("Northern Front", "rebel_group"),
    "jets": ("Russian Air Force", "external_forces"),
    "monitor": ("Orontes Monitor", "monitor"),
    "people": ("civilians (Syria)", "civilians"),
}
KINDS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("airstrike", "jets", "people", ("bombed", "struck from the air", "raided")),
    ("shelling", "army", "people", ("shelled", "fired rockets at", "pounded")),
    ("clash", "rebels", "army", ("fought over", "clashed at", "exchanged fire near")),
    ("seize", "rebels", "army", ("captured", "took", "overran")),
    ("seize", "army", "rebels", ("retook", "recaptured", "stormed")),
    ("withdraw", "army", "", ("left", "pulled out of", "abandoned")),
    ("bombing", "front", "army", ("set off a bomb in", "blew up a checkpoint at", "attacked with a car bomb")),
    ("arrest", "army", "people", ("detained men in", "made arrests in", "rounded up residents of")),
    ("protest", "people", "", ("marched in", "rallied in", "demonstrated in")),
)
"""Type, initiator, target, and the words that tell it."""
_FIRST: Final = "Tell Kafr Ain Deir Khan Umm Sarm Bir Jabal Marj".split()
_SYLLABLES: Final = "ma ra sha ba na qa tu li zo ha di mur sal kem far nis dor bel gha wad".split()
_SCENES: Final = (
    "near the grain silos", "by the old bridge", "at the southern gate", "around the market", "on the river road", "at dawn",
    "after nightfall", "during a sandstorm", "while lorries were unloading", "close to the school", "behind the mill",
    "at the railway yard", "beside the orchards", "under heavy rain", "as shops were closing", "on the eve of the fair",
)  # fmt: skip
_ASIDES: Final = (
    "Roads to the coast stayed closed.", "Bread was short in the valley.", "Telephones were down for hours.",
    "Families walked towards the hills.", "The price of fuel rose again.", "Talks abroad went on without a result.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as the generator knows it."""

    number: int
    day: date
    kind: int
    town: int
    dead: int
    scene: str


def towns(chance: random.Random) -> list[dict[str, Any]]:
    """Places with names of their own on a map of about 300 by 400 kilometres."""
    found: dict[str, dict[str, Any]] = {}
    while len(found) < TOWNS:
        word = "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3)))).capitalize()
        name = f"{chance.choice(_FIRST)} {word}" if chance.random() < 0.4 else word
        lat, lon = round(chance.uniform(33.0, 36.0), 2), round(chance.uniform(36.2, 40.8), 2)
        found[name] = {
            "name": name, "kind": "town", "country": "SY", "lat": lat, "lon": lon, "precision": "exact",
            "admin1": f"{1 + int((lon - 36.2) / 4.6 * 3) * 3 + int(lat - 33.0):02}",
        }  # fmt: skip
    return list(found.values())


def reports(count: int, *, seed: int = 7, days: int | None = None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """`count` documents with their records, in the order of their days; `days` makes the war shorter or longer than usual."""
    chance = random.Random(seed)
    places = towns(chance)
    last = days or -(-count // REPORTS_A_DAY)
    a_day = count / last
    pending: dict[int, list[Happening]] = {}
    made = number = 0

    def happen(day: int) -> Happening:
        nonlocal number
        number += 1
        kind, town, dead = chance.randrange(len(KINDS)), chance.randrange(TOWNS), int(chance.paretovariate(0.9)) - 1
        return Happening(number, BEGINS + timedelta(days=day), kind, town, max(0, dead), chance.choice(_SCENES))

    for day in range(last):
        upto = count if day == last - 1 else round((day + 1) * a_day)
        for _ in range(max(1, round((upto - made) * 0.9))):
            happening = happen(day)
            for _ in range(chance.randint(1, MOST_TELLINGS)):
                pending.setdefault(day + chance.choice((0, 0, 1, 1, 2)), []).append(happening)
        waiting = pending.pop(day, [])
        chance.shuffle(waiting)
        share = max(1, -(-len(waiting) // max(1, upto - made)))
        while made < upto:
            told, waiting = waiting[:share] or [happen(day)], waiting[share:]
            distinct = list({h.number: h for h in told}.values())
            yield _report(made, BEGINS + timedelta(days=day), distinct, places, chance)
            made += 1


def _report(
    number: int, day: date, told: list[Happening], places: list[dict[str, Any]], chance: random.Random
) -> tuple[dict[str, Any], dict[str, Any]]:
    outlet = chance.randrange(OUTLETS)
    sentences: list[str] = []
    claims: list[dict[str, Any]] = []
    at = 0
    for happening in told:
        sentence, claim = _telling(happening, places, chance, outlet)
        for key in ("span", "figure_span"):
            if key in claim:
                claim[key] = [at + x for x in claim[key]]
        if "figure_span" in claim:
            claim["figures"][0]["span"] = claim.pop("figure_span")
        claim |= {"s": len(sentences), "event": f"e{len(claims)}", "when": happening.day.isoformat()}
        claims.append(claim)
        sentences.append(sentence)
        at += len(sentence) + 1
    sentences.append(chance.choice(_ASIDES))
    name = f"report-{number:06}"
    used = {c["place"] for c in claims}
    actors = {
        a for c in claims for a in (*c.get("initiator", ()), *c.get("target", ()), *(v["who"] for v in c.get("voice", ())))
    }
    document = {
        "doc": name, "source": f"Outlet {outlet:02}", "date": day.isoformat(), "title": f"Dispatch {number}",
        "text": " ".join(sentences),
    }  # fmt: skip
    record = {
        "doc": name,
        "actors": [{"id": a, "name": ACTORS[a][0], "kind": ACTORS[a][1], "country": "SY"} for a in sorted(actors)],
        "places": [{"id": p, **places[int(p[1:])]} for p in sorted(used)],
        "claims": claims,
    }
    return document, record


def _telling(
    happening: Happening, places: list[dict[str, Any]], chance: random.Random, outlet: int
) -> tuple[str, dict[str, Any]]:
    """One sentence, and the claim in it with spans from the sentence's beginning."""
    kind, doer, target, verbs = KINDS[happening.kind]
    verb = chance.choice(verbs)
    subject = ACTORS[doer][0].removesuffix(" (Syria)").capitalize()
    sentence = f"{subject} {verb} {places[happening.town]['name']} {happening.scene}"
    claim: dict[str, Any] = {
        "type": kind, "trigger": verb, "span": [len(subject) + 1, len(subject) + 1 + len(verb)], "initiator": [doer],
        "place": f"p{happening.town}",
    }  # fmt: skip
    if target:
        claim["target"] = [target]
    if happening.dead and kind not in {"protest", "withdraw"}:
        dead = happening.dead + (chance.choice((0, 0, 0, 1)) if happening.dead > 4 else 0)
        words = f"{dead} dead"
        sentence += f", leaving {words}"
        claim["figures"] = [{"measure": "killed", "group": "people", "low": dead, "high": dead, "text": words}]
        claim["figure_span"] = [len(sentence) - len(words), len(sentence)]
    if outlet % 3 == 0:
        sentence += ", the Orontes Monitor said"
        claim["voice"] = [{"who": "monitor", "cue": "said"}]
    return sentence + ".", claim


def write(count: int, folder: Path, *, seed: int = 7, days: int | None = None, skip: int = 0) -> tuple[Path, Path]:
    """The files of documents and of records, without the first `skip` reports."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "docs.jsonl", folder / "records.jsonl"
    made = list(reports(count, seed=seed, days=days))[skip:]
    for path, rows in zip(paths, zip(*made, strict=True), strict=True):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return paths


def main() -> None:
    """Write the war."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("count", type=int)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--days", type=int)
    a = ap.parse_args()
    write(a.count, a.folder, seed=a.seed, days=a.days)


if __name__ == "__main__":
    main()
