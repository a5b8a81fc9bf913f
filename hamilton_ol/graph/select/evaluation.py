"""From what a query says to the nodes that it means."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial, reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hamilton_ol.errors import DataflowError, QueryError, UnknownNodeError, UnknownRevisionError
from hamilton_ol.graph import reachability
from hamilton_ol.graph.adjacency import Ints, Mask
from hamilton_ol.graph.select import changes, structure, vocabulary
from hamilton_ol.graph.select.conditions import matching, tested
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.named import named
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.syntax import (
    And,
    Call,
    Condition,
    Minus,
    Name,
    Not,
    Or,
    Path,
    Query,
    Reach,
    Saved,
    Span,
    Words,
)
from hamilton_ol.graph.select.vocabulary import COLUMN, FIELD, FUNCTION
from hamilton_ol.graph.selection import Selection
from hamilton_ol.records import NOTHING

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


class Found(NamedTuple):
    """What a part of a query means.

    Attributes:
        nodes: bool (nodes).
        columns: bool (columns), where only these columns of the nodes are meant.
    """

    nodes: Mask
    columns: Mask | None = None


class Explained(NamedTuple):
    """What a part of a query selected.

    Attributes:
        depth: how deep it stands within the query, from 0.
        span: its characters.
        nodes: how many.
    """

    depth: int
    span: Span
    nodes: int


def select(
    graph: "LineageGraph",
    query: str,
    saved: Mapping[str, str] = NOTHING,
    sets: Mapping[str, Mask] = NOTHING,
) -> Selection:
    """The nodes that a query means.

    Args:
        graph: that is asked.
        query: in the language of `select.syntax`.
        saved: {name: query} for `$name`.
        sets: {function: bool (nodes)} for the functions that are sets of whoever asks.

    Raises:
        QueryError: it cannot be understood, or names what is not there.
    """
    said = parse(query)
    evaluation = Evaluation(graph, query, saved, sets)
    found = evaluation.found(said)
    return Selection(graph, found.nodes, partial(evaluation.depths, said))


def explain(
    graph: "LineageGraph",
    query: str,
    saved: Mapping[str, str] = NOTHING,
    sets: Mapping[str, Mask] = NOTHING,
) -> list[Explained]:
    """What each part of a query selects, the whole first; arguments and errors as of `select`."""
    evaluation = Evaluation(graph, query, saved, sets)
    evaluation.found(parse(query))
    return sorted(evaluation.explained, key=lambda part: (part.span.start, part.depth))


class Evaluation:
    """Evaluates one query.

    Args:
        graph: that is asked.
        query: its text, for errors.
        saved, sets: as of `select`.
        within: the saved queries that it is a part of.

    Attributes:
        explained: what each part selected.
    """

    def __init__(
        self,
        graph: "LineageGraph",
        query: str,
        saved: Mapping[str, str] = NOTHING,
        sets: Mapping[str, Mask] = NOTHING,
        within: tuple[str, ...] = (),
    ) -> None:
        self._graph, self._query = graph, query
        self._saved, self._sets, self._within = saved, sets, within
        self._depth = self._followed = 0
        self.explained: list[Explained] = []

    def found(self, said: Query) -> Found:
        """What a part means."""
        self._depth += 1
        found = self._found(said)
        self._depth -= 1
        count = int(np.count_nonzero(found.nodes))
        self.explained.append(Explained(self._depth, said.span, count))
        return found

    def depths(self, said: Query) -> Ints | None:
        """How far nodes are from where a query begins; None for one that begins nowhere."""
        quiet = Evaluation(self._graph, self._query, self._saved, self._sets, self._within)
        if isinstance(said, Path):
            begin = structure.numbers(quiet.found(said.steps[0]).nodes)
            return reachability.distances(self._graph.down, begin)
        if not isinstance(said, Reach) or said.is_built:
            return None
        begin = structure.numbers(quiet.found(said.of).nodes)
        ways = [
            reachability.distances(edges, begin)
            for edges, steps in ((self._graph.up, said.up), (self._graph.down, said.down))
            if steps is not None
        ]
        return ways[0] if len(ways) == 1 else np.where(ways[0] < 0, ways[1], ways[0])

    def _found(self, said: Query) -> Found:
        match said:
            case Or(parts) | And(parts) | Minus(parts):
                return self._combined(said, [*self._parts(said, parts)])
            case Not(of):
                return Found(~self.found(of).nodes)
            case Path(steps):
                return Found(structure.path(self._graph, [*self._steps(steps)]))
            case Reach():
                return self._reach(said)
            case Call():
                return self._call(said)
            case Saved():
                return self._of_saved(said)
            case Condition(vocabulary.COLUMN):
                return self._of_columns(said)
            case Condition(vocabulary.CHANGED | vocabulary.BLAME):
                return Found(self._of_history(said))
            case Condition():
                return Found(tested(self._graph, said))
            case _:
                return Found(named(self._graph, said, self._query))

    # --- combinations --------------------------------------------------------------------------

    def _parts(self, said: Query, parts: tuple[Query, ...]) -> Iterator[Found]:
        """What parts mean; `tag:a|b` is not `tag:a|tag:b`, which is often what is meant."""
        before: Query | None = None
        for part in parts:
            try:
                yield self.found(part)
            except UnknownNodeError as error:
                match said, before, part:
                    case Or(), Condition(), Name(text):
                        meant = replace(before, value=Words(text))
                        error.hint = f"Is {text_of(before)} or {text_of(meant)} meant?"
                raise
            before = part

    def _combined(self, said: Query, parts: list[Found]) -> Found:
        others = self._both if isinstance(said, And) else self._without
        return reduce(_either if isinstance(said, Or) else others, parts)

    def _both(self, one: Found, other: Found) -> Found:
        nodes = one.nodes & other.nodes
        if one.columns is None or other.columns is None:
            return self._of_nodes(nodes, other.columns if one.columns is None else one.columns)
        return self._of_nodes(nodes, one.columns | other.columns)

    def _without(self, one: Found, other: Found) -> Found:
        return self._of_nodes(one.nodes & ~other.nodes, one.columns)

    def _of_nodes(self, nodes: Mask, columns: Mask | None) -> Found:
        """Nodes, and those of some columns that are theirs."""
        if columns is None:
            return Found(nodes)
        return Found(nodes, columns & nodes[self._graph.facts.flow.owners])

    def _owners(self, columns: Mask) -> Mask:
        return self._graph.facts.flow.nodes_of(columns, len(self._graph))

    # --- ways ----------------------------------------------------------------------------------

    def _steps(self, steps: tuple[Query, ...]) -> Iterator[Mask]:
        return (self.found(step).nodes for step in steps)

    def _reach(self, said: Reach) -> Found:
        self._followed += 1
        begin = self.found(said.of)
        self._followed -= 1
        if said.is_built:
            below = structure.reach(self._graph.down, begin.nodes)
            return Found(structure.reach(self._graph.up, below))
        parts = [
            self._way(begin, steps, is_up=is_up)
            for steps, is_up in ((said.up, True), (said.down, False))
            if steps is not None
        ]
        return parts[0] if len(parts) == 1 else _either(*parts)

    def _way(self, begin: Found, steps: int, *, is_up: bool) -> Found:
        """From columns along columns, from nodes along edges."""
        edges = self._graph.up if is_up else self._graph.down
        nodes = structure.reach(edges, begin.nodes, steps)
        if begin.columns is None:
            return Found(nodes)
        columns = self._graph.facts.flow.reached(begin.columns, is_up=is_up)
        return self._of_nodes(nodes & self._owners(columns), columns)

    def _call(self, said: Call) -> Found:
        call = FUNCTION[said.function].call
        if call is not None:
            given = (a if isinstance(a, int) else self.found(a).nodes for a in said.arguments)
            return Found(call(self._graph, *given))
        if said.function in self._sets:
            return Found(self._sets[said.function])
        doc = FUNCTION[said.function].doc
        raise self._error(said, f"{said.function}() is {doc}", "Here nothing is selected or shown.")

    def _error(
        self, said: Query, message: str, hint: str, kind: type[QueryError] = QueryError
    ) -> QueryError:
        start, end = said.span
        return kind(message, query=self._query, start=start, end=end, hint=hint)

    # --- names ---------------------------------------------------------------------------------

    def _of_history(self, said: Condition) -> Mask:
        """The nodes whose function changed at some time, or was changed last by somebody."""
        try:
            return changes.nodes(self._graph, said)
        except DataflowError as error:
            is_unknown = isinstance(error, UnknownRevisionError)
            kind = UnknownRevisionError if is_unknown else QueryError
            raise self._error(said, str(error), error.hint, kind) from error

    def _of_columns(self, said: Condition) -> Found:
        """The nodes with a column, and which columns, where something follows them.

        Where nothing is known of what columns come from, to follow them is to follow the nodes.
        """
        is_meant = matching(FIELD[COLUMN], said.value)
        graph = self._graph
        known, is_followed = graph.columns, self._followed and len(graph.columns.origins) > 0
        names = graph.facts.flow.names if is_followed else known.names
        columns: Mask = np.fromiter(map(is_meant, names), np.bool_, len(names))
        nodes = tested(graph, said)
        nodes |= (graph.facts.flow if is_followed else known).nodes_of(columns, len(graph))
        return Found(nodes, columns if is_followed else None)

    def _of_saved(self, said: Saved) -> Found:
        text, name = self._saved.get(said.name), said.name
        if text is None or name in self._within:
            known = ", ".join(f"${one}" for one in self._saved) or "none is saved"
            message = f"${name} is about itself" if text else f"No query is saved as ${name}"
            raise self._error(said, message, "" if text else f"There are: {known}.")
        inner = Evaluation(self._graph, text, self._saved, self._sets, (*self._within, name))
        return inner.found(parse(text))


def _either(one: Found, other: Found) -> Found:
    if one.columns is None or other.columns is None:
        return Found(one.nodes | other.nodes)
    return Found(one.nodes | other.nodes, one.columns | other.columns)
