"""`hamilton-ol select`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import document, graph_options, open_graph, print_nodes, saved_queries
from hamilton_ol.cli.options import json_option

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.graph.select.evaluation import Explained


class Language(click.Command):
    """Shows the language at the end of its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Every operator, field and function, from the table that evaluates them."""
        from hamilton_ol.graph.select.vocabulary import help_rows  # noqa: PLC0415 - only for help

        with formatter.section("Queries"):
            formatter.write_dl(help_rows())


@click.command(cls=Language, help="List the nodes that a query means.")
@click.argument("query")
@click.option("--explain", is_flag=True, help="Also say what each part of the query selected.")
@graph_options
@json_option
def command(
    *, query: str, explain: bool, sources: tuple[str, ...], store: Path | None, as_json: bool
) -> None:
    """Print the nodes."""
    graph = open_graph(sources, store)
    found = graph.select(query, saved_queries())
    parts = _parts(graph, query) if explain else []
    if as_json:
        told = {"parts": [_part(query, part) for part in parts]} if explain else {}
        output.print_json(document(query, found) | told)
        return
    if explain:
        output.print_table(
            ("nodes", "part"),
            [(str(p.nodes), "  " * p.depth + query[slice(*p.span)]) for p in parts],
        )
        output.say("")
    print_nodes(found)


def _parts(graph: "LineageGraph", query: str) -> "list[Explained]":
    from hamilton_ol.graph.select.evaluation import explain  # noqa: PLC0415 - loads numpy

    return explain(graph, query, saved_queries())


def _part(query: str, part: "Explained") -> dict[str, Any]:
    start, end = part.span
    return {"part": query[start:end], "start": start, "end": end, "count": part.nodes}
