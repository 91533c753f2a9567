"""Events and their parts: plain values, with a grade that is one of the known ones."""

import pytest

from warledger.core import Grade, Match, Origin
from warledger.core.vocabulary import GRADES


@pytest.mark.parametrize("name", GRADES)
def test_every_grade_can_be_given(name):
    assert Grade(name, "the rule").name == name


@pytest.mark.parametrize("name", ["", "Confirmed", "certain"])
def test_no_other_grade_can(name):
    with pytest.raises(ValueError, match="is not one of: retracted, denied"):
        Grade(name, "the rule")


def test_origins_and_matches_have_an_order():
    origins = [Origin("B", "media", interested=False, claims=()), Origin("A", "monitor", interested=True, claims=("c1",))]
    assert [o.name for o in sorted(origins)] == ["A", "B"]
    assert min(Match("c2", "c3", 0.5, ()), Match("c1", "c9", 0.4, ())).left == "c1"
