"""`hamilton-ol sources`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import X_HELP, graph_options, open_graph, saved_queries
from hamilton_ol.cli.options import json_option

if TYPE_CHECKING:
    from hamilton_ol.graph.sources import SourceRow

UNNAMED = "(not named)"


@click.command(help=f"List the data that a dataflow, or X, is made of.\n\n{X_HELP}")
@click.option("--of", metavar="X", help="Only what X comes from.")
@graph_options
@json_option
def command(*, of: str | None, sources: tuple[str, ...], store: Path | None, as_json: bool) -> None:
    """Print the sources."""
    graph = open_graph(sources, store)
    from hamilton_ol.graph.select import asking  # noqa: PLC0415 - loads numpy
    from hamilton_ol.graph.sources import sources_of  # noqa: PLC0415

    query = "*" if of is None else asking.reach(asking.asked(graph, of), None, is_up=True)
    found = sources_of(graph.select(query, saved_queries()))
    if as_json:
        told = [_document(row) for row in found]
        output.print_json({"query": query, "count": len(told), "sources": told})
        return
    rows = [
        (r.name or UNNAMED, r.namespace, *map(", ".join, (r.readers, r.columns, r.owners)))
        for r in found
    ]
    if rows:
        output.print_table(("source", "namespace", "read by", "columns", "owner"), rows)
        output.note(f"{len(rows)} source{'' if len(rows) == 1 else 's'}")
    else:
        output.note("No source is known: a tag `source`, or a loader, says what a function reads.")


def _document(row: "SourceRow") -> dict[str, Any]:
    return {
        "name": row.name or None,
        "namespace": row.namespace or None,
        "readers": list(row.readers),
        "columns": list(row.columns),
        "owners": list(row.owners),
    }
