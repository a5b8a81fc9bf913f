"""What keys do on the canvas."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from explorer_app.scene.neighbours import Way

WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
ALL = 1_000_000  # hops
NEARER = 2**0.25


class Keyed(Protocol):
    """What keys act on."""

    def go(self, way: Way) -> None:
        """Focus the next node."""

    def select_focused(self, modifiers: Qt.KeyboardModifier) -> None:
        """As if the focused node was clicked."""

    def activate_focused(self) -> None:
        """As if it was clicked twice."""

    def hop_focused(self, up: int, down: int) -> None:
        """More or fewer hops around it."""

    def frame_selected(self) -> None:
        """Show all that is selected."""

    def fit(self) -> None:
        """Show everything."""

    def zoom_to(self, zoom: float) -> None:
        """Zoom in the middle of the view."""

    def zoom_by(self, factor: float) -> None:
        """Zoom in the middle of the view."""

    def cancel(self) -> bool:
        """Give up what the mouse is doing; whether it was doing something."""

    def menu_for_focused(self) -> None:
        """Ask for the menu of the focused node."""


def press(canvas: Keyed, event: QKeyEvent) -> bool:
    """Do what a key says; whether it says anything here."""
    key, modifiers = event.key(), event.modifiers()
    is_shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    if modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return False
    if key in WAYS:
        canvas.go(WAYS[key])
        return True
    if modifiers & Qt.KeyboardModifier.ControlModifier and key != Qt.Key.Key_Space:
        return False
    hops = ALL if is_shift else 1
    match key:
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            canvas.activate_focused()
        case Qt.Key.Key_Space:
            canvas.select_focused(modifiers)
        case Qt.Key.Key_U:
            canvas.hop_focused(hops, 0)
        case Qt.Key.Key_D:
            canvas.hop_focused(0, hops)
        case Qt.Key.Key_Menu:
            canvas.menu_for_focused()
        case Qt.Key.Key_F10 if is_shift:
            canvas.menu_for_focused()
        case _:
            return _others(canvas, key)
    return True


def _others(canvas: Keyed, key: int) -> bool:
    match key:
        case Qt.Key.Key_Escape:
            return canvas.cancel()
        case Qt.Key.Key_F:
            canvas.frame_selected()
        case Qt.Key.Key_Home:
            canvas.fit()
        case Qt.Key.Key_1:
            canvas.zoom_to(1.0)
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            canvas.zoom_by(NEARER)
        case Qt.Key.Key_Minus:
            canvas.zoom_by(1 / NEARER)
        case _:
            return False
    return True
