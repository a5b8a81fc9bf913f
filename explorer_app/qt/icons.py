"""Icons of bars and buttons, as strokes in a field of 16; those of nodes are the canvas's."""

from functools import lru_cache
from math import ceil, floor

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from explorer_app.canvas.icons import draw_icon, draw_strokes
from explorer_app.canvas.strokes import HINTS

KEPT = 1024  # sprites
EDGE = 2  # px of the screen around a sprite, for strokes that end on its edge
_ICONS = {
    "barrier": "M6 2.5V13.5M10.5 2.5V13.5",
    "folder": "M2 12.6V3.8H6L7.6 5.6H14V12.6H2",
    "file": "M9.4 1.8H3.4V14.2H12.6V5L9.4 1.8V5H12.6M5.6 8.4H10.4M5.6 11.2H9",
    "server": "M3.6 2.8H12.4A1.2 1.2 0 0 1 13.6 4V6A1.2 1.2 0 0 1 12.4 7.2H3.6"
    "A1.2 1.2 0 0 1 2.4 6V4A1.2 1.2 0 0 1 3.6 2.8"
    "M3.6 8.8H12.4A1.2 1.2 0 0 1 13.6 10V12A1.2 1.2 0 0 1 12.4 13.2H3.6"
    "A1.2 1.2 0 0 1 2.4 12V10A1.2 1.2 0 0 1 3.6 8.8M4.8 5H5.2M4.8 11H5.2",
    "sidebar": "M3.6 3H12.4A1.6 1.6 0 0 1 14 4.6V11.4A1.6 1.6 0 0 1 12.4 13H3.6"
    "A1.6 1.6 0 0 1 2 11.4V4.6A1.6 1.6 0 0 1 3.6 3M6.2 3V13",
    "search": "M2.6 6.8a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0M10 10L13.8 13.8",
    "close": "M4.4 4.4L11.6 11.6M11.6 4.4L4.4 11.6",
    "layers": "M8 2.4L14 5.8L8 9.2L2 5.8L8 2.4M2 9.6L8 13L14 9.6",
    "view": "M3.6 2.6H12.4A1.6 1.6 0 0 1 14 4.2V11.8A1.6 1.6 0 0 1 12.4 13.4H3.6"
    "A1.6 1.6 0 0 1 2 11.8V4.2A1.6 1.6 0 0 1 3.6 2.6M2 9.6H14M10 2.6V9.6",
    "ask": "M1.3 4a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0M11.3 8a1.7 1.7 0 1 0 3.4 0"
    "a1.7 1.7 0 1 0-3.4 0M1.3 12a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0"
    "M4.6 4.6L11.4 7.4M4.6 11.4L11.4 8.6",
    "bookmark": "M4.2 2.4H11.8V13.6L8 10.4L4.2 13.6V2.4",
    "branch": "M2.8 3.4a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0M2.8 12.6a1.6 1.6 0 1 0 3.2 0"
    "a1.6 1.6 0 1 0-3.2 0M10 5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0"
    "M4.4 5V11M11.6 6.6V8.6L4.4 9.4",
    "back": "M9.8 3.4L5.2 8L9.8 12.6",
    "down": "M4 6.2L8 10.2L12 6.2",
    "right": "M6.2 4L10.2 8L6.2 12",
    "play": "M5 3.2L12.4 8L5 12.8V3.2",
    "command": "M3 4.6L6.4 8L3 11.4",
}


def draw(
    painter: QPainter,
    name: str,
    corner: QPointF,
    size: float,
    color: QColor,
    weight: float = 1.35,
) -> None:
    """Draw an icon of a bar, or of a node; arguments as of `draw_icon`.

    Its strokes are drawn once, as a sprite, for each place within a pixel; but where a pixel of the
    sprite would be none of the screen.
    """
    ratio = painter.device().devicePixelRatio()
    if not (ratio.is_integer() and painter.worldTransform().isIdentity()):
        _stroke(painter, name, corner, size, color, weight)
        return
    x, y = corner.x() * ratio, corner.y() * ratio
    left, top = floor(x), floor(y)
    sprite = _sprite(name, (x - left, y - top), size, color.rgba(), weight, ratio)
    painter.drawPixmap(QPointF((left - EDGE) / ratio, (top - EDGE) / ratio), sprite)


@lru_cache(KEPT)
def _sprite(
    name: str, within: tuple[float, float], size: float, ink: int, weight: float, ratio: float
) -> QPixmap:
    side = ceil(size * ratio) + 2 * EDGE + 1
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(HINTS)
    painter.translate(EDGE + within[0], EDGE + within[1])
    painter.scale(ratio, ratio)
    _stroke(painter, name, QPointF(), size, QColor.fromRgba(ink), weight)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _stroke(
    painter: QPainter, name: str, corner: QPointF, size: float, color: QColor, weight: float
) -> None:
    if name in _ICONS:
        draw_strokes(painter, _ICONS[name], corner, size, color, weight)
    else:
        draw_icon(painter, name, corner, size, color, weight)
