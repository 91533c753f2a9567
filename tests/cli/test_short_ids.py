"""Short ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warledger.cli.ids import SHORTEST, short_length


@given(st.sets(st.text("0123456789abcdef", min_size=16, max_size=16), min_size=1, max_size=20))
def test_ids_cut_to_the_short_length_stay_apart_and_find_themselves(digits):
    ids = sorted("c" + d for d in digits)
    length = short_length(ids)
    assert length >= SHORTEST
    assert len({one[:length] for one in ids}) == len(ids)
