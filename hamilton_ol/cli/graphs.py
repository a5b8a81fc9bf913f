"""The graph that a command asks, and how nodes are shown."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import settings_of, store_option
from hamilton_ol.cli.progress import Progress
from hamilton_ol.collector import paused
from hamilton_ol.config import resolve
from hamilton_ol.config.numerics import one_thread
from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.scene.names import named

if TYPE_CHECKING:
    from hamilton_ol.graph.history import Changed
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.graph.nodes import Node
    from hamilton_ol.graph.ownership import Owned
    from hamilton_ol.graph.selection import Selection

F = TypeVar("F", bound=Callable[..., Any])
_NO_IMPORT = "hamilton_ol.no_import"
X_HELP = "X is the name of a node, or a query as of `hamilton-ol select`."


def _remember(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    ctx.meta[_NO_IMPORT] = value


def graph_options(function: F) -> F:
    """`--from`, `--no-import` and `--store`."""
    no_import = click.option(
        "--no-import",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Execute nothing of the code: read its text. It may not be exact.",
    )
    option = click.option(
        "--from",
        "sources",
        multiple=True,
        metavar="SOURCE",
        help="Where the graph comes from: a file or folder of Python, module:NAME, git:REVISION, "
        "run:ID, run:latest, store, stamp:FILE, events:FILE, marquez:URL#NAMESPACE, or a graph in "
        "a .json file; several are one graph. By default the modules in pyproject.toml, else the "
        "latest run.",
    )
    return option(no_import(store_option(function)))


def open_graph(sources: tuple[str, ...], store: Path | None) -> "LineageGraph":
    """The graph that was asked for.

    Raises:
        HamiltonOLError: as of `sources.loading.load`.
    """
    settings = settings_of(store)
    with one_thread(), paused():
        from hamilton_ol.sources.loading import load  # noqa: PLC0415 - `--help` needs none of it

    with Progress("Reading the dataflow") as progress:
        executes = not click.get_current_context().meta.get(_NO_IMPORT)
        graph = load(*sources, settings=settings, progress=progress.show, executes=executes)
    for problem in graph.problems:
        output.note(f"Not complete: {problem}")
    return graph


def last_changes(graph: "LineageGraph", nodes: Iterable["Node"]) -> Mapping[str, "Changed"]:
    """{id of a node: the last change of its function}; a note where git is not to be asked."""
    try:
        return graph.history.last_changes(nodes) if graph.history else {}
    except DataflowError as error:
        output.note(f"Not complete: {error}: {error.hint}")
        return {}


def saved_queries() -> Mapping[str, str]:
    """{name: query} that the project has for `$name`."""
    return resolve({}).questions


def print_nodes(selection: "Selection") -> None:
    """A table of nodes, the nearest first, and their number."""
    nodes = by_depth(selection)
    has_depth = any(selection.depth(node.id) is not None for node in nodes)
    rows = [(*_row(node), *_depth(selection, node, has_depth=has_depth)) for node in nodes]
    if rows:
        depth = ("depth",) if has_depth else ()
        output.print_table(("node", "kind", "type", "module", "tags", *depth), rows)
    output.note(counted(len(rows)))


def counted(number: int) -> str:
    """So many nodes."""
    return f"{number:,} node{'' if number == 1 else 's'}"


def by_depth(selection: "Selection") -> list["Node"]:
    """Nodes, the nearest to where the question began first."""
    return sorted(selection.nodes, key=lambda node: selection.depth(node.id) or 0)


def _row(node: "Node") -> tuple[str, ...]:
    return named(node.name), node.kind, node.type, node.module, ", ".join(_tags(node))


def _tags(node: "Node") -> Iterable[str]:
    for key, value in node.tags.items():
        yield f"{key}={value if isinstance(value, str) else '|'.join(value)}"


def _depth(selection: "Selection", node: "Node", *, has_depth: bool) -> tuple[str, ...]:
    depth = selection.depth(node.id)
    return ("" if depth is None else str(depth),) if has_depth else ()


def document(query: str, selection: "Selection") -> dict[str, Any]:
    """An answer as JSON values; `depth` is null where the query begins nowhere."""
    nodes = [
        {
            "name": node.name,
            "kind": node.kind,
            "type": node.type,
            "module": node.module,
            "tags": {k: v if isinstance(v, str) else list(v) for k, v in node.tags.items()},
            "depth": selection.depth(node.id),
        }
        for node in by_depth(selection)
    ]
    return {"query": query, "count": len(nodes), "nodes": nodes}


def print_owned(found: "Owned") -> None:
    """A table of owners with their nodes."""
    rows = [(name, str(len(nodes)), ", ".join(_names(nodes))) for name, nodes in found.rows]
    if rows:
        output.print_table(("owner", "nodes", "which"), rows)


def owned_document(found: "Owned") -> dict[str, Any]:
    """Owners as JSON values; null is the owner of what nobody owns, and inputs are apart."""
    groups = [*found.owners.items(), *([(None, found.unowned)] if found.unowned else ())]
    owners = [{"owner": o, "count": len(ns), "nodes": _names(ns)} for o, ns in groups]
    return {"owners": owners, "inputs": _names(found.inputs)}


def _names(nodes: Iterable["Node"]) -> list[str]:
    return [node.name for node in nodes]
