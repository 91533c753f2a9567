"""The trivial baseline learns words that mostly were triggers, and reads nothing but them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Document
from warledger.core.codec import from_json
from warledger.evaluate.baseline import learn, predict


def document(text, **more):
    return {"doc": "d", "text": text, **more}


def record(*claims):
    return {"claims": [{"trigger": trigger, "type": claim_type} for trigger, claim_type in claims]}


def test_a_word_that_is_a_trigger_half_the_time_is_none():
    text = "strike strike strike strike"
    assert learn([(document(text), record(("strike", "airstrike"), ("strike", "airstrike")))]) == {}
    assert learn([(document(text), record(*[("strike", "airstrike")] * 3))]) == {"strike": "airstrike"}


def test_a_word_has_its_commonest_type_in_all_documents():
    pairs = [
        (document("Attack! attack"), record(("Attack", "attack"), ("attack", "offensive"))),
        (document("ATTACK"), record(("ATTACK", "offensive"))),
    ]
    assert learn(pairs) == {"attack": "offensive"}


def test_triggers_of_several_words_are_not_learned():
    assert learn([(document("air strikes"), record(("air strikes", "airstrike")))]) == {}
    assert learn([]) == {}


def test_hyphens_join_a_word():
    assert learn([(document("a cease-fire"), record(("cease-fire", "agree")))]) == {"cease-fire": "agree"}
    found = predict({"cease-fire": "agree"}, document("A Cease-fire, a fire"), [])
    assert [c["trigger"] for c in found["claims"]] == ["Cease-fire"]


def test_the_place_named_last_before_the_trigger():
    text = "Homeville was shelled. In Otherville and Homeville it was shelled."
    found = predict({"shelled": "shelling"}, document(text), ["Otherville", "Homeville", "Homeville", "Nowhere"])
    assert [p["name"] for p in found["places"]] == ["Homeville", "Otherville"]
    assert [c["place"] for c in found["claims"]] == ["p0", "p0"]
    earlier = predict({"shelled": "shelling"}, document("Shelled: Homeville"), ["Homeville"])
    assert "place" not in earlier["claims"][0]


def test_a_part_of_a_word_is_no_place():
    assert predict({}, document("Homevilles, NewHomeville"), ["Homeville"])["places"] == []


def test_no_date_no_time():
    assert "when" not in predict({"shelled": "shelling"}, document("shelled"), [])["claims"][0]
    assert predict({"shelled": "shelling"}, document("shelled", date="2024-12-05"), [])["claims"][0]["when"] == "2024-12-05"


@given(st.text(alphabet="ab-. ", max_size=60), st.lists(st.sampled_from(["a", "b", "ab", "a-b", "b b"]), max_size=3))
def test_its_record_is_of_the_guides_form(text, places):
    row = predict({"a": "attack", "b-a": "clash"}, document(text, date="2024-12-05"), places)
    read = from_json(json.loads(json.dumps(row)), Document("d", text, "Example Wire", None))
    assert len(read.claims) == len(row["claims"])
    assert all(c.trigger.quote == text[c.span.start : c.span.end] for c in read.claims)


@pytest.mark.shared
def test_it_learns_from_the_training_records():
    folder = Path(__file__).parents[2].parent / "shared" / "corpus"
    if not (folder / "train.gold.jsonl").exists():
        pytest.skip("the annotated corpus is not here")
    rows = {
        part: [json.loads(x) for x in (folder / f"train.{part}.jsonl").read_text("utf-8").splitlines()]
        for part in ("docs", "gold")
    }
    documents = {d["doc"]: d for d in rows["docs"]}
    words = learn((documents[r["doc"]], r) for r in rows["gold"])
    assert (words["shelling"], words["withdrew"]) == ("shelling", "withdraw")
    assert "the" not in words
