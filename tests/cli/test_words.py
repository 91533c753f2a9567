"""Short forms of values."""

from __future__ import annotations

import pytest

from warledger.cli import words
from warledger.core import Evidence, Figure, Span, When


@pytest.mark.parametrize(
    ("low", "high", "about", "shown"),
    [
        (111, 111, False, "111"),
        (720, None, False, "720+"),
        (None, 40, False, "up to 40"),
        (10, 15, False, "10–15"),
        (50, 50, True, "about 50"),
        (1500, 1500, False, "1,500"),
    ],
)
def test_a_count_shows_its_bounds(low, high, about, shown):
    assert words.count(low, high, about=about) == shown


def test_a_figure_names_what_it_counts():
    ground = Evidence("d1", Span(0, 4), "text")
    assert words.figure(Figure("killed", "civilians", 111, 111, ground)) == "111 civilians killed"
    since = When.parse("2024-11-27/2024-12-05")
    assert (
        words.figure(Figure("killed", "people", 720, None, ground, basis="cumulative", since=since))
        == "720+ killed since 2024-11-27"
    )
    assert words.figure(Figure("other", "aid_workers", 3, 3, ground)) == "3 aid workers"


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2024-12-05", "2024-12-05"),
        ("2024-11-27/2024-12-05", "2024-11-27 – 2024-12-05"),
        ("2024-11-27/..", "since 2024-11-27"),
        ("../2016", "by 2016"),
    ],
)
def test_a_time_reads_as_people_write_it(edtf, shown):
    assert words.when(When.parse(edtf)) == shown


def test_roles_leave_out_who_is_not_named():
    assert words.roles(("rebels",), ("army",)) == "rebels → army"
    assert words.roles((), ("army",)) == "→ army"
    assert words.roles(("rebels", "militia"), ()) == "rebels, militia"
    assert words.roles((), ()) == ""
    assert words.when(None) == words.place(None) == ""
