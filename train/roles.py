"""Fits what tells who is a claim's initiator and target (`extract/data/roles.json`), by the training records.

    python -m train.roles [--corpus ../shared/corpus] [--out src/warledger/extract/data/roles.json]

The packaged network reads the training reports, which it knows by heart, so that its links are surer there than elsewhere:
noise of SIGMA is added to their log-odds, and other findings get the weight that they deserve beside a network that errs. An
actor that is annotated stands for one candidate, the likeliest, so that a second name of one actor is learned to be none. The
least chances are those with about the best F1 where each report is judged by weights that never saw it (five folds). Run it
when the network or its thresholds have changed. Needs numpy; the noise is seeded.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from train.links import FOLDS, ROOT, read_corpus

from warledger.core import Actor, Claim, Document, Record
from warledger.core.ids import fold
from warledger.extract import Extractor
from warledger.extract.casting import LEAST, ROLES, Candidate, Scene, Stage, Weights
from warledger.extract.links import Links

SIGMA = 1.0
"""Standard deviation of the noise on the network's log-odds. With it, they tell doers from others in training reports about as
well as they do in reports that the network has not seen.
"""
SEED = 7
UNLINKED = 0.012
"""The chance, before the noise, of a link that the network does not give."""
OFTEN = 40
"""A finding must be made this often to get a weight."""
RIDGE = 5.0
HERE = 0.5
"""Log-odds by which a mention in the claim's own sentence is the better one of two that stand for one annotated actor."""
SMALL = 0.02
"""Weights below this are left out."""
FLOORS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
TOLERANCE = 0.004
"""Of least chances about as good, the lowest are taken: a claim without its doer is of little use."""
ALONE = (0.05, 0.1, 0.15, 0.2)
"""How much less chance is asked of the likeliest."""

Rows = Sequence[tuple[int, Mapping[str, float], bool, frozenset[int]]]
"""Candidates for a role: the actor (by index), its findings, whether it fills the role, and whom it could stand for."""


@dataclass(frozen=True, slots=True)
class Case:
    """One claim: its document's number, and by role its candidates and how many actors the record gives."""

    document: int
    rows: Mapping[str, Rows]
    gold: Mapping[str, int]


def unsure(links: Links, here: Sequence[int], rng: np.random.Generator) -> Links:
    """`links` with noise on their log-odds; `here` are the mentions of the trigger's sentence, which may get a link by it."""
    roles = dict(links.roles)
    for role in ROLES:
        chances = dict.fromkeys(here, UNLINKED) | dict(links.roles[role])
        found = []
        for mention, chance in sorted(chances.items()):
            score = math.log(chance / (1 - min(chance, 1 - 1e-6))) + rng.normal(0, SIGMA)
            found.append((mention, 1 / (1 + math.exp(-score))))
        roles[role] = tuple((m, c) for m, c in found if c > LEAST)
    return replace(links, roles=roles)


def cases_of(extractor: Extractor, number: int, document: Document, gold: Record, rng: np.random.Generator) -> Iterator[Case]:
    """The claims of a document that the extractor finds with their type."""
    record, reading = extractor.known(document, extractor.read(document))
    actors = {a.id: a for a in gold.actors}
    stage = Stage(reading)
    links = [unsure(x, stage.of_sentence[t.sentence], rng) for x, t in zip(reading.links, reading.tagged.triggers, strict=True)]
    stage = Stage(replace(reading, links=links))
    for n, trigger in enumerate(reading.tagged.triggers):
        claim = next((c for c in gold.claims if c.type == trigger.type and c.span.overlaps(trigger.span)), None)
        if claim is None:
            continue
        scene = Scene(stage, n, links[n])
        wanted = {role: [actors[i] for i in _fillers(claim, role)] for role in ROLES}
        rows = {role: _rows(scene, role, wanted[role], record.actors) for role in ROLES}
        yield Case(number, rows, {role: len(wanted[role]) for role in ROLES})


def _fillers(claim: Claim, role: str) -> tuple[str, ...]:
    return claim.initiator if role == "initiator" else claim.target


def _rows(scene: Scene, role: str, wanted: Sequence[Actor], actors: Sequence[Actor]) -> Rows:
    stands = [frozenset(k for k, gold in enumerate(wanted) if is_same(gold, actors[one.owner])) for one in scene.cast]

    def strength(at: int) -> tuple[float, int]:
        one: Candidate = scene.cast[at]
        return one.logit(role) + HERE * bool(one.here), -at

    best = {max((n for n, whom in enumerate(stands) if k in whom), key=strength) for k in frozenset().union(*stands)}
    return [(one.owner, scene.findings(one, role), n in best, stands[n]) for n, one in enumerate(scene.cast)]


def is_same(one: Actor, other: Actor) -> bool:
    """Whether two actors share a name or a mention, as the guide's scorer has it."""
    return fold(one.name) == fold(other.name) or any(m.span.overlaps(n.span) for m in one.mentions for n in other.mentions)


