from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from warledger.brief.chart import MAP_HEIGHT, WIDTH, draw_lanes, draw_map, holders_of
from warledger.brief.model import Lane, MapPoint, Stretch

POINTS = st.lists(
    st.builds(
        MapPoint,
        st.text("abc ", min_size=1, max_size=20),
        st.floats(-80, 80),
        st.floats(-179, 179),
        st.integers(1, 400),
        st.sampled_from(["", "rebels", "army"]),
    ),
    min_size=2,
    max_size=12,
)


@given(POINTS)
def test_every_dot_is_on_the_map_and_no_names_collide(points):
    drawn = draw_map(points, ["rebels"])
    assert len(drawn.dots) == len(points)
    for dot in drawn.dots:
        assert 0 <= dot.x <= WIDTH
        assert 0 <= dot.y <= MAP_HEIGHT
        assert dot.colour in (0, 1)
    assert 1 <= len(drawn.meridians) + len(drawn.parallels) <= 40


def test_north_is_up_and_one_place_needs_no_map():
    south, north = MapPoint("Damascus", 33.5, 36.3, 1), MapPoint("Aleppo", 36.2, 37.2, 3, "rebels")
    drawn = draw_map([south, north], ["rebels"])
    assert drawn.dots[1].y < drawn.dots[0].y
    assert drawn.dots[1].x > drawn.dots[0].x
    assert drawn.dots[1].note == "Aleppo: 3 events; held by rebels"
    assert all(line.label.endswith("° N") for line in drawn.parallels)
    assert draw_map([south], []) is None


def test_names_that_would_collide_are_left_out():
    crowd = [MapPoint("A very long name", 35.0, 36.0 + i / 10**6, 1) for i in range(9)]
    assert sum(bool(dot.anchor) for dot in draw_map(crowd, []).dots) < 9


def test_lanes():
    lane = Lane(
        "Hama", (Stretch("government", None, date(2024, 12, 5), True), Stretch("rebels", date(2024, 12, 5), None, False))
    )
    holders = holders_of([MapPoint("Homs", 34.7, 36.7, 1, "army")], [lane])
    assert holders == ("rebels", "government", "army")
    drawn = draw_lanes([lane], holders, date(2024, 12, 1), date(2024, 12, 9))
    before, after = drawn.rows[0].bars
    assert round(before.x + before.width) == round(after.x)
    assert round(after.x + after.width) == WIDTH
    assert (before.asserted, after.asserted) == (True, False)
    assert "before the first report" in before.note
    assert draw_lanes([Lane("Hama", (Stretch("rebels", None, None, True),))], holders, None, None) is None


def test_lanes_at_the_ends_of_the_calendar():
    lane = Lane("Hama", (Stretch("rebels", date.min, date.max, True),))
    assert draw_lanes([lane], ["rebels"], None, None) is not None
