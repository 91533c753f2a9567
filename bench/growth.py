"""Measures how the cost of reconciling grows with the ledger, and what one more document costs, on an invented war (`war.py`).

    python bench/growth.py [--size N]... [--days N] [--json FILE]

Seconds are the processor's. Each size runs in a process of its own, so that the peak of memory is that size's.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import war
from warledger.ledger import Ledger

SIZES = (1_000, 3_000, 10_000)


def measure(size: int, days: int | None) -> dict[str, float]:
    """A ledger of `size` reports with their records, asked once, asked again, and given one report more."""
    figures: dict[str, float] = {"documents": size}

    def lap(name: str, began: float) -> None:
        figures[f"{name}_s"] = time.process_time() - began

    with TemporaryDirectory() as made:
        folder = Path(made)
        documents, records = war.write(size, folder / "first", days=days)
        more, its_record = war.write(size + 1, folder / "more", days=days, skip=size)
        for name, paths in (("first", (documents, records)), ("one_more", (more, its_record))):
            with Ledger.open(folder / "war.db") as ledger:
                began = time.process_time()
                added = ledger.add(paths[0], records=paths[1])
                lap(f"{name}_add", began)
                if added.new != (size if name == "first" else 1):
                    raise RuntimeError(f"{added.new} documents were added, not all that were made")
                began = time.process_time()
                ledger.view()
                lap(f"{name}_view", began)
            figures[f"{name}_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            with Ledger.open(folder / "war.db") as ledger:
                began = time.process_time()
                figures["events"] = len(ledger.view().events)
                lap(f"{name}_read_all", began)
        figures["ledger_mb"] = (folder / "war.db").stat().st_size / 2**20
    return figures


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--size", type=int, action="append")
    ap.add_argument("--days", type=int, help="how long the war is; by default as long as makes each day alike")
    ap.add_argument("--json", type=Path)
    ap.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.alone:
        print(json.dumps(measure(a.size[0], a.days)))
        return
    done = []
    for size in a.size or SIZES:
        command = [sys.executable, __file__, "--alone", "--size", str(size), *(["--days", str(a.days)] if a.days else [])]
        done.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
    for name in done[0]:
        print(f"{name:<24}" + "".join(f"{figures[name]:>12.2f}" for figures in done))
    if a.json:
        a.json.write_text(json.dumps(done, indent=1), "utf-8")


if __name__ == "__main__":
    main()
