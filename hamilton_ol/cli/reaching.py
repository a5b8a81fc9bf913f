"""What `upstream` and `downstream` have in common."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import (
    NO_OWNER,
    X_HELP,
    by_depth,
    counted,
    document,
    graph_options,
    open_graph,
    owned,
    print_nodes,
    saved_queries,
)
from hamilton_ol.cli.options import json_option

if TYPE_CHECKING:
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
    @click.option("--by", type=click.Choice(["owner"]), help="List what each owner has.")
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
        _tell(query, graph.select(query, saved_queries()), by=by, as_json=as_json)

    return command


def _tell(query: str, found: "Selection", *, by: str | None, as_json: bool) -> None:
    if as_json:
        output.print_json(document(query, found) | (_by_owner(found) if by else {}))
    elif not by:
        print_nodes(found)
    else:
        rows = [
            (o or NO_OWNER, str(len(ns)), ", ".join(n.name for n in ns))
            for o, ns in owned(by_depth(found)).items()
        ]
        output.print_table(("owner", "nodes", "which"), rows)
        output.note(counted(len(found)))


def _by_owner(found: "Selection") -> dict[str, Any]:
    groups = owned(by_depth(found)).items()
    return {"owners": [{"owner": o, "nodes": [n.name for n in nodes]} for o, nodes in groups]}
