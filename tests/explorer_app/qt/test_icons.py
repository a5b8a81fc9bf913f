"""Icons of bars and panes are drawn once and put where they are wanted."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer_app.canvas.strokes import HINTS
from explorer_app.qt import icons

NAMES = ("search", "column", "source", "server", "no such icon")
Draw = Callable[[QPainter], object]


def pixels(draw: Draw, ratio: float = 1) -> np.ndarray:
    """(height, width, 4) of what is drawn on grey."""
    image = QImage(round(40 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(200, 210, 220))
    painter = QPainter(image)
    painter.setRenderHints(HINTS)
    draw(painter)
    painter.end()
    found = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return found.astype(int)


@pytest.mark.parametrize("ratio", [1, 1.25, 2])
@pytest.mark.parametrize("name", NAMES)
def test_a_sprite_looks_as_its_strokes(qapp: QApplication, name: str, ratio: float) -> None:
    for corner in (QPointF(3, 4), QPointF(7.5, 5.25), QPointF(-4.5, 30.5)):
        given: dict[str, Any] = {
            "name": name,
            "corner": corner,
            "size": 13,
            "color": QColor(20, 60, 160),
        }
        drawn = pixels(partial(icons.draw, **given, weight=1.7), ratio)
        wanted = pixels(partial(icons._stroke, **given, weight=1.7), ratio)
        assert wanted.std() > 1
        assert abs(drawn - wanted).max() <= 3  # steps of 255: a sprite is rounded once more


def test_the_same_strokes_are_drawn_once(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draw(painter: QPainter) -> None:
        icons.draw(painter, "search", QPointF(5, 5), 13, QColor("red"))

    before = pixels(draw)
    monkeypatch.delattr(icons, "draw_strokes")
    assert (pixels(draw) == before).all()


def test_what_is_scaled_is_drawn_anew(qapp: QApplication) -> None:
    def larger(painter: QPainter, draw: Callable[..., object]) -> None:
        painter.scale(2, 2)
        draw(painter, "search", QPointF(3, 3), 13, QColor("red"), 1.35)

    wanted = pixels(lambda painter: larger(painter, icons._stroke))
    assert (pixels(lambda painter: larger(painter, icons.draw)) == wanted).all()
