"""The system says whether little is to move; a person who chose knows better."""

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSettings
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusServer,
    QDBusVariant,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.qt import motion
from explorer_app.qt.application import Wanted, run
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Settings

PATH = "/org/freedesktop/portal/desktop"
REDUCED, ANIMATIONS = "reduced-motion", "enable-animations"


class Portal(QDBusVirtualObject):
    """Tells settings as portals do; of any other it says that there is none."""

    def __init__(self, known: dict[str, object]) -> None:
        super().__init__()
        self._known, self.asked = known, list[str]()
        self._connections: list[QDBusConnection] = []

    def welcome(self, connection: QDBusConnection) -> None:
        """Somebody wants to ask."""
        whole = QDBusConnection.VirtualObjectRegisterOption.SubPath
        self._connections.append(QDBusConnection(connection))
        self._connections[-1].registerVirtualObject(PATH, self, whole)

    def introspect(self, path: str) -> str:
        """Nothing more is to be known."""
        return ""

    def handleMessage(  # noqa: N802 - as Qt calls it
        self, message: QDBusMessage, connection: QDBusConnection
    ) -> bool:
        """Answer; a value is a variant in a variant, as that of `Read` is."""
        _, key = message.arguments()
        self.asked.append(key)
        if self._known.get(key) is not None:
            connection.send(message.createReply(QDBusVariant(self._known[key])))
        elif key not in self._known:
            connection.send(message.createErrorReply("org.freedesktop.Error", "not found"))
        return True


@pytest.fixture
def ask_portal(qtbot: QtBot) -> Iterator[Callable[[Portal, Callable[[], object]], QObject]]:
    """Asks a portal over a bus that only the two are on."""
    server, parent = QDBusServer("unix:tmpdir=/tmp"), QObject()

    def ask(portal: Portal, still: Callable[[], object]) -> QObject:
        server.newConnection.connect(portal.welcome)
        bus = QDBusConnection.connectToPeer(server.address(), "portal")
        qtbot.waitUntil(lambda: bool(portal._connections))
        motion.ask_portal(bus, parent, still, name="")
        return parent

    yield ask
    QDBusConnection.disconnectFromPeer("portal")


@pytest.mark.parametrize(
    ("known", "is_still"),
    [
        ({REDUCED: 1}, True),
        ({REDUCED: 0, ANIMATIONS: False}, True),
        ({REDUCED: 0, ANIMATIONS: True}, False),
        ({ANIMATIONS: "no"}, False),
        ({}, False),
    ],
)
def test_a_portal_is_believed(
    qtbot: QtBot,
    ask_portal: Callable[..., QObject],
    known: dict[str, object],
    *,
    is_still: bool,
) -> None:
    told: list[bool] = []
    portal = Portal(known)
    parent = ask_portal(portal, lambda: told.append(True))
    qtbot.waitUntil(lambda: not parent.children())
    assert bool(told) == is_still


def test_a_portal_that_never_answers_holds_nobody_up(
    qtbot: QtBot, ask_portal: Callable[..., QObject]
) -> None:
    portal, told = Portal({REDUCED: None, ANIMATIONS: None}), list[bool]()
    parent = ask_portal(portal, lambda: told.append(True))
    qtbot.waitUntil(lambda: portal.asked == [REDUCED, ANIMATIONS])
    assert len(parent.children()) == 2  # it is still waited for, by nobody else
    assert not told


def test_qt_is_believed_where_it_knows(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    for name in ("ReducedMotion", "NoPreference"):
        hints = SimpleNamespace(motionPreference=partial(SimpleNamespace, name=name))
        style = SimpleNamespace(accessibility=partial(SimpleNamespace, **vars(hints)))
        monkeypatch.setattr(
            motion,
            "QGuiApplication",
            SimpleNamespace(styleHints=partial(SimpleNamespace, **vars(style))),
        )
        motion.ask(QObject(), partial(told.append, name), "win32")
    assert told == ["ReducedMotion"]


@pytest.mark.parametrize("moves", [0, 1])
def test_windows_is_believed(qapp: object, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    told: list[bool] = []

    def answer(action: int, _size: int, into: Any, _flags: int) -> None:
        assert action == 0x1042
        into._obj.value = moves

    user32 = SimpleNamespace(SystemParametersInfoW=answer)
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: user32, raising=False)
    motion.ask(QObject(), lambda: told.append(True), "win32")
    assert bool(told) == (not moves)


@pytest.mark.parametrize("reduced", [0, 1])
def test_macos_is_believed(qapp: object, tmp_path: Path, reduced: int) -> None:
    told: list[bool] = []
    form, scope = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(form, scope, str(tmp_path))
    kept = QSettings("apple.com", "universalaccess")
    kept.setValue("reduceMotion", reduced)
    kept.sync()
    motion.ask(QObject(), lambda: told.append(True), "darwin")
    assert bool(told) == bool(reduced)


def test_no_bus_is_started_to_ask(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(motion, "ask_portal", lambda *words: asked.append(words))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    motion.ask(QObject(), lambda: None, "linux")
    assert not asked


def test_whatever_fails_is_no_wish(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(ctypes, "WinDLL", None, raising=False)
    motion.ask(QObject(), lambda: told.append(True), "win32")
    assert not told


def test_who_chose_knows_better_than_the_system(started: Explorer, settings: Settings) -> None:
    assert settings.moves
    started.be_still()
    assert not settings.moves
    assert started.window.canvas._flight.is_reduced
    started.call("motion")
    started.be_still()
    assert settings.moves
    assert not started.window.canvas._flight.is_reduced


def test_a_window_that_opens_asks_the_system(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(motion, "ask", lambda _window, still: asked.append(still.__name__))
    monkeypatch.setattr(QApplication, "exec", lambda *_: QApplication.closeAllWindows())
    run(Wanted())
    assert asked == ["be_still"]
