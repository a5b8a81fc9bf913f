"""Points of the screen and of the scene."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer_app.scene.viewport import Viewport

views = st.builds(
    Viewport,
    width=st.integers(100, 3000),
    height=st.integers(100, 2000),
    zoom=st.floats(0.01, 4),
    x=st.floats(-5000, 5000),
    y=st.floats(-5000, 5000),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)
points = st.floats(0, 2000)


@given(views, points, points)
def test_there_and_back_is_the_same_place(view: Viewport, x: float, y: float) -> None:
    assert view.to_screen(*view.to_scene(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(views, st.floats(0.01, 4), points, points)
def test_what_is_under_the_pointer_stays_there_when_one_zooms(
    view: Viewport, zoom: float, x: float, y: float
) -> None:
    before, after = view.to_scene(x, y), view.zoomed(zoom, x, y)
    assert after.to_screen(*before) == pytest.approx((x, y), abs=2.5 + zoom / view.zoom)


@given(views, points, points)
def test_the_scene_follows_the_hand(view: Viewport, x: float, y: float) -> None:
    at = view.to_scene(0, 0)
    assert view.panned(x, y).to_screen(*at) == pytest.approx((x, y), abs=1.5)


@given(views, st.floats(-1000, 1000), st.floats(1, 5000), st.floats(1, 5000))
def test_everything_fits(view: Viewport, left: float, wide: float, high: float) -> None:
    bounds = (left, left, left + wide, left + high)
    seen = view.fitted(bounds, (10, 10, 10, 10), 1.35).window
    assert seen.left <= bounds[0]
    assert seen.right >= bounds[2]
    assert seen.top <= bounds[1]
    assert seen.bottom >= bounds[3]


def test_a_flight_begins_and_ends_where_it_should() -> None:
    start, end = Viewport(800, 600, 0.5, 0, 0), Viewport(800, 600, 2.0, 100, 50)
    assert start.between(end, 0.0) == start
    assert start.between(end, 1.0) == end
    assert start.between(end, 0.5).zoom == pytest.approx(1.0)
