"""Prints what many reports cost and how well they are kept apart, by headlines that are nearly all of other events.

python eval/scale.py FILE [--size N]... [--json FILE] [--records FILE]

FILE is a CSV (gzipped or not) in UCDP's columns with `source_headline`. The headlines that stand in one row only are taken, in
the order of their days, each as a document of its row's day; the packaged extractor reads them. A pair of documents in one
event is right if their rows lie within 50 km and 3 days of each other. Many headlines are several in one, joined by ";", and
tell of more places than their row has: pairs that have such a part word for word in common are told apart from the others, and
`split` is the share of these pairs that was not joined. `right_or_same_words` counts a pair that has such a part as right.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from warledger.core import Event, View
from warledger.geo import distance_km
from warledger.ledger import Ledger

NEAR_KM = 50.0
NEAR_DAYS = 3
LATE = 3
"""So many headlines, spread over the days, are added one by one after the others."""
SIZES = (1_000, 3_000, 0)
"""0 is all there are."""
Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """The rows whose headline no other row has, by day and id."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    times = Counter(row["source_headline"] for row in rows)
    once = [row for row in rows if row["source_headline"].strip() and times[row["source_headline"]] == 1]
    return sorted(once, key=lambda row: (row["date_start"], float(row["id"])))


def write_documents(rows: list[Row], path: Path) -> None:
    """Each row's headline as a document of the row's first day."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            source = row["source_office"].split(";")[0].strip()
            told = {"doc": row["id"], "source": source, "date": row["date_start"][:10], "text": row["source_headline"]}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")


def are_near(one: Row, two: Row) -> bool:
    """Whether two rows lie within 50 km and 3 days of each other."""
    km = distance_km(*(float(row[c]) for row in (one, two) for c in ("latitude", "longitude")))
    return km <= NEAR_KM and _gap_days(one, two) <= NEAR_DAYS


def _gap_days(one: Row, two: Row) -> int:
    first, second = sorted((one, two), key=lambda row: row["date_start"])
    return max(0, (date.fromisoformat(second["date_start"][:10]) - date.fromisoformat(first["date_end"][:10])).days)


def _parts(row: Row) -> set[str]:
    return {part.strip() for part in row["source_headline"].split(";")}


def joined(view: View) -> Iterator[tuple[str, str]]:
    """The pairs of documents, by name, that tell of one event."""
    found: set[tuple[str, str]] = set()
    for event in view.events:
        found.update(combinations(sorted(_names(view, event)), 2))
    yield from sorted(found)


def _names(view: View, event: Event) -> set[str]:
    return {view.documents[document].name for document in event.documents}


def pairs_of_one_report(rows: list[Row]) -> set[tuple[str, str]]:
    """The pairs of rows, by id, that have a part of their headline in common."""
    with_part: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for part in _parts(row):
            with_part[part].append(row["id"])
    return {pair for found in with_part.values() for pair in combinations(sorted(found), 2)}


def quality(view: View, rows: list[Row]) -> dict[str, float]:
    """How many pairs of documents are joined, and which share of them is right."""
    of = {row["id"]: row for row in rows}
    one_report = pairs_of_one_report(rows)
    counts: Counter[str] = Counter()
    for pair in joined(view):
        for name in ("all", "of_one_report" if pair in one_report else "of_two_reports"):
            counts[name] += 1
            counts[f"{name} right"] += are_near(of[pair[0]], of[pair[1]])
    names = ("all", "of_one_report", "of_two_reports")
    figures: dict[str, float] = {f"joined_{name}": counts[name] for name in names}
    figures |= {f"right_{name}": counts[f"{name} right"] / counts[name] for name in names if counts[name]}
    if counts["all"]:
        figures["right_or_same_words"] = (counts["of_two_reports right"] + counts["of_one_report"]) / counts["all"]
    if one_report:
        figures["split"] = 1 - counts["of_one_report"] / len(one_report)
    alone = sum(len(event.documents) == 1 for event in view.events)
    return figures | {"events": len(view.events), "events_of_one_document": alone}


class Clock:
    """Wall and processor seconds of steps."""

    def __init__(self) -> None:
        self._laps: dict[str, list[float]] = defaultdict(list)
        self._began = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return time.perf_counter(), sum(u.ru_utime + u.ru_stime for u in used)

    def lap(self, name: str) -> None:
        """Note how long it was since the last lap."""
        now = self._now()
        for kind, before, after in zip(("s", "cpu_s"), self._began, now, strict=True):
            self._laps[f"{name}_{kind}"].append(after - before)
        self._began = self._now()

    def figures(self) -> dict[str, float]:
        """Seconds by step; the median where it was taken several times."""
        return {name: statistics.median(laps) for name, laps in self._laps.items()}


def measure(path: Path, size: int, records: Path | None) -> dict[str, float]:
    """A ledger of the first `size` headlines: without a few of them, and then with these, one after the other.

    A view of it is up to date when it is given, and reads events when it is asked for them: `read_all` is to read all.
    """
    rows = read_rows(path)[: size or None]
    late = {len(rows) * n // (LATE + 1) for n in range(1, LATE + 1)}
    with TemporaryDirectory() as made:
        folder = Path(made)
        write_documents([row for n, row in enumerate(rows) if n not in late], folder / "documents.jsonl")
        clock = Clock()
        with Ledger.open(folder / "scale.db") as ledger:
            ledger.add(folder / "documents.jsonl", records=records)
            clock.lap("add")
            ledger.view()
            clock.lap("reconcile")
        with Ledger.open(folder / "scale.db") as ledger:
            tuple(ledger.view().events)
            clock.lap("read_all")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        for n in sorted(late):
            write_documents([rows[n]], folder / "more.jsonl")
            with Ledger.open(folder / "scale.db") as ledger:
                clock.lap("between")
                added = ledger.add(folder / "more.jsonl", records=records)
                clock.lap("one_more_add")
                if added.new != 1 or added.not_extracted:
                    raise RuntimeError("the one document more was not new, or has no record")
                ledger.view()
                clock.lap("one_more_reconcile")
        with Ledger.open(folder / "scale.db") as ledger:
            figures = quality(ledger.view(), rows)
        size_mb = (folder / "scale.db").stat().st_size / 2**20
    told = {name: value for name, value in clock.figures().items() if not name.startswith("between")}
    return {"documents": len(rows), **figures, **told, "peak_mb": peak, "ledger_mb": size_mb}


def main() -> int:
    """Measure each size in a process of its own, so that the peak of memory is that size's."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file", type=Path)
    ap.add_argument("--size", type=int, action="append", help="how many headlines, 0 for all; may be given several times")
    ap.add_argument("--records", type=Path, help="records to take in the place of extraction, by the rows' ids")
    ap.add_argument("--json", type=Path, help="also write the figures to this file")
    ap.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    a = ap.parse_args()
    sizes = a.size or list(SIZES)
    if a.alone:
        print(json.dumps(measure(a.file, sizes[0], a.records)))
        return 0
    done = []
    for size in sizes:
        command = [sys.executable, __file__, str(a.file), "--size", str(size), "--alone"]
        command += ["--records", str(a.records)] if a.records is not None else []
        done.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
        for name, value in done[-1].items():
            print(f"{name:<28}{value:>12.3f}" if isinstance(value, float) else f"{name:<28}{value:>12}")
        print(flush=True)
    if a.json is not None:
        a.json.write_text(json.dumps(done, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
