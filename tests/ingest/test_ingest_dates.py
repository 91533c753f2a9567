"""Days as people write them, and the ones that are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.errors import WhenError
from warledger.ingest.dates import find_date, parse_date

DAY = date(2024, 12, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2024-12-05",
        " 2024-12-05T23:59:00+03:00 ",
        "2024/12/05 10:00",
        "2024.12.5",
        "20241205",
        "20241205T101500Z",
        "5 December 2024",
        "5th of December 2024",
        "05-Dec-2024",
        "Thursday, 5 Dec. 2024, 11:30 am BST",
        "Thu, 05 Dec 2024 10:00:00 GMT",
        "December 5, 2024",
        "Dec. 5 2024",
        "Thu Dec 05 10:00:00 +0000 2024",
        "Thu Dec 5 10:00:00 UTC 2024",
        "2024 Dec 05",
        "Published: 5 December 2024",
        1733356800,
        1733356800.5,
        1733356800000,
        "1733356800",
        20241205,
    ],
)
def test_usual_forms(written: object) -> None:
    assert parse_date(written) == DAY


def test_day_and_month_either_way_round() -> None:
    with pytest.raises(WhenError, match="either way round"):
        parse_date("05/12/2024")
    assert parse_date("05/12/2024", day_first=True) == DAY
    assert parse_date("12/05/2024", day_first=False) == DAY
    assert parse_date("25.12.2024") == parse_date("12/25/2024") == date(2024, 12, 25)
    assert parse_date("05/05/2024") == date(2024, 5, 5)


@pytest.mark.parametrize(
    "written",
    [
        "9999-99-99", "2024-02-30", "0000-00-00", "1899-12-31", "2101-01-01", "31/31/2024", "05/12/24", "2024", "December 2024",
        "yesterday", "",
        "2024-12-05/2024-12-07", "x" * 500, 0, -1, 5, 12345678901234567890, 10**400, float("nan"), float("inf"),
        -1e300, True, None, ["2024-12-05"], {"y": 2024}, "9" * 400, "99999999", "٩٩٩٩-٩٩-٩٩",
    ],
)  # fmt: skip
def test_what_is_no_one_plausible_day(written: object) -> None:
    with pytest.raises(WhenError):
        parse_date(written)


def test_the_first_full_date_in_the_first_lines() -> None:
    assert find_date("AZAZ, 5 December 2024 – Shells fell on 7 December 2024.") == (DAY, "5 December 2024")
    assert find_date("On 05/12/2024 or on 2024-13-13 it rained; 2024-12-05 was dry.") == (DAY, "2024-12-05")
    assert find_date("Nothing here.\n" * 10 + "5 December 2024") is None
    assert find_date("") is None


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y%m%d"]),
)
def test_any_day_comes_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day


@given(st.one_of(st.text(max_size=60), st.text("0123456789-/. DecMay,", max_size=30), st.integers(), st.floats()))
def test_anything_is_a_day_or_a_when_error(value: object) -> None:
    try:
        assert 1900 <= parse_date(value).year <= 2100
    except WhenError as error:
        assert str(error)  # noqa: PT017
