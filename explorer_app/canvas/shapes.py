"""Outlines by kind: each can be told without its colour."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from explorer_app.canvas.strokes import polygon, polyline, rounded

RADIUS = 6.0
RULE = 4.5  # from the edge of a source to its second rule


def outline(kind: str, rect: QRectF, radius: float = RADIUS) -> QPainterPath:
    """The outline of a node."""
    draw = _OUTLINES.get(kind)
    return draw(rect, radius) if draw else rounded(rect, radius)


def inner(kind: str, rect: QRectF) -> QPainterPath:
    """The second stroke of the shapes that have one: the fold of an artifact, the rule of a source."""
    if kind == "artifact":
        fold, right, top = _fold(rect), rect.right(), rect.top()
        return polyline((right - fold, top), (right - fold, top + fold), (right, top + fold))
    if kind in {"source", "saver"}:
        x = rect.left() + RULE if kind == "source" else rect.right() - RULE
        return polyline((x, rect.top()), (x, rect.bottom()))
    return QPainterPath()


def small(kind: str, size: float) -> QPainterPath:
    """The shape of a node around the origin, where there is no room for a card."""
    r = size
    if kind == "input":
        return rounded(QRectF(-1.3 * r, -0.75 * r, 2.6 * r, 1.5 * r), r)
    if kind == "config":
        return outline("config", QRectF(-r, -r, 2 * r, 2 * r))
    if kind in {"source", "saver"}:
        return _half_round(r, -1 if kind == "source" else 1)
    if kind == "artifact":
        return polygon((-r, -r), (0.3 * r, -r), (r, -0.3 * r), (r, r), (-r, r))
    if kind == "validator":
        return polygon((0, -1.25 * r), (1.25 * r, 0), (0, 1.25 * r), (-1.25 * r, 0))
    if kind == "column":
        return rounded(QRectF(-0.5 * r, -1.1 * r, r, 2.2 * r), 0)
    return rounded(QRectF(-r, -r, 2 * r, 2 * r), 0.55 * r)


def sides(rect: QRectF) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def _half_round(r: float, side: int) -> QPainterPath:
    path = polyline((-side * r, -r), (0.2 * side * r, -r))
    path.cubicTo(1.5 * side * r, -r, 1.5 * side * r, r, 0.2 * side * r, r)
    path.lineTo(-side * r, r)
    path.closeSubpath()
    return path


def _fold(rect: QRectF) -> float:
    return min(10.0, rect.height() / 3)


def _capsule(rect: QRectF, _radius: float) -> QPainterPath:
    return rounded(rect, rect.height() / 2 if rect.height() < 34 else 16)


def _cut_corners(rect: QRectF, _radius: float) -> QPainterPath:
    cut = min(9.0, rect.height() / 3)
    left, top, right, bottom = sides(rect)
    return polygon(
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )


def _square_at(side: int) -> Callable[[QRectF, float], QPainterPath]:
    def draw(rect: QRectF, radius: float) -> QPainterPath:
        path = rounded(rect, radius)
        path.setFillRule(Qt.FillRule.WindingFill)
        x = rect.left() if side < 0 else rect.right() - 2 * radius
        path.addRect(QRectF(x, rect.top(), 2 * radius, rect.height()))
        return path.simplified()

    return draw


def _folded(rect: QRectF, radius: float) -> QPainterPath:
    left, top, right, bottom = sides(rect)
    fold = _fold(rect)
    path = polyline((left + radius, top), (right - fold, top), (right, top + fold))
    path.lineTo(right, bottom - radius)
    path.quadTo(right, bottom, right - radius, bottom)
    path.lineTo(left + radius, bottom)
    path.quadTo(left, bottom, left, bottom - radius)
    path.lineTo(left, top + radius)
    path.quadTo(left, top, left + radius, top)
    path.closeSubpath()
    return path


def _pointed(rect: QRectF, _radius: float) -> QPainterPath:
    point = min(10.0, rect.height() / 2.6)
    left, top, right, bottom = sides(rect)
    middle = rect.center().y()
    return polygon(
        (left + point, top),
        (right - point, top),
        (right, middle),
        (right - point, bottom),
        (left + point, bottom),
        (left, middle),
    )


_OUTLINES: dict[str, Callable[[QRectF, float], QPainterPath]] = {
    "input": _capsule,
    "config": _cut_corners,
    "source": _square_at(-1),
    "saver": _square_at(1),
    "artifact": _folded,
    "validator": _pointed,
    "column": lambda rect, _radius: rounded(rect, 2),
}
