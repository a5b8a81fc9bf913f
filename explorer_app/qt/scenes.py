"""Keeps the scene on the canvas the one that the session asks for."""

from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer_app.canvas.fonts import Fonts
from explorer_app.loading.messages import Arranged
from explorer_app.model.copies import REPEATED, repeated, sizes_with
from explorer_app.model.lenses import Lens
from explorer_app.model.pins import Pin, origin_of, placed_at, places, without
from explorer_app.model.plan import CLOSED, Assignment, Plan, plan_of, view_of
from explorer_app.model.session import Session
from explorer_app.qt.canvaslink import NOTHING, STAYS, CanvasLink
from explorer_app.qt.opened import Opened
from explorer_app.qt.opening import Opening
from explorer_app.qt.style import Style
from explorer_app.scene.anchors import nearest
from explorer_app.scene.moved import moved
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.graphcards import GraphCards, dressed
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graph.scene.scene import Scene

KEPT, SMALL = 8, 65_000  # scenes that are kept, and cubics of their curves at most
CARDS = 250_000  # of all that are kept: 100,000 of them take 8 MB


class Kept(NamedTuple):
    """A scene, and what the next layout needs to change as little as it can."""

    scene: Scene
    memory: bytes


class Dress(NamedTuple):
    """What a lens writes on cards.

    Attributes:
        cards: with it.
        sizes: that they need, (n, 2).
        fits: whether they have room for it as they are.
    """

    cards: GraphCards
    sizes: Floats
    fits: bool


