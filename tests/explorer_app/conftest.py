"""What holds for every test with Qt: no screen, no complaint, nothing left behind."""

import os
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QThread,
    QTimer,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer_app.canvas.theme import Theme

ENDING = 5.0  # seconds
THREADS = ("pytest_timeout", "Dummy", "asyncio")  # of the tools that run the tests

Started = dict[int, tuple["weakref.ref[QObject]", str]]


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test ends the threads that it starts."""
    before = set(threading.enumerate())
    yield
    started = set(threading.enumerate()) - before
    left = [thread for thread in started if not thread.name.startswith(THREADS)]
    for thread in left:
        thread.join(ENDING)  # a server's thread ends a moment after its connection
    assert [thread.name for thread in left if thread.is_alive()] == []


@pytest.fixture(autouse=True)
def nothing_runs_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test ends the timers, animations and threads of Qt that it starts."""
    started: Started = {}
    for kind in (QTimer, QAbstractAnimation, QThread):
        monkeypatch.setattr(kind, "start", _noting(kind.start, started))
    yield
    _delete_what_is_closed()
    assert [where for thing, where in started.values() if _is_running(thing())] == []


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """A test closes the windows that it opens, or leaves that to `qtbot.addWidget`."""
    yield
    application = QApplication.instance()
    if isinstance(application, QApplication):
        _delete_what_is_closed()
        left = [widget for widget in application.topLevelWidgets() if widget.isVisible()]
        for widget in left:
            widget.close()  # so that the next test does not fail, too
        assert left == []


@pytest.fixture(autouse=True)
def no_key_held() -> Iterator[None]:
    """What Qt takes for held after a click with Shift is let go."""
    yield
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)


def _noting(start: Callable[..., Any], started: Started) -> Callable[..., Any]:
    def noted(self: QObject, *arguments: Any) -> Any:
        where = "".join(traceback.format_stack(limit=4)[:-1])
        started[id(self)] = (weakref.ref(self), f"{self!r} was started here:\n{where}")
        return start(self, *arguments)

    return noted


def _delete_what_is_closed() -> None:
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _is_running(thing: QObject | None) -> bool:
    try:
        match thing:
            case QTimer():
                return thing.isActive()
            case QThread():
                return thing.isRunning()
            case QAbstractAnimation():
                return thing.state() == QAbstractAnimation.State.Running
    except RuntimeError:  # deleted by Qt
        return False
    return False


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    """Each palette."""
    return Theme(request.param)


@pytest.fixture
def light(qapp: QApplication) -> Theme:
    """The light palette, where the palette does not matter."""
    return Theme("light")
