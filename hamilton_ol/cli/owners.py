"""`hamilton-ol owners`."""

from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import (
    X_HELP,
    graph_options,
    open_graph,
    owned_document,
    print_owned,
    saved_queries,
)
from hamilton_ol.cli.options import json_option

OWNED_HELP = (
    "A column, a check or a step belongs to whoever owns the function that makes it. Functions and "
    "data without an owner are a gap; inputs belong to nobody, and are listed apart from these."
)


@click.command(help=f"List who owns what, or what X comes from.\n\n{OWNED_HELP}\n\n{X_HELP}")
@click.option("--of", metavar="X", help="Only of X and what it comes from.")
@graph_options
@json_option
def command(*, of: str | None, sources: tuple[str, ...], store: Path | None, as_json: bool) -> None:
    """Print owners with their nodes; what nobody owns comes after them."""
    graph = open_graph(sources, store)
    from hamilton_ol.graph.ownership import Ownership  # noqa: PLC0415 - loads numpy
    from hamilton_ol.graph.select import asking  # noqa: PLC0415

    query = "*" if of is None else asking.reach(asking.asked(graph, of), None, is_up=True)
    found = Ownership(graph).groups(graph.select(query, saved_queries()).nodes)
    if as_json:
        output.print_json({"query": query, **owned_document(found)})
    else:
        print_owned(found)
