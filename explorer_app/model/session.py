"""A graph that is being explored: what is loaded, visible, selected and active."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np

from explorer_app.model.history import History
from explorer_app.model.judgement import Judge
from explorer_app.model.ownsets import masks, settled
from explorer_app.model.pins import Pins
from explorer_app.model.questions import widened
from explorer_app.model.state import BASE, NOBODY, NONE, Place, State
from explorer_app.model.traits import Traits
from hamilton_ol.errors import QueryError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import RunFacts, with_run
from hamilton_ol.graph.selection import Selection
from hamilton_ol.graph.sensitive import TAGS
from hamilton_ol.records import NOTHING
from hamilton_ol.sources.changes import Change

Listener = Callable[[], None]


class Session:
    """Four sets that never mix: universe, visible, selected, active.

    The universe is the graph; visible is the answer to the query; selected nodes are some of these;
    the active node is the one that panels tell about.

    Args:
        graph: that is explored.
        saved: {name: query} for `$name`.
        first: what it begins with.

    Attributes:
        graph, saved: the universe, and as given.
        traits: what is looked up of its nodes.
        views: where one was; `back` and `forward` go there.
        edits: what was done; `undo` and `redo` are about it.
        error: why the last query has no answer; the one before it stays visible. None when it has.
        asked: the query that was asked last, which `error` is about.
        judge: says what a query comes to.
        visits: how often a person went back or forward.
        run: what a run did with the graph; None while none is shown.
        runs: those that are known of it, the newest first.
        changes: {id of a node: the last change of its function}, as far as known.
        compared: another graph, of a run or a revision, for a lens that shows what differs.
        sensitive_tags: keys of tags that mark personal data.
        folders: what was opened, where the files of nodes are.
    """

    def __init__(
        self, graph: LineageGraph, saved: Mapping[str, str] = NOTHING, first: State = BASE
    ) -> None:
        self.graph, self.saved = graph, saved
        self.judge = Judge(graph, saved, lambda: masks(self))
        self.traits = Traits(graph)
        self.error: QueryError | None = None
        self.asked = ""
        self.visits = 0
        self.run: RunFacts | None = None
        self.runs: tuple[RunFacts, ...] = ()
        self.changes: Mapping[str, Change] = NOTHING
        self.compared: LineageGraph | None = None
        self.sensitive_tags: tuple[str, ...] = TAGS
        self.folders: tuple[Path, ...] = ()
        self.views, self.edits = History(first), History(first)
        self._answer = self._all()
        self._listeners: list[Listener] = []

    def _all(self) -> Selection:
        return Selection(self.graph, np.ones(len(self.graph), np.bool_))

    def subscribe(self, listener: Listener) -> None:
        """Call this after every change."""
        self._listeners.append(listener)

    def rest(self) -> None:
        """Another graph is on its way: let go what is worked out again when it is asked for."""
        self.graph.forget()
        self.traits.rest()

    def end(self) -> None:
        """Another graph is shown: let go at once what only a collector of garbage would find."""
        self._listeners.clear()
        self.judge = Judge(self.graph)
        self.rest()

    # --- the four sets ---------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """All of it that can be kept."""
        return self.views.now

    @property
    def visible(self) -> Selection:
        """The answer to the query."""
        return self._answer

    @property
    def selected(self) -> frozenset[int]:
        """Numbers of nodes, all of them visible."""
        return self.state.selected

    @property
    def active(self) -> int:
        """The number of a node, -1 for none."""
        return self.state.active

    @property
    def focus(self) -> int:
        """The node that a command is about: the only selected one, else the active one."""
        return next(iter(self.selected)) if len(self.selected) == 1 else self.active

    # --- what a person does ----------------------------------------------------------------------

    def ask(self, query: str, *, active: int | None = None, isolated: bool | None = None) -> bool:
        """Show the answer to a query; whether there is one. It is a step in the history.

        Args:
            query: in the language of `LineageGraph.select`; nothing for all nodes.
            active: the node that panels are to tell about; as it was without it.
            isolated: whether what is not visible is left out; as it was without it.
        """
        query = settled(self, query)
        found = self._found(query)
        if found is None:
            self._tell()
            return False
        kept = self.state.within(found.mask)
        now = self.active if active is None else active
        alone = self.state.is_isolated if isolated is None else isolated
        asked = replace(self.state, query=query.strip(), selected=kept, active=now)
        self._go(replace(asked, is_isolated=alone), found)
        return True

    def _found(self, query: str) -> Selection | None:
        self.asked, self.error = query, None
        if not query.strip():
            return self._all()
        try:
            return self.graph.select(query, self.saved, masks(self))
        except QueryError as error:
            self.error = error
            return None

    def select(self, nodes: Iterable[int]) -> None:
        """These nodes are selected; a query that does not show them is widened so that it does."""
        wanted = frozenset(nodes)
        chosen = State(selected=wanted).chosen
        hidden = chosen[~self.visible.mask[chosen]].tolist()
        if not hidden:
            self._edit(replace(self.state, selected=wanted))
            return
        query = widened(self.graph, self.state.query, hidden)
        found = self._found(query)
        if found is not None:
            self._go(replace(self.state, query=query, selected=wanted), found)

    def toggle(self, node: int) -> None:
        """Select a node in addition, or not any more."""
        self.select(self.selected ^ {node})

    def isolate(self, *, isolated: bool) -> None:
        """Leave out of the picture what is not visible, or show it again."""
        self._edit(replace(self.state, is_isolated=isolated))

    def box(self, grouped: str, collapsed: frozenset[str] | None = None) -> None:
        """Put cards into boxes by a key, and close some of these."""
        self._edit(replace(self.state, grouped=grouped, collapsed=collapsed))

    def show_inputs(self, how: str) -> None:
        """Hide inputs, or repeat them; the same again shows them once."""
        self._edit(replace(self.state, inputs="" if how == self.state.inputs else how))

    def pin(self, pins: Pins) -> None:
        """These places are chosen for cards."""
        self._edit(replace(self.state, pins=pins))

    def look_through(self, lens: str) -> None:
        """Colour the cards for something; the same again takes the colours away."""
        self._edit(replace(self.state, lens="" if lens == self.state.lens else lens))

    def look_at(self, query: str, lens: str, active: int = NONE) -> None:
        """The answer to a query through a lens, with nothing selected; one step in the history."""
        found = self._found(query)
        if found is not None:
            bare = replace(self.state, query=query, selected=NOBODY, active=active, lens=lens)
            self._go(bare, found)

    def drop_mistake(self) -> bool:
        """Forget a query that has no answer, and is not the one that is shown; whether there was one."""
        if self.error is None or self.asked == self.state.query:
            return False
        self._found(self.state.query)
        self._tell()
        return True

    def step_out(self) -> None:
        """One level back to everything: selection, what is left out, active node, query, lens."""
        if self.drop_mistake():
            return
        out, state = self.state.outside, self.state
        is_edit = (out.query, out.active) == (state.query, state.active)
        self._edit(out) if is_edit else self._go(out, self._all())

    def leave(self, place: Place) -> None:
        """The canvas is here now; kept with the state, so that going back comes back here."""
        self.views.replace(replace(self.state, place=place))

    def learn(self, changes: Mapping[str, Change]) -> None:
        """Who changed functions last is known now."""
        self.changes = changes
        self._tell()

    def know_runs(self, runs: Iterable[RunFacts]) -> None:
        """These runs did something with the graph, the newest first."""
        self.runs = tuple(runs)
        self._tell()

    def show_run(self, run: RunFacts) -> None:
        """Put on the nodes what became of them in a run; all else stays as it is."""
        self.run, self.graph = run, with_run(self.graph, run)
        self.traits = Traits(self.graph)
        self.judge = Judge(self.graph, self.saved, lambda: masks(self))
        self._restore(self.state)

    # --- history and undo ------------------------------------------------------------------------

    def back(self) -> None:
        """To the view before, with its sets and its place."""
        self._visit(self.views.back())

    def forward(self) -> None:
        """To the view after."""
        self._visit(self.views.forward())

    def one_step(self) -> AbstractContextManager[None]:
        """What is done inside is undone at once."""
        return self.edits.joined()

    def undo(self) -> None:
        """Everything as it was before the last thing that was done."""
        self.views.push(self.edits.back())
        self._restore(self.state)

    def redo(self) -> None:
        """Do it again."""
        self.views.push(self.edits.forward())
        self._restore(self.state)

    def _visit(self, state: State) -> None:
        self.visits += 1
        self.edits.push(state)
        self._restore(state)

    def take_over(self, before: "Session", moved: Callable[[State], State]) -> None:
        """Go on where another session is; `moved` makes states of this graph of its states."""
        self.visits = before.visits
        self.views = before.views.mapped(moved)
        self.edits = before.edits.mapped(moved)
        self._restore(self.state)

    def _restore(self, state: State) -> None:
        found = self._found(state.query)
        self._answer = self._all() if found is None else found
        if (kept := state.within(self._answer.mask)) != state.selected:  # it was read again since
            self.views.replace(replace(state, selected=kept))
        self._tell()

    def _go(self, state: State, answer: Selection) -> None:
        self._answer, self.error = answer, None
        if state != self.state:
            self.views.push(replace(state, place=None))
            self.edits.push(self.state)
        self._tell()

    def _edit(self, state: State) -> None:
        if state != self.state:
            self.views.replace(state)
            self.edits.push(state)
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
