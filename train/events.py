"""Which claims of one report are one event, learned from what networks read in training reports that they never saw.

A claim that was read stands for the gold claim whose trigger it overlaps; a pair has a label where both stand for one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from train.links import FOLDS, fit_logistic, scores, show, tally

from warledger.core import Claim, Document, Record
from warledger.extract import Extractor
from warledger.extract.claim_events import compared, gathered
from warledger.extract.event_levels import Told, Weights

JOIN_AT = tuple(x / 4 for x in range(-8, 5))
"""Thresholds that are tried, in log-odds."""
TOLERANCE = 0.005
"""A lower threshold is taken if it costs at most this of the B-cubed F1: what a report leaves apart parts the events of several
as well (on the development reports their pairs have F1 0.673 with -0.75 and 0.461 with -0.5).
"""


@dataclass(frozen=True, slots=True)
class Read:
    """One report as the extractor reads it before its claims are gathered into events, and the gold event of each claim id."""

    record: Record
    told: Told
    event: Mapping[str, str]

    def gathered(self, weights: Weights) -> Record:
        """The record with the events that `weights` make."""
        return replace(self.record, claims=gathered(self.told, weights))


def gold_of(read: Iterable[Claim], gold: Record) -> dict[str, str]:
    """Claim id of the extractor's → gold claim id, by overlapping triggers, first come first served."""
    out: dict[str, str] = {}
    for claim in sorted(read, key=lambda c: (c.span, c.type)):
        over = [g for g in gold.claims if g.span.start < claim.span.end and claim.span.start < g.span.end]
        if over:
            out[claim.id] = min(over, key=lambda g: (g.type != claim.type, abs(g.span.start - claim.span.start), g.id)).id
    return out


def read_all(reports: Iterable[tuple[Extractor, Document, Record]]) -> list[Read]:
    """What is read in reports, each by its extractor (a tenth of a second each)."""
    out = []
    for number, (extractor, document, gold) in enumerate(reports, 1):
        record, told = extractor.told(document)
        out.append(labelled(record, told, gold))
        if number % 100 == 0:
            print(f"read {number} reports", file=sys.stderr, flush=True)
    return out


def labelled(record: Record, told: Told, gold: Record) -> Read:
    """A report that was read, with its labels."""
    event = {c.id: c.event for c in gold.claims}
    return Read(record, told, {c: event[g] for c, g in gold_of(told.claims, gold).items()})


def fit_weights(reads: Sequence[Read], join_at: float = 0.0) -> Weights:
    """The weights of what tells one event within a report, by all labelled pairs."""
    levels, labels = [], []
    for read in reads:
        ids = [claim.id for claim in read.told.claims]
        for m, n, found in compared(read.told):
            if ids[m] in read.event and ids[n] in read.event:
                levels.append(found)
                labels.append(read.event[ids[m]] == read.event[ids[n]])
    fitted = fit_logistic(levels, labels, prior={})
    return Weights(fitted.intercept, fitted.levels, join_at)


def fit_events(reads: Sequence[Read]) -> Weights:
    """The weights by all reports, and the lowest threshold whose B-cubed F1 lies within the tolerance of the best, where each
    report is gathered by weights that never saw it: five folds, every fifth report in one.
    """
    tallies = {join_at: np.zeros(6) for join_at in JOIN_AT}
    for fold in range(FOLDS):
        weights = fit_weights([read for n, read in enumerate(reads) if n % FOLDS != fold])
        for read in reads[fold::FOLDS]:
            for join_at in JOIN_AT:
                tallies[join_at] += tally_of(read, replace(weights, join_at=join_at))
    for join_at, sums in tallies.items():
        show(f"events of one report, cross-validation, join at {join_at}", scores(sums))
    b3 = {join_at: scores(sums)["b3_f1"] for join_at, sums in tallies.items()}
    return fit_weights(reads, min(join_at for join_at in JOIN_AT if b3[join_at] >= max(b3.values()) - TOLERANCE))


def tally_of(read: Read, weights: Weights) -> np.ndarray:
    """The sums of a report's scores, over the claims that stand for a gold one."""
    predicted = {(c.id, 0, 0): c.event for c in read.gathered(weights).claims if c.id in read.event}
    return tally({key: read.event[key[0]] for key in predicted}, predicted, predicted)


def write_weights(path: Path, weights: Weights) -> Weights:
    """Write the weights as JSON, rounded to four places, and return them as they are read back."""
    levels = {name: round(x, 4) for name, x in sorted(weights.levels.items())}
    kept = Weights(round(weights.intercept, 4), levels, weights.join_at)
    out = {"join_at": kept.join_at, "intercept": kept.intercept, "levels": levels}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    return kept
