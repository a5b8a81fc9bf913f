"""`hamilton-ol path`."""

from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import (
    X_HELP,
    document,
    graph_options,
    open_graph,
    print_nodes,
    saved_queries,
)
from hamilton_ol.cli.options import json_option


@click.command(help=f"List all on any way from A to B.\n\n{X_HELP.replace('X is', 'Each is')}")
@click.argument("a")
@click.argument("b")
@graph_options
@json_option
def command(*, a: str, b: str, sources: tuple[str, ...], store: Path | None, as_json: bool) -> None:
    """Print nodes and edges."""
    graph = open_graph(sources, store)
    from hamilton_ol.graph.select import asking  # noqa: PLC0415 - loads numpy

    query = asking.path(asking.asked(graph, a), asking.asked(graph, b))
    found = graph.select(query, saved_queries())
    edges = found.edges
    if as_json:
        told = [{"from": e.origin, "to": e.target, "argument": e.argument} for e in edges]
        output.print_json(document(query, found) | {"edges": told})
        return
    print_nodes(found)
    if not found:
        output.note("No way leads there.")
