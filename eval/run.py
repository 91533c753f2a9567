"""Prints the figures of each task, the trivial baseline beside them, and fails where one is below its floor.

python eval/run.py [--task NAME]... [--shared ../shared] [--json FILE] [--set-floors]

Tasks: claims (the guide's scores on the development documents), links (how their claims are joined into events, end to end and
given the annotated claims), calibration (of the claims' confidence), flip (other names of actors), satp (public test sets, from
the claims by a fitted read-out) and polnear (public attributions). Without --task: the first four.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from dataclasses import replace
from pathlib import Path

from corpora import DEV, Corpora, Json, read_packed
from joins import LINKS, links_task

from warledger.core import Document
from warledger.evaluate import calibration, flip, polnear, satp
from warledger.evaluate.baseline import predict
from warledger.evaluate.floors import below, data_hash, read_floors, with_floors

Figures = dict[str, float]
Measured = tuple[Figures, Figures]
"""The extractor's figures and the baseline's."""

HERE = Path(__file__).parent
QUICK = ("claims", "links", "calibration", "flip")
HELD = {
    "claims": (
        "trigger claim what initiator target voice place when_overlap when_exact figures status_rare frame_background whole"
        " actor_mentions place_mentions relations"
    ).split(),
    "links": [f"{prefix}{k}" for prefix in ("", "given_") for k in ("pairs_f1", "pairs_precision", "b3_f1", "b3_precision")],
    "calibration": ["calibrated"],
    "flip": ["kept", "roles_kept"],
    "satp": ["deaths_exact", "perpetrator_accuracy", "action_micro_f1"],
    "polnear": ["source", "cue", "content"],
}
"""The figures that get a floor."""


def claims_task(data: Corpora) -> Measured:
    """The guide's scores on the development documents."""
    score = data.scorer.score
    trivial = [predict(data.words, d, data.place_names) for d in data.dev_rows]
    return score(data.gold, data.predicted), score(data.gold, trivial)


def calibration_task(data: Corpora) -> Measured:
    """How well the claims' confidence says how many are right, on a scale fitted on other development documents than theirs.

    The packaged scale, which is fitted on all of them, is measured beside it; the baseline is always sure.
    """
    packaged = calibration.outcomes(data.gold, data.predicted, data.scorer.pair)
    scored = [calibration.outcomes([g], [p], data.scorer.pair) for g, p in zip(data.gold, data.scored, strict=True)]
    honest = calibration.cross_fitted(scored)
    error = calibration.calibration_error(honest)
    trivial = [(1.0, right) for _, right in packaged]
    figures = {
        "ece": error,
        "calibrated": 1 - error,
        "brier": calibration.brier(honest),
        "ece_by_chance": calibration.chance_error(honest),
        "ece_in_sample": calibration.calibration_error(packaged),
    }
    of_trivial = calibration.calibration_error(trivial)
    return figures, {"ece": of_trivial, "calibrated": 1 - of_trivial, "brier": calibration.brier(trivial)}


def flip_task(data: Corpora) -> Measured:
    """The share of claims that change when the actors of their sentence have other names; of two sides, both or neither."""
    kinds = {"sides": (flip.flip_sides, flip.left_whole), "names": (flip.flip_names, lambda _, sentences, __: sentences)}
    total, trivial = {}, {}
    for name, (make, sound) in kinds.items():
        flips = [(make(d.text), d, n) for n, d in enumerate(data.documents)]
        flips = [row for row in flips if row[0].edits]
        after = data.extract([_flipped(f, d) for f, d, _ in flips])
        total[name], trivial[name] = flip.Changes(), flip.Changes()
        for (f, d, n), record in zip(flips, after, strict=True):
            sentences = sound(f, d.sentences, data.predicted[n])
            total[name] += flip.changes(f, sentences, data.predicted[n], record)
            row = data.dev_rows[n]
            words = [predict(data.words, row | {"text": text}, data.place_names) for text in (f.old, f.text)]
            trivial[name] += flip.changes(f, sentences, *words)
    return _flip_figures(total), _flip_figures(trivial)


def _flipped(made: flip.Flip, document: Document) -> Document:
    return replace(document, text=made.text, sentences=tuple(made.span(s) for s in document.sentences))


def _flip_figures(found: dict[str, flip.Changes]) -> Figures:
    both = sum(found.values(), flip.Changes())
    return {
        "claims": both.claims,
        "changed": both.share("core"),
        "changed_lost_or_new": both.share("any"),
        **{f"changed_{name}": c.share("core") for name, c in found.items()},
        **{name: both.share(name) for name in ("lost", "new", "type", "status", "figures", "roles")},
        "kept": 1 - both.share("any"),
        "roles_kept": 1 - both.share("roles"),
    }


