"""The first steps: shown once, gone on with by doing what they say, never in the way."""

from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from explorer_app.qt.application import _welcome
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.tour import STEPS
from tests.explorer_app.qt.conftest import show
from tests.support.samples import FOREST, sample


def test_who_does_what_a_step_says_goes_on(explorer: Explorer) -> None:
    explorer.actions["tour"].trigger()
    tour, session = explorer.tour, explorer.session
    assert session is not None
    assert (tour.step, tour.title.text()) == (0, STEPS[0].title)
    session.select([sample().number("age")])
    assert tour.step == 1
    session.ask(f"age..{FOREST}")
    assert tour.step == 2
    tour.next.click()
    assert not tour.isVisible()


def test_it_can_be_closed_at_once_and_asked_for_again(qtbot: QtBot, explorer: Explorer) -> None:
    explorer.actions["tour"].trigger()
    explorer.tour.next.setFocus()
    qtbot.keyClick(explorer.tour.next, Qt.Key.Key_Escape)
    assert not explorer.tour.isVisible()
    explorer.actions["tour"].trigger()
    explorer.tour.skip.click()
    assert not explorer.tour.isVisible()
    assert explorer.window.canvas.hasFocus()


def test_it_is_shown_once_by_itself(explorer: Explorer) -> None:
    assert explorer.settings.is_new
    _welcome(explorer)
    assert explorer.tour.isVisible()
    assert not explorer.settings.is_new


def test_it_stays_in_a_window_that_changes(qtbot: QtBot, explorer: Explorer) -> None:
    explorer.actions["tour"].trigger()
    for size in ((900, 560), (1600, 1000)):
        explorer.window.resize(*size)
        qtbot.wait(0)
        for step in range(len(STEPS)):
            explorer.tour.step = step
            explorer.tour._show()
            assert explorer.window.rect().contains(explorer.tour.geometry())


def test_it_is_over_no_card_where_there_is_room_beside_them(
    qtbot: QtBot, explorer: Explorer
) -> None:
    canvas = explorer.window.canvas
    explorer.window.resize(1440, 900)
    qtbot.wait(0)
    canvas.fit(fly=False)
    explorer.actions["tour"].trigger()
    place = explorer.tour.geometry().translated(-canvas.mapTo(explorer.window, QPoint(0, 0)))
    assert canvas.rect().contains(place)
    assert canvas.prepared is not None
    for node in range(len(canvas.prepared.scene.cards)):
        assert not canvas.node_rect(node).intersects(QRectF(place))


def test_where_cards_take_the_room_it_is_below_the_canvas(qtbot: QtBot, explorer: Explorer) -> None:
    canvas = explorer.window.canvas
    explorer.window.resize(1440, 900)
    qtbot.wait(0)
    canvas.zoom_to(3.0)  # they are everywhere
    explorer.actions["tour"].trigger()
    below = canvas.mapTo(explorer.window, canvas.rect().bottomLeft())
    assert explorer.tour.y() > below.y()
    assert explorer.window.rect().contains(explorer.tour.geometry())


def test_it_stays_in_a_narrow_canvas(qtbot: QtBot, explorer: Explorer) -> None:
    canvas = explorer.window.canvas
    explorer.window.resize(800, 500)
    qtbot.wait(0)
    explorer.actions["tour"].trigger()
    assert explorer.tour.width() < canvas.width()
    below = canvas.mapTo(explorer.window, canvas.rect().bottomLeft())
    for _ in STEPS:
        assert explorer.tour.y() > below.y()  # cards can be clicked
        assert explorer.window.rect().contains(explorer.tour.geometry())
        explorer.tour.go_on()


def test_keys_of_the_canvas_stay_with_it(qtbot: QtBot, explorer: Explorer) -> None:
    explorer.actions["tour"].trigger()
    session = explorer.session
    assert session is not None
    session.select([sample().number(FOREST)])
    qtbot.keyClick(explorer.window.canvas, Qt.Key.Key_N)
    assert session.state.query == f"1+{FOREST}+1"


def test_another_graph_is_followed_then(explorer: Explorer) -> None:
    explorer.actions["tour"].trigger()
    show(explorer, sample())
    explorer.actions["tour"].trigger()
    assert explorer.session is not None
    explorer.session.select([1])
    assert explorer.tour.step == 1
