"""What of a graph is arranged, and how."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from explorer_app.model.copies import HIDDEN, input_cards, keep_copies
from explorer_app.model.families import NO_GROUPS
from explorer_app.model.isolation import Part, part_of, whole_of
from explorer_app.model.pins import Pins
from explorer_app.model.session import Session
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.scene.arrays import Flags, Floats
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.places import Places, placed
from hamilton_ol.graph.scene.scene import Scene

BOXED = 150  # nodes; more of them are boxed by module, unless a person says otherwise
CLOSED = 3_000  # nodes; of more, the boxes are closed at first


class Plan(NamedTuple):
    """What makes a scene what it is: equal plans make equal scenes.

    Attributes:
        query: whose answer is shown alone; empty when everything is shown.
        grouped: what cards are boxed by, a key of `Families`; empty for no boxes.
        collapsed: names of the boxes that are closed.
        pins: places that a person chose, of this query and these boxes.
        inputs: how what is given to each run is shown, as of `State`.
        lens, run: what is written on the cards in addition; empty where that needs no more room.
    """

    query: str = ""
    grouped: str = ""
    collapsed: frozenset[str] = frozenset()
    pins: Pins = frozenset()
    inputs: str = ""
    lens: str = ""
    run: str = ""

    @property
    def bare(self) -> "Plan":
        """What a layout makes of it, before a person puts cards elsewhere."""
        return self._replace(pins=frozenset())


EVERYTHING = Plan()


def view_of(plan: Plan) -> str:
    """What pins belong to: they do not hold where something else is shown."""
    return f"{plan.grouped} {plan.query}"


def plan_of(session: Session) -> Plan:
    """What is to be seen now."""
    plan = _unpinned(session)._replace(inputs=session.state.inputs)
    view = view_of(plan)
    return plan._replace(pins=frozenset(pin for pin in session.state.pins if pin.view == view))


def _unpinned(session: Session) -> Plan:
    state = session.state
    is_part = state.is_isolated and 0 < len(session.visible) < len(session.graph)
    count = len(session.visible) if is_part else len(session.graph)
    key = state.grouped or ("module" if count >= BOXED else NO_GROUPS)
    families = session.traits.families(key)
    if not families:
        return Plan(state.query if is_part else "")
    closed = state.collapsed
    if closed is None:
        closed = families.outermost if count >= CLOSED else frozenset()
    return Plan(state.query if is_part else "", key, closed)


class Assignment:
    """What is to be arranged for a plan, and how the answer becomes a scene.

    Args:
        plan: what is wanted.
        session: whose graph it is of.
        made: all of its cards.
        sizes: width and height that each card needs, (n, 2).

    Attributes:
        plan: as given.
        cards, links, sizes, grouping: what is arranged; of cards only what that needs.
    """

    def __init__(self, plan: Plan, session: Session, made: GraphCards, sizes: Floats) -> None:
        self.plan, self._made = plan, made
        families = session.traits.families(plan.grouped)
        of_card = families.of_cards(made)
        self._part: Part | None = None
        cards, links = made.cards, made.links
        if plan.query or plan.inputs == HIDDEN:
            nodes = session.visible.mask if plan.query else np.ones(len(session.graph), np.bool_)
            self._part = part_of(made, shown_cards(session, made, nodes))
            of_card, sizes = of_card[self._part.card], sizes[self._part.card]
            cards, links = self._part.cards, self._part.links
        self.grouping = families.grouping(of_card, plan.collapsed) if plan.grouped else None
        self.cards, self.links, self.sizes = _bare(cards), replace(links, argument=()), sizes

    def scene(self, places: Places) -> Scene:
        """All cards in their places, those of a part only."""
        made, part = self._made, self._part
        if part is None:
            return placed(made.cards, made.links, places, self.grouping)
        return whole_of(made, part, placed(part.cards, part.links, places, self.grouping))


def shown_cards(session: Session, made: GraphCards, nodes: Mask) -> Flags:
    """The cards that show some nodes, bool (nodes); without inputs where these are hidden."""
    kept: Flags = np.zeros(len(made.cards), np.bool_)
    kept[made.card[nodes]] = True
    keep_copies(made, kept)
    if session.state.inputs == HIDDEN:
        kept &= ~input_cards(session.graph, made)
    return kept


def _bare(cards: Cards) -> Cards:
    """Cards with names, kinds and rows, and nothing else that is written on them."""
    return Cards(cards.names, cards.kinds, ("",) * len(cards), cards.row_start)
