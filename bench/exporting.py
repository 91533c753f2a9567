"""Measures exports of a large invented ledger: seconds of processor and clock, and peak memory, format by format.

    python bench/exporting.py [--events 100000] [--formats acled ucdp …] [--folder FOLDER] [--json FILE]

Each event is told by two reports. What is derived is put into the ledger as it is, so that only the export is measured: the
command opens the ledger, reads what was derived, reads documents and records, and writes. `(events)` reads the events and
writes nothing, `(everything)` reads all that a format needs and writes nothing: what a format takes above it is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from warledger.core import (
    Actor,
    Claim,
    Document,
    Event,
    EventFigure,
    EventPlace,
    Evidence,
    Figure,
    Grade,
    Origin,
    Place,
    Record,
    Span,
    Spell,
    Voice,
    When,
    claim_id,
    content_id,
    document_id,
)
from warledger.ledger import Ledger
from warledger.ledger.growing import shown
from warledger.ledger.now import Now
from warledger.ledger.state import read_state
from warledger.store import read_mark

COMMAND: Final = [str(Path(sys.executable).parent / "warledger")]
SENTENCES: Final = 10
TOWNS: Final = 400
BEGINS: Final = date(2031, 1, 1)
DAYS: Final = 2000
KINDS: Final = (
    ("clash", "fought", 0, 1), ("airstrike", "bombed", 1, 2), ("shelling", "shelled", 1, 2), ("seize", "captured", 0, 1),
    ("attack", "attacked", 0, 2),
)  # fmt: skip
ACTORS: Final = (
    ("rebels (Syria)", "rebel_group"), ("Syrian Armed Forces", "state_forces"), ("civilians (Syria)", "civilians"),
)  # fmt: skip
FORMATS: Final = (
    *(f"{form}{kind}" for form in ("jsonl", "csv", "geojson", "kml", "parquet") for kind in ("", "-claims", "-spells")),
    "acled", "ucdp", "plover", "polecat", "hxl", "hxl-ucdp", "records", "clusters", "package", "ftm",
)  # fmt: skip
NOTHING: Final = {"(events)": ["jsonl", "--type", "found"], "(everything)": ["jsonl", "--text", "no report says this"]}


def make(path: Path, events: int) -> None:
    """A ledger with so many events, each told by two reports, and a spell for each taking of a town."""
    told: list[list[Claim]] = []
    with Ledger.open(path) as ledger:
        store = ledger.store
        run = store.log.begin_run("bench", "0")
        with store.transaction():
            for number in range(0, events, SENTENCES):
                for source in ("Outlet A", "Outlet B"):
                    document, record = report(range(number, min(number + SENTENCES, events)), source)
                    store.add(document, record, run)
                    told.append(list(record.claims))
        derived = [event(n, one, other) for n, one, other in pairs(told)]
        # As the ledger has them: place by place, so that what they rest on is read here and there.
        spells: dict[str, list[Spell]] = {}
        for one in sorted((spell(e) for e in derived if e.type == "seize"), key=lambda s: (s.place.key, str(s.since))):
            spells.setdefault(one.place.key, []).append(one)
        rows = shown(read_state(store, None, None), derived, spells, ())
        Now(store).keep(read_mark(store.backend), rows)


def pairs(told: Sequence[Sequence[Claim]]) -> Iterator[tuple[int, Claim, Claim]]:
    """The number of each event and its two claims."""
    number = 0
    for one, other in zip(told[::2], told[1::2], strict=True):
        for left, right in zip(one, other, strict=True):
            yield number, left, right
            number += 1


def day_of(number: int) -> date:
    """The day of an event; those of one report are of one day."""
    return BEGINS + timedelta(days=number // SENTENCES % DAYS)


def town(number: int) -> Place:
    """The town of an event."""
    index = number * 7919 % TOWNS
    lat, lon = 33 + index % 20 * 0.15, 36.2 + index // 20 * 0.2
    return Place(f"p{index}", f"Town {index}", "town", "SY", round(lat, 3), round(lon, 3), (), "exact", "", "02")


def report(numbers: Sequence[int], source: str) -> tuple[Document, Record]:
    """A report with a sentence for each event, and its record."""
    sentences = []
    for n in numbers:
        _, verb, by, _ = KINDS[n % len(KINDS)]
        dead, said = f", leaving {1 + n % 9} dead" if n % 3 == 0 else "", f"dispatch {n} of {source} said"
        sentences.append(f"{ACTORS[by][0].capitalize()} {verb} near {town(n).name} on day {day_of(n).day}, {said}{dead}.")
    text = " ".join(sentences)
    ident = document_id(text, source)
    ends = [sum(len(s) + 1 for s in sentences[: i + 1]) - 1 for i in range(len(sentences))]
    spans = tuple((end - len(s), end) for s, end in zip(sentences, ends, strict=True))
    day = day_of(numbers[0]) + timedelta(days=1)
    document = Document(ident, text, source, day, f"Report {numbers[0]}", name=f"{source}-{numbers[0]}", sentences=spans)
    actors = tuple(Actor(f"a{i}", name, kind, (), "SY") for i, (name, kind) in enumerate(ACTORS))
    claims = tuple(claim(n, i, document) for i, n in enumerate(numbers))
    return document, Record(ident, actors, tuple({p.id: p for p in map(town, numbers)}.values()), claims, extractor="bench")


def claim(number: int, index: int, document: Document) -> Claim:
    """The claim of a report about an event."""
    kind, verb, by, against = KINDS[number % len(KINDS)]
    start, end = document.sentences[index]
    at = document.text.index(f" {verb} ", start, end) + 1
    trigger = Evidence(document.id, Span(at, at + len(verb)), verb)
    figures: tuple[Figure, ...] = ()
    if number % 3 == 0:
        words = f"{1 + number % 9} dead"
        spot = document.text.index(words, start)
        said = Evidence(document.id, Span(spot, spot + len(words)), words)
        figures = (Figure("killed", "people", 1 + number % 9, 1 + number % 9, said),)
    when = When.of(day_of(number), day_of(number))
    return Claim(
        claim_id(document.id, kind, trigger.span), document.id, index, f"e{index}", kind, trigger, (f"a{by}",),
        (f"a{against}",), town(number).id, when=when, figures=figures, voice=(Voice("", "said"),), confidence=0.9,
    )  # fmt: skip


def event(number: int, one: Claim, other: Claim) -> Event:
    """The event that two claims tell of."""
    kind, _, by, against = KINDS[number % len(KINDS)]
    place = town(number)
    figures = tuple(
        EventFigure("killed", "people", f.low, f.high, False, "incident", None, "", source, c.id, str(BEGINS))
        for c, source in ((one, "Outlet A"), (other, "Outlet B"))
        for f in c.figures
    )
    origins = tuple(Origin(s, "media", False, (c.id,)) for s, c in (("Outlet A", one), ("Outlet B", other)))
    return Event(
        content_id("e", one.id, other.id), kind, (kind,),
        EventPlace(place.id, place.name, place.kind, place.country, place.lat, place.lon, place.precision), one.when,
        (ACTORS[by][0],), (ACTORS[against][0],), "happened", "news", (one.id, other.id), (one.document, other.document),
        origins, Grade("corroborated", "Two independent origins say so.", (one.id, other.id)), figures,
    )  # fmt: skip


def spell(taken: Event) -> Spell:
    """That the winner holds the town from then on."""
    if taken.place is None:
        raise ValueError("a taking has a place")
    return Spell(
        content_id("s", taken.id), taken.place, taken.initiator[0], "Syrian opposition", "control", taken.when, None,
        taken.when, taken.grade.name, (taken.id,), taken.claims,
    )  # fmt: skip


def measure(ledger: Path, arguments: list[str], goal: Path) -> dict[str, float]:
    """Seconds and peak megabytes of one export in a process of its own, and the size of what it wrote."""
    began = time.perf_counter()
    with (goal.parent / "told.txt").open("w") as told:
        child = subprocess.Popen([*COMMAND, "--ledger", str(ledger), "export", *arguments, "-o", str(goal)], stderr=told)
        _, status, used = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"export {arguments} failed:\n{(goal.parent / 'told.txt').read_text()[-2000:]}")
    found = sum(p.stat().st_size for p in goal.rglob("*")) if goal.is_dir() else goal.stat().st_size
    return {
        "wall_s": time.perf_counter() - began, "processor_s": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024,
        "written_mb": found / 1e6,
    }  # fmt: skip


def main() -> None:
    """Make the ledger, measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--events", type=int, default=100_000)
    ap.add_argument("--formats", nargs="*", default=(*NOTHING, *FORMATS), help="formats, or (events) or (everything)")
    ap.add_argument("--folder", type=Path, help="keep the ledger there, and use the one that is there")
    ap.add_argument("--json", type=Path)
    ap.add_argument("--only-make", action="store_true", help="make the ledger and measure nothing")
    a = ap.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(a.folder or name)
        folder.mkdir(parents=True, exist_ok=True)
        ledger = folder / f"{a.events}.db"
        if a.only_make:
            make(ledger, a.events)
            return
        if not ledger.exists():
            # In a process of its own: what a child is said to have used includes what its parent had when it began.
            again = [sys.executable, __file__, "--events", str(a.events), "--folder", str(folder), "--only-make"]
            subprocess.run(again, check=True)
        print(f"{'':<18}{'processor s':>12}{'wall s':>9}{'peak MB':>9}{'written MB':>12}")
        for form in a.formats:
            goal = Path(name) / form
            found = figures[form] = measure(ledger, NOTHING.get(form, [form]), goal)
            row = f"{found['processor_s']:>12.1f}{found['wall_s']:>9.1f}{found['peak_mb']:>9.0f}{found['written_mb']:>12.1f}"
            print(f"{form:<18}{row}", flush=True)
    if a.json:
        a.json.write_text(json.dumps({"events": a.events, "figures": figures}, indent=1))


if __name__ == "__main__":
    main()
