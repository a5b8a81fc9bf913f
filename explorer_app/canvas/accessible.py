"""Tells screen readers what is on the canvas: each card or closed group is a child, with name and place."""

from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.widget import Canvas
from explorer_app.scene.items import Items
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.words import KINDS, MARKS, STATUSES

Role, Text, Event = QAccessible.Role, QAccessible.Text, QAccessible.Event


def describe(canvas: Canvas, item: int) -> str:
    """A card or a closed group in words."""
    drawing = canvas.drawing
    if drawing is None:
        return ""
    group = drawing.prepared.items.group(item)
    words = _of_group(canvas, drawing, group) if group >= 0 else _of_card(drawing, item)
    return ", ".join(word for word in words if word)


def _of_card(drawing: SceneDrawing, node: int) -> list[str]:
    """Its name, kind, type, edges, status and labels."""
    scene, looks = drawing.prepared.scene, drawing.looks
    cards, edges = scene.cards, scene.edges
    into, out = int((edges.target == node).sum()), int((edges.origin == node).sum())
    words = [
        "".join(cards.lines[node]),
        KINDS[cards.kinds[node]],
        shown(cards.types[node]),
        f"{into} in",
        f"{out} out",
        STATUSES[looks.status[node]],
        MARKS[looks.mark[node]],
        looks.notes[node] if looks.notes else "",
        *(tag.text for tag in cards.tags.get(node, ())),
    ]
    if looks.dim[node]:
        words.append("not involved")
    if rows := cards.fields_of(node):
        words.append(f"{len(rows)} fields: {', '.join(rows[:20])}")
    return words


def _of_group(canvas: Canvas, drawing: SceneDrawing, group: int) -> list[str]:
    """Its name, how many cards are in it, and how many of these are asked for and selected."""
    groups, shares = drawing.prepared.scene.groups, drawing.groups.shares
    chosen = int(shares.holding(canvas.state.selected)[group])
    return [
        shown(groups.names[group]),
        "closed group",
        f"{int(groups.count[group])} cards",
        f"{int(shares.lit[group])} involved" if shares.lit[group] else "",
        f"{chosen} selected" if chosen else "",
        "not involved" if shares.steps_back(group) else "",
    ]


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
        state, shown_now, drawing = QAccessible.State(), self._canvas.state, self._canvas.drawing
        made: Any = state
        made.focusable = made.selectable = True
        made.focused = shown_now.focused == self.item
        made.selected = bool(np.isin(self.item, shown_now.selected))
        group = drawing.prepared.items.group(self.item) if drawing is not None else -1
        if drawing is not None and group >= 0:
            made.expandable = made.collapsed = True
            made.selected = bool(drawing.groups.shares.holding(shown_now.selected)[group])
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


_made: dict[int, CanvasInterface] = {}
_installed: list[bool] = []


def _factory(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, Canvas):
        return None
    found = _made.get(id(thing))
    if found is None:
        found = _made[id(thing)] = CanvasInterface(thing)
        key = id(thing)
        thing.destroyed.connect(lambda: _made.pop(key, None))
    return found


def install() -> None:
    """Let canvases tell screen readers what is on them."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)


def watch(canvas: Canvas) -> None:
    """Tell screen readers when the focus of a canvas moves."""

    def moved(item: int) -> None:
        drawing = canvas.drawing
        if drawing is not None and item >= 0 and QAccessible.isActive():
            event = QAccessibleEvent(canvas, Event.Focus)
            event.setChild(drawing.prepared.items.place_of(item))
            QAccessible.updateAccessibility(event)

    canvas.focusMoved.connect(moved)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that the focus does not tell, such as what was found."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
