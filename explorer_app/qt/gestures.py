"""What a person does on the canvas, and with a node in a pane, as what the session is to do."""

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Signal

from explorer_app.canvas.widget import Canvas
from explorer_app.model import questions
from explorer_app.model.boxes import ask_about, go_to, turn
from explorer_app.model.cardnodes import is_on, node_of_card, node_of_row, nodes_of_cards
from explorer_app.model.edgepage import edge_sentence
from explorer_app.model.session import Session
from explorer_app.qt.canvaslink import CanvasLink
from explorer_app.scene.hits import NOTHING, Hit
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.scene import Scene

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Gestures(QObject):
    """Clicks, frames and turns of the wheel.

    Args:
        canvas: where they are made.
        link: says what is shown there.
    """

    noticed = Signal(str)  # a sentence about what was done, or could not be
    menuRequested = Signal(QPoint)

    def __init__(self, canvas: Canvas, link: CanvasLink) -> None:
        super().__init__(canvas)
        self._canvas, self._link = canvas, link
        self._sought = -1  # a node that the next scene may show
        link.arrived.connect(self._arrived)
        canvas.nodeClicked.connect(lambda card, how: self.click(self._own(card), how))
        canvas.rowClicked.connect(lambda row, how: self.click(self._of_row(row), how))
        canvas.edgeClicked.connect(self._edge)
        canvas.groupClicked.connect(self._group)
        canvas.groupActivated.connect(self._turn)
        canvas.backgroundClicked.connect(self._background)
        canvas.activated.connect(lambda card: self.activate(self._own(card)))
        canvas.nodesBanded.connect(self._banded)
        canvas.rowActivated.connect(lambda row: self.activate(self._of_row(row)))
        canvas.hopsChanged.connect(lambda card, up, down: self._hops(self._in(card), up, down))
        canvas.rowHopsChanged.connect(lambda row, up, down: self._hops(self._of_row(row), up, down))
        canvas.menuRequested.connect(self._menu)

    @property
    def _session(self) -> Session | None:
        return self._link.session

    @property
    def _scene(self) -> Scene | None:
        return self._canvas.prepared.scene if self._canvas.prepared else None

    def _own(self, card: int) -> int:
        cards = self._link.cards
        return node_of_card(cards, card) if cards is not None else -1

    def _of_row(self, row: int) -> int:
        cards = self._link.cards
        return node_of_row(cards, row) if cards is not None else -1

    def click(self, node: int, how: Qt.KeyboardModifier = PLAIN) -> None:
        """A node was clicked, here or in a pane."""
        session = self._session
        if session is None or node < 0:
            return
        if how & SHIFT:
            self._between(session, node)
        elif how & CONTROL:
            session.toggle(node)
        else:
            session.select([node])

    def choose(self, node: int, how: Qt.KeyboardModifier = PLAIN) -> None:
        """A node was chosen in a pane: it is as a click, and alone it shows where the node is."""
        self.click(node, how)
        if not how & (SHIFT | CONTROL):
            self.show_where(node)

    def show_where(self, node: int) -> None:
        """Bring a node into sight, or the closed group that it is in."""
        session, group = self._session, self._reveal(node).group
        if session is not None and self._scene is not None and group >= 0:
            name, box = session.graph.nodes[node].name, self._scene.groups.names[group]
            text = f"{shown(name)} is in the closed group {shown(box)}. A double click opens it."
            self.noticed.emit(text)

    def go_to(self, node: int) -> None:
        """Select a node, open what hides it, and bring it into sight."""
        if self._session is not None:
            go_to(self._session, node)
            self._seek(node)

    def _reveal(self, node: int) -> Hit:
        cards = self._link.cards
        return self._canvas.reveal(int(cards.card[node])) if cards and node >= 0 else NOTHING

    def _seek(self, node: int) -> None:
        """Bring a node into sight; one that is not shown yet comes with the next scene."""
        self._sought = node if self._reveal(node).node < 0 else -1

    def _arrived(self) -> None:
        node, self._sought = self._sought, -1
        if self._session is not None and node in {self._session.focus, self._session.active}:
            self._reveal(node)

    def _between(self, session: Session, node: int) -> None:
        begin = session.focus
        if begin < 0 or begin == node:
            session.select([node])
            return
        query = questions.paths(session.graph, begin, node)
        if query:
            session.ask(query, active=node)
        else:
            one, other = (shown(session.graph.nodes[end].name) for end in (begin, node))
            self.noticed.emit(f"No path leads from {one} to {other}, or back.")

    def activate(self, node: int) -> None:
        """A node was clicked twice: ask what it is made of."""
        if self._session is not None and node >= 0:
            ask_about(self._session, node, questions.origin(self._session.graph, node))
            self._seek(node)

    def _edge(self, edges: tuple[int, ...], _how: Qt.KeyboardModifier) -> None:
        """Select both ends, of a bundle all ends, and say which argument it is."""
        session, cards, scene = self._session, self._link.cards, self._scene
        if session is None or cards is None or scene is None or not edges:
            return
        is_bundle = scene.routes.is_bundle[scene.edges.route[edges[0]]]
        numbers = [int(cards.edge[edge]) for edge in (edges if is_bundle else edges[:1])]
        ends = [end for n in numbers for end in session.graph.edges[n][:2]]
        session.select(session.graph.index[end] for end in ends)
        self.noticed.emit(edge_sentence(session.graph, numbers[0], len(edges) - 1))

    def _closed(self, group: int) -> Ints:
        """The cards in a group, if it is closed."""
        scene = self._scene
        if scene is None or group not in scene.closed:
            return np.zeros(0, np.int64)
        return np.flatnonzero(scene.groups.of_node == group)

    def _group(self, group: int, how: Qt.KeyboardModifier) -> None:
        """A closed box is as its cards; an open one is their background."""
        members = self._closed(group)
        if members.size:
            self._banded(members, how)
        else:
            self._background(how)

    def _turn(self, group: int) -> None:
        if self._session is not None and self._scene is not None:
            turn(self._session, self._scene.groups.names[group])

    def _background(self, how: Qt.KeyboardModifier) -> None:
        if self._session is not None and not how & (SHIFT | CONTROL) and self._session.selected:
            self._session.select([])

    def _banded(self, cards: Ints, how: Qt.KeyboardModifier) -> None:
        """Select what a frame or a closed group holds; of that what is asked for, if any is."""
        session = self._session
        if session is not None and self._link.cards is not None:
            nodes = nodes_of_cards(self._link.cards, cards)
            visible = nodes[session.visible.mask[nodes]]
            found = visible if visible.size else nodes
            session.select({*(session.selected if how & CONTROL else ()), *found.tolist()})

    def _in(self, card: int) -> int:
        """The node in focus if it is on a card, else that of the card."""
        focus = self._session.focus if self._session is not None else -1
        return focus if is_on(self._link.cards, card, focus) else self._own(card)

    def _hops(self, node: int, up: int, down: int) -> None:
        session = self._session
        if session is not None and node >= 0:
            of, now = questions.named(session.graph, node), session.state.query
            session.ask(questions.hops(session.visible, now, of, up, down), active=node)

    def _menu(self, hit: Hit, at: QPoint) -> None:
        """The menu of what is under the pointer, which is selected for it."""
        session, cards = self._session, self._link.cards
        if session is None or cards is None:
            return
        row, group = hit.row, self._closed(hit.group)
        nodes = [self._of_row(row)] if row >= 0 else [self._own(hit.node)] if hit.node >= 0 else []
        if not nodes and group.size:
            nodes = nodes_of_cards(cards, group).tolist()
        if not session.selected.issuperset(nodes):
            session.select(nodes)
        self.menuRequested.emit(at)
