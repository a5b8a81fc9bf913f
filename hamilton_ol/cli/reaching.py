"""What `upstream` and `downstream` have in common."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import (
    X_HELP,
    by_depth,
    counted,
    document,
    graph_options,
    open_graph,
    owned_document,
    print_nodes,
    print_owned,
    saved_queries,
)
from hamilton_ol.cli.options import json_option

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.graph.selection import Selection


def reaching(*, is_up: bool, does: str) -> click.Command:
    """The command that goes one way.

    Args:
        is_up: which way.
        does: what it does.
    """

    @click.command(help=f"{does}\n\n{X_HELP}")
    @click.argument("x", required=False)
    @click.option("--source", help="Begin at what reads this dataset, instead of at X.")
    @click.option("--depth", type=click.IntRange(min=0), help="So many steps at most.")
    @click.option(
        "--by",
        type=click.Choice(["owner"]),
        help="List what each owner has, as `hamilton-ol owners` does.",
    )
    @graph_options
    @json_option
    def command(
        *,
        x: str | None,
        source: str | None,
        depth: int | None,
        by: str | None,
        sources: tuple[str, ...],
        store: Path | None,
        as_json: bool,
    ) -> None:
        """Print the nodes."""
        if (x is None) == (source is None):
            raise click.UsageError("Give the name of a node, or --source.")
        graph = open_graph(sources, store)
        from hamilton_ol.graph.select import asking  # noqa: PLC0415 - loads numpy

        begin = asking.readers(source) if source is not None else asking.asked(graph, x or "")
        query = asking.reach(begin, depth, is_up=is_up)
        _tell(graph, query, graph.select(query, saved_queries()), by=by, as_json=as_json)

    return command


def _tell(
    graph: "LineageGraph", query: str, found: "Selection", *, by: str | None, as_json: bool
) -> None:
    if not by:
        output.print_json(document(query, found)) if as_json else print_nodes(found)
        return
    from hamilton_ol.graph.ownership import Ownership  # noqa: PLC0415 - loads numpy

    groups = Ownership(graph).groups(by_depth(found))
    if as_json:
        output.print_json(document(query, found) | owned_document(groups))
    else:
        print_owned(groups)
        output.note(counted(len(found)))
