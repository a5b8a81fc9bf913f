"""Joins the canvas, which knows cards and rows, to the session, which knows nodes."""

from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Signal

from explorer_app.canvas.legend import Legend
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.widget import Canvas
from explorer_app.model import questions
from explorer_app.model.boxes import turn
from explorer_app.model.cardnodes import is_on, node_of_card, node_of_row
from explorer_app.model.copies import all_of
from explorer_app.model.edgepage import edge_sentence
from explorer_app.model.lenses import Lens
from explorer_app.model.looks import Looking
from explorer_app.model.session import Session
from explorer_app.model.state import Place
from explorer_app.model.status import trail_of
from explorer_app.qt.lenslegend import kinds_legend, legend_of
from explorer_app.qt.style import Style
from explorer_app.scene.anchors import drift, shift
from explorer_app.scene.hits import Hit
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.arrays import Codes
from hamilton_ol.graph.scene.graphcards import GraphCards, cards_of
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NOTHING, STAYS = -1, -2  # what stays where it is, beside a card
LARGE = 100_000  # points of curves; a scene of more is prepared beside the window's thread
Shift = tuple[float, float]


class CanvasLink(QObject):
    """Shows the session on the canvas, and tells it what is clicked there."""

    noticed = Signal(str)  # a sentence about what a click could not do
    menuRequested = Signal(QPoint)
    _prepared = Signal(object)  # PreparedScene

    def __init__(self, canvas: Canvas, style: Style) -> None:
        super().__init__(canvas)
        self._canvas, self._style = canvas, style
        self._session: Session | None = None
        self._cards: GraphCards | None = None
        self._name = ""
        self._wanted: tuple[Scene, Shift | None, Sequence[int]] | None = None
        self._prepared.connect(self._show)
        self.has_room = True  # for what the lens writes on cards
        self._looking = Looking(LineageGraph((), ()), cards_of(LineageGraph((), ())))
        canvas.nodeClicked.connect(lambda card, how: self.click(self._own(card), how))
        canvas.rowClicked.connect(lambda row, how: self.click(self._of_row(row), how))
        canvas.edgeClicked.connect(self._edge)
        canvas.groupClicked.connect(self._group)
        canvas.groupActivated.connect(self._turn)
        canvas.backgroundClicked.connect(self._background)
        canvas.activated.connect(lambda card: self.activate(self._own(card)))
        canvas.nodesBanded.connect(self._banded)
        canvas.hopsChanged.connect(self._hops)
        canvas.menuRequested.connect(self._menu)
        canvas.viewChanged.connect(self._moved)

    def set_session(
        self, session: Session, cards: GraphCards, scene: Scene, name: str, *, is_again: bool
    ) -> None:
        """Show another graph; of one that was read again, what is looked at stays where it is."""
        self._session, self._cards, self._name = session, cards, name
        self._looking = Looking(session.graph, cards)
        before, by = self._canvas.prepared, None
        if is_again and before is not None and not self.is_fitted:
            by = drift(before.scene, scene, self.view, self._canvas.state.selected.tolist())
        self._set_scene(scene, by)

    def set_cards(self, cards: GraphCards) -> None:
        """The same nodes are on other cards from now on; a scene of these follows."""
        if cards is not self._cards and self._session is not None:
            self._cards = cards
            self._looking = Looking(self._session.graph, cards)

    def lens(self, session: Session) -> Lens:
        """The cards through the lens that was chosen."""
        return self._looking.lens(session)

    def _looks(self, session: Session) -> Looks:
        looks = self._looking.looks(session)
        looks.notes = looks.notes if self.has_room else ()
        return looks

    def set_scene(self, scene: Scene, anchor: int = NOTHING, pinned: Sequence[int] = ()) -> None:
        """Show the same graph, arranged otherwise.

        Args:
            scene: the graph's.
            anchor: a card that stays where it is on the screen; `NOTHING`, and everything fits, or
                `STAYS`, and the view does not change.
            pinned: cards whose place a person chose.
        """
        before = self._canvas.prepared
        by = shift(before.scene, scene, anchor) if before is not None else None
        self._set_scene(scene, (0.0, 0.0) if anchor == STAYS else by, pinned)

    def _set_scene(self, scene: Scene, by: Shift | None, pinned: Sequence[int] = ()) -> None:
        """Show a scene, moved as far as its cards have moved, or all of it."""
        self.has_room = True
        if self._session is None or self._cards is None:
            return
        self._wanted = scene, by, pinned
        before, theme = self._canvas.prepared, self._style.theme
        if len(scene.routes.points) < LARGE:
            self._show(PreparedScene(scene, theme, before))
            return

        def prepare() -> None:
            made = PreparedScene(scene, theme, before)
            with suppress(RuntimeError):  # the window is gone
                self._prepared.emit(made)

        Thread(target=prepare, daemon=True).start()

    def _show(self, prepared: PreparedScene) -> None:
        """Show a scene, if it is still the one that is wanted."""
        if self._wanted is None or self._session is None or prepared.scene is not self._wanted[0]:
            return
        (_, by, pinned), self._wanted = self._wanted, None
        looks = self._looks(self._session)
        self._canvas.setScene(prepared, looks, shift=by, fits=by is None)
        self._canvas.setPins(np.array(pinned, np.int64))
        self.refresh()

    @property
    def is_waiting(self) -> bool:
        """Whether a scene is to be shown in a moment."""
        return self._wanted is not None

    def box_of(self, card: int) -> tuple[float, float] | None:
        """The corner of a card in the scene; None when it is not shown."""
        box = self._scene.boxes[card] if self._scene is not None else np.full(4, np.nan)
        return (float(box[0]), float(box[1])) if np.isfinite(box[0]) else None

    @property
    def is_fitted(self) -> bool:
        """Whether everything is shown, because nobody chose a part."""
        return self._canvas.is_fitted

    @property
    def view(self) -> Viewport:
        """Which part is seen."""
        return self._canvas.view

    # --- from the session to the canvas ----------------------------------------------------------

    def refresh(self) -> None:
        """The sets have changed."""
        session, cards = self._session, self._cards
        if session is None or cards is None or self._canvas.prepared is None or self.is_waiting:
            return
        looks = self._looks(session)
        if looks.size != self._canvas.prepared.scene.size:
            return  # until the scene of these cards is there
        self._canvas.setLooks(looks)
        chosen = np.array(sorted(session.selected), np.int64)
        shown = cards.card[chosen[cards.row[chosen] < 0]] if len(chosen) else chosen
        self._canvas.setSelection(all_of(cards, shown))
        self._canvas.setTrail(self.trail(session))
        self._canvas.setLegend(self.legend(session, cards.cards.kinds))

    def go_to_place(self) -> None:
        """Where the canvas was when the state was left."""
        place = self._session.state.place if self._session else None
        if place is not None:
            self._canvas.setView(Viewport(zoom=place.zoom, x=place.x, y=place.y))

    def trail(self, session: Session) -> Sequence[str]:
        """What is shown, from the whole to the part."""
        asked = questions.question(session.graph, session.state.query)
        return trail_of(session, self._name, asked.title)

    def looks(self, session: Session) -> Looks:
        """How the cards look, with all that the lens writes on them."""
        return self._looking.looks(session)

    def legend(self, session: Session, kinds: Codes, *, has_rest: bool = True) -> Legend:
        """What colours, shapes and marks mean.

        Args:
            session: what is asked.
            kinds: of the cards that are there.
            has_rest: whether anything that is not involved is there too.
        """
        if session.state.lens:
            return Legend(legend_of(self.lens(session)))
        tone = ""
        if session.state.query:
            tone = questions.question(session.graph, session.state.query).tone
        return Legend(kinds_legend(kinds, tone, has_rest=has_rest))

    # --- from the canvas to the session ----------------------------------------------------------

    def _own(self, card: int) -> int:
        return node_of_card(self._cards, card) if self._cards is not None else -1

    def _of_row(self, row: int) -> int:
        return node_of_row(self._cards, row) if self._cards is not None else -1

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

    def _between(self, session: Session, node: int) -> None:
        begin = session.focus
        if begin < 0 or begin == node:
            session.select([node])
            return
        query = questions.paths(session.graph, begin, node)
        if query:
            session.ask(query, active=node)
        else:
            one, other = session.graph.nodes[begin].name, session.graph.nodes[node].name
            self.noticed.emit(f"No path leads from {one} to {other}, or back.")

    def activate(self, node: int) -> None:
        """A node was clicked twice: ask what it is made of."""
        if self._session is not None and node >= 0:
            self._session.ask(questions.origin(self._session.graph, node), active=node)

    def _edge(self, edges: tuple[int, ...], _how: Qt.KeyboardModifier) -> None:
        """Select both ends, and say which argument it is."""
        session, cards = self._session, self._cards
        if session is None or cards is None or not edges:
            return
        number = int(cards.edge[edges[0]])
        edge = session.graph.edges[number]
        session.select([session.graph.index[edge.origin], session.graph.index[edge.target]])
        self.noticed.emit(edge_sentence(session.graph, number, len(edges) - 1))

    def _group(self, group: int, how: Qt.KeyboardModifier) -> None:
        """A closed box is as its cards; an open one is their background."""
        session, scene = self._session, self._scene
        if session is None or scene is None:
            return
        members = np.flatnonzero(scene.groups.of_node == group)
        if np.isfinite(scene.boxes[members, 0]).any():
            self._background(how)
        else:
            self._banded(members, how)

    def _turn(self, group: int) -> None:
        if self._session is not None and self._scene is not None:
            turn(self._session, self._scene.groups.names[group])

    @property
    def _scene(self) -> Scene | None:
        return self._canvas.prepared.scene if self._canvas.prepared else None

    def _background(self, how: Qt.KeyboardModifier) -> None:
        if self._session is not None and not how & (SHIFT | CONTROL) and self._session.selected:
            self._session.select([])

    def _banded(self, cards: np.ndarray, how: Qt.KeyboardModifier) -> None:
        if self._session is not None:
            before = self._session.selected if how & CONTROL else frozenset()
            self._session.select({*before, *(self._own(card) for card in cards.tolist())})

    def _hops(self, card: int, up: int, down: int) -> None:
        session = self._session
        if session is not None:
            node = session.focus if is_on(self._cards, card, session.focus) else self._own(card)
            query = questions.hops(session.graph, session.state.query, node, up, down)
            session.ask(query, active=node)

    def _menu(self, hit: Hit, at: QPoint) -> None:
        session = self._session
        if session is None:
            return
        node = (
            self._of_row(hit.row) if hit.row >= 0 else self._own(hit.node) if hit.node >= 0 else -1
        )
        if node >= 0 and node not in session.selected:
            session.select([node])
        self.menuRequested.emit(at)

    def _moved(self, view: Viewport) -> None:
        if self._session is not None:
            self._session.leave(Place(view.x, view.y, view.zoom))