def satp_task(data: Corpora) -> Measured:
    """The public test sets, from the claims by a read-out that is fitted on their training rows."""

    def read(name: str) -> tuple[list[Json], list[Json]]:
        rows = read_packed(data.public / f"satp_{name}.jsonl.gz")
        return rows, data.extract([Document(str(n), r["text"], "", None) for n, r in enumerate(rows)], satp.EAGER)

    train, records = read("train")
    readout = satp.fit(records, train)
    figures, trivial = Figures(), Figures()
    for name in satp.TASKS:
        rows, found = read(f"{name}_test")
        golds = [r["gold"] for r in rows]
        figures |= satp.score(name, golds, satp.answers(name, readout, found))
        for baseline, answers in satp.trivial(name, train, [r["text"] for r in rows]).items():
            more = satp.score(name, golds, answers)
            trivial |= more if baseline == "majority" else {f"{k} ({baseline})": x for k, x in more.items()}
    return figures, trivial


def polnear_task(data: Corpora) -> Measured:
    """Sources, cues and contents of attributions, from the tags of actors and reporting words."""
    rows = read_packed(data.public / "polnear_dev.jsonl.gz")
    gold = [r["attributions"] for r in rows]
    as_it_is = [polnear.attributions(r["text"], *data.tags(r["text"])) for r in rows]
    found = [polnear.attributions(r["text"], *data.tags(r["text"], polnear.EAGER)) for r in rows]
    trivial = [polnear.attributions(r["text"], *polnear.trivial_tags(r["text"])) for r in rows]
    plain = {f"{k} (no read-out)": x for k, x in polnear.score(gold, as_it_is).items()}
    return polnear.score(gold, found) | plain, polnear.score(gold, trivial)


TASKS = {
    "claims": (claims_task, DEV),
    "links": (links_task, [*DEV, LINKS]),
    "calibration": (calibration_task, DEV),
    "flip": (flip_task, DEV),
    "satp": (satp_task, [f"public/satp_{n}.jsonl.gz" for n in ("train", *(f"{t}_test" for t in satp.TASKS))]),
    "polnear": (polnear_task, ["public/polnear_dev.jsonl.gz"]),
}
"""Each task and the files of the corpora that its figures are of."""


def table(task: str, figures: Figures, trivial: Figures) -> str:
    """One line a figure, the baseline's beside it."""
    lines = [f"{task:<34}{'warledger':>10}{'baseline':>10}"]
    for name in {**figures, **trivial}:
        cells = (row.get(name, math.nan) for row in (figures, trivial))
        lines.append(
            f"{name:<34}" + "".join(f"{'-' if x != x else x if isinstance(x, int) else f'{x:.3f}':>10}" for x in cells)
        )
    return "\n".join(lines)


def main() -> int:
    """Run the tasks whose data is there."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--task", action="append", choices=sorted(TASKS), help="may be given several times")
    ap.add_argument("--json", type=Path, help="also write the figures to this file")
    ap.add_argument(
        "--set-floors", action="store_true", help="set the floors of the tasks that are run a little under their figures"
    )
    a = ap.parse_args()
    floors_file = HERE / "floors.json"
    data, done, faults = Corpora(a.shared), {}, []
    for name in a.task or QUICK:
        measure, files = TASKS[name]
        paths = [data.folder / f for f in files]
        if not all(p.exists() for p in paths):
            print(f"{name}: its data is not here; it was not measured", file=sys.stderr)
            continue
        began = time.monotonic()
        figures, trivial = measure(data)
        done[name] = {"figures": figures, "baseline": trivial}
        print(table(name, figures, trivial), f"took {time.monotonic() - began:.1f} s\n", sep="\n", flush=True)
        if a.set_floors:
            held = {k: figures[k] for k in HELD[name]}
            floors_file.write_text(with_floors(floors_file, name, data_hash(paths), held), "utf-8")
        hashes, floors = read_floors(floors_file)
        if name not in hashes:
            print(f"{name}: has no floors", file=sys.stderr)
            continue
        faults += below(floors, name, figures)
        if hashes[name] != data_hash(paths):
            faults.append(f"{name}: the data is not the data that the floors were set on")
    if a.json:
        a.json.write_text(json.dumps(done, indent=1), "utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
