"""`hamilton-ol owners`."""

from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import NO_OWNER, X_HELP, graph_options, open_graph, owned, saved_queries
from hamilton_ol.cli.options import json_option


@click.command(help=f"List who owns what, or what X comes from.\n\n{X_HELP}")
@click.option("--of", metavar="X", help="Only of X and what it comes from.")
@graph_options
@json_option
def command(*, of: str | None, sources: tuple[str, ...], store: Path | None, as_json: bool) -> None:
    """Print owners with their nodes; what nobody owns comes last."""
    graph = open_graph(sources, store)
    from hamilton_ol.graph.select import asking  # noqa: PLC0415 - loads numpy

    query = "*" if of is None else asking.reach(asking.asked(graph, of), None, is_up=True)
    groups = owned(graph.select(query, saved_queries()).nodes)
    if as_json:
        told = [
            {"owner": owner, "count": len(nodes), "nodes": [node.name for node in nodes]}
            for owner, nodes in groups.items()
        ]
        output.print_json({"query": query, "owners": told})
        return
    rows = [
        (o or NO_OWNER, str(len(ns)), ", ".join(n.name for n in ns)) for o, ns in groups.items()
    ]
    if rows:
        output.print_table(("owner", "nodes", "which"), rows)
