"""The fit of roles: what tells a doer gets weight, and a second name of one actor is learned to be none."""

import numpy as np
import pytest


@pytest.fixture
def roles(training):
    return training("roles")


def cases(roles, count=200):
    """Claims of which the doer stands before the trigger and the victim behind it; one in ten has no doer."""
    made = []
    for n in range(count):
        doer = n % 10 > 0
        rows = {
            role: [
                (
                    0,
                    {"side: before": 1.0, "network": 0.5},
                    doer and role == "initiator",
                    frozenset({0} if doer and role == "initiator" else ()),
                ),
                (1, {"side: after": 1.0, "network": 0.5}, role == "target", frozenset({0} if role == "target" else ())),
            ]
            for role in roles.ROLES
        }
        made.append(roles.Case(n % 10, rows, {"initiator": int(doer), "target": 1}))
    return made


def test_what_tells_a_role_gets_weight(roles, tmp_path, capsys):
    weights = roles.with_floors(cases(roles))
    assert weights.levels["initiator"]["side: before"] > 1 > -1 > weights.levels["initiator"]["side: after"]
    assert weights.chance("target", {"side: after": 1.0}) > 0.9
    assert "F1" in capsys.readouterr().err
    roles.write(tmp_path / "roles.json", weights)
    assert "side: after" in (tmp_path / "roles.json").read_text("utf-8")


def test_noise_moves_links_and_may_make_one(roles):
    from warledger.extract.links import Links

    links = Links({"initiator": ((0, 0.5),), "target": (), "voice": ()}, {}, ())
    seen = [roles.unsure(links, [0, 1], np.random.default_rng(n)).roles for n in range(50)]
    assert len({row["initiator"] for row in seen}) == 50
    assert any(m == 1 for row in seen for m, _ in row["initiator"])
    assert all(row["voice"] == () for row in seen)


def test_an_actor_is_met_once(roles):
    rows = [(0, {}, True, frozenset({0})), (1, {}, False, frozenset({0}))]
    case = roles.Case(0, {"initiator": rows, "target": []}, {"initiator": 1, "target": 0})
    chances = {"initiator": {0: 0.9, 1: 0.8}, "target": {0: 0.1, 1: 0.1}}
    assert roles.tally(case, chances, "initiator", 0.5, 0.4).tolist() == [1, 1, 2]
    assert roles.tally(case, chances, "initiator", 0.85, 0.4).tolist() == [1, 1, 1]
