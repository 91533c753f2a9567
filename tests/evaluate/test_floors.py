"""Floors catch what falls below them."""

import json

import pytest

from warledger.errors import InputError
from warledger.evaluate import Floor, below, read_floors
from warledger.evaluate.baseline import learn, predict
from warledger.evaluate.floors import data_hash, with_floors


def test_below_names_the_figure():
    floors = [Floor("claims", "trigger", 0.7), Floor("claims", "place", 0.5), Floor("other", "trigger", 0.99)]
    assert below(floors, "claims", {"trigger": 0.7, "place": 0.4}) == ["claims: place is 0.400, below its floor of 0.500"]


def test_a_missing_figure_is_below():
    assert len(below([Floor("claims", "trigger", 0.0)], "claims", {})) == 1
    assert len(below([Floor("claims", "trigger", 0.0)], "claims", {"trigger": float("nan")})) == 1


def test_floors_are_read(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"claims": {"data": "ab", "floors": {"trigger": 0.5}}}))
    assert read_floors(path) == ({"claims": "ab"}, (Floor("claims", "trigger", 0.5),))


@pytest.mark.parametrize("text", ["", "[]", '{"claims": {}}', '{"claims": {"data": 1, "floors": {"x": "y"}}}'])
def test_a_broken_file_is_an_input_error(tmp_path, text):
    path = tmp_path / "floors.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not a file of floors"):
        read_floors(path)


def test_the_hash_changes_with_a_byte(tmp_path):
    (tmp_path / "a").write_bytes(b"one")
    first = data_hash([tmp_path / "a"])
    (tmp_path / "a").write_bytes(b"onf")
    assert data_hash([tmp_path / "a"]) != first


def test_the_baseline_finds_its_words():
    document = {"doc": "d", "date": "2024-05-01", "text": "Shelling hit Exampleville. They spoke of shelling."}
    record = {"claims": [{"trigger": "Shelling", "type": "shelling"}, {"trigger": "shelling", "type": "shelling"}]}
    words = learn([(document, record)])
    assert words == {"shelling": "shelling"}
    found = predict(words, document, ["Exampleville", "Elsewhere"])
    assert [(c["trigger"], c.get("place"), c["when"]) for c in found["claims"]] == [
        ("Shelling", None, "2024-05-01"),
        ("shelling", "p1", "2024-05-01"),
    ]


def test_floors_are_set_a_little_under_and_others_stay(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text(with_floors(path, "claims", "ab", {"trigger": 0.75, "what": float("nan")}))
    assert read_floors(path) == ({"claims": "ab"}, (Floor("claims", "trigger", 0.73),))
    path.write_text(with_floors(path, "flip", "cd", {"kept": 0.9}))
    path.write_text(with_floors(path, "claims", "ef", {"trigger": 0.8519}))
    hashes, floors = read_floors(path)
    assert hashes == {"claims": "ef", "flip": "cd"}
    assert floors == (Floor("claims", "trigger", 0.831), Floor("flip", "kept", 0.88))
    path.write_text("[]")
    with pytest.raises(InputError):
        with_floors(path, "claims", "ab", {})
