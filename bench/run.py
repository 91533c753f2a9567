"""Measures what a user waits for and what it costs: start-up, first record, documents a second, peak memory, on this machine.

    python bench/run.py [--documents 1000] [--json FILE]

The documents are made from the example dossier, about 300 words each, and none is the same as another.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = [str(Path(sys.executable).parent / "warledger")]
WORDS = 300
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As a user has it: Python keeps what it compiles, so that no command has to compile warledger again."""
ADDED = 200
"""Documents that are added to a ledger. They share paragraphs: more would tell of an event more often than news does."""


def make_documents(count: int, path: Path) -> None:
    """Write `count` documents of about WORDS words, each with paragraphs of the dossier in an order of its own."""
    paragraphs = [
        part.strip()
        for file in sorted((ROOT / "examples" / "dossier").glob("*.txt"))
        for part in file.read_text("utf-8").split("\n\n")[1:]
        if len(part.split()) > 12
    ]
    draw = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            draw.shuffle(paragraphs)
            chosen: list[str] = []
            for part in paragraphs:
                chosen.append(part)
                if sum(len(p.split()) for p in chosen) >= WORDS:
                    break
            day = f"2024-12-{1 + number % 28:02d}"
            row = {"doc": f"bench{number}", "source": f"Example Source {number % 9}", "date": day, "text": "\n".join(chosen)}
            out.write(json.dumps(row) + "\n")


def start_up(arguments: list[str], runs: int = 9) -> float:
    """Median seconds from start to end of a command."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([*COMMAND, *arguments], check=True, capture_output=True, env=ENVIRONMENT)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def memory_kb(process: int) -> int:
    """Memory of a process and all that it started, in kilobytes; what several of them share is counted once (Linux)."""
    folder = Path("/proc") / str(process)
    try:
        told = (folder / "smaps_rollup").read_text()
        children = (folder / "task" / str(process) / "children").read_text().split()
    except OSError:  # it has ended meanwhile
        return 0
    own = next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)
    return own + sum(memory_kb(int(child)) for child in children)


def stream(arguments: list[str], cwd: Path) -> tuple[float, float, float]:
    """Seconds to the first line of output, and to the end; the most memory of all its processes together, in MB."""
    began = time.perf_counter()
    most = 0
    ended = threading.Event()
    command = [*COMMAND, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=cwd, env=ENVIRONMENT) as process:

        def watch() -> None:
            nonlocal most
            while not ended.wait(0.2):
                most = max(most, memory_kb(process.pid))

        watching = threading.Thread(target=watch)
        watching.start()
        if process.stdout is None:
            raise RuntimeError("the command gave no output to read")
        process.stdout.readline()
        first = time.perf_counter() - began
        for _ in process.stdout:
            pass
    took = time.perf_counter() - began
    ended.set()
    watching.join()
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with status {process.returncode}")
    return first, took, most / 1024


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--documents", type=int, default=1000, help="how many are read by `extract`")
    ap.add_argument("--json", type=Path)
    a = ap.parse_args()
    figures: dict[str, float] = {"cores": os.cpu_count() or 1}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_documents(a.documents, folder / "bench.jsonl")
        make_documents(ADDED, folder / "added.jsonl")
        make_documents(8, folder / "few.jsonl")
        stream(["extract", "few.jsonl", "--format", "records"], folder)
        figures["help_s"] = start_up(["--help"])
        first, total, memory = stream(["extract", "bench.jsonl", "--format", "records"], folder)
        figures |= {"first_record_s": first, "extract_documents_per_s": a.documents / total, "extract_peak_mb": memory}
        _, total, memory = stream(["--ledger", "bench.db", "add", "added.jsonl"], folder)
        figures |= {"add_documents_per_s": ADDED / total, "add_peak_mb": memory}
        figures["brief_s"] = start_up(["--ledger", str(folder / "bench.db"), "brief", "--format", "txt"], runs=3)
    for key, value in figures.items():
        print(f"{key:<26}{value:>10.2f}")
    if a.json:
        a.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
