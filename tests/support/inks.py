"""Colours of what is written: letters are thin, so that hardly a pixel has all of their ink."""

from PySide6.QtGui import QColor, QPixmap

NEAR = 60  # of 3 * 255: how far the colour of a pixel may be from the ink


def has_ink(picture: QPixmap, ink: QColor) -> bool:
    """Whether something in a picture is painted in a colour."""
    image = picture.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(_distance(image.pixelColor(x, y), ink) < NEAR for x, y in points)


def _distance(one: QColor, other: QColor) -> int:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return sum(abs(a - b) for a, b in pairs)
