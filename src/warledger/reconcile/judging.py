"""What people decided: which judgements are in force, and what they do to claims and to the partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from warledger.core import Claim, Issue, Judgement, Record, When, content_id, fold
from warledger.errors import RecordError, UsageError, WhenError

SETTABLE = ("type", "status", "frame", "when", "event", "place", "initiator", "target")
"""Fields of a claim that a judgement can set; "reject" with any value takes the claim out."""


def event_id(anchor: str) -> str:
    """The id of the event that is anchored in the claim `anchor`."""
    return content_id("e", anchor)


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that no later one undoes, oldest first; an undo can itself be undone."""
    undone: set[str] = set()
    kept: list[Judgement] = []
    for judgement in sorted(set(judgements), key=lambda j: (j.made_at, j.id), reverse=True):
        if judgement.id in undone:
            continue
        if judgement.kind == "undo":
            undone.update(judgement.subjects)
        else:
            kept.append(judgement)
    return tuple(reversed(kept))


def _actors(record: Record, value: str) -> tuple[str, ...]:
    out = []
    for word in (w.strip() for w in value.split(",")):
        if not word:
            continue
        found = [a.id for a in record.actors if a.id == word or fold(a.name) == fold(word)]
        if not found:
            raise UsageError(
                f"{word!r} is no actor of the document; it names {', '.join(sorted(a.name for a in record.actors))}"
            )
        out.append(found[0])
    return tuple(out)


def _place(record: Record, value: str) -> str:
    found = [p.id for p in record.places if p.id == value or fold(p.name) == fold(value)]
    if value and not found:
        raise UsageError(f"{value!r} is no place of the document; it names {', '.join(sorted(p.name for p in record.places))}")
    return found[0] if value else ""


def change_claim(record: Record, claim: Claim, field: str, value: str) -> Claim:
    """`claim` with `field` set to `value`; actors and places by name or local id, several with commas, empty to clear.

    Raises UsageError for a field that cannot be set or a name that the document does not have, RecordError for a word that is
    not in the guide, WhenError for a time that is not EDTF.
    """
    match field:
        case "type":
            return replace(claim, type=value)
        case "status":
            return replace(claim, status=value)
        case "frame":
            return replace(claim, frame=value)
        case "event":
            return replace(claim, event=value)
        case "when":
            return replace(claim, when=When.parse(value) if value else None)
        case "place":
            return replace(claim, place=_place(record, value))
        case "initiator":
            return replace(claim, initiator=_actors(record, value))
        case "target":
            return replace(claim, target=_actors(record, value))
        case _:
            raise UsageError(f"{field!r} is no field that a judgement can set; those are {', '.join(SETTABLE)}")


def judged_records(
    records: Mapping[str, Record], judgements: Iterable[Judgement]
) -> tuple[dict[str, Record], tuple[Issue, ...]]:
    """The records as judgements on claims (in force, oldest first) make them; an issue for each that cannot be applied."""
    of_claim: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.kind == "claim":
            for subject in judgement.subjects:
                of_claim.setdefault(subject, []).append(judgement)
    issues: list[Issue] = []
    out: dict[str, Record] = {}
    for name in sorted(records):
        record = records[name]
        if of_claim and any(c.id in of_claim for c in record.claims):
            claims = (_judged(record, c, of_claim.get(c.id, ()), issues) for c in record.claims)
            record = replace(record, claims=tuple(c for c in claims if c is not None))
        out[name] = record
    return out, tuple(issues)


def _judged(record: Record, claim: Claim, judgements: Iterable[Judgement], issues: list[Issue]) -> Claim | None:
    now: Claim | None = claim
    for judgement in judgements:
        for field, value in judgement.change:
            if field == "reject":
                now = None
            elif now is not None:
                try:
                    now = change_claim(record, now, field, value)
                except (UsageError, RecordError, WhenError) as error:
                    issues.append(
                        Issue(
                            code="judgement",
                            where=f"judgement {judgement.id}",
                            found=f"it sets {field} of claim {claim.id} to {value!r}: {error}",
                            expected="a change that the claim's document allows",
                            todo=f"undo it with `warledger undo {judgement.id}`",
                            severity="warning",
                            document=record.document,
                        )
                    )
    return now


class JudgedRecords(Mapping[str, Record]):
    """The records of documents, some of them `changed` by judgements; the others are read when they are asked for."""

    def __init__(self, records: Mapping[str, Record], names: Iterable[str], changed: Mapping[str, Record]) -> None:
        self._records, self._names, self._changed = records, dict.fromkeys(names), changed

    def __getitem__(self, document: str) -> Record:
        if document not in self._names:
            raise KeyError(document)
        return self._changed.get(document) or self._records[document]

    def __contains__(self, document: object) -> bool:
        return document in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True, slots=True)
class Constraints:
    """What judgements ask of the partition: pairs of tellings joined, and pairs kept apart."""

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]


def leaving_claims(
    records: Mapping[str, Record], group_of: Mapping[str, str], judgements: Iterable[Judgement]
) -> frozenset[str]:
    """Claims that a "different" judgement takes out of the group (`group_of`, else the local event) it shares."""
    local = {c.id: (c.document, group_of.get(c.id, c.event)) for r in records.values() for c in r.claims}
    out: set[str] = set()
    for judgement in judgements:
        if judgement.kind == "different":
            first, *rest = judgement.subjects
            out.update(c for c in rest if c in local and local[c] == local.get(first))
    return frozenset(out)


def constraints(telling_of: Mapping[str, str], judgements: Iterable[Judgement]) -> Constraints:
    """Joins and separations between tellings. Subjects are claim ids, or event ids (which stand for their anchor claim).

    Where two judgements contradict each other the later one holds.
    """
    anchor = {event_id(claim): claim for claim in telling_of}
    head: dict[str, str] = {}

    def find(item: str) -> str:
        while item in head:
            item = head[item]
        return item

    together: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    for judgement in reversed(tuple(judgements)):
        if judgement.kind not in {"same", "different"}:
            continue
        tellings = [telling_of[c] for s in judgement.subjects if (c := anchor.get(s, s)) in telling_of]
        for one, two in ((tellings[0], other) for other in tellings[1:]):
            first, second = find(one), find(two)
            if first == second:
                continue
            kept_apart = any({find(a), find(b)} == {first, second} for a, b in apart)
            if judgement.kind == "different":
                apart.append((one, two))
            elif not kept_apart:
                together.append((one, two))
                head[max(first, second)] = min(first, second)
    return Constraints(tuple(together), tuple(apart))
