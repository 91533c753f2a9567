"""FollowTheMoney entities and their check."""

from __future__ import annotations

import io
import json
import sys

import pytest
from broken import needs_ftm, rules
from made_events import ARMY, CIVILIANS, REBELS, Happening, view_of

from warledger.errors import UsageError
from warledger.export import export
from warledger.export.ftm import check_ftm
from warledger.export.rowids import actor_id

VIEW = view_of(
    Happening(
        "seize", (REBELS,), (ARMY, CIVILIANS), "Rebels took it.", figures=(("killed", "people", 9, None, "nine or more"),)
    ),
    Happening("airstrike", (ARMY,), (REBELS,), status="planned"),
    Happening("protest", (("Jane Doe", "leader", ""),), place=None, when=""),
)


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(UsageError, match=r"warledger\[ftm\]"):
        export(VIEW, "ftm", tmp_path / "a.jsonl")
    with pytest.raises(UsageError, match=r"warledger\[ftm\]"):
        rules(check_ftm, "{}")
    assert list(tmp_path.iterdir()) == []


def written(view=VIEW):
    out = io.StringIO(newline="")
    skipped = export(view, "ftm", out)
    return out.getvalue(), skipped


def entities():
    return {row["id"]: row for row in map(json.loads, written()[0].splitlines())}


@needs_ftm
def test_an_event_with_actors_and_provenance():
    found, event = entities(), VIEW.events[0]
    told = found[event.id]["properties"]
    assert (told["name"], told["startDate"], told["country"]) == (["seize, Hama, 2024-12-05"], ["2024-12-05"], ["sy"])
    assert told["description"] == ["Rebels took it."]
    assert "killed people 9.. incident, says Example Wire" in told["notes"]
    assert [found[i]["properties"]["name"][0] for i in told["involved"]] == [REBELS[0], ARMY[0], CIVILIANS[0]]
    assert [found[i]["schema"] for i in told["proof"]] == ["Document"]
    assert [found[i]["properties"]["author"] for i in told["proof"]] == [["Jana Doe"]]
    assert found[actor_id(CIVILIANS[0])]["schema"] == "LegalEntity"
    assert found[actor_id("Jane Doe")]["schema"] == "Person"


@needs_ftm
def test_what_did_not_happen_is_left_out():
    text, skipped = written()
    assert [(one.id, one.rule) for one in skipped] == [(VIEW.events[1].id, "not-happened")]
    assert VIEW.events[1].id not in text


@needs_ftm
def test_what_is_named_comes_first_and_once():
    seen = set()
    for row in map(
        json.loads,
        written(view_of(*[Happening("clash", (REBELS,), (ARMY,), words=f"Clash {n}.") for n in "ab"]))[0].splitlines(),
    ):
        assert {*row["properties"].get("involved", ()), *row["properties"].get("proof", ())} <= seen
        assert row["id"] not in seen
        seen.add(row["id"])


@needs_ftm
def test_what_the_library_refuses_is_told():
    view = view_of(Happening("seize", (("Somebody", "militia", "QQ"),), (ARMY,)))
    text, skipped = written(view)
    assert [(one.id, one.rule) for one in skipped] == [(actor_id("Somebody"), "value-refused")]
    assert "'qq' is no country" in skipped[0].reason
    assert rules(check_ftm, text, "error") == []


@needs_ftm
def test_other_people_s_entities_are_checked_too():
    ship = {"id": "x", "schema": "Vessel", "properties": {"name": ["A ship"], "imoNumber": ["9151838"]}}
    assert rules(check_ftm, json.dumps(ship)) == []
    assert rules(check_ftm, json.dumps(ship | {"properties": {"name": ["A ship"], "flag": ["Atlantis"]}})) == [
        (1, "flag", "value")
    ]


@needs_ftm
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"id": ""}, "required"),
        ({"schema": None}, "schema"),
        ({"schema": "Boat"}, "schema"),
        ({"schema": "Thing"}, "schema"),
        ({"properties": []}, "required"),
        ({"properties": {}}, "required"),
        ({"properties": {"name": ["a"], "date": ["soon"]}}, "value"),
        ({"properties": {"name": ["a"], "colour": ["red"]}}, "property"),
        ({"properties": {"name": ["a"], "unknownLinkTo": ["x"]}}, "property"),
        ({"properties": {"name": "a"}}, "values"),
        ({"properties": {"name": ["a"], "proof": ["d1"]}}, "reference"),
    ],
)
def test_a_row_that_breaks_a_rule(change, rule):
    row = {"id": "e1", "schema": "Event", "properties": {"name": ["a"], "date": ["2024-12"]}}
    assert rules(check_ftm, json.dumps(row)) == []
    assert [name for _, _, name in rules(check_ftm, json.dumps(row | change))] == [rule]


@needs_ftm
def test_an_id_twice_is_a_warning():
    text = written()[0]
    twice = text + text.splitlines(keepends=True)[0]
    assert [name for _, _, name in rules(check_ftm, twice, "warning")] == ["id-twice"]
    assert rules(check_ftm, twice, "error") == []
