"""The graph of a dataflow, or of many."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from hamilton_ol.errors import GraphError
from hamilton_ol.graph import reachability
from hamilton_ol.graph.adjacency import Adjacency, Ints, Mask
from hamilton_ol.graph.columns import ColumnGraph, column_graph
from hamilton_ol.graph.history import History
from hamilton_ol.graph.names import Names
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.parcels import packed, unpacked
from hamilton_ol.graph.rows import Rows, column, unique
from hamilton_ol.graph.selection import Selection
from hamilton_ol.records import NOTHING

if TYPE_CHECKING:
    import pandas as pd
    from networkx import DiGraph

    from hamilton_ol.graph.select.facts import Facts


SAID = ("nodes", "edges", "name", "texts", "problems")


class LineageGraph:
    """What comes from what. Nothing in it ever changes; cycles are allowed.

    >>> graph = hamilton_ol.lineage(dr)
    >>> graph.upstream("fit_random_forest")
    >>> graph.select("tag:PII=true+ and tag:artifact")

    Args:
        nodes: all nodes; an id may occur once.
        edges: between them, as data flows; of several between two nodes the first is kept.
        name: what it is a graph of.
        columns: makes the graph of the nodes' columns, when it is needed first.
        texts: {function: its source text}.
        problems: sentences about what is missing, or not certain.
        history: says when its functions changed.

    Attributes:
        ids: of all nodes; a node's place in it is its number.
        index: {id: number}.
        nodes, edges, name, texts, problems, history: as given.

    Raises:
        GraphError: an id occurs twice, or an edge names a node that is not there.
    """

    def __init__(
        self,
        nodes: Iterable[Node],
        edges: Iterable[Edge],
        *,
        name: str = "",
        columns: Callable[[Mapping[str, int]], ColumnGraph] | None = None,
        texts: Mapping[str, str] = NOTHING,
        problems: Sequence[str] = (),
        history: History | None = None,
    ) -> None:
        self.name, self.texts, self.problems, self.history = name, texts, tuple(problems), history
        self.nodes: Sequence[Node] = nodes if isinstance(nodes, Rows) else tuple(nodes)
        self.ids: tuple[str, ...] = column(self.nodes, "id")
        self.index: Mapping[str, int] = {node: number for number, node in enumerate(self.ids)}
        if len(self.index) < len(self.ids):
            repeated = Counter(self.ids).most_common(1)[0][0]
            raise GraphError(f"Two nodes have the id {repeated!r}")
        self._make_columns = columns
        self.edges: Sequence[Edge] = edges if isinstance(edges, Rows) else unique(edges)
        self._origins = self._numbers(column(self.edges, "origin"))
        self._targets = self._numbers(column(self.edges, "target"))

    def _numbers(self, ids: Iterable[str]) -> Ints:
        try:
            return np.array([self.index[node] for node in ids], np.int32)
        except KeyError as error:
            raise GraphError(f"An edge names {error}, but there is no such node") from None

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self.ids)

    def __iter__(self) -> Iterator[str]:
        """The ids of all nodes."""
        return iter(self.ids)

    def __contains__(self, node: object) -> bool:
        """Whether a node has this id."""
        return node in self.index

    def __getitem__(self, node: str) -> Node:
        """The node with this id, or of this name if only one is called so.

        Raises:
            UnknownNodeError, AmbiguousNodeError: there is none, or there are several.
        """
        return self.nodes[self.number(node)]

    def __eq__(self, other: object) -> bool:
        """Whether two graphs say the same."""
        if not isinstance(other, LineageGraph):
            return NotImplemented
        is_same = all(getattr(self, name) == getattr(other, name) for name in SAID)
        return is_same and self.columns.edges == other.columns.edges

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        """How it goes to another process."""
        return unpacked, (packed(self),), {"history": self.history}

    def __repr__(self) -> str:
        """Name and size."""
        name = f" {self.name!r}" if self.name else ""
        return f"<LineageGraph{name}: {len(self)} nodes, {len(self.edges)} edges>"

    @property
    def ends(self) -> tuple[Ints, Ints]:
        """int32 (edges), twice: the nodes that each edge leads from, and to."""
        return self._origins, self._targets

    def column(self, field: str) -> tuple[Any, ...]:
        """One field of all nodes; quicker than to look at each."""
        return column(self.nodes, field)

    def edges_within(self, mask: Mask) -> tuple[Edge, ...]:
        """The edges between some nodes."""
        numbers = np.flatnonzero(mask[self._origins] & mask[self._targets])
        return tuple(self.edges[number] for number in numbers.tolist())

    def share(self, other: "LineageGraph") -> None:
        """Hold what another graph has, too, only once: of one that is read again that is most."""
        if isinstance(self.nodes, Rows):
            self.nodes.share(other.nodes, ("function", "doc", "code"))
        if isinstance(self.edges, Rows):
            self.edges.share(other.edges)

    def forget(self) -> None:
        """Let go what was worked out, some of which knows the graph; asked for, it is again."""
        for name in ("facts", "names", "down", "up", "columns", "order", "cycles"):
            vars(self).pop(name, None)

    def number(self, node: str) -> int:
        """The number of the node with this id, or of this name; errors as of `[]`."""
        number = self.index.get(node)
        return self.names.number(node) if number is None else number

    @cached_property
    def names(self) -> Names:
        """What nodes are called."""
        return Names(self.ids, self.column("name"))

    @cached_property
    def down(self) -> Adjacency:
        """The edges, downstream."""
        return Adjacency(len(self), self._origins, self._targets)

    @cached_property
    def up(self) -> Adjacency:
        """The edges, upstream."""
        return Adjacency(len(self), self._targets, self._origins)

    @cached_property
    def columns(self) -> ColumnGraph:
        """Which column of a node comes from which."""
        make = self._make_columns
        return column_graph(self.index, (), ()) if make is None else make(self.index)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Numbers of the nodes, each after all it comes from; those on cycles, and behind, last."""
        found = reachability.order(self.down, self.up)
        return tuple(dict.fromkeys((*found, *range(len(self)))))

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The ids of nodes that come from themselves, those of one knot together."""
        from hamilton_ol.graph.knots import knots  # noqa: PLC0415 - a dataflow has none

        return () if len(reachability.order(self.down, self.up)) == len(self) else knots(self)

    # --- questions -----------------------------------------------------------------------------

    def upstream(self, *nodes: str, depth: int | None = None) -> Selection:
        """All that some nodes come from, and they: ids or names, `depth` edges away at most.

        Raises:
            UnknownNodeError, AmbiguousNodeError: a node is not there, or several are called so.
        """
        return self._reached(self.up, nodes, depth)

    def downstream(self, *nodes: str, depth: int | None = None) -> Selection:
        """All that comes from some nodes, and they themselves; arguments as of `upstream`."""
        return self._reached(self.down, nodes, depth)

    def _reached(self, edges: Adjacency, nodes: Iterable[str], depth: int | None) -> Selection:
        roots = np.array([self.number(node) for node in nodes], np.int32)
        found = reachability.within(edges, roots, depth)
        return Selection(self, found, partial(reachability.distances, edges, roots, depth))

    def between(self, origin: str, target: str) -> Selection:
        """The nodes on all paths from one node to another, with both; none where there is none."""
        begin, end = (np.array([self.number(node)], np.int32) for node in (origin, target))
        below, above = reachability.reached(self.down, begin), reachability.reached(self.up, end)
        return Selection(self, below & above, partial(reachability.distances, self.down, begin))

    def select(
        self, query: str, saved: Mapping[str, str] = NOTHING, sets: Mapping[str, Mask] = NOTHING
    ) -> Selection:
        """The nodes that a query means: `tag:PII=true+ and tag:artifact`.

        Args:
            query: in the language that `hamilton-ol select --help` shows.
            saved: {name: query} for `$name`.
            sets: {function: bool (nodes)} for `sel()` and `view()`, where there is such a thing.

        Raises:
            QueryError: it cannot be understood, or names a node that is not there.
        """
        from hamilton_ol.graph.select.evaluation import select  # noqa: PLC0415 - reads this module

        return select(self, query, saved, sets)

    @cached_property
    def facts(self) -> "Facts":
        """What queries look up."""
        from hamilton_ol.graph.select.facts import Facts  # noqa: PLC0415

        return Facts(self)

    def restricted(self, mask: Mask) -> "LineageGraph":
        """The graph of some nodes and the edges between them."""
        nodes = [self.nodes[number] for number in np.flatnonzero(mask).tolist()]
        return self.altered(nodes=nodes, edges=self.edges_within(mask))

    def renewed(self, nodes: Iterable[Node]) -> "LineageGraph":
        """The same graph, with other facts about its nodes."""
        return self._like(nodes=nodes if isinstance(nodes, Rows) else tuple(nodes))

    def with_problems(self, problems: Iterable[str]) -> "LineageGraph":
        """The same graph, with more sentences about what is missing."""
        return self.altered(problems=(*self.problems, *problems))

    def with_history(self, history: History) -> "LineageGraph":
        """The same graph, for `changed:` and `blame:`."""
        return self._like(history=history)

    def _like(self, **others: Any) -> "LineageGraph":
        """A graph of which all but facts and these is the same, and not made once more."""
        made = object.__new__(LineageGraph)
        made.__dict__ = {k: v for k, v in vars(self).items() if k not in {"facts", "nx"}} | others
        return made

    def altered(self, **changes: Any) -> "LineageGraph":
        """A graph with some arguments as given, and all else as it is here."""
        same = {name: getattr(self, name) for name in (*SAID, "history")}
        return LineageGraph(**{**same, "columns": self._make_columns, **changes})

    @cached_property
    def nx(self) -> "DiGraph[str]":
        """A view for networkx's algorithms, which reads this graph when it is asked."""
        from hamilton_ol.graph.networkx_view import LineageView  # noqa: PLC0415 - takes 0.2 s

        return LineageView(self)

    def to_networkx(self) -> "DiGraph[str]":
        """A copy of its own; nodes and edges have what is known of them as attributes."""
        from hamilton_ol.graph.networkx_view import copied  # noqa: PLC0415

        return copied(self)

    def to_pandas(self) -> "pd.DataFrame":
        """A row for each node, under its id, with the fields of `Node` as columns."""
        import pandas as pd  # noqa: PLC0415 - takes half a second

        return pd.DataFrame(self.nodes, columns=list(Node._fields)).set_index("id")

    def to_json(self) -> dict[str, Any]:
        """JSON values, as `schemas/LineageGraph` describes them; `from_json` reads them again."""
        from hamilton_ol.graph.documents import document  # noqa: PLC0415 - few need it

        return document(self)

    @staticmethod
    def from_json(found: object) -> "LineageGraph":
        """The graph that JSON values describe.

        Raises:
            GraphError: they describe none.
        """
        from hamilton_ol.graph.documents import graph_of  # noqa: PLC0415

        return graph_of(found)
