"""Short ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.cli.ids import SHORTEST, full_id, short_length
from warledger.core import content_id
from warledger.errors import NotFoundError, UsageError


@given(st.sets(st.text("0123456789abcdef", min_size=16, max_size=16), min_size=1, max_size=20))
def test_ids_cut_to_the_short_length_stay_apart_and_find_themselves(digits):
    ids = sorted("c" + d for d in digits)
    length = short_length(ids)
    assert length >= SHORTEST
    assert len({one[:length] for one in ids}) == len(ids)
    assert [full_id(one[:length], ids, "claim") for one in ids] == ids


def test_an_ambiguous_beginning_names_its_candidates():
    ids = ["c1110000", "c1112222", "c1113333", "c1114444", "c1115555"]
    with pytest.raises(UsageError, match=r"beginning of 5 ids: c1110000, .* …"):
        full_id("c111", ids, "claim")


@pytest.mark.parametrize("given_id", ["", "zzz", content_id("e", "other")])
def test_an_unknown_id_is_not_found(given_id):
    with pytest.raises(NotFoundError, match="the ledger has no event"):
        full_id(given_id, ["c1110000"], "event")
