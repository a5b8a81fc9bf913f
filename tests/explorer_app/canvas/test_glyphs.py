"""Letters that were begun and given up are drawn whole the next time."""

import numpy as np
from PySide6.QtGui import QImage, QPainter

from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.glyphs import Glyphs
from explorer_app.canvas.theme import Theme
from hamilton_ol.graph.scene.arrays import Floats


def ink(glyphs: Glyphs, fonts: Fonts, text: str) -> int:
    """How many pixels a text takes."""
    image = QImage(200, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    at: Floats = np.array([10.0])
    glyphs.draw(painter, fonts.texts("name", [text]), np.array([0]), at, at + 15, 1.0)
    painter.end()
    return int(np.count_nonzero(np.frombuffer(image.constBits(), np.uint8)))


def test_whoever_gives_up_in_between_leaves_nothing_half_done(light: Theme) -> None:
    def made() -> Glyphs:
        return Glyphs(light.font("name"), 1.0, light.color("text"), light.color("card"))

    whole, given_up, fonts = made(), made(), Fonts(light)
    codes = np.array(sorted(map(ord, "age")))
    list(whole.prepare(codes))
    next(given_up.prepare(codes))
    list(given_up.prepare(codes))
    assert ink(given_up, fonts, "age") == ink(whole, fonts, "age") > 0
