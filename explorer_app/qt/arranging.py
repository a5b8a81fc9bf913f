"""Which cards have a place, and how large they are: as the query and the lens want it."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject

from explorer_app.canvas.fonts import Fonts
from explorer_app.model.lenses import Lens
from explorer_app.model.session import Session
from explorer_app.qt.canvaslink import CanvasLink
from explorer_app.qt.opening import Opened, Opening
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.graphcards import GraphCards, dressed
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graph.scene.scene import Scene

Dress = tuple[GraphCards, Floats, bool]


class Wanted(NamedTuple):
    """What a scene is of.

    Attributes:
        query: whose answer is shown alone; None where everything is shown.
        lens, run: what is written on the cards in addition; empty where that needs no more room.
    """

    query: str | None = None
    lens: str = ""
    run: str = ""


class Arranging(QObject):
    """Asks for another scene where the one that is shown is of something else.

    Args:
        opening: has cards arranged.
        link: shows scenes.
        style: has the fonts.
    """

    def __init__(self, opening: Opening, link: CanvasLink, style: Style) -> None:
        super().__init__(link)
        self._opening, self._link, self._style = opening, link, style
        self._scenes: dict[Wanted, Scene] = {}
        self._shown = Wanted()
        self._lens: Lens | None = None
        self._dress: Dress
        opening.isolated.connect(self._arranged)

    def start(self, opened: Opened) -> None:
        """Another graph is shown, all of it."""
        self._scenes, self._shown, self._lens = {Wanted(): opened.scene}, Wanted(), None

    def follow(self, session: Session, opened: Opened) -> None:
        """The session has changed."""
        lens = self._link.lens(session)
        if lens is not self._lens:
            self._lens, self._dress = lens, self._dressed(opened, lens)
        made, needed, fits = self._dress
        wanted = self._wanted(session, "" if fits else session.state.lens)
        if wanted == self._shown:
            return
        self._shown = wanted
        if wanted in self._scenes:
            self._link.set_scene(self._scenes[wanted])
            return
        self._link.has_room = False
        kept = None
        if wanted.query is not None:
            kept = np.zeros(len(made.cards), np.bool_)
            kept[made.card[session.visible.numbers]] = True
        self._opening.arrange(made, needed, kept)

    def _dressed(self, opened: Opened, lens: Lens) -> Dress:
        """The cards with all that the lens writes on them, and whether they have room for it."""
        has_status = lens.statuses is not None
        if not (lens.tags or lens.notes or has_status):
            return opened.cards, opened.sizes, True
        made, fonts = dressed(opened.cards, lens.tags, lens.notes), Fonts(self._style.theme)
        needed = sizes(made.cards, fonts, lens.notes, with_status=has_status)
        fits = not lens.tags and bool((needed <= opened.scene.boxes[:, 2:] + 0.5).all())
        return made, np.maximum(needed, opened.sizes), fits

    def _wanted(self, session: Session, lens: str) -> Wanted:
        state = session.state
        is_part = state.is_isolated and 0 < len(session.visible) < len(session.graph)
        run = session.run.run_id if lens and session.run is not None else ""
        return Wanted(state.query if is_part else None, lens, run)

    def _arranged(self, scene: Scene) -> None:
        if self._shown.query is None:
            self._scenes[self._shown] = scene
        self._link.set_scene(scene)
