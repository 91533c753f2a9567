"""Days, months, years and intervals: read, ordered and compared as the calendar has them."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warledger.core import When, week_of
from warledger.errors import WhenError

days = st.dates()


@st.composite
def points(draw):
    """A day, a month or a year, and the first and last day of it."""
    day = draw(days)
    cut = draw(st.sampled_from((4, 7, 10)))
    text = day.isoformat()[:cut]
    if cut == 4:
        return text, date(day.year, 1, 1), date(day.year, 12, 31)
    if cut == 7:
        return text, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return text, day, day


@st.composite
def whens(draw):
    """Any time in any of the forms."""
    one, first, _ = draw(points())
    form = draw(st.sampled_from(("point", "from", "until", "between")))
    if form == "point":
        return When.parse(one)
    if form == "from":
        return When.parse(f"{one}/..")
    if form == "until":
        return When.parse(f"../{one}")
    two, _, other_last = draw(points())
    return When.parse(f"{one}/{two}") if first <= other_last else When.parse(f"{two}/{one}")


@given(whens())
def test_what_is_written_reads_back(when):
    assert When.parse(str(when)) == when


@given(points())
def test_a_point_covers_its_days(point):
    text, first, last = point
    when = When.parse(text)
    assert (when.first, when.last) == (first, last)
    assert when.length_days == (last - first).days + 1
    assert when.precision == {4: "year", 7: "month", 10: "day"}[len(text)]


@given(points(), points())
def test_an_interval_runs_from_the_first_of_one_to_the_last_of_the_other(one, other):
    text = f"{one[0]}/{other[0]}"
    if other[2] < one[1]:
        with pytest.raises(WhenError, match="ends before it begins"):
            When.parse(text)
    else:
        assert (When.parse(text).first, When.parse(text).last) == (one[1], other[2])


@given(st.none() | days, st.none() | days)
def test_of_gives_the_shortest_form_that_reads_back(first, last):
    if (first is None and last is None) or (first is not None and last is not None and last < first):
        with pytest.raises(WhenError):
            When.of(first, last)
        return
    when = When.of(first, last)
    assert (when.first, when.last) == (first, last)
    assert When.parse(when.edtf) == when
    assert (len(when.edtf) == 10) == (first is not None and first == last)


def covered(when):
    return (when.first or date.min).toordinal(), (when.last or date.max).toordinal()


@given(whens(), whens())
def test_gap_and_overlap_do_not_depend_on_the_order(one, other):
    (a, b), (c, d) = covered(one), covered(other)
    assert one.gap_days(other) == other.gap_days(one) == max(0, c - b, a - d)
    assert one.overlaps(other) == other.overlaps(one) == (max(a, c) <= min(b, d))


@given(whens())
def test_a_time_overlaps_itself(when):
    assert when.overlaps(when)


@given(whens(), whens(), whens())
def test_times_are_in_one_order(one, two, three):
    ordered = sorted((one, two, three), key=When.sort_key)
    assert sorted((three, one, two), key=When.sort_key) == ordered
    starts = [w.first or w.last or date.min for w in ordered]
    assert starts == sorted(starts)


@given(days)
@example(date.max)
@example(date(9999, 12, 26))
@example(date.min)
def test_a_week_is_monday_to_sunday_around_its_day(day):
    if day > date(9999, 12, 26):
        with pytest.raises(WhenError, match="after the calendar"):
            week_of(day)
        return
    week = week_of(day)
    assert week.first <= day <= week.last
    assert (week.first.weekday(), week.last.weekday(), week.length_days) == (0, 6, 7)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), "month"),
        ("0001", date(1, 1, 1), date(1, 12, 31), "year"),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31), "day"),
        ("9999/..", date(9999, 1, 1), None, "open"),
        ("../2016", None, date(2016, 12, 31), "open"),
        ("2016/", date(2016, 1, 1), None, "open"),
        ("/2016-05", None, date(2016, 5, 31), "open"),
        ("2024-12-05/2024-12-05", date(2024, 12, 5), date(2024, 12, 5), "day"),
        ("2024/2024", date(2024, 1, 1), date(2024, 12, 31), "days"),
        ("2024-11/2024-12-05", date(2024, 11, 1), date(2024, 12, 5), "days"),
    ],
)
def test_forms(text, first, last, precision):
    when = When.parse(text)
    assert (when.first, when.last, when.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "0000", "0000-01-01", "2024-00", "2024-13", "2024-00-05", "2024-05-00", "2024-02-30", "2023-02-29", "2024-04-31",
        "10000-01-01", "../0000", "2024-12-05/2024-13",
    ],
)  # fmt: skip
def test_no_date_of_the_calendar(text):
    with pytest.raises(WhenError):
        When.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "..", "../..", "../", "/..", "24-12-05", "2024-1-5", "2024-12-05T10:00", "2024?", "2024-12-05~", "-2024",
        "202X", " 2024", "2024\n", "yesterday", "2024/2025/2026", "2024 / 2025", "٢٠٢٤", "２０２４-01", "2024-12-05/...",
        "2024-W49",
    ],
)  # fmt: skip
def test_no_form_of_the_guide(text):
    with pytest.raises(WhenError):
        When.parse(text)


@given(st.text(alphabet="0123456789-/. ", max_size=24) | st.text(max_size=12))
def test_any_text_is_a_time_or_a_when_error(text):
    try:
        when = When.parse(text)
    except WhenError:
        return
    assert when.first or when.last
    assert when.length_days is None or when.length_days >= 1


def test_neighbouring_days_are_one_apart():
    day = date(2024, 2, 28)
    assert When.of(day, day).gap_days(When.of(day + timedelta(days=1), None)) == 1
    assert When.parse("2024-02").gap_days(When.parse("2024-04-01")) == 32
