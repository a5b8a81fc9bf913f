"""How the cards of a graph look for what is asked now."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import numpy as np

from explorer_app.model.copies import spread
from explorer_app.model.edgepage import PAIR, edge_between
from explorer_app.model.lenses import Lens, lens_of
from explorer_app.model.overlays import Links, carried, show_statuses, show_taint
from explorer_app.model.questions import Question, question
from explorer_app.model.session import Session
from explorer_app.model.state import State
from hamilton_ol.graph import reachability
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.arrays import Codes, Flags
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.looks import Letter, Looks
from hamilton_ol.graph.scene.words import TONE
from hamilton_ol.graph.selection import Selection

KEPT = 2  # lenses: what one writes on 100,000 cards is 10 MB


class Looking:
    """Makes looks for one graph; what never changes is found out once.

    Args:
        graph, made: what is shown.
        clock: seconds since the epoch.
    """

    def __init__(
        self, graph: LineageGraph, made: GraphCards, clock: Callable[[], float] = time.time
    ) -> None:
        self._graph, self._made, self._clock = graph, made, clock
        self._lenses: dict[str, Lens] = {}
        self._known: tuple[object, ...] = ()
        self._last: tuple[Selection, Lens, State, Looks] | None = None

    @cached_property
    def _links(self) -> Links:
        graph, count = self._graph, len(self._graph.edges)
        begin, end = np.zeros(count, np.int64), np.zeros(count, np.int64)
        begin[graph.down.edges] = np.repeat(np.arange(len(graph)), graph.down.degrees)
        end[graph.down.edges] = graph.down.targets
        return Links(begin[self._made.edge], end[self._made.edge])

    def lens(self, session: Session) -> Lens:
        """The cards through the lens that was chosen."""
        known, name = (session.graph, session.changes, session.compared), session.state.lens
        if any(a is not b for a, b in zip(known, self._known or (None,) * 3, strict=True)):
            self._known, self._lenses = known, {}
        if name not in self._lenses:
            for old in [*self._lenses][: 1 - KEPT]:
                del self._lenses[old]
            self._lenses[name] = lens_of(session, self._made, name, self._clock())
        return self._lenses[name]

    def looks(self, session: Session) -> Looks:
        """What is visible is lit, the rest steps back; without a query what is linked is lit."""
        now = session.visible, self.lens(session), replace(session.state, place=None)
        before = self._last
        if (
            before is None
            or before[0] is not now[0]
            or before[1] is not now[1]
            or before[2] != now[2]
        ):
            self._last = before = *now, self._looks(session, now[1])
        return before[3]

    def _looks(self, session: Session, lens: Lens) -> Looks:
        made = self._made
        looks = Looks.plain(len(made.cards), len(made.cards.row_names), len(made.links))
        looks.category, looks.heat, looks.notes = lens.category, lens.heat, lens.notes
        asked = question(session.graph, session.state.query)
        tones = _tones(session, asked) if lens.taint is None else carried(lens.taint)
        if tones.any():
            _light(made, looks, tones, is_path=asked.tone == "path")
            _light_edges(self._links, looks, tones)
        if lens.taint is not None:
            show_taint(made, self._links, looks, lens.taint)
        if lens.statuses is not None:
            show_statuses(lens.statuses, made, self._links, looks)
        _mark(session, made, looks, asked)
        spread(made, looks)
        return looks


def looks_of(session: Session, made: GraphCards) -> Looks:
    """How the cards look now."""
    return Looking(session.graph, made).looks(session)


def _tones(session: Session, asked: Question) -> Codes:
    """Of each node of the graph: its tone, 0 for what steps back; all 0 when nothing is asked."""
    tones = np.zeros(len(session.graph), np.uint8)
    if session.state.query:
        tones[session.visible.mask] = TONE[asked.tone]
        if asked.of >= 0 and asked.tone == "accent":
            _both_ways(session, tones, session.visible.mask, asked.of)
    elif session.selected:
        nodes = session.state.chosen.astype(np.int32)
        graph = session.graph
        if len(nodes) == PAIR and edge_between(graph, *nodes.tolist()) >= 0:
            tones[nodes] = TONE["accent"]  # it is about the edge, which is lit alone
            return tones
        tones[graph.up.after(nodes)] = TONE["upstream"]
        tones[graph.down.after(nodes)] = TONE["downstream"]
        tones[nodes] = TONE["accent"]
    return tones


def _both_ways(session: Session, tones: Codes, mask: Mask, node: int) -> None:
    root = np.array([node], np.int32)
    tones[mask & reachability.reached(session.graph.up, root)] = TONE["upstream"]
    tones[mask & reachability.reached(session.graph.down, root)] = TONE["downstream"]
    tones[node] = TONE["accent"]


def _light(made: GraphCards, looks: Looks, tones: Codes, *, is_path: bool) -> None:
    lit = tones > 0
    own, rows = np.flatnonzero(made.row < 0), np.flatnonzero(made.row >= 0)
    looks.tone[made.card[own]] = tones[own]
    looks.dim[made.card[own]] = ~lit[own]
    place = made.cards.row_start[made.card[rows]] + made.row[rows]
    looks.row_tone[place], looks.row_dim[place] = tones[rows], ~lit[rows]
    has_lit_row = np.zeros(len(made.cards), np.bool_)
    has_lit_row[made.card[rows[lit[rows]]]] = True
    looks.dim &= ~has_lit_row
    if is_path:
        looks.loud[made.card[own[lit[own]]]] = True


def _light_edges(links: Links, looks: Looks, tones: Codes) -> None:
    origin, target = links
    both: Flags = (tones[origin] > 0) & (tones[target] > 0)
    accent = TONE["accent"]
    tone = np.where(tones[origin] == accent, tones[target], tones[origin])
    looks.edge_tone[both] = tone[both]
    looks.edge_dim[:] = ~both


def _mark(session: Session, made: GraphCards, looks: Looks, asked: Question) -> None:
    if session.active >= 0:
        looks.active = int(made.card[session.active])
        if made.row[session.active] < 0 and asked.tone != "path":
            looks.tone[looks.active] = TONE["accent"]
    rows = session.state.chosen[made.row[session.state.chosen] >= 0]
    place = made.cards.row_start[made.card[rows]] + made.row[rows]
    looks.row_tone[place], looks.row_dim[place] = TONE["accent"], False
    if asked.ends is not None:
        looks.letters = {
            int(made.card[node]): Letter(text, int(made.row[node]))
            for text, node in zip("AB", asked.ends, strict=True)
        }
