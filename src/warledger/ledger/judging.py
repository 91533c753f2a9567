"""Judgements: what may be decided, and how a decision on a claim is carried over to a later reading of its document."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from warledger.core import Claim, Event, Judgement, View
from warledger.errors import UsageError
from warledger.ledger.finding import find
from warledger.store import Held, Store

KINDS: Final = ("same", "different", "claim", "undo")


@dataclass(frozen=True, slots=True)
class Checked:
    """A decision that can be kept: full ids, and what it sets."""

    subjects: tuple[str, ...]
    change: tuple[tuple[str, str], ...]


def check(kind: str, subjects: Sequence[str], change: Mapping[str, str], view: View, store: Store) -> Checked:
    """The decision with full ids. An event stands for its first claim: claims stay when events come and go.

    Raises UsageError for a decision that makes no sense, NotFoundError for a subject that is not there.
    """
    if kind not in KINDS:
        raise UsageError(f"a judgement is one of {', '.join(KINDS)}, not {kind!r}")
    found = [find(subject, view, store) for subject in subjects]
    if kind == "undo":
        return Checked(_undone(found), ())
    if kind == "claim":
        return _on_claim(found, change, view)
    claims = [one.claims[0] if isinstance(one, Event) else one.id for one in found if isinstance(one, Event | Claim)]
    if len(claims) < len(found) or len(set(claims)) < 2 or change:
        raise UsageError(f"{kind!r} needs two or more different events or claims, and sets nothing")
    return Checked(tuple(dict.fromkeys(claims)), ())


def _undone(found: Sequence[object]) -> tuple[str, ...]:
    ids = tuple(one.id for one in found if isinstance(one, Judgement))
    if not ids or len(ids) < len(found):
        raise UsageError("'undo' needs a judgement")
    return ids


def _on_claim(found: Sequence[object], change: Mapping[str, str], view: View) -> Checked:
    from warledger.reconcile import change_claim

    claims = [one for one in found if isinstance(one, Claim)]
    if len(claims) != 1 or len(found) != 1 or not change:
        raise UsageError("'claim' needs one claim and what to set, such as status=denied")
    for field, value in change.items():
        if field != "reject":
            change_claim(view.record_of(claims[0]), claims[0], field, value)
    return Checked((claims[0].id,), tuple(sorted(change.items())))


def carry_over(store: Store, judgements: Sequence[Judgement], held: Sequence[Held]) -> tuple[Judgement, ...]:
    """The judgements, with each claim that the record in force no longer has replaced by the one that overlaps it most.

    A claim that nothing overlaps stays as it was, and says nothing until a record has it again.
    """
    revisions = {one.document: one.revision for one in held}
    subjects = {s for j in judgements for s in j.subjects if s.startswith("c")}
    now = {subject: _successor(store, subject, revisions) for subject in sorted(subjects)}
    return tuple(replace(j, subjects=tuple(now.get(s, s) for s in j.subjects)) for j in judgements)


def _successor(store: Store, claim: str, revisions: Mapping[str, int]) -> str:
    rows = store.records.places_of_claim(claim)
    if not rows:
        return claim
    document, _, kind, start, end = rows[-1]
    if any(revision == revisions.get(document) for _, revision, *_ in rows):
        return claim
    overlapping = store.records.claims_at(document, revisions.get(document, 0), start, end)

    def rank(other: tuple[str, str, int, int]) -> tuple[bool, int, str]:
        ident, other_kind, other_start, other_end = other
        return other_kind != kind, max(start, other_start) - min(end, other_end), ident

    return min(overlapping, key=rank)[0] if overlapping else claim


def login() -> str:
    """The name that the person at work is logged in under; "unknown" where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
