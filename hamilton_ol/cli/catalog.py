"""`hamilton-ol catalog`."""

from pathlib import Path

import click

from hamilton_ol.cli.graphs import graph_options, last_changes, open_graph, saved_queries
from hamilton_ol.cli.options import json_option
from hamilton_ol.cli.papers import chosen, paper_options, write_paper


@click.command()
@click.argument("query", default="*")
@paper_options
@graph_options
@json_option
def command(
    *,
    query: str,
    form: str | None,
    file: Path | None,
    sources: tuple[str, ...],
    store: Path | None,
    as_json: bool,
) -> None:
    """List every node, or those of QUERY, with documentation, type, owner and version.

    In a git repository also with the revision that last changed it, and its author.
    """
    graph = open_graph(sources, store)
    from hamilton_ol.graph import catalog  # noqa: PLC0415 - loads numpy

    found = graph.select(query, saved_queries())
    changes = last_changes(graph, found.nodes)
    rows = catalog.catalog(graph, found.mask, changes)
    kind = chosen(form, file)
    make = catalog.table if as_json or kind == "csv" else catalog.paper
    title = f"Catalog of {graph.name}" if graph.name else "Catalog"
    write_paper(make(rows, title), kind, file, as_json=as_json)
