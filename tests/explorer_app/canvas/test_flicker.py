"""No frame on the way to another picture is blank, or lacks a part of what it shows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from explorer_app.scene.hits import Hit
from explorer_app.scene.viewport import Viewport
from tests.explorer_app.canvas.conftest import SIZE, pixels
from tests.explorer_app.canvas.test_motion import turned
from tests.explorer_app.canvas.test_screen import asked
from tests.support.scenes import small

TILES = 5, 8  # rows and columns, each of which is looked at for itself
LEAST = 0.02  # of a tile is drawn on, or it counts as empty
KEPT = 0.4  # of what is drawn on a tile at the end; what is stretched from another zoom is coarser


@pytest.fixture(params=["light", "dark"])
def slow(request: pytest.FixtureRequest, prepared_company: PreparedScene, qtbot: QtBot) -> Canvas:
    """A canvas of 1,000 cards whose every slice of work is cut as short as can be."""
    ticks = count()
    canvas = Canvas(Theme(request.param), clock=lambda: next(ticks) * 0.003)
    canvas.setReducedMotion(True)
    qtbot.addWidget(canvas)
    canvas.resize(*SIZE)
    canvas.show()
    canvas.setScene(PreparedScene(prepared_company.scene, Theme(request.param)))
    canvas.screen_picture.finish()
    return canvas


def inks(canvas: Canvas) -> np.ndarray:
    """The share of each tile that is drawn on, grounds apart, (rows, columns)."""
    assert canvas.drawing is not None
    picture = pixels(canvas.grab().toImage()).astype(int)
    drawn = np.ones(picture.shape[:2], bool)
    for key in ("canvas", "group"):
        ground: QColor = canvas.drawing.theme.color(key)
        blank = np.array([ground.blue(), ground.green(), ground.red()])
        drawn &= (np.abs(picture - blank) > 1).any(axis=2)
    rows = np.array_split(drawn, TILES[0])
    return np.array([[part.mean() for part in np.array_split(row, TILES[1], 1)] for row in rows])


class Painted(QObject):
    """Whether a canvas was painted since somebody looked."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.is_so = False
        canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        """Note it."""
        self.is_so |= event.type() == QEvent.Type.Paint
        return False


def frames(canvas: Canvas, act: Callable[[], object]) -> Iterator[np.ndarray]:
    """What is seen each time that the canvas is painted, until its picture is exact."""
    act()
    painted = Painted(canvas)
    while not canvas.screen_picture.is_exact:
        QApplication.processEvents()
        if painted.is_so:
            yield inks(canvas)
            painted.is_so = False
    canvas.removeEventFilter(painted)
    yield inks(canvas)


def assert_whole(before: np.ndarray, seen: list[np.ndarray]) -> None:
    """Nothing that is there in the end, and was there before, is missing in between."""
    after = seen[-1]
    wanted = np.minimum(before, after)
    for number, frame in enumerate(seen):
        lacks = (wanted > LEAST) & (frame < KEPT * wanted)
        assert not lacks.any(), f"frame {number} of {len(seen)}: {np.argwhere(lacks).tolist()}"


def zoomed(view: Viewport, factor: float) -> Viewport:
    return view.zoomed(view.zoom * factor, view.width / 2, view.height / 2)


@pytest.mark.parametrize("factor", [1.09, 1.5, 3.0, 0.5])
def test_zooming_shows_no_gap(slow: Canvas, factor: float) -> None:
    slow.setView(zoomed(slow.view, 2.0), fly=False)
    slow.screen_picture.finish()
    before = inks(slow)
    seen = list(frames(slow, lambda: slow.setView(zoomed(slow.view, factor), fly=False)))
    assert len(seen) > 2
    assert_whole(before, seen)


@pytest.mark.parametrize("by", [(-90.0, 40.0), (400.0, 0.0)])
def test_panning_shows_no_gap(slow: Canvas, by: tuple[float, float]) -> None:
    slow.setView(zoomed(slow.view, 3.0), fly=False)
    slow.screen_picture.finish()
    before = inks(slow)
    for _ in range(3):
        seen = list(frames(slow, lambda: slow.setView(slow.view.panned(*by), fly=False)))
        assert_whole(before, seen)
        before = seen[-1]


@pytest.mark.parametrize("factor", [1.0, 6.0])
def test_asking_and_selecting_show_no_gap(slow: Canvas, factor: float) -> None:
    slow.setView(zoomed(slow.view, factor), fly=False)
    slow.screen_picture.finish()
    before, scene = inks(slow), slow.prepared
    assert scene is not None
    looks = asked(scene.scene, list(range(60)))
    seen = list(frames(slow, lambda: slow.setLooks(looks)))
    assert_whole(before, seen)
    for act in (
        lambda: slow.setSelection(np.arange(20)),
        lambda: slow.hover(Hit("node", 5)),
        lambda: slow.setLooks(scene.scene.plain_looks()),
    ):
        before = seen[-1]
        seen = list(frames(slow, act))
        assert_whole(before, seen)


def test_another_size_another_scene_and_another_theme_show_no_gap(
    slow: Canvas, prepared_titanic: PreparedScene
) -> None:
    drawing = slow.drawing
    assert drawing is not None
    for act in (
        lambda: slow.resize(SIZE[0] - 140, SIZE[1] + 90),
        lambda: slow.setScene(PreparedScene(prepared_titanic.scene, drawing.theme)),
        lambda: slow.setTheme(Theme("light")),
        lambda: slow.setScene(drawing.prepared),
    ):
        before = inks(slow).mean()
        seen = [frame.mean() for frame in frames(slow, act)]
        assert len(seen) > 2
        assert min(seen) > KEPT * min(before, seen[-1])


def test_a_scene_that_shares_nothing_with_the_next_one_fades_into_it(
    make_canvas: Callable[..., Canvas],
) -> None:
    first = small()
    other = turned(replace(first, cards=replace(first.cards, names=("v", "w", "x", "y", "z"))))
    canvas = make_canvas(PreparedScene(first, Theme("light")))
    canvas.setReducedMotion(False)
    canvas.setScene(PreparedScene(other, Theme("light")))
    canvas.screen_picture.finish()
    transition = canvas._transition
    transition._animation.pause()
    total = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        transition._animation.setCurrentTime(round(share * transition._animation.duration()))
        total.append(inks(canvas).mean())
    transition.stop()
    assert min(total) > 0.8 * min(total[0], total[-1])
