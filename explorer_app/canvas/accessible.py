"""Tells screen readers what is on the canvas: each node is a child of it, with a name and a place."""

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
from PySide6.QtWidgets import QAccessibleWidget

from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.words import KINDS, MARKS, STATUSES

Role, Text, Event = QAccessible.Role, QAccessible.Text, QAccessible.Event


def describe(canvas: Canvas, node: int) -> str:
    """A node in words: its name, kind, type, edges, status and labels."""
    drawing = canvas.drawing
    if drawing is None:
        return ""
    scene, looks = drawing.prepared.scene, drawing.looks
    cards, edges = scene.cards, scene.edges
    into, out = int((edges.target == node).sum()), int((edges.origin == node).sum())
    words = [
        "".join(cards.lines[node]),
        KINDS[cards.kinds[node]],
        cards.second[node],
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
    return ", ".join(word for word in words if word)


class NodeInterface(QAccessibleInterface):
    """One node."""

    def __init__(self, canvas: Canvas, node: int) -> None:
        super().__init__()
        self._canvas, self.node = canvas, node

    def isValid(self) -> bool:
        """Whether the node is still there."""
        if not shiboken6.isValid(self._canvas):
            return False
        drawing = self._canvas.drawing
        return drawing is not None and self.node < len(drawing.prepared.scene)

    def object(self) -> QObject | None:  # type: ignore[override] # Qt allows none
        """None: a node is no object of Qt."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window of the canvas."""
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        return QAccessible.queryAccessibleInterface(self._canvas)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # noqa: ARG002
        """None: a node has no children."""
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
        rect = self._canvas.node_rect(self.node).toAlignedRect()
        return QRect(self._canvas.mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is focused, selected, out of sight."""
        state, shown = QAccessible.State(), self._canvas.state
        made: Any = state
        made.focusable = made.selectable = True
        made.focused = shown.focused == self.node
        made.selected = bool(np.isin(self.node, shown.selected))
        made.offscreen = not self.rect().intersects(
            QRect(self._canvas.mapToGlobal(QPoint(0, 0)), self._canvas.size())
        )
        return state

    def text(self, text: QAccessible.Text) -> str:
        """Its name and what is to be said of it."""
        return describe(self._canvas, self.node) if text is Text.Name else ""

    def setText(self, text: QAccessible.Text, value: str) -> None:
        """Nothing: names are not changed here."""


class CanvasInterface(QAccessibleWidget):
    """The canvas, with the nodes that are shown as its children."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas, Role.List, "Graph")
        self._canvas = canvas
        self._nodes: dict[int, NodeInterface] = {}

    def _shown(self) -> Any:
        drawing = self._canvas.drawing
        return drawing.prepared.index.nodes if drawing else np.zeros(0, np.int64)

    def childCount(self) -> int:
        """How many nodes are shown."""
        return len(self._shown())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A node by its place from left to right."""
        shown = self._shown()
        return self.of_node(int(shown[index])) if 0 <= index < len(shown) else None

    def of_node(self, node: int) -> NodeInterface:
        """What tells of a node."""
        found = self._nodes.get(node)
        if found is None or not found.isValid():
            found = self._nodes[node] = NodeInterface(self._canvas, node)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a node from left to right."""
        drawing = self._canvas.drawing
        if drawing is None or not isinstance(child, NodeInterface):
            return -1
        return drawing.prepared.index.place_of(child.node)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The node at a point of the screen."""
        point = self._canvas.mapFromGlobal(QPoint(x, y)).toPointF()
        node = self._canvas.hit_at(point).node
        return self.of_node(node) if node >= 0 else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The node that keys go to."""
        node = self._canvas.state.focused
        return self.of_node(node) if node >= 0 else None


_made: dict[int, CanvasInterface] = {}


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
    """Let canvases tell screen readers of their nodes; once for a program."""
    QAccessible.installFactory(_factory)


def watch(canvas: Canvas) -> None:
    """Tell screen readers when the focus of a canvas moves."""

    def moved(node: int) -> None:
        drawing = canvas.drawing
        if drawing is not None and node >= 0 and QAccessible.isActive():
            event = QAccessibleEvent(canvas, Event.Focus)
            event.setChild(drawing.prepared.index.place_of(node))
            QAccessible.updateAccessibility(event)

    canvas.focusMoved.connect(moved)


def announce(canvas: Canvas, text: str) -> None:
    """Let a screen reader say something, such as how many nodes were found."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, text))