class Scenes(QObject):
    """Has cards arranged anew when what is shown changes, and shows what comes of it.

    Args:
        opening: has them arranged.
        link: shows them.
        style: has the fonts.
    """

    shown = Signal()

    def __init__(self, opening: Opening, link: CanvasLink, style: Style) -> None:
        super().__init__(link)
        self._opening, self._link, self._style = opening, link, style
        self._plan, self._memory = Plan(), b""
        self._based = Plan()
        self._kept: dict[Plan, Kept] = {}
        self._lens: Lens | None = None
        self._dress: Dress
        self._session: Session
        self._opened: Opened
        self._base: Kept

    @property
    def dress(self) -> Dress:
        """The cards with all that is written on them now."""
        return self._dress

    def first(self, session: Session, read: Opened, *, is_again: bool) -> tuple[Assignment, bytes]:
        """What is arranged first of what was read; where it was if it was read again."""
        self._kept = {}  # they are of what goes
        plan = plan_of(session)
        if plan.inputs == REPEATED:  # there are more cards then; `follow` has them arranged
            plan = plan._replace(inputs="")
        memory = self._memory if is_again and plan.bare == self._plan.bare else b""
        return Assignment(plan, session, read.cards, read.sizes), memory

    def begin(self, session: Session, opened: Opened, *, is_again: bool) -> None:
        """A graph was opened, or read again, with its first scene."""
        self._plan, self._kept, self._lens = opened.plan, {}, None
        self._session, self._opened = session, opened
        self._repeated: GraphCards | None = None
        self._keep(Kept(opened.scene, opened.memory))
        self._link.set_session(session, opened, is_again=is_again)

    @property
    def _made(self) -> GraphCards:
        """The cards that are shown now: with more of them where inputs are repeated."""
        if self._session.state.inputs != REPEATED:
            self._repeated = None  # of 100,000 nodes they are some 10 MB
            return self._opened.cards
        if self._repeated is None:
            self._repeated = repeated(self._session.graph, self._opened.cards)
        return self._repeated

    def follow(self, session: Session, opened: Opened) -> None:
        """The session has changed."""
        self._link.set_cards(self._made)
        before, plan = self._plan, self._planned(session, opened)
        if plan == before:
            return
        self._plan = plan
        if plan.bare == self._based and not self._opening.is_arranging:
            self._show(self._base, STAYS)
            return
        is_near = (bool(plan.query), plan.grouped) == (bool(before.query), before.grouped)
        anchor = self._anchor(session, opened, before, plan) if is_near else NOTHING
        if plan.bare in self._kept:
            self._show(self._kept[plan.bare], anchor)
            return
        self._link.has_room = False
        usual = self._made, sizes_with(self._made, opened.sizes)
        cards, needed = self._dress[:2] if plan.lens else usual
        assign = partial(Assignment, plan, session, cards, needed)
        memory = self._memory if is_near else b""
        self._opening.arrange(len(session.graph), assign, memory, partial(self._take, anchor))

    def learn(self, session: Session, opened: Opened) -> None:
        """Find out, in any thread, which cards there are, and what the lens writes on them."""
        lens, _ = self._link.lens(session), self._made
        if lens is not self._lens:
            self._dress, self._lens = self._dressed(opened, lens), lens

    def _planned(self, session: Session, opened: Opened) -> Plan:
        self.learn(session, opened)
        plan = plan_of(session)
        if self._dress.fits:
            return plan
        run = session.run.run_id if session.run is not None else ""
        return plan._replace(lens=session.state.lens, run=run)

    def _dressed(self, opened: Opened, lens: Lens) -> Dress:
        """The cards with all that the lens writes on them, and whether they have room for it."""
        has_status, usual = lens.statuses is not None, sizes_with(self._made, opened.sizes)
        if not (lens.tags or lens.notes or has_status):
            return Dress(self._made, usual, fits=True)
        made, fonts = dressed(self._made, lens.tags, lens.notes), Fonts(self._style.theme)
        needed = sizes(made.cards, fonts, lens.notes, with_status=has_status)
        boxes = sizes_with(self._made, opened.scene.boxes[:, 2:])
        room = np.where(np.isfinite(boxes), boxes, usual)
        fits = not lens.tags and bool((needed <= room + 0.5).all())
        return Dress(made, np.maximum(needed, usual), fits)

    def _anchor(self, session: Session, opened: Opened, before: Plan, plan: Plan) -> int:
        """The card that stays where it is."""
        if plan.collapsed != before.collapsed:
            families = session.traits.families(plan.grouped)
            name = families.changed(before.collapsed, plan.collapsed)
            if name:
                return families.member(families.of_cards(self._made), name)
            is_too_much = not plan.collapsed and len(self._made.cards) > CLOSED
            return nearest(self._base.scene, self._link.view) if is_too_much else NOTHING
        if self._link.is_fitted:
            return NOTHING
        focus = session.focus
        card = int(opened.cards.card[focus]) if focus >= 0 else -1
        return card if card >= 0 else nearest(opened.scene, self._link.view)

    def _take(self, anchor: int, wanted: Assignment, found: Arranged) -> None:
        if wanted.plan.bare == self._plan.bare:
            self._show(Kept(wanted.scene(found.places), found.memory), anchor)

    def _show(self, kept: Kept, anchor: int) -> None:
        """A scene as it was laid out, and then as a person wants it."""
        self._keep(kept)
        scene, cards = kept.scene, self._opened.cards
        put = places(self._plan.pins, self._session.graph, cards, scene)
        self._link.set_scene(moved(scene, put) if put else scene, anchor, [*put])
        self.shown.emit()

    def _keep(self, kept: Kept) -> None:
        self._base, self._memory = kept, kept.memory
        self._based = plan = self._plan.bare  # another one is wanted already while it is arranged
        self._kept.pop(plan, None)
        if len(kept.scene.routes.curves.number) <= SMALL:
            self._kept[plan] = kept
            most = min(KEPT, max(CARDS // max(len(kept.scene), 1), 1))
            for old in [*self._kept][:-most]:
                del self._kept[old]

    # --- pins ------------------------------------------------------------------------------------

    def put(self, card: int, x: float, y: float) -> None:
        """A person put a card elsewhere: its corner is there now, and stays there.

        Of an input that stands at each consumer only the first card can be put elsewhere.
        """
        if card >= len(self._opened.cards.cards):
            if self._based == self._plan.bare:
                self._show(self._base, STAYS)
            return
        left, top = origin_of(self._base.scene, card)
        pin = Pin(view_of(self._plan), self._node(card), x - left, y - top)
        self._session.pin(placed_at(self._session.state.pins, pin))

    def turn_pin(self, node: int) -> None:
        """A card stays where it is now, or goes where it would be."""
        card = int(self._opened.cards.card[node])
        pins, view, name = self._session.state.pins, view_of(self._plan), self._node(card)
        rest = without(pins, view, name)
        box = self._link.box_of(card)
        if rest != pins or box is None:
            self._session.pin(rest)
        else:
            self.put(card, *box)

    def _node(self, card: int) -> str:
        """The id of the node that a card is of."""
        made = self._opened.cards
        own = np.flatnonzero((made.card == card) & (made.row < 0))
        return self._session.graph.ids[int(own[0])]
