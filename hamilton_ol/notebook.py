"""`%load_ext hamilton_ol`, then `%lineage QUERY`: a picture and a table in the cell."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from hamilton_ol.config import resolve
from hamilton_ol.errors import HamiltonOLError, QueryError
from hamilton_ol.graph.export.markup import element, plain
from hamilton_ol.graph.export.picture import picture_of
from hamilton_ol.graph.export.svg import svg
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.estimates import Estimates
from hamilton_ol.graph.selection import Selection
from hamilton_ol.sources.loading import load

MOST_DRAWN, MOST_LISTED = 300, 200  # nodes
_OF = re.compile(r"\s--of\s+(\w+)\s*$")
_HEADINGS = ("node", "kind", "type", "module", "owner", "hops")


class Shell(Protocol):
    """What is used of IPython's shell."""

    user_ns: dict[str, Any]

    def register_magic_function(
        self, func: Callable[[str], Any], magic_kind: str, magic_name: str
    ) -> None:
        """Make a function a magic."""


def load_ipython_extension(shell: Shell) -> None:
    """Add `%lineage`; IPython calls this for `%load_ext hamilton_ol`."""

    def lineage(line: str) -> "Answer":
        """Show what a query selects, as a picture and a table.

        %lineage +model            of the driver, or the graph, in this notebook
        %lineage +model --of dr    of the one that is called so
        """
        try:
            return answer(line, shell.user_ns)
        except HamiltonOLError as error:
            raise _usage_error(error) from None

    shell.register_magic_function(lineage, "line", "lineage")


def _usage_error(error: HamiltonOLError) -> Exception:
    from IPython.core.error import UsageError  # noqa: PLC0415 - there, if this is called

    lines = [str(error)]
    if isinstance(error, QueryError) and error.query:
        marked = " " * error.start + "^" * max(error.end - error.start, 1)
        lines += [f"  {error.query}", f"  {marked}"]
    return UsageError("\n".join([*lines, *([error.hint] if error.hint else [])]))


def answer(line: str, names: Mapping[str, Any]) -> "Answer":
    """What `%lineage` shows.

    Args:
        line: what stands behind it: a query, and `--of NAME`.
        names: the variables of the notebook.

    Raises:
        HamiltonOLError: the query cannot be understood, or there is no dataflow.
    """
    found = _OF.search(f" {line}")
    query = f" {line}"[: found.start()].strip() if found else line.strip()
    graph = _graph(names, found[1] if found else None)
    return Answer(graph, query or "*")


def _graph(names: Mapping[str, Any], name: str | None) -> LineageGraph:
    there = {key: value for key, value in names.items() if not key.startswith("_")}
    asked: dict[str, Any] = there if name is None else {name: names.get(name)}
    graphs = {key: value for key, value in asked.items() if _is_dataflow(value)}
    if name and not graphs:
        raise HamiltonOLError(f"{name!r} is no driver and no graph in this notebook")
    if not graphs:
        return load()
    made = [_as_graph(value) for value in {id(value): value for value in graphs.values()}.values()]
    if any(graph != made[0] for graph in made[1:]):
        listed = ", ".join(graphs)
        raise HamiltonOLError(f"There are several dataflows: {listed}", hint="Add --of NAME.")
    return made[0]


def _as_graph(value: Any) -> LineageGraph:
    if isinstance(value, LineageGraph):
        return value
    from hamilton_ol.sources.drivers import lineage  # noqa: PLC0415 - loads Hamilton

    return lineage(value)


def _is_dataflow(value: Any) -> bool:
    kind = type(value)
    is_driver = any(
        base.__module__.startswith("hamilton.") and base.__name__ == "Driver"
        for base in kind.__mro__
    )
    return is_driver or isinstance(value, LineageGraph)


class Answer:
    """What a query selected, to be shown in a cell.

    Attributes:
        selection: the nodes.
    """

    def __init__(self, graph: LineageGraph, query: str) -> None:
        self._graph, self._query = graph, query
        self.selection: Selection = graph.select(query, resolve({}).questions)

    def _nodes(self) -> list[Node]:
        return sorted(self.selection.nodes, key=lambda node: self.selection.depth(node.id) or 0)

    def _row(self, node: Node) -> tuple[str, ...]:
        depth = self.selection.depth(node.id)
        hops = "" if depth is None else str(depth)
        return (node.name, node.kind, node.type, node.module, ", ".join(node.owners), hops)

    def __repr__(self) -> str:
        """As text, where nothing can be drawn."""
        names = ", ".join(node.name for node in self._nodes()[:MOST_LISTED])
        return f"{len(self.selection):,} nodes: {names}"

    def _repr_html_(self) -> str:
        """A picture and a table; no text in them is markup."""
        nodes = self._nodes()
        top = element("tr", *(element("th", heading) for heading in _HEADINGS))
        rows = "".join(_html_row(self._row(node)) for node in nodes[:MOST_LISTED])
        count = f"{len(nodes):,} of {len(self._graph):,} nodes"
        table = element("table", element("thead", top), element("tbody", rows))
        return f"<div>{self._picture()}<details><summary>{count}</summary>{table}</details></div>"

    def _picture(self) -> str:
        if not self.selection or len(self.selection) > MOST_DRAWN:
            return element("p", f"{len(self.selection):,} nodes are not drawn.")
        trail = [text for text in (self._graph.name, self._query) if text]
        drawn = svg(picture_of(self.selection.graph(), Estimates(), trail))
        return drawn.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)


def _html_row(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td>{plain(cell)}</td>" for cell in cells) + "</tr>"
