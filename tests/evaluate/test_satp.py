"""The read-out learns from what records say, and its scores are the published ones."""

import gzip
import json
from pathlib import Path

import pytest

from warledger.evaluate import satp
from warledger.evaluate.readout import Choice, fit


def figure(low, measure="killed", text="men", at=20):
    return {"measure": measure, "group": "people", "low": low, "high": low, "text": text, "span": [at, at + len(text)]}


def record(trigger, claim_type, *, who="Guards", figures=(), names=True):
    actor = {"id": "a1", "name": who, "kind": "militia", "mentions": [f"the {who}"], "spans": [[0, 5], [40, 45]]}
    claim = {"type": claim_type, "trigger": trigger, "span": [10, 18], "figures": list(figures)}
    return {"actors": [actor] if names else [], "claims": [claim | ({"initiator": ["a1"]} if names else {})]}


EMPTY = {"actors": [], "claims": []}


def test_a_choice_takes_the_heaviest_candidate_and_the_first_of_equals():
    choice = Choice({"good": 1.0, "bad": -1.0})
    assert choice.choose([frozenset({"bad"}), frozenset({"good"}), frozenset({"new"})]) == 1
    assert choice.choose([frozenset(), frozenset({"new"})]) == 0
    with pytest.raises(ValueError, match="empty"):
        choice.choose([])


def test_fitting_finds_what_decides():
    rows = [([frozenset({"red", "x"}), frozenset({"blue", "x"})], 1), ([frozenset({"blue"}), frozenset({"red"})], 0)] * 3
    choice = fit(rows)
    assert choice.weights["blue"] > 0.5 > 0 > choice.weights["red"]
    assert choice == fit(rows)
    assert fit(rows + rows[:1]) != fit(rows) == fit(rows, counting=[2.0] * len(rows))
    twice = fit(rows + rows[:1], counting=[1.0, *[2.0] * 5, 1.0])
    assert twice.weights == pytest.approx(fit(rows).weights, abs=1e-6)
    assert fit([]).weights == {}
    assert fit([([frozenset({"once"})], 0)]).weights == {}


def test_features_name_types_roles_and_order():
    told = satp.features(record("shelled", "shelling", figures=[figure(3, text="three men")]))
    assert {"type=shelling", "initiator=Guards", "before shelling=Guards", "behind shelling=Guards", "counted=men"} <= told
    assert satp.features(EMPTY) == {"any", "claims=0"}
    unsure = record("shelled", "shelling")
    unsure["claims"][0]["confidence"] = 0.4
    assert {"sure shelling", "sure shelled"} <= told
    assert {"unsure shelling", "unsure shelled"} <= satp.features(unsure)


def test_counts_are_the_figures_and_their_sums():
    found = satp.counts(record("killed", "attack", figures=[figure(3), figure(4), figure(9, "injured")]))
    assert sorted(found) == [0, 1, 3, 4, 7, 9]
    assert "first killed" in found[3]
    assert {"sum of killed", "sum of a claim"} <= found[7]
    assert "is injured" in found[9]
    assert sorted(satp.counts(EMPTY)) == [0, 1]


def test_the_first_figures_of_a_claim_may_be_one_sum():
    near, far = figure(4, text="4 men", at=20) | {"side": "a1"}, figure(1, text="a driver", at=30) | {"side": "a2"}
    found = satp.counts(record("killed", "attack", figures=[figure(3, at=90), far, near]))
    assert {"sum of 2", "sum of 2 near", "sum of 2 near, 2 sides", "sum of 2 near, 1 groups", "sum of 2 and 1 left"} <= found[5]
    assert "sum of 2 with driver" in found[5]
    assert {"sum of 3 far", "sum of 3 far, 3 sides", "sum of 3 and 0 left", "sum of killed"} <= found[8]
    assert {"killed, sure", "killed, happened"} <= found[1]
    doubted = record("killed", "attack", figures=[figure(3)])
    doubted["claims"][0] |= {"confidence": 0.3, "status": "possible"}
    assert {"killed, unsure", "killed, possible"} <= satp.counts(doubted)[3]


def rows_and_records():
    rows, records = [], []
    for n in (2, 3, 4, 5) * 2:
        rows.append({"perpetrator": "Guards", "action": ["assault"], "deaths": {"total_fatalities": n}})
        records.append(record("killed", "attack", figures=[figure(n), figure(20 + n, "injured")]))
        rows.append({"perpetrator": "Rangers", "action": ["arrest", "seizure"], "deaths": {}})
        records.append(record("arrested", "arrest", who="Rangers", figures=[figure(n, "detained")]))
    rows.append({"perpetrator": None, "action": [], "deaths": {"total_fatalities": 99}})
    records.append(EMPTY)
    return rows, records


def test_the_readout_learns_each_task():
    rows, records = rows_and_records()
    readout = satp.fit(records, rows)
    new = [record("killed", "attack", figures=[figure(8), figure(30, "injured")]), record("arrested", "arrest", who="Rangers")]
    assert satp.answers("deaths", readout, new) == [8, 0]
    assert satp.answers("perpetrator", readout, new) == ["Guards", "Rangers"]
    assert satp.answers("action", readout, new) == [["assault"], ["arrest", "seizure"]]


def test_the_baselines():
    rows, _ = rows_and_records()
    texts = ["Four men and 3 women fell.", "Nobody fell."]
    assert satp.trivial("deaths", rows, texts) == {"majority": [0, 0], "first number": [4, 0]}
    assert satp.trivial("perpetrator", rows, texts)["majority"] == ["Guards", "Guards"]
    assert satp.trivial("action", rows, texts) == {"majority": [["assault"], ["assault"]]}


def test_the_scores():
    assert satp.score("deaths", [1, 2], [1, 3]) == {"deaths_exact": 0.5}
    assert satp.score("perpetrator", ["a", "b"], ["a", "b"]) == {"perpetrator_accuracy": 1.0}
    assert satp.score("action", [["a", "b"], ["c"]], [["a"], ["d"]]) == {"action_micro_f1": 0.4}
    assert satp.score("deaths", [], []) == {"deaths_exact": 0.0}


@pytest.mark.shared
def test_the_training_rows_have_what_is_read():
    path = Path(__file__).parents[2].parent / "shared" / "corpus" / "public" / "satp_train.jsonl.gz"
    if not path.exists():
        pytest.skip("the public corpora are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert 0.2 < sum("total_fatalities" in r.get("deaths", {}) for r in rows) / len(rows) < 0.3
    first = satp.trivial("perpetrator", rows, ["x"])["majority"]
    assert first == ["Maoist"]
