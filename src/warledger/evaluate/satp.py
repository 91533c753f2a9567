"""The public tests on incident summaries of South Asia: deaths, perpetrator and action, read out of the extractor's claims.

Only what a record says is read: types, triggers, roles, figures and the mentions of actors, not the text. A word list of the
corpus is learned through them, so the figures say how much of an incident the claims hold, not how the extractor does alone.
The claims are those of a more eager extractor, with how sure it is of each: what a ledger is right to leave out can still tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from warledger.evaluate.readout import Candidates, Choice
from warledger.evaluate.readout import fit as fit_choice
from warledger.lexicon.numbers import read_number

Json = Mapping[str, Any]
TASKS: Final = ("deaths", "perpetrator", "action")
EAGER: Final = {"trigger": 5.0}
"""The read-out's part in extraction: how much more readily triggers are found here than for a ledger, in which most of these
would be wrong. Chosen on a quarter of the training rows."""
LIKELY: Final = 0.6
"""The confidence from which on a claim is told apart as sure."""
SUMMED: Final = 4
"""So many figures of one claim may be one sum."""
NEAR, FAR = 12, 40
"""Characters between two figures that stand side by side ("two soldiers and a driver"), and from which on they do not."""
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Readout:
    """The fitted choices of the three tasks."""

    deaths: Choice
    perpetrator: Choice
    perpetrators: tuple[str, ...]
    actions: dict[str, Choice]


def features(record: Json) -> frozenset[str]:
    """What the claims of one record say, as names."""
    actors = {a["id"]: a for a in record["actors"]}
    found = {"any", f"claims={min(len(record['claims']), 4)}"}
    for place, claim in enumerate(record["claims"]):
        kind = claim["type"]
        sure = _sureness(claim)
        found |= {f"type={kind}", f"trigger={claim['trigger'].lower()}", f"{kind}:{claim.get('status', 'happened')}"}
        found |= {f"{sure} {kind}", f"{sure} {claim['trigger'].lower()}"}
        for word in _words(claim["trigger"]):
            found.add(f"trigger word={word}")
        if place == 0:
            found |= {f"first type={kind}", f"first trigger={claim['trigger'].lower()}"}
        for role in ("initiator", "target"):
            for who in (actors[i] for i in claim.get(role, ())):
                said = {f"{role}={who['name']}", f"{role} kind={who['kind']}", f"{role} of {kind}={who['name']}"}
                said |= {f"{role} of {kind} kind={who['kind']}", f"{role} of {claim['trigger'].lower()} kind={who['kind']}"}
                found |= said | {f"{role} word={w}" for m in who["mentions"] for w in _words(m)}
                if place == 0:
                    found |= {f"first {role}={who['name']}"}
        for figure in claim.get("figures", ()):
            found |= {f"measure={figure['measure']}", f"{kind} {figure['measure']} {figure['group']}"}
            found |= {f"counted={w}" for w in _words(figure["text"])}
    return frozenset(found | _order(record))


def _order(record: Json) -> set[str]:
    """Who is named, and who first, and who before and behind each trigger."""
    spans = sorted((tuple(s), a) for a in record["actors"] for s in a["spans"])
    spans.sort(key=lambda row: row[0])
    found = {f"actor word={w}" for a in record["actors"] for m in a["mentions"] for w in _words(m)}
    found |= {f"actor={a['name']}" for a in record["actors"]}
    found |= {f"actor {n}={a['name']}" for n, (_, a) in enumerate(spans[:2])}
    for claim in record["claims"][:3]:
        start, end = claim["span"]
        before = [a for s, a in spans if s[1] <= start]
        behind = [a for s, a in spans if s[0] >= end]
        trigger = claim["trigger"].lower()
        if before:
            found |= {f"before {trigger}={before[-1]['name']}", f"before {claim['type']}={before[-1]['name']}"}
        if behind:
            found |= {f"behind {trigger}={behind[0]['name']}", f"behind {claim['type']}={behind[0]['name']}"}
    return found


def _sureness(claim: Json) -> str:
    return "sure" if claim.get("confidence", 1.0) >= LIKELY else "unsure"


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def counts(record: Json) -> dict[int, set[str]]:
    """The numbers of dead that a record may mean, each with what speaks for it; 0 and 1 are always among them."""
    found: dict[int, set[str]] = {0: {"none"}, 1: {"one"}}
    killed: list[int] = []
    by_claim: list[int] = []
    for place, claim in enumerate(record["claims"]):
        dead: list[Json] = []
        for figure in claim.get("figures", ()):
            value = _value(figure)
            said = found.setdefault(value, set())
            about = figure["measure"]
            said |= {f"is {about}", f"is {about} {figure['group']}", f"is {about} of {claim['type']}"}
            said |= {f"is {about} by {claim['trigger'].lower()}", f"in claim {min(place, 3)}"}
            said |= {f"counts {w}" for w in _words(figure["text"])[1:]}
            if about == "killed":
                dead.append(figure)
                said |= {f"killed, {_sureness(claim)}", f"killed, {claim.get('status', 'happened')}"}
        for value, names in _sums(sorted(dead, key=lambda f: tuple(f["span"]))):
            found.setdefault(value, set()).update(names)
        killed += map(_value, dead)
        by_claim.append(sum(map(_value, dead)))
    for name, value in (
        ("first killed", killed[0] if killed else 0),
        ("most killed", max(killed, default=0)),
        ("sum of different killed", sum(set(killed))),
        ("sum of killed", sum(killed)),
        ("sum of a claim", max(by_claim, default=0)),
        ("sum of the first claim", next((n for n in by_claim if n), 0)),
    ):
        found.setdefault(value, set()).add(name)
    return found


def _sums(dead: Sequence[Json]) -> Iterator[tuple[int, set[str]]]:
    """What the first two, three and more figures of one claim are together, and what speaks for or against adding them: how
    near they stand, whether they count different people, and how many more follow.
    """
    for n in range(2, min(len(dead), SUMMED) + 1):
        some = dead[:n]
        gap = max(later["span"][0] - earlier["span"][1] for earlier, later in pairwise(some))
        near = "near" if gap < NEAR else "far" if gap >= FAR else "apart"
        sides, groups = (len({f.get(key, "") for f in some}) for key in ("side", "group"))
        beside = (near, f"{near}, {sides} sides", f"{near}, {groups} groups", f"and {len(dead) - n} left")
        words = (f"with {w}" for f in some[1:] for w in _words(f["text"]))
        yield sum(map(_value, some)), {f"sum of {n}", *(f"sum of {n} {name}" for name in (*beside, *words))}


def _value(figure: Json) -> int:
    return int(figure.get("low") or figure.get("high") or 0)


def _count_candidates(record: Json) -> tuple[list[int], Candidates]:
    said = counts(record)
    told = features(record)
    numbers = sorted(said)
    figures = min(sum(f["measure"] == "killed" for c in record["claims"] for f in c.get("figures", ())), 4)
    candidates = []
    for number in numbers:
        size = "0" if number == 0 else "1" if number == 1 else "more"
        own = {f"{size}|{s}" for s in said[number]} | {f"{s} of {figures}" for s in said[number]} | said[number]
        candidates.append(frozenset(own | {f"{size}|{f}" for f in told} | {f"size {min(number, 5)}"}))
    return numbers, candidates


def _class_candidates(classes: Sequence[str], record: Json) -> Candidates:
    told = features(record)
    return [frozenset(f"{c}|{f}" for f in told) for c in classes]


def _yes_or_no(record: Json) -> Candidates:
    return [frozenset(), features(record)]


def fit(records: Sequence[Json], rows: Sequence[Json]) -> Readout:
    """The read-out of `records` that comes nearest to what the training `rows` say of the same texts.

    For deaths the rows in which nobody died count as much in all as those with dead, so that their number decides nothing.
    """
    deaths, mortal = [], []
    for record, row in zip(records, rows, strict=True):
        numbers, candidates = _count_candidates(record)
        dead = _dead(row)
        if dead in numbers:
            deaths.append((candidates, numbers.index(dead)))
            mortal.append(dead > 0)
    share = sum(mortal) / max(1, len(mortal))
    counting = [1 / share if some else 1 / (1 - share) for some in mortal]
    known = [(x, r["perpetrator"]) for x, r in zip(records, rows, strict=True) if r["perpetrator"]]
    classes = tuple(sorted({name for _, name in known}))
    said = [(_class_candidates(classes, x), classes.index(name)) for x, name in known]
    asked = [_yes_or_no(x) for x in records]
    actions = {
        name: fit_choice([(x, int(name in r["action"])) for x, r in zip(asked, rows, strict=True)])
        for name in sorted({a for r in rows for a in r["action"]})
    }
    return Readout(fit_choice(deaths, counting=counting), fit_choice(said), classes, actions)


def _dead(row: Json) -> int:
    return int(row.get("deaths", {}).get("total_fatalities", 0))


def answers(task: str, readout: Readout, records: Iterable[Json]) -> list[Any]:
    """What the read-out says of `records`: a number of dead, a perpetrator or a list of actions."""
    if task == "deaths":
        choices = [_count_candidates(r) for r in records]
        return [numbers[readout.deaths.choose(candidates)] for numbers, candidates in choices]
    if task == "perpetrator":
        classes = readout.perpetrators
        return [classes[readout.perpetrator.choose(_class_candidates(classes, r))] for r in records]
    return [[a for a, choice in readout.actions.items() if choice.choose(_yes_or_no(r))] for r in records]


def trivial(task: str, rows: Sequence[Json], texts: Sequence[str]) -> dict[str, list[Any]]:
    """The trivial baselines of a task, by name: the commonest answer of the training rows; for deaths the first number too."""
    if task == "deaths":
        commonest: Any = Counter(_dead(r) for r in rows).most_common(1)[0][0]
        return {"majority": [commonest] * len(texts), "first number": [first_number(t) for t in texts]}
    if task == "perpetrator":
        commonest = Counter(r["perpetrator"] for r in rows if r["perpetrator"]).most_common(1)[0][0]
    else:
        commonest = [Counter(a for r in rows for a in r["action"]).most_common(1)[0][0]]
    return {"majority": [commonest] * len(texts)}


def first_number(text: str) -> int:
    """The first number of a text, in digits or as one word; 0 where it has none."""
    for word in _words(text):
        try:
            number = read_number(word)
        except ValueError:
            continue
        return number.low or number.high or 0
    return 0


def score(task: str, gold: Sequence[Any], answered: Sequence[Any]) -> dict[str, float]:
    """The published figure of a task: the share of exact answers, or for actions the micro-averaged F1."""
    if task == "action":
        right = sum(len({*g} & {*a}) for g, a in zip(gold, answered, strict=True))
        return {"action_micro_f1": 2 * right / max(1, sum(len(g) + len(a) for g, a in zip(gold, answered, strict=True)))}
    name = "deaths_exact" if task == "deaths" else "perpetrator_accuracy"
    return {name: sum(g == a for g, a in zip(gold, answered, strict=True)) / max(1, len(gold))}
