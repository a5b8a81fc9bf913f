"""Joins the canvas, which knows cards and rows, to the session, which knows nodes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.widget import Canvas
from explorer_app.model import questions
from explorer_app.model.copies import all_of
from explorer_app.model.lenses import Lens
from explorer_app.model.looks import Looking
from explorer_app.model.session import Session
from explorer_app.model.state import Place
from explorer_app.model.status import trail_of
from explorer_app.qt.aside import Aside, Task
from explorer_app.qt.lenslegend import legend_for
from explorer_app.qt.opened import Opened
from explorer_app.qt.style import Style
from explorer_app.scene.anchors import drift, shift
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.graphcards import GraphCards, cards_of
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene

NOTHING, STAYS = -1, -2  # what stays where it is, beside a card
CUBICS = 20  # of curves; they take as long to prepare as a card does
Shift = tuple[float, float]


def seen_from(view: Viewport, place: Place) -> Viewport:
    """A view of another place."""
    return replace(view, zoom=place.zoom, x=place.x, y=place.y)


def moved_by(view: Viewport, by: Shift) -> Viewport:
    """A view with its scene moved."""
    return replace(view, x=view.x + by[0], y=view.y + by[1])


class CanvasLink(QObject):
    """Shows the session on the canvas, and keeps with it which part is seen.

    Args:
        canvas: where.
        style: colours and fonts.
        aside: prepares what is large.

    Attributes:
        session, cards: what is shown; None while nothing is.
        has_room: whether cards have room for what the lens writes on them.
    """

    arrived = Signal()  # another scene is on the canvas

    def __init__(self, canvas: Canvas, style: Style, aside: Aside) -> None:
        super().__init__(canvas)
        self._canvas, self._style, self._aside = canvas, style, aside
        self.session: Session | None = None
        self.cards: GraphCards | None = None
        self._name = ""
        self._wanted: tuple[Scene, Shift | None, Sequence[int]] | None = None
        self._task: Task | None = None
        self._place: Place | None = None  # where one goes in the scene that comes
        self.has_room = True
        self._looking = Looking(LineageGraph((), ()), cards_of(LineageGraph((), ())))
        canvas.viewChanged.connect(self._moved)
        aside.failed.connect(self._give_up)

    def set_session(self, session: Session, opened: Opened, *, is_again: bool) -> None:
        """Show another graph; of one that was read again, what is looked at stays where it is."""
        cards, scene = opened.cards, opened.scene
        self.session, self.cards, self._name = session, cards, opened.name
        self._place = None
        self._looking = opened.looking or Looking(session.graph, cards)
        before, by = self._canvas.prepared, None
        if is_again and before is not None and not self.is_fitted:
            by = drift(before.scene, scene, self.view, self._canvas.state.selected.tolist())
        self._set_scene(scene, by, prepared=opened.prepared)

    def set_cards(self, cards: GraphCards) -> None:
        """The same nodes are on other cards from now on; a scene of these follows."""
        if cards is not self.cards and self.session is not None:
            self.cards = cards
            self._looking = Looking(self.session.graph, cards)

    def lens(self, session: Session) -> Lens:
        """The cards through the lens that was chosen."""
        return self._looking.lens(session)

    def _looks(self, session: Session) -> Looks:
        looks = self._looking.looks(session)
        return looks if self.has_room or not looks.notes else replace(looks, notes=())

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

    def _set_scene(
        self,
        scene: Scene,
        by: Shift | None,
        pinned: Sequence[int] = (),
        prepared: PreparedScene | None = None,
    ) -> None:
        """Show a scene, moved as far as its cards have moved, or all of it."""
        self.has_room = True
        if self.session is None or self.cards is None:
            return
        self._wanted = scene, by, pinned
        if prepared is not None:
            self._show(prepared)
            return
        if self._task is not None:
            self._task.drop()
        prepare = partial(PreparedScene, scene, self._style.theme, self._canvas.prepared)
        self._task = Task(prepare, self._show)
        self._aside.run(max(len(scene), len(scene.routes.curves.number) // CUBICS), self._task)

    def _show(self, prepared: PreparedScene) -> None:
        """Show a scene, if it is still the one that is wanted."""
        if self._wanted is None or self.session is None or prepared.scene is not self._wanted[0]:
            return
        (_, by, pinned), self._wanted = self._wanted, None
        looks = self._looks(self.session)
        if looks.size != prepared.scene.size:
            return  # until the scene of these cards is there
        place = self._place
        view = seen_from(self.view, place) if place else moved_by(self.view, by) if by else None
        self._canvas.setScene(prepared, looks, view=view, fits=view is None)
        self.go_to_place()
        self._canvas.setPins(np.array(pinned, np.int64))
        self._refresh_around(self.session)
        self.arrived.emit()

    def _give_up(self, _failed: object) -> None:
        """A scene that cannot be prepared is not waited for."""
        if self._task is not None and self._task.error is not None:
            self._wanted = None

    @property
    def is_waiting(self) -> bool:
        """Whether a scene is to be shown in a moment."""
        return self._wanted is not None

    def box_of(self, card: int) -> tuple[float, float] | None:
        """The corner of a card in the scene; None when it is not shown."""
        before = self._canvas.prepared
        box = before.scene.boxes[card] if before is not None else np.full(4, np.nan)
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
        session, cards = self.session, self.cards
        if session is None or cards is None or self._canvas.prepared is None or self.is_waiting:
            return
        looks = self._looks(session)
        if looks.size != self._canvas.prepared.scene.size:
            return  # until the scene of these cards is there
        self._canvas.setLooks(looks)
        self._refresh_around(session)

    def _refresh_around(self, session: Session) -> None:
        """What is chosen, and what is written around the cards."""
        cards, prepared = self.cards, self._canvas.prepared
        if cards is None or prepared is None:
            return
        chosen = session.state.chosen
        shown = cards.card[chosen[cards.row[chosen] < 0]] if len(chosen) else chosen
        self._canvas.setSelection(all_of(cards, shown))
        self._canvas.setTrail(self.trail(session))
        is_part = len(session.visible) < len(session.graph) and not session.state.is_isolated
        kinds = cards.cards.kinds[np.isfinite(prepared.scene.boxes[:, 0])]
        lens = self.lens(session)
        self._canvas.setLegend(legend_for(session, lens, kinds, has_rest=is_part))

    def aim_at(self, place: Place | None) -> None:
        """Where the canvas was when a state was left; the scene that is shown next is seen there."""
        self._place = place

    def go_to_place(self) -> None:
        """Go there now; no other scene comes, or it is there."""
        place, self._place = self._place, None
        if place is not None:
            self._canvas.setView(seen_from(self.view, place))

    def trail(self, session: Session) -> Sequence[str]:
        """What is shown, from the whole to the part."""
        asked = questions.question(session.graph, session.state.query)
        return trail_of(session, self._name, asked.title)

    def looks(self, session: Session) -> Looks:
        """How the cards look, with all that the lens writes on them."""
        return self._looking.looks(session)

    def _moved(self, view: Viewport) -> None:
        if self.session is not None:
            self.session.leave(Place(view.x, view.y, view.zoom))
