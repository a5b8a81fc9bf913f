"""The canvas: shows a scene, and says what a person does with it."""

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from explorer_app.canvas import keyboard
from explorer_app.canvas.minimap import SIZE, corner_of
from explorer_app.canvas.pointer import Pointer
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.view import SceneView
from explorer_app.scene.hits import NOTHING, Hit
from explorer_app.scene.index import Window
from explorer_app.scene.neighbours import Neighbours, Way
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.looks import Looks


class Canvas(SceneView):
    """One painted widget over a scene.

    It changes nothing but its view, hover, focus and what is being drawn with the mouse: selection,
    looks and scenes come from outside, in answer to its signals.

    Arguments and attributes are those of a `SceneView`.
    """

    nodeClicked = Signal(int, object)  # node, Qt.KeyboardModifier
    rowClicked = Signal(int, object)  # row counted through all cards, Qt.KeyboardModifier
    edgeClicked = Signal(object, object)  # edges that run there, Qt.KeyboardModifier
    groupClicked = Signal(int, object)  # group, Qt.KeyboardModifier
    backgroundClicked = Signal(object)  # Qt.KeyboardModifier
    activated = Signal(int)  # node
    rowActivated = Signal(int)  # row counted through all cards
    groupActivated = Signal(int)  # group
    nodesBanded = Signal(object, object)  # nodes inside the rubber band, Qt.KeyboardModifier
    hopsChanged = Signal(int, int, int)  # node, hops more upstream, hops more downstream
    rowHopsChanged = Signal(int, int, int)  # the same of a row
    menuRequested = Signal(object, QPoint)  # Hit, where on the screen
    hovered = Signal(object)  # Hit
    nodeMoved = Signal(int, float, float)  # node, new left and top in the scene
    focusMoved = Signal(int)  # item that keys go to
    entered = Signal()  # keys go to the canvas
    selectionChanged = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, **options: Any) -> None:
        super().__init__(theme, parent, **options)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Graph")
        self._pointer = Pointer(self)
        self._neighbours: Neighbours | None = None

    def setScene(self, prepared: PreparedScene, looks: Looks | None = None, **where: Any) -> None:
        """Show a scene, as of a `SceneView`."""
        self._pointer.cancel()
        self._neighbours = None
        before, focused = self.prepared, self._state.focused
        super().setScene(prepared, looks, **where)
        if before is not None and before.scene.cards.names == prepared.scene.cards.names:
            self.setFocusedItem(before.items.followed(focused, prepared.items))
            if self._state.with_ring:
                self._bring_in_sight(self._state.focused)

    def setSelection(self, nodes: Ints) -> None:
        """Mark nodes as selected."""
        super().setSelection(nodes)
        self.selectionChanged.emit()

    def setFocusedItem(self, item: int) -> None:
        """The card, or closed group, that keys go to; -1 for none."""
        if item != self._state.focused:
            self._state.focused = item
            self.focusMoved.emit(item)
            self.update()

    def center_from_minimap(self, point: QPointF) -> None:
        """Go to a point of the minimap."""
        if self._overlay is not None:
            at = point - corner_of(self.view)
            x, y = self._overlay.minimap.made(self.view.ratio).to_scene(at.x(), at.y())
            self.setView(replace(self.view, x=x, y=y), fly=False)

    def is_in_minimap(self, point: QPointF) -> bool:
        """Whether the minimap is at a point of the view."""
        overlay = self._overlay
        if overlay is None or not overlay.has_minimap(self.view, self._state):
            return False
        return QRectF(corner_of(self.view), SIZE.toSizeF()).contains(point)

    # --- what a person does ----------------------------------------------------------------------

    def hover(self, hit: Hit) -> None:
        """The pointer is over something else."""
        if hit != self._state.hover:
            self._state.hover = hit
            is_hand = hit.part not in {"", "group"} or self._item_at(hit) >= 0
            shape = Qt.CursorShape.PointingHandCursor if is_hand else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.hovered.emit(hit)
            self.update()

    def _item_at(self, hit: Hit) -> int:
        return self._drawing.prepared.items.at(hit) if self._drawing is not None else -1

    def clicked(self, hit: Hit, modifiers: Qt.KeyboardModifier) -> None:
        """Tell what was clicked."""
        self._state.with_ring = False
        item = -1 if hit.edges and hit.row < 0 else self._item_at(hit)
        if item >= 0:
            self.setFocusedItem(item)
        if hit.row >= 0:
            self.rowClicked.emit(hit.row, modifiers)
        elif hit.edges:
            self.edgeClicked.emit(hit.edges, modifiers)
        elif hit.node >= 0:
            self.nodeClicked.emit(hit.node, modifiers)
        elif hit.group >= 0:
            self.groupClicked.emit(hit.group, modifiers)
        else:
            self.backgroundClicked.emit(modifiers)

    def double_clicked(self, hit: Hit) -> None:
        """Tell what was clicked twice."""
        if hit.row >= 0:
            self.rowActivated.emit(hit.row)
        elif hit.node >= 0:
            self.activated.emit(hit.node)
        elif hit.group >= 0:
            self.groupActivated.emit(hit.group)

    def band(self, rect: QRectF | None, *, done: bool, modifiers: Qt.KeyboardModifier) -> None:
        """Draw the rubber band; when it is done tell what is in it."""
        self._state.band = None if done else rect
        if done and rect is not None and self._drawing is not None:
            box = rect.normalized()
            left, top = self.view.to_scene(box.left(), box.top())
            right, bottom = self.view.to_scene(box.right(), box.bottom())
            index = self._drawing.prepared.index
            found = index.nodes[index.nodes_in(Window(left, top, right, bottom))]
            self.nodesBanded.emit(np.sort(found), modifiers)
        self.update()

    def drag(self, node: int, by: QPointF, *, done: bool) -> None:
        """Show where a node goes; when it is there tell it."""
        self._state.dragged = None if done or node < 0 else (node, by)
        if done and node >= 0 and self._drawing is not None:
            left, top = self._drawing.prepared.scene.boxes[node, :2].tolist()
            zoom = self.view.zoom
            self.nodeMoved.emit(node, left + by.x() / zoom, top + by.y() / zoom)
        self.update()

    def hop(self, hit: Hit, up: int, down: int) -> None:
        """Tell that more or fewer hops around a node, or a row, are wanted."""
        if hit.row >= 0:
            self.rowHopsChanged.emit(hit.row, up, down)
        else:
            self.hopsChanged.emit(hit.node, up, down)

    # --- keys ------------------------------------------------------------------------------------

    def go(self, way: Way) -> None:
        """Focus the next item, and show it."""
        if self.prepared is None:
            return
        if self._neighbours is None:
            self._neighbours = Neighbours(self.prepared.items, self.prepared.scene.edges)
        self._state.with_ring = True
        focused = self._state.focused
        item = self._first() if focused < 0 else self._neighbours.next(focused, way)
        if item >= 0:
            self.setFocusedItem(item)
            self._bring_in_sight(item)

    def _first(self) -> int:
        """Where keys begin: at what the question is about, where that is seen."""
        active = self._drawing.looks.active if self._drawing is not None else -1
        if self.prepared is not None and (item := self.prepared.items.seen(active)) >= 0:
            return item
        return self._neighbours.first() if self._neighbours is not None else -1

    def reveal(self, node: int) -> Hit:
        """Bring a card, or the closed group that it is in, into sight; which of them it is."""
        item = self._drawing.prepared.items.seen(node) if self._drawing is not None else -1
        if item < 0:
            return NOTHING
        self.setFocusedItem(item)
        self._bring_in_sight(item)
        return self._focused

    def _bring_in_sight(self, item: int) -> None:
        inside = QRectF(self.rect()).adjusted(20, 44, -20, -44)
        if self._drawing is None or item < 0 or self.node_rect(item).isNull():
            return
        middle = self.node_rect(item).center()
        if not inside.contains(middle) or self.is_in_minimap(middle):
            left, top, wide, high = self._drawing.prepared.items.boxes[item].tolist()
            self.setView(replace(self.view, x=left + wide / 2, y=top + high / 2))

    @property
    def _focused(self) -> Hit:
        """What keys go to, as if the pointer was over it."""
        if self._drawing is None:
            return NOTHING
        return self._drawing.prepared.items.hit(self._state.focused)

    def select_focused(self, modifiers: Qt.KeyboardModifier) -> None:
        """As if the focused item was clicked."""
        hit = self._focused
        if hit.node >= 0:
            self.nodeClicked.emit(hit.node, modifiers)
        elif hit.group >= 0:
            self.groupClicked.emit(hit.group, modifiers)

    def activate_focused(self) -> None:
        """As if it was clicked twice."""
        self.double_clicked(self._focused)

    def hop_focused(self, up: int, down: int) -> None:
        """More or fewer hops around it."""
        if self._focused.node >= 0:
            self.hopsChanged.emit(self._focused.node, up, down)

    def frame_selected(self) -> None:
        """Show all that is selected, else the focused item."""
        focused = np.array([self._state.focused] if self._state.focused >= 0 else [], np.int64)
        self.frame(self._state.selected if len(self._state.selected) else focused)

    def menu_for_focused(self) -> None:
        """Ask for the menu of the focused item."""
        hit = self._focused
        if hit.part:
            at = self.node_rect(self._state.focused).center().toPoint()
            self.menuRequested.emit(hit, self.mapToGlobal(at))

    def cancel(self) -> bool:
        """Give up what the mouse is doing; whether it was doing something."""
        return self._pointer.cancel()

    # --- events of Qt ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A button went down."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A button went up."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A button went down again."""
        self._pointer.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turned."""
        self._pointer.wheel(event)
        self.hover(self.hit_at(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        """The pointer went away."""
        self.hover(NOTHING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key went down; what says nothing here is left to others."""
        if not keyboard.press(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu is wanted; by key it is that of the focused item, wherever the pointer is."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_for_focused()
        else:
            self.menuRequested.emit(self.hit_at(QPointF(event.pos())), event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys go here."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        self._pointer.cancel()
        super().focusOutEvent(event)
