"""Makes the network and all weights that are fitted beside it again: every step, with what it took.

    python -m train.recipe --corpus ../shared/corpus            hours on two cores; the packaged files are replaced at the end
    python -m train.recipe --corpus ../shared/corpus --quick    every step on a few reports, to see that it works; replaces none

Started again, it goes on after the last step that was finished, and fitting goes on where it was stopped. The steps work on a
copy of the package, so that each reads what those before it fitted, and the package is as it was until the last of them is
done. What a step prints stands in a file of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from train.small import write_small

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/warledger"
FITTED = (
    "model/data/network.onnx",
    "model/data/tables.json",
    "model/data/tokenizer.json",
    "model/data/sha256.json",
    "extract/data/roles.json",
    "extract/data/times.json",
    "extract/data/voices.json",
    "extract/data/named.json",
    "extract/data/events.json",
    "reconcile/data/weights.json",
)
"""The package's files that the steps make."""
WAITING = {"OMP_WAIT_POLICY": "PASSIVE"}
"""Threads that wait for one another sleep: beside other programs a step of fitting takes a third of the time so."""
SIDE_BY_SIDE = 2
"""Steps that run at once: two networks fitted with one core each take little longer than one fitted with two."""
TAIL = 15
"""Lines that are shown of what a failed step printed."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command of `train`: what it makes, by name, its module and arguments, and the steps whose work it reads."""

    name: str
    command: tuple[str, ...]
    after: tuple[str, ...]


def steps(corpus: Path, work: Path, package: Path, *, quick: bool) -> list[Step]:
    """The recipe: a step stands behind those that it comes after. `work` takes what is made on the way; `package` is the copy
    whose files are written.

    Quick, every network goes once through its reports. It reads nothing then, so that the steps after it go on with the network
    of the package.
    """
    first, second, third, teacher = (work / name for name in ("first", "second", "third", "teacher"))
    halves = {"half": work / "half", "other half": work / "other"}
    mpnet, lessons = work / "mpnet", work / "lessons.pickle"
    reports = ("--corpus", corpus)
    network = work / "packed" if quick else package / "model/data"
    unseeing = [x for half in halves.values() for x in ("--network", package / "model/data" if quick else half / "packed")]

    def step(name: str, after: Sequence[str], module: str, *arguments: object) -> Step:
        return Step(name, (f"train.{module}", *map(str, arguments)), tuple(after))

    def fit(name: str, after: Sequence[str], out: Path, epochs: int, *arguments: object) -> Step:
        return step(name, after, "fit", "--out", out, "--epochs", 1 if quick else epochs, *arguments)

    def student(name: str, out: Path, seed: int) -> Step:
        learned = ("--init", first / "network.pt", "--taught", lessons, "--passes", 1.5, "--lr", 2e-4, "--masked", 0.05)
        return fit(name, ["lessons"], out, 2, *reports, *learned, "--seed", seed)

    return [
        fit("teacher", [], teacher, 4, *reports, "--teacher", mpnet, "--lr", 7e-5, "--masked", 0.05),
        fit("first student", [], first, 9, *reports),
        step(
            "first student packed", ["first student"], "pack", "--floats",
            "--state", first / "network.pt", "--out", first / "packed",
        ),
        step("halves of the reports", [], "unseen", *reports, *(x for half in halves.values() for x in ("--out", half))),
        *(
            fit(f"network of the {name}", ["halves of the reports"], half / "model", 6, "--corpus", half, "--masked", 0.05)
            for name, half in halves.items()
        ),
        *(
            step(
                f"network of the {name} packed", [f"network of the {name}"], "pack", *reports,
                "--state", half / "model/network.pt", "--out", half / "packed",
            )
            for name, half in halves.items()
        ),
        step(
            "teacher packed", ["teacher"], "pack", "--floats",
            "--state", teacher / "network.pt", "--teacher", mpnet, "--out", teacher / "packed",
        ),
        step(
            "lessons", ["teacher packed", "first student packed"], "teach", *reports,
            "--model", teacher / "packed", "--model", first / "packed", "--out", lessons,
        ),
        student("second student", second, 1),
        student("third student", third, 2),
        step(
            "network", ["second student", "third student"], "pack", *reports,
            "--state", second / "network.pt", "--state", third / "network.pt", "--out", network,
        ),
        step("thresholds and calibration", ["network"], "tune", *reports, "--model", package / "model/data"),
        step(
            "weights of roles", ["thresholds and calibration"], "roles", *reports, "--out", package / "extract/data/roles.json"
        ),
        step(
            "weights of times, voices and names", ["weights of roles", *(f"network of the {name} packed" for name in halves)],
            "findings", *reports, *unseeing, "--out", package / "extract/data",
        ),
        step("weights of events", ["weights of times, voices and names"], "links", *reports, *unseeing, "--out", package),
    ]  # fmt: skip


