"""Each way of being wrong is told as its kind, once, and what is right is told not at all."""

from types import SimpleNamespace

import pytest

from warledger.evaluate.errors import Fault, Kind, commonest, faults


def pair(gold, predicted, same):
    """Best first, one to one."""
    rows = sorted(((-same(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)))
    used, taken, out = set(), set(), []
    for score, i, j in rows:
        if score < 0 and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            out.append((gold[i], predicted[j]))
    return out


def same(one, other):
    return one is not None and other is not None and one["name"] == other["name"]


SCORER = SimpleNamespace(pair=pair, same_actor=same, same_place=same, when_overlap=lambda a, b: a[:7] == b[:7])
ACTORS = [{"id": f"a{n}", "name": name} for n, name in enumerate(("army", "rebels", "monitor"))]
PLACES = [{"id": f"p{n}", "name": name} for n, name in enumerate(("Exampleville", "Elsewhere"))]


def claim(start, claim_type="attack", **more):
    return {"span": [start, start + 5], "type": claim_type, "event": f"e{start}", **more}


def told(gold, predicted):
    records = [[{"doc": "d", "actors": ACTORS, "places": PLACES, "claims": c}] for c in (gold, predicted)]
    return sorted((f.kind, f.form) for f in faults(*records, SCORER))


FULL = {
    "initiator": ["a0"], "target": ["a1"], "place": "p0", "when": "2024-12-05", "voice": [{"who": "a2", "cue": "said"}],
    "figures": [{"measure": "killed", "group": "people", "low": 3, "high": 3, "span": [20, 28]}], "status": "denied",
}  # fmt: skip


def test_what_is_right_is_no_error():
    assert told([claim(0, **FULL)], [claim(0, **FULL)]) == []
    assert told([], []) == []


def test_triggers_missed_invented_and_of_another_type():
    assert told([claim(0), claim(9, "seize")], [claim(9, "control"), claim(30, "toll")]) == [
        ("other type", "control for seize"), ("trigger invented", "toll"), ("trigger missed", "attack"),
    ]  # fmt: skip


def test_a_document_without_a_record_misses_everything():
    gold = [{"doc": "d", "actors": [], "places": [], "claims": [claim(0)]}]
    assert list(faults(gold, [], SCORER)) == [Fault("trigger missed", "attack")]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"initiator": ["a1"], "target": ["a1"]}, "initiator wrong"),
        ({"initiator": []}, "initiator missing"),
        ({"target": ["a1", "a2"]}, "target too many"),
        ({"voice": []}, "voice missing"),
        ({"voice": [{"who": "a0", "cue": "said"}]}, "voice wrong"),
        ({"place": "p1"}, "place wrong"),
        ({"place": ""}, "place missing"),
        ({"when": ""}, "time missing"),
        ({"when": "2024-12-06"}, "time inexact"),
        ({"when": "2023-01-01"}, "time wrong"),
        ({"figures": []}, "figure missing"),
        ({"figures": [FULL["figures"][0] | {"high": 9}]}, "figure's value"),
        ({"figures": [FULL["figures"][0] | {"measure": "injured"}]}, "figure's measure"),
        ({"figures": [FULL["figures"][0] | {"group": "civilians"}]}, "figure's group"),
        ({"figures": [*FULL["figures"], FULL["figures"][0] | {"span": [40, 44]}]}, "figure too many"),
        ({"status": "happened"}, "other status"),
        ({"frame": "background"}, "other frame"),
    ],
)
def test_each_field_has_its_kinds(change, kind):
    assert [k for k, _ in told([claim(0, **FULL)], [claim(0, **FULL | change)])] == [kind]


def test_a_field_that_only_the_prediction_has_is_too_many():
    assert [k for k, _ in told([claim(0)], [claim(0, **FULL)])] == [
        "figure too many", "initiator too many", "other status", "place too many", "target too many", "time too many",
        "voice too many",
    ]  # fmt: skip


def test_claims_that_lose_or_gain_a_companion():
    together, apart = [claim(0, event="e1"), claim(9, event="e1")], [claim(0), claim(9)]
    assert told(together, apart) == [("event split", "attack")] * 2
    assert told(apart, together) == [("events joined", "attack")] * 2


def test_the_commonest_come_first():
    rows = [Fault("place wrong", "attack"), Fault("trigger missed", "toll"), *[Fault("trigger missed", "attack")] * 2]
    assert commonest(rows) == [
        Kind("trigger missed", 3, (("attack", 2), ("toll", 1))), Kind("place wrong", 1, (("attack", 1),)),
    ]  # fmt: skip
    assert commonest(rows, kinds=1, forms=1) == [Kind("trigger missed", 3, (("attack", 2),))]
    assert commonest([]) == []
