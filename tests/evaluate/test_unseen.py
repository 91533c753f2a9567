"""Weights beside the network are fitted by reports that the network which reads them never saw."""

import json

import pytest

NAMES = ["d", "a", "c", "b", "e"]


@pytest.fixture
def findings(training):
    return training("findings")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    told = {"source": "wire", "date": "2024-12-05", "title": "", "sentences": [[0, 12]]}
    for kind, row in (("docs", told), ("gold", {"claims": []})):
        rows = [{"doc": name, **row} | ({"text": f"Told of {name}. "} if kind == "docs" else {}) for name in NAMES]
        (folder / f"train.{kind}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def names_in(path):
    return {json.loads(line)["doc"] for line in path.read_text("utf-8").splitlines()}


def test_each_report_is_read_by_the_network_whose_half_it_does_not_belong_to(training, corpus, tmp_path, monkeypatch):
    unseen = training("unseen")
    outs = [tmp_path / "one", tmp_path / "other"]
    unseen.write_halves(corpus, outs)
    fitted = {out: names_in(out / "train.docs.jsonl") for out in outs}
    assert [names_in(out / "train.gold.jsonl") for out in outs] == list(fitted.values())
    assert set.union(*fitted.values()) == set(NAMES)
    monkeypatch.setattr(unseen, "reader", lambda folder: folder)
    read = [(network, document.name) for network, document, _ in unseen.unseen(corpus, outs)]
    assert [name for _, name in read] == sorted(NAMES)
    assert not any(name in fitted[network] for network, name in read)


def test_a_missing_day_costs_less_than_a_wrong_one(findings):
    right, wrong, none = (
        findings.Case(0, {"x": 1.0}, right=r, no=n) for r, n in ((True, False), (False, False), (False, True))
    )
    assert findings.f1_of_days([right, right], [0.9, 0.9], 0.5) == 1
    assert findings.f1_of_days([right, wrong], [0.9, 0.1], 0.5) == pytest.approx(2 / 3)
    assert findings.f1_of_days([right, wrong], [0.9, 0.9], 0.5) == pytest.approx(1 / 2)
    assert findings.f1_of_days([right, none], [0.9, 0.9], 0.5) == pytest.approx(2 / 3)
    assert findings.f1_of_days([none], [0.1], 0.5) == 0


def test_of_least_chances_about_as_good_the_highest_is_taken_for_days_and_the_lowest_for_voices(findings, monkeypatch):
    monkeypatch.setattr(findings, "judged", lambda cases: [0.9] * len(cases))
    monkeypatch.setattr(findings, "weights_of", lambda cases, least: least)
    cases = [findings.Case(0, {"x": 1.0}, right=True, no=False, of=0), findings.Case(0, {}, right=True, no=False, of=0)]
    assert findings.fitted("times", cases) == max(findings.LEAST)
    assert findings.fitted("voices", cases) == min(findings.LEAST)
