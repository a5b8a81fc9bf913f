"""Icons of bars and buttons, as strokes in a field of 16; those of nodes are the canvas's."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from explorer_app.canvas.icons import draw_icon
from explorer_app.canvas.strokes import ROUND, circle, joined, pen, polyline, rounded, stroke

FIELD = 16.0
Drawn = Callable[[], QPainterPath]


def draw(
    painter: QPainter,
    name: str,
    corner: QPointF,
    size: float,
    color: QColor,
    weight: float = 1.35,
) -> None:
    """Draw an icon of a bar, or of a node; arguments as of `draw_icon`."""
    made = _ICONS.get(name)
    if made is None:
        draw_icon(painter, name, corner, size, color, weight)
        return
    painter.save()
    painter.translate(corner)
    painter.scale(size / FIELD, size / FIELD)
    stroke(painter, pen(color, weight, ROUND))
    painter.drawPath(made())
    painter.restore()


def _folder() -> QPainterPath:
    return polyline((2, 12.6), (2, 3.8), (6, 3.8), (7.6, 5.6), (14, 5.6), (14, 12.6), (2, 12.6))


def _barrier() -> QPainterPath:
    return joined(polyline((6, 2.5), (6, 13.5)), polyline((10.5, 2.5), (10.5, 13.5)))


def _file() -> QPainterPath:
    sheet = polyline((9.4, 1.8), (3.4, 1.8), (3.4, 14.2), (12.6, 14.2), (12.6, 5), (9.4, 1.8))
    corner = polyline((9.4, 1.8), (9.4, 5), (12.6, 5))
    return joined(
        sheet, corner, polyline((5.6, 8.4), (10.4, 8.4)), polyline((5.6, 11.2), (9, 11.2))
    )


def _server() -> QPainterPath:
    upper, lower = (rounded(QRectF(2.4, top, 11.2, 4.4), 1.2) for top in (2.8, 8.8))
    lamps = (polyline((4.8, y), (5.2, y)) for y in (5, 11))
    return joined(upper, lower, *lamps)


def _sidebar() -> QPainterPath:
    return joined(rounded(QRectF(2, 3, 12, 10), 1.6), polyline((6.2, 3), (6.2, 13)))


def _search() -> QPainterPath:
    return joined(circle(6.8, 6.8, 4.2), polyline((10, 10), (13.8, 13.8)))


def _close() -> QPainterPath:
    return joined(polyline((4.4, 4.4), (11.6, 11.6)), polyline((11.6, 4.4), (4.4, 11.6)))


def _layers() -> QPainterPath:
    top = polyline((8, 2.4), (14, 5.8), (8, 9.2), (2, 5.8), (8, 2.4))
    return joined(top, polyline((2, 9.6), (8, 13), (14, 9.6)))


def _view() -> QPainterPath:
    frame = rounded(QRectF(2, 2.6, 12, 10.8), 1.6)
    return joined(frame, polyline((2, 9.6), (14, 9.6)), polyline((10, 2.6), (10, 9.6)))


def _ask() -> QPainterPath:
    links = polyline((4.6, 4.6), (11.4, 7.4))
    return joined(
        circle(3, 4, 1.7),
        circle(13, 8, 1.7),
        circle(3, 12, 1.7),
        links,
        polyline((4.6, 11.4), (11.4, 8.6)),
    )


def _bookmark() -> QPainterPath:
    return polyline((4.2, 2.4), (11.8, 2.4), (11.8, 13.6), (8, 10.4), (4.2, 13.6), (4.2, 2.4))


def _branch() -> QPainterPath:
    bend = polyline((11.6, 6.6), (11.6, 8.6), (4.4, 9.4))
    return joined(
        circle(4.4, 3.4, 1.6),
        circle(4.4, 12.6, 1.6),
        circle(11.6, 5, 1.6),
        polyline((4.4, 5), (4.4, 11)),
        bend,
    )


_ICONS: dict[str, Drawn] = {
    "barrier": _barrier,
    "folder": _folder,
    "file": _file,
    "server": _server,
    "sidebar": _sidebar,
    "search": _search,
    "close": _close,
    "layers": _layers,
    "view": _view,
    "ask": _ask,
    "bookmark": _bookmark,
    "branch": _branch,
    "back": lambda: polyline((9.8, 3.4), (5.2, 8), (9.8, 12.6)),
    "down": lambda: polyline((4, 6.2), (8, 10.2), (12, 6.2)),
    "right": lambda: polyline((6.2, 4), (10.2, 8), (6.2, 12)),
    "play": lambda: polyline((5, 3.2), (12.4, 8), (5, 12.8), (5, 3.2)),
    "command": lambda: polyline((3, 4.6), (6.4, 8), (3, 11.4)),
}
