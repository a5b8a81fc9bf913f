"""Whatever a hand in a hurry does, the canvas stays whole."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import FILLS, MARKS, STATUSES, TONES
from tests.support.scenes import plain_cards, plain_links, small

MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
]
KEYS = [
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home),
    *(Qt.Key.Key_1, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_F, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_U, Qt.Key.Key_D, Qt.Key.Key_Menu),
]
MOUSE = [
    *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove),
    *(QEvent.Type.MouseMove, QEvent.Type.MouseButtonDblClick),
]
points = st.tuples(st.integers(-20, 620), st.integers(-20, 420))
actions = st.one_of(
    st.tuples(st.just("mouse"), st.sampled_from(MOUSE), points, st.sampled_from(MODIFIERS)),
    st.tuples(st.just("wheel"), st.integers(-2400, 2400), points, st.sampled_from(MODIFIERS)),
    st.tuples(st.just("key"), st.sampled_from(KEYS), st.sampled_from(MODIFIERS)),
    st.tuples(st.just("looks"), st.integers(0, 2**32 - 1)),
    st.tuples(st.just("select"), st.lists(st.integers(0, 4), max_size=5)),
    st.tuples(st.just("scene"), st.integers(0, 5)),
    st.tuples(st.just("theme"), st.sampled_from(["light", "dark"])),
    st.tuples(st.just("size"), st.integers(1, 900), st.integers(1, 600)),
    st.tuples(st.just("paint")),
    st.tuples(st.just("events")),
)


@cache
def scenes(number: int) -> PreparedScene:
    names = [
        ("rows", "age", "sex", "model", "report"),
        ("<b>x</b>", "a\x00\n", "שלום", "x" * 10_000, "a_very_long_name_of_a_model"),
        ("one", "two", "three", "four", "five"),
    ]
    if number < len(names):
        return PreparedScene(small(names[number]), Theme("light"))
    return PreparedScene(boxed(number - len(names)), Theme("light"))


def boxed(shut: int) -> Scene:
    """The same cards in two groups, of which none, one or both are closed."""
    closed = frozenset(range(shut))
    grouping = Grouping(["left", "right"], np.array([0, 0, 1, 1, -1]), closed)
    cards = plain_cards(("one", "two", "three", "four", "five"))
    links = plain_links(np.array([(0, 1), (1, 2), (0, 3), (2, 3), (3, 4)]))
    return arranged(cards, links, np.full((5, 2), 60.0), grouping)


def mouse(canvas: Canvas, kind: Any, at: tuple[int, int], modifiers: Any) -> None:
    where, left = QPointF(*at), Qt.MouseButton.LeftButton
    there = QPointF(canvas.mapToGlobal(QPoint(*at)))
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    QApplication.sendEvent(canvas, QMouseEvent(kind, where, there, button, left, modifiers))


def wheel(canvas: Canvas, turned: int, at: tuple[int, int], modifiers: Any) -> None:
    there = QPointF(canvas.mapToGlobal(QPoint(*at)))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QPoint(0, turned)
    event = QWheelEvent(QPointF(*at), there, QPoint(), turn, none, modifiers, phase, False)
    QApplication.sendEvent(canvas, event)


def key(canvas: Canvas, which: Any, modifiers: Any) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(canvas, QKeyEvent(kind, which, modifiers))


def looks(canvas: Canvas, seed: int) -> None:
    chance = np.random.default_rng(seed)
    made = canvas.prepared.scene.plain_looks()  # type: ignore[union-attr]
    count, rows, edges = len(made.tone), len(made.row_tone), len(made.edge_tone)
    made.tone[:] = chance.integers(0, len(TONES), count)
    made.fill[:] = chance.integers(0, len(FILLS), count)
    made.status[:] = chance.integers(0, len(STATUSES), count)
    made.mark[:] = chance.integers(0, len(MARKS), count)
    made.heat[:] = np.where(chance.random(count) < 0.5, chance.random(count), np.nan)
    made.category[:] = chance.integers(-1, 12, count)
    soft = [TONES.index(tone) for tone in ("accent", "upstream", "downstream", "path", "pii")]
    made.row_tone[:] = chance.choice([0, *soft], rows)
    made.edge_tone[:] = chance.integers(0, len(TONES), edges)
    for flags in (made.dim, made.loud, made.ends, made.barrier, made.row_dim, made.row_ends):
        flags[:] = chance.random(len(flags)) < 0.4
    made.edge_dim[:] = chance.random(edges) < 0.4
    made.notes = tuple("12 ms" if value < 0.5 else "" for value in chance.random(count))
    made.active = int(chance.integers(-1, count))
    canvas.setLooks(made)


def perform(canvas: Canvas, action: tuple[Any, ...]) -> None:
    match action:
        case ("mouse", kind, at, modifiers):
            mouse(canvas, kind, at, modifiers)
        case ("wheel", turned, at, modifiers):
            wheel(canvas, turned, at, modifiers)
        case ("key", which, modifiers):
            key(canvas, which, modifiers)
        case ("looks", seed):
            looks(canvas, seed)
        case ("select", nodes):
            canvas.setSelection(np.array(nodes, np.int64))
            canvas.setPins(np.array(nodes, np.int64))
        case ("scene", number):
            canvas.setScene(scenes(number))
        case ("theme", name):
            canvas.setTheme(Theme(name))
        case ("size", wide, high):
            canvas.resize(wide, high)
        case ("paint",):
            canvas.repaint()
        case _:
            QApplication.processEvents()


def is_whole(canvas: Canvas) -> None:
    view, state, count = canvas.view, canvas.state, len(canvas.prepared.scene)  # type: ignore[union-attr]
    assert np.isfinite([view.x, view.y, view.zoom]).all()
    assert 0.0001 < view.zoom <= 4.0
    assert (view.width, view.height) == (canvas.width(), canvas.height())
    assert -1 <= state.focused < len(canvas.prepared.items)  # type: ignore[union-attr]
    assert state.focused < 0 or not canvas.node_rect(state.focused).isNull()
    assert -1 <= state.hover.node < count
    assert all(0 <= node < count for node in state.selected)
    assert state.dragged is None or state.band is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(actions, max_size=25))
def test_the_canvas_stays_whole(
    make_canvas: Callable[..., Canvas], steps: list[tuple[Any, ...]]
) -> None:
    canvas = make_canvas(scenes(0))
    for step in steps:
        perform(canvas, step)
        is_whole(canvas)
    key(canvas, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert canvas.state.band is None
    assert canvas.state.dragged is None
    canvas.screen_picture.finish()
    canvas.repaint()
    assert canvas.screen_picture.is_exact
    canvas.close()
