"""Panes can be moved, let float, put away and brought back, and stay where one sees them."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.qt.docks import clamped
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from explorer_app.qt.window import NARROWEST, SMALLEST, Window
from tests.explorer_app.qt.conftest import show
from tests.support.samples import sample

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
SCREEN, SECOND = QRect(0, 0, 1000, 800), QRect(1000, 0, 600, 600)


@pytest.mark.parametrize(
    ("frame", "wanted"),
    [
        (QRect(10, 10, 200, 100), QRect(10, 10, 200, 100)),
        (QRect(950, 10, 200, 100), QRect(1000, 10, 200, 100)),
        (QRect(-150, -90, 200, 100), QRect(0, 0, 200, 100)),
        (QRect(5000, 5000, 200, 100), QRect(800, 700, 200, 100)),
        (QRect(100, 100, 3000, 2000), QRect(0, 0, 1000, 800)),
    ],
)
def test_a_frame_is_moved_onto_a_screen_and_is_no_larger(frame: QRect, wanted: QRect) -> None:
    assert clamped(frame, [SCREEN, SECOND]) == wanted


def test_where_there_is_no_screen_a_frame_stays() -> None:
    assert clamped(QRect(5, 5, 1, 1), []) == QRect(5, 5, 1, 1)


def test_a_frame_that_comes_late_is_on_the_screen_too(
    qtbot: QtBot, started: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, screen = started.window, QGuiApplication.primaryScreen().availableGeometry()
    window.restore()
    window.setGeometry(0, screen.bottom() - 500, SMALLEST[0], 501)
    QApplication.processEvents()
    window._has_frame = False
    monkeypatch.setattr(window, "frameGeometry", lambda: window.geometry().adjusted(-1, -20, 1, 5))
    assert window.frameGeometry().bottom() > screen.bottom()
    QApplication.sendEvent(window, QMoveEvent(window.pos(), window.pos()))
    qtbot.waitUntil(lambda: window.frameGeometry().bottom() <= screen.bottom())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("name", ["navigator", "inspector", "tables"])
def test_every_pane_can_be_dragged_at_its_head(explorer: Explorer, name: str) -> None:
    pane = explorer.window.docks[name]
    head = pane.titleBarWidget()
    start = head.mapTo(pane, QPoint(head.width() * 2 // 3, 2))
    left = Qt.MouseButton.LeftButton
    QTest.mouseDClick(pane, left, Qt.KeyboardModifier.NoModifier, start)
    assert head.height() >= 16
    assert pane.isFloating()
    pane.setFloating(False)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_pane_that_floats_has_a_hairline_around_it(explorer: Explorer) -> None:
    pane, border = explorer.window.docks["inspector"], explorer.style.color("border").rgb()
    pane.setFloating(True)
    picture = pane.grab().toImage()
    wide, high = picture.width() - 1, picture.height() - 1
    for x, y in ((0, 200), (wide, 200), (100, 0), (100, high)):
        assert picture.pixel(x, y) == border
    pane.setFloating(False)


def test_the_cross_of_the_inspector_puts_it_away_and_the_command_brings_it_back(
    qtbot: QtBot, explorer: Explorer
) -> None:
    pane = explorer.window.docks["inspector"]
    head = pane.titleBarWidget()
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(head.width() - 12, 8))
    assert not pane.isVisible()
    explorer.actions["inspector"].trigger()
    assert pane.isVisible()


@pytest.mark.parametrize(("wide", "is_there"), [(960, False), (1440, True)])
def test_in_a_narrow_window_the_graph_begins_with_most_of_the_room(
    started: Explorer, wide: int, *, is_there: bool
) -> None:
    window = started.window
    window.resize(wide, 700)
    show(started, sample())
    QApplication.processEvents()
    assert window.docks["navigator"].isVisible() == is_there
    assert window.canvas.width() > wide / 2
    started.actions["navigator"].trigger()
    assert window.docks["navigator"].isVisible() != is_there
    window.show_start()
    show(started, sample())
    assert window.docks["navigator"].isVisible() != is_there  # it stays as a person had it


def test_panes_go_back_to_where_they_were_at_first(explorer: Explorer) -> None:
    window = explorer.window
    window.addDockWidget(LEFT, window.docks["inspector"])
    window.docks["tables"].hide()
    explorer.actions["panes"].trigger()
    area = window.dockWidgetArea(window.docks["inspector"])
    assert area == Qt.DockWidgetArea.RightDockWidgetArea
    assert window.docks["tables"].isVisible()
    assert 250 < window.docks["inspector"].width() < 360


def again(qtbot: QtBot, settings: Settings) -> Window:
    """The window the next time, with a graph."""
    made = Window(Style("light"), settings)
    qtbot.addWidget(made)
    made.restore()
    made.show()
    made.show_graph()
    QTest.qWait(0)
    return made


def test_panes_are_remembered(qtbot: QtBot, explorer: Explorer, settings: Settings) -> None:
    explorer.window.docks["tables"].hide()
    explorer.window.addDockWidget(LEFT, explorer.window.docks["inspector"])
    explorer.window.resizeDocks(
        [explorer.window.docks["navigator"]], [330], Qt.Orientation.Horizontal
    )
    explorer.window.close()
    window = again(qtbot, settings)
    assert not window.docks["tables"].isVisible()
    assert window.docks["navigator"].isVisible()
    assert window.dockWidgetArea(window.docks["inspector"]) == LEFT
    assert window.docks["navigator"].width() == 330
    window.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_floating_pane_comes_back_where_it_was(
    qtbot: QtBot, explorer: Explorer, settings: Settings
) -> None:
    pane = explorer.window.docks["inspector"]
    pane.setFloating(True)
    pane.setGeometry(60, 70, 300, 260)
    explorer.window.close()
    window = again(qtbot, settings)
    assert window.docks["inspector"].isFloating()
    assert window.docks["inspector"].geometry() == QRect(60, 70, 300, 260)
    window.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_on_a_smaller_screen_all_of_it_can_be_seen(
    qtbot: QtBot, explorer: Explorer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane, small = explorer.window.docks["inspector"], QRect(0, 0, 900, 500)
    pane.setFloating(True)
    pane.setGeometry(1_400, 900, 400, 700)
    explorer.window.setGeometry(700, 300, 1_440, 900)
    explorer.window.close()
    monkeypatch.setattr("explorer_app.qt.window.screens", lambda: [small])
    window = again(qtbot, settings)
    assert small.contains(window.docks["inspector"].frameGeometry())
    assert small.contains(window.frameGeometry())
    assert window.canvas.width() > 200
    window.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_command_brings_floating_panes_back_too(explorer: Explorer) -> None:
    for pane in explorer.window.docks.values():
        pane.setFloating(True)
    assert explorer.actions["panes"].text() == "Reset panes"
    explorer.actions["panes"].trigger()
    for pane in explorer.window.docks.values():
        assert not pane.isFloating()
        assert pane.isVisible()


def test_panes_are_never_too_narrow_for_their_headings(explorer: Explorer) -> None:
    window = explorer.window
    sides = [window.docks["navigator"], window.docks["inspector"]]
    window.resize(*SMALLEST)
    window.resizeDocks(sides, [1, 1], Qt.Orientation.Horizontal)
    for pane, least in zip(sides, NARROWEST, strict=True):
        assert pane.width() >= least
    headings = window.navigator.tabs
    assert headings._boxes()[-1].right() <= headings.width()
    assert window.canvas.width() > 300


def test_what_is_looked_at_stays_where_it_is_when_a_pane_goes(
    qtbot: QtBot, explorer: Explorer
) -> None:
    canvas, window = explorer.window.canvas, explorer.window
    canvas.zoom_to(1.2)  # what a person chose to see

    def place() -> tuple[int, int]:
        """Of a card in the window."""
        at = canvas.mapTo(window, canvas.node_rect(0).center().toPoint())
        return at.x(), at.y()

    before = place()
    for name in ("navigator", "tables"):
        with qtbot.waitSignal(canvas.viewChanged):
            explorer.actions[name].trigger()
        assert place() == pytest.approx(before, abs=2)