def fit(cases: Sequence[Case], role: str) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a role."""
    return logistic([(found, right) for case in cases for _, found, right, _ in case.rows[role]], OFTEN, RIDGE)


def logistic(rows: Sequence[tuple[Mapping[str, float], bool]], least: int, ridge_of: float) -> tuple[float, dict[str, float]]:
    """Intercept and weights of what is found, for those found `least` times or more: logistic regression with a ridge penalty,
    by Newton's method with conjugate gradients.
    """
    often = Counter(name for found, _ in rows for name in found)
    names = sorted(name for name, count in often.items() if count >= least)
    column = {name: n for n, name in enumerate(names)}
    cells = [(r, column[name], value) for r, row in enumerate(rows) for name, value in row[0].items() if name in column]
    cells += [(r, len(names), 1.0) for r in range(len(rows))]
    at, of = (np.array([cell[k] for cell in cells]) for k in (0, 1))
    value = np.array([cell[2] for cell in cells])
    label = np.array([row[1] for row in rows], float)
    ridge = np.append(np.full(len(names), ridge_of), 1e-3)
    beta = np.zeros(len(ridge))

    def forward(x: np.ndarray) -> np.ndarray:
        return np.bincount(at, value * x[of], minlength=len(rows))

    def back(x: np.ndarray) -> np.ndarray:
        return np.bincount(of, value * x[at], minlength=len(ridge))

    for _ in range(15):
        p = 1 / (1 + np.exp(-np.clip(forward(beta), -30, 30)))
        weight = p * (1 - p) + 1e-9
        scale = np.bincount(of, value * value * weight[at], minlength=len(ridge)) + ridge
        rest = back(p - label) + ridge * beta
        step, way = np.zeros(len(ridge)), rest / scale
        norm = rest @ way
        least = 1e-6 * norm
        for _ in range(60):
            bent = back(weight * forward(way)) + ridge * way
            length = norm / (way @ bent)
            step, rest = step + length * way, rest - length * bent
            before, norm = norm, rest @ (rest / scale)
            if norm < least:
                break
            way = rest / scale + norm / before * way
        beta = beta - step * min(1.0, 4 / max(1e-9, np.abs(step).max()))
        if np.abs(step).max() < 5e-3:
            break
    return float(beta[-1]), {name: float(x) for name, x in zip(names, beta, strict=False)}


def fit_all(cases: Sequence[Case]) -> Weights:
    """The weights of both roles, without least chances."""
    fitted = {role: fit(cases, role) for role in ROLES}
    return Weights({r: fitted[r][0] for r in ROLES}, {r: fitted[r][1] for r in ROLES}, {}, {})


def tally(case: Case, chances: Mapping[str, Mapping[int, float]], role: str, floor: float, alone: float) -> np.ndarray:
    """How many actors are right in a role, how many are given and how many are found."""
    mine, yours = chances[role], chances[ROLES[1 - ROLES.index(role)]]
    kept: list[frozenset[int]] = []
    for owner, _, _, whom in sorted(case.rows[role], key=lambda row: -mine[row[0]]):
        if mine[owner] < (floor if kept else alone):
            break
        if mine[owner] >= yours[owner]:
            kept.append(whom)
    met: set[int] = set()
    for whom in kept:
        met |= set(sorted(whom - met)[:1])
    return np.array([len(met), case.gold[role], len(kept)])


def with_floors(cases: Sequence[Case]) -> Weights:
    """The weights by all cases, and the least chances that are best in cross-validation."""
    tried = list(product(FLOORS, ALONE))
    sums = {(role, *row): np.zeros(3) for role in ROLES for row in tried}
    for k in range(FOLDS):
        weights = fit_all([case for case in cases if case.document % FOLDS != k])
        for case in (case for case in cases if case.document % FOLDS == k):
            chances = {r: {owner: weights.chance(r, found) for owner, found, _, _ in case.rows[r]} for r in ROLES}
            for role, floor, less in sums:
                sums[role, floor, less] += tally(case, chances, role, floor, floor - less)
    best = {}
    for role in ROLES:
        f1 = {row: 2 * sums[role, *row][0] / max(1.0, sums[role, *row][1:].sum()) for row in tried}
        good = [row for row in tried if f1[row] >= max(f1.values()) - TOLERANCE]
        best[role] = min(good, key=lambda row: (row[0] - row[1], row))
        print(
            f"{role}: least chances {best[role]} give F1 {f1[best[role]]:.3f} in cross-validation, with noise", file=sys.stderr
        )
    floor = {role: best[role][0] for role in ROLES}
    return replace(fit_all(cases), floor=floor, alone={role: floor[role] - best[role][1] for role in ROLES})


def write(path: Path, weights: Weights) -> None:
    """Write the weights as JSON, rounded."""
    out = {
        role: {
            "floor": round(weights.floor[role], 3),
            "alone": round(weights.alone[role], 3),
            "intercept": round(weights.intercept[role], 4),
            "levels": {name: round(x, 3) for name, x in sorted(weights.levels[role].items()) if abs(x) >= SMALL},
        }
        for role in ROLES
    }
    path.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=Path, default=ROOT / "src/warledger/extract/data/roles.json")
    args = parser.parse_args()
    documents, gold = read_corpus(args.corpus, "train")
    extractor, rng = Extractor.load(), np.random.default_rng(SEED)
    cases: list[Case] = []
    for number, name in enumerate(sorted(documents)):
        cases += cases_of(extractor, number, documents[name], gold[name], rng)
    write(args.out, with_floors(cases))
    print(f"{time.process_time():.0f} s of processor time", file=sys.stderr)


if __name__ == "__main__":
    main()