class Diary:
    """Which steps are finished, each with its seconds; kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: dict[str, tuple[list[str], float]] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def agree(self, recipe: Sequence[Step]) -> bool:
        """Forget the steps that are others in `recipe`, and all that come after them; whether there were none."""
        kept: dict[str, tuple[list[str], float]] = {}
        for step in recipe:
            command, seconds = self.done.get(step.name, ((), 0))
            if tuple(command) == step.command and all(name in kept for name in step.after):
                kept[step.name] = (list(command), seconds)
        agreed = len(kept) == len(self.done)
        self._write(kept)
        return agreed

    def add(self, step: Step, seconds: float) -> None:
        """Note a finished step."""
        self._write({**self.done, step.name: (list(step.command), round(seconds, 1))})

    def _write(self, done: dict[str, tuple[list[str], float]]) -> None:
        self.done = done
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(done, indent=1) + "\n", "utf-8")
        part.replace(self.path)


def copy_package(source: Path, copy: Path, *, keep: bool) -> None:
    """Copy the package's code and data; with `keep`, the fitted files that the copy has stay as they are."""
    kept = {source / name for name in FITTED if keep and (copy / name).exists()}

    def ignored(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name == "__pycache__" or Path(folder, name) in kept]

    shutil.copytree(source, copy, ignore=ignored, dirs_exist_ok=True)


def put_back(copy: Path, package: Path) -> list[str]:
    """Replace the package's fitted files by those of its copy; the names of those that differ."""
    differ = [name for name in FITTED if (copy / name).read_bytes() != (package / name).read_bytes()]
    for name in differ:
        shutil.copyfile(copy / name, package / name)
    return differ


def minutes(seconds: float) -> str:
    """A length of time for people."""
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.0f} s"


def take(step: Step, path: Path, log: Path) -> float:
    """Run one step where `path` comes first, its output into `log`; its seconds. Raises SystemExit where it fails."""
    began = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as out:
        done = subprocess.run(
            [sys.executable, "-m", *step.command],
            cwd=ROOT,
            env=WAITING | os.environ | {"PYTHONPATH": os.pathsep.join((str(path), str(ROOT)))},
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    seconds = time.monotonic() - began
    if done.returncode:
        print(*log.read_text("utf-8", errors="replace").splitlines()[-TAIL:], sep="\n", file=sys.stderr)
        raise SystemExit(f"train: {step.name} failed after {minutes(seconds)}; all that it printed: {log}")
    return seconds


def take_all(recipe: Sequence[Step], diary: Diary, path: Path, logs: Path) -> None:
    """Run every step that is not finished as soon as those are that it comes after, two side by side.

    Where one fails, the other is let finish and the program ends.
    """
    waiting = {number: step for number, step in enumerate(recipe, 1) if step.name not in diary.done}
    running: dict[Future[float], tuple[int, Step]] = {}
    failed: list[BaseException] = []
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        while waiting or running:
            for number, step in list(waiting.items()):
                if len(running) < SIDE_BY_SIDE and all(name in diary.done for name in step.after):
                    print(f"{number:2}/{len(recipe)} {step.name}:  python -m {' '.join(step.command)}", flush=True)
                    log = logs / f"{number:02}-{step.name.replace(' ', '-')}.txt"
                    running[pool.submit(take, waiting.pop(number), path, log)] = (number, step)
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                number, step = running.pop(ended)
                if failure := ended.exception():
                    failed.append(failure)
                    waiting.clear()
                    continue
                diary.add(step, ended.result())
                print(f"{number:2}/{len(recipe)} {step.name}: {minutes(ended.result())}", flush=True)
    if failed:
        raise failed[0]


def main() -> None:
    """Take every step that is not finished."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--work", type=Path, help="for what is made on the way (build/train, or build/quick)")
    parser.add_argument("--quick", action="store_true", help="every step on a few reports; replaces no packaged file")
    args = parser.parse_args()
    work = (args.work or ROOT / "build" / ("quick" if args.quick else "train")).resolve()
    corpus = args.corpus.resolve()
    if not (corpus / "train.docs.jsonl").exists():
        raise SystemExit(f"train: no corpus in {args.corpus}; name its folder: make train SHARED=FOLDER")
    if args.quick:
        write_small(corpus, work / "corpus")
        corpus = work / "corpus"
    copy = work / "package/warledger"
    recipe = steps(corpus, work, copy, quick=args.quick)
    diary = Diary(work / "done.json")
    if not diary.agree(recipe):
        print("The recipe has changed: what comes after the change is made anew.", flush=True)
        for halted in work.rglob("resume.pt"):
            halted.unlink()
    copy_package(PACKAGE, copy, keep=bool(diary.done))
    if diary.done:
        print(f"{len(diary.done)} of {len(recipe)} steps are finished; remove {work} to begin anew.", flush=True)
    began = time.monotonic()
    take_all(recipe, diary, copy.parent, work / "log")
    took = minutes(sum(seconds for _, seconds in diary.done.values()))
    print(f"The {len(recipe)} steps took {took}, two side by side; this run of them took {minutes(time.monotonic() - began)}.")
    if args.quick:
        print(f"The packaged files are as they were; what would replace them lies in {copy}.")
        return
    print("Replaced in the package:", ", ".join(put_back(copy, PACKAGE)) or "nothing, all files are the same")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("train: stopped; the same command goes on from here") from None
