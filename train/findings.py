"""Fits small weights beside the network: which undated claims are of the day (`extract/data/times.json`), who says what
(`voices.json`), and which names of places are kept (`named.json`).

    python -m train.findings [--corpus ../shared/corpus] [--out src/warledger/extract/data]

By the training reports, each read by a network that never saw it (`train/unseen.py`). The least chances are those that are best
where each report is judged by weights that never saw it (five folds). Run it when the network has changed. Nothing is random.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from train.links import FOLDS, ROOT
from train.roles import SMALL, is_same, logistic
from train.unseen import NETWORKS, unseen

from warledger.core import Claim, Document, Record
from warledger.core.span import Span
from warledger.extract import Extractor, casting, claim_times, claims, named, speaking
from warledger.extract.weighing import Weights, load_weights

OFTEN = 15
"""A finding must be made this often to get a weight."""
RIDGE = 4.0
LEAST = tuple(x / 20 for x in range(2, 15))
"""Least chances that are tried."""
TOLERANCE = 0.005
"""Of least chances about as good, the highest is taken for times, since a wrong day joins claims and parts them, and the lowest
for voices, since a claim without its speaker is told as the report's own word.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One decision: the report's number, the findings, whether yes is right, and whether no is. `pair` and `of` tell decisions
    that exclude each other, and what of the record a yes stands for.
    """

    report: int
    found: dict[str, float]
    right: bool
    no: bool
    pair: tuple[str, str] = ("", "")
    of: int = -1


def gold_of(gold: Record, kind: str, span: Span) -> Claim | None:
    """The annotated claim of a type whose trigger overlaps a span."""
    return next((c for c in gold.claims if c.type == kind and c.span.overlaps(span)), None)


def undated(number: int, extractor: Extractor, document: Document, gold: Record) -> Iterator[Case]:
    """The claims that no words date."""
    _, reading = extractor.known(document, extractor.read(document))
    said, scene = claim_times.read_times(reading)
    for n, (trigger, day) in enumerate(zip(reading.tagged.triggers, claim_times.days_of_undated(reading, said), strict=True)):
        claim = gold_of(gold, trigger.type, trigger.span)
        if said[n] is None and day is not None and claim is not None:
            yield Case(number, scene.findings(n), claim.when == day, claim.when is None)


def speakers(number: int, extractor: Extractor, document: Document, gold: Record) -> Iterator[Case]:
    """The actors that may say each claim, and (with nothing found) who says it."""
    record, reading = extractor.known(document, extractor.read(document))
    stage = casting.Stage(reading)
    actors = {a.id: a for a in gold.actors}
    for n, trigger in enumerate(reading.tagged.triggers):
        claim = gold_of(gold, trigger.type, trigger.span)
        if claim is None:
            continue
        hearing = speaking.Hearing(stage, n, reading.links[n])
        who = actors.get(claim.voice[0].who) if claim.voice else None
        for one in hearing.speakers:
            right = who is not None and is_same(who, record.actors[one.owner])
            yield Case(number, hearing.findings(one), right, not right, (str(n), ""), n)
        if claim.voice:
            yield Case(number, {}, right=True, no=False, of=n)


def names(number: int, extractor: Extractor, document: Document, gold: Record) -> Iterator[Case]:
    """The mentions of places, each with the findings for its name, and (with nothing found) those that are annotated."""
    tagged = extractor.read(document)
    _, reading = extractor.known(document, tagged)
    used = named.used_by(claims.told(reading, [0.5] * len(tagged.triggers)).claims)
    naming, annotated = named.Naming(reading), [m.span for place in gold.places for m in place.mentions]
    for name in named.names_of(reading.places.places):
        found = naming.findings(name, used)
        for mention in name.mentions:
            right = any(mention.span.overlaps(span) for span in annotated)
            yield Case(number, found, right, not right)
    for _ in annotated:
        yield Case(number, {}, right=True, no=False)


def judged(cases: Sequence[Case]) -> list[float]:
    """The chance of each case by weights that never saw its report."""
    chances = [0.0] * len(cases)
    for k in range(FOLDS):
        weights = weights_of([c for c in cases if c.report % FOLDS != k])
        for n, case in enumerate(cases):
            if case.report % FOLDS == k:
                chances[n] = weights.chance(case.found)
    return chances


def weights_of(cases: Sequence[Case], least: float = 0.5) -> Weights:
    """The weights by all cases that find something."""
    intercept, levels = logistic([(c.found, c.right) for c in cases if c.found], OFTEN, RIDGE)
    return Weights(intercept, levels, least)


def f1_of_days(cases: Sequence[Case], chances: Sequence[float], least: float) -> float:
    """F1 of the days that are likely enough."""
    given = [c for c, p in zip(cases, chances, strict=True) if p >= least]
    return 2 * sum(c.right for c in given) / max(1, len(given) + sum(not c.no for c in cases))


def f1_of_pairs(cases: Sequence[Case], chances: Sequence[float], least: float) -> float:
    """F1 of what is likely enough, one of each pair; cases without findings are what there is to find."""
    best: dict[tuple[int, tuple[str, str]], tuple[float, int]] = {}
    for n, (case, chance) in enumerate(zip(cases, chances, strict=True)):
        if case.found and chance >= least:
            key = case.report, case.pair
            best[key] = max(best.get(key, (chance, -n)), (chance, -n))
    kept = [cases[-n] for _, n in best.values()]
    right = len({(c.report, c.of) for c in kept if c.right})
    return 2 * right / max(1, len(kept) + sum(not c.found for c in cases))


def f1_of_all(cases: Sequence[Case], chances: Sequence[float], least: float) -> float:
    """F1 of what is likely enough; cases without findings are what there is to find."""
    kept = [c for c, p in zip(cases, chances, strict=True) if c.found and p >= least]
    return 2 * sum(c.right for c in kept) / max(1, len(kept) + sum(not c.found for c in cases))


Read = Callable[[int, Extractor, Document, Record], Iterator[Case]]
Score = Callable[[Sequence[Case], Sequence[float], float], float]


@dataclass(frozen=True, slots=True)
class Task:
    """How cases are read and scored, and which of the least chances within the tolerance of the best is `taken`."""

    read: Read
    score: Score
    tolerance: float
    taken: Callable[[Iterable[float]], float]


TASKS = {
    "times": Task(undated, f1_of_days, TOLERANCE, max),
    "voices": Task(speakers, f1_of_pairs, TOLERANCE, min),
    "named": Task(names, f1_of_all, 0.0, min),
}


def fitted(name: str, cases: Sequence[Case]) -> Weights:
    """The weights of a task by all its cases, with the least chance that is about as good as the best."""
    task, chances = TASKS[name], judged(cases)
    scores = {least: task.score(cases, chances, least) for least in LEAST}
    least = task.taken(x for x in LEAST if scores[x] >= max(scores.values()) - task.tolerance)
    print(f"{name}: {len(cases)} cases, {scores[least]:.3f} from {least} in cross-validation", file=sys.stderr)
    return weights_of(cases, least)


def write(path: Path, weights: Weights) -> None:
    """Write the weights as JSON, rounded."""
    levels = {name: round(x, 3) for name, x in sorted(weights.levels.items()) if abs(x) >= SMALL}
    out = {"least": weights.least, "intercept": round(weights.intercept, 4), "levels": levels}
    path.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read, fit and write, one after the other: what is weighed later reads what was fitted before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=Path, default=ROOT / "src/warledger/extract/data")
    parser.add_argument("--task", action="append", choices=sorted(TASKS))
    parser.add_argument("--network", type=Path, action="append", help="of the first half of the reports, then of the other")
    args = parser.parse_args()
    reports = list(unseen(args.corpus, args.network or NETWORKS))
    for name in args.task or TASKS:
        cases = [case for n, report in enumerate(reports) for case in TASKS[name].read(n, *report)]
        write(args.out / f"{name}.json", fitted(name, cases))
        load_weights.cache_clear()
    print(f"{time.process_time():.0f} s of processor time", file=sys.stderr)


if __name__ == "__main__":
    main()
