"""Sprites and outlines of many cards at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from explorer_app.canvas.atlas import Atlas
from explorer_app.canvas.batches import draw_frames
from explorer_app.canvas.overlay import WHOLE
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.strokes import fill
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.arrangement import arranged
from tests.explorer_app.canvas.conftest import pixels
from tests.support.scenes import plain_cards, plain_links

COLORS = ["#ff0000", "#00ff00", "#0000ff"]


@pytest.fixture
def image(qapp: object) -> QImage:
    made = QImage(60, 30, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    return made


def filled(color: str, painter: QPainter) -> None:
    painter.fillRect(0, 0, 600, 150, QColor(color))


def test_sprites_of_all_pages_are_drawn_and_none_of_these_is_large(image: QImage) -> None:
    """The first touch of much memory takes long, and is done at once for a whole page."""
    atlas = Atlas()
    sprites = [atlas.sprite(color, 600, 150, partial(filled, color)) for color in COLORS]
    painter = QPainter(image)
    count = len(COLORS)
    left = np.arange(0.0, 20.0 * count, 20.0)
    atlas.draw(painter, sprites, np.arange(count), left, np.zeros(count))
    painter.end()
    assert [image.pixelColor(20 * n + 5, 5).name() for n in range(count)] == COLORS
    assert len(atlas.pages) == count
    assert max(page.width() * page.height() * 4 for page in atlas.pages) < 1_000_000


def test_a_frame_is_what_a_pen_would_draw(image: QImage) -> None:
    painter = QPainter(image)
    fill(painter, QColor(COLORS[2]))
    draw_frames(painter, np.array([[10.0, 5, 30, 15]]), 2.0)
    painter.end()
    inside = np.zeros((30, 60), np.bool_)
    inside[4:21, 9:41] = True
    inside[6:19, 11:39] = False
    assert np.array_equal((pixels(image) == [255, 0, 0]).all(axis=2), inside)


def test_outlines_of_many_selected_cards_stand_on_whole_pixels(
    make_canvas: Callable[..., Canvas],
) -> None:
    cards = plain_cards(tuple(f"n{number}" for number in range(WHOLE + 40)))
    scene = arranged(cards, plain_links(np.zeros(0, np.int64)), np.full((len(cards), 2), 40.0))
    canvas = make_canvas(PreparedScene(scene, Theme("light")))
    canvas.setView(replace(canvas.view, zoom=0.13), fly=False)
    canvas.screen_picture.finish()
    before = pixels(canvas.grab().toImage())
    canvas.setSelection(np.arange(len(cards)))
    after = pixels(canvas.grab().toImage())
    marked = after[(before != after).any(axis=2)]
    accent = Theme("light").color("accent")
    assert len(marked)
    assert (marked == [accent.blue(), accent.green(), accent.red()]).all()
