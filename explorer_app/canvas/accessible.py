"""Tells screen readers what is on the canvas: each card or closed group is a child, with name and place.

PySide 6.11 has no way to give an item actions or relations: its `interface_cast` hands over nothing,
and an overridden `relations` ends the process.
"""

from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from explorer_app.canvas.spoken import describe, is_chosen
from explorer_app.canvas.widget import Canvas
from explorer_app.scene.items import Items

Role, Text, Event = QAccessible.Role, QAccessible.Text, QAccessible.Event


class ItemInterface(QAccessibleInterface):
    """One card, or one closed group."""

    def __init__(self, canvas: Canvas, item: int) -> None:
        super().__init__()
        self._canvas, self.item = canvas, item

    def isValid(self) -> bool:
        """Whether the item is still there."""
        if not shiboken6.isValid(self._canvas):
            return False
        drawing = self._canvas.drawing
        return drawing is not None and self.item < len(drawing.prepared.items)

    def object(self) -> QObject | None:  # type: ignore[override] # Qt allows none
        """None: an item is no object of Qt."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window of the canvas."""
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        return QAccessible.queryAccessibleInterface(self._canvas)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # noqa: ARG002
        """None: an item has no children."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # noqa: ARG002
        """None."""
        return None

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002
        """None."""
        return -1

    def rect(self) -> QRect:
        """Where it is on the screen."""
        rect = self._canvas.node_rect(self.item).toAlignedRect()
        return QRect(self._canvas.mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is focused, selected, out of sight, closed."""
        state, canvas, drawing = QAccessible.State(), self._canvas, self._canvas.drawing
        made: Any = state
        made.focusable = made.selectable = True
        made.focused = canvas.hasFocus() and canvas.state.focused == self.item
        made.selected = is_chosen(canvas, self.item)
        if drawing is not None and drawing.prepared.items.group(self.item) >= 0:
            made.expandable = made.collapsed = True
        made.offscreen = not self.rect().intersects(
            QRect(self._canvas.mapToGlobal(QPoint(0, 0)), self._canvas.size())
        )
        return state

    def text(self, text: QAccessible.Text) -> str:
        """Its name and what is to be said of it."""
        return describe(self._canvas, self.item) if text is Text.Name else ""

    def setText(self, text: QAccessible.Text, value: str) -> None:
        """Nothing: names are not changed here."""


class CanvasInterface(QAccessibleWidget):
    """The canvas, with what is shown as its children."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas, Role.List, "Graph")
        self._canvas = canvas
        self._known: dict[int, ItemInterface] = {}

    @property
    def _items(self) -> Items | None:
        drawing = self._canvas.drawing
        return drawing.prepared.items if drawing is not None else None

    def childCount(self) -> int:
        """How many cards and closed groups are shown."""
        return len(self._items.order) if self._items is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A card or closed group by its place from left to right."""
        items = self._items
        is_there = items is not None and 0 <= index < len(items.order)
        return self.of_item(int(items.order[index])) if items is not None and is_there else None

    def of_item(self, item: int) -> ItemInterface:
        """What tells of an item."""
        found = self._known.get(item)
        if found is None or not found.isValid():
            found = self._known[item] = ItemInterface(self._canvas, item)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of an item from left to right."""
        if self._items is None or not isinstance(child, ItemInterface):
            return -1
        return self._items.place_of(child.item)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The item at a point of the screen."""
        point = self._canvas.mapFromGlobal(QPoint(x, y)).toPointF()
        item = self._items.at(self._canvas.hit_at(point)) if self._items is not None else -1
        return self.of_item(item) if item >= 0 else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The item that keys go to."""
        item = self._canvas.state.focused
        return self.of_item(item) if item >= 0 else None


_made: dict[int, QAccessibleInterface] = {}
_installed: list[bool] = []


def _factory(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    """A canvas; and what paints itself and says by `ROLE` what it is, for Qt cannot know."""
    key, role = id(thing), getattr(thing, "ROLE", None)
    if key in _made and _made[key].object() is thing:
        return _made[key]
    if isinstance(thing, Canvas):
        _made[key] = CanvasInterface(thing)
    elif isinstance(thing, QWidget) and role is not None:
        _made[key] = QAccessibleWidget(thing, role)
    else:
        return None
    thing.destroyed.connect(lambda: _made.pop(key, None))
    return _made[key]


def install() -> None:
    """Let screen readers know of canvases, and of what else paints itself."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)


class Watch(QObject):
    """Tells screen readers of a canvas what keys go to, and whether it is selected."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._is_chosen = False
        canvas.focusMoved.connect(self._focus)
        canvas.entered.connect(self._enter)
        canvas.selectionChanged.connect(self._selection)

    def _focus(self, item: int) -> None:
        self._is_chosen = is_chosen(self._canvas, item)
        self._tell(Event.Focus)

    def _enter(self) -> None:
        """Qt tells of the canvas in a moment; only then it helps to tell of an item on it."""
        QTimer.singleShot(0, self, lambda: self._tell(Event.Focus))

    def _selection(self) -> None:
        before = self._is_chosen
        self._is_chosen = is_chosen(self._canvas, self._canvas.state.focused)
        if self._is_chosen != before:
            self._tell(Event.SelectionAdd if self._is_chosen else Event.SelectionRemove)

    def _tell(self, kind: QAccessible.Event) -> None:
        canvas, item = self._canvas, self._canvas.state.focused
        if canvas.prepared is not None and item >= 0 and QAccessible.isActive():
            event = QAccessibleEvent(canvas, kind)
            event.setChild(canvas.prepared.items.place_of(item))
            QAccessible.updateAccessibility(event)


def watch(canvas: Canvas) -> None:
    """Tell screen readers when the focus of a canvas moves, and when what has it is selected."""
    Watch(canvas)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that the focus does not tell, such as what was found."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
