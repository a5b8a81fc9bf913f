"""Whether the system wants little to move: the default until a person says otherwise here.

Whom to ask: Qt, from 6.12 on (`motionPreference`, https://doc.qt.io/qt-6/qaccessibilityhints.html);
Windows (SPI_GETCLIENTAREAANIMATION of SystemParametersInfoW, which "Animation effects" turns off);
macOS ("Reduce motion": `reduceMotion` in the preferences com.apple.universalaccess); elsewhere the
settings portal, which tells `reduced-motion` since 2025 and what desktops keep themselves before that
(https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html). Whoever
does not know, does not answer or fails is taken to want nothing.
"""

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QGuiApplication

from hamilton_ol.config import environment

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

CLIENT_AREA_ANIMATION = 0x1042
PORTAL = "org.freedesktop.portal.Desktop"
#: {(namespace, key): the value that means that little is to move}
KEYS = {
    ("org.freedesktop.appearance", "reduced-motion"): 1,
    ("org.gnome.desktop.interface", "enable-animations"): False,
}
PATIENCE = 10_000  # ms; nobody waits for it


def ask(parent: QObject, still: Callable[[], object], platform: str = sys.platform) -> None:
    """Ask the system; of a portal the answer comes later.

    Args:
        parent: nothing is called once it is gone.
        still: is called if little is to move, perhaps twice.
        platform: as `sys.platform` has it.
    """
    with suppress(Exception):  # no wish is worth a window that does not open
        if _of_qt() or (platform == "win32" and _of_windows()):
            still()
        elif platform == "darwin":
            if QSettings("apple.com", "universalaccess").value("reduceMotion") in {True, "1"}:
                still()
        elif platform != "win32" and _has_bus():
            from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not every system has it

            ask_portal(QDBusConnection.sessionBus(), parent, still)


def _of_qt() -> bool:
    hints = QGuiApplication.styleHints()  # what it hands out lives as long as this
    accessibility: Any = getattr(hints, "accessibility", lambda: None)()
    preference = getattr(accessibility, "motionPreference", lambda: None)()
    return "Reduce" in str(getattr(preference, "name", ""))


def _of_windows() -> bool:
    moves = ctypes.c_int(1)
    user32: Any = ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore] # only there
    user32.SystemParametersInfoW(CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0)
    return not moves.value


def _has_bus() -> bool:
    """Whether there is a bus; else libdbus would start one, which takes its time."""
    found = environment()
    folder = found.get("XDG_RUNTIME_DIR", "")
    return bool(found.get("DBUS_SESSION_BUS_ADDRESS") or (folder and Path(folder, "bus").exists()))


def ask_portal(
    bus: "QDBusConnection", parent: QObject, still: Callable[[], object], name: str = PORTAL
) -> None:
    """Ask a settings portal, and go on.

    Args:
        bus: it is on.
        parent: nothing is called once it is gone.
        still: is called if little is to move.
        name: of the portal on the bus; empty where the bus has nobody else.
    """
    from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher  # noqa: PLC0415

    path, interface = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
    for key, wish in KEYS.items():
        message = QDBusMessage.createMethodCall(name, path, interface, "Read")
        message.setArguments(list(key))
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message, PATIENCE), parent)
        watcher.finished.connect(partial(_answered, wish, still, watcher))


def _answered(wish: int, still: Callable[[], object], watcher: "QDBusPendingCallWatcher") -> None:
    """What the portal says; a version of it wraps the value twice, an error has a text."""
    value: Any = next(iter(watcher.reply().arguments()), None)
    while hasattr(value, "variant"):
        value = value.variant()
    if type(value) is not str and value == wish:
        still()
    watcher.deleteLater()
