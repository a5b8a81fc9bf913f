"""`hamilton-ol export`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import graph_options, open_graph, saved_queries
from hamilton_ol.cli.options import json_option
from hamilton_ol.graph.scene.tokens import ThemeName
from hamilton_ol.graphfiles import FORMATS, SUFFIXES, exported

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

PICTURES = frozenset({"svg", "png", "html"})
MOST_DRAWN = 20_000  # nodes


@click.command()
@click.argument("query", required=False)
@click.option("--select", "selected", metavar="QUERY", help="The same as the argument QUERY.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="By default as FILE ends.")
@click.option("--output", "-o", "file", type=click.Path(path_type=Path), help="By default stdout.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option(
    "--given",
    multiple=True,
    metavar="X",
    help="The result of X is given: leave out what would not be executed then.",
)
@graph_options
@json_option
def command(  # noqa: PLR0913 - one for each option
    *,
    query: str | None,
    selected: str | None,
    kind: str | None,
    file: Path | None,
    theme: ThemeName,
    given: tuple[str, ...],
    sources: tuple[str, ...],
    store: Path | None,
    as_json: bool,
) -> None:
    """Write a picture or a file of a dataflow, or of what QUERY selects.

    Of a run it shows what was executed, how long that took and how it ended. Pictures need
    the extra `explorer` (SVG and HTML only its SciPy); no format needs Graphviz.
    """
    if query is not None and selected is not None:
        raise click.UsageError("Give QUERY or --select, not both.")
    asked = selected if query is None else query
    form = _format(kind, file, as_json=as_json)
    part = _part(open_graph(sources, store), asked, given)
    if form in PICTURES and len(part) > MOST_DRAWN:
        raise click.UsageError(
            f"A picture of {len(part):,} nodes cannot be read: select at most {MOST_DRAWN:,}, such "
            "as a module or 3+X, or write a file of data with --format json, csv, dot or mermaid."
        )
    trail = [word for word in (part.name, asked or "") if word]
    content = exported(part, form, theme, trail)
    _write(content, file)
    if form == "mermaid" and _is_too_large(part, content):
        output.note("Mermaid draws at most 500 edges unless its setting maxEdges says otherwise.")
    if file is not None and as_json:
        counts = {"count": len(part), "edges": len(part.edges)}
        output.print_json({"format": form, "output": str(file), **counts})
    elif file is not None:
        output.note(f"Wrote {file}")


def _format(kind: str | None, file: Path | None, *, as_json: bool) -> str:
    if kind is not None:
        return kind
    if file is None:
        return "json" if as_json else "svg"
    if file.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"{file.name!r} says no format: give --format, or end it in {known}")
    return SUFFIXES[file.suffix.lower()]


def _part(graph: "LineageGraph", query: str | None, given: tuple[str, ...]) -> "LineageGraph":
    from hamilton_ol.graph.execution import cut, executed  # noqa: PLC0415 - loads numpy

    mask = executed(graph) if query is None else None
    if mask is None:
        mask = graph.select(query or "*", saved_queries()).mask
    return cut(graph, mask, given) if given else graph.restricted(mask)


def _is_too_large(graph: "LineageGraph", content: bytes) -> bool:
    from hamilton_ol.graph.export.mermaid import is_too_large  # noqa: PLC0415

    return is_too_large(graph, content.decode())


def _write(content: bytes, file: Path | None) -> None:
    if file is None:
        if output.is_terminal(sys.stdout) and content.startswith(b"\x89PNG"):
            raise click.UsageError("A PNG is no text: give --output, or a pipe.")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error
