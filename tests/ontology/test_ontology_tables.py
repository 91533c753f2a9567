"""The tables of types and crowds keep their own rules."""

from __future__ import annotations

from itertools import combinations_with_replacement

from warledger.core import vocabulary as v
from warledger.ontology import BLOCK_GROUPS, crowd_of, head_and_where, role_of, same_event_reason, side_by_kind
from warledger.ontology.tables import rows


def test_every_row_names_two_types_of_the_guide_once_with_a_reason():
    seen = set()
    for row in rows("same_event.csv"):
        assert {row["left"], row["right"]} <= set(v.CLAIM_TYPES)
        assert row["left"] != row["right"]
        assert len(row["reason"].split()) > 4
        pair = frozenset((row["left"], row["right"]))
        assert pair not in seen
        seen.add(pair)


def test_types_that_can_tell_of_one_event_share_a_block_group():
    for left, right in combinations_with_replacement(v.CLAIM_TYPES, 2):
        if same_event_reason(left, right):
            assert set(BLOCK_GROUPS[left]) & set(BLOCK_GROUPS[right]), (left, right)
    assert not same_event_reason("airstrike", "protest")


def test_roles_say_whom_a_type_harms():
    for row in rows("roles.csv"):
        assert row["type"] in v.CLAIM_TYPES
        assert row["harmed"] in {"", "target", "initiator"}
        assert row["reason"]
    assert role_of("withdraw").harmed == "initiator"
    assert role_of("seize").territory == "gains"
    assert role_of("negotiate").harmed == role_of("negotiate").territory == ""


def test_crowds_and_sides():
    assert head_and_where("rebels (Syria)") == ("rebels", "Syria")
    assert [crowd_of(n) for n in ("rebels (Syria)", "Syrian rebels", "army (Syria)", "Hayat Tahrir", "protesters (Iraq)")] == [
        "insurgents", "insurgents", "state", "", "unarmed",
    ]  # fmt: skip
    assert side_by_kind("rebels (Syria)", "other") == "opposition"
    assert side_by_kind("Syrian Armed Forces", "external_forces") == "government"
    assert side_by_kind("Any Group", "rebel_group") == "opposition"
    assert side_by_kind("Black Banner", "jihadist_group") == "black banner"
    assert side_by_kind("civilians (Syria)", "civilians") == side_by_kind("A Paper", "media") == ""
