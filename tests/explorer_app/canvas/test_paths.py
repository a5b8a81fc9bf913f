"""What SVG says is what Qt draws."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from explorer_app.canvas.paths import path_of
from explorer_app.qt import icons
from hamilton_ol.graph.scene.icons import FIELD, ICONS
from hamilton_ol.graph.scene.paths import Box, rounded


def difference(one: QPainterPath, other: QPainterPath) -> float:
    """The area that is in one of them only."""
    rest = one.subtracted(other).united(other.subtracted(one))
    polygons = rest.toFillPolygons()
    found = 0.0
    for polygon in polygons:
        points = [polygon.at(n) for n in range(polygon.size())]
        pairs = zip(points, [*points[1:], points[0]], strict=True)
        found += abs(sum(a.x() * b.y() - b.x() * a.y() for a, b in pairs)) / 2
    return found


@pytest.mark.parametrize("radius", [2.0, 6.0, 10.0])
def test_round_corners_are_those_of_qt(radius: float) -> None:
    expected = QPainterPath()
    expected.addRoundedRect(QRectF(3, 4, 40, 20), radius, radius)
    assert difference(path_of(rounded(Box(3, 4, 40, 20), (radius,) * 4)), expected) < 0.05


def test_two_halves_are_an_ellipse() -> None:
    expected = QPainterPath()
    expected.addEllipse(QRectF(3, 2, 10, 4))
    for sweep, back in ((0, 0), (1, 1)):
        text = f"M3 4a5 2 0 1 {sweep} 10 0a5 2 0 1 {back}-10 0"
        assert difference(path_of(text), expected) < 0.05


def test_a_large_arc_goes_the_long_way() -> None:
    short, long = path_of("M0 0A10 10 0 0 1 10 10"), path_of("M0 0A10 10 0 1 1 10 10")
    assert short.boundingRect().width() == pytest.approx(10, abs=0.01)
    assert long.length() == pytest.approx(3 * short.length(), rel=0.01)


def test_steps_are_relative_to_where_one_is() -> None:
    path = path_of("M1 2H5V7L0 0ZM8 8C8 9 9 9 9 8")
    points = [(path.elementAt(n).x, path.elementAt(n).y) for n in range(5)]
    assert points == [(1, 2), (5, 2), (5, 7), (0, 0), (1, 2)]
    assert path.currentPosition().x() == 9


@pytest.mark.parametrize("name", [*ICONS, *icons._ICONS])
def test_icons_stay_on_their_field(name: str) -> None:
    found = path_of({**ICONS, **icons._ICONS}[name]).boundingRect()
    assert QRectF(0.5, 0.5, FIELD - 1, FIELD - 1).contains(found)
    assert max(found.width(), found.height()) > 5
