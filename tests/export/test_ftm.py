"""FollowTheMoney entities and their check."""

from __future__ import annotations

import io
import json

import pytest
from broken import rules
from made_events import ARMY, CIVILIANS, REBELS, Happening, view_of

from warledger.export import export
from warledger.export.ftm import actor_id, check_ftm

VIEW = view_of(
    Happening(
        "seize", (REBELS,), (ARMY, CIVILIANS), "Rebels took it.", figures=(("killed", "people", 9, None, "nine or more"),)
    ),
    Happening("airstrike", (ARMY,), (REBELS,), status="planned"),
    Happening("protest", (("Jane Doe", "leader", ""),), place=None, when=""),
)


def written(view=VIEW):
    out = io.StringIO(newline="")
    skipped = export(view, "ftm", out)
    return out.getvalue(), skipped


def entities():
    return {row["id"]: row for row in map(json.loads, written()[0].splitlines())}


def test_an_event_with_actors_and_provenance():
    found, event = entities(), VIEW.events[0]
    told = found[event.id]["properties"]
    assert (told["name"], told["startDate"], told["country"]) == (["seize, Hama, 2024-12-05"], ["2024-12-05"], ["sy"])
    assert told["description"] == ["Rebels took it."]
    assert "killed people 9.. incident, says Example Wire" in told["notes"]
    assert [found[i]["properties"]["name"][0] for i in told["involved"]] == [REBELS[0], ARMY[0], CIVILIANS[0]]
    assert [found[i]["schema"] for i in told["proof"]] == ["Document"]
    assert found[actor_id(CIVILIANS[0])]["schema"] == "LegalEntity"
    assert found[actor_id("Jane Doe")]["schema"] == "Person"


def test_what_did_not_happen_is_left_out():
    text, skipped = written()
    assert [(one.id, one.rule) for one in skipped] == [(VIEW.events[1].id, "not-happened")]
    assert VIEW.events[1].id not in text


def test_what_is_named_comes_first_and_once():
    seen = set()
    for row in map(
        json.loads,
        written(view_of(*[Happening("clash", (REBELS,), (ARMY,), words=f"Clash {n}.") for n in "ab"]))[0].splitlines(),
    ):
        assert {*row["properties"].get("involved", ()), *row["properties"].get("proof", ())} <= seen
        assert row["id"] not in seen
        seen.add(row["id"])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"id": ""}, "required"),
        ({"schema": None}, "schema"),
        ({"schema": "Vessel"}, "schema"),
        ({"properties": []}, "required"),
        ({"properties": {}}, "required"),
        ({"properties": {"name": ["a"], "date": ["soon"]}}, "date"),
        ({"properties": {"name": "a"}}, "values"),
        ({"properties": {"name": ["a"], "proof": ["d1"]}}, "reference"),
    ],
)
def test_a_row_that_breaks_a_rule(change, rule):
    row = {"id": "e1", "schema": "Event", "properties": {"name": ["a"], "date": ["2024-12"]}}
    assert rules(check_ftm, json.dumps(row)) == []
    assert [name for _, _, name in rules(check_ftm, json.dumps(row | change))] == [rule]


def test_an_id_twice_is_a_warning():
    text = written()[0]
    twice = text + text.splitlines(keepends=True)[0]
    assert [name for _, _, name in rules(check_ftm, twice, "warning")] == ["id-twice"]
    assert rules(check_ftm, twice, "error") == []
